//! A workspace that somebody else made is read at first. Nothing that stands in it is done before somebody here says
//! that it is theirs.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::desk::desk_at;
use crate::common::live::{call, cut_off};
use crate::common::{code, person};
use qinting_desk::*;
use qinting_domain::*;
use qinting_host::{Host, OpenWorkspace, Options, Places, adopt};
use qinting_testkit::files::{below, snapshot};
use qinting_testkit::wait::until;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// As long as whatever begins by itself would take to show.
const A_WHILE: Duration = Duration::from_millis(600);

/// The folder of somebody who made it to be opened by others: with a call to take in, text to be made with a file of this machine, and bytes that a sweep would take.
struct Mailed {
    dir: TempDir,
    call: LiveCall,
    job: JobId,
}

fn mailed() -> Mailed {
    let (booth, call, _) = cut_off();
    let dir = tempfile::tempdir().unwrap();
    let from = booth.stage.dir.path().join("ws");
    let job = Job::new(
        JobId(uuid::Uuid::from_u128(77 << 80)),
        Transcribe {
            case_id: call.case_id,
            recording_id: call.recording_id,
            model: Some("/etc/passwd".into()),
            language: "zh".into(),
        },
        5,
    );
    let store = booth.store();
    store.write_job(&mut |_| Ok(Some(job.clone()))).unwrap();
    for file in below(&from) {
        let to = dir
            .path()
            .join("ws")
            .join(file.strip_prefix(&from).unwrap());
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(file, to).unwrap();
    }
    let unnamed = dir.path().join("ws/media/07");
    fs::create_dir_all(&unnamed).unwrap();
    fs::write(unnamed.join("0".repeat(30) + "07"), "unnamed").unwrap();
    let job = job.id;
    Mailed { dir, call, job }
}

impl Mailed {
    fn folder(&self) -> PathBuf {
        self.dir.path().join("ws")
    }

    /// Byte for byte, inside of it and beside it.
    #[track_caller]
    fn lies_as(&self, before: &BTreeMap<PathBuf, Sha256>) {
        let now = snapshot(self.dir.path());
        let differs = |(file, what): &(&PathBuf, &Sha256)| before.get(*file) != Some(what);
        let changed: Vec<_> = now.iter().filter(differs).map(|(file, _)| file).collect();
        let gone: Vec<_> = before
            .keys()
            .filter(|file| !now.contains_key(*file))
            .collect();
        assert!(
            changed.is_empty() && gone.is_empty(),
            "{changed:?} {gone:?}"
        );
    }
}

/// A machine that has never seen it.
fn machine() -> (TempDir, Places, OpenWorkspace) {
    let data = tempfile::tempdir().unwrap();
    let places = Places::below(data.path().join("data"));
    let opened = desk_at(&places, true);
    (data, places, opened)
}

fn why_read(opened: &OpenWorkspace) -> Option<String> {
    let info = opened.at_desk().unwrap().workspace_info(()).unwrap();
    info.only_read.map(|note| note.code)
}

fn quiet() -> Option<String> {
    Some(codes::WORKSPACE_QUIET.to_owned())
}

#[test]
fn on_another_machine_nothing_that_stands_in_it_is_done() {
    let (mailed, (_data, places, opened)) = (mailed(), machine());
    let before = snapshot(mailed.dir.path());
    opened.open_workspace(&mailed.folder()).unwrap();
    assert_eq!(why_read(&opened), quiet());

    let at_desk = opened.at_desk().unwrap();
    let asked = TranscribeCase {
        case_id: mailed.call.case_id,
        language: None,
        model: None,
    };
    let begin = call(ListenMode::Record);
    for refused in [
        code(at_desk.transcribe(asked)),
        code(at_desk.retry_job(mailed.job)),
        code(at_desk.add_person(person("王"))),
        code(at_desk.live_begin(begin)),
        code(at_desk.delete_case(mailed.call.case_id)),
    ] {
        assert_eq!(refused, codes::WORKSPACE_QUIET);
    }
    // It is read: what waits in it is seen waiting.
    assert_eq!(at_desk.list_cases(CaseQuery::default()).unwrap().total, 1);
    std::thread::sleep(A_WHILE);
    let jobs = at_desk.list_jobs(()).unwrap();
    assert_eq!((jobs.len(), jobs[0].state), (1, JobState::Queued));
    assert!(at_desk.live_recovered(()).unwrap().is_empty());
    mailed.lies_as(&before);
    assert_eq!(places.last(), None, "somebody only looked");

    opened.close();
    drop((at_desk, opened));
    mailed.lies_as(&before);
}

#[test]
fn once_somebody_says_that_it_is_theirs_the_work_begins_and_stays_inside() {
    let (mailed, (_data, places, opened)) = (mailed(), machine());
    opened.open_workspace(&mailed.folder()).unwrap();
    let place = opened.take_as_ours().unwrap();
    assert_eq!(place.path, path_text::to_text(mailed.folder()));
    assert_eq!(why_read(&opened), None);
    assert_eq!(places.last(), Some(mailed.folder()));

    let at_desk = opened.at_desk().unwrap();
    let job = || {
        let mut jobs = at_desk.list_jobs(()).unwrap().into_iter();
        jobs.find(|job| job.id == mailed.job).unwrap()
    };
    until("its text has its turn", || !job().goes_on());
    assert_eq!(job().error.unwrap().code, codes::SPEECH_MODEL_MISSING);
    let found = at_desk.live_recovered(()).unwrap();
    assert_eq!(found.len(), 1);
    assert!(
        !mailed
            .folder()
            .join("media/07")
            .join("0".repeat(30) + "07")
            .exists()
    );
    opened.close();
    drop((at_desk, opened));

    // It is asked once.
    let again = desk_at(&places, true);
    again.open_workspace(&mailed.folder()).unwrap();
    assert_eq!(why_read(&again), None);
}

#[test]
fn what_is_made_here_is_ours_from_its_first_moment() {
    let (data, _places, opened) = machine();
    opened.open_own().unwrap();
    assert_eq!(why_read(&opened), None);
    opened.open_workspace(&data.path().join("another")).unwrap();
    assert_eq!(why_read(&opened), None);
}

#[test]
fn saying_so_where_nothing_is_open_answers_why() {
    let (_data, _places, opened) = machine();
    assert_eq!(code(opened.take_as_ours()), codes::WORKSPACE_NONE);
}

fn open(folder: &Path, places: &Places) -> Host {
    let options = Options {
        workspace: folder.to_owned(),
        models: Some(places.data().join("models")),
        player: false,
        device: places.device(),
    };
    Host::open(options).unwrap()
}

#[test]
fn without_a_window_it_is_the_same() {
    let (mailed, (_data, places, _opened)) = (mailed(), machine());
    let before = snapshot(mailed.dir.path());
    let host = Arc::new(open(&mailed.folder(), &places));
    assert_eq!(code(host.recover_now()), codes::WORKSPACE_QUIET);
    host.work_on_jobs();
    host.copy_daily();
    host.finish_copy();
    std::thread::sleep(A_WHILE);
    host.close();
    drop(host);
    mailed.lies_as(&before);
    adopt(&mailed.folder(), &places.device()).unwrap();
    let host = open(&mailed.folder(), &places);
    assert_eq!(host.at_desk().live_recovered(()).unwrap().len(), 1);
}
