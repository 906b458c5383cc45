//! Text of utterances that are not over: what is certain never shrinks, what is over never comes
//! back, and nobody is told more often than they can read.

use crate::views::LiveDraft;
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// A lane's drafts are told this far apart at least.
const PACE: Duration = Duration::from_millis(100);

#[derive(Default)]
struct Lane {
    finals: HashSet<u64>,
    told: Option<Instant>,
    /// The newest draft, while nobody was told of it.
    waiting: Option<LiveDraft>,
    /// The newest draft of each utterance that is not over.
    open: Vec<LiveDraft>,
}

/// Drafts of all lanes.
#[derive(Default)]
pub(super) struct Drafts {
    lanes: Vec<Lane>,
}

impl Drafts {
    fn lane(&mut self, lane: u16) -> &mut Lane {
        let at = usize::from(lane);
        if self.lanes.len() <= at {
            self.lanes.resize_with(at + 1, Lane::default);
        }
        &mut self.lanes[at]
    }

    /// Takes a draft; one that would take back what was certain, or speaks of an utterance that is
    /// over, is left out.
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
            Some(open) if !draft.committed.starts_with(&open.committed) => {
                tracing::warn!(lane = draft.lane, "a draft took certain text back");
                return;
            }
            Some(open) => *open = draft.clone(),
            None => lane.open.push(draft.clone()),
        }
        lane.waiting = Some(draft);
    }

    /// An utterance is over; `false` when it was over already.
    pub(super) fn end(&mut self, lane: u16, utterance: u64) -> bool {
        let lane = self.lane(lane);
        lane.open.retain(|d| d.utterance != utterance);
        if lane
            .waiting
            .as_ref()
            .is_some_and(|d| d.utterance == utterance)
        {
            lane.waiting = None;
        }
        lane.finals.insert(utterance)
    }

    /// The engine begins anew, and may count anew.
    pub(super) fn restart(&mut self) {
        self.lanes.clear();
    }

    /// Drafts somebody may be told of now.
    pub(super) fn due(&mut self, now: Instant) -> Vec<LiveDraft> {
        let mut due = Vec::new();
        for lane in &mut self.lanes {
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

    /// All utterances that are not over.
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
