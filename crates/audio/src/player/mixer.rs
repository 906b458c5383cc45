//! The last step before the device: takes frames off the ring, applies lane choice and fades, and
//! notes which part of the recording goes out when. Runs in the device's callback: it never
//! allocates, locks, logs, or waits.

use parking_lot::Mutex;
use rtrb::{Consumer, Producer, RingBuffer};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Places are counted in this many parts of a millisecond; 74 hours still fit in 32 bits, more than
/// any one file of a call.
pub(super) const PLACES_PER_MS: f64 = 16.0;
/// Fades at every edge, seconds.
pub(super) const FADE_S: f64 = 0.005;
/// Sound that is ready ahead of the device, seconds.
const AHEAD_S: f64 = 0.2;
/// Spans the engine may be behind by.
const SPANS: usize = 512;
/// Bigger steps between two frames are jumps, in places.
const JUMP: u32 = 5 * PLACES_PER_MS as u32;

/// One moment of sound on its way out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub lanes: [f32; 2],
    /// Where in the recording it is from.
    pub place: u32,
    /// Which run it belongs to: a seek starts a new one, and what is left of the old is dropped.
    pub run: u32,
}

/// A stretch of the recording that goes out without a jump.
#[derive(Clone, Copy, Debug)]
pub(super) struct HeardPlace {
    pub run: u32,
    /// When its first frame is heard.
    pub at: Instant,
    pub lasts: Duration,
    pub from: u32,
    pub to: u32,
}

/// What the engine tells a mixer while it runs.
#[derive(Debug, Default)]
pub(super) struct Controls {
    run: AtomicU32,
    running: AtomicBool,
    gains: [AtomicU32; 2],
    /// Grows with every callback: a device that no longer asks is lost.
    pub beats: AtomicU64,
}

impl Controls {
    pub(super) fn set_run(&self, run: u32) {
        self.run.store(run, Ordering::Release);
    }
    pub(super) fn set_running(&self, running: bool) {
        self.running.store(running, Ordering::Release);
    }
    pub(super) fn set_gains(&self, gains: [f32; 2]) {
        for (slot, gain) in self.gains.iter().zip(gains) {
            slot.store(gain.to_bits(), Ordering::Relaxed);
        }
    }
    /// Whether nothing is let through.
    pub(super) fn is_mute(&self) -> bool {
        (0..self.gains.len()).all(|lane| self.gain(lane) == 0.0)
    }
    fn gain(&self, lane: usize) -> f32 {
        f32::from_bits(self.gains[lane].load(Ordering::Relaxed))
    }
}

/// The engine's ends of what joins it to a mixer.
pub(super) struct MixerLine {
    pub frames: Producer<Frame>,
    pub heard: Consumer<HeardPlace>,
    pub controls: Arc<Controls>,
    pub rate_hz: u32,
}

/// The device's end. An output calls [`Mixer::fill`] whenever it wants more.
pub struct Mixer {
    frames: Consumer<Frame>,
    heard: Producer<HeardPlace>,
    controls: Arc<Controls>,
    rate_hz: u32,
    fade_step: f32,
    run: u32,
    /// 0 silent, 1 full; moves by `fade_step`.
    level: f32,
    gains: [f32; 2],
    /// When the next frame should be heard, if the device keeps time.
    expected: Option<Instant>,
}

/// Joins an engine and a mixer for a device that runs at `rate_hz`.
pub(super) fn join(rate_hz: u32, controls: Arc<Controls>) -> (MixerLine, Mixer) {
    let (to_device, frames) = RingBuffer::new((f64::from(rate_hz) * AHEAD_S) as usize);
    let (heard, from_device) = RingBuffer::new(SPANS);
    let mixer = Mixer {
        frames,
        heard,
        rate_hz,
        fade_step: (1.0 / (f64::from(rate_hz) * FADE_S)) as f32,
        run: controls.run.load(Ordering::Acquire),
        level: 0.0,
        gains: [controls.gain(0), controls.gain(1)],
        controls: controls.clone(),
        expected: None,
    };
    (
        MixerLine {
            frames: to_device,
            heard: from_device,
            controls,
            rate_hz,
        },
        mixer,
    )
}

/// A span in the making.
struct Open {
    run: u32,
    first: u32,
    last: u32,
    step: u32,
    frames: u32,
    offset: u32,
}

