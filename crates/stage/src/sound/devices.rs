//! The devices of a stage as the desk has them.

use super::{CAPTURED, HZ, Running, ToldSound, refusal};
use parking_lot::{Condvar, Mutex};
use qinting_desk::*;
use qinting_domain::*;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// A device delivers all the time, also while the clock stands. Whoever hears nothing of it believes it dead.
const DELIVERS: Duration = Duration::from_secs(1);

/// The devices as the desk has them.
pub(crate) struct Devices(pub Arc<ToldSound>);

impl Capture for Devices {
    fn system(&self) -> Option<String> {
        Some("PulseAudio".to_owned())
    }

    fn sources(&self) -> AppResult<Vec<CaptureSource>> {
        Ok(self.0.state.lock().sources.clone())
    }

    fn begin(&self, plan: CapturePlan, tell: CaptureListener) -> AppResult<Box<dyn CaptureRun>> {
        let sound = &self.0;
        {
            let mut state = sound.state.lock();
            if let Some(note) = state.refuses.take() {
                return Err(refusal(note));
            }
            let is_there = |lane: &&LiveLane| !state.sources.iter().any(|s| s.id == lane.source);
            if let Some(lane) = plan.lanes.iter().find(is_there) {
                return Err(
                    AppError::new(codes::LIVE_SOURCE_MISSING).with("name", lane.name.clone())
                );
            }
            if let Some(keep) = &plan.keep {
                let made = keep.folder.create(&PartName::of(1));
                made.map_err(|e| AppError::of_disk(&e, Path::new("live")))?;
            }
            state.begun += 1;
            let fill = format!("{CAPTURED}{} {}\n", sound.clock.now_ms(), state.begun);
            state.running = Some(Running {
                lanes: plan.lanes,
                keep: plan.keep,
                fill: fill.into_bytes(),
                ..Running::default()
            });
        }
        *sound.tell.lock() = Some(Arc::new(tell));
        sound.say(CaptureNews::Started);
        Ok(Box::new(Run::of(sound)?))
    }

    fn repair(&self, folder: &dyn LiveFolder, part: &PartName) -> AppResult<RepairedPart> {
        let length = folder.open(part).and_then(|file| file.metadata());
        let unreadable = |e| AppError::new(codes::MEDIA_UNREADABLE).because(e);
        Ok(RepairedPart {
            sample_rate_hz: HZ,
            channels: 2,
            frames: length.map_err(unreadable)?.len(),
            was_broken: true,
        })
    }
}

/// The capture that runs, until it is dropped.
struct Run {
    sound: Arc<ToldSound>,
    over: Arc<(Mutex<bool>, Condvar)>,
}

impl Run {
    fn of(sound: &Arc<ToldSound>) -> AppResult<Self> {
        let over: Arc<(Mutex<bool>, Condvar)> = Arc::default();
        let (told, end) = (sound.clone(), over.clone());
        let deliver = move || {
            let mut is_over = end.0.lock();
            while !*is_over {
                if end.1.wait_for(&mut is_over, DELIVERS).timed_out() {
                    told.tell_levels(0);
                }
            }
        };
        spawn_named("stage-sound", deliver, drop)?;
        Ok(Self {
            sound: sound.clone(),
            over,
        })
    }
}

impl CaptureRun for Run {
    fn position_ms(&self) -> u64 {
        self.sound
            .state
            .lock()
            .running
            .as_ref()
            .map_or(0, |r| r.position_ms)
    }

    fn pause(&self) {
        self.sound.ears.shut(true);
        self.sound.open_gap(GapKind::Pause, None);
    }

    fn resume(&self) {
        self.sound.close_gap(GapKind::Pause, None);
        self.sound.ears.shut(false);
    }

    fn test(&self, ms: u32, file: &Path) -> AppResult<LiveTest> {
        std::fs::write(file, b"sound").map_err(|e| AppError::of_disk(&e, file))?;
        let fine = LaneCheck {
            peak_db: -9.0,
            rms_db: -21.0,
            silent: false,
            clipped: false,
        };
        let state = self.sound.state.lock();
        let lanes = state.running.as_ref().map_or(0, |r| r.lanes.len());
        Ok(state.test.clone().unwrap_or(LiveTest {
            duration_ms: ms,
            lanes: vec![fine; lanes],
            same_on_both: false,
        }))
    }

    fn stop(self: Box<Self>) -> AppResult<CaptureEnd> {
        self.sound.keep(true);
        Ok(CaptureEnd {
            duration_ms: self.position_ms(),
            ..CaptureEnd::default()
        })
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        *self.over.0.lock() = true;
        self.over.1.notify_all();
        self.sound.state.lock().running = None;
        self.sound.tell.lock().take();
    }
}
