//! What the sound of recordings tells, measured in the background and kept beside the waveform.

use crate::acoustics::SoundTold;
use crate::desk::Desk;
use crate::jobs::{Turn, Work, Worked};
use crate::thread::surviving;
use qinting_app::*;
use qinting_domain::acoustics::stretches::united;
use qinting_domain::*;
use std::io::{Read, Result as IoResult, Seek, SeekFrom};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Recordings that are looked for at once.
const SOME: u32 = 50;
/// After this long what is more urgent has its turn.
const TURN: Duration = Duration::from_secs(1);
/// How often whoever measures looks whether a call is heard in another process.
const LOOK: Duration = Duration::from_millis(200);
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

    /// Files of a recording were mended, or it was taken again: where its sound could not be read, it is tried again.
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

    /// Whether what was measured of a recording is there, as long as it has to be; or whole, where all of it is read.
    /// Nobody has to mend it: it follows from the sound, and is measured anew where it is lost.
    pub(crate) fn look_at_measured(&self, id: RecordingId, is_read: bool) -> AppResult<()> {
        let Some(SoundOnRecord::Measured(sha256)) = self.ports.store.sound_of(id)? else {
            return Ok(());
        };
        let is_there = match is_read {
            true => self.measured(id, &sha256).is_some(),
            // What the system does not give is looked at once more when somebody reads it.
            false => self.blob(id, &sha256).is_ok_and(|blob| {
                let length = self.machine.media.length_of(&blob);
                length.map_or(true, |bytes| bytes.is_some() && bytes == blob.bytes)
            }),
        };
        match is_there {
            true => Ok(()),
            false => self.measure_anew(id).map(drop),
        }
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
    pub(crate) fn measure(self: &Arc<Self>, id: RecordingId, cancel: &Cancel) -> AppResult<()> {
        let Some(recording) = self.recording(id)? else {
            return Ok(());
        };
        let gaps = self.missing_in(&recording)?;
        let measure = || {
            let audio = Box::new(Yielding {
                bytes: self.bytes(id, &recording.audio_sha256)?,
                desk: self.clone(),
                looked: Instant::now(),
            });
            let found = self
                .machine
                .audio
                .acoustics(audio, &recording, &gaps, cancel)?;
            match found.can_be_true() {
                true => Ok(found),
                false => {
                    Err(AppError::new(codes::INTERNAL).because("what was measured cannot be true"))
                }
            }
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

    /// Where a recording holds no sound of the call. A line that carried nothing but zeros did carry those.
    fn missing_in(&self, recording: &Recording) -> AppResult<Vec<Stretch>> {
        let length_ms = recording.duration_ms;
        let gaps = self.ports.store.gaps_of(recording.id)?.into_iter();
        let missing: Vec<Stretch> = gaps
            .filter(|gap| gap.kind != GapKind::Zeros)
            .map(|gap| Stretch::new(gap.start_ms, gap.end_ms.unwrap_or(length_ms)))
            .collect();
        Ok(united(&missing, &[], length_ms))
    }

    fn seal_measured(
        &self,
        id: RecordingId,
        found: &Acoustics,
    ) -> AppResult<(Blob, Option<SoundSummary>)> {
        let bytes = found.to_bytes();
        let sha256 = sha256_of(&bytes);
        let blob = self.new_blob(id, BlobRole::Acoustics, &sha256, Some(bytes.len() as u64));
        self.machine.media.seal_bytes(&bytes, &blob)?;
        Ok((blob, SoundSummary::of(&SoundFigures::of(found))))
    }
}

/// Sound that is read until a call is heard, in whichever process.
struct Yielding {
    bytes: Box<dyn Bytes>,
    desk: Arc<Desk>,
    looked: Instant,
}

impl Read for Yielding {
    fn read(&mut self, to: &mut [u8]) -> IoResult<usize> {
        if self.looked.elapsed() > LOOK {
            self.looked = Instant::now();
            if self.desk.is_live_anywhere() {
                self.desk.runner.yield_to_live();
            }
        }
        self.bytes.read(to)
    }
}

impl Seek for Yielding {
    fn seek(&mut self, to: SeekFrom) -> IoResult<u64> {
        self.bytes.seek(to)
    }
}

impl Work for MeasureSound {
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
