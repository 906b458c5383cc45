//! One source of a capture: what it delivers, and where that belongs on the call clock.

mod missing;

use super::gaps::Open;
use super::intake::Mark;
use super::line::{CaptureLine, Drift};
use super::track::Track;
use super::usher::{Stream, Want};
use crate::stretch::Stretch;
use qinting_desk::SourceKind;
use qinting_domain::SourceSide;

/// A source that may rest has rested when nothing came for this long.
const REST_US: u64 = 150_000;
/// After a rest, sound this close behind the sound before it follows it without a seam.
const SEAM_US: f64 = 15_000.0;
/// Frames that a resampler which begins in mid-stream looks back on.
const RECENT: usize = 512;
/// Longest silence that stands in for samples a full ring had no room for, in seconds.
const MOST_LOST_S: u64 = 600;
/// How a source is doing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum State {
    /// Asked for; nothing came yet.
    Opening { since_us: u64 },
    /// It delivers, and is listened to until it is known where that belongs.
    Settling { since_us: u64 },
    /// It delivers.
    Running,
    /// Nothing comes, and that is no fault.
    Resting,
    /// It is gone; it is asked for again at this moment.
    Lost { retry_us: u64, asked: bool },
}

/// Samples that had no room or that the system dropped: silence stands in for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hole {
    /// First frame on the call clock; `None` while the stream has no place yet.
    pub start: Option<i64>,
    /// Frames on the call clock.
    pub frames: u64,
    /// Samples of one lane that a full ring had no room for.
    pub counted: u64,
}

/// A source and the lanes it feeds.
pub(super) struct Feed {
    pub want: Want,
    pub lanes: Vec<(usize, SourceSide)>,
    pub state: State,
    pub stream: Option<Stream>,
    pub track: Track,
    pub line: CaptureLine,
    pub drift: Drift,
    /// Open while it is gone.
    pub gap: Option<Open>,
    /// Times it was asked for since it was last heard.
    pub tries: usize,
    /// Came last, on the steady clock.
    pub last_us: u64,
    /// It gave at least one sample since it was opened.
    pub has_come: bool,
    /// The system listed it the last time it was asked.
    pub is_listed: bool,
    /// A better source for it was asked for.
    pub is_moving: bool,
    worst_ppm: i32,
    out_hz: u32,
    rules: bool,
    stretch: Option<Stretch>,
    placed: bool,
    /// Where the next frame goes; counted from 0 while it has no place.
    next: i64,
    /// Where the sound before a rest ended.
    rested_at: Option<i64>,
    pending: Vec<i16>,
    recent: Vec<i16>,
    lost_seen: u64,
    xruns_seen: u64,
    reroutes_seen: u64,
    xrun: Option<(u64, f64)>,
    usual_us: Option<f64>,
    short_ticks: u32,
    raw: Vec<i16>,
    ready: Vec<i16>,
}

impl Feed {
    pub(super) fn new(want: Want, lanes: Vec<(usize, SourceSide)>, now_us: u64) -> Self {
        let width = lanes.len();
        Self {
            want,
            lanes,
            state: State::Opening { since_us: now_us },
            stream: None,
            track: Track::new(width),
            line: CaptureLine::default(),
            drift: Drift::default(),
            gap: None,
            tries: 0,
            last_us: now_us,
            has_come: false,
            is_listed: true,
            is_moving: false,
            worst_ppm: 0,
            out_hz: 0,
            rules: false,
            stretch: None,
            placed: false,
            next: 0,
            rested_at: None,
            pending: Vec::new(),
            recent: Vec::new(),
            lost_seen: 0,
            xruns_seen: 0,
            reroutes_seen: 0,
            xrun: None,
            usual_us: None,
            short_ticks: 0,
            raw: Vec::new(),
            ready: Vec::new(),
        }
    }

    pub(super) fn is_input(&self) -> bool {
        self.want.kind == SourceKind::Input
    }

    pub(super) fn may_rest(&self) -> bool {
        self.stream.as_ref().is_some_and(|s| s.input.may_rest())
    }

    pub(super) fn is_placed(&self) -> bool {
        self.placed
    }

    /// Sets the rate of the recording, once it is known, and whether this feed's clock rules.
    pub(super) fn tune(&mut self, out_hz: u32, rules: bool) {
        self.out_hz = out_hz;
        self.rules = rules;
        self.track = Track::new(self.lanes.len());
        self.fit();
    }

