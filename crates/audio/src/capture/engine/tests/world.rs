//! A listener, a tape that remembers, and time that passes when somebody says so.

use super::devices::{Clock, Device, Direct, Plugs};
use crate::capture::clock::Ticks;
use crate::capture::engine::{CaptureEngine, CaptureShown, Keep, Parts};
use crate::capture::inputs::Inputs;
use crate::capture::intake::Trouble;
use crate::capture::usher::Want;
use crossbeam_channel::{Receiver, bounded};
use parking_lot::Mutex;
use qinting_desk::{AppResult, CaptureEnd, CaptureNews};
use qinting_domain::{ChannelRole, GapKind, LiveLane, SourceSide};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// What was written.
#[derive(Default)]
pub struct Kept {
    pub frames: Vec<i16>,
    pub count: u64,
    pub forget: bool,
    pub rate_hz: u32,
    pub is_finished: bool,
}

struct Tape(Arc<Mutex<Kept>>, usize);

impl Keep for Tape {
    fn write(&self, frames: Vec<i16>) {
        let mut kept = self.0.lock();
        kept.count += (frames.len() / self.1) as u64;
        if !kept.forget {
            kept.frames.extend(frames);
        }
    }
    fn finish(self: Box<Self>) -> AppResult<()> {
        self.0.lock().is_finished = true;
        Ok(())
    }
}

/// A gap as a listener knows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    pub kind: GapKind,
    pub channel: Option<u16>,
    pub start_ms: u64,
    pub end_ms: Option<u64>,
    /// When it was first told, in milliseconds of the world.
    pub told_ms: u64,
}

pub struct World {
    pub plugs: Arc<Plugs>,
    pub kept: Arc<Mutex<Kept>>,
    pub news: Arc<Mutex<Vec<(u64, CaptureNews)>>>,
    pub shown: Arc<CaptureShown>,
    pub lanes: usize,
    pub engine: Option<CaptureEngine>,
    /// The engine is not stepped.
    pub is_starved: bool,
    clock: Arc<Clock>,
    ready: Option<Receiver<AppResult<()>>>,
    /// Samples of each device that were delivered or dropped.
    done: Vec<u64>,
    dice: u64,
}

const TICK_US: u64 = 10_000;

impl World {
    pub fn new(devices: Vec<Device>) -> Self {
        let clock = Arc::new(Clock::default());
        clock.0.store(5_000_000, Ordering::Relaxed);
        clock.1.store(1_700_000_000_000, Ordering::Relaxed);
        let done = devices.iter().map(|_| 0).collect();
        let plugs = Plugs {
            devices: Mutex::new(devices),
            ..Plugs::default()
        };
        let mut world = Self {
            plugs: Arc::new(plugs),
            kept: Arc::default(),
            news: Arc::default(),
            shown: Arc::default(),
            lanes: 0,
            engine: None,
            is_starved: false,
            clock,
            ready: None,
            done,
            dice: 1,
        };
        // Devices have been running before anybody listens to them.
        world.run_ms(330);
        world
    }

    /// Begins with these lanes; `#L` and `#R` take one side.
    pub fn begin(&mut self, lanes: &[&str], hear: bool) -> AppResult<()> {
        self.lanes = lanes.len();
        let sources = self.plugs.sources().unwrap();
        let lanes: Vec<LiveLane> = lanes.iter().map(|id| chosen(id)).collect();
        let wants = lanes
            .iter()
            .map(|lane| Want::of(sources.iter().find(|s| s.id == lane.source).unwrap()))
            .collect();
        let (news, ticks) = (self.news.clone(), self.clock.clone());
        let (ready, is_ready) = bounded(1);
        let (kept, width) = (self.kept.clone(), lanes.len());
        let parts = Parts {
            tell: Arc::new(move |word| news.lock().push((ticks.now().steady_us, word))),
            usher: Box::new(Direct {
                inputs: self.plugs.clone(),
                ticks: self.clock.clone(),
                answers: VecDeque::new(),
            }),
            shown: self.shown.clone(),
            ready,
            start_keep: Some(Box::new(move |rate_hz, channels| {
                assert_eq!(usize::from(channels), width);
                kept.lock().rate_hz = rate_hz;
                Ok(Box::new(Tape(kept, width)) as Box<dyn Keep>)
            })),
            lanes,
            wants,
            hear,
        };
        self.engine = Some(CaptureEngine::new(parts, self.clock.now().steady_us));
        self.ready = Some(is_ready);
        for _ in 0..700 {
            self.run_ms(10);
            if let Ok(result) = self.ready.as_ref().unwrap().try_recv() {
                return result;
            }
        }
        panic!("begin was never answered");
    }

    /// Lets time pass.
    pub fn run_ms(&mut self, ms: u64) {
        for _ in 0..ms * 1000 / TICK_US {
            let us = self.clock.0.fetch_add(TICK_US, Ordering::Relaxed) + TICK_US;
            self.clock
                .1
                .fetch_add((TICK_US / 1000) as i64, Ordering::Relaxed);
            self.deliver(us);
            if us.is_multiple_of(2 * TICK_US) && !self.is_starved {
                self.step();
            }
        }
    }

