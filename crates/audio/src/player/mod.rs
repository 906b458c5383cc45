//! The one player of a process.

mod engine;
mod mixer;
mod output;
mod plan;
mod render;
mod track;

pub use mixer::{Lost, Mixer};
pub use output::{MakeMixer, Outputs, RunningOutput};

use crossbeam_channel::{Sender, bounded, unbounded};
use engine::{Command, Loading, PlaybackEngine};
use parking_lot::Mutex;
use qinting_desk::{
    AppError, AppResult, HeardStretch, Kind, LaneChoice, OutputDevice, Player, PlayerSource,
    PlayerState, Span, codes,
};
use render::PcmFile;
use std::sync::Arc;
use std::time::Duration;

/// Longest that [`Player::open`] waits for the player's thread: a word, not a sound device.
const LOADED_WITHIN: Duration = Duration::from_secs(1);

/// Starts the player on the devices of this machine.
pub fn start_player() -> Arc<dyn Player> {
    start_player_on(Arc::new(output::Devices))
}

/// Starts a player on outputs of the caller's choice.
pub fn start_player_on(outputs: Arc<dyn Outputs>) -> Arc<dyn Player> {
    let (commands, inbox) = unbounded();
    let state = Arc::new(Mutex::new(PlayerState::idle()));
    let (shown, sinks) = (state.clone(), outputs.clone());
    let spawned = std::thread::Builder::new()
        .name("player".into())
        .spawn(move || PlaybackEngine::new(inbox, sinks, shown).run());
    if let Err(e) = spawned {
        // Without its thread the player takes commands and does nothing; the rest goes on.
        tracing::error!(error = %e.kind(), "player thread could not start");
    }
    Arc::new(Handle {
        commands,
        state,
        outputs,
    })
}

struct Handle {
    commands: Sender<Command>,
    state: Arc<Mutex<PlayerState>>,
    outputs: Arc<dyn Outputs>,
}

impl Handle {
    fn send(&self, command: Command) {
        // The engine lives as long as this handle does.
        let _ = self.commands.send(command);
    }
}

impl Player for Handle {
    fn open(&self, source: PlayerSource, at_ms: u64) -> AppResult<()> {
        let PlayerSource {
            recording_id,
            case_id,
            audio,
            silences,
            ..
        } = source;
        let pcm = PcmFile::open(audio)
            .map_err(|e| AppError::new(codes::MEDIA_MISSING).because(Kind::of(&e)))?;
        let (loaded, is_loaded) = bounded(1);
        self.send(Command::Open {
            source: Box::new(Loading {
                recording_id,
                case_id,
                silences,
            }),
            pcm: Box::new(pcm),
            at_ms,
            loaded,
        });
        // Who asks for the state next must hear of this recording, not of the one before.
        let _ = is_loaded.recv_timeout(LOADED_WITHIN);
        Ok(())
    }

    fn close(&self) {
        self.send(Command::Close);
    }

    fn play(&self, at_ms: Option<u64>, back_step_ms: u32) {
        self.send(Command::Play {
            at_ms,
            back_step_ms,
        });
    }

    fn play_range(&self, start_ms: u64, end_ms: u64) {
        self.send(Command::PlayRange(Span { start_ms, end_ms }));
    }

    fn pause(&self) {
        self.send(Command::Pause);
    }

    fn seek(&self, at_ms: u64) {
        self.send(Command::Seek(at_ms));
    }

    fn set_speed(&self, speed: f32) {
        self.send(Command::Speed(speed));
    }

    fn set_skip_silence(&self, on: bool) {
        self.send(Command::SkipSilence(on));
    }

    fn set_loop(&self, range: Option<(u64, u64)>) {
        self.send(Command::Loop(
            range.map(|(start_ms, end_ms)| Span { start_ms, end_ms }),
        ));
    }

    fn set_lanes(&self, lanes: LaneChoice) {
        self.send(Command::Lanes(lanes));
    }

    fn set_device(&self, id: Option<String>) -> AppResult<()> {
        if let Some(id) = &id
            && !self.outputs.devices().iter().any(|d| d.id == *id)
        {
            return Err(AppError::new(codes::NOT_FOUND).with("what", "device"));
        }
        self.send(Command::Device(id));
        Ok(())
    }

    fn devices(&self) -> AppResult<Vec<OutputDevice>> {
        Ok(self.outputs.devices())
    }

    fn state(&self) -> PlayerState {
        self.state.lock().clone()
    }

    fn on_state(&self, listener: Box<dyn Fn(PlayerState) + Send>) {
        self.send(Command::Listen(listener));
    }

    fn take_heard(&self) -> Vec<HeardStretch> {
        let (asked, told) = bounded(1);
        self.send(Command::TakeHeard(asked));
        // After all that was commanded before.
        told.recv_timeout(LOADED_WITHIN).unwrap_or_default()
    }
}
