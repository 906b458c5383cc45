//! What a decoder made of sources, in a work folder that goes when it is let go.

use crate::desk::Desk;
use crate::ports::*;
use qinting_app::*;
use qinting_domain::*;
use std::path::PathBuf;
use std::sync::Arc;

/// Decoded sources that are no bytes of a recording yet.
pub(crate) struct Decoded {
    media: Arc<dyn MediaFolder>,
    work_dir: PathBuf,
    /// What it is.
    pub(crate) ingested: Ingested,
}

/// Decoded sources that lie sealed, for one recording.
pub(crate) struct Sealed {
    /// What they are.
    pub(crate) ingested: Ingested,
    /// Their bytes; on record once a commit names them.
    pub(crate) blobs: Vec<Blob>,
}

impl Decoded {
    /// Decodes the sources of a request in a fresh work folder.
    pub(crate) fn of(
        desk: &Desk,
        request: IngestRequest,
        progress: &mut dyn FnMut(u16),
        cancel: &Cancel,
    ) -> AppResult<Self> {
        let machine = &desk.machine;
        let mut decoded = Self {
            media: machine.media.clone(),
            work_dir: machine.media.work_dir()?,
            ingested: Ingested::default(),
        };
        let request = IngestRequest {
            work_dir: decoded.work_dir.clone(),
            ..request
        };
        decoded.ingested = machine.decoder.ingest(&request, progress, cancel)?;
        Ok(decoded)
    }

    /// Seals it as the bytes of a recording: sources, playable audio, peaks. What the recording holds
    /// already takes the place of what was there.
    pub(crate) fn seal(mut self, desk: &Desk, recording: RecordingId) -> AppResult<Sealed> {
        let ingested = std::mem::take(&mut self.ingested);
        let sources = ingested.sources.iter().enumerate();
        let sources = sources.map(|(i, source)| {
            let file = format!("source-{i}");
            (BlobRole::Source, &source.sha256, file, Some(source.bytes))
        });
        let made = [
            (BlobRole::Audio, &ingested.audio_sha256, "audio.wav"),
            (BlobRole::Peaks, &ingested.peaks_sha256, "audio.peaks"),
        ];
        let made = made.map(|(role, sha256, file)| (role, sha256, file.to_owned(), None));
        let mut blobs: Vec<Blob> = Vec::new();
        for (role, sha256, file, bytes) in sources.chain(made) {
            let known = desk.ports.store.blob_of(recording, sha256)?;
            let known = known.or_else(|| blobs.iter().find(|b| b.sha256 == *sha256).cloned());
            let blob = known.unwrap_or_else(|| desk.new_blob(recording, role, sha256, bytes));
            self.media.seal(&self.work_dir.join(file), &blob)?;
            blobs.push(blob);
        }
        Ok(Sealed { ingested, blobs })
    }
}

impl Drop for Decoded {
    fn drop(&mut self) {
        self.media.discard(&self.work_dir);
    }
}

impl Desk {
    /// Bytes of a recording that are not sealed yet.
    pub(crate) fn new_blob(
        &self,
        recording_id: RecordingId,
        role: BlobRole,
        sha256: &Sha256,
        bytes: Option<u64>,
    ) -> Blob {
        Blob {
            // Not even when it was made follows from it.
            id: BlobId(id_of([b"blob", &self.id().as_bytes()[..]])),
            recording_id,
            role,
            format: PLAIN,
            sha256: sha256.clone(),
            bytes,
        }
    }

    /// The bytes of a recording that hold this, as they are on record; `media.missing` where none are.
    pub(crate) fn blob(&self, recording: RecordingId, sha256: &str) -> AppResult<Blob> {
        let blob = self.ports.store.blob_of(recording, sha256)?;
        blob.ok_or_else(|| AppError::new(codes::MEDIA_MISSING))
    }

    /// Opens them.
    pub(crate) fn bytes(&self, recording: RecordingId, sha256: &str) -> AppResult<Box<dyn Bytes>> {
        self.machine.media.open(&self.blob(recording, sha256)?)
    }

    /// Opens the waveform of a recording.
    pub(crate) fn peaks_of(&self, recording: &Recording) -> AppResult<Box<dyn Bytes>> {
        self.bytes(recording.id, &recording.peaks_sha256)
    }

    /// How many bytes there are; none where nothing is on record.
    pub(crate) fn length_of(&self, recording: RecordingId, sha256: &str) -> AppResult<Option<u64>> {
        match self.ports.store.blob_of(recording, sha256)? {
            Some(blob) => self.machine.media.length_of(&blob),
            None => Ok(None),
        }
    }
}
