//! What a decoder made of sources, in a work folder that goes when it is let go.

use crate::machine::Machine;
use crate::ports::*;
use qinting_app::*;
use std::path::PathBuf;
use std::sync::Arc;

/// Decoded sources that lie in no media folder yet.
pub(crate) struct Decoded {
    media: Arc<dyn MediaFolder>,
    work_dir: PathBuf,
    /// What it is.
    pub(crate) ingested: Ingested,
}

impl Decoded {
    /// Decodes the sources of a request in a fresh work folder.
    pub(crate) fn of(
        machine: &Machine,
        request: IngestRequest,
        progress: &mut dyn FnMut(u16),
        cancel: &Cancel,
    ) -> AppResult<Self> {
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

    /// Moves it into the media folder: sources, playable audio, peaks.
    pub(crate) fn adopt(mut self) -> AppResult<Ingested> {
        let ingested = std::mem::take(&mut self.ingested);
        let (media, dir) = (&self.media, &self.work_dir);
        for (i, source) in ingested.sources.iter().enumerate() {
            media.adopt(&dir.join(format!("source-{i}")), &source.sha256)?;
        }
        media.adopt(&dir.join("audio.wav"), &ingested.audio_sha256)?;
        media.adopt(&dir.join("audio.peaks"), &ingested.peaks_sha256)?;
        Ok(ingested)
    }
}

impl Drop for Decoded {
    fn drop(&mut self) {
        self.media.discard(&self.work_dir);
    }
}
