//! Going from one workspace to another at one desk, without a window.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up stops right there"
)]

use parking_lot::Mutex;
use qinting_app::{AppEvent, AppResult, LiveBegin, NewPerson, OpenedPlace, codes};
use qinting_domain::{ListenMode, LiveState, Role};
use qinting_host::{Desk, Host, Options, Places, Setup, Start};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

struct Room {
    dir: TempDir,
    places: Places,
    desk: Desk,
    heard: Arc<AtomicUsize>,
}

fn room() -> Room {
    let dir = tempfile::tempdir().unwrap();
    let places = Places::below(dir.path().join("data"));
    let (desk, heard) = desk_at(&places);
    Room {
        dir,
        places,
        desk,
        heard,
    }
}

fn desk_at(places: &Places) -> (Desk, Arc<AtomicUsize>) {
    let heard = Arc::new(AtomicUsize::new(0));
    let count = heard.clone();
    let setup = Setup {
        places: places.clone(),
        models: Some(places.data().join("models")),
        player: false,
    };
    let ear = move |_: &AppEvent| {
        count.fetch_add(1, Ordering::SeqCst);
    };
    (Desk::new(setup, Arc::new(ear)), heard)
}

fn greet(desk: &Desk, name: &str) {
    let person = NewPerson {
        name: name.into(),
        roles: [Role::Participant].into(),
        org_unit: String::new(),
    };
    desk.seat().unwrap().add_person(person).unwrap();
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
    room.desk.start(Start::Doors);
    assert_eq!(code(room.desk.seat()), codes::WORKSPACE_NONE);
    let doors = room.desk.doors();
    assert_eq!((doors.own_exists, doors.last_problem), (false, None));
}

#[test]
fn a_workspace_that_is_left_is_let_go_at_once_and_for_all() {
    let room = room();
    let own = path(&room.desk.open_own().unwrap());
    greet(&room.desk, "王敏");
    let other = room.dir.path().join("other");
    room.desk.open_workspace(&other).unwrap();
    assert!(is_let_go(&own));
    assert!(!is_let_go(&other));
    assert_eq!(room.desk.seat().unwrap().list_people(()).unwrap().len(), 1);
    room.desk.open_own().unwrap();
    assert!(is_let_go(&other));
    assert_eq!(room.desk.seat().unwrap().list_people(()).unwrap().len(), 2);
}

