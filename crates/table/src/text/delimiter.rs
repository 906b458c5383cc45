//! What stands between two cells of a text.

use super::records::splitter;
use csv_core::ReadRecordResult;

/// What is looked for.
const CANDIDATES: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Rows that are looked at.
const ROWS: usize = 100;

/// Of the rows from the first of its width on, so many of a hundred are of that width.
const SHARE: usize = 60;

/// The delimiter of a text, by its first piece: the one that cuts most rows into the same number of
/// cells. Of two that do, the one that cuts from an earlier row on: a decimal comma is not in the
/// header. Then the one that gives more cells. `None`: each line is one cell.
pub(super) fn sniff(start: &[u8], quotes: bool) -> Option<u8> {
    let mut best: Option<(u8, Cut)> = None;
    for delimiter in CANDIDATES {
        let Some(cut) = cut(start, delimiter, quotes) else {
            continue;
        };
        if best
            .as_ref()
            .is_none_or(|(_, known)| cut.is_better_than(known))
        {
            best = Some((delimiter, cut));
        }
    }
    best.map(|(delimiter, _)| delimiter)
}

/// How a delimiter cuts a text.
struct Cut {
    /// Cells of most rows.
    width: usize,
    /// The first row of that width.
    first: usize,
    /// Rows of it, of a hundred from there on.
    share: usize,
}

impl Cut {
    fn is_better_than(&self, other: &Self) -> bool {
        let rank = |cut: &Self| (cut.share >= 90, std::cmp::Reverse(cut.first), cut.width);
        rank(self) > rank(other)
    }
}

fn cut(start: &[u8], delimiter: u8, quotes: bool) -> Option<Cut> {
    let widths = widths(start, delimiter, quotes);
    let most = |width: &usize| widths.iter().filter(|w| *w == width).count();
    let width = widths
        .iter()
        .copied()
        .filter(|width| *width > 1)
        .max_by_key(|width| (most(width), *width))?;
    let first = widths.iter().position(|w| *w == width)?;
    let rows = &widths[first..];
    let alike = rows.iter().filter(|w| **w == width).count();
    let share = alike * 100 / rows.len();
    (share >= SHARE).then_some(Cut {
        width,
        first,
        share,
    })
}

/// Cells of each row. The last one may be cut by the end of the piece and is left out, unless it is
/// alone.
fn widths(start: &[u8], delimiter: u8, quotes: bool) -> Vec<usize> {
    let mut splitter = splitter(delimiter, quotes);
    let mut widths = Vec::new();
    let (mut fields, mut ends) = (vec![0; 4096], vec![0; 64]);
    let (mut at, mut cells) = (0, 0);
    loop {
        let (result, read, _, ended) = splitter.read_record(&start[at..], &mut fields, &mut ends);
        at += read;
        cells += ended;
        match result {
            ReadRecordResult::Record => {
                widths.push(std::mem::take(&mut cells));
                if widths.len() == ROWS {
                    break;
                }
            }
            ReadRecordResult::End => break,
            _ => {}
        }
    }
    if widths.len() > 2 && widths.len() < ROWS {
        widths.pop();
    }
    widths
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
        assert_eq!(sniff(text.as_bytes(), true), is);
    }
}
