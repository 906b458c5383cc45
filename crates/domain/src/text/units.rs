//! The smallest pieces a text is compared by.

use super::Kind;
use super::folding::folded;

/// A character of Chinese, or a word or number of other writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// As it is compared: width, case and script are gone.
    pub key: String,
    /// Where it begins in the text, in bytes.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
}

/// What is said in a text, piece by piece: punctuation, blanks and signs are no pieces.
pub fn units(text: &str) -> Vec<Unit> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let end_of = |at: usize| starts.get(at + 1).copied().unwrap_or(text.len());
    let mut units: Vec<Unit> = Vec::new();
    let mut before: Option<(Kind, usize)> = None;
    for (c, at) in folded(text, usize::MAX) {
        let kind = Kind::of(c).filter(|kind| *kind != Kind::Symbols);
        let Some(kind) = kind else {
            before = None;
            continue;
        };
        // A word goes on with letters and digits: `A4` is one.
        let is_next = before.is_some_and(|(_, last)| at <= last + 1);
        let goes_on = is_next && kind != Kind::Han && before.is_some_and(|(k, _)| k != Kind::Han);
        match units.last_mut().filter(|_| goes_on) {
            Some(unit) => {
                unit.key.push(c);
                unit.to = end_of(at);
            }
            None => units.push(Unit {
                key: c.into(),
                from: starts[at],
                to: end_of(at),
            }),
        }
        before = Some((kind, at));
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("您好，Hello World！", &["您", "好", "hello", "world"])]
    #[case("退３６５元，A4纸", &["退", "365", "元", "a4", "纸"])]
    #[case("退货", &["退", "货"])]
    #[case("退貨", &["退", "货"])]
    #[case("don't", &["don", "t"])]
    #[case("……？👍", &[])]
    #[case("", &[])]
    fn a_text_is_compared_by_characters_and_words(#[case] text: &str, #[case] keys: &[&str]) {
        let units = units(text);
        let found: Vec<&str> = units.iter().map(|unit| unit.key.as_str()).collect();
        assert_eq!(found, keys);
        assert!(
            units
                .iter()
                .all(|unit| !text[unit.from..unit.to].is_empty())
        );
    }

    #[test]
    fn pieces_know_where_they_stand() {
        let text = "嗯，ＯＫ吧";
        let units = units(text);
        let shown: Vec<&str> = units.iter().map(|unit| &text[unit.from..unit.to]).collect();
        assert_eq!(shown, ["嗯", "ＯＫ", "吧"]);
    }
}
