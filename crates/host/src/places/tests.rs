//! Where things live, and what an installation knows.

use super::*;
use rstest::rstest;
use std::fs;
use tempfile::TempDir;

fn places() -> (TempDir, Places) {
    let dir = tempfile::tempdir().unwrap();
    let places = Places::below(dir.path().join("数据"));
    (dir, places)
}

fn make_workspace(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join(DATABASE), "").unwrap();
}

#[test]
fn what_a_disk_says_is_told_with_what_it_is_about() {
    let dir = tempfile::tempdir().unwrap();
    let places = Places::below(dir.path().join("数据/里面"));
    fs::write(dir.path().join("数据"), "a file in its place").unwrap();
    let refused = places.remember(dir.path(), false).unwrap_err();
    assert_eq!(refused.note.code, codes::DISK_FOLDER_MISSING);
    assert_eq!(refused.note.args["name"], "数据");
}

#[test]
fn a_first_start_opens_nothing() {
    let (_dir, places) = places();
    assert_eq!(places.start(None, false), Start::Doors);
}

#[test]
fn recordings_brought_along_open_the_persons_own_workspace() {
    let (_dir, places) = places();
    assert_eq!(places.start(None, true), Start::Own(places.own()));
}

#[test]
fn a_workspace_in_the_usual_place_is_opened_without_a_question() {
    let (_dir, places) = places();
    make_workspace(&places.own());
    assert_eq!(places.start(None, false), Start::Own(places.own()));
}

#[test]
fn the_last_one_comes_before_the_usual_place_and_a_named_one_before_both() {
    let (dir, places) = places();
    make_workspace(&places.own());
    let theirs = dir.path().join("另一个");
    places.remember(&theirs, false).unwrap();
    assert_eq!(places.start(None, true), Start::Last(theirs));
    let named = PathBuf::from("named");
    assert_eq!(places.start(Some(named.clone()), true), Start::Named(named));
}

#[test]
fn the_demo_does_not_take_the_place_of_ones_own() {
    let (dir, places) = places();
    let theirs = dir.path().join("theirs");
    places.remember(&theirs, false).unwrap();
    places.remember(&places.demo(), true).unwrap();
    assert_eq!(places.last(), Some(places.demo()));
    assert_eq!(places.last_own(), Some(theirs));
}

#[rstest]
#[case::cut_off(r#"{"last": "/so"#)]
#[case::something_else("[1, 2]")]
#[case::nothing("")]
fn a_memory_that_cannot_be_read_is_no_memory(#[case] text: &str) {
    let (_dir, places) = places();
    fs::create_dir_all(places.data()).unwrap();
    fs::write(places.data().join(MEMORY), text).unwrap();
    assert_eq!(places.start(None, false), Start::Doors);
    places.remember(&places.own(), false).unwrap();
    assert_eq!(places.last(), Some(places.own()));
}

#[test]
fn remembering_leaves_nothing_else_behind() {
    let (_dir, places) = places();
    for _ in 0..3 {
        places.remember(&places.own(), false).unwrap();
    }
    let names: Vec<_> = fs::read_dir(places.data())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(names, [MEMORY]);
}

#[rstest]
#[case::absent(&[], Ground::Free)]
#[case::empty(&[""], Ground::Free)]
#[case::litter(&[".DS_Store", "Thumbs.db"], Ground::Free)]
#[case::workspace(&[DATABASE, "letter.txt"], Ground::Workspace)]
#[case::somebody_elses(&["letter.txt"], Ground::Taken)]
#[case::hidden_work(&[".git"], Ground::Taken)]
fn ground_is_told_apart(#[case] files: &[&str], #[case] expected: Ground) {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("folder");
    for file in files {
        fs::create_dir_all(&folder).unwrap();
        if !file.is_empty() {
            fs::write(folder.join(file), "x").unwrap();
        }
    }
    assert_eq!(Ground::of(&folder), expected);
}

#[test]
fn a_file_is_no_ground() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("letter.txt");
    fs::write(&file, "x").unwrap();
    assert_eq!(Ground::of(&file), Ground::Taken);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_is_that_folder() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, link) = (dir.path().join("folder"), dir.path().join("link"));
    fs::create_dir(&folder).unwrap();
    std::os::unix::fs::symlink(&folder, &link).unwrap();
    assert!(is_same(&folder, &link));
    assert!(!is_same(&folder, dir.path()));
    let (new, linked) = (folder.join("neu/a"), link.join("neu/a"));
    assert_eq!(real_path(&new), real_path(&linked));
    fs::create_dir_all(&new).unwrap();
    assert_eq!(real_path(&linked), new.canonicalize().unwrap());
}

fn now_ms() -> i64 {
    use qinting_desk::Clock;
    crate::system::SystemClock.now_ms()
}

#[test]
fn an_installation_is_told_from_others_and_keeps_its_id() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let places = Places::below(here.path().join("data"));
    let device = places.device().id();
    assert_eq!(places.device().id(), device);
    let data = here.path().join("data");
    let began = places.device().since();
    assert!(began.is_some_and(|began| began <= now_ms()));
    assert_eq!(
        (places.device().since(), places.device().data()),
        (began, Some(&*data))
    );
    assert_ne!(Places::below(there.path().to_owned()).device().id(), device);
    // What does not say an id says nothing.
    std::fs::write(here.path().join("data/device"), "cut o").unwrap();
    let anew = places.device().id();
    assert_ne!(anew, device);
    assert_eq!(places.device().id(), anew);
    // Where nothing can be kept, a run is one by itself.
    let file = there.path().join("file");
    std::fs::write(&file, "").unwrap();
    let passing = Places::below(file);
    assert_ne!(passing.device().id(), passing.device().id());
    assert_eq!(
        (passing.device().since(), passing.device().data()),
        (None, None)
    );
}

fn is_quiet(folder: &Path, device: &Device) -> bool {
    use qinting_desk::Store;
    let opened = qinting_store::Workspace::open(folder, device).unwrap();
    opened.only_read().is_some()
}

#[test]
fn what_an_older_version_had_open_last_is_known_and_nothing_it_never_saw() {
    let (dir, places) = places();
    let [last, own, other] = ["last", "own", "other"].map(|name| dir.path().join(name));
    for folder in [&last, &own, &other] {
        drop(qinting_store::Workspace::open(folder, &Device::passing()).unwrap());
    }
    places.remember(&own, false).unwrap();
    places.remember(&last, true).unwrap();
    let device = places.device();
    assert!(!is_quiet(&last, &device) && !is_quiet(&own, &device));
    assert!(is_quiet(&other, &device));
    // From then on being open last says nothing: somebody may only have looked.
    places.remember(&other, false).unwrap();
    assert!(is_quiet(&other, &places.device()));
}
