//! The player, as a person at this desk uses it.

mod heard;
pub(crate) mod shapes;

pub(crate) use heard::{Ears, keep_what_is_heard};
pub use shapes::*;

use crate::desk::{AtDesk, Desk};
use crate::ports::Player;
use crate::ports::PlayerSource;
use qinting_app::*;
use qinting_domain::*;
use uuid::Uuid;

impl AtDesk {
    /// Loads a case, paused: at `at_ms`, or where this person left off, with their speed.
    pub fn player_open(&self, request: OpenPlayer) -> AppResult<PlayerState> {
        let player = self.player()?;
        self.fetch::<Case>(request.case_id)?;
        let recording = self
            .recording_of(request.case_id)?
            .ok_or_else(|| AppError::new(codes::NOT_FOUND).with("kind", "recording"))?;
        self.desk.needs_sound(&recording)?;
        self.remember_position();
        let left = self.read(|seen| seen.listen_state(request.case_id, self.actor()))?;
        let at_ms = request
            .at_ms
            .or(left.as_ref().map(|l| l.position_ms))
            .unwrap_or(0);
        // Somebody who reopens a finished call wants to hear it again, not its last instant.
        let at_ms = if at_ms + 500 >= recording.duration_ms && request.at_ms.is_none() {
            0
        } else {
            at_ms
        };
        self.desk.load(&recording, at_ms)?;
        let speed = left.map_or(1.0, |l| l.speed);
        player.set_speed(speed);
        self.remember(&recording, at_ms);
        // The player may be about to hear of the speed.
        Ok(PlayerState {
            speed,
            ..player.state()
        })
    }

    /// Ends what is playing when whoever sits here now does not see its call.
    pub(crate) fn stop_what_is_hidden(&self) {
        let Some(player) = &self.desk.machine.player else {
            return;
        };
        if player
            .state()
            .case_id
            .is_some_and(|case| self.fetch::<Case>(case).is_err())
        {
            player.pause();
        }
    }

    /// Plays; `Some(ms)` from there, `None` from where it stands, a little back.
    pub fn player_play(&self, at_ms: Option<u32>) -> AppResult<()> {
        // What is loaded may have gone into the bin since.
        if let Some(case) = self.player()?.state().case_id {
            self.fetch::<Case>(case)?;
        }
        let back = self.read(|seen| seen.person_settings())?.back_step_ms;
        self.desk.is_heard_by(self.actor());
        self.player()?.play(at_ms.map(u64::from), back);
        Ok(())
    }

    /// Pauses and keeps the place.
    pub fn player_pause(&self, _: ()) -> AppResult<()> {
        self.player()?.pause();
        self.remember_position();
        Ok(())
    }

    /// Goes to a place, the end at most, and ends the clip that is played.
    pub fn player_seek(&self, at_ms: u32) -> AppResult<()> {
        self.player()?.seek(u64::from(at_ms));
        self.remember_position();
        Ok(())
    }

    /// 0.5–3×, kept per case.
    pub fn player_speed(&self, speed: f32) -> AppResult<()> {
        if !(0.5..=3.0).contains(&speed) {
            return Err(AppError::new(codes::INVALID).with("field", "speed"));
        }
        self.player()?.set_speed(speed);
        self.remember_position();
        Ok(())
    }

    /// Jumps over silence.
    pub fn player_skip_silence(&self, on: bool) -> AppResult<()> {
        self.player()?.set_skip_silence(on);
        Ok(())
    }

    /// Repeats a range.
    pub fn player_loop(&self, span: Option<Span>) -> AppResult<()> {
        self.player()?
            .set_loop(span.map(|s| (s.start_ms, s.end_ms)));
        Ok(())
    }

    /// Mutes and solos lanes.
    pub fn player_lanes(&self, lanes: LaneChoice) -> AppResult<()> {
        self.player()?.set_lanes(lanes);
        Ok(())
    }

    /// Chooses an output.
    pub fn player_device(&self, id: Option<String>) -> AppResult<()> {
        self.player()?.set_device(id)
    }

    /// Plays a moment in place, wherever it is listed.
    pub fn player_clip(&self, clip: PlayClip) -> AppResult<()> {
        let player = self.player()?;
        let recording = self.open_recording(clip.recording_id)?;
        if player.state().recording_id != Some(clip.recording_id) {
            self.desk.needs_sound(&recording)?;
            self.remember_position();
            self.desk.load(&recording, clip.start_ms)?;
        }
        self.desk.is_heard_by(self.actor());
        player.play_range(clip.start_ms, clip.end_ms);
        Ok(())
    }

    /// The present state.
    pub fn player_state(&self, _: ()) -> AppResult<PlayerState> {
        Ok(self.player()?.state())
    }

