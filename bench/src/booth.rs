//! Two virtual devices that deliver the two sides of a call at the speed of life, over and over.

use crate::import;
use anyhow::Context;
use qinting_audio::{InputShape, Inputs, MakeIntake, Refusal, RunningInput, Trouble};
use qinting_desk::{AtDesk, CaptureSource, LiveBegin, SourceKind};
use qinting_domain::*;
use qinting_testkit::demo_call;
use qinting_testkit::files::holding;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Samples per second of the demo's calls.
pub(crate) const RATE_HZ: u32 = 8_000;
/// How often a device delivers.
const PERIOD: Duration = Duration::from_millis(10);
const SIDES: [(&str, ChannelRole); 2] = [
    ("agent", ChannelRole::Agent),
    ("customer", ChannelRole::Customer),
];

/// The devices. What they deliver begins anew with every opening.
pub(crate) struct Booth {
    sides: [Arc<Vec<i16>>; 2],
}

impl Booth {
    /// Devices that deliver these two sides.
    pub fn new(sides: [Vec<i16>; 2]) -> Self {
        Self {
            sides: sides.map(Arc::new),
        }
    }

    /// What a side delivers.
    pub fn side(&self, channel: usize) -> &[i16] {
        &self.sides[channel]
    }
}

impl Inputs for Booth {
    fn sources(&self) -> Result<Vec<CaptureSource>, String> {
        let source = |(name, _): &(&str, ChannelRole)| CaptureSource {
            id: (*name).into(),
            name: (*name).into(),
            kind: SourceKind::Input,
            channels: 1,
            sample_rate_hz: RATE_HZ,
            is_default: false,
        };
        Ok(SIDES.iter().map(source).collect())
    }

    fn open(
        &self,
        source: &str,
        make: MakeIntake<'_>,
        _: Trouble,
    ) -> Result<Box<dyn RunningInput>, Refusal> {
        let side = SIDES.iter().position(|(name, _)| *name == source);
        let sound = self.sides[side.ok_or(Refusal::Missing)?].clone();
        let mut intake = make(InputShape {
            rate_hz: RATE_HZ,
            channels: 1,
        });
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let thread = std::thread::spawn(move || {
            let (begun, mut done) = (Instant::now(), 0);
            while !stopped.load(Ordering::Relaxed) {
                std::thread::sleep(PERIOD);
                let due = (begun.elapsed().as_secs_f64() * f64::from(RATE_HZ)) as usize;
                let block: Vec<i16> = (done..due).map(|n| sound[n % sound.len()]).collect();
                intake.push(&block);
                done = due;
            }
        });
        Ok(Box::new(Device {
            stop,
            thread: Some(thread),
        }))
    }
}

struct Device {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl RunningInput for Device {}

impl Drop for Device {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // It only copies; there is nothing it could panic over.
            let _ = thread.join();
        }
    }
}

/// A call of both sides that is kept.
pub(crate) fn recorded() -> LiveBegin {
    let lane = |(name, role): (&str, ChannelRole)| LiveLane {
        source: name.into(),
        name: name.into(),
        side: SourceSide::Whole,
        role,
    };
    LiveBegin {
        mode: ListenMode::Record,
        lanes: SIDES.into_iter().map(lane).collect(),
        consent: Some(ConsentBasis::Drill),
        notice: Some(NoticeGiven::Written),
        ..LiveBegin::default()
    }
}

/// The two sides of calls of the demo, one call after the other, as an import decodes them.
pub(crate) fn demo_calls(
    at_desk: &AtDesk,
    workspace: &Path,
    names: &[&str],
) -> anyhow::Result<[Vec<i16>; 2]> {
    let mut sides = [Vec::new(), Vec::new()];
    for name in names {
        let case = import::bring_in(at_desk, &demo_call(name))?;
        let recording = at_desk.get_case(case)?.recording;
        let recording = recording.context("a demo call has sound")?;
        for (channel, side) in both_sides(workspace, &recording)?.into_iter().enumerate() {
            sides[channel].extend(side);
        }
    }
    Ok(sides)
}

/// The two lanes of a recording, from the workspace's media.
pub(crate) fn both_sides(workspace: &Path, recording: &Recording) -> anyhow::Result<[Vec<i16>; 2]> {
    let file = holding(&workspace.join("media"), &recording.audio_sha256);
    let file = file.context("its sound lies somewhere")?;
    let mut wav = hound::WavReader::open(file)?;
    anyhow::ensure!(wav.spec().channels == 2, "two lanes were expected");
    let mut sides = [Vec::new(), Vec::new()];
    for (n, sample) in wav.samples::<i16>().enumerate() {
        sides[n % 2].push(sample?);
    }
    Ok(sides)
}