    /// Takes a stream that was opened. What it delivers has no place yet.
    pub(super) fn take_stream(&mut self, want: Want, stream: Stream, now_us: u64) {
        self.want = want;
        self.stream = Some(stream);
        self.state = State::Opening { since_us: now_us };
        self.has_come = false;
        self.last_us = now_us;
        self.lost_seen = 0;
        self.xruns_seen = 0;
        self.reroutes_seen = 0;
        self.recent.clear();
        self.rested_at = None;
        self.unplace();
        self.fit();
    }

    fn fit(&mut self) {
        let Some(stream) = &self.stream else {
            return;
        };
        let rate = stream.shape.rate_hz;
        self.stretch = None;
        self.worst_ppm = self.worst_ppm();
        self.drift = Drift::default();
        if self.out_hz != 0 && rate != self.out_hz {
            self.stretch = Stretch::new(self.lanes.len(), rate, self.out_hz);
            self.drift = Drift::correcting();
        }
    }

    fn unplace(&mut self) {
        self.placed = false;
        self.next = 0;
        self.pending.clear();
        self.line.clear();
        self.drift.placed();
        self.xrun = None;
        self.usual_us = None;
        self.short_ticks = 0;
    }

    /// Takes everything that has come. Gives the holes in it.
    pub(super) fn drain(&mut self) -> Vec<Hole> {
        let mut holes = Vec::new();
        let Some(mut stream) = self.stream.take() else {
            return holes;
        };
        let may_rest = stream.input.may_rest();
        loop {
            self.raw.clear();
            let Some(mark) = stream.outlet.next(&mut self.raw) else {
                break;
            };
            let channels = usize::from(stream.shape.channels.max(1));
            let chunk_us = self.raw.len() as u64 / channels as u64 * 1_000_000
                / u64::from(stream.shape.rate_hz);
            let quiet_us = mark.stamp_us.saturating_sub(self.last_us);
            if may_rest && self.placed && quiet_us > REST_US + chunk_us {
                self.rest(mark.stamp_us);
            }
            self.accept(channels);
            let hole = self.fill_lost(mark, stream.shape.rate_hz);
            add_hole(&mut holes, hole);
            self.arrived(mark);
        }
        self.stream = Some(stream);
        holes
    }

    /// Picks the lanes out of what the device delivers and puts them at their place.
    fn accept(&mut self, channels: usize) {
        let mut lanes = Vec::with_capacity(self.raw.len() / channels * self.lanes.len());
        for frame in self.raw.chunks_exact(channels) {
            let (left, right) = (frame[0], *frame.get(1).unwrap_or(&frame[0]));
            lanes.extend(self.lanes.iter().map(|(_, side)| match side {
                SourceSide::Left => left,
                SourceSide::Right => right,
                SourceSide::Whole => ((i32::from(left) + i32::from(right)) / 2) as i16,
            }));
        }
        self.put(&lanes);
    }

    fn put(&mut self, lanes: &[i16]) {
        let mut ready = std::mem::take(&mut self.ready);
        ready.clear();
        match &mut self.stretch {
            Some(stretch) => stretch.push(lanes, &mut ready),
            None => {
                ready.extend_from_slice(lanes);
                self.remember(lanes);
            }
        }
        self.write(&ready);
        self.ready = ready;
    }

    fn write(&mut self, frames: &[i16]) {
        self.next += (frames.len() / self.lanes.len()) as i64;
        if self.placed {
            self.track.push(frames);
        } else {
            self.pending.extend_from_slice(frames);
        }
    }

    fn remember(&mut self, lanes: &[i16]) {
        if self.rules {
            return;
        }
        self.recent.extend_from_slice(lanes);
        let most = RECENT * self.lanes.len();
        let over = self.recent.len().saturating_sub(most);
        self.recent.drain(..over);
    }

    fn fill_lost(&mut self, mark: Mark, rate_hz: u32) -> Option<Hole> {
        let lost = mark.lost.saturating_sub(self.lost_seen);
        if lost == 0 {
            return None;
        }
        self.lost_seen = mark.lost;
        let start = self.placed.then_some(self.next);
        let frames = lost.min(MOST_LOST_S * u64::from(rate_hz));
        self.put(&vec![0; frames as usize * self.lanes.len()]);
        Some(Hole {
            start,
            frames: frames * u64::from(self.out_hz.max(1)) / u64::from(rate_hz),
            counted: lost,
        })
    }