    pub fn step(&mut self) {
        let now = self.clock.now();
        if let Some(engine) = &mut self.engine {
            engine.step(now);
        }
    }

    /// The machine sleeps: only the clock on the wall goes on.
    pub fn sleep_ms(&mut self, ms: i64) {
        self.clock.1.fetch_add(ms, Ordering::Relaxed);
    }

    fn deliver(&mut self, us: u64) {
        let devices = self.plugs.devices.lock();
        let mut streams = self.plugs.streams.lock();
        streams.retain(|s| s.is_open.load(Ordering::Relaxed));
        for (device, done) in devices.iter().zip(&mut self.done) {
            let due = (us as f64 / 1e6 * device.hz()) as u64;
            let chunk = device.chunk_ms * u64::from(device.rate_hz) / 1000;
            if device.jitter_ms > 0 && due - *done < chunk * 2 {
                self.dice = self
                    .dice
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(7);
                if !(self.dice >> 33).is_multiple_of(device.jitter_ms / 10 + 1) {
                    continue;
                }
            }
            while due - *done >= chunk {
                let from = *done;
                *done += chunk;
                if !device.is_there || device.is_still {
                    continue;
                }
                let sound: Vec<i16> = (from..*done)
                    .flat_map(|n| (0..device.channels).map(move |c| device.sample(n, c)))
                    .collect();
                // A callback comes when its last sample has, unless it is late.
                let made_us = (*done as f64 / device.hz() * 1e6) as u64;
                let is_late = us.saturating_sub(made_us) >= TICK_US;
                self.clock
                    .0
                    .store(if is_late { us } else { made_us }, Ordering::Relaxed);
                for stream in streams.iter_mut().filter(|s| s.device == device.id) {
                    stream.intake.push(&sound);
                }
                self.clock.0.store(us, Ordering::Relaxed);
            }
        }
    }

    /// Changes a device.
    pub fn with(&self, id: &str, change: impl FnOnce(&mut Device)) {
        let mut devices = self.plugs.devices.lock();
        change(devices.iter_mut().find(|d| d.id == id).unwrap());
    }

    /// The system says so about a device's streams.
    pub fn trouble(&self, id: &str, say: impl Fn(&Trouble)) {
        let streams = self.plugs.streams.lock();
        streams
            .iter()
            .filter(|s| s.device == id)
            .for_each(|s| say(&s.trouble));
    }

    /// The device drops what it would have delivered in this time.
    pub fn drop_ms(&mut self, id: &str, ms: u64) {
        self.with(id, |d| d.is_still = true);
        self.run_ms(ms);
        self.with(id, |d| d.is_still = false);
    }

    pub fn position_ms(&self) -> u64 {
        self.shown.position_ms(&*self.clock)
    }

    pub fn now_us(&self) -> u64 {
        self.clock.now().steady_us
    }

    pub fn set_paused(&mut self, paused: bool) {
        let at = self.now_us();
        self.engine.as_mut().unwrap().set_paused(paused, at);
    }

    pub fn stop(&mut self) -> AppResult<CaptureEnd> {
        let at = self.now_us();
        self.engine.as_mut().unwrap().stop(at)
    }

    pub fn kept_ms(&self) -> u64 {
        let kept = self.kept.lock();
        kept.count * 1000 / u64::from(kept.rate_hz)
    }

    pub fn gaps(&self) -> Vec<Gap> {
        let mut gaps: Vec<Gap> = Vec::new();
        for (at_us, news) in self.news.lock().iter() {
            let CaptureNews::Gap {
                ordinal,
                kind,
                channel,
                start_ms,
                end_ms,
            } = news
            else {
                continue;
            };
            let gap = Gap {
                kind: *kind,
                channel: *channel,
                start_ms: *start_ms,
                end_ms: *end_ms,
                told_ms: at_us / 1000,
            };
            match gaps.get_mut(*ordinal as usize) {
                Some(known) => {
                    assert_eq!((known.kind, known.start_ms), (gap.kind, gap.start_ms));
                    known.end_ms = gap.end_ms;
                }
                None => {
                    assert_eq!(gaps.len(), *ordinal as usize, "ordinals count up");
                    gaps.push(gap);
                }
            }
        }
        gaps
    }

    /// All news of one sort, with their time in the world in milliseconds.
    pub fn told<T>(&self, pick: impl Fn(&CaptureNews) -> Option<T>) -> Vec<(u64, T)> {
        let news = self.news.lock();
        news.iter()
            .filter_map(|(us, word)| Some((us / 1000, pick(word)?)))
            .collect()
    }
}

fn chosen(id: &str) -> LiveLane {
    let (source, side) = match id.split_once('#') {
        Some((source, "L")) => (source, SourceSide::Left),
        Some((source, _)) => (source, SourceSide::Right),
        None => (id, SourceSide::Whole),
    };
    LiveLane {
        source: source.into(),
        name: format!("Name of {source}"),
        side,
        role: ChannelRole::Unknown,
    }
}
