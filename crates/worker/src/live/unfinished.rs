//! Utterances whose final text has not come. When a worker dies with them, what stands in doubt for
//! them, or else what their drafts said last, is what stays of them; and the next worker, which counts from 0 again, goes on behind them.

use qinting_desk::{LiveEarsRequest, LiveHeard};
use qinting_domain::{HeardSegment, UNCONFIRMED};
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct Unfinished {
    /// By lane and utterance.
    texts: BTreeMap<(u16, u64), HeardSegment>,
    /// Those of them that are over: a draft that comes late changes nothing.
    over: BTreeSet<(u16, u64)>,
    /// What is added to the numbers of the present worker, by lane.
    before: BTreeMap<u16, u64>,
    /// The number after the highest that was told, by lane.
    next: BTreeMap<u16, u64>,
    language: String,
}

impl Unfinished {
    pub(super) fn new(request: &LiveEarsRequest) -> Self {
        let is_known = request.language != "auto";
        Self {
            texts: BTreeMap::new(),
            over: BTreeSet::new(),
            before: BTreeMap::new(),
            next: BTreeMap::new(),
            language: if is_known { &request.language } else { "zh" }.to_owned(),
        }
    }

    /// What the worker tells, with the call's numbers.
    pub(super) fn numbered(&mut self, mut heard: LiveHeard) -> LiveHeard {
        match &mut heard {
            LiveHeard::Draft {
                lane,
                utterance,
                start_ms,
                end_ms,
                committed,
                tentative,
            } => {
                *utterance = self.number(*lane, *utterance);
                let place = (*lane, *utterance);
                if !self.over.contains(&place) {
                    self.stands(
                        place,
                        (*start_ms, *end_ms),
                        format!("{committed}{tentative}"),
                    );
                }
            }
            LiveHeard::Doubt {
                lane,
                utterance,
                start_ms,
                end_ms,
                text,
            } => {
                *utterance = self.number(*lane, *utterance);
                let place = (*lane, *utterance);
                self.over.insert(place);
                self.stands(place, (*start_ms, *end_ms), text.clone());
            }
            LiveHeard::Final {
                lane,
                utterance,
                segments,
            } => {
                *utterance = self.number(*lane, *utterance);
                self.texts.remove(&(*lane, *utterance));
                self.over.remove(&(*lane, *utterance));
                if let Some(last) = segments.last() {
                    self.language.clone_from(&last.language);
                }
            }
            LiveHeard::Ready | LiveHeard::Lag { .. } | LiveHeard::Failed { .. } => {}
        }
        heard
    }

    /// What an utterance says so far.
    fn stands(&mut self, place: (u16, u64), (start_ms, end_ms): (u64, u64), text: String) {
        let segment = HeardSegment {
            start_ms,
            end_ms,
            channel: place.0,
            text,
            confidence: UNCONFIRMED,
            language: self.language.clone(),
        };
        self.texts.insert(place, segment);
    }

    fn number(&mut self, lane: u16, utterance: u64) -> u64 {
        let number = self.before.get(&lane).unwrap_or(&0) + utterance;
        let next = self.next.entry(lane).or_default();
        *next = (*next).max(number + 1);
        number
    }

    /// The worker is gone: its drafts and doubts become final as they are.
    pub(super) fn given_up(&mut self) -> Vec<LiveHeard> {
        self.before.clone_from(&self.next);
        self.over.clear();
        std::mem::take(&mut self.texts)
            .into_iter()
            .map(|((lane, utterance), said)| LiveHeard::Final {
                lane,
                utterance,
                segments: if said.text.is_empty() {
                    Vec::new()
                } else {
                    vec![said]
                },
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unfinished() -> Unfinished {
        Unfinished::new(&LiveEarsRequest {
            lanes: 2,
            draft_model: "a".into(),
            final_model: "b".into(),
            language: "auto".into(),
            simplified: true,
            numbers: qinting_domain::NumberStyle::AsHeard,
            threads: 0,
            keep_all: false,
        })
    }

    fn draft(lane: u16, utterance: u64, committed: &str, tentative: &str) -> LiveHeard {
        LiveHeard::Draft {
            lane,
            utterance,
            start_ms: 1_000,
            end_ms: 2_500,
            committed: committed.into(),
            tentative: tentative.into(),
        }
    }

    fn doubt(lane: u16, utterance: u64, text: &str) -> LiveHeard {
        LiveHeard::Doubt {
            lane,
            utterance,
            start_ms: 1_000,
            end_ms: 3_000,
            text: text.into(),
        }
    }

    fn last(lane: u16, utterance: u64) -> LiveHeard {
        LiveHeard::Final {
            lane,
            utterance,
            segments: Vec::new(),
        }
    }

    fn number(heard: &LiveHeard) -> u64 {
        match heard {
            LiveHeard::Draft { utterance, .. }
            | LiveHeard::Doubt { utterance, .. }
            | LiveHeard::Final { utterance, .. } => *utterance,
            _ => u64::MAX,
        }
    }

    #[test]
    fn drafts_a_dead_worker_left_become_final_as_they_are() {
        let mut kept = unfinished();
        kept.numbered(draft(0, 0, "我想", "退"));
        kept.numbered(last(0, 0));
        kept.numbered(draft(0, 1, "我", "像"));
        kept.numbered(draft(0, 1, "我想", "退货"));
        let finals = kept.given_up();
        let [
            LiveHeard::Final {
                lane: 0,
                utterance: 1,
                segments,
            },
        ] = &finals[..]
        else {
            panic!("{finals:?}");
        };
        assert_eq!(segments[0].text, "我想退货");
        assert_eq!((segments[0].start_ms, segments[0].end_ms), (1_000, 2_500));
        assert!(segments[0].confidence < 0.5);
        assert!(kept.given_up().is_empty());
    }

    #[test]
    fn what_stood_in_doubt_when_a_worker_died_becomes_final_in_doubt() {
        let mut kept = unfinished();
        kept.numbered(draft(0, 0, "我", "像"));
        kept.numbered(doubt(0, 0, "我像退货"));
        kept.numbered(doubt(0, 0, "我想退货"));
        kept.numbered(draft(0, 0, "我像", ""));
        kept.numbered(doubt(0, 1, "好的"));
        kept.numbered(last(0, 1));
        let finals = kept.given_up();
        let [LiveHeard::Final { segments, .. }] = &finals[..] else {
            panic!("{finals:?}");
        };
        assert_eq!(segments[0].text, "我想退货");
        assert_eq!((segments[0].start_ms, segments[0].end_ms), (1_000, 3_000));
        assert!(segments[0].confidence < 0.5);
        assert_eq!(number(&kept.numbered(doubt(0, 0, "喂"))), 2);
    }

    #[test]
    fn the_next_worker_goes_on_counting_where_the_dead_one_was() {
        let mut kept = unfinished();
        assert_eq!(number(&kept.numbered(draft(0, 4, "", "喂"))), 4);
        assert_eq!(number(&kept.numbered(last(1, 0))), 0);
        kept.given_up();
        assert_eq!(number(&kept.numbered(draft(0, 0, "", "喂"))), 5);
        assert_eq!(number(&kept.numbered(last(1, 2))), 3);
        kept.given_up();
        assert_eq!(number(&kept.numbered(draft(0, 0, "", "喂"))), 6);
        assert_eq!(number(&kept.numbered(draft(1, 0, "", "喂"))), 4);
    }
}
