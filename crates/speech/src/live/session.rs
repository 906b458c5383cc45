//! The policy of live text: what is decoded next, and what is told of it. Driven by samples; the
//! clock only says how long a decoding took.

use super::lane::{Ended, Lane};
use super::pace::Pace;
use crate::decode::Weighed;
use crate::scribe::{DOUBTFUL, Speaker};
use crate::vad::ms;
use crate::wav::RATE_HZ;
use crate::window::Window;
use qinting_app::error::AppResult;
use qinting_app::ports::LiveHeard;
use qinting_domain::HeardSegment;
use std::collections::VecDeque;
use std::time::Duration;

const SECOND: u64 = RATE_HZ as u64;
/// New speech that is worth a draft, in samples (0.7 s).
const DRAFT_STEP: u64 = SECOND * 7 / 10;
/// A word with a pause behind it is worth one too, once it has waited for a second.
const DRAFT_LEAST: u64 = SECOND * 3 / 10;
/// Further behind than this the oldest unheard utterance is left out (60 s) …
const LATEST: u64 = 60 * SECOND;
/// … unless all is kept; then so much sound is held for it over all lanes (40 min).
const MOST_HELD: u64 = 40 * 60 * SECOND;

/// Speech to text, as the policy needs it.
pub(crate) trait Hearing {
    /// One quick pass over what somebody has said so far.
    fn draft(&mut self, speaker: &Speaker, samples: &[f32]) -> AppResult<Weighed>;
    /// The text of an utterance that is over.
    fn last(&mut self, speaker: &mut Speaker, window: &Window) -> AppResult<Vec<HeardSegment>>;
}

/// Whoever hears of the text.
pub(crate) type Tell<'a> = &'a mut dyn FnMut(LiveHeard);

enum Next {
    Draft(usize),
    Last,
    Nothing,
}

/// A live call's text.
pub(crate) struct Session<H> {
    hearing: H,
    lanes: Vec<Lane>,
    waiting: VecDeque<Ended>,
    keep_all: bool,
    /// How long the last draft took, as samples.
    draft_took: u64,
    /// A draft went before the final text that waits.
    was_overtaken: bool,
    pace: Pace,
}

impl<H: Hearing> Session<H> {
    pub(crate) fn new(hearing: H, lanes: u16, keep_all: bool) -> Self {
        Self {
            hearing,
            lanes: (0..usize::from(lanes)).map(Lane::new).collect(),
            waiting: VecDeque::new(),
            keep_all,
            draft_took: 0,
            was_overtaken: false,
            pace: Pace::default(),
        }
    }

    /// Takes sound. `at_sample` is the place of the first one on the session clock.
    pub(crate) fn hear(&mut self, lane: u16, at_sample: u64, samples: &[i16], tell: Tell) {
        let Some(ears) = self.lanes.get_mut(usize::from(lane)) else {
            return;
        };
        self.waiting.extend(ears.hear(at_sample, samples));
        self.leave_out(tell);
        self.tell_lag(tell);
    }

    /// Does the next piece of work; `false` when there is none. `now` is any clock nobody sets.
    pub(crate) fn work(&mut self, now: &dyn Fn() -> Duration, tell: Tell) -> AppResult<bool> {
        match self.next() {
            Next::Draft(lane) => {
                let begun = now();
                self.draft(lane, tell)?;
                self.draft_took = samples_in(now().saturating_sub(begun));
                self.was_overtaken = !self.waiting.is_empty();
            }
            Next::Last => {
                self.was_overtaken = false;
                if let Some(ended) = self.waiting.pop_front() {
                    self.last(ended, tell)?;
                }
            }
            Next::Nothing => return Ok(false),
        }
        self.tell_lag(tell);
        Ok(true)
    }

    /// No more sound comes: what is being said ends here, and everything gets its final text.
    pub(crate) fn finish(&mut self, now: &dyn Fn() -> Duration, tell: Tell) -> AppResult<()> {
        for lane in &mut self.lanes {
            self.waiting.extend(lane.finish());
        }
        while self.work(now, tell)? {}
        Ok(())
    }

