//! From the samples of a lane to frames: how loud, by steps, and of what colour.

use super::floor::Floor;
use super::spectrum::{Colour, SIZE, Spectrum};
use super::{STEP_MS, STEPS};
use std::f64::consts::{FRAC_1_SQRT_2, TAU};

/// What is heard has at least this rate, in Hz, and less than twice as much: a telephone carries no more, and finer
/// sound costs more and tells nothing else.
const HEARD_HZ: u32 = 8_000;
/// Below this is hum and rumble, in Hz. Voices keep their overtones.
const CUT_HZ: f64 = 200.0;
/// Full scale of 16 bits.
const FULL: f32 = 32_768.0;
/// So far above the floor a frame is no noise, in dB.
pub(super) const QUIET_DB: f32 = 6.0;
/// Quieter than this nobody is understood, in dB of full scale: no spectrum is looked at.
pub(super) const FAINT_DB: f32 = -58.0;
/// Samples from here on are at full scale: µ-law ends at 32,124 and A-law at 32,256.
const CLIPPED: u16 = 32_124;
/// So many in a row are no coincidence.
const CLIPPED_ROW: u32 = 3;

/// 20 ms of a lane.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// Level of each step without hum, in dB of full scale.
    pub(super) steps_db: [f32; STEPS],
    /// Level of all of it, in dB.
    pub(super) level_db: f32,
    /// The noise it has to stand out from, in dB.
    pub(super) floor_db: f32,
    /// Power as it was recorded, without its offset; 1 is full scale.
    pub(super) power: f64,
    /// Each sample is the same.
    pub(super) has_no_signal: bool,
    /// Times it was cut off at the top.
    pub(super) clipped: u32,
    pub(super) colour: Colour,
    /// What sounds in it is the other lane's, heard through.
    pub(super) is_others: bool,
}

impl Frame {
    /// There is nothing in it but noise.
    pub(super) fn is_quiet(&self) -> bool {
        self.level_db < FAINT_DB.max(self.floor_db + QUIET_DB)
    }
}

/// Hears one lane.
pub(super) struct Ear {
    rate_hz: u32,
    /// Samples of a lane that make one that is heard.
    thinned: usize,
    /// Samples that are not a whole step yet, and how many steps there were.
    rest: Vec<i16>,
    steps: u64,
    high_pass: HighPass,
    /// What is heard, the last of it.
    heard: Vec<f32>,
    floor: Floor,
    spectrum: Spectrum,
    frame: Parts,
    row: u32,
}

/// A frame of which not all steps are there.
#[derive(Default)]
struct Parts {
    steps: usize,
    samples: usize,
    sum: i64,
    squares: u64,
    steps_db: [f32; STEPS],
    power: f32,
    low: i16,
    high: i16,
    clipped: u32,
}

impl Ear {
    pub(super) fn new(rate_hz: u32) -> Self {
        let thinned = (rate_hz / HEARD_HZ).max(1);
        let heard_hz = f64::from(rate_hz) / f64::from(thinned);
        Self {
            rate_hz,
            thinned: thinned as usize,
            rest: Vec::new(),
            steps: 0,
            high_pass: HighPass::new(heard_hz),
            heard: vec![0.0; SIZE],
            floor: Floor::default(),
            spectrum: Spectrum::new(heard_hz as f32),
            frame: Parts::default(),
            row: 0,
        }
    }

    /// Takes samples; appends the frames that are whole.
    pub(super) fn push(&mut self, samples: &[i16], out: &mut Vec<Frame>) {
        let mut rest = std::mem::take(&mut self.rest);
        rest.extend_from_slice(samples);
        let mut from = 0;
        loop {
            let step = self.step_len();
            let Some(samples) = rest.get(from..from + step) else {
                break;
            };
            self.step(samples, out);
            from += step;
        }
        rest.drain(..from);
        self.rest = rest;
    }

    /// Steps go by time: at 11,025 Hz some have a sample more than others.
    fn step_len(&self) -> usize {
        let at = |step: u64| step * STEP_MS * u64::from(self.rate_hz) / 1000;
        (at(self.steps + 1) - at(self.steps)) as usize
    }

    /// The last frame is filled with nothing.
    pub(super) fn finish(&mut self, out: &mut Vec<Frame>) {
        let rest = std::mem::take(&mut self.rest);
        if !rest.is_empty() {
            self.step(&rest, out);
        }
        if self.frame.steps > 0 {
            self.frame.steps_db[self.frame.steps..].fill(super::spectrum::NOTHING_DB);
            self.close(out);
        }
    }

