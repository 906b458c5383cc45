//! A player that holds what it is given, and plays nothing.

use parking_lot::Mutex;
use qinting_desk::*;

/// A player that holds one call, and what a test says was heard.
#[derive(Default)]
pub struct Holding(
    pub Mutex<Option<PlayerSource>>,
    pub Mutex<Vec<HeardStretch>>,
);

impl Player for Holding {
    fn open(&self, source: PlayerSource, _: u64) -> AppResult<()> {
        *self.0.lock() = Some(source);
        Ok(())
    }
    fn close(&self) {
        self.0.lock().take();
    }
    fn play(&self, _: Option<u64>, _: u32) {}
    fn play_range(&self, _: u64, _: u64) {}
    fn pause(&self) {}
    fn seek(&self, _: u64) {}
    fn set_speed(&self, _: f32) {}
    fn set_skip_silence(&self, _: bool) {}
    fn set_loop(&self, _: Option<(u64, u64)>) {}
    fn set_lanes(&self, _: LaneChoice) {}
    fn set_device(&self, _: Option<String>) -> AppResult<()> {
        Ok(())
    }
    fn devices(&self) -> AppResult<Vec<OutputDevice>> {
        Ok(Vec::new())
    }
    fn state(&self) -> PlayerState {
        let held = self.0.lock();
        PlayerState {
            recording_id: held.as_ref().map(|s| s.recording_id),
            case_id: held.as_ref().and_then(|s| s.case_id),
            ..PlayerState::idle()
        }
    }
    fn on_state(&self, _: Box<dyn Fn(PlayerState) + Send>) {}
    fn take_heard(&self) -> Vec<HeardStretch> {
        std::mem::take(&mut self.1.lock())
    }
}
