//! What columns are called.

use crate::Column;
use crate::cell::is_padding;
use std::collections::{HashMap, HashSet};

/// Columns for what header cells say, one for each.
pub(crate) fn columns(said: Vec<String>) -> Vec<Column> {
    let cleaned: Vec<String> = said.iter().map(|said| clean(said)).collect();
    // A header's own name goes before a letter.
    let mut taken: HashSet<String> = cleaned.iter().cloned().collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    let mut columns = Vec::with_capacity(said.len());
    for (at, (name, said)) in cleaned.iter().zip(said).enumerate() {
        if name.is_empty() {
            let letters = letters(at);
            let is_free = taken.insert(letters.clone());
            columns.push(Column {
                name: if is_free {
                    letters
                } else {
                    free(&letters, 2, &mut taken)
                },
                said: String::new(),
                nth: 1,
            });
            continue;
        }
        let nth = times.entry(name).or_default();
        *nth += 1;
        columns.push(Column {
            name: match *nth {
                1 => name.clone(),
                n => free(name, n, &mut taken),
            },
            said,
            nth: *nth,
        });
    }
    columns
}

/// `满意度 (2)`, or the next number that no other column has.
fn free(name: &str, from: usize, taken: &mut HashSet<String>) -> String {
    let mut n = from;
    loop {
        let numbered = format!("{name} ({n})");
        if taken.insert(numbered.clone()) {
            return numbered;
        }
        n += 1;
    }
}

/// A header cell without the blanks and line breaks people lay it out with: between Chinese characters
/// there are none, between words there is one.
pub(crate) fn clean(said: &str) -> String {
    let pieces = said.split(is_padding).filter(|piece| !piece.is_empty());
    let mut name = String::with_capacity(said.len());
    for piece in pieces {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_graphic());
        if is_word(name.chars().last()) || (is_word(piece.chars().next()) && !name.is_empty()) {
            name.push(' ');
        }
        name.push_str(piece);
    }
    name
}

/// What a sheet calls its columns: A, B, … Z, AA.
pub(crate) fn letters(at: usize) -> String {
    let mut name = Vec::new();
    let mut rest = at + 1;
    while rest > 0 {
        rest -= 1;
        // Below 26, so it is a letter.
        name.push(b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    name.reverse();
    name.into_iter().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn named(said: &[&str]) -> Vec<String> {
        let said = said.iter().map(|s| (*s).to_owned()).collect();
        columns(said)
            .into_iter()
            .map(|column| column.name)
            .collect()
    }

    #[rstest]
    #[case("\u{FEFF}通话ID", "通话ID")]
    #[case("通话\r\n时长", "通话时长")]
    #[case("姓\u{3000}名", "姓名")]
    #[case(" 满 意 度 ", "满意度")]
    #[case("Call  ID\u{A0}", "Call ID")]
    #[case("通话\n(seconds)", "通话 (seconds)")]
    #[case("\u{200B}", "")]
    fn a_header_is_cleaned_of_how_it_was_laid_out(#[case] said: &str, #[case] name: &str) {
        assert_eq!(clean(said), name);
    }

    #[test]
    fn doubled_headers_are_told_apart_and_none_is_lost() {
        assert_eq!(
            named(&["满意度", "备注", "满意度", "满意度"]),
            ["满意度", "备注", "满意度 (2)", "满意度 (3)"]
        );
        assert_eq!(
            named(&["满意度", "满意度 (2)", "满意度"]),
            ["满意度", "满意度 (2)", "满意度 (3)"]
        );
    }

    #[test]
    fn a_column_without_a_name_has_its_letter() {
        assert_eq!(named(&["主叫", "", "B"]), ["主叫", "B (2)", "B"]);
        assert_eq!(named(&["主叫", ""]), ["主叫", "B"]);
        let columns = columns(vec!["主叫".into(), " ".into()]);
        assert!(columns[0].is_named());
        assert!(!columns[1].is_named());
    }

    #[rstest]
    #[case(0, "A")]
    #[case(25, "Z")]
    #[case(26, "AA")]
    #[case(701, "ZZ")]
    #[case(702, "AAA")]
    fn letters_are_those_of_a_sheet(#[case] at: usize, #[case] name: &str) {
        assert_eq!(letters(at), name);
    }

    proptest::proptest! {
        #[test]
        fn every_column_has_a_name_of_its_own(said: Vec<String>) {
            let columns = columns(said.clone());
            let names: HashSet<_> = columns.iter().map(|column| &column.name).collect();
            proptest::prop_assert_eq!(names.len(), said.len());
        }
    }
}
