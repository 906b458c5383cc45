//! A player that plays nothing.

use parking_lot::Mutex;
use qinting_desk::{
    AppResult, HeardStretch, LaneChoice, OutputDevice, Player, PlayerSource, PlayerState,
};
use std::time::Duration;

/// While the story is told nobody has to wait for it: whoever plays a call has heard it to its end. Shows no
/// call: the place of one person must not be taken for another's.
#[derive(Default)]
pub struct StoryPlayer {
    opened: Mutex<Option<PlayerSource>>,
    heard: Mutex<Vec<HeardStretch>>,
}

impl Player for StoryPlayer {
    fn open(&self, source: PlayerSource, _: u64) -> AppResult<()> {
        *self.opened.lock() = Some(source);
        Ok(())
    }
    fn close(&self) {}
    fn play(&self, _: Option<u64>, _: u32) {
        let opened = self.opened.lock().take();
        self.heard.lock().extend(opened.map(|source| HeardStretch {
            recording_id: source.recording_id,
            from_ms: 0,
            to_ms: source.duration_ms,
            played_ms: source.duration_ms,
            lasted: Duration::from_millis(source.duration_ms),
            ended_ago: Duration::ZERO,
        }));
    }
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
        PlayerState {
            silent: true,
            ..PlayerState::idle()
        }
    }
    fn on_state(&self, _: Box<dyn Fn(PlayerState) + Send>) {}
    fn take_heard(&self) -> Vec<HeardStretch> {
        std::mem::take(&mut self.heard.lock())
    }
}
