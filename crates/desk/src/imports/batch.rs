//! One batch of files at work: duplicates, decoding, rows, errors per file.

use super::batches::Entered;
use super::decoded::{Decoded, Sealed};
use super::sides::{roles_for, sides_of};
use super::told::{Heard, heard};
use crate::desk::AtDesk;
use crate::event::DeskEvent;
use crate::imports::shapes::{
    CallFiles, ImportBatch, ImportFile, ImportOutcome, ImportSides, ImportState,
};
use crate::ports::*;
use parking_lot::Mutex;
use qinting_app::*;
use qinting_domain::*;
use std::path::PathBuf;
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
    pub(super) by: AtDesk,
    pub(super) id: u32,
    pub(super) cancel: Cancel,
    pub(super) pace: Pace,
    /// What every new call says it came in on.
    pub(super) basis: ImportBasis,
}

/// What a file or pair became.
#[derive(Clone)]
pub(super) struct Taken {
    pub(super) outcome: ImportOutcome,
    case_id: CaseId,
    /// The contact its sound is of.
    pub(super) contact_id: ContactId,
    duration_ms: u64,
    channels: u16,
    notices: Vec<SoundNotice>,
    wordless: bool,
    /// Facts its case took, and those it could not take.
    facts: u32,
    unheard: Vec<FactKey>,
    sides: Option<ImportSides>,
}

/// How what was decoded stands in its call.
#[derive(Clone, Copy)]
pub(super) enum CasePlace {
    /// One file, the whole call.
    Whole,
    /// Two files, the whole call.
    Joined,
    /// One of two files: the lane of one side.
    Half(ChannelRole),
}

impl Batch {
    /// Brings calls in, and then puts down what is told of calls that are here already: `later`, and those it meets.
    pub(super) fn run(&self, items: &[CallFiles], mut later: Vec<FactsOf>) {
        let mut index = 0u32;
        for item in items {
            if self.cancel.is_cancelled() {
                break;
            }
            self.look_at(index);
            let results = self.take_each(item, index);
            later.extend(Self::told_of_known(item, &results));
            self.update(|b| {
                let files = b.files.iter_mut().skip(index as usize);
                for (file, result) in files.zip(&results) {
                    say(file, result);
                }
            });
            for result in results {
                if let Err(e) = result {
                    tracing::warn!(batch = self.id, index, error = %e.kind(), "file not imported");
                }
                index += 1;
            }
        }
        let state = if self.cancel.is_cancelled() {
            ImportState::Cancelled
        } else {
            self.apply(&later);
            ImportState::Done
        };
        self.update(|b| b.state = state);
    }

    /// Says which file is being read.
    pub(super) fn look_at(&self, index: u32) {
        self.update(|b| {
            b.current = index;
            b.current_permille = 0;
        });
    }

    pub(super) fn update(&self, change: impl FnOnce(&mut ImportBatch)) {
        let desk = &self.by.desk;
        let mut batches = desk.imports.batches.lock();
        let Some(Entered { batch, .. }) = batches.iter_mut().find(|e| e.batch.id == self.id) else {
            return;
        };
        change(batch);
        desk.imports.moved.notify_all();
        if batch.state == ImportState::Running && !self.pace.is_due() {
            return;
        }
        let batch = batch.clone();
        drop(batches);
        desk.tell(DeskEvent::Import { batch });
    }

    /// What became of each file of an item.
    fn take_each(&self, item: &CallFiles, index: u32) -> Vec<AppResult<Taken>> {
        let paths: Vec<PathBuf> = item.paths.clone();
        let [_, _] = paths.as_slice() else {
            return vec![self.take(item, paths, CasePlace::Whole)];
        };
        match self.take(item, paths, CasePlace::Joined) {
            Ok(taken) => vec![Ok(taken.clone()), Ok(taken)],
            Err(e) if e.code().starts_with("media.") => self.take_halves(item, index, e),
            Err(e) => vec![Err(e.clone()), Err(e)],
        }
    }

    fn take(&self, item: &CallFiles, paths: Vec<PathBuf>, place: CasePlace) -> AppResult<Taken> {
        if let Some(there) = self.known_already(item, &paths)? {
            return Ok(there);
        }
        let decoded = self.decode(item, paths)?;
        self.keep(item, decoded, place)
    }

