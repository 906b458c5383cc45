//! One batch of files at work: duplicates, decoding, rows, errors per file.

use crate::app::Seat;
use crate::ports::*;
use crate::{AppError, AppResult, codes, views::*};
use parking_lot::Mutex;
use qinting_domain::*;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How often a batch reports: every report carries all its files, so a big batch reports less
/// often, and the page is never busy with counting.
pub(super) struct Pace {
    every: Duration,
    last: Mutex<Option<Instant>>,
}

impl Pace {
    pub(super) fn for_files(files: usize) -> Self {
        let every = Duration::from_millis(100 + files as u64 / 5);
        Self {
            every,
            last: Mutex::new(None),
        }
    }

    fn is_due(&self) -> bool {
        let mut last = self.last.lock();
        let due = last.is_none_or(|t| t.elapsed() >= self.every);
        if due {
            *last = Some(Instant::now());
        }
        due
    }
}

/// One batch at work.
pub(super) struct Batch {
    pub(super) seat: Seat,
    pub(super) id: u32,
    pub(super) cancel: Cancel,
    pub(super) pace: Pace,
}

/// What a file or pair became.
struct Taken {
    outcome: ImportOutcome,
    case_id: CaseId,
    duration_ms: u64,
    channels: u16,
}

impl Batch {
    pub(super) fn run(&self, items: &[ImportItem]) {
        let mut index = 0u32;
        for item in items {
            if self.cancel.is_cancelled() {
                break;
            }
            self.update(|b| {
                b.current = index;
                b.current_permille = 0;
            });
            let result = self.take(item);
            let count = item.paths.len();
            self.update(|b| {
                let from = index as usize;
                for file in b.files.iter_mut().skip(from).take(count) {
                    match &result {
                        Ok(t) => {
                            file.outcome = Some(t.outcome);
                            file.case_id = Some(t.case_id);
                            file.duration_ms = Some(t.duration_ms);
                            file.channels = Some(t.channels);
                        }
                        // Not an outcome: the file was never decided on.
                        Err(e) if e.code() == codes::CANCELLED => {}
                        Err(e) => {
                            file.outcome = Some(ImportOutcome::Rejected);
                            file.error = Some(e.note.clone());
                        }
                    }
                }
            });
            if let Err(e) = &result {
                tracing::warn!(batch = self.id, file = index, error = %e, "file not imported");
            }
            index += u32::try_from(count).unwrap_or(2);
        }
        let state = if self.cancel.is_cancelled() {
            ImportState::Cancelled
        } else {
            ImportState::Done
        };
        self.update(|b| b.state = state);
    }

    fn update(&self, change: impl FnOnce(&mut ImportBatch)) {
        let app = &self.seat.app;
        let mut batches = app.imports.batches.lock();
        let Some((batch, _)) = batches.iter_mut().find(|(b, _)| b.id == self.id) else {
            return;
        };
        change(batch);
        app.imports.moved.notify_all();
        if batch.state == ImportState::Running && !self.pace.is_due() {
            return;
        }
        let batch = batch.clone();
        drop(batches);
        app.feed.tell(&AppEvent::Import { batch });
    }

    fn take(&self, item: &ImportItem) -> AppResult<Taken> {
        let app = &self.seat.app;
        let paths: Vec<PathBuf> = item.paths.iter().map(PathBuf::from).collect();
        if let Some(there) = self.known_already(item, &paths)? {
            return Ok(there);
        }
        let work_dir = app.ports.media.work_dir()?;
        let taken = self.decode_and_file(item, paths, &work_dir);
        app.ports.media.discard(&work_dir);
        taken
    }

    /// The case that has exactly these bytes already, in the library or in the bin.
    fn known_already(&self, item: &ImportItem, paths: &[PathBuf]) -> AppResult<Option<Taken>> {
        let ports = &self.seat.app.ports;
        let hashes = paths.iter().map(|p| ports.decoder.hash(p, &self.cancel));
        let hashes = hashes.collect::<AppResult<Vec<String>>>()?;
        let is_whole = |r: &Recording| r.sources.len() == paths.len();
        if let Some(r) = self.in_library(&hashes)?.filter(is_whole) {
            return Ok(Some(there(ImportOutcome::Duplicate, &r)));
        }
        let binned = self.in_bin(item, &hashes)?.filter(is_whole);
        Ok(binned.map(|r| there(ImportOutcome::InBin, &r)))
    }

    /// The recording in the library that all of these hashes name.
    fn in_library(&self, hashes: &[String]) -> AppResult<Option<Recording>> {
        let mut found: Option<Recording> = None;
        for sha256 in hashes {
            match self.seat.store().recording_by_hash(sha256)? {
                Some(r) if found.as_ref().is_none_or(|f| f.id == r.id) => found = Some(r),
                _ => return Ok(None),
            }
        }
        Ok(found)
    }

