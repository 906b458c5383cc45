//! A player that plays nothing.

use qinting_desk::{AppResult, LaneChoice, OutputDevice, Player, PlayerSource, PlayerState};

/// While the story is told nobody listens; people only open calls, so that the workspace knows who
/// has heard which. Holds no call: the place of one person must not be taken for another's.
pub struct StoryPlayer;

impl Player for StoryPlayer {
    fn open(&self, _: PlayerSource, _: u64) -> AppResult<()> {
        Ok(())
    }
    fn close(&self) {}
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
        PlayerState {
            silent: true,
            ..PlayerState::idle()
        }
    }
    fn on_state(&self, _: Box<dyn Fn(PlayerState) + Send>) {}
}
