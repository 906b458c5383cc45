//! Going from one workspace to another at one desk, without a window.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up stops right there"
)]

use crate::common::desk::setup_at;
use parking_lot::Mutex;
use qinting_desk::{AppEvent, AppResult, LiveBegin, NewPerson, OpenedPlace, codes};
use qinting_domain::{LiveState, Role};
use qinting_host::{Host, OpenWorkspace, Options, Places, Start};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

struct Room {
    dir: TempDir,
    places: Places,
    opened: OpenWorkspace,
    heard: Arc<AtomicUsize>,
}

fn room() -> Room {
    let dir = tempfile::tempdir().unwrap();
    let places = Places::below(dir.path().join("data"));
    let (opened, heard) = desk_at(&places);
    Room {
        dir,
        places,
        opened,
        heard,
    }
}

fn desk_at(places: &Places) -> (OpenWorkspace, Arc<AtomicUsize>) {
    let heard = Arc::new(AtomicUsize::new(0));
    let count = heard.clone();
    let setup = setup_at(places, true);
    let ear = move |_: &AppEvent| {
        count.fetch_add(1, Ordering::SeqCst);
    };
    (OpenWorkspace::new(setup, Arc::new(ear)), heard)
}

fn greet(opened: &OpenWorkspace, name: &str) {
    let person = NewPerson {
        name: name.into(),
        roles: [Role::Participant].into(),
        org_unit: String::new(),
    };
    opened.at_desk().unwrap().add_person(person).unwrap();
}

fn code<T>(answer: AppResult<T>) -> String {
    answer
        .err()
        .expect("this must be refused")
        .code()
        .to_owned()
}

fn path(place: &OpenedPlace) -> PathBuf {
    PathBuf::from(&place.path)
}

fn is_let_go(folder: &Path) -> bool {
    let is_free =
        |name: &str| File::open(folder.join(name)).map_or(true, |file| file.try_lock().is_ok());
    ["window.lock", "jobs.lock", "in-use.lock"]
        .into_iter()
        .all(is_free)
        // Whoever closes last folds the log into the file.
        && !folder.join("workspace.db-wal").exists()
        && fs::read_dir(folder.join("runners")).map_or(true, |all| all.count() == 0)
}

#[test]
fn with_nothing_open_every_command_says_so() {
    let room = room();
    room.opened.start(Start::Doors);
    assert_eq!(code(room.opened.at_desk()), codes::WORKSPACE_NONE);
    let doors = room.opened.doors();
    assert_eq!((doors.own_exists, doors.last_problem), (false, None));
}

