//! Noticing what goes wrong with a source, and putting it right.

use super::{CaptureEngine, Phase, new_default};
use crate::capture::feed::State;
use crate::capture::inputs::Refusal;
use crate::capture::usher::{Ask, Stream, Want};
use qinting_desk::{CaptureSource, LaneState};
use qinting_domain::GapKind;

/// A source that delivers nothing for this long is lost.
const SILENT_US: u64 = 1_800_000;
/// What comes after a loss or a rest is listened to this long before it gets its place.
const SETTLE_US: u64 = 250_000;
/// Waits between attempts to open a lost source.
const RETRIES_US: [u64; 4] = [500_000, 1_000_000, 2_000_000, 5_000_000];
/// Judgements per second.
const JUDGED_PER_S: u32 = 4;

impl CaptureEngine {
    /// Notices lost sources and those that are back.
    pub(super) fn watch(&mut self, now_us: u64) {
        for index in 0..self.feeds.len() {
            let feed = &self.feeds[index];
            let silent_us = now_us.saturating_sub(feed.last_us);
            let why = feed.stream.as_ref().and_then(|s| s.trouble.why_lost());
            match feed.state {
                State::Lost {
                    retry_us,
                    asked: false,
                } if now_us >= retry_us => self.reopen(index, now_us),
                State::Lost { .. } => {}
                _ if why.is_some() => self.lose(index, now_us),
                State::Settling { since_us } if now_us.saturating_sub(since_us) >= SETTLE_US => {
                    self.put_in_place(index);
                }
                State::Running | State::Settling { .. } if silent_us >= SILENT_US => {
                    self.silent(index, now_us);
                }
                State::Opening { since_us }
                    if feed.is_input() && now_us.saturating_sub(since_us) >= SILENT_US =>
                {
                    self.lose(index, now_us);
                }
                _ => {}
            }
        }
    }

    fn silent(&mut self, index: usize, now_us: u64) {
        let feed = &mut self.feeds[index];
        if feed.is_input() {
            self.lose(index, now_us);
        } else {
            feed.rest(now_us);
            feed.state = State::Resting;
        }
    }

    /// The source is gone: silence takes its place, and it is looked for.
    pub(super) fn lose(&mut self, index: usize, now_us: u64) {
        if matches!(self.feeds[index].state, State::Settling { .. }) {
            // What came before it went is not forgotten.
            self.put_in_place(index);
        }
        let feed = &mut self.feeds[index];
        if let Some(stream) = feed.stream.take() {
            self.usher.ask(Ask::Close(stream.input));
        }
        feed.state = State::Lost {
            retry_us: now_us + RETRIES_US[feed.tries.min(RETRIES_US.len() - 1)],
            asked: false,
        };
        feed.tries += 1;
        feed.is_moving = false;
        tracing::warn!(feed = index, "source lost");
        self.open_gap(index, GapKind::DeviceLost);
    }

    fn open_gap(&mut self, index: usize, kind: GapKind) {
        if self.feeds[index].gap.is_none() {
            let start_ms = self.ms_of(self.feeds[index].track.end());
            let channel = self.channel_of(index);
            self.feeds[index].gap = Some(self.gaps.open(kind, channel, start_ms));
        }
        if kind == GapKind::DeviceLost {
            for at in 0..self.feeds[index].lanes.len() {
                let lane = self.feeds[index].lanes[at].0;
                self.set_state(lane, LaneState::Lost);
            }
        }
    }

    fn reopen(&mut self, index: usize, now_us: u64) {
        let feed = &mut self.feeds[index];
        feed.state = State::Lost {
            retry_us: now_us + RETRIES_US[feed.tries.min(RETRIES_US.len() - 1)],
            asked: true,
        };
        feed.tries += 1;
        let want = feed.want.clone();
        self.usher.ask(Ask::Open { feed: index, want });
    }

    /// Sound has come again, and long enough to say where it belongs.
    pub(super) fn put_in_place(&mut self, index: usize) {
        let offset_us = self.offset_us;
        let Some(first) = self.feeds[index].place(offset_us) else {
            return;
        };
        self.feeds[index].tries = 0;
        self.end_gap(index, u64::try_from(first).unwrap_or(0).max(self.pos));
        if index == self.ruler {
            for feed in &mut self.feeds {
                feed.drift.placed();
            }
        }
    }

