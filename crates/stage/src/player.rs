//! A player that makes no sound. Where it stands follows the clock of the stage.

use parking_lot::Mutex;
use qinting_desk::*;

/// Listens to what the player is at.
type Listener = Box<dyn Fn(PlayerState) + Send>;

/// The player of a stage.
pub(crate) struct SilentPlayer {
    state: Mutex<PlayerState>,
    listener: Mutex<Option<Listener>>,
}

impl Default for SilentPlayer {
    fn default() -> Self {
        Self {
            state: Mutex::new(PlayerState::idle()),
            listener: Mutex::new(None),
        }
    }
}

impl SilentPlayer {
    /// Time passed: what plays is further on.
    pub fn pass(&self, ms: u64) {
        if !self.state.lock().playing {
            return;
        }
        self.change(|state| {
            state.position_ms += (ms as f64 * f64::from(state.speed)) as u64;
            if let Some(range) = &state.loop_range
                && state.position_ms >= range.end_ms
            {
                state.position_ms = range.start_ms;
            }
            let end = state
                .clip
                .as_ref()
                .map_or(state.duration_ms, |clip| clip.end_ms);
            if state.position_ms >= end {
                state.position_ms = end;
                state.playing = false;
                state.clip = None;
            }
        });
    }

    fn change(&self, change: impl FnOnce(&mut PlayerState)) {
        let state = {
            let mut state = self.state.lock();
            change(&mut state);
            state.clone()
        };
        if let Some(tell) = &*self.listener.lock() {
            tell(state);
        }
    }
}

impl Player for SilentPlayer {
    fn open(&self, source: PlayerSource, at_ms: u64) -> AppResult<()> {
        self.change(|state| {
            *state = PlayerState {
                recording_id: Some(source.recording_id),
                case_id: source.case_id,
                position_ms: at_ms.min(source.duration_ms),
                duration_ms: source.duration_ms,
                device: state.device.clone(),
                ..PlayerState::idle()
            };
        });
        Ok(())
    }

    fn close(&self) {
        self.change(|state| *state = PlayerState::idle());
    }

    fn play(&self, at_ms: Option<u64>, back_step_ms: u32) {
        self.change(|state| {
            if let Some(at_ms) = at_ms {
                state.position_ms = at_ms.min(state.duration_ms);
            } else if !state.playing {
                state.position_ms = state.position_ms.saturating_sub(u64::from(back_step_ms));
            }
            state.playing = true;
            state.clip = None;
        });
    }

    fn play_range(&self, start_ms: u64, end_ms: u64) {
        self.change(|state| {
            state.position_ms = start_ms;
            state.clip = Some(Span { start_ms, end_ms });
            state.playing = true;
        });
    }

    fn pause(&self) {
        self.change(|state| {
            state.playing = false;
            state.clip = None;
        });
    }

    fn seek(&self, at_ms: u64) {
        self.change(|state| state.position_ms = at_ms.min(state.duration_ms));
    }

    fn set_speed(&self, speed: f32) {
        self.change(|state| state.speed = speed);
    }

    fn set_skip_silence(&self, on: bool) {
        self.change(|state| state.skip_silence = on);
    }

    fn set_loop(&self, range: Option<(u64, u64)>) {
        let span = range.map(|(start_ms, end_ms)| Span { start_ms, end_ms });
        self.change(|state| state.loop_range = span);
    }

    fn set_lanes(&self, lanes: LaneChoice) {
        self.change(|state| state.lanes = lanes);
    }

    fn set_device(&self, id: Option<String>) -> AppResult<()> {
        self.change(|state| state.device = id);
        Ok(())
    }

    fn devices(&self) -> AppResult<Vec<OutputDevice>> {
        let device = |id: &str, name: &str, is_default| OutputDevice {
            id: id.to_owned(),
            name: name.to_owned(),
            is_default,
        };
        Ok(vec![
            device("default", "内置扬声器", true),
            device("headset", "USB 耳机", false),
        ])
    }

    fn state(&self) -> PlayerState {
        self.state.lock().clone()
    }

    fn on_state(&self, listener: Listener) {
        *self.listener.lock() = Some(listener);
    }

    fn take_heard(&self) -> Vec<HeardStretch> {
        // Nothing sounded.
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clip_plays_as_long_as_it_lasts_and_stops_at_its_end() {
        let player = SilentPlayer::default();
        player.play_range(1_000, 3_000);
        player.pass(1_500);
        assert_eq!(
            (player.state().position_ms, player.state().playing),
            (2_500, true)
        );
        player.pass(1_500);
        assert_eq!(
            (player.state().position_ms, player.state().playing),
            (3_000, false)
        );
    }

    #[test]
    fn what_does_not_play_stays_where_it_is() {
        let player = SilentPlayer::default();
        player.pass(1_500);
        assert_eq!(player.state(), PlayerState::idle());
    }
}
