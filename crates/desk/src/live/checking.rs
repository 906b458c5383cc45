//! A check of the sources that goes on.

use crate::live::ports::CaptureRun;
use crate::ports::Player;
use parking_lot::{Condvar, Mutex};
use qinting_app::MediaFolder;
use qinting_domain::{LiveLane, RecordingId};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// A running check.
pub(super) struct Check {
    pub(super) lanes: Vec<LiveLane>,
    pub(super) run: Box<dyn CaptureRun>,
    pub(super) asked: Mutex<Instant>,
    pub(super) test: Mutex<Option<Kept>>,
    pub(super) over: Arc<(Mutex<bool>, Condvar)>,
    pub(super) player: Option<Arc<dyn Player>>,
    pub(super) media: Arc<dyn MediaFolder>,
}

/// A test recording.
pub(super) struct Kept {
    pub(super) recording_id: RecordingId,
    pub(super) folder: PathBuf,
    pub(super) duration_ms: u32,
}

impl Kept {
    pub(super) fn file(&self) -> PathBuf {
        self.folder.join("test.wav")
    }
}

impl Check {
    pub(super) fn forget(&self, kept: &Kept) {
        if let Some(player) = &self.player
            && player.state().recording_id == Some(kept.recording_id)
        {
            player.close();
        }
        self.media.discard(&kept.folder);
    }
}

impl Drop for Check {
    fn drop(&mut self) {
        *self.over.0.lock() = true;
        self.over.1.notify_all();
        if let Some(kept) = self.test.lock().take() {
            self.forget(&kept);
        }
    }
}
