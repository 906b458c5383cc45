//! The policy of live text: what is decoded next, and what is told of it. Driven by samples; the
//! clock only says how long a decoding took.

use super::doubt::{is_doubtful, text_of};
use super::lane::{DraftText, EarLane, Ended};
use super::pace::Pace;
use crate::decode::Weighed;
use crate::scribe::Speaker;
use crate::vad::ms;
use crate::wav::RATE_HZ;
use crate::window::Window;
use qinting_desk::LiveHeard;
use qinting_desk::error::AppResult;
use qinting_domain::{HeardSegment, UNCONFIRMED};
use std::collections::VecDeque;
use std::time::Duration;

const SECOND: u64 = RATE_HZ as u64;
/// New speech that is worth a draft, in samples (0.7 s).
const DRAFT_STEP: u64 = SECOND * 7 / 10;
/// A word with a pause behind it is worth one too, once it has waited for a second.
const DRAFT_LEAST: u64 = SECOND * 3 / 10;
/// So much more speech than a draft took is worth the next one: what is left of the cores is for finals.
const DRAFT_SHARE: (u64, u64) = (3, 2);
/// A draft that takes longer than this, in samples (0.35 s), is not made while all lanes sound.
const DRAFT_DEAR: u64 = SECOND * 35 / 100;
/// A second look waits for a moment in which nobody speaks, at most so long (3 s).
const SECOND_LOOK_WAITS: u64 = 3 * SECOND;
/// So many utterances wait for a second look at most.
const MOST_DOUBTED: usize = 8;
/// Further behind than this the oldest unheard utterance is left out (60 s) …
const LATEST: u64 = 60 * SECOND;
/// … unless all is kept; then so much sound is held for it over all lanes (40 min).
const MOST_HELD: u64 = 40 * 60 * SECOND;

/// Speech to text, as the policy needs it.
pub(crate) trait Hearing {
    /// One quick pass over what somebody has said so far.
    fn draft(&mut self, speaker: &Speaker, samples: &[f32]) -> AppResult<Weighed>;
    /// The text of an utterance that is over.
    fn last(
        &mut self,
        speaker: &mut Speaker,
        window: &Window,
        look: Look,
    ) -> AppResult<Vec<HeardSegment>>;
}

/// How closely an utterance that is over is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// Somebody waits for it.
    First,
    /// The first one was not believed; a longer encoder length.
    Second,
}

/// Whoever hears of the text.
pub(crate) type Tell<'a> = &'a mut dyn FnMut(LiveHeard);

enum Next {
    Draft(usize),
    /// What this lane said may be over.
    Foresee(usize),
    Last,
    SecondLook,
    Nothing,
}

/// An utterance whose text is doubtful until a second look.
struct Doubted {
    ended: Ended,
    /// What the first look gave.
    segments: Vec<HeardSegment>,
}

/// A live call's text.
pub(crate) struct Session<H> {
    hearing: H,
    lanes: Vec<EarLane>,
    waiting: VecDeque<Ended>,
    doubted: VecDeque<Doubted>,
    keep_all: bool,
    /// How long the last draft took, as samples.
    draft_took: u64,
    /// No more sound comes.
    is_over: bool,
    pace: Pace,
}

impl<H: Hearing> Session<H> {
    pub(crate) fn new(hearing: H, lanes: u16, keep_all: bool) -> Self {
        Self {
            hearing,
            lanes: (0..usize::from(lanes)).map(EarLane::new).collect(),
            waiting: VecDeque::new(),
            doubted: VecDeque::new(),
            keep_all,
            draft_took: 0,
            is_over: false,
            pace: Pace::default(),
        }
    }

    /// Takes sound. `at_sample` is the place of the first one on the call clock.
    pub(crate) fn hear(&mut self, lane: u16, at_sample: u64, samples: &[i16], tell: Tell) {
        let Some(ears) = self.lanes.get_mut(usize::from(lane)) else {
            return;
        };
        let (ended, levels) = ears.hear(at_sample, samples);
        self.waiting.extend(ended);
        if let Some(beside) = self.beside(lane) {
            beside.other_sounds(&levels);
        }
        self.leave_out(tell);
        self.tell_lag(tell);
    }

    /// The lane beside this one, in a call of two.
    fn beside(&mut self, lane: u16) -> Option<&mut EarLane> {
        match self.lanes.as_mut_slice() {
            [one, two] => Some(if lane == 0 { two } else { one }),
            _ => None,
        }
    }

