//! The capture of this process and its thread.

use super::clock::Ticks;
use super::engine::{CaptureEngine, CaptureShown, Keep, KeepNews, Parts, Sampled, StartKeep};
use super::gaps::Tell;
use super::inputs::Inputs;
use super::meter::check;
use super::recorder::{self, Recorder, RecorderNews, RecorderPlan};
use super::usher::{Servant, Want};
use crate::ingest::Fault;
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, unbounded};
use qinting_desk::{
    AppError, AppResult, Capture, CaptureEnd, CaptureListener, CaptureNews, CapturePlan,
    CaptureRun, CaptureSource, KeepPlan, Kind, LiveFolder, LiveTest, RepairedPart, SourceKind,
    codes,
};
use qinting_domain::LiveLane;
use qinting_domain::PartName;
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

/// How often what came is taken from the rings.
const STEP: Duration = Duration::from_millis(20);
/// A test recording that is not done this long after it should be never will.
const TEST_GRACE: Duration = Duration::from_secs(5);
/// A beginning that has not been answered by then never will.
const BEGIN_WITHIN: Duration = Duration::from_secs(20);

enum Command {
    Paused(bool, u64),
    Sample(u32, Sender<Sampled>),
    Stop(Sender<AppResult<CaptureEnd>>),
}

/// Sound in, on some inputs and some clock.
pub(super) struct CaptureBoard {
    pub inputs: Arc<dyn Inputs>,
    pub ticks: Arc<dyn Ticks>,
}

impl Capture for CaptureBoard {
    fn system(&self) -> Option<String> {
        self.inputs.system()
    }

    fn sources(&self) -> AppResult<Vec<CaptureSource>> {
        let mut sources = self
            .inputs
            .sources()
            .map_err(|why| AppError::new(codes::AUDIO_NO_DEVICE).because(why))?;
        sources.sort_by_key(|s| (s.kind == SourceKind::System, !s.is_default));
        Ok(sources)
    }

    fn begin(&self, plan: CapturePlan, tell: CaptureListener) -> AppResult<Box<dyn CaptureRun>> {
        let wants = self.wants(&plan.lanes)?;
        let shown = Arc::new(CaptureShown::default());
        let tell: Tell = Arc::from(tell);
        let (ready, is_ready) = bounded(1);
        let usher = Servant::start(self.inputs.clone(), self.ticks.clone())
            .map_err(|e| AppError::new(codes::INTERNAL).because(e))?;
        let parts = Parts {
            usher: Box::new(usher),
            start_keep: plan.keep.map(|keep| recording(keep, &tell, &shown)),
            tell,
            shown: shown.clone(),
            ready,
            lanes: plan.lanes,
            wants,
            hear: plan.hear,
        };
        let (commands, inbox) = unbounded();
        let ticks = self.ticks.clone();
        let thread = std::thread::Builder::new()
            .name("capture".into())
            .spawn(move || {
                run(
                    CaptureEngine::new(parts, ticks.now().steady_us),
                    &*ticks,
                    &inbox,
                )
            })
            .map_err(|e| AppError::new(codes::INTERNAL).because(e))?;
        let run = Run {
            commands,
            shown,
            ticks: self.ticks.clone(),
            thread: Some(thread),
        };
        match is_ready.recv_timeout(BEGIN_WITHIN) {
            Ok(result) => result.map(|()| Box::new(run) as Box<dyn CaptureRun>),
            Err(e) => Err(AppError::new(codes::INTERNAL).because(Kind::of(&e))),
        }
    }

    fn repair(&self, folder: &dyn LiveFolder, part: &PartName) -> AppResult<RepairedPart> {
        recorder::repair(folder, part)
    }
}

impl CaptureBoard {
    /// The source of each lane.
    fn wants(&self, lanes: &[LiveLane]) -> AppResult<Vec<Want>> {
        let sources = self.sources()?;
        let found = lanes.iter().map(|lane| {
            let by_id = sources.iter().find(|s| s.id == lane.source);
            by_id
                .or_else(|| sources.iter().find(|s| s.name == lane.name))
                .map(Want::of)
                .ok_or_else(|| {
                    AppError::new(codes::LIVE_SOURCE_MISSING).with("name", lane.name.as_str())
                })
        });
        found.collect()
    }
}