    /// The draft of whoever speaks goes first, but no final text is overtaken twice: at the end of
    /// an utterance somebody waits for it, and the other side has usually begun to speak.
    fn next(&self) -> Next {
        let fresh = |lane: &usize| self.lanes[*lane].fresh_speech();
        let speaking = (0..self.lanes.len()).max_by_key(fresh);
        let due = speaking.filter(|lane| !self.pace.is_thinned() && self.is_due(*lane));
        match due {
            Some(lane) if self.waiting.is_empty() || !self.was_overtaken => Next::Draft(lane),
            _ if !self.waiting.is_empty() => Next::Last,
            _ => Next::Nothing,
        }
    }

    fn is_due(&self, index: usize) -> bool {
        let lane = &self.lanes[index];
        let fresh = lane.fresh_speech();
        let waits = || lane.newest() - lane.unheard_from().unwrap_or(lane.newest());
        let step = DRAFT_STEP.max(self.draft_took);
        fresh >= step || fresh >= DRAFT_LEAST && waits() >= step.max(SECOND)
    }

    fn draft(&mut self, index: usize, tell: Tell) -> AppResult<()> {
        let lane = &mut self.lanes[index];
        let Some(clip) = lane.clip() else {
            return Ok(());
        };
        let text = self.hearing.draft(&lane.speaker, &clip.samples)?;
        if let Some(draft) = lane.drafted(&clip, &text) {
            tell(LiveHeard::Draft {
                lane: index as u16,
                utterance: draft.utterance,
                start_ms: draft.start_ms,
                end_ms: draft.end_ms,
                committed: draft.committed,
                tentative: draft.tentative,
            });
        }
        Ok(())
    }

    fn last(&mut self, mut ended: Ended, tell: Tell) -> AppResult<()> {
        let segments = match ended.window() {
            Some(window) => {
                let speaker = &mut self.lanes[ended.lane].speaker;
                self.hearing.last(speaker, &window)?
            }
            None => Vec::new(),
        };
        // An utterance nobody has heard of need not be taken back.
        if !segments.is_empty() || ended.drafted.is_some() {
            tell(LiveHeard::Final {
                lane: ended.lane as u16,
                utterance: ended.number,
                segments,
            });
        }
        Ok(())
    }

    /// Gives up the oldest sound when it is too late for it. Its drafts are what stays of it.
    fn leave_out(&mut self, tell: Tell) {
        let newest = self.newest();
        while let Some(oldest) = self.waiting.front() {
            let held: u64 = self.waiting.iter().map(Ended::held).sum();
            let late = !self.keep_all && newest.saturating_sub(oldest.span.start) > LATEST;
            if !late && held <= MOST_HELD {
                return;
            }
            let Some(ended) = self.waiting.pop_front() else {
                return;
            };
            tracing::warn!(
                lane = ended.lane,
                start_ms = ms(ended.span.start),
                "left out speech that would be too late"
            );
            let Some(text) = ended.drafted else {
                continue;
            };
            let segment = HeardSegment {
                start_ms: ms(ended.span.start),
                end_ms: ms(ended.span.end),
                channel: ended.lane as u16,
                text,
                confidence: DOUBTFUL,
                language: self.language_of(ended.lane),
            };
            tell(LiveHeard::Final {
                lane: ended.lane as u16,
                utterance: ended.number,
                segments: vec![segment],
            });
        }
    }

    fn language_of(&self, lane: usize) -> String {
        let settled = self.lanes[lane].speaker.language.clone();
        settled.unwrap_or_else(|| "zh".to_owned())
    }

    fn newest(&self) -> u64 {
        self.lanes.iter().map(Lane::newest).max().unwrap_or(0)
    }

    fn tell_lag(&mut self, tell: Tell) {
        let newest = self.newest();
        let open = self.lanes.iter().filter_map(Lane::unheard_from);
        let over = self.waiting.iter().map(|e| e.heard_to.min(e.span.end));
        let unheard = open.chain(over).min().unwrap_or(newest);
        let behind = newest.saturating_sub(unheard);
        if let Some(lag) = self.pace.at(newest, behind, self.waiting.is_empty()) {
            tell(lag);
        }
    }
}

fn samples_in(time: Duration) -> u64 {
    (time.as_secs_f64() * f64::from(RATE_HZ)) as u64
}