    /// The case that has exactly these bytes already, in the library or in the bin.
    pub(super) fn known_already(
        &self,
        item: &CallFiles,
        paths: &[PathBuf],
    ) -> AppResult<Option<Taken>> {
        let machine = &self.by.desk.machine;
        let hashes = paths.iter().map(|p| machine.decoder.hash(p, &self.cancel));
        let hashes = hashes.collect::<AppResult<Vec<Sha256>>>()?;
        let there = self.standing(&*self.by.desk.ports.store, item, &hashes, |r| {
            r.sources.len() == paths.len()
        })?;
        let Some((recording, mut taken)) = there else {
            return Ok(None);
        };
        let is_mended = self.mend(&recording, &hashes, paths)?;
        if is_mended && taken.outcome == ImportOutcome::Duplicate {
            taken.outcome = ImportOutcome::Mended;
        }
        Ok(Some(taken))
    }

    /// What stands in the way of making a case: the recording of these hashes, in the library or in
    /// the bin. Nothing where a person wants a call of its own: of what is in the bin, and of what
    /// is in the library where nobody speaks in it.
    fn standing(
        &self,
        reads: &dyn Reads,
        item: &CallFiles,
        hashes: &[Sha256],
        is_same: impl Fn(&Recording) -> bool,
    ) -> AppResult<Option<(Recording, Taken)>> {
        if let Some(r) = the_one(hashes, |h| reads.recording_by_hash(h))?.filter(&is_same) {
            let wordless = self.by.is_wordless(&r);
            let is_wanted = wordless && item.as_own_call;
            let taken = there(ImportOutcome::Duplicate, &r, wordless);
            return Ok((!is_wanted).then_some((r, taken)));
        }
        let binned = self.in_bin(reads, item, hashes)?.filter(is_same);
        Ok(binned.map(|r| {
            let taken = there(ImportOutcome::InBin, &r, false);
            (r, taken)
        }))
    }

    pub(super) fn decode(&self, item: &CallFiles, paths: Vec<PathBuf>) -> AppResult<Decoded> {
        let request = IngestRequest {
            paths,
            take_what_is_there: item.take_what_is_there,
            ..IngestRequest::default()
        };
        let mut progress = |permille| self.update(|b| b.current_permille = permille);
        let decoded = Decoded::of(&self.by.desk, request, &mut progress, &self.cancel)?;
        if self.cancel.is_cancelled() {
            return Err(AppError::new(codes::CANCELLED));
        }
        Ok(decoded)
    }

    /// Makes a call of what was decoded, unless it is the same sound in another wrapping.
    pub(super) fn keep(
        &self,
        item: &CallFiles,
        decoded: Decoded,
        place: CasePlace,
    ) -> AppResult<Taken> {
        let sound = [decoded.ingested.audio_sha256.clone()];
        if let Some((_, there)) =
            self.standing(&*self.by.desk.ports.store, item, &sound, |_| true)?
        {
            return Ok(there);
        }
        let recording = RecordingId(self.by.desk.id());
        let sealed = decoded.seal(&self.by.desk, recording)?;
        // What is wrong with the models is no matter of the sound.
        let model = self.by.default_model_id().unwrap_or_else(|e| {
            tracing::warn!(error = %e.kind(), "transcription not queued");
            None
        });
        let mut taken = None;
        self.by.write_as(None, |tx| {
            // Another process may have brought it in meanwhile.
            let (now, deed) = match self.standing(&**tx, item, &sound, |_| true)? {
                Some((_, there)) => (there, Deed::of(Action::CaseImport, Vec::new())),
                None => self.file(tx, item, (recording, &sealed), (place, model.as_ref()))?,
            };
            taken = Some(now);
            Ok(deed)
        })?;
        taken.ok_or_else(|| AppError::new(codes::INTERNAL).because("nothing was taken"))
    }

