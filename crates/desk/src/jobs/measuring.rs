//! What the sound of recordings tells, measured in the background and kept beside the waveform.

use crate::acoustics::SoundTold;
use crate::desk::Desk;
use crate::jobs::{Turn, Work, Worked};
use crate::thread::surviving;
use qinting_app::*;
use qinting_domain::*;
use std::io::Read;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Recordings that are looked for at once.
const SOME: u32 = 50;
/// After this long what is more urgent has its turn.
const TURN: Duration = Duration::from_secs(1);
/// What was measured is small: an hour of quick talk has some hundred kilobytes.
const MOST_BYTES: u64 = 16 << 20;

impl Desk {
    /// Queues the measuring of recordings where the sound of one was not measured by the present rules.
    pub fn look_at_sound(&self) -> AppResult<()> {
        if self.ports.store.unmeasured(self.now(), 1)?.is_empty() {
            return Ok(());
        }
        self.queue(MeasureSound {})
    }

    /// Recordings changed: sound that is new to them is measured.
    pub(crate) fn look_at_changed_sound(&self, event: &RecordEvent) {
        let RecordEvent::Changed { touched, .. } = event else {
            return;
        };
        let recordings = touched.iter().filter(|t| t.kind == EntityKind::Recording);
        let mut unmeasured = recordings.map(|t| self.is_unmeasured(RecordingId(t.id)));
        let queued = match unmeasured.find(|is| !matches!(is, Ok(false))) {
            Some(Ok(_)) => self.queue(MeasureSound {}),
            Some(Err(e)) => Err(e),
            None => Ok(()),
        };
        if let Err(e) = queued {
            tracing::warn!(error = %e.kind(), "what the sound tells waits for the next start");
        }
    }

    fn is_unmeasured(&self, id: RecordingId) -> AppResult<bool> {
        let recording = self.recording(id)?;
        let has_audio = recording.is_some_and(|r| r.has_audio() && r.meta.deleted_at.is_none());
        Ok(has_audio && self.ports.store.sound_of(id)?.is_none())
    }

    fn recording(&self, id: RecordingId) -> AppResult<Option<Recording>> {
        let record = self.ports.store.record(EntityKind::Recording, id.0)?;
        Ok(record.and_then(Recording::from_record))
    }

    /// Files of a recording were mended: where its sound could not be read, it is tried again.
    pub(crate) fn measure_mended(&self, id: RecordingId) -> AppResult<()> {
        match self.ports.store.sound_of(id)? {
            Some(SoundOnRecord::Unreadable) => self.measure_anew(id).map(drop),
            _ => Ok(()),
        }
    }

    /// What was measured is not there any more, or was not to be had: it is measured once more. Where nothing can be
    /// written, that is as good as unreadable.
    pub(crate) fn measure_anew(&self, id: RecordingId) -> AppResult<SoundTold> {
        if self.may_write().is_err() {
            return Ok(SoundTold::Unreadable);
        }
        self.ports.store.forget_measured(id)?;
        self.queue(MeasureSound {})?;
        Ok(SoundTold::Waiting)
    }

    /// What was measured, out of its bytes; nothing where they are gone or damaged.
    pub(crate) fn measured(&self, id: RecordingId, sha256: &Sha256) -> Option<Acoustics> {
        let read = || -> AppResult<Vec<u8>> {
            let mut bytes = Vec::new();
            let mut open = self.bytes(id, sha256)?.take(MOST_BYTES);
            open.read_to_end(&mut bytes)
                .map_err(|e| AppError::new(codes::MEDIA_UNREADABLE).because(e))?;
            Ok(bytes)
        };
        let bytes = read();
        if let Err(e) = &bytes {
            tracing::warn!(recording = %id, code = e.code(), "what was measured is unreadable");
        }
        let bytes = bytes.ok().filter(|bytes| sha256_of(bytes) == *sha256)?;
        Acoustics::from_bytes(&bytes)
    }

    /// Measures a recording and puts on record what comes of it. What cannot be read is no reason to leave the others.
    pub(crate) fn measure(&self, id: RecordingId, cancel: &Cancel) -> AppResult<()> {
        let Some(recording) = self.recording(id)? else {
            return Ok(());
        };
        let measure = || {
            let audio = self.bytes(id, &recording.audio_sha256)?;
            self.machine.audio.acoustics(audio, &recording, cancel)
        };
        let found = match surviving("acoustics", measure).flatten() {
            Err(e) if e.code() == codes::CANCELLED => return Err(e),
            Err(e) => {
                tracing::warn!(recording = %id, error = %e.kind(), "sound not measured");
                None
            }
            Ok(measured) => Some(self.seal_measured(id, &measured)?),
        };
        self.ports.store.keep_measured(&MeasuredSound {
            recording_id: id,
            sound_sha256: recording.audio_sha256,
            at: self.now(),
            found,
        })?;
        self.tell_of(&RecordEvent::Sound { recording_id: id });
        Ok(())
    }

    fn seal_measured(&self, id: RecordingId, found: &Acoustics) -> AppResult<(Blob, SoundSummary)> {
        let bytes = found.to_bytes();
        let sha256 = sha256_of(&bytes);
        let blob = self.new_blob(id, BlobRole::Acoustics, &sha256, Some(bytes.len() as u64));
        self.machine.media.seal_bytes(&bytes, &blob)?;
        Ok((blob, SoundSummary::of(&SoundFigures::of(found))))
    }
}

impl Work for MeasureSound {
    /// A call that is heard needs the machine.
    fn may_begin(desk: &Desk) -> bool {
        !desk.is_live_anywhere()
    }

    fn work(&self, turn: &mut Turn<'_>) -> AppResult<Worked> {
        let (desk, begun) = (turn.desk, Instant::now());
        let some = desk.ports.store.unmeasured(desk.now(), SOME)?;
        for recording in &some {
            if turn.cancel.is_cancelled() {
                return Err(AppError::new(codes::CANCELLED));
            }
            if begun.elapsed() > TURN || desk.is_live_anywhere() {
                return Ok(Worked::More);
            }
            desk.measure(*recording, turn.cancel)?;
        }
        match some.is_empty() {
            true => Ok(Worked::Done),
            false => Ok(Worked::More),
        }
    }

    /// What was brought in while this one ended was not queued beside it.
    fn over(&self, desk: &Arc<Desk>, job: &Job) {
        if job.state == JobState::Done
            && let Err(e) = desk.look_at_sound()
        {
            tracing::warn!(error = %e.kind(), "what the sound tells waits for the next start");
        }
    }
}