    fn decode_and_file(
        &self,
        item: &ImportItem,
        paths: Vec<PathBuf>,
        work_dir: &Path,
    ) -> AppResult<Taken> {
        let app = &self.seat.app;
        let joined = paths.len() == 2;
        let request = IngestRequest {
            paths,
            work_dir: work_dir.to_owned(),
            ..IngestRequest::default()
        };
        let mut progress = |permille| self.update(|b| b.current_permille = permille);
        let ingested = app
            .ports
            .decoder
            .ingest(&request, &mut progress, &self.cancel)?;
        if self.cancel.is_cancelled() {
            return Err(AppError::new(codes::CANCELLED));
        }
        // The same sound in another wrapping.
        let sound = [ingested.audio_sha256.clone()];
        if let Some(r) = self.in_library(&sound)? {
            return Ok(there(ImportOutcome::Duplicate, &r));
        }
        if let Some(r) = self.in_bin(item, &sound)? {
            return Ok(there(ImportOutcome::InBin, &r));
        }
        for (i, source) in ingested.sources.iter().enumerate() {
            app.ports
                .media
                .adopt(&work_dir.join(format!("source-{i}")), &source.sha256)?;
        }
        app.ports
            .media
            .adopt(&work_dir.join("audio.wav"), &ingested.audio_sha256)?;
        app.ports
            .media
            .adopt(&work_dir.join("audio.peaks"), &ingested.peaks_sha256)?;
        self.file(item, ingested, joined)
    }

    /// The rows of a new case, in one commit, once its bytes are safe on disk.
    fn file(&self, item: &ImportItem, ingested: Ingested, joined: bool) -> AppResult<Taken> {
        let seat = &self.seat;
        let settings = seat.store().settings()?;
        let case = Case {
            id: CaseId(seat.app.id()),
            title: item.title.clone(),
            business_line: String::new(),
            queue: String::new(),
            agent: String::new(),
            customer: String::new(),
            customer_tier: String::new(),
            started_at: None,
            disposition: String::new(),
            external_id: String::new(),
            language: settings.default_language.clone(),
            meta: seat.new_meta(),
        };
        let recording = Recording {
            id: RecordingId(seat.app.id()),
            case_id: case.id,
            roles: roles_for(&settings, &ingested, joined),
            duration_ms: ingested.frames * 1000 / u64::from(ingested.sample_rate_hz.max(1)),
            sources: ingested.sources,
            audio_sha256: ingested.audio_sha256,
            peaks_sha256: ingested.peaks_sha256,
            sample_rate_hz: ingested.sample_rate_hz,
            channels: ingested.channels,
            frames: ingested.frames,
            was_dual_mono: ingested.was_dual_mono,
            notices: ingested.notices,
            decoder: DECODER,
            gaps: ingested.gaps,
            meta: seat.new_meta(),
        };
        let taken = Taken {
            outcome: if joined {
                ImportOutcome::Joined
            } else {
                ImportOutcome::Imported
            },
            case_id: case.id,
            duration_ms: recording.duration_ms,
            channels: recording.channels,
        };
        seat.commit("case.import", vec![case.into(), recording.into()])?;
        if settings.transcribe_on_import {
            self.queue_text(taken.case_id);
        }
        Ok(taken)
    }

    /// Queues the text. Without a model there is nothing to queue, and the import stands all the
    /// same: listening never waits for text.
    fn queue_text(&self, case_id: CaseId) {
        let ask = TranscribeCase {
            case_id,
            language: None,
            model: None,
        };
        match self.seat.transcribe(ask) {
            Ok(_) => {}
            Err(e) if e.code() == codes::SPEECH_MODEL_MISSING => {}
            Err(e) => tracing::warn!(%case_id, error = %e, "transcription not queued"),
        }
    }
}

fn there(outcome: ImportOutcome, r: &Recording) -> Taken {
    Taken {
        outcome,
        case_id: r.case_id,
        duration_ms: r.duration_ms,
        channels: r.channels,
    }
}

/// Two joined files say who is who by their names; a two-channel file by the setting; one channel
/// says nothing.
fn roles_for(settings: &Settings, ingested: &Ingested, joined: bool) -> Vec<ChannelRole> {
    match (joined, ingested.channels) {
        (true, 2) => vec![ChannelRole::Agent, ChannelRole::Customer],
        (_, 2) => settings.stereo_roles.to_vec(),
        (_, n) => vec![ChannelRole::Unknown; usize::from(n)],
    }
}
