//! Where a table begins: which of its first rows is the header, if one is.
//!
//! Above a header may stand titles, who exported the table and when, and a row that groups columns.
//! The header is where the table becomes as wide as its rows are, and says words where the rows below
//! say numbers, times and ids. A row that says what the rows below say in the same columns is one of
//! them, and then there is no header.

pub(crate) mod names;
mod shape;

use crate::source::Raw;
use shape::{Below, Shape};

/// Rows a header is looked for in.
pub(crate) const ROWS: usize = 64;

/// Of the cells of a full row, so many in a hundred make a row that is as wide as the table.
const WIDE: usize = 60;

/// Of its cells, so many in a hundred may be numbers and times in a header nothing else speaks for.
const FEW: usize = 20;

/// Rows beneath the first wide one that may yet be the header.
const LOOK_DOWN: usize = 10;

/// Which of the first rows is the header. `None`: there is none.
pub(crate) fn header(rows: &[Raw]) -> Option<usize> {
    let wide = wide_rows(rows);
    let (first, _) = wide.split_first()?;
    if is_header(rows, *first) {
        return Some(lowered(rows, &wide));
    }
    // What stands above a header may be as wide as a narrow table: 导出人, 张三, 导出时间, 10:00.
    let below = wide.iter().skip(1).take(LOOK_DOWN);
    below.copied().find(|at| breaks_off(rows, *first, *at))
}

/// Rows with about as many cells that say something as the full ones have.
fn wide_rows(rows: &[Raw]) -> Vec<usize> {
    let mut filled: Vec<usize> = rows.iter().map(Raw::filled).collect();
    filled.sort_unstable_by(|a, b| b.cmp(a));
    // One row in five may be too long by a fault.
    let full = filled.get(filled.len() / 5).copied().unwrap_or(0);
    let least = (full * WIDE).div_ceil(100).max(full.min(2)).max(1);
    (0..rows.len())
        .filter(|at| rows[*at].filled() >= least)
        .collect()
}

/// What speaks for and against a row as the header.
struct Signs {
    /// Cells that say something, and those of them that are numbers, times, ids or whole sentences.
    filled: usize,
    values: usize,
    /// Values above columns of the same shape.
    alike: usize,
    /// Words above columns of values.
    breaks: usize,
    /// Words that come again in their own column.
    again: usize,
}

fn signs(rows: &[Raw], at: usize) -> Signs {
    let row = &rows[at];
    let mut signs = Signs {
        filled: row.filled(),
        values: 0,
        alike: 0,
        breaks: 0,
        again: 0,
    };
    for (column, cell) in row.cells.iter().enumerate() {
        let below = Below::of(&rows[at + 1..], column);
        match Shape::of(cell) {
            Shape::Empty => {}
            Shape::Word => {
                signs.breaks += usize::from(below.is_of_values());
                signs.again += usize::from(below.says(&cell.text()));
            }
            shape => {
                signs.values += 1;
                signs.alike += usize::from(below.is_of(shape));
            }
        }
    }
    signs
}

fn is_header(rows: &[Raw], at: usize) -> bool {
    let signs = signs(rows, at);
    if signs.values == 0 {
        // Words above words: a header's do not come again.
        return signs.breaks > 0 || signs.again * 3 < signs.filled.max(1);
    }
    match signs.breaks.cmp(&signs.alike) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        // Days above numbers are a header; in the only row there is they are not.
        std::cmp::Ordering::Equal if signs.breaks == 0 && at + 1 < rows.len() => true,
        std::cmp::Ordering::Equal => signs.breaks == 0 && signs.values * 100 <= signs.filled * FEW,
    }
}

/// The first wide row, or the one or two below it where those are the header and it only groups them
/// or says who exported the table: all words that come only once, and values begin beneath.
fn lowered(rows: &[Raw], wide: &[usize]) -> usize {
    let mut header = wide[0];
    for next in wide.iter().skip(1).take(2).copied() {
        let signs = signs(rows, next);
        let is_next = signs.values == 0 && signs.again == 0 && signs.breaks > 0;
        if !is_next || signs.filled < rows[header].filled() || says_twice(&rows[next]) {
            break;
        }
        header = next;
    }
    header
}

fn says_twice(row: &Raw) -> bool {
    let words: Vec<_> = row.cells.iter().map(|cell| cell.text()).collect();
    let said = |word: &str| words.iter().filter(|other| *other == word).count();
    words.iter().any(|word| !word.is_empty() && said(word) > 1)
}

/// Whether the row at `at` is a header beneath rows that are none of the table: all words, values
/// beneath, and other things above in the same columns.
fn breaks_off(rows: &[Raw], first: usize, at: usize) -> bool {
    let signs = signs(rows, at);
    let above = &rows[first..at];
    let is_like_above = above.iter().any(|row| {
        let values = row.cells.iter().enumerate().filter(|(column, cell)| {
            let shape = Shape::of(cell);
            shape.is_value() && Below::of(&rows[at + 1..], *column).is_of(shape)
        });
        values.count() * 2 > signs.breaks
    });
    signs.values == 0 && signs.again == 0 && signs.breaks > 0 && !is_like_above
}

#[cfg(test)]
mod tests;
