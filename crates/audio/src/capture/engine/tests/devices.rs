//! Devices, and the clock they run on.

use crate::capture::clock::{Moment, Ticks};
use crate::capture::inputs::{Inputs, MakeIntake, Refusal, RunningInput};
use crate::capture::intake::{InputShape, Intake, Trouble};
use crate::capture::usher::{Answer, Ask, Usher, serve};
use parking_lot::Mutex;
use qinting_desk::{CaptureSource, SourceKind};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

/// What a device hears.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sound {
    /// A number of its own for every sample.
    Noise,
    /// The same number for every device at the same sample.
    Shared,
    /// A click whenever this many milliseconds have passed in the world, over a faint hiss.
    Clicks(u64),
    /// Exact zeros.
    Dead,
    /// Every sample at full scale.
    Loud,
}

#[derive(Clone, Debug)]
pub struct Device {
    pub id: String,
    pub name: String,
    pub kind: SourceKind,
    pub is_default: bool,
    pub rate_hz: u32,
    pub channels: u16,
    /// Millionths its clock is fast.
    pub ppm: f64,
    pub chunk_ms: u64,
    pub sound: Sound,
    /// It delivers nothing while nothing is played.
    pub may_rest: bool,
    /// Nothing is played, or it hangs.
    pub is_still: bool,
    /// It is plugged in.
    pub is_there: bool,
    /// The system does not list it, although it delivers.
    pub is_hidden: bool,
    /// It does not let itself be opened.
    pub refuses: bool,
    /// Every callback is late by up to this many milliseconds.
    pub jitter_ms: u64,
}

impl Device {
    pub fn new(id: &str, rate_hz: u32, channels: u16) -> Self {
        Self {
            id: id.into(),
            name: format!("Name of {id}"),
            kind: SourceKind::Input,
            is_default: false,
            rate_hz,
            channels,
            ppm: 0.0,
            chunk_ms: 20,
            sound: Sound::Noise,
            may_rest: false,
            is_still: false,
            is_there: true,
            is_hidden: false,
            refuses: false,
            jitter_ms: 0,
        }
    }

    pub fn system(id: &str, rate_hz: u32) -> Self {
        Self {
            kind: SourceKind::System,
            ..Self::new(id, rate_hz, 1)
        }
    }

    pub fn hz(&self) -> f64 {
        f64::from(self.rate_hz) * (1.0 + self.ppm * 1e-6)
    }

    /// Its `n`th sample since the world began.
    pub fn sample(&self, n: u64, channel: u16) -> i16 {
        let own = u64::from(self.id.bytes().map(u64::from).sum::<u64>() as u32);
        match self.sound {
            Sound::Noise => hash(n ^ own << 40 ^ u64::from(channel) << 60),
            Sound::Shared => hash(n),
            Sound::Dead => 0,
            Sound::Loud => i16::MAX,
            Sound::Clicks(ms) => {
                let period = ms as f64 / 1000.0 * self.hz();
                let phase = n as f64 % period;
                if phase < 4.0 { 20_000 } else { 1 + hash(n) % 3 }
            }
        }
    }
}

pub fn hash(n: u64) -> i16 {
    let mut x = n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x ^= x >> 29;
    x = x.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    // Never zero, never full scale.
    match (x >> 40) as i16 / 2 {
        0 => 1,
        other => other,
    }
}

pub struct Stream {
    pub device: String,
    pub intake: Intake,
    pub trouble: Trouble,
    pub is_open: Arc<AtomicBool>,
}

struct Open {
    is_open: Arc<AtomicBool>,
    may_rest: bool,
}

impl RunningInput for Open {
    fn may_rest(&self) -> bool {
        self.may_rest
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.is_open.store(false, Ordering::Relaxed);
    }
}

#[derive(Default)]
pub struct Plugs {
    pub devices: Mutex<Vec<Device>>,
    pub streams: Mutex<Vec<Stream>>,
    pub opened: AtomicU64,
}

impl Inputs for Plugs {
    fn sources(&self) -> Result<Vec<CaptureSource>, String> {
        let there = self.devices.lock();
        Ok(there
            .iter()
            .filter(|d| d.is_there && !d.is_hidden)
            .map(|d| CaptureSource {
                id: d.id.clone(),
                name: d.name.clone(),
                kind: d.kind,
                channels: d.channels,
                sample_rate_hz: d.rate_hz,
                is_default: d.is_default,
            })
            .collect())
    }

    fn open(
        &self,
        source: &str,
        make: MakeIntake<'_>,
        trouble: Trouble,
    ) -> Result<Box<dyn RunningInput>, Refusal> {
        let devices = self.devices.lock();
        let device = devices.iter().find(|d| d.id == source && d.is_there);
        let device = device.ok_or(Refusal::Missing)?;
        if device.refuses {
            return Err(Refusal::Refused("busy".into()));
        }
        let is_open = Arc::new(AtomicBool::new(true));
        self.opened.fetch_add(1, Ordering::Relaxed);
        self.streams.lock().push(Stream {
            device: source.into(),
            intake: make(InputShape {
                rate_hz: device.rate_hz,
                channels: device.channels,
            }),
            trouble,
            is_open: is_open.clone(),
        });
        Ok(Box::new(Open {
            is_open,
            may_rest: device.may_rest,
        }))
    }
}

#[derive(Default)]
pub struct Clock(pub AtomicU64, pub AtomicI64);

impl Ticks for Clock {
    fn now(&self) -> Moment {
        Moment {
            steady_us: self.0.load(Ordering::Relaxed),
            wall_ms: self.1.load(Ordering::Relaxed),
        }
    }
}

pub struct Direct {
    pub inputs: Arc<Plugs>,
    pub ticks: Arc<dyn Ticks>,
    pub answers: VecDeque<Answer>,
}

impl Usher for Direct {
    fn ask(&mut self, ask: Ask) {
        self.answers.extend(serve(&*self.inputs, &self.ticks, ask));
    }
    fn answer(&mut self) -> Option<Answer> {
        self.answers.pop_front()
    }
}
