//! What interrupted imports left is swept, and never a file that is about to be named.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::Stage;
use crate::common::live::{Device, Sound};
use crate::common::moody::{Meanwhile, Mood, moody};
use qinting_desk::*;
use qinting_domain::*;
use qinting_host::{Host, Options};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// As an installation that knows it.
fn open(workspace: &Path) -> Host {
    let device = qinting_store::Device::passing();
    // The first time there is nothing to know yet.
    let _ = qinting_store::adopt(workspace, &device);
    let options = Options {
        workspace: workspace.to_owned(),
        models: Some(workspace.with_file_name("models")),
        player: false,
        device,
    };
    Host::open_hearing(options, Arc::new(Device(Arc::new(Sound::default())))).unwrap()
}

fn file_of(workspace: &Path, blob: BlobId) -> PathBuf {
    let name = blob.0.simple().to_string();
    workspace.join("media").join(&name[30..]).join(name)
}

/// A file no row names, as an import leaves it that was killed.
fn left_over(workspace: &Path) -> PathBuf {
    let file = file_of(workspace, BlobId(uuid::Uuid::from_u128(7 << 100)));
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, "left").unwrap();
    file
}

/// Imports a file, and has something done in the moment between placing its files and naming them.
fn import_while(stage: &Stage, mood: &Mood, act: Meanwhile) {
    *mood.meanwhile.lock() = Some(act);
    let batch = stage.import(&[stage.file("call.wav", "the sound")]);
    assert_eq!(batch.files[0].outcome, Some(ImportOutcome::Imported));
    assert!(mood.meanwhile.lock().is_none(), "it was done");
    let workspace = stage.dir.path().join("ws");
    let blobs = stage.store.blobs().unwrap();
    assert!(!blobs.is_empty());
    for blob in blobs {
        assert!(file_of(&workspace, blob.id).is_file(), "{blob:?} is gone");
    }
}

/// Queues a sweep and works on all that waits.
fn sweep_if_it_may(desk: &Arc<Desk>, store: &dyn Store) {
    let job = Job::new(JobId(uuid::Uuid::new_v4()), SweepMedia {}, 5);
    let queued = store.write_job(&mut |_| Ok(Some(job.clone()))).unwrap();
    assert!(queued.is_some());
    desk.drain_jobs().unwrap();
}

fn moody_stage() -> (Stage, Arc<Mood>) {
    let mood = Arc::new(Mood::default());
    let stage = Stage::with(tempfile::tempdir().unwrap(), |given| moody(given, &mood));
    (stage, mood)
}

#[test]
fn what_an_import_here_is_about_to_name_is_not_swept() {
    let (stage, mood) = moody_stage();
    let (desk, store) = (stage.desk.clone(), stage.store.clone());
    import_while(
        &stage,
        &mood,
        Box::new(move || sweep_if_it_may(&desk, &*store)),
    );
}

#[test]
fn what_an_import_in_another_process_is_about_to_name_is_not_swept_by_one_that_starts() {
    let (stage, mood) = moody_stage();
    let workspace = stage.dir.path().join("ws");
    // Says, as every process does, that the one that imports has the workspace open.
    let importing = open(&workspace);
    let starts = workspace.clone();
    let act = move || {
        let host = open(&starts);
        let at_desk = host.at_desk();
        sweep_if_it_may(
            at_desk.desk(),
            &qinting_store::Workspace::open_on(
                &starts,
                &qinting_store::Device::passing(),
                &qinting_store::Medium::Writable,
            )
            .unwrap(),
        );
        host.close();
    };
    import_while(&stage, &mood, Box::new(act));
    importing.close();
}

#[test]
fn left_overs_go_before_a_process_that_is_alone_does_anything_else() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = dir.path().join("ws");
    drop(open(&workspace));
    let file = left_over(&workspace);
    let host = open(&workspace);
    assert!(!file.exists());
    assert!(host.at_desk().list_jobs(()).unwrap().is_empty());
    let store = qinting_store::Workspace::open_on(
        &workspace,
        &qinting_store::Device::passing(),
        &qinting_store::Medium::Writable,
    )
    .unwrap();
    assert!(store.jobs(9).unwrap().is_empty(), "it leaves no row");

    let file = left_over(&workspace);
    drop(open(&workspace));
    assert!(file.exists(), "another process may be about to name it");
    drop(host);
    drop(open(&workspace));
    assert!(!file.exists());
}

#[test]
fn a_sweep_that_a_dead_process_left_is_taken_up_by_the_next_one_that_is_alone() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = dir.path().join("ws");
    drop(open(&workspace));
    let file = left_over(&workspace);
    let store = qinting_store::Workspace::open_on(
        &workspace,
        &qinting_store::Device::passing(),
        &qinting_store::Medium::Writable,
    )
    .unwrap();
    let job = Job::new(JobId(uuid::Uuid::new_v4()), SweepMedia {}, 5);
    store.write_job(&mut |_| Ok(Some(job.clone()))).unwrap();
    let begun = store.claim_job(&[JobKind::SweepMedia], 6).unwrap();
    assert!(begun.job.is_some());
    drop(store);
    drop(open(&workspace));
    assert!(!file.exists());
    let store = qinting_store::Workspace::open_on(
        &workspace,
        &qinting_store::Device::passing(),
        &qinting_store::Medium::Writable,
    )
    .unwrap();
    assert!(store.jobs(9).unwrap().is_empty());
}
