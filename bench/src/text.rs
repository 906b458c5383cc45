//! What was said and what was written down, compared.

use qinting_testkit::text::letters;
use std::collections::BTreeMap;

/// A line of a transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Channel.
    pub lane: u16,
    /// Start in milliseconds of the call.
    pub start_ms: u64,
    /// End in milliseconds of the call.
    pub end_ms: u64,
    /// Its text.
    pub text: String,
}

/// Words without punctuation, lower case.
pub(crate) fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || c == '-');
    let words = words.map(|w| letters(w).into_iter().collect::<String>());
    words.filter(|w| !w.is_empty()).collect()
}

/// Places of the longest common subsequence.
pub(crate) fn matched(a: &[char], b: &[char]) -> Vec<(usize, usize)> {
    let mut longest = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i][j] = if a[i] == b[j] {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// What was called certain of each utterance: it may only grow.
#[derive(Default)]
pub(crate) struct Certain(BTreeMap<(u16, u64), Vec<char>>);

impl Certain {
    /// Takes the certain text of a draft; gives how many certain characters it no longer has.
    pub fn take(&mut self, lane: u16, utterance: u64, committed: &str) -> usize {
        let sure = letters(committed);
        let before = self.0.entry((lane, utterance)).or_default();
        let kept = before.iter().zip(&sure).take_while(|(a, b)| a == b).count();
        let gone = before.len() - kept;
        *before = sure;
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Thank you, Jonathan.", &["thank", "you", "jonathan"])]
    #[case("I'm — well… off-peak", &["im", "well", "off", "peak"])]
    fn words_are_compared_without_their_marks(#[case] text: &str, #[case] want: &[&str]) {
        assert_eq!(words(text), want);
    }

    #[test]
    fn certain_text_that_changes_is_counted_by_what_is_gone() {
        let mut certain = Certain::default();
        assert_eq!(certain.take(0, 0, "您好"), 0);
        assert_eq!(certain.take(1, 0, "喂"), 0);
        assert_eq!(certain.take(0, 0, "您好，这里"), 0);
        assert_eq!(certain.take(0, 0, "您好那里"), 2);
    }
}