#[test]
fn the_page_of_a_workspace_does_not_hear_from_the_one_before() {
    let room = room();
    room.desk.open_own().unwrap();
    let before = room.desk.seat().unwrap();
    // Somebody still holds a seat: the switch does not wait for ever, and hears nothing of it.
    let other = room.dir.path().join("other");
    std::thread::scope(|scope| {
        let switching = scope.spawn(|| room.desk.open_workspace(&other).map(drop));
        let is_there = || {
            room.desk
                .seat()
                .is_ok_and(|seat| !Arc::ptr_eq(seat.app(), before.app()))
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
    greet(&room.desk, "李强");
    assert!(room.heard.load(Ordering::SeqCst) > heard);
}

#[test]
fn what_is_refused_leaves_the_open_one_open() {
    let room = room();
    let own = path(&room.desk.open_own().unwrap());
    let letters = room.dir.path().join("letters");
    fs::create_dir(&letters).unwrap();
    fs::write(letters.join("letter.txt"), "yours").unwrap();
    let busy = room.dir.path().join("busy");
    let options = Options {
        workspace: busy.clone(),
        models: None,
        player: false,
        device: qinting_domain::DeviceId::NONE,
    };
    let other = Host::open(options).unwrap();
    let _window = other.claim_window().unwrap().unwrap();

    for (folder, expected) in [
        (letters.as_path(), codes::WORKSPACE_NOT_ONE),
        (busy.as_path(), codes::WORKSPACE_BUSY),
        (Path::new("relative"), codes::WORKSPACE_NOT_ONE),
    ] {
        assert_eq!(code(room.desk.open_workspace(folder)), expected);
        greet(&room.desk, expected);
    }
    assert_eq!(room.places.last(), Some(own));
    assert_eq!(fs::read_dir(&letters).unwrap().count(), 1);
}

#[test]
fn the_same_workspace_by_another_name_is_the_same_workspace() {
    let room = room();
    let own = path(&room.desk.open_own().unwrap());
    let app = room.desk.seat().unwrap().app().clone();
    let roundabout = own.join("..").join(own.file_name().unwrap());
    room.desk.open_workspace(&roundabout).unwrap();
    assert!(Arc::ptr_eq(room.desk.seat().unwrap().app(), &app));
}

#[test]
fn the_next_start_opens_what_was_open_and_says_why_it_cannot() {
    let room = room();
    let other = room.dir.path().join("other");
    room.desk.open_own().unwrap();
    room.desk.open_workspace(&other).unwrap();
    room.desk.close();
    drop(room.desk);

    let (desk, _) = desk_at(&room.places);
    fs::rename(&other, room.dir.path().join("away")).unwrap();
    desk.start(room.places.start(None, false));
    assert_eq!(code(desk.seat()), codes::WORKSPACE_NONE);
    let problem = desk.doors().last_problem.unwrap();
    assert_eq!(problem.code, codes::WORKSPACE_GONE);
    assert!(!other.exists(), "nothing is made in its place");
}

#[test]
fn a_named_workspace_that_is_refused_is_what_every_command_answers_and_is_not_remembered() {
    let room = room();
    let file = room.dir.path().join("letter.txt");
    fs::write(&file, "yours").unwrap();
    room.desk.start(Start::Named(file));
    assert_eq!(code(room.desk.seat()), codes::WORKSPACE_UNUSABLE);
    assert_eq!(room.places.last(), None);

    let named = room.dir.path().join("named");
    let (desk, _) = desk_at(&room.places);
    desk.start(Start::Named(named.clone()));
    desk.seat().unwrap();
    assert_eq!(room.places.last(), None);
    // Whoever was there goes back there.
    desk.open_own().unwrap();
    desk.open_workspace(&named).unwrap();
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
                let place = room.desk.open_workspace(folder).unwrap();
                opened.lock().push(path(&place));
            });
        }
    });
    let mut opened = opened.into_inner();
    opened.sort();
    let mut expected = folders.clone();
    expected.sort();
    assert_eq!(opened, expected, "each was answered with its own");
    let now = room.desk.seat().unwrap().workspace_info(()).unwrap().path;
    let held = folders.iter().filter(|folder| !is_let_go(folder));
    assert!(held.map(|f| f.to_string_lossy()).all(|f| f == now));
}

#[test]
fn a_call_that_is_heard_is_not_left_and_ends_with_the_window() {
    let room = room();
    let own = path(&room.desk.open_own().unwrap());
    let begin = LiveBegin {
        title: "退货".into(),
        business_line: String::new(),
        agent: String::new(),
        customer: String::new(),
        mode: ListenMode::ClockOnly,
        lanes: vec![],
        consent: None,
        notice: None,
        mentor_id: None,
        session_id: None,
        anchor: String::new(),
    };
    let call = room
        .desk
        .seat()
        .unwrap()
        .live_begin(begin.clone())
        .unwrap()
        .call;
    let other = room.dir.path().join("other");
    let running = codes::LIVE_RUNNING;
    assert_eq!(code(room.desk.open_workspace(&other)), running);
    assert_eq!(code(room.desk.open_demo()), running);
    assert_eq!(code(room.desk.reset_demo()), running);
    assert!(!other.exists() && !room.places.demo().exists());
    // Where one already is, one may go.
    room.desk.open_own().unwrap();

    // Another program leaves it alone, and may not begin one beside it.
    let options = Options {
        workspace: own.clone(),
        models: Some(room.places.data().join("models")),
        player: false,
        device: qinting_domain::DeviceId::NONE,
    };
    let second = Host::open(options).unwrap();
    assert!(second.seat().live_recovered(()).unwrap().is_empty());
    assert_eq!(code(second.seat().live_begin(begin)), codes::LIVE_ELSEWHERE);

    room.desk.close();
    let kept = second.seat().get_case(call.case_id).unwrap().live.unwrap();
    assert_eq!(kept.state, LiveState::Ended);
}
