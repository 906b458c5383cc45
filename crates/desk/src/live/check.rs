//! The check before a call: levels move, nothing is kept, and a test recording plays back.

use super::checking::{Check, Kept};
use super::levels::lane_level;
use crate::desk::{AtDesk, Desk};
use crate::event::DeskEvent;
use crate::live::ports::CaptureNews;
use crate::live::ports::CapturePlan;
use crate::live::shapes::{LiveLevels, LiveTest};
use crate::ports::*;
use crate::thread::spawn_named;
use parking_lot::Mutex;
use qinting_app::*;
use qinting_domain::*;
use std::fs::File;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

/// A check nobody asks about for this long ends: a microphone must not stay open unseen.
const FORGOTTEN: Duration = Duration::from_secs(120);
/// Length of the test recording, in milliseconds.
pub const LIVE_TEST_MS: u32 = 5_000;

impl AtDesk {
    /// Opens the sources, so that levels move; asking again for the same lanes keeps it going.
    pub(crate) fn begin_check(&self, lanes: Vec<LiveLane>) -> AppResult<()> {
        let desk = &self.desk;
        let _turn = desk.live.turn.lock();
        desk.refuse_while_live()?;
        if let Some(check) = &*desk.live.check.lock()
            && check.lanes == lanes
        {
            *check.asked.lock() = Instant::now();
            return Ok(());
        }
        desk.end_check();
        super::begin::checked_lanes(&lanes, false)?;
        let capture = desk.machine.capture.as_ref().ok_or_else(|| {
            let name = lanes.first().map(|l| l.name.clone()).unwrap_or_default();
            AppError::new(codes::LIVE_SOURCE_MISSING).with("name", name)
        })?;
        let weak = Arc::downgrade(desk);
        let tell = move |news: CaptureNews| {
            if let (CaptureNews::Levels { lanes, .. }, Some(desk)) = (news, weak.upgrade()) {
                let lanes = lanes.iter().map(lane_level).collect();
                desk.tell(DeskEvent::LiveLevels {
                    levels: LiveLevels {
                        position_ms: 0,
                        lanes,
                    },
                });
            }
        };
        let plan = CapturePlan {
            lanes: lanes.clone(),
            keep: None,
            hear: false,
        };
        let run = capture.begin(plan, Box::new(tell))?;
        let check = Arc::new(Check {
            lanes,
            run,
            asked: Mutex::new(Instant::now()),
            test: Mutex::new(None),
            over: Arc::default(),
            player: desk.machine.player.clone(),
            media: desk.machine.media.clone(),
        });
        watch(&check, Arc::downgrade(desk));
        *desk.live.check.lock() = Some(check);
        Ok(())
    }

    /// Keeps five seconds and looks at them.
    pub(crate) fn test_recording(&self) -> AppResult<LiveTest> {
        let check = self.asked_check()?;
        let media = &self.desk.machine.media;
        if let Some(before) = check.test.lock().take() {
            check.forget(&before);
        }
        let mut kept = Kept {
            recording_id: RecordingId(self.desk.id()),
            folder: media.work_dir()?,
            duration_ms: 0,
        };
        let tested = check.run.test(LIVE_TEST_MS, &kept.file());
        *check.asked.lock() = Instant::now();
        match tested {
            Ok(test) => {
                kept.duration_ms = test.duration_ms;
                if let Some(before) = check.test.lock().replace(kept) {
                    check.forget(&before);
                }
                Ok(test)
            }
            Err(e) => {
                media.discard(&kept.folder);
                Err(e)
            }
        }
    }

    /// Plays the test recording.
    pub(crate) fn play_test(&self) -> AppResult<()> {
        let check = self.asked_check()?;
        let test = check.test.lock();
        let kept = test
            .as_ref()
            .ok_or_else(|| AppError::new(codes::MEDIA_MISSING))?;
        let player = self
            .desk
            .machine
            .player
            .as_ref()
            .ok_or_else(|| AppError::new(codes::AUDIO_NO_DEVICE))?;
        self.remember_position();
        player.open(
            PlayerSource {
                recording_id: kept.recording_id,
                case_id: None,
                audio: Box::new(
                    File::open(kept.file()).map_err(|_| AppError::new(codes::MEDIA_MISSING))?,
                ),
                duration_ms: u64::from(kept.duration_ms),
                silences: Vec::new(),
            },
            0,
        )?;
        player.play(Some(0), 0);
        Ok(())
    }

    fn asked_check(&self) -> AppResult<Arc<Check>> {
        let check = self.desk.live.check.lock().clone();
        let check = check.ok_or_else(|| AppError::new(codes::LIVE_NOT_RUNNING))?;
        *check.asked.lock() = Instant::now();
        Ok(check)
    }
}

impl Desk {
    /// Lets go of the sources and of the test recording.
    pub(crate) fn end_check(&self) {
        // Dropped after the lock is let go: closing a device takes its time.
        let check = self.live.check.lock().take();
        drop(check);
    }
}

/// Ends the check when nobody has asked for a while.
fn watch(check: &Arc<Check>, desk: Weak<Desk>) {
    let (weak, over) = (Arc::downgrade(check), check.over.clone());
    let look = move || {
        loop {
            let Some(asked) = weak.upgrade().map(|c| *c.asked.lock()) else {
                return;
            };
            let until = asked + FORGOTTEN;
            if Instant::now() >= until {
                break;
            }
            let mut is_over = over.0.lock();
            if !*is_over {
                over.1.wait_until(&mut is_over, until);
            }
            if *is_over {
                return;
            }
        }
        if let (Some(_), Some(desk)) = (weak.upgrade(), desk.upgrade()) {
            tracing::info!("a forgotten check of the sources ended");
            desk.end_check();
        }
    };
    // A check that nobody ends on its own still ends with its screen, or with the next call.
    if let Err(e) = spawn_named("live-check", look, drop) {
        tracing::warn!(error = %e.kind(), "nobody ends a forgotten check of the sources");
    }
}
