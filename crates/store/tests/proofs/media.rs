//! The bytes of recordings: each under an id of its own, work in progress apart.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::hex;
use qinting_app::*;
use qinting_domain::{Blob, BlobId, BlobRole, PLAIN, PartName, RecordingId};
use qinting_store::Media;
use std::fs;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use uuid::Uuid;

fn folder() -> (TempDir, Media) {
    let dir = tempfile::tempdir().unwrap();
    let media = Media::open(dir.path()).unwrap();
    (dir, media)
}

/// Bytes of a recording that are to hold this.
fn blob(text: &str) -> Blob {
    Blob {
        id: BlobId(Uuid::new_v4()),
        recording_id: RecordingId(Uuid::now_v7()),
        role: BlobRole::Audio,
        format: PLAIN,
        sha256: hex(text.as_bytes()),
        bytes: None,
    }
}

fn seal(media: &Media, text: &str, blob: &Blob) -> AppResult<()> {
    let work = media.work_dir().unwrap();
    fs::write(work.join("f"), text).unwrap();
    let sealed = media.seal(&work.join("f"), blob);
    media.discard(&work);
    sealed
}

fn stored(media: &Media, text: &str) -> Blob {
    let blob = blob(text);
    seal(media, text, &blob).unwrap();
    blob
}

fn file_of(dir: &TempDir, blob: &Blob) -> PathBuf {
    let name = blob.id.0.simple().to_string();
    dir.path().join("media").join(&name[30..]).join(name)
}

/// Bytes as versions before kept them: under their hash.
fn by_hash(dir: &TempDir, text: &str) -> PathBuf {
    let sha256 = hex(text.as_bytes());
    let file = dir.path().join("media").join(&sha256[..2]).join(&*sha256);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, text).unwrap();
    file
}

fn read(media: &Media, blob: &Blob) -> String {
    let mut text = String::new();
    let mut bytes = media.open(blob).unwrap();
    bytes.read_to_string(&mut text).unwrap();
    text
}

#[test]
fn sealed_bytes_lie_under_their_id_and_are_read_from_any_place() {
    let (dir, media) = folder();
    let blob = stored(&media, "0123456789");
    assert_eq!(
        fs::read_to_string(file_of(&dir, &blob)).unwrap(),
        "0123456789"
    );
    let mut bytes = media.open(&blob).unwrap();
    bytes.seek(SeekFrom::Start(7)).unwrap();
    let mut rest = String::new();
    bytes.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "789");
    assert_eq!(media.length_of(&blob).unwrap(), Some(10));
    let lent = media.lend(&blob).unwrap();
    assert_eq!(fs::read_to_string(lent.for_worker()).unwrap(), "0123456789");
}

#[test]
fn bytes_that_were_dropped_are_gone_and_nobody_elses_with_them() {
    let (dir, media) = folder();
    let (one, other) = (stored(&media, "声音"), stored(&media, "声音"));
    assert_ne!(file_of(&dir, &one), file_of(&dir, &other));
    media.drop_bytes(&one, false).unwrap();
    media.drop_bytes(&one, false).unwrap();
    assert!(!file_of(&dir, &one).exists());
    let missing = media.open(&one).err().unwrap();
    assert_eq!(missing.code(), codes::MEDIA_MISSING);
    assert_eq!(media.lend(&one).unwrap_err().code(), codes::MEDIA_MISSING);
    assert_eq!(media.length_of(&one).unwrap(), None);
    assert_eq!(read(&media, &other), "声音");
}

#[test]
fn bytes_of_another_layout_are_not_taken_for_sound() {
    let (_dir, media) = folder();
    let sealed = Blob {
        format: PLAIN + 1,
        ..stored(&media, "声音")
    };
    let refused = media.open(&sealed).err().unwrap();
    assert_eq!(refused.code(), codes::MEDIA_UNREADABLE);
}

#[test]
fn good_bytes_take_the_place_of_those_that_went_bad() {
    let (dir, media) = folder();
    let blob = stored(&media, "声音");
    let whole = |media: &Media| {
        let read = media.is_whole(&blob, &mut |_| {}, &Cancel::default());
        read.unwrap_or(false)
    };
    assert!(whole(&media));
    for bad in ["声立", "声", ""] {
        fs::write(file_of(&dir, &blob), bad).unwrap();
        assert!(!whole(&media));
        seal(&media, "声音", &blob).unwrap();
        assert!(whole(&media), "{bad:?}");
    }
}

#[test]
fn what_was_read_is_remembered_and_a_line_nobody_understands_is_not() {
    let (dir, media) = folder();
    assert_eq!(media.readings(), []);
    let reading = |n: u128, whole| Reading {
        blob: BlobId(Uuid::from_u128(n)),
        at: 1_700_000_000_000,
        whole,
    };
    let kept = [reading(1, true), reading(2, false)];
    media.keep_readings(&kept).unwrap();
    let file = dir.path().join("media/readings");
    let text = fs::read_to_string(&file).unwrap();
    // Versions before remembered by hash.
    let hash = "ab".repeat(32);
    fs::write(&file, format!("?\n{text}{hash} 7 whole\n")).unwrap();
    assert_eq!(media.readings(), kept);
    assert_eq!(media.sweep(&[]).unwrap(), 0);
    assert!(file.is_file(), "no sweep takes it");
}

