//! A file that is brought in again mends the copy that was kept of it, where that went bad.

use super::batch::Batch;
use super::decoded::Decoded;
use crate::imports::shapes::RetakeRequest;
use crate::ports::*;
use qinting_app::*;
use qinting_domain::{Action, Recording, Sha256};
use std::path::PathBuf;

impl Batch {
    /// Makes the kept files of a recording whole again from the same sources, `paths` with these
    /// hashes. Its case, its marks and its text stay. Whether anything had to be mended.
    pub(super) fn mend(
        &self,
        recording: &Recording,
        hashes: &[Sha256],
        paths: &[PathBuf],
    ) -> AppResult<bool> {
        if self.is_whole(recording)? {
            return Ok(false);
        }
        let desk = &self.by.desk;
        let request = IngestRequest {
            paths: in_order(recording, hashes, paths),
            // It was taken in once as it is.
            take_what_is_there: true,
            keep_both_lanes: recording.channels == 2,
            longest_ms: ANY_LENGTH,
            ..IngestRequest::default()
        };
        let mut progress = |permille| self.update(|b| b.current_permille = permille);
        let decoded = Decoded::of(desk, request, &mut progress, &self.cancel)?;
        let sealed = decoded.seal(desk, recording.id)?;
        // Where nothing was on record of them any more, it is again.
        self.by.write_as(None, |_| {
            Ok(Deed {
                blobs: sealed.blobs.clone(),
                ..Deed::of(Action::CaseImport, Vec::new())
            })
        })?;
        // An older decoder made other sound of it: the present one's takes its place.
        let sources = recording.sources.iter().map(|s| &s.sha256);
        if self.are_whole(recording, &sources.collect::<Vec<_>>())? && !self.is_whole(recording)? {
            self.take_again(recording)?;
        }
        desk.measure_mended(recording.id)?;
        desk.reload(recording);
        tracing::info!(recording = %recording.id, "broken media files were mended");
        Ok(true)
    }

    fn take_again(&self, recording: &Recording) -> AppResult<()> {
        let request = RetakeRequest {
            recording_id: recording.id,
            keep_both_lanes: recording.channels == 2,
        };
        match self.by.retake(request) {
            // Put back from the bin, it can be taken again.
            Err(e) if e.code() == codes::CASE_IN_BIN => Ok(()),
            done => done.map(drop),
        }
    }

    fn is_whole(&self, r: &Recording) -> AppResult<bool> {
        let sources = r.sources.iter().map(|s| &s.sha256);
        let made = [&r.audio_sha256, &r.peaks_sha256];
        let named = sources.chain(made).filter(|sha256| !sha256.is_empty());
        self.are_whole(r, &named.collect::<Vec<_>>())
    }

    fn are_whole(&self, r: &Recording, files: &[&Sha256]) -> AppResult<bool> {
        let desk = &self.by.desk;
        for sha256 in files {
            let blob = desk.blob(r.id, sha256);
            let media = &desk.machine.media;
            match blob.and_then(|blob| media.is_whole(&blob, &mut |_| {}, &self.cancel)) {
                Ok(true) => {}
                Err(e) if e.code() == codes::CANCELLED => return Err(e),
                // What is missing, or not given by the system, is not whole either.
                Ok(false) | Err(_) => return Ok(false),
            }
        }
        Ok(true)
    }
}

/// The paths in the order of the recording's channels.
fn in_order(recording: &Recording, hashes: &[Sha256], paths: &[PathBuf]) -> Vec<PathBuf> {
    let place = |sha256: &Sha256| {
        let sources = &recording.sources;
        sources.iter().position(|s| s.sha256 == *sha256)
    };
    let mut all: Vec<_> = hashes.iter().map(place).zip(paths).collect();
    all.sort_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, path)| path.clone()).collect()
}
