//! What of a text that is still being spoken is certain. A unit is when two drafts in a row have it
//! (LocalAgreement-2), or one draft is sure of it; never near the end of the sound, where half a word
//! looks like another word. What is certain stays until the utterance's final text.

use crate::units::{Unit, written};

/// Nothing nearer to the end of the sound than this is certain, in samples (0.5 s).
const GUARD: u64 = 8_000;
/// One draft is enough for a unit further from the end than this, in samples (1 s) …
const FAR: u64 = 16_000;
/// … when it is this sure of it.
const SURE: f32 = 0.9;

/// The drafts of one utterance.
#[derive(Debug, Default)]
pub(crate) struct Agreement {
    certain: Vec<Unit>,
    /// What the last draft had behind the certain units.
    rest: Vec<Unit>,
}

impl Agreement {
    /// Takes the next draft of the whole utterance, placed; `edge` is the end of the sound, in samples.
    pub(crate) fn hear(&mut self, draft: Vec<Unit>, edge: u64) {
        let known = best_cut(&self.certain, &draft);
        self.punctuate(&draft[..known]);
        let fresh = &draft[known..];
        let agreed = fresh
            .iter()
            .enumerate()
            .take_while(|(i, unit)| {
                let twice = self.rest.get(*i).is_some_and(|u| u.is_same(unit));
                let before_edge = edge.saturating_sub(unit.span.end);
                let clear = unit.sure >= SURE && before_edge > FAR;
                before_edge >= GUARD && (twice || clear)
            })
            .count();
        self.certain.extend_from_slice(&fresh[..agreed]);
        self.rest = fresh[agreed..].to_vec();
    }

    /// Punctuation of the newest draft, where it says the same.
    fn punctuate(&mut self, draft: &[Unit]) {
        let is_same = draft.len() == self.certain.len()
            && draft.iter().zip(&self.certain).all(|(a, b)| a.is_same(b));
        if is_same {
            for (unit, new) in self.certain.iter_mut().zip(draft) {
                unit.tail.clone_from(&new.tail);
            }
        }
    }

    /// What is certain, and what may still change.
    pub(crate) fn text(&self) -> (String, String) {
        let (certain, tail) = written(&self.certain);
        let (rest, end) = written(&self.rest);
        let gap = if certain.is_empty() {
            ""
        } else {
            tail.as_str()
        };
        let tentative = format!("{gap}{rest}{end}");
        if self.rest.is_empty() {
            return (certain, tail.trim_end().to_owned());
        }
        (certain, tentative.trim_end().to_owned())
    }
}

/// How many units of a draft say what is certain: the cut with the least edit distance, and among
/// several the one nearest to as many units as are certain.
fn best_cut(certain: &[Unit], draft: &[Unit]) -> usize {
    let mut row: Vec<usize> = (0..=draft.len()).collect();
    for (i, unit) in certain.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in draft.iter().enumerate() {
            let change = diagonal + usize::from(!unit.is_same(other));
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    (0..row.len())
        .min_by_key(|cut| (row[*cut], cut.abs_diff(certain.len())))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::units;
    use crate::vad::Span;
    use proptest::prelude::*;
    use rstest::rstest;

    const SECOND: u64 = 16_000;
    /// End of the sound.
    const EDGE: u64 = 60 * SECOND;

    fn ending(before_edge: u64) -> Span {
        let end = EDGE - before_edge;
        Span { start: end, end }
    }

    /// A draft whose units end one fifth of a second apart, the last one `after` the edge.
    fn draft(text: &str, sure: f32, last_before_edge: u64) -> Vec<Unit> {
        let mut units = units(text, &vec![sure; text.chars().count()]);
        let n = units.len() as u64;
        for (i, unit) in units.iter_mut().enumerate() {
            unit.span = ending(last_before_edge + (n - 1 - i as u64) * SECOND / 5);
        }
        units
    }

    fn after(drafts: &[Vec<Unit>]) -> (String, String) {
        let mut agreement = Agreement::default();
        for d in drafts {
            agreement.hear(d.clone(), EDGE);
        }
        agreement.text()
    }

    #[test]
    fn one_unsure_draft_makes_nothing_certain() {
        let got = after(&[draft("我想退一台冰箱", 0.6, SECOND)]);
        assert_eq!(got, (String::new(), "我想退一台冰箱".to_owned()));
    }

    #[rstest]
    #[case::all_far_enough(SECOND, "我想退", "")]
    #[case::edge_takes_three(0, "", "我想退")]
    #[case::edge_takes_one(5_000, "我想", "退")]
    fn what_two_drafts_share_is_certain_but_for_the_edge(
        #[case] last_before_edge: u64,
        #[case] certain: &str,
        #[case] open: &str,
    ) {
        let d = draft("我想退", 0.6, last_before_edge);
        assert_eq!(after(&[d.clone(), d]), (certain.into(), open.into()));
    }

    #[test]
    fn agreement_ends_where_the_drafts_part() {
        let one = draft("我想退一台并箱", 0.6, SECOND);
        let two = draft("我想退一台冰箱", 0.6, SECOND);
        assert_eq!(after(&[one, two]), ("我想退一台".into(), "冰箱".into()));
    }

    #[test]
    fn a_sure_unit_far_from_the_edge_needs_no_second_draft() {
        let got = after(&[draft("我想退一台冰箱", 0.95, SECOND / 2)]);
        assert_eq!(got, ("我想退一".into(), "台冰箱".into()));
    }

    #[test]
    fn punctuation_is_no_disagreement_and_comes_from_the_newest() {
        let one = draft("你好我想退", 0.6, SECOND);
        let two = draft("你好，我想退。", 0.6, SECOND);
        assert_eq!(after(&[one, two]), ("你好，我想退".into(), "。".into()));
    }

    #[test]
    fn words_and_numbers_agree_as_wholes() {
        let one = draft("Order 365", 0.6, SECOND);
        let two = draft("order 3658 please", 0.6, SECOND);
        assert_eq!(after(&[one, two]), ("order".into(), " 3658 please".into()));
    }

    #[test]
    fn a_draft_that_denies_what_is_certain_does_not_take_it_back() {
        let one = draft("我想退一台冰箱", 0.6, SECOND);
        let other = draft("我像退一台冰箱给您", 0.6, SECOND);
        let got = after(&[one.clone(), one, other]);
        assert_eq!(got, ("我想退一台冰箱".into(), "给您".into()));
    }

    fn any_draft() -> impl Strategy<Value = Vec<Unit>> {
        let unit = (
            prop::sample::select(vec!["我", "想", "退", "ok", "Ok", "36", "货"]),
            prop::sample::select(vec!["", "，", " ", "。"]),
            0.0f32..1.0,
            0u64..40_000,
        );
        let unit = unit.prop_map(|(text, tail, sure, before_edge)| Unit {
            at: 0,
            lead: String::new(),
            text: text.into(),
            tail: tail.into(),
            sure,
            span: ending(before_edge),
        });
        prop::collection::vec(unit, 0..12)
    }

    fn letters(text: &str) -> String {
        text.chars().filter(|c| c.is_alphanumeric()).collect()
    }

    proptest! {
        #[test]
        fn certain_text_only_grows(drafts in prop::collection::vec(any_draft(), 1..12)) {
            let mut agreement = Agreement::default();
            let mut before = String::new();
            for d in drafts {
                agreement.hear(d, EDGE);
                let certain = letters(&agreement.text().0);
                prop_assert!(certain.starts_with(&before), "{before} became {certain}");
                before = certain;
            }
        }
    }
}
