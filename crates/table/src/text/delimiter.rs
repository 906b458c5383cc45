//! What stands between two cells of a text.

use super::extent::{Extent, closes, extent};
use super::records::Splitter;
use std::cmp::Reverse;

/// What is looked for.
const CANDIDATES: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Rows that are looked at.
const ROWS: usize = 100;

/// Of the rows from the first that it cuts, so many of a hundred it cuts at all.
const CUT: usize = 80;

/// Of them, so many of a hundred into the same number of cells, where nothing else is in question.
const ALIKE: usize = 90;

/// The delimiter of a text, by its first piece: one that leaves quotes whole goes before one that does
/// not, then one that cuts nearly all rows into the same number of cells. Of two that do, the one that
/// cuts from an earlier row on: a decimal comma is not in the header. Then the one that gives more
/// cells. `None`: each line is one cell.
pub(super) fn sniff(start: &[u8], quotes: bool, is_all: bool) -> Option<u8> {
    let mut best: Option<(u8, Cut)> = None;
    for delimiter in CANDIDATES {
        let Some(cut) = Cut::of(start, delimiter, quotes, is_all) else {
            continue;
        };
        let is_better = |(_, known): &(u8, Cut)| cut.rank() > known.rank();
        if best.as_ref().is_none_or(is_better) {
            best = Some((delimiter, cut));
        }
    }
    best.map(|(delimiter, _)| delimiter)
}

/// How a delimiter cuts a text.
struct Cut {
    /// Cells of most rows that it cuts.
    width: usize,
    /// The first row of that width.
    first: usize,
    /// Rows of it, of a hundred from there on.
    alike: usize,
    /// Whether quotes close where its cells end.
    holds: bool,
}

impl Cut {
    fn rank(&self) -> (bool, bool, Reverse<usize>, usize) {
        let is_alike = self.alike >= ALIKE;
        (self.holds, is_alike, Reverse(self.first), self.width)
    }

    fn of(start: &[u8], delimiter: u8, quotes: bool, is_all: bool) -> Option<Self> {
        let (widths, broken) = widths(start, delimiter, quotes, is_all);
        let cut = |from: usize| widths[from..].iter().filter(|w| **w > 1).count();
        let begin = widths.iter().position(|w| *w > 1)?;
        if cut(begin) * 100 < (widths.len() - begin) * CUT {
            return None;
        }
        let most = |width: &usize| widths.iter().filter(|w| *w == width).count();
        let is_cut = |width: &usize| *width > 1;
        // Of two widths that come as often, the one that comes first.
        let usual = widths
            .iter()
            .copied()
            .enumerate()
            .filter(|(_, w)| is_cut(w));
        let (first, width) = usual.max_by_key(|(at, w)| (most(w), Reverse(*at)))?;
        let rows = widths.len() - first;
        Some(Self {
            width,
            first,
            alike: most(&width) * 100 / rows,
            holds: broken * 10 <= widths.len(),
        })
    }
}

/// Cells of each row, and how many rows have quotes that do not close where a cell ends. The last row
/// is left out where the piece may have cut it.
fn widths(start: &[u8], delimiter: u8, quotes: bool, is_all: bool) -> (Vec<usize>, usize) {
    let mut splitter = Splitter::new(delimiter, quotes);
    let (mut widths, mut broken) = (Vec::new(), 0);
    let mut rest = start.trim_ascii_start();
    while !rest.is_empty() && widths.len() < ROWS {
        let line = memchr::memchr2(b'\r', b'\n', rest).map_or(rest.len(), |end| end + 1);
        let length = match extent(rest, delimiter, quotes, is_all) {
            Extent::Ends(length) => length,
            Extent::Open if !widths.is_empty() => break,
            Extent::Broken(_) | Extent::Open => line,
        };
        splitter.split(&rest[..length]);
        widths.push(splitter.len());
        broken += usize::from(quotes && !closes(&rest[..length], delimiter));
        rest = &rest[length..];
        let ends = rest
            .iter()
            .take_while(|b| matches!(b, b'\r' | b'\n'))
            .count();
        rest = &rest[ends..];
    }
    (widths, broken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::comma("a,b,c\n1,2,3\n", Some(b','))]
    #[case::tab("a\tb\n1,5\t2,5\n", Some(b'\t'))]
    #[case::semicolon_with_decimal_commas("a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n", Some(b';'))]
    #[case::bar("a|b\n1|2\n", Some(b'|'))]
    #[case::bars_in_a_cell("a,标签\n1,x|y\n2,x|z\n", Some(b','))]
    #[case::commas_in_quotes("\"a,b\";\"c,d\"\n\"1,2\";\"3,4\"\n", Some(b';'))]
    #[case::title_above(
        "11月,通话;记录\n导出时间：今天\na,b,c,d\n1,2,3,4\n5,6,7,8\n",
        Some(b',')
    )]
    #[case::ragged("a,b,c\n1,2,3\n1,2\n1,2,3\n4,5,6,7\n1,2,3\n", Some(b','))]
    #[case::times_with_commas("时间;值\n10:00;1\n11:00;2\n", Some(b';'))]
    #[case::one_column("号码\n13900001111\n13900002222\n", None)]
    #[case::one_row("a,b,c", Some(b','))]
    #[case::nothing("", None)]
    fn the_delimiter_is_what_cuts_rows_alike(#[case] text: &str, #[case] is: Option<u8>) {
        assert_eq!(sniff(text.as_bytes(), true, true), is);
    }
}