    /// Does the next piece of work; `false` when there is none. `now` is any clock nobody sets.
    pub(crate) fn work(&mut self, now: &dyn Fn() -> Duration, tell: Tell) -> AppResult<bool> {
        match self.next() {
            Next::Draft(lane) => {
                let begun = now();
                self.draft(lane, tell)?;
                self.draft_took = samples_in(now().saturating_sub(begun));
            }
            Next::Foresee(lane) => self.foresee(lane, tell)?,
            Next::Last => {
                if let Some(ended) = self.waiting.pop_front() {
                    self.last(ended, tell)?;
                }
            }
            Next::SecondLook => {
                if let Some(doubted) = self.doubted.pop_front() {
                    self.second_look(doubted, tell)?;
                }
            }
            Next::Nothing => return Ok(false),
        }
        self.tell_lag(tell);
        Ok(true)
    }

    /// No more sound comes: what is being said ends here, and everything gets its final text.
    pub(crate) fn finish(&mut self, now: &dyn Fn() -> Duration, tell: Tell) -> AppResult<()> {
        self.is_over = true;
        for lane in &mut self.lanes {
            self.waiting.extend(lane.finish());
        }
        while self.work(now, tell)? {}
        Ok(())
    }

    /// Final texts go first; then what may be over, so that its final text is there when it is; then
    /// second looks in a moment in which nobody speaks, or when one has waited; drafts have the rest.
    fn next(&self) -> Next {
        if !self.waiting.is_empty() {
            return Next::Last;
        }
        let newest = self.newest();
        let aged = |d: &Doubted| newest.saturating_sub(d.ended.span.end) > SECOND_LOOK_WAITS;
        let is_quiet = self.is_over || !self.lanes.iter().any(EarLane::is_sounding);
        let pauses = |lane: &usize| self.lanes[*lane].may_be_over().is_some();
        if let Some(lane) = (0..self.lanes.len()).find(pauses) {
            return Next::Foresee(lane);
        }
        if self.doubted.front().is_some_and(|d| is_quiet || aged(d)) {
            return Next::SecondLook;
        }
        let fresh = |lane: &usize| self.lanes[*lane].fresh_speech();
        let speaking = (0..self.lanes.len()).max_by_key(fresh);
        let due = |lane: &usize| !self.pace.is_thinned() && self.is_due(*lane);
        speaking.filter(due).map_or(Next::Nothing, Next::Draft)
    }

    fn is_due(&self, index: usize) -> bool {
        let lane = &self.lanes[index];
        let all_sound = self.lanes.len() > 1 && self.lanes.iter().all(EarLane::is_sounding);
        if all_sound && self.draft_took > DRAFT_DEAR {
            return false;
        }
        let fresh = lane.fresh_speech();
        let waits = || lane.newest() - lane.unheard_from().unwrap_or(lane.newest());
        let step = DRAFT_STEP.max(self.draft_took * DRAFT_SHARE.0 / DRAFT_SHARE.1);
        fresh >= step || fresh >= DRAFT_LEAST && waits() >= step.max(SECOND)
    }

    fn draft(&mut self, index: usize, tell: Tell) -> AppResult<()> {
        let lane = &mut self.lanes[index];
        let Some(clip) = lane.clip() else {
            return Ok(());
        };
        let text = self.hearing.draft(&lane.speaker, &clip.samples)?;
        if let Some(draft) = lane.drafted(&clip, &text) {
            tell(told(index, draft));
        }
        Ok(())
    }

    /// The final text of what may be over. When it goes on after all, it was a draft.
    fn foresee(&mut self, index: usize, tell: Tell) -> AppResult<()> {
        let lane = &mut self.lanes[index];
        let Some((clip, window)) = lane.may_be_over() else {
            return Ok(());
        };
        let mut speaker = lane.speaker.clone();
        let segments = self.hearing.last(&mut speaker, &window, Look::First)?;
        if let Some(draft) = lane.foresee(&clip, speaker, segments) {
            tell(told(index, draft));
        }
        Ok(())
    }

    fn last(&mut self, mut ended: Ended, tell: Tell) -> AppResult<()> {
        let speaker = &mut self.lanes[ended.lane].speaker;
        let before = speaker.last_text.clone();
        let foreseen = ended.foreseen.take().filter(|_| ended.was_speech());
        let segments = match (foreseen, ended.window()) {
            (Some(foreseen), _) => {
                *speaker = foreseen.speaker;
                foreseen.segments
            }
            (None, Some(window)) => self.hearing.last(speaker, &window, Look::First)?,
            (None, None) => Vec::new(),
        };
        let drafted = ended.drafted.as_deref();
        if ended.was_speech() && is_doubtful(&segments, drafted, before.as_deref()) {
            let text = match segments.is_empty() {
                true => ended.drafted.clone().unwrap_or_default(),
                false => text_of(&segments),
            };
            tell(LiveHeard::Doubt {
                lane: ended.lane as u16,
                utterance: ended.number,
                start_ms: ms(ended.span.start),
                end_ms: ms(ended.span.end),
                text,
            });
            // Nothing is the same as what was not believed.
            self.lanes[ended.lane].speaker.last_text = before;
            self.doubted.push_back(Doubted { ended, segments });
            self.give_up_doubts(tell);
            return Ok(());
        }
        // An utterance nobody has heard of need not be taken back.
        if !segments.is_empty() || ended.drafted.is_some() {
            tell(settled(&ended, segments));
        }
        Ok(())
    }