    /// The rows of a new case and the job that makes its text, once its bytes are safe on disk. Without a
    /// model there is nothing to queue, and the import stands all the same: listening never waits for
    /// text.
    fn file(
        &self,
        tx: &Tx<'_>,
        item: &CallFiles,
        (recording_id, sealed): (RecordingId, &Sealed),
        (place, model): (CasePlace, Option<&String>),
    ) -> AppResult<(Taken, Deed)> {
        let settings = tx.settings()?;
        let ingested = &sealed.ingested;
        let case = Case {
            language: settings.workspace.default_language.clone(),
            ..Case::titled(CaseId(tx.app.id()), &item.title, tx.new_meta())
        };
        let ImportBasis { basis, notice } = self.basis.clone();
        let contact = Contact {
            basis,
            notice,
            ..Contact::phone(ContactId(tx.app.id()), case.id, tx.new_meta())
        };
        let recording = Recording {
            id: recording_id,
            case_id: case.id,
            contact_id: contact.id,
            roles: roles_for(&settings.workspace, item, ingested.channels, place),
            duration_ms: ingested.duration_ms(),
            sources: ingested.sources.clone(),
            audio_sha256: ingested.audio_sha256.clone(),
            peaks_sha256: ingested.peaks_sha256.clone(),
            sample_rate_hz: ingested.sample_rate_hz,
            channels: ingested.channels,
            frames: ingested.frames,
            was_dual_mono: ingested.was_dual_mono,
            notices: ingested.notices.clone(),
            decoder: DECODER,
            gaps: ingested.gaps.clone(),
            meta: tx.new_meta(),
        };
        let Heard {
            case,
            contact,
            facts,
            unheard,
        } = heard(item, case, contact, &recording);
        let taken = Taken {
            outcome: match place {
                CasePlace::Whole => ImportOutcome::Imported,
                CasePlace::Joined => ImportOutcome::Joined,
                CasePlace::Half(_) => ImportOutcome::Half,
            },
            case_id: case.id,
            contact_id: contact.id,
            duration_ms: recording.duration_ms,
            channels: recording.channels,
            notices: recording.notices.clone(),
            wordless: false,
            facts,
            unheard,
            sides: sides_of(item, &recording, place),
        };
        let model = model.filter(|_| settings.device.transcribe_on_import);
        let job = model.map(|model| {
            tx.app.new_job(Transcribe {
                case_id: case.id,
                recording_id: recording.id,
                model: Some(model.clone()),
                language: case.language.clone(),
            })
        });
        let records = vec![case.into(), contact.into(), recording.into()];
        let deed = Deed {
            jobs: job.into_iter().collect(),
            blobs: sealed.blobs.clone(),
            ..Deed::of(Action::CaseImport, records)
        };
        Ok((taken, deed))
    }
}

/// The one recording that all of these hashes name, by a look-up of each.
pub(super) fn the_one(
    hashes: &[Sha256],
    named: impl Fn(&str) -> AppResult<Option<Recording>>,
) -> AppResult<Option<Recording>> {
    let mut found: Option<Recording> = None;
    for sha256 in hashes {
        match named(sha256)? {
            Some(r) if found.as_ref().is_none_or(|f| f.id == r.id) => found = Some(r),
            _ => return Ok(None),
        }
    }
    Ok(found)
}

fn there(outcome: ImportOutcome, r: &Recording, wordless: bool) -> Taken {
    Taken {
        outcome,
        case_id: r.case_id,
        contact_id: r.contact_id,
        duration_ms: r.duration_ms,
        channels: r.channels,
        notices: Vec::new(),
        wordless,
        facts: 0,
        unheard: Vec::new(),
        sides: None,
    }
}

fn say(file: &mut ImportFile, result: &AppResult<Taken>) {
    match result {
        Ok(t) => {
            file.outcome = Some(t.outcome);
            file.case_id = Some(t.case_id);
            file.duration_ms = Some(t.duration_ms);
            file.channels = Some(t.channels);
            file.notices.clone_from(&t.notices);
            file.wordless = t.wordless;
            file.facts = t.facts;
            file.unheard.clone_from(&t.unheard);
            file.sides.clone_from(&t.sides);
        }
        // Not an outcome: the file was never decided on.
        Err(e) if e.code() == codes::CANCELLED => {}
        Err(e) => {
            file.outcome = Some(ImportOutcome::Rejected);
            file.error = Some(e.note.clone());
        }
    }
}
