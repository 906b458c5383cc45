//! What of a first, quick look at an utterance is not believed before a second one.

use crate::gate;
use crate::units::{Unit, units};
use qinting_domain::HeardSegment;

/// Less sure than this, an utterance is looked at again.
const UNSURE: f32 = 0.25;
/// A text shorter than this may well differ from its drafts, in units.
const TELLING: usize = 5;
/// Share of units in which a text may differ from what its drafts said last.
const UNLIKE: f32 = 0.7;

/// Whether a text needs a second look: it is unsure, repeats itself or the one before it, is a phrase
/// Whisper makes up, or is not what its drafts said.
pub(super) fn is_doubtful(
    segments: &[HeardSegment],
    drafted: Option<&str>,
    before: Option<&str>,
) -> bool {
    let text = text_of(segments);
    if text.is_empty() {
        return drafted.is_some_and(|d| plain(d).len() >= TELLING);
    }
    let said = plain(&text);
    let repeats = said.len() >= TELLING && before.is_some_and(|b| is_same(&plain(b), &said));
    let sure = mean_of(segments);
    sure < UNSURE
        || gate::is_doubtful(&text, sure)
        || repeats
        || drafted.is_some_and(|d| is_unlike(&plain(d), &said))
}

/// The text of an utterance's lines.
pub(super) fn text_of(segments: &[HeardSegment]) -> String {
    let lines: Vec<&str> = segments.iter().map(|s| s.text.as_str()).collect();
    let is_spaced = segments.iter().all(|s| s.language != "zh");
    lines.join(if is_spaced { " " } else { "" })
}

fn mean_of(segments: &[HeardSegment]) -> f32 {
    let letters = |s: &HeardSegment| s.text.chars().count() as f32;
    let all: f32 = segments.iter().map(letters).sum();
    let sure: f32 = segments.iter().map(|s| s.confidence * letters(s)).sum();
    sure / all.max(1.0)
}

fn plain(text: &str) -> Vec<Unit> {
    units(text, &[])
}

fn is_same(a: &[Unit], b: &[Unit]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is_same(b))
}

/// Two texts that have hardly a unit in common, in order.
fn is_unlike(a: &[Unit], b: &[Unit]) -> bool {
    if a.len() < TELLING || b.len() < TELLING {
        return false;
    }
    let mut common = vec![0usize; b.len() + 1];
    for unit in a {
        let mut diagonal = 0;
        for (j, other) in b.iter().enumerate() {
            let above = common[j + 1];
            common[j + 1] = if unit.is_same(other) {
                diagonal + 1
            } else {
                above.max(common[j])
            };
            diagonal = above;
        }
    }
    let shared = common[b.len()] as f32;
    1.0 - shared / a.len().min(b.len()) as f32 > UNLIKE
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn said(text: &str, confidence: f32) -> Vec<HeardSegment> {
        vec![HeardSegment {
            start_ms: 0,
            end_ms: 3_000,
            channel: 0,
            text: text.to_owned(),
            confidence,
            language: "zh".to_owned(),
        }]
    }

    #[rstest]
    #[case::sure("我想退一台冰箱", 0.8, None, None, false)]
    #[case::unsure("我想退一台冰箱", 0.24, None, None, true)]
    #[case::as_drafted("我想退一台冰箱", 0.8, Some("我想退台冰箱"), None, false)]
    #[case::not_as_drafted("请不要再打来了好吗", 0.8, Some("我想退一台冰箱"), None, true)]
    #[case::too_short_to_tell("好的。", 0.8, Some("我想退一台冰箱"), None, false)]
    #[case::gone("", 0.8, Some("我想退一台冰箱"), None, true)]
    #[case::nothing_at_all("", 0.8, None, None, false)]
    #[case::loops("我要退款我要退款我要退款我要退款", 0.9, None, None, true)]
    #[case::two_sentences_alike(
        "I'm calling about it. I'm calling about it.",
        0.9,
        None,
        None,
        true
    )]
    #[case::said_before("我想退一台冰箱", 0.9, None, Some("我想退一台冰箱。"), true)]
    #[case::a_short_answer_twice("好的。", 0.9, None, Some("好的"), false)]
    #[case::made_up("Thank you very much.", 0.7, None, None, true)]
    fn what_is_believed_at_once(
        #[case] text: &str,
        #[case] confidence: f32,
        #[case] drafted: Option<&str>,
        #[case] before: Option<&str>,
        #[case] doubtful: bool,
    ) {
        let segments = if text.is_empty() {
            Vec::new()
        } else {
            said(text, confidence)
        };
        assert_eq!(is_doubtful(&segments, drafted, before), doubtful);
    }
}