    /// A machine that never finds the time for second looks settles the oldest without one.
    fn give_up_doubts(&mut self, tell: Tell) {
        while self.doubted.len() > MOST_DOUBTED
            && let Some(oldest) = self.doubted.pop_front()
        {
            let kept = with_confidence(&oldest.segments, UNCONFIRMED);
            tell(settled(&oldest.ended, kept));
        }
    }

    /// What the second look confirms is certain. What it does not stays, as doubtful; what repeats or
    /// was made up goes.
    fn second_look(&mut self, doubted: Doubted, tell: Tell) -> AppResult<()> {
        let Doubted { ended, segments } = doubted;
        let speaker = &mut self.lanes[ended.lane].speaker;
        let before = speaker.last_text.clone();
        let mut second = match ended.window() {
            Some(window) => self.hearing.last(speaker, &window, Look::Second)?,
            None => Vec::new(),
        };
        let said = (!segments.is_empty()).then(|| text_of(&segments));
        // However sure: a phrase of that kind, or what was said before, once more.
        let repeats = |text: &[HeardSegment]| {
            is_doubtful(&with_confidence(text, 0.5), None, before.as_deref())
        };
        if second.is_empty() {
            second = segments;
            if repeats(&second) {
                second.clear();
            }
            second
                .iter_mut()
                .for_each(|s| s.confidence = s.confidence.min(UNCONFIRMED));
        } else if repeats(&second) {
            second.clear();
        } else if is_doubtful(&second, said.as_deref(), None) {
            second
                .iter_mut()
                .for_each(|s| s.confidence = s.confidence.min(UNCONFIRMED));
        }
        if second.is_empty() {
            self.lanes[ended.lane].speaker.last_text = before;
        }
        tell(settled(&ended, second));
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
            let Some(text) = ended.drafted.clone() else {
                continue;
            };
            let segment = HeardSegment {
                start_ms: ms(ended.span.start),
                end_ms: ms(ended.span.end),
                channel: ended.lane as u16,
                text,
                confidence: UNCONFIRMED,
                language: self.language_of(ended.lane),
            };
            tell(settled(&ended, vec![segment]));
        }
    }

    fn language_of(&self, lane: usize) -> String {
        let settled = self.lanes[lane].speaker.language.clone();
        settled.unwrap_or_else(|| "zh".to_owned())
    }

    fn newest(&self) -> u64 {
        self.lanes.iter().map(EarLane::newest).max().unwrap_or(0)
    }

    fn tell_lag(&mut self, tell: Tell) {
        let newest = self.newest();
        let open = self.lanes.iter().filter_map(EarLane::unheard_from);
        let over = self.waiting.iter().map(|e| e.heard_to.min(e.span.end));
        let unheard = open.chain(over).min().unwrap_or(newest);
        let behind = newest.saturating_sub(unheard);
        let is_clear = self.waiting.is_empty();
        if let Some(lag) = self.pace.at(newest, behind, is_clear, self.draft_took) {
            tell(lag);
        }
    }
}

fn with_confidence(segments: &[HeardSegment], confidence: f32) -> Vec<HeardSegment> {
    let with = |s: &HeardSegment| HeardSegment {
        confidence,
        ..s.clone()
    };
    segments.iter().map(with).collect()
}

fn told(lane: usize, draft: DraftText) -> LiveHeard {
    LiveHeard::Draft {
        lane: lane as u16,
        utterance: draft.utterance,
        start_ms: draft.start_ms,
        end_ms: draft.end_ms,
        committed: draft.committed,
        tentative: draft.tentative,
    }
}

fn settled(ended: &Ended, segments: Vec<HeardSegment>) -> LiveHeard {
    LiveHeard::Final {
        lane: ended.lane as u16,
        utterance: ended.number,
        segments,
    }
}

fn samples_in(time: Duration) -> u64 {
    (time.as_secs_f64() * f64::from(RATE_HZ)) as u64
}
