//! From the lanes to the file, the ears and the eyes.

use super::{CaptureEngine, Sample, Sampled};
use crate::capture::feed::State;
use crossbeam_channel::Sender;
use qinting_desk::{CaptureNews, LaneState};
use qinting_domain::GapKind;

/// What is written keeps this far behind the clock for a lane that delivers nothing, so that its
/// sound finds its place when it comes.
const MARGIN_US: u64 = 500_000;
/// Frames that are handed on at once, as a part of a second.
const BLOCKS_PER_S: u64 = 10;

impl CaptureEngine {
    /// Frame up to which every lane is known.
    pub(super) fn horizon(&self, now_us: u64) -> u64 {
        let behind = self.frame_at(now_us.saturating_sub(MARGIN_US));
        self.feeds
            .iter()
            .map(|feed| match feed.state {
                State::Running if feed.may_rest() => feed.track.end().max(behind),
                State::Running => feed.track.end(),
                _ => behind,
            })
            .min()
            .unwrap_or(behind)
    }

    /// Writes everything before `end`.
    pub(super) fn emit(&mut self, end: u64) {
        while self.pos < end {
            let most = u64::from(self.rate_hz) / BLOCKS_PER_S;
            let mut to = end.min(self.pos + most).min(self.next_report);
            while self.switches.front().is_some_and(|at| *at <= self.pos) {
                self.switches.pop_front();
                self.is_paused = !self.is_paused;
            }
            if let Some(at) = self.switches.front() {
                to = to.min(*at);
            }
            self.block(to);
            if self.pos >= self.next_report {
                self.report();
                self.next_report += u64::from(self.rate_hz) / 10;
            }
        }
    }

    fn block(&mut self, to: u64) {
        let count = (to - self.pos) as usize;
        let width = self.lanes.len();
        let mut frames = vec![0i16; count * width];
        for feed in &mut self.feeds {
            let sound = feed.track.take(self.pos, to);
            if self.is_paused {
                continue;
            }
            let inner = feed.lanes.len();
            for (at, (lane, _)) in feed.lanes.iter().enumerate() {
                for n in 0..count {
                    frames[n * width + lane] = sound[n * inner + at];
                }
            }
        }
        self.pos = to;
        let mut one = Vec::with_capacity(count);
        for (index, lane) in self.lanes.iter_mut().enumerate() {
            one.clear();
            one.extend(frames.iter().skip(index).step_by(width));
            let runs = self.feeds[lane.feed].state == State::Running;
            let live = runs && !self.is_paused && to > self.awake_from;
            lane.meter.add(&one, live);
            if let Some(heard) = &mut lane.heard {
                heard.push(&one);
                while let Some((at_sample, samples)) = heard.block() {
                    (self.tell)(CaptureNews::Heard {
                        lane: index as u16,
                        at_sample,
                        samples,
                    });
                }
            }
        }
        if let Some(twins) = self.twins.as_mut().filter(|_| !self.is_paused) {
            twins.add(&frames);
        }
        self.collect(&frames);
        if let Some(keep) = &self.keep {
            keep.write(frames);
        }
    }

    /// Samples of one lane that wait to be written.
    #[cfg(test)]
    pub(super) fn waiting(&self) -> u64 {
        let ends = self.feeds.iter().map(|feed| feed.track.end());
        ends.max().unwrap_or(0).saturating_sub(self.pos)
    }

    /// Where the sound of each source ends, in milliseconds.
    #[cfg(test)]
    pub(super) fn ends_ms(&self) -> Vec<u64> {
        let ends = self.feeds.iter().map(|feed| self.ms_of(feed.track.end()));
        ends.collect()
    }

    /// Wants the next `ms` milliseconds of the lanes.
    pub(in crate::capture) fn sample(&mut self, ms: u32, reply: Sender<Sampled>) {
        let frames = u64::from(ms) * u64::from(self.rate_hz) / 1000;
        self.sample = Some(Sample {
            wanted: frames as usize * self.lanes.len(),
            frames: Vec::new(),
            reply,
        });
    }

    fn collect(&mut self, frames: &[i16]) {
        let Some(sample) = &mut self.sample else {
            return;
        };
        let missing = sample.wanted - sample.frames.len();
        sample
            .frames
            .extend_from_slice(&frames[..missing.min(frames.len())]);
        if sample.frames.len() < sample.wanted {
            return;
        }
        if let Some(done) = self.sample.take() {
            // Whoever asked may have given up.
            let _ = done.reply.send(Sampled {
                rate_hz: self.rate_hz,
                lanes: self.lanes.len() as u16,
                frames: done.frames,
            });
        }
    }

    /// A tenth of a second is written: tells what it was like.
    fn report(&mut self) {
        let lanes = self.lanes.iter_mut().map(|l| l.meter.report()).collect();
        (self.tell)(CaptureNews::Levels {
            position_ms: self.ms_of(self.pos),
            lanes,
        });
        for lane in 0..self.lanes.len() {
            self.judge_lane(lane);
        }
        let same = self.twins.as_ref().is_some_and(|twins| twins.are_same());
        if std::mem::replace(&mut self.same_told, same) != same {
            (self.tell)(CaptureNews::SameOnBoth { is_same: same });
        }
    }

    fn judge_lane(&mut self, index: usize) {
        let pos = self.pos;
        let feed = &self.feeds[self.lanes[index].feed];
        let lost = feed.gap.is_some_and(|gap| gap.kind == GapKind::DeviceLost)
            || matches!(feed.state, State::Lost { .. });
        let input = feed.is_input();
        let dead = self.lanes[index].meter.dead_frames().filter(|_| input);
        let state = match (lost, dead) {
            (true, _) => LaneState::Lost,
            (_, Some(_)) => LaneState::Zeros,
            _ => self.lanes[index].meter.state(),
        };
        self.set_state(index, state);
        match (dead, self.lanes[index].dead) {
            (Some(frames), None) => {
                let start_ms = self.ms_of(pos - frames.min(pos));
                let channel = (self.lanes.len() > 1).then_some(index as u16);
                let gap = self.gaps.open(GapKind::Zeros, channel, start_ms);
                self.lanes[index].dead = Some(gap);
            }
            (None, Some(gap)) => {
                self.lanes[index].dead = None;
                let ended = self.lanes[index].meter.dead_until().unwrap_or(pos);
                self.gaps.close(gap, self.ms_of(ended));
            }
            _ => {}
        }
    }
}
