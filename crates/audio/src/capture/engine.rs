//! The logic of a running capture. It reads no clock, opens nothing, and sleeps never: it is told
//! what time it is and does what is due. That makes hours of a call a matter of seconds to prove.

mod begin;
mod emit;
mod end;
mod watch;

#[cfg(test)]
mod tests;

use super::clock::{Moment, Ticks};
use super::feed::Feed;
use super::gaps::{Gaps, Open, Tell};
use super::heard::HeardFeed;
use super::meter::Meter;
use super::usher::{Answer, Usher, Want};
use crate::twins::Twins;
use crossbeam_channel::Sender;
use parking_lot::Mutex;
use qinting_desk::{AppResult, CaptureEnd, CaptureNews, CaptureSource, LaneState};
use qinting_domain::{ErrorNote, GapKind, LiveLane};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// A jump of the wall clock against the steady one that is no rounding: the machine slept.
const SLEPT_MS: i64 = 2_000;
/// A sleep this long ends the call.
const SLEPT_TOO_LONG_MS: i64 = 600_000;
/// How often arrivals are judged.
const JUDGE_US: u64 = 250_000;

/// Where the frames of the recording go.
pub(super) trait Keep: Send {
    /// Queues interleaved frames.
    fn write(&self, frames: Vec<i16>);
    /// Writes, syncs and closes everything.
    fn finish(self: Box<Self>) -> AppResult<()>;
}

/// Begins the recording, once its rate and channels are known.
pub(super) type StartKeep = Box<dyn FnOnce(u32, u16) -> AppResult<Box<dyn Keep>> + Send>;

/// What others may read while the capture runs.
#[derive(Debug, Default)]
pub(super) struct CaptureShown {
    /// Session time minus steady time, in microseconds.
    offset_us: AtomicI64,
    highest_ms: AtomicU64,
    /// Set to where it ended, plus one.
    ended: AtomicU64,
    /// What the recorder says that the capture has to act on.
    pub(super) keep_news: Mutex<Vec<KeepNews>>,
}

/// Word from the recorder.
#[derive(Clone, Debug)]
pub(super) enum KeepNews {
    /// The disk hangs and sound is lost: from this frame, this many so far.
    Lost { start: u64, frames: u64 },
    /// It closed itself in good order.
    Closed(ErrorNote),
}

impl CaptureShown {
    /// Call clock in milliseconds; never goes back.
    pub(super) fn position_ms(&self, ticks: &dyn Ticks) -> u64 {
        let ended = self.ended.load(Ordering::Acquire);
        if ended > 0 {
            return ended - 1;
        }
        let steady = ticks.now().steady_us as i64;
        let us = steady + self.offset_us.load(Ordering::Acquire);
        let ms = u64::try_from(us / 1000).unwrap_or(0);
        self.highest_ms.fetch_max(ms, Ordering::AcqRel).max(ms)
    }
}

/// Which part of its life a capture is in.
enum Phase {
    /// Sources are being opened and waited for.
    Opening { since_us: u64 },
    /// The first samples are there; it is being found out which of them belong together.
    Settling { since_us: u64 },
    /// It runs.
    Live,
    /// It is over.
    Over,
}

/// One lane of the recording.
struct CaptureLane {
    feed: usize,
    meter: Meter,
    heard: Option<HeardFeed>,
    told: LaneState,
    dead: Option<Open>,
}

/// Frames that somebody wants to look at.
struct Sample {
    wanted: usize,
    frames: Vec<i16>,
    reply: Sender<Sampled>,
}

/// Interleaved frames somebody wanted to look at.
#[derive(Debug)]
pub(super) struct Sampled {
    pub rate_hz: u32,
    pub lanes: u16,
    pub frames: Vec<i16>,
}

