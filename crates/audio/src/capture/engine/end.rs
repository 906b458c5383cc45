//! Pausing, and the end.

use super::{CaptureEngine, Phase};
use crate::capture::feed::State;
use crate::capture::heard::HEARD_HZ;
use crate::capture::usher::Ask;
use qinting_desk::{AppResult, CaptureEnd, CaptureNews, codes};
use qinting_domain::{ErrorNote, GapKind};
use std::sync::atomic::Ordering;

impl CaptureEngine {
    /// From `at_us` on nothing is taken, or everything again.
    pub(in crate::capture) fn set_paused(&mut self, paused: bool, at_us: u64) {
        if matches!(self.phase, Phase::Over) || paused == self.pause.is_some() {
            return;
        }
        let floor = self.switches.back().copied().unwrap_or(0).max(self.pos);
        let frame = self.frame_at(at_us).max(floor);
        self.switches.push_back(frame);
        let ms = self.ms_of(frame);
        match self.pause.take() {
            Some(gap) => self.gaps.close(gap, ms),
            None => self.pause = Some(self.gaps.open(GapKind::Pause, None, ms)),
        }
    }

    /// Writes what was captured up to now and ends.
    pub(in crate::capture) fn stop(&mut self, now_us: u64) -> AppResult<CaptureEnd> {
        if let Phase::Settling { since_us } = self.phase {
            // A call of half a second: there is nothing more to wait for.
            self.settle(u64::MAX, since_us);
        }
        if matches!(self.phase, Phase::Live) {
            self.drain();
            self.follow_ruler();
            let end = self.last_frame(now_us);
            self.emit(end);
            self.close(None);
        }
        self.phase = Phase::Over;
        self.failed.clone().map(|()| self.end.clone())
    }

    /// Where the sound that was captured ends.
    fn last_frame(&mut self, now_us: u64) -> u64 {
        let clock = self.frame_at(now_us);
        for index in 0..self.feeds.len() {
            // What came back a moment ago need not wait for its place any longer.
            if matches!(self.feeds[index].state, State::Settling { .. }) {
                self.put_in_place(index);
            }
        }
        let ruler = &self.feeds[self.ruler];
        if ruler.state == State::Running && !ruler.may_rest() {
            ruler.track.end()
        } else {
            clock
        }
    }

    pub(super) fn close_after_sleep(&mut self, slept_ms: i64) {
        let minutes = slept_ms / 60_000;
        self.close(Some(
            ErrorNote::new(codes::LIVE_SLEPT).with("minutes", minutes),
        ));
    }

    /// Ends in good order; with a note, by itself.
    pub(super) fn close(&mut self, note: Option<ErrorNote>) {
        self.end_gaps();
        self.end_heard();
        self.close_streams();
        self.phase = Phase::Over;
        if let Some(keep) = self.keep.take() {
            self.failed = keep.finish();
            // It has nothing to close any more; what it lost at the very end counts.
            let _ = self.hear_keep();
        }
        self.end = CaptureEnd {
            duration_ms: self.ms_of(self.pos),
            lost_samples: self.lost_samples,
            drift_ppm: self
                .feeds
                .iter()
                .map(|feed| feed.worst_ppm())
                .max_by_key(|ppm| ppm.abs())
                .unwrap_or(0),
        };
        self.shown
            .ended
            .store(self.end.duration_ms + 1, Ordering::Release);
        // Whoever waits for a sample hears that there is none.
        self.sample = None;
        if let Some(note) = note {
            tracing::warn!(code = %note.code, "the capture closed itself");
            (self.tell)(CaptureNews::Ended { note });
        }
    }

    fn end_gaps(&mut self) {
        let end_ms = self.ms_of(self.pos);
        let lost = self.feeds.iter_mut().filter_map(|feed| feed.gap.take());
        let dead = self.lanes.iter_mut().filter_map(|lane| lane.dead.take());
        for gap in lost.chain(dead).chain(self.pause.take()) {
            self.gaps.close(gap, end_ms);
        }
    }

    fn end_heard(&mut self) {
        let end = self.pos * u64::from(HEARD_HZ) / u64::from(self.rate_hz.max(1));
        for (index, lane) in self.lanes.iter_mut().enumerate() {
            let rest = lane.heard.as_mut().and_then(|heard| heard.rest(end));
            if let Some((at_sample, samples)) = rest {
                (self.tell)(CaptureNews::Heard {
                    lane: index as u16,
                    at_sample,
                    samples,
                });
            }
        }
    }

    pub(super) fn close_streams(&mut self) {
        for feed in &mut self.feeds {
            if let Some(stream) = feed.stream.take() {
                self.usher.ask(Ask::Close(stream.input));
            }
        }
    }
}