#[test]
fn what_is_being_recorded_lies_apart_and_no_sweep_takes_it() {
    let (dir, media) = folder();
    let recording = RecordingId(uuid::Uuid::now_v7());
    let live = media.live(recording).unwrap();
    let lies = dir.path().join("live").join(recording.to_string());
    let name = &PartName::of(1);
    live.create(name).unwrap().write_all(&[1; 1_000]).unwrap();
    assert!(live.create(name).is_err(), "evidence is not written over");
    fs::write(lies.join("notes.txt"), "no sound").unwrap();
    let again = media.live(recording).unwrap();
    assert_eq!(again.names().unwrap(), [PartName::of(1)]);
    assert_eq!(again.open(name).unwrap().metadata().unwrap().len(), 1_000);
    assert_eq!(again.lend(name).for_worker(), lies.join(name.as_str()));
    assert_eq!(media.sweep(&[]).unwrap(), 0);
    assert!(media.space().unwrap().1 >= 1_000, "it takes space");
    let beside = RecordingId(uuid::Uuid::now_v7());
    media.live(beside).unwrap();
    media.drop_live(recording).unwrap();
    assert!(!lies.exists() && lies.with_file_name(beside.to_string()).is_dir());
    media.drop_live(recording).unwrap();
}

#[test]
fn what_has_no_name_of_ours_is_no_file_of_a_recording() {
    let (dir, media) = folder();
    let recording = RecordingId(uuid::Uuid::now_v7());
    let live = media.live(recording).unwrap();
    let lies = dir.path().join("live").join(recording.to_string());
    for name in ["a.db", ".hidden.wav", "x.db.wav", "a b.wav"] {
        fs::write(lies.join(name), "theirs").unwrap();
    }
    assert_eq!(live.names().unwrap(), []);
    drop(live.create(&PartName::of(1)).unwrap());
    assert_eq!(live.names().unwrap(), [PartName::of(1)]);
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
    let foreign = dir.path().join("media/00/somebody's.txt");
    fs::create_dir_all(foreign.parent().unwrap()).unwrap();
    fs::write(&foreign, "theirs").unwrap();
    assert_eq!(media.sweep(std::slice::from_ref(&named)).unwrap(), 2);
    assert!(file_of(&dir, &named).exists() && foreign.exists());
    assert!(!file_of(&dir, &unnamed).exists() && !crashed.exists());
    assert_eq!(media.sweep(&[named]).unwrap(), 0);
}

#[test]
fn a_sweep_leaves_an_import_alone_that_is_under_way() {
    let (dir, media) = folder();
    let unnamed = stored(&media, "not in a record yet");
    let work = media.work_dir().unwrap();
    let neighbour = Media::open(dir.path()).unwrap();
    assert_eq!(neighbour.sweep(&[]).unwrap(), 0);
    assert!(work.exists() && file_of(&dir, &unnamed).exists());
    drop(media);
    assert_eq!(neighbour.sweep(&[]).unwrap(), 2, "its process is gone");
}

#[test]
fn what_lay_under_its_hash_is_found_there_until_each_recording_has_its_own() {
    let (dir, media) = folder();
    let (shared, lone, nobodys) = (
        by_hash(&dir, "谁也没接"),
        by_hash(&dir, "我要退款"),
        by_hash(&dir, "没人要的"),
    );
    let [one, other, alone] = ["谁也没接", "谁也没接", "我要退款"].map(blob);
    for (blob, text) in [
        (&one, "谁也没接"),
        (&other, "谁也没接"),
        (&alone, "我要退款"),
    ] {
        assert_eq!(read(&media, blob), text);
        let whole = media.is_whole(blob, &mut |_| {}, &Cancel::default());
        assert!(whole.unwrap());
    }
    let named = [one, other, alone];
    assert_eq!(media.sweep(&named).unwrap(), 1);
    for blob in &named {
        assert!(file_of(&dir, blob).is_file());
    }
    assert!(!shared.exists() && !lone.exists() && !nobodys.exists());
    // Killed in between, it goes on where it was.
    let again = by_hash(&dir, "谁也没接");
    fs::remove_file(file_of(&dir, &named[1])).unwrap();
    assert_eq!(media.sweep(&named).unwrap(), 0);
    assert!(!again.exists());
    assert_eq!(read(&media, &named[1]), "谁也没接");
}

#[test]
fn what_a_database_put_aside_may_know_too_stays_under_its_hash() {
    let (dir, media) = folder();
    let (shared, blob) = (by_hash(&dir, "谁也没接"), blob("谁也没接"));
    let aside = dir.path().join("backups/aside-0000000000001.db");
    fs::create_dir(aside.parent().unwrap()).unwrap();
    fs::write(&aside, "older").unwrap();
    assert_eq!(media.sweep(std::slice::from_ref(&blob)).unwrap(), 0);
    assert!(shared.is_file());
    assert_eq!(read(&media, &blob), "谁也没接");
    fs::remove_file(aside).unwrap();
    assert_eq!(media.sweep(std::slice::from_ref(&blob)).unwrap(), 0);
    assert!(!shared.exists() && file_of(&dir, &blob).is_file());
}

#[test]
fn space_tells_what_is_free_and_what_media_takes() {
    let (_dir, media) = folder();
    let (free, used) = media.space().unwrap();
    assert!(free > 0 && used == 0);
    stored(&media, "12345");
    assert_eq!(media.space().unwrap().1, 5);
}