    fn arrived(&mut self, mark: Mark) {
        if mark.kept + mark.lost == 0 {
            return;
        }
        self.last_us = mark.stamp_us;
        self.has_come = true;
        if matches!(self.state, State::Opening { .. } | State::Resting) {
            self.state = State::Settling {
                since_us: mark.stamp_us,
            };
        }
        let owed = self.stretch.as_ref().map_or(0.0, Stretch::owed);
        let place = (self.next as f64 + owed) * 1e6 / f64::from(self.out_hz.max(1));
        self.line.add(place, mark.stamp_us);
    }

    /// Nothing came for a while: what comes next gets a place of its own.
    pub(super) fn rest(&mut self, now_us: u64) {
        if let Some(stretch) = &mut self.stretch {
            let mut tail = Vec::new();
            stretch.flush(&mut tail);
            self.write(&tail);
        }
        self.rested_at = Some(self.next);
        self.unplace();
        self.state = State::Settling { since_us: now_us };
    }

    /// Puts what came since it was opened, or since a rest, where its arrival says; `session_us`
    /// is session time minus steady time. Gives the first frame.
    pub(super) fn place(&mut self, session_us: f64) -> Option<i64> {
        let own = self.line.offset_us()?;
        let per_us = f64::from(self.out_hz) / 1e6;
        let mut first = ((session_us - own) * per_us).round() as i64;
        if let Some(before) = self.rested_at.take()
            && ((first - before) as f64).abs() < SEAM_US * per_us
        {
            first = before;
        }
        self.track.go_to(first);
        self.track.push(&self.pending);
        self.pending.clear();
        self.next += first;
        self.placed = true;
        self.line.shift(first as f64 / per_us);
        self.state = State::Running;
        Some(first)
    }

    /// Highest difference of clocks so far, in millionths.
    pub(super) fn worst_ppm(&self) -> i32 {
        let now = self.drift.worst_ppm();
        if now.abs() > self.worst_ppm.abs() {
            now
        } else {
            self.worst_ppm
        }
    }

    /// Lets `frames` pass that no device has seen.
    pub(super) fn skip(&mut self, frames: u64) {
        if self.placed {
            self.hole(frames);
            let us = frames as f64 * 1e6 / f64::from(self.out_hz);
            self.line.shift(us);
            self.usual_us = self.usual_us.map(|usual| usual + us);
        }
    }

    fn hole(&mut self, frames: u64) {
        self.next += frames as i64;
        self.track.go_to(self.next);
    }

    /// Session time minus steady time, as this source's arrivals have it. While samples may be
    /// missing it stands where it was: time did not.
    pub(super) fn clock_us(&self) -> Option<f64> {
        let ahead = self.line.offset_us()?;
        Some(self.usual_us.map_or(ahead, |usual| usual.max(ahead)))
    }

    /// Whether the system put another device under the stream since the last time.
    pub(super) fn was_rerouted(&mut self) -> bool {
        let Some(stream) = &self.stream else {
            return false;
        };
        let reroutes = stream.trouble.reroutes();
        std::mem::replace(&mut self.reroutes_seen, reroutes) != reroutes
    }

    /// The lane is this far behind its place, compared with the ruling one; called once a second.
    pub(super) fn correct(&mut self, behind_us: f64) {
        let Some(ratio) = self.drift.second(behind_us) else {
            return;
        };
        if self.stretch.is_none() {
            self.stretch = Stretch::new(self.lanes.len(), self.out_hz, self.out_hz);
            if let Some(stretch) = &mut self.stretch {
                stretch.follow(&self.recent);
            }
            tracing::info!(ppm = self.drift.worst_ppm(), "clocks differ");
        }
        if let Some(stretch) = &mut self.stretch {
            stretch.set_relative(ratio);
        }
    }
}

/// Holes that follow each other are one.
fn add_hole(holes: &mut Vec<Hole>, hole: Option<Hole>) {
    let Some(hole) = hole else {
        return;
    };
    match holes.last_mut() {
        Some(last) if last.start.map(|at| at + last.frames as i64) == hole.start => {
            last.frames += hole.frames;
            last.counted += hole.counted;
        }
        _ => holes.push(hole),
    }
}