/// A capture that runs when it is stepped.
pub(super) struct CaptureEngine {
    tell: Tell,
    usher: Box<dyn Usher>,
    shown: Arc<CaptureShown>,
    ready: Option<Sender<AppResult<()>>>,
    start_keep: Option<StartKeep>,
    keep: Option<Box<dyn Keep>>,
    names: Vec<LiveLane>,
    hear: bool,
    phase: Phase,
    feeds: Vec<Feed>,
    ruler: usize,
    lanes: Vec<CaptureLane>,
    twins: Option<Twins>,
    gaps: Gaps,
    rate_hz: u32,
    /// Session time minus steady time, in microseconds.
    offset_us: f64,
    /// Frames that were written.
    pos: u64,
    next_report: u64,
    /// Frames at which a pause begins or ends.
    switches: VecDeque<u64>,
    /// Frame at which the machine woke up.
    awake_from: u64,
    is_paused: bool,
    pause: Option<Open>,
    sample: Option<Sample>,
    last: Option<Moment>,
    judged_us: u64,
    second: u32,
    is_looking: bool,
    same_told: bool,
    lost_samples: u64,
    /// Sound is being lost because the disk hangs: the first frame, and how many so far.
    hang: Option<(Open, u64, u64)>,
    end: CaptureEnd,
    failed: AppResult<()>,
}

/// What an engine is made of.
pub(super) struct Parts {
    pub tell: Tell,
    pub usher: Box<dyn Usher>,
    pub shown: Arc<CaptureShown>,
    pub ready: Sender<AppResult<()>>,
    pub start_keep: Option<StartKeep>,
    pub lanes: Vec<LiveLane>,
    /// The source of each lane.
    pub wants: Vec<Want>,
    pub hear: bool,
}

impl CaptureEngine {
    /// Call clock at `steady_us`, in microseconds.
    fn session_us(&self, steady_us: u64) -> f64 {
        (steady_us as f64 + self.offset_us).max(0.0)
    }

    fn frame_at(&self, steady_us: u64) -> u64 {
        (self.session_us(steady_us) * f64::from(self.rate_hz) / 1e6).round() as u64
    }

    fn ms_of(&self, frame: u64) -> u64 {
        frame * 1000 / u64::from(self.rate_hz.max(1))
    }

    fn show(&mut self) {
        self.shown
            .offset_us
            .store(self.offset_us as i64, Ordering::Release);
    }

    /// `None`: all lanes.
    fn channel_of(&self, feed: usize) -> Option<u16> {
        match self.feeds[feed].lanes[..] {
            [(lane, _)] if self.lanes.len() > 1 => Some(lane as u16),
            _ => None,
        }
    }

    fn set_state(&mut self, lane: usize, state: LaneState) {
        if std::mem::replace(&mut self.lanes[lane].told, state) != state {
            (self.tell)(CaptureNews::Lane {
                lane: lane as u16,
                state,
            });
        }
    }

    /// Does what is due at `now`.
    pub(super) fn step(&mut self, now: Moment) {
        while let Some(answer) = self.usher.answer() {
            self.hear_answer(answer, now.steady_us);
        }
        let before = self.last.replace(now);
        match self.phase {
            Phase::Opening { since_us } => self.open(now.steady_us, since_us),
            Phase::Settling { since_us } => self.settle(now.steady_us, since_us),
            Phase::Live => self.live(now, before.unwrap_or(now)),
            Phase::Over => {}
        }
    }

    fn live(&mut self, now: Moment, before: Moment) {
        if let Some(note) = self.hear_keep() {
            return self.close(Some(note));
        }
        let slept_ms = slept_ms(before, now);
        if slept_ms > SLEPT_TOO_LONG_MS {
            return self.close_after_sleep(slept_ms);
        }
        if slept_ms > SLEPT_MS {
            self.sleep(slept_ms as u64, before.steady_us);
        }
        self.drain();
        self.watch(now.steady_us);
        if now.steady_us.saturating_sub(self.judged_us) >= JUDGE_US {
            self.judged_us = now.steady_us;
            self.judge(now.steady_us);
        }
        self.follow_ruler();
        self.emit(self.horizon(now.steady_us));
        self.show();
    }

