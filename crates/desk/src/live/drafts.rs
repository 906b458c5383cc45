//! Text of utterances that are not settled: what is certain never shrinks while somebody speaks, what
//! stands in doubt stands until it is settled, what is settled never comes back, and nobody is told
//! more often than they can read.

use crate::live::shapes::LiveDraft;
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// A lane's drafts are told this far apart at least.
const PACE: Duration = Duration::from_millis(100);

#[derive(Default)]
struct LaneDrafts {
    finals: HashSet<u64>,
    told: Option<Instant>,
    /// The newest draft, while nobody was told of it.
    waiting: Option<LiveDraft>,
    /// Newest texts of utterances that are over and not settled, while nobody was told of them.
    doubts: Vec<LiveDraft>,
    /// The newest text of each utterance that is not settled.
    open: Vec<LiveDraft>,
}

impl LaneDrafts {
    /// Nobody needs to be told of this utterance as it was.
    fn forget(&mut self, utterance: u64) {
        self.waiting.take_if(|d| d.utterance == utterance);
        self.doubts.retain(|d| d.utterance != utterance);
    }
}

/// Drafts of all lanes.
#[derive(Default)]
pub(super) struct Drafts {
    lanes: Vec<LaneDrafts>,
}

impl Drafts {
    fn lane(&mut self, lane: u16) -> &mut LaneDrafts {
        let at = usize::from(lane);
        if self.lanes.len() <= at {
            self.lanes.resize_with(at + 1, LaneDrafts::default);
        }
        &mut self.lanes[at]
    }

    /// Takes a draft, or what stands in doubt. A draft that would take back what was certain, or
    /// speaks of an utterance that is over, is left out.
    pub(super) fn take(&mut self, draft: LiveDraft) {
        let lane = self.lane(draft.lane);
        if lane.finals.contains(&draft.utterance) {
            return;
        }
        match lane
            .open
            .iter_mut()
            .find(|d| d.utterance == draft.utterance)
        {
            Some(open) if open.over && !draft.over => return,
            Some(open) if !draft.over && !draft.committed.starts_with(&open.committed) => {
                tracing::warn!(lane = draft.lane, "a draft took certain text back");
                return;
            }
            Some(open) => *open = draft.clone(),
            None => lane.open.push(draft.clone()),
        }
        if draft.over {
            lane.forget(draft.utterance);
            lane.doubts.push(draft);
        } else {
            lane.waiting = Some(draft);
        }
    }

    /// An utterance is settled; `false` when it was already.
    pub(super) fn end(&mut self, lane: u16, utterance: u64) -> bool {
        let lane = self.lane(lane);
        lane.open.retain(|d| d.utterance != utterance);
        lane.forget(utterance);
        lane.finals.insert(utterance)
    }

    /// The engine begins anew, and may count anew.
    pub(super) fn restart(&mut self) {
        self.lanes.clear();
    }

    /// Drafts somebody may be told of now. What stands in doubt is rare and told at once: the draft of
    /// the next utterance must not push it aside.
    pub(super) fn due(&mut self, now: Instant) -> Vec<LiveDraft> {
        let mut due = Vec::new();
        for lane in &mut self.lanes {
            due.append(&mut lane.doubts);
            if lane.told.is_none_or(|t| now.duration_since(t) >= PACE)
                && let Some(draft) = lane.waiting.take()
            {
                lane.told = Some(now);
                due.push(draft);
            }
        }
        due
    }

    /// When the next one is due; `None` when none waits.
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.lanes
            .iter()
            .filter(|l| l.waiting.is_some())
            .filter_map(|l| l.told.map(|t| t + PACE))
            .min()
    }

    /// All utterances that are not settled.
    pub(super) fn open(&self) -> Vec<LiveDraft> {
        self.lanes.iter().flat_map(|l| l.open.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(utterance: u64, committed: &str, tentative: &str) -> LiveDraft {
        LiveDraft {
            lane: 0,
            utterance,
            start_ms: 0,
            end_ms: 1_000,
            committed: committed.into(),
            tentative: tentative.into(),
            over: false,
        }
    }

    fn doubt(utterance: u64, text: &str) -> LiveDraft {
        LiveDraft {
            over: true,
            ..draft(utterance, "", text)
        }
    }

    #[test]
    fn what_was_certain_is_never_taken_back() {
        let mut drafts = Drafts::default();
        drafts.take(draft(0, "我要", "退"));
        drafts.take(draft(0, "我", "要退货"));
        drafts.take(draft(0, "我想", "退货"));
        assert_eq!(drafts.open(), [draft(0, "我要", "退")]);
        drafts.take(draft(0, "我要退货", ""));
        assert_eq!(drafts.open(), [draft(0, "我要退货", "")]);
    }

    #[test]
    fn what_stands_in_doubt_takes_the_place_of_all_drafts_and_of_what_stood_before_it() {
        let mut drafts = Drafts::default();
        drafts.take(draft(0, "我要", "退"));
        drafts.take(doubt(0, "我药腿"));
        drafts.take(draft(0, "我要退货", ""));
        assert_eq!(drafts.open(), [doubt(0, "我药腿")]);
        drafts.take(doubt(0, "我要退货"));
        assert_eq!(drafts.open(), [doubt(0, "我要退货")]);
        assert_eq!(drafts.due(Instant::now()), [doubt(0, "我要退货")]);
    }

    #[test]
    fn a_doubt_is_told_although_the_next_utterance_has_begun() {
        let mut drafts = Drafts::default();
        let now = Instant::now();
        drafts.take(draft(0, "", "我"));
        assert_eq!(drafts.due(now), [draft(0, "", "我")]);
        drafts.take(doubt(0, "我要退货"));
        drafts.take(draft(1, "", "好"));
        assert_eq!(drafts.due(now), [doubt(0, "我要退货")]);
        assert_eq!(drafts.due(now + PACE), [draft(1, "", "好")]);
        assert_eq!(drafts.open(), [doubt(0, "我要退货"), draft(1, "", "好")]);
    }

    #[test]
    fn what_stood_in_doubt_is_settled_once() {
        let mut drafts = Drafts::default();
        drafts.take(doubt(2, "我要退货"));
        assert!(drafts.end(0, 2));
        assert!(!drafts.end(0, 2));
        drafts.take(doubt(2, "我要退货"));
        assert!(drafts.open().is_empty());
        assert!(drafts.due(Instant::now()).is_empty());
    }

    #[test]
    fn an_utterance_that_is_over_stays_over() {
        let mut drafts = Drafts::default();
        drafts.take(draft(3, "", "退"));
        assert!(drafts.end(0, 3));
        assert!(!drafts.end(0, 3));
        drafts.take(draft(3, "退", ""));
        assert!(drafts.open().is_empty());
        assert!(drafts.due(Instant::now()).is_empty());
    }

    #[test]
    fn ten_thousand_drafts_are_told_ten_times_a_second_and_the_last_one_is_told() {
        let mut drafts = Drafts::default();
        let begin = Instant::now();
        let mut told = Vec::new();
        for i in 0..10_000u32 {
            drafts.take(draft(0, "", &i.to_string()));
            told.extend(drafts.due(begin + Duration::from_micros(u64::from(i) * 100)));
        }
        let last = drafts
            .next_due()
            .map(|at| drafts.due(at))
            .unwrap_or_default();
        assert_eq!(told.len(), 10);
        assert_eq!(last, [draft(0, "", "9999")]);
        assert_eq!(drafts.next_due(), None);
    }
}
