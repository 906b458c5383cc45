//! Names of speech models, as rows have them: what is none never becomes a path.

use std::fmt;

/// Longer than any the shelf gives.
const LONGEST: usize = 80;
/// Before the digits of a file somebody chose.
const CHOSEN: &str = "file:";

/// The id of a model on the shelf: `small-q5_1`, `file:0d3a0d3a0d3a`. It leads nowhere: no separator, no way up, no
/// drive, nothing hidden.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModelId(String);

impl ModelId {
    /// The id a text says, if it says one.
    pub fn parse(text: &str) -> Option<Self> {
        let name = text.strip_prefix(CHOSEN).unwrap_or(text);
        let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
        let begins = name.bytes().next()?.is_ascii_alphanumeric();
        let is_one = begins
            && text.len() <= LONGEST
            && name.bytes().all(is_plain)
            && !name.contains("..")
            && !name.ends_with('.');
        is_one.then(|| Self(text.to_owned()))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ModelId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("tiny")]
    #[case("large-v3-turbo-q5_0")]
    #[case("file:0d3a0d3a0d3a")]
    #[case("v1.2")]
    fn an_id_of_the_shelf_is_one(#[case] text: &str) {
        assert_eq!(ModelId::parse(text).unwrap().as_str(), text);
    }

    #[rstest]
    #[case::nothing("")]
    #[case::a_prefix_alone("file:")]
    #[case::absolute("/etc/passwd")]
    #[case::up("../../x")]
    #[case::up_inside("a..b")]
    #[case::here(".")]
    #[case::hidden(".ssh")]
    #[case::hidden_behind_the_prefix("file:.ssh")]
    #[case::below("models/tiny")]
    #[case::below_elsewhere("models\\tiny")]
    #[case::a_drive("C:")]
    #[case::a_file_on_a_drive("C:tiny")]
    #[case::an_address("file:///etc/passwd")]
    #[case::a_dot_that_goes("tiny.")]
    #[case::a_blank("tiny 2")]
    #[case::words("模型 \"一\"")]
    #[case::a_zero("tiny\0")]
    #[case::a_line("tiny\n")]
    fn what_may_lead_somewhere_is_none(#[case] text: &str) {
        assert_eq!(ModelId::parse(text), None);
    }

    #[test]
    fn nor_is_what_is_longer_than_any() {
        assert!(ModelId::parse(&"a".repeat(LONGEST)).is_some());
        assert!(ModelId::parse(&"a".repeat(LONGEST + 1)).is_none());
    }
}