    /// The ruling source's arrivals say what time it is.
    fn follow_ruler(&mut self) {
        let ruler = &self.feeds[self.ruler];
        if ruler.is_placed()
            && let Some(offset) = ruler.clock_us()
        {
            self.offset_us = offset;
        }
    }

    fn drain(&mut self) {
        for feed in 0..self.feeds.len() {
            for hole in self.feeds[feed].drain() {
                self.tell_hole(feed, hole);
            }
        }
    }

    fn tell_hole(&mut self, feed: usize, hole: super::feed::Hole) {
        self.lost_samples += hole.counted * self.feeds[feed].lanes.len() as u64;
        let Some(start) = hole.start else {
            return;
        };
        let start = u64::try_from(start).unwrap_or(0);
        let (from, to) = (self.ms_of(start), self.ms_of(start + hole.frames));
        let channel = self.channel_of(feed);
        tracing::warn!(feed, ms = to - from, "samples lost");
        self.gaps.whole(GapKind::Overrun, channel, from, to);
    }

    /// What the recorder says; a note when it closed itself.
    fn hear_keep(&mut self) -> Option<ErrorNote> {
        let news = std::mem::take(&mut *self.shown.keep_news.lock());
        for word in news {
            match word {
                KeepNews::Lost { start, frames } => self.disk_hangs(start, frames),
                KeepNews::Closed(note) => return Some(note),
            }
        }
        None
    }

    fn disk_hangs(&mut self, start: u64, frames: u64) {
        let (gap, before) = match self.hang {
            Some((gap, from, before)) if from == start => (gap, before),
            _ => (self.gaps.open(GapKind::Overrun, None, self.ms_of(start)), 0),
        };
        self.gaps.close(gap, self.ms_of(start + frames));
        self.lost_samples += frames.saturating_sub(before) * self.lanes.len() as u64;
        self.hang = Some((gap, start, frames));
    }

    /// The machine slept: that time passed for everybody and no device saw it.
    fn sleep(&mut self, slept_ms: u64, fell_asleep_us: u64) {
        let frames = slept_ms * u64::from(self.rate_hz) / 1000;
        let from = (self.session_us(fell_asleep_us) / 1000.0) as u64;
        for feed in &mut self.feeds {
            feed.skip(frames);
        }
        self.offset_us += slept_ms as f64 * 1000.0;
        self.awake_from = self.frame_at(fell_asleep_us);
        tracing::warn!(slept_ms, "the machine slept");
        self.gaps.whole(GapKind::Sleep, None, from, from + slept_ms);
    }

    fn hear_answer(&mut self, answer: Answer, now_us: u64) {
        match answer {
            Answer::Opened { feed, result } => match result {
                Ok((want, stream)) => self.opened(feed, want, stream, now_us),
                Err(refusal) => self.refused(feed, refusal, now_us),
            },
            Answer::Looked(sources) => {
                self.is_looking = false;
                if let (Phase::Live, Some(sources)) = (&self.phase, sources) {
                    self.looked(&sources, now_us);
                }
            }
        }
    }
}

/// How long the machine slept between two moments, in milliseconds.
fn slept_ms(before: Moment, now: Moment) -> i64 {
    let steady_ms = (now.steady_us.saturating_sub(before.steady_us) / 1000) as i64;
    let wall_ms = now.wall_ms - before.wall_ms;
    // A clock that also counts sleep tells it by the step that took that long.
    if steady_ms > SLEPT_TOO_LONG_MS {
        return steady_ms;
    }
    wall_ms - steady_ms
}

/// The source that a better one of the same kind took over from as the system's default.
fn new_default<'a>(own: &Want, sources: &'a [CaptureSource]) -> Option<&'a CaptureSource> {
    own.is_default
        .then(|| {
            sources
                .iter()
                .find(|s| s.kind == own.kind && s.is_default && s.id != own.id)
        })
        .flatten()
}