impl Mixer {
    /// Frames per second it gives.
    pub fn rate_hz(&self) -> u32 {
        self.rate_hz
    }

    /// Fills interleaved `out` of `channels`; every channel hears the same. `at` is when the first
    /// frame will be heard.
    pub fn fill(&mut self, out: &mut [f32], channels: usize, at: Instant) {
        self.controls.beats.fetch_add(1, Ordering::Relaxed);
        let at = self.steady(at, out.len() / channels.max(1));
        let wanted = self.controls.run.load(Ordering::Acquire);
        let running = self.controls.running.load(Ordering::Acquire);
        let mut open: Option<Open> = None;
        for (i, slot) in out.chunks_mut(channels.max(1)).enumerate() {
            let value = match self.next(wanted, running) {
                Some(frame) => {
                    self.note(&mut open, &frame, i as u32, at);
                    self.mix(&frame)
                }
                None => 0.0,
            };
            slot.fill(value);
        }
        self.close(open, at);
    }

    /// The frame to be heard next, if any; moves the fade.
    fn next(&mut self, wanted: u32, running: bool) -> Option<Frame> {
        let keep = running && self.run == wanted;
        self.level = match keep {
            true => (self.level + self.fade_step).min(1.0),
            false => (self.level - self.fade_step).max(0.0),
        };
        // A ring that runs dry is faded out with what is left in it: a starved player pauses, it does
        // not click.
        self.level = self.level.min(self.frames.slots() as f32 * self.fade_step);
        if self.level == 0.0 && self.run != wanted {
            while self.frames.peek().is_ok_and(|f| f.run != wanted) {
                let _ = self.frames.pop();
            }
            self.run = wanted;
        }
        if self.level == 0.0 && !running {
            return None;
        }
        match self.frames.peek() {
            Ok(frame) if frame.run == self.run => self.frames.pop().ok(),
            // Ran dry, or the old run ended: come back gently.
            _ => {
                self.level = 0.0;
                None
            }
        }
    }

    fn mix(&mut self, frame: &Frame) -> f32 {
        let mut sum = 0.0;
        for lane in 0..2 {
            let target = self.controls.gain(lane);
            let gain = &mut self.gains[lane];
            *gain += (target - *gain).clamp(-self.fade_step, self.fade_step);
            sum += frame.lanes[lane] * *gain;
        }
        (sum * self.level).clamp(-1.0, 1.0)
    }

    fn note(&mut self, open: &mut Option<Open>, frame: &Frame, i: u32, at: Instant) {
        if let Some(span) = open {
            let step = frame.place.wrapping_sub(span.last);
            if span.run == frame.run && step <= JUMP && span.offset + span.frames == i {
                span.step = step;
                span.last = frame.place;
                span.frames += 1;
                return;
            }
        }
        self.close(open.take(), at);
        *open = Some(Open {
            run: frame.run,
            first: frame.place,
            last: frame.place,
            step: 0,
            frames: 1,
            offset: i,
        });
    }

    fn close(&mut self, open: Option<Open>, at: Instant) {
        let Some(span) = open else { return };
        let seconds =
            |frames: u32| Duration::from_secs_f64(f64::from(frames) / f64::from(self.rate_hz));
        let heard = HeardPlace {
            run: span.run,
            at: at + seconds(span.offset),
            lasts: seconds(span.frames),
            from: span.first,
            to: span.last.saturating_add(span.step),
        };
        // A full ring means the engine sleeps; it will take the newest place from a later span.
        let _ = self.heard.push(heard);
    }

    /// Devices report their delay with a jitter of milliseconds; sound itself does not jump.
    fn steady(&mut self, reported: Instant, frames: usize) -> Instant {
        let at = match self.expected {
            Some(expected) => {
                let late = reported.saturating_duration_since(expected);
                let early = expected.saturating_duration_since(reported);
                if late.max(early) > Duration::from_millis(60) {
                    reported
                } else {
                    expected + late / 16 - early / 16
                }
            }
            None => reported,
        };
        let lasts = Duration::from_secs_f64(frames as f64 / f64::from(self.rate_hz));
        self.expected = Some(at + lasts);
        at
    }
}

/// Something a dead output leaves behind for the engine to see.
pub type Lost = Arc<Mutex<Option<String>>>;