    fn end_gap(&mut self, index: usize, frame: u64) {
        let Some(gap) = self.feeds[index].gap.take() else {
            return;
        };
        self.gaps.close(gap, self.ms_of(frame));
        for at in 0..self.feeds[index].lanes.len() {
            let lane = self.feeds[index].lanes[at].0;
            self.set_state(lane, LaneState::Running);
        }
    }

    pub(super) fn opened(&mut self, index: usize, want: Want, stream: Stream, now_us: u64) {
        if matches!(self.phase, Phase::Over) {
            return self.usher.ask(Ask::Close(stream.input));
        }
        let feed = &mut self.feeds[index];
        if std::mem::take(&mut feed.is_moving) {
            if let Some(old) = feed.stream.take() {
                self.usher.ask(Ask::Close(old.input));
            }
            tracing::warn!(feed = index, "the default device changed");
            self.open_gap(index, GapKind::DeviceChanged);
        } else if feed.stream.is_some() {
            return self.usher.ask(Ask::Close(stream.input));
        }
        self.feeds[index].take_stream(want, stream, now_us);
        if self.feeds[index].may_rest() && !matches!(self.phase, Phase::Opening { .. }) {
            // Silence is all it may have to say.
            self.feeds[index].state = State::Resting;
            self.end_gap(index, self.frame_at(now_us));
        }
    }

    pub(super) fn refused(&mut self, index: usize, refusal: Refusal, now_us: u64) {
        if matches!(self.phase, Phase::Opening { .. }) {
            return self.fail_to_open(index, refusal);
        }
        let feed = &mut self.feeds[index];
        if std::mem::take(&mut feed.is_moving) {
            // What there is goes on; asking again and again would help nobody.
            feed.want.is_default = false;
            return;
        }
        if let State::Lost { retry_us, .. } = feed.state {
            feed.state = State::Lost {
                retry_us: retry_us.max(now_us),
                asked: false,
            };
        }
    }

    /// Judges arrivals, four times a second.
    pub(super) fn judge(&mut self, now_us: u64) {
        for index in 0..self.feeds.len() {
            let feed = &mut self.feeds[index];
            if feed.state != State::Running {
                continue;
            }
            if !feed.may_rest()
                && let Some(hole) = feed.missing(now_us)
            {
                self.tell_hole(index, hole);
            }
            if self.feeds[index].was_rerouted() {
                let at_ms = self.ms_of(self.feeds[index].track.end());
                let channel = self.channel_of(index);
                self.gaps
                    .whole(GapKind::DeviceChanged, channel, at_ms, at_ms);
            }
        }
        self.second = (self.second + 1) % JUDGED_PER_S;
        if self.second == 0 {
            self.compare_clocks();
            if !std::mem::replace(&mut self.is_looking, true) {
                self.usher.ask(Ask::Look);
            }
        }
    }

    fn compare_clocks(&mut self) {
        let ruler = &self.feeds[self.ruler];
        let Some(ruling) = ruler.clock_us().filter(|_| ruler.is_placed()) else {
            return;
        };
        for index in 0..self.feeds.len() {
            let feed = &mut self.feeds[index];
            if index == self.ruler || feed.state != State::Running {
                continue;
            }
            if let Some(own) = feed.clock_us() {
                feed.correct(ruling - own);
            }
        }
    }

    /// Notices sources that are no longer there, and another default.
    pub(super) fn looked(&mut self, sources: &[CaptureSource], now_us: u64) {
        for index in 0..self.feeds.len() {
            let feed = &mut self.feeds[index];
            let is_listed = feed.want.find(sources).is_some();
            let came_back = !std::mem::replace(&mut feed.is_listed, is_listed) && is_listed;
            if let (true, State::Lost { retry_us, .. }) = (came_back, &mut feed.state) {
                *retry_us = now_us;
            }
            let feed = &self.feeds[index];
            if feed.stream.is_none() || feed.is_moving {
                continue;
            }
            let want = &feed.want;
            if !sources.iter().any(|s| s.id == want.id) {
                self.lose(index, now_us);
                continue;
            }
            let taken = |id: &str| self.feeds.iter().any(|feed| feed.want.id == id);
            let Some(better) = new_default(want, sources).filter(|s| !taken(&s.id)) else {
                continue;
            };
            if feed.state == State::Running || feed.state == State::Resting {
                let want = Want::of(better);
                self.feeds[index].is_moving = true;
                self.usher.ask(Ask::Open { feed: index, want });
            }
        }
    }
}