/// How the recorder is begun, and where its news goes.
fn recording(plan: KeepPlan, tell: &Tell, shown: &Arc<CaptureShown>) -> StartKeep {
    let (tell, shown) = (tell.clone(), shown.clone());
    Box::new(move |sample_rate_hz, channels| {
        let plan = RecorderPlan {
            folder: plan.folder,
            part_bytes: plan.part_bytes,
            reserve_ms: plan.reserve_ms,
            sample_rate_hz,
            channels,
        };
        let news = Box::new(move |news| match news {
            RecorderNews::Kept {
                ordinal,
                file,
                sample_rate_hz,
                channels,
                start_frame,
                frames,
            } => tell(CaptureNews::Kept {
                ordinal,
                file,
                sample_rate_hz,
                channels,
                start_frame,
                frames,
            }),
            RecorderNews::Disk { minutes_left } => tell(CaptureNews::Disk { minutes_left }),
            RecorderNews::Lost {
                start_frame: start,
                frames,
            } => shown
                .keep_news
                .lock()
                .push(KeepNews::Lost { start, frames }),
            RecorderNews::Closed { note } => shown.keep_news.lock().push(KeepNews::Closed(note)),
        });
        Ok(Box::new(Recorder::start(plan, news)?) as Box<dyn Keep>)
    })
}

impl Keep for Recorder {
    fn write(&self, frames: Vec<i16>) {
        Recorder::write(self, frames);
    }
    fn finish(self: Box<Self>) -> AppResult<()> {
        Recorder::finish(*self)
    }
}

/// The capture's thread.
fn run(mut engine: CaptureEngine, ticks: &dyn Ticks, inbox: &Receiver<Command>) {
    loop {
        match inbox.recv_timeout(STEP) {
            Ok(Command::Paused(paused, at_us)) => engine.set_paused(paused, at_us),
            Ok(Command::Sample(ms, reply)) => engine.sample(ms, reply),
            Ok(Command::Stop(reply)) => {
                let end = engine.stop(ticks.now().steady_us);
                let _ = reply.send(end);
                return;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                let _ = engine.stop(ticks.now().steady_us);
                return;
            }
        }
        engine.step(ticks.now());
    }
}

/// A capture that runs. Dropping it ends it.
struct Run {
    commands: Sender<Command>,
    shown: Arc<CaptureShown>,
    ticks: Arc<dyn Ticks>,
    thread: Option<JoinHandle<()>>,
}

impl Run {
    fn send(&self, command: Command) {
        // The thread runs until this value is gone.
        let _ = self.commands.send(command);
    }
}

impl CaptureRun for Run {
    fn position_ms(&self) -> u64 {
        self.shown.position_ms(&*self.ticks)
    }

    fn pause(&self) {
        self.send(Command::Paused(true, self.ticks.now().steady_us));
    }

    fn resume(&self) {
        self.send(Command::Paused(false, self.ticks.now().steady_us));
    }

    fn test(&self, ms: u32, file: &Path) -> AppResult<LiveTest> {
        let (reply, sample) = bounded(1);
        self.send(Command::Sample(ms, reply));
        let within = Duration::from_millis(u64::from(ms)) + TEST_GRACE;
        let sampled = sample
            .recv_timeout(within)
            .map_err(|e| AppError::new(codes::LIVE_NOT_RUNNING).because(Kind::of(&e)))?;
        save(&sampled, file)?;
        let (checks, same_on_both) =
            check(&sampled.frames, usize::from(sampled.lanes), sampled.rate_hz);
        let per_lane = sampled.frames.len() as u64 / u64::from(sampled.lanes.max(1));
        Ok(LiveTest {
            duration_ms: (per_lane * 1000 / u64::from(sampled.rate_hz.max(1))) as u32,
            lanes: checks,
            same_on_both,
        })
    }

    fn stop(mut self: Box<Self>) -> AppResult<CaptureEnd> {
        let (reply, end) = bounded(1);
        self.send(Command::Stop(reply));
        let ended = end
            .recv()
            .map_err(|e| AppError::new(codes::INTERNAL).because(Kind::of(&e)))?;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        ended
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let (nobody, _) = unbounded();
        // Without anybody who sends commands the thread ends the capture, and then itself.
        self.commands = nobody;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Writes a short WAV file of its own.
fn save(sampled: &Sampled, file: &Path) -> AppResult<()> {
    let fault = |e: hound::Error| match e {
        hound::Error::IoError(io) => Fault::Disk(io).into_app("test"),
        other => AppError::new(codes::INTERNAL).because(Kind::of(&other)),
    };
    let spec = hound::WavSpec {
        channels: sampled.lanes,
        sample_rate: sampled.rate_hz,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut wav = hound::WavWriter::create(file, spec).map_err(fault)?;
    for sample in &sampled.frames {
        wav.write_sample(*sample).map_err(fault)?;
    }
    wav.finalize().map_err(fault)
}
