//! How far a row goes.

/// Where a row ends in what is at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// So many bytes are the row, with its line end.
    Ends(usize),
    /// A quote that opened closes somewhere below, and not where a cell ends: it is the quote of another
    /// cell that was come to. So many bytes were looked at.
    Broken(usize),
    /// It goes on beyond what is at hand.
    Open,
}

/// Looks how far the row goes that begins here. `is_all`: nothing comes after what is at hand. Within
/// one line quotes may stand as they like; over several lines each has to close where a cell ends.
pub(super) fn extent(text: &[u8], delimiter: u8, quotes: bool, is_all: bool) -> Extent {
    let first_end = memchr::memchr2(b'\n', b'\r', text);
    let first = &text[..first_end.unwrap_or(text.len())];
    if !quotes || memchr::memchr(b'"', first).is_none() {
        return match first_end {
            Some(end) => Extent::Ends(end + 1),
            None if is_all => Extent::Ends(text.len()),
            None => Extent::Open,
        };
    }
    let mut at = 0;
    loop {
        if text.get(at) == Some(&b'"') {
            let Some(behind) = behind_quote(text, at + 1, is_all) else {
                return match is_all {
                    true => Extent::Broken(text.len()),
                    false => Extent::Open,
                };
            };
            let blanks = text[behind..].iter().take_while(|b| **b == b' ').count();
            let is_over_lines = first_end.is_some_and(|end| end < behind);
            at = behind + blanks;
            match text.get(at) {
                Some(b) if *b == delimiter || matches!(b, b'\r' | b'\n') => {}
                Some(_) if is_over_lines => return Extent::Broken(at),
                _ => {}
            }
        }
        match memchr::memchr3(delimiter, b'\r', b'\n', text.get(at..).unwrap_or_default()) {
            Some(found) if text[at + found] == delimiter => at += found + 1,
            Some(found) => return Extent::Ends(at + found + 1),
            None if is_all => return Extent::Ends(text.len()),
            None => return Extent::Open,
        }
    }
}

/// Whether each quote of a row closes where a cell ends.
pub(super) fn closes(row: &[u8], delimiter: u8) -> bool {
    let mut at = 0;
    loop {
        if row.get(at) == Some(&b'"') {
            let Some(behind) = behind_quote(row, at + 1, true) else {
                return false;
            };
            at = behind + row[behind..].iter().take_while(|b| **b == b' ').count();
            let is_end = |b: &u8| *b == delimiter || matches!(b, b'\r' | b'\n');
            if !row.get(at).is_none_or(is_end) {
                return false;
            }
        }
        match memchr::memchr(delimiter, &row[at..]) {
            Some(found) => at += found + 1,
            None => return true,
        }
    }
}

/// Behind the quote that closes; `None` where none does, or where it cannot be told yet.
fn behind_quote(text: &[u8], from: usize, is_all: bool) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memchr(b'"', text.get(at..)?)?;
        match text.get(at + 1) {
            Some(b'"') => at += 2,
            None if !is_all => return None,
            _ => return Some(at + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::plain("a,b\nc", Extent::Ends(4))]
    #[case::quoted("\"a\",\"b\"\nc", Extent::Ends(8))]
    #[case::line_end_in_quotes("\"a\nb\",c\nd", Extent::Ends(8))]
    #[case::doubled("\"a\"\"\n\",c\nd", Extent::Ends(9))]
    #[case::blank_behind_the_quote("\"a\nb\" ,c\nd", Extent::Ends(9))]
    #[case::quote_in_a_word("5\",b\nc", Extent::Ends(5))]
    #[case::word_behind_a_quote("\"a\"b,c\nd", Extent::Ends(7))]
    #[case::closed_by_another_cell("\"a,b\nc,\"d\",e\n", Extent::Broken(8))]
    #[case::never_closed("a,\"b\nc\n", Extent::Broken(7))]
    #[case::last_line("a,b", Extent::Ends(3))]
    #[case::carriage_return("a,b\rc", Extent::Ends(4))]
    #[case::nothing("", Extent::Ends(0))]
    fn a_row_ends_where_its_last_cell_does(#[case] text: &str, #[case] is: Extent) {
        assert_eq!(extent(text.as_bytes(), b',', true, true), is);
    }

    #[rstest]
    #[case("a,b")]
    #[case("a,\"b\nc\n")]
    #[case("a,\"b\"")]
    #[case("\"b\" ")]
    fn a_row_that_may_go_on_is_open(#[case] text: &str) {
        assert_eq!(extent(text.as_bytes(), b',', true, false), Extent::Open);
    }

    #[test]
    fn without_quotes_a_line_is_a_row() {
        assert_eq!(extent(b"a,\"b\nc\n", b',', false, true), Extent::Ends(5));
    }
}