    fn step(&mut self, samples: &[i16], out: &mut Vec<Frame>) {
        let (mut low, mut high, mut sum, mut squares) = (i16::MAX, i16::MIN, 0i32, 0u64);
        for &sample in samples {
            low = low.min(sample);
            high = high.max(sample);
            sum += i32::from(sample);
            squares += (i32::from(sample) * i32::from(sample)) as u64;
        }
        if low.unsigned_abs().max(high.unsigned_abs()) >= CLIPPED {
            self.frame.clipped += self.clipped(samples);
        } else {
            self.row = 0;
        }
        let at = self.heard.len();
        self.thin(samples);
        let heard = &mut self.heard[at..];
        self.high_pass.apply(heard);
        let square: f32 = heard.iter().map(|s| s * s).sum();
        let power = square / heard.len().max(1) as f32;
        let frame = &mut self.frame;
        if frame.steps == 0 {
            (frame.low, frame.high) = (low, high);
        }
        frame.low = frame.low.min(low);
        frame.high = frame.high.max(high);
        frame.sum += i64::from(sum);
        frame.squares += squares;
        frame.samples += samples.len();
        frame.power += power / STEPS as f32;
        frame.steps_db[frame.steps] = decibel(power);
        frame.steps += 1;
        self.steps += 1;
        if frame.steps == STEPS {
            self.close(out);
        }
    }

    /// Brings samples to the rate that is heard: the mean of each few.
    fn thin(&mut self, samples: &[i16]) {
        let one = 1.0 / FULL;
        match self.thinned {
            1 => self
                .heard
                .extend(samples.iter().map(|s| f32::from(*s) * one)),
            few => self.heard.extend(samples.chunks(few).map(|few| {
                few.iter().map(|s| f32::from(*s)).sum::<f32>() * one / few.len() as f32
            })),
        }
    }

    /// Rows at full scale that begin here.
    fn clipped(&mut self, samples: &[i16]) -> u32 {
        let mut rows = 0;
        for sample in samples {
            match sample.unsigned_abs() >= CLIPPED {
                true => self.row += 1,
                false => self.row = 0,
            }
            rows += u32::from(self.row == CLIPPED_ROW);
        }
        rows
    }

    fn close(&mut self, out: &mut Vec<Frame>) {
        let parts = std::mem::take(&mut self.frame);
        let level_db = decibel(parts.power);
        let old = self.heard.len() - SIZE;
        let colour = match level_db >= FAINT_DB {
            true => self.spectrum.look(&self.heard[old..]),
            false => self.spectrum.skip(),
        };
        self.heard.drain(..old);
        let has_no_signal = parts.low == parts.high;
        // A recorder that leaves pauses out says nothing of the noise that is there.
        let floor_db = match has_no_signal {
            true => self.floor.db(),
            false => self.floor.push(level_db),
        };
        let mean = |sum: f64| sum / parts.samples.max(1) as f64 / f64::from(FULL);
        out.push(Frame {
            steps_db: parts.steps_db,
            level_db,
            floor_db,
            power: mean(parts.squares as f64) / f64::from(FULL) - mean(parts.sum as f64).powi(2),
            has_no_signal,
            clipped: parts.clipped,
            colour,
            is_others: false,
        });
    }
}

pub(super) fn decibel(power: f32) -> f32 {
    10.0 * power.max(1e-9).log10()
}

/// A second-order Butterworth high-pass, after the Audio EQ Cookbook.
struct HighPass {
    ahead: [f32; 3],
    back: [f32; 2],
    state: [f32; 2],
}

impl HighPass {
    fn new(rate_hz: f64) -> Self {
        let (sin, cos) = (TAU * CUT_HZ / rate_hz).sin_cos();
        let whole = 1.0 + sin * FRAC_1_SQRT_2;
        let outer = (1.0 + cos) / 2.0 / whole;
        Self {
            ahead: [outer, -2.0 * outer, outer].map(|x| x as f32),
            back: [-2.0 * cos / whole, (2.0 - whole) / whole].map(|x| x as f32),
            state: [0.0; 2],
        }
    }

    fn apply(&mut self, samples: &mut [f32]) {
        let ([b0, b1, b2], [a1, a2]) = (self.ahead, self.back);
        let [mut one, mut two] = self.state;
        for sample in samples {
            let x = *sample;
            let y = b0 * x + one;
            one = b1 * x - a1 * y + two;
            two = b2 * x - a2 * y;
            *sample = y;
        }
        self.state = [one, two];
    }
}
