//! Threads that die: what they did fails with a reason or goes on, and nobody waits for them.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up stops right there"
)]

use crate::common::live::until;
use crate::common::{PlainDecoder, Shelf, Stage, model};
use parking_lot::Mutex;
use qinting_desk::*;
use qinting_domain::Slot;
use qinting_domain::{ModelId, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Dies of a file that says so.
struct Fragile;

impl MediaDecoder for Fragile {
    fn ingest(
        &self,
        request: &IngestRequest,
        progress: &mut dyn FnMut(u16),
        cancel: &Cancel,
    ) -> AppResult<Ingested> {
        let text = std::fs::read_to_string(&request.paths[0]).unwrap();
        assert!(!text.contains("deadly"), "as it must");
        PlainDecoder.ingest(request, progress, cancel)
    }

    fn hash(&self, path: &Path, cancel: &Cancel) -> AppResult<Sha256> {
        PlainDecoder.hash(path, cancel)
    }
}

fn items(stage: &Stage, files: &[(&str, &str)]) -> Vec<CallFiles> {
    let item = |(name, text): &(&str, &str)| CallFiles {
        paths: vec![stage.file(name, text).into()],
        title: (*name).to_owned(),
        ..CallFiles::default()
    };
    files.iter().map(item).collect()
}

#[test]
fn a_batch_whose_thread_dies_refuses_what_it_had_not_decided_and_nobody_waits() {
    let stage = Stage::with(tempfile::tempdir().unwrap(), |given| {
        given.decoder = Arc::new(Fragile);
    });
    let files = [("1.wav", "one"), ("2.wav", "deadly"), ("3.wav", "three")];
    let id = stage.at_desk.bring_in(items(&stage, &files)).unwrap();
    let batch = stage.at_desk.import_wait(id).unwrap();
    assert_eq!(batch.state, ImportState::Done);
    assert_eq!(batch.files[0].outcome, Some(ImportOutcome::Imported));
    for file in &batch.files[1..] {
        assert_eq!(file.outcome, Some(ImportOutcome::Rejected));
        assert_eq!(file.error.as_ref().unwrap().code, codes::THREAD_DIED);
    }
    let is_end = |e: &AppEvent| matches!(e, AppEvent::Desk(DeskEvent::Import { batch }) if batch.state == ImportState::Done);
    until("the page hears of it", || {
        stage.events.lock().iter().any(is_end)
    });
    // The next one goes on as ever.
    let id = stage
        .at_desk
        .bring_in(items(&stage, &[("4.wav", "four")]))
        .unwrap();
    let batch = stage.at_desk.import_wait(id).unwrap();
    assert_eq!(batch.files[0].outcome, Some(ImportOutcome::Imported));
}

/// Dies at its first recording.
#[derive(Default)]
struct DiesOnce(Mutex<bool>);

impl Transcriber for DiesOnce {
    fn transcribe(
        &self,
        _: &TranscribeRequest,
        on_event: &mut dyn FnMut(TranscribeEvent),
        _: &Cancel,
    ) -> AppResult<String> {
        let has_died = std::mem::replace(&mut *self.0.lock(), true);
        assert!(has_died, "as it must");
        on_event(TranscribeEvent::Progress { permille: 500 });
        Ok("script".into())
    }
}

#[test]
fn a_job_that_dies_fails_with_a_reason_and_the_next_one_is_done() {
    let stage = Stage::with(tempfile::tempdir().unwrap(), |given| {
        given.transcriber = Arc::new(DiesOnce::default());
    });
    let (first, _) = stage.case("first");
    let (second, _) = stage.case("second");
    let runner = {
        let desk = stage.desk.clone();
        std::thread::spawn(move || desk.run_jobs(Slot::Heavy))
    };
    let state = |case| stage.at_desk.get_case(case).unwrap().transcript;
    until("both are over", || {
        state(first) == TranscriptState::Failed && state(second) == TranscriptState::Done
    });
    let job = stage.at_desk.get_case(first).unwrap().job.unwrap();
    assert_eq!(job.error.unwrap().code, codes::THREAD_DIED);
    stage.desk.stop_jobs();
    runner.join().unwrap();
}

/// A shelf whose downloads die.
struct BrokenShelf(Arc<Shelf>);

impl ModelShelf for BrokenShelf {
    fn models(&self) -> AppResult<Vec<ModelRow>> {
        self.0.models()
    }
    fn file_of(&self, id: &ModelId) -> AppResult<PathBuf> {
        self.0.file_of(id)
    }
    fn name_file(&self, path: &Path) -> AppResult<()> {
        self.0.name_file(path)
    }
    fn file_named(&self, path: &Path) -> AppResult<PathBuf> {
        self.0.file_named(path)
    }
    fn download(
        &self,
        _: &str,
        _: &[String],
        _: &mut dyn FnMut(DownloadProgress),
        _: &Cancel,
    ) -> AppResult<()> {
        panic!("as it must")
    }
    fn add_file(&self, path: &Path) -> AppResult<ModelRow> {
        self.0.add_file(path)
    }
    fn remove(&self, id: &str) -> AppResult<()> {
        self.0.remove(id)
    }
    fn folder(&self) -> PathBuf {
        self.0.folder()
    }
}

#[test]
fn a_download_that_dies_is_over_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let shelf = crate::common::live::shelf(dir.path(), &[]);
    shelf.rows.lock().push(ModelRow {
        state: ModelState::Absent,
        ..model("small", false)
    });
    let stage = Stage::with(dir, |given| {
        given.models = Arc::new(BrokenShelf(shelf));
    });
    stage.at_desk.download_model("small".into()).unwrap();
    let ended = |e: &AppEvent| match e {
        AppEvent::Desk(DeskEvent::Download { progress }) => progress.error.clone(),
        _ => None,
    };
    let ended = || stage.events.lock().iter().find_map(ended);
    until("the end is told", || ended().is_some());
    assert_eq!(ended().unwrap().code, codes::THREAD_DIED);
    let state = stage.at_desk.list_models(()).unwrap()[0].state;
    assert_ne!(state, ModelState::Downloading);
}

#[test]
fn batches_that_are_long_over_are_not_told_of_for_ever() {
    let stage = Stage::new();
    let mut last = 0;
    for n in 0..40 {
        let name = format!("{n}.wav");
        let files = items(&stage, &[(name.as_str(), name.as_str())]);
        let id = stage.at_desk.bring_in(files).unwrap();
        stage.at_desk.import_wait(id).unwrap();
        assert!(id > last, "a number is never given twice");
        last = id;
    }
    let told = stage.at_desk.import_status(()).unwrap();
    assert_eq!(told.len(), 16);
    assert_eq!(told[0].id, last);
}
