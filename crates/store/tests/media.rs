//! The media folder: bytes under their hash, work in progress apart.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::hex;
use qinting_app::*;
use qinting_domain::RecordingId;
use qinting_store::Media;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn folder() -> (TempDir, Media) {
    let dir = tempfile::tempdir().unwrap();
    let media = Media::open(dir.path()).unwrap();
    (dir, media)
}

fn stored(media: &Media, text: &str) -> String {
    let work = media.work_dir().unwrap();
    let sha256 = hex(text.as_bytes());
    fs::write(work.join("f"), text).unwrap();
    media.adopt(&work.join("f"), &sha256).unwrap();
    media.discard(&work);
    sha256
}

#[test]
fn a_finished_file_lies_under_its_hash() {
    let (dir, media) = folder();
    let sha256 = stored(&media, "声音");
    let path = media.path_of(&sha256);
    assert_eq!(
        path,
        dir.path().join("media").join(&sha256[..2]).join(&sha256)
    );
    assert_eq!(fs::read_to_string(path).unwrap(), "声音");
}

#[test]
fn good_bytes_take_the_place_of_those_that_went_bad_under_their_name() {
    let (_dir, media) = folder();
    let sha256 = stored(&media, "声音");
    let whole = |media: &Media| {
        let read = media.is_whole(&sha256, &mut |_| {}, &Cancel::default());
        read.unwrap_or(false)
    };
    assert!(whole(&media));
    for bad in ["声立", "声", ""] {
        fs::write(media.path_of(&sha256), bad).unwrap();
        assert!(!whole(&media));
        stored(&media, "声音");
        assert!(whole(&media), "{bad:?}");
    }
}

#[test]
fn what_was_read_is_remembered_and_a_line_nobody_understands_is_not() {
    let (dir, media) = folder();
    assert_eq!(media.readings(), []);
    let reading = |sha256: &str, whole| Reading {
        sha256: sha256.into(),
        at: 1_700_000_000_000,
        whole,
    };
    let kept = [reading("aa", true), reading("bb", false)];
    media.keep_readings(&kept).unwrap();
    let file = dir.path().join("media/readings");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("?\n{text}cc never whole\n")).unwrap();
    assert_eq!(media.readings(), kept);
    assert_eq!(media.sweep(&[]).unwrap(), 0);
    assert!(file.is_file(), "no sweep takes it");
}

#[test]
fn what_is_being_recorded_lies_apart_and_no_sweep_takes_it() {
    let (dir, media) = folder();
    let recording = RecordingId(uuid::Uuid::now_v7());
    let live = media.live_dir(recording).unwrap();
    assert_eq!(live, dir.path().join("live").join(recording.to_string()));
    fs::write(live.join("part-001.wav"), vec![1; 1_000]).unwrap();
    assert_eq!(
        media.live_dir(recording).unwrap(),
        live,
        "asked for again, it is as it was"
    );
    assert_eq!(media.sweep(&[]).unwrap(), 0);
    assert!(media.space().unwrap().1 >= 1_000, "it takes space");
    let beside = media.live_dir(RecordingId(uuid::Uuid::now_v7())).unwrap();
    media.drop_live(recording).unwrap();
    assert!(!live.exists() && beside.is_dir());
    media.drop_live(recording).unwrap();
}

#[test]
fn bytes_that_are_there_already_are_kept_once() {
    let (_dir, media) = folder();
    let sha256 = stored(&media, "声音");
    let work = media.work_dir().unwrap();
    fs::write(work.join("again"), "声音").unwrap();
    media.adopt(&work.join("again"), &sha256).unwrap();
    assert!(!work.join("again").exists());
    assert_eq!(fs::read_to_string(media.path_of(&sha256)).unwrap(), "声音");
}

#[test]
fn a_name_that_is_not_a_hash_is_refused() {
    let (_dir, media) = folder();
    let work = media.work_dir().unwrap();
    fs::write(work.join("f"), "x").unwrap();
    for name in ["", "../../../etc/passwd", "ABC", &hex(b"x").to_uppercase()] {
        let refused = media.adopt(&work.join("f"), name).unwrap_err();
        assert_eq!(refused.code(), codes::INVALID);
    }
    let gone = media.adopt(&work.join("never"), &hex(b"x")).unwrap_err();
    assert_eq!(gone.code(), codes::NOT_FOUND);
}

#[test]
fn discarding_takes_a_work_folder_with_all_in_it_and_nothing_else() {
    let (dir, media) = folder();
    let work = media.work_dir().unwrap();
    fs::create_dir(work.join("deep")).unwrap();
    fs::write(work.join("deep/f"), "x").unwrap();
    media.discard(&work);
    assert!(!work.exists());
    let other = dir.path().join("mine");
    fs::create_dir(&other).unwrap();
    media.discard(&other);
    media.discard(Path::new("/"));
    assert!(other.exists());
}

#[test]
fn a_sweep_removes_what_a_crash_left_and_keeps_what_records_name() {
    let (dir, media) = folder();
    let (named, unnamed) = (stored(&media, "甲"), stored(&media, "乙"));
    let crashed = dir.path().join("media/work-crashed");
    fs::create_dir(&crashed).unwrap();
    fs::write(crashed.join("source-0"), "half").unwrap();
    assert_eq!(media.sweep(std::slice::from_ref(&named)).unwrap(), 2);
    assert!(media.path_of(&named).exists());
    assert!(!media.path_of(&unnamed).exists() && !crashed.exists());
    assert_eq!(media.sweep(&[named]).unwrap(), 0);
}

#[test]
fn a_sweep_leaves_an_import_alone_that_is_under_way() {
    let (dir, media) = folder();
    let unnamed = stored(&media, "not in a record yet");
    let work = media.work_dir().unwrap();
    let neighbour = Media::open(dir.path()).unwrap();
    assert_eq!(neighbour.sweep(&[]).unwrap(), 0);
    assert!(work.exists() && media.path_of(&unnamed).exists());
    drop(media);
    assert_eq!(neighbour.sweep(&[]).unwrap(), 2, "its process is gone");
}

#[test]
fn space_tells_what_is_free_and_what_media_takes() {
    let (_dir, media) = folder();
    let (free, used) = media.space().unwrap();
    assert!(free > 0 && used == 0);
    stored(&media, "12345");
    assert_eq!(media.space().unwrap().1, 5);
}