#[test]
fn a_workspace_that_is_left_is_let_go_at_once_and_for_all() {
    let room = room();
    let own = path(&room.opened.open_own().unwrap());
    greet(&room.opened, "王敏");
    let other = room.dir.path().join("other");
    room.opened.open_workspace(&other).unwrap();
    assert!(is_let_go(&own));
    assert!(!is_let_go(&other));
    assert_eq!(
        room.opened
            .at_desk()
            .unwrap()
            .list_people(())
            .unwrap()
            .len(),
        1
    );
    room.opened.open_own().unwrap();
    assert!(is_let_go(&other));
    assert_eq!(
        room.opened
            .at_desk()
            .unwrap()
            .list_people(())
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn the_page_of_a_workspace_does_not_hear_from_the_one_before() {
    let room = room();
    room.opened.open_own().unwrap();
    let before = room.opened.at_desk().unwrap();
    // Somebody still acts: the switch does not wait for ever, and hears nothing of it.
    let other = room.dir.path().join("other");
    std::thread::scope(|scope| {
        let switching = scope.spawn(|| room.opened.open_workspace(&other).map(drop));
        let is_there = || {
            room.opened
                .at_desk()
                .is_ok_and(|at_desk| !Arc::ptr_eq(at_desk.app(), before.app()))
        };
        while !is_there() {
            std::thread::yield_now();
        }
        let heard = room.heard.load(Ordering::SeqCst);
        let person = NewPerson {
            name: "迟到的人".into(),
            roles: [Role::Participant].into(),
            org_unit: String::new(),
        };
        before.add_person(person).unwrap();
        assert_eq!(room.heard.load(Ordering::SeqCst), heard);
        drop(before);
        switching.join().unwrap().unwrap();
    });
    let heard = room.heard.load(Ordering::SeqCst);
    greet(&room.opened, "李强");
    assert!(room.heard.load(Ordering::SeqCst) > heard);
}

#[test]
fn what_is_refused_leaves_the_open_one_open() {
    let room = room();
    let own = path(&room.opened.open_own().unwrap());
    let letters = room.dir.path().join("letters");
    fs::create_dir(&letters).unwrap();
    fs::write(letters.join("letter.txt"), "yours").unwrap();
    let busy = room.dir.path().join("busy");
    let options = Options {
        workspace: busy.clone(),
        models: None,
        player: false,
        device: room.places.device(),
    };
    let other = Host::open(options).unwrap();
    let _window = other.claim_window().unwrap().unwrap();

    for (folder, expected) in [
        (letters.as_path(), codes::WORKSPACE_NOT_ONE),
        (busy.as_path(), codes::WORKSPACE_BUSY),
        (Path::new("relative"), codes::WORKSPACE_NOT_ONE),
    ] {
        assert_eq!(code(room.opened.open_workspace(folder)), expected);
        greet(&room.opened, expected);
    }
    assert_eq!(room.places.last(), Some(own));
    assert_eq!(fs::read_dir(&letters).unwrap().count(), 1);
}

#[test]
fn the_same_workspace_by_another_name_is_the_same_workspace() {
    let room = room();
    let own = path(&room.opened.open_own().unwrap());
    let desk = room.opened.at_desk().unwrap().app().clone();
    let roundabout = own.join("..").join(own.file_name().unwrap());
    room.opened.open_workspace(&roundabout).unwrap();
    assert!(Arc::ptr_eq(room.opened.at_desk().unwrap().app(), &desk));
}

#[test]
fn the_next_start_opens_what_was_open_and_says_why_it_cannot() {
    let room = room();
    let other = room.dir.path().join("other");
    room.opened.open_own().unwrap();
    room.opened.open_workspace(&other).unwrap();
    room.opened.close();
    drop(room.opened);

    let (opened, _) = desk_at(&room.places);
    fs::rename(&other, room.dir.path().join("away")).unwrap();
    opened.start(room.places.start(None, false));
    assert_eq!(code(opened.at_desk()), codes::WORKSPACE_NONE);
    let problem = opened.doors().last_problem.unwrap();
    assert_eq!(problem.code, codes::WORKSPACE_GONE);
    assert!(!other.exists(), "nothing is made in its place");
}

#[test]
fn a_named_workspace_that_is_refused_is_what_every_command_answers_and_is_not_remembered() {
    let room = room();
    let file = room.dir.path().join("letter.txt");
    fs::write(&file, "yours").unwrap();
    room.opened.start(Start::Named(file));
    assert_eq!(code(room.opened.at_desk()), codes::WORKSPACE_UNUSABLE);
    assert_eq!(room.places.last(), None);

    let named = room.dir.path().join("named");
    let (opened, _) = desk_at(&room.places);
    opened.start(Start::Named(named.clone()));
    opened.at_desk().unwrap();
    assert_eq!(room.places.last(), None);
    // Whoever was there goes back there.
    opened.open_own().unwrap();
    opened.open_workspace(&named).unwrap();
    assert_eq!(room.places.last_own(), Some(named));
}

#[test]
fn many_who_switch_at_once_take_turns() {
    let room = room();
    let folders: Vec<PathBuf> = (0..6)
        .map(|n| room.dir.path().join(format!("w{}", n % 3)))
        .collect();
    let opened = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for folder in &folders {
            scope.spawn(|| {
                let place = room.opened.open_workspace(folder).unwrap();
                opened.lock().push(path(&place));
            });
        }
    });
    let mut opened = opened.into_inner();
    opened.sort();
    let mut expected = folders.clone();
    expected.sort();
    assert_eq!(opened, expected, "each was answered with its own");
    let now = room
        .opened
        .at_desk()
        .unwrap()
        .workspace_info(())
        .unwrap()
        .path;
    let held = folders.iter().filter(|folder| !is_let_go(folder));
    assert!(held.map(|f| f.to_string_lossy()).all(|f| f == now));
}

#[test]
fn a_call_that_is_heard_is_not_left_and_ends_with_the_window() {
    let room = room();
    let own = path(&room.opened.open_own().unwrap());
    let begin = LiveBegin {
        title: "退货".into(),
        ..LiveBegin::default()
    };
    let call = room
        .opened
        .at_desk()
        .unwrap()
        .live_begin(begin.clone())
        .unwrap()
        .call;
    let other = room.dir.path().join("other");
    let running = codes::LIVE_RUNNING;
    assert_eq!(code(room.opened.open_workspace(&other)), running);
    assert_eq!(code(room.opened.open_demo()), running);
    assert_eq!(code(room.opened.reset_demo()), running);
    assert!(!other.exists() && !room.places.demo().exists());
    // Where one already is, one may go.
    room.opened.open_own().unwrap();

    // Another program leaves it alone, and may not begin one beside it.
    let options = Options {
        workspace: own.clone(),
        models: Some(room.places.data().join("models")),
        player: false,
        device: room.places.device(),
    };
    let second = Host::open(options).unwrap();
    assert!(second.at_desk().live_recovered(()).unwrap().is_empty());
    assert_eq!(
        code(second.at_desk().live_begin(begin)),
        codes::LIVE_ELSEWHERE
    );

    room.opened.close();
    let kept = second
        .at_desk()
        .get_case(call.case_id)
        .unwrap()
        .live
        .unwrap();
    assert_eq!(kept.state, LiveState::Ended);
}