    /// What can be played through.
    pub fn audio_devices(&self, _: ()) -> AppResult<Vec<OutputDevice>> {
        self.player()?.devices()
    }

    /// Keeps where this person stands in the loaded case. Clips played elsewhere do not count:
    /// they must not move the place in a call somebody is half through.
    pub fn remember_position(&self) {
        let Some(player) = &self.desk.machine.player else {
            return;
        };
        let state = player.state();
        let (Some(case), None) = (state.case_id, state.clip) else {
            return;
        };
        let left = ListenState {
            position_ms: state.position_ms,
            speed: state.speed,
        };
        let kept =
            self.desk
                .ports
                .store
                .save_listen_state(case, self.actor(), &left, self.desk.now());
        if let Err(e) = kept {
            tracing::warn!(%case, code = e.code(), "position not kept");
        }
    }

    fn remember(&self, recording: &Recording, at_ms: u64) {
        let speed = self
            .desk
            .machine
            .player
            .as_ref()
            .map_or(1.0, |p| p.state().speed);
        let left = ListenState {
            position_ms: at_ms,
            speed,
        };
        let kept = self.desk.ports.store.save_listen_state(
            recording.case_id,
            self.actor(),
            &left,
            self.desk.now(),
        );
        if let Err(e) = kept {
            tracing::warn!(case = %recording.case_id, code = e.code(), "position not kept");
        }
    }

    fn player(&self) -> AppResult<&dyn Player> {
        self.desk.player()
    }

    /// Min/max pairs of a window of the waveform.
    pub fn peaks(&self, request: PeaksRequest) -> AppResult<Vec<u8>> {
        let recording = self.open_recording(request.recording_id)?;
        if request.columns == 0 || request.columns > 8192 {
            return Err(AppError::new(codes::INVALID).with("field", "columns"));
        }
        self.desk.needs_sound(&recording)?;
        let peaks = self.desk.peaks_of(&recording)?;
        self.desk.machine.audio.peaks(peaks, &recording, &request)
    }
}

impl Desk {
    fn player(&self) -> AppResult<&dyn Player> {
        let player = self.machine.player.as_deref();
        player.ok_or_else(|| AppError::new(codes::AUDIO_NO_DEVICE))
    }

    /// What is loaded follows its records: a call that was taken away is unloaded, and where the sound
    /// of a recording is another now, it is loaded anew and paused.
    pub(crate) fn follow(&self, event: &RecordEvent) {
        let (RecordEvent::Changed { touched, .. }, Some(player)) = (event, &self.machine.player)
        else {
            return;
        };
        let is_of_sound = |t: &Touched| matches!(t.kind, EntityKind::Case | EntityKind::Recording);
        if !touched.iter().any(is_of_sound) {
            return;
        }
        let state = player.state();
        let is_touched = |id: Uuid| touched.iter().any(|t| t.id == id);
        let now = |kind, id: Uuid| {
            let record = is_touched(id).then(|| self.ports.store.record(kind, id).ok());
            record.flatten().flatten()
        };
        let case = state.case_id.and_then(|id| now(EntityKind::Case, id.0));
        if case.is_some_and(|case| case.meta().deleted_at.is_some()) {
            player.close();
            return;
        }
        let recording = state.recording_id;
        let recording = recording.and_then(|id| now(EntityKind::Recording, id.0));
        let Some(Record::Recording(recording)) = recording else {
            return;
        };
        let is_other = *self.loaded.lock() != recording.audio_sha256;
        if is_other {
            self.reload(&recording);
        }
    }

    /// The sound of a recording is another now: where it is loaded, it is loaded anew and paused.
    pub(crate) fn reload(&self, recording: &Recording) {
        let Some(player) = &self.machine.player else {
            return;
        };
        let state = player.state();
        if state.recording_id != Some(recording.id) {
            return;
        }
        let at_ms = state.position_ms.min(recording.duration_ms);
        if let Err(e) = self.load(recording, at_ms) {
            tracing::warn!(recording = %recording.id, code = e.code(), "not loaded anew");
        }
    }

    fn load(&self, recording: &Recording, at_ms: u64) -> AppResult<()> {
        // Without its waveform a call is played all the same.
        let peaks = self.peaks_of(recording);
        let regions = peaks.and_then(|peaks| self.machine.audio.regions(peaks, recording));
        let regions = regions.unwrap_or_default();
        let audio = self.bytes(recording.id, &recording.audio_sha256)?;
        *self.loaded.lock() = recording.audio_sha256.clone();
        self.player()?.open(
            PlayerSource {
                recording_id: recording.id,
                case_id: Some(recording.case_id),
                audio,
                duration_ms: recording.duration_ms,
                silences: regions
                    .into_iter()
                    .filter(|r| r.kind == RegionKind::Silence)
                    .collect(),
            },
            at_ms,
        )
    }
}
