//! A workspace nobody here called theirs is read, and nothing else, until somebody does.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::{TestWorkspace, open_here};
use qinting_app::*;
use qinting_domain::*;
use qinting_store::{Device, Workspace, adopt, restore, salvage};
use qinting_testkit::files::snapshot;
use rstest::rstest;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// Somebody's workspace, as it lies in a folder.
fn theirs() -> TempDir {
    let base = TestWorkspace::new();
    base.call("退款来电", 1);
    let TestWorkspace { dir, store, .. } = base;
    drop(store);
    dir
}

/// Installations, by what they keep.
fn installations() -> [(Option<TempDir>, Device); 2] {
    let data = tempfile::tempdir().unwrap();
    let kept = Device::kept_in(data.path());
    [(None, Device::passing()), (Some(data), kept)]
}

fn is_quiet(folder: &Path, device: &Device) -> bool {
    let opened = Workspace::open(folder, device).unwrap();
    let note = opened.only_read();
    note.is_some_and(|note| note.code == codes::WORKSPACE_QUIET)
}

#[test]
fn one_that_came_from_elsewhere_is_read_and_left_as_it_lies() {
    for (_data, device) in installations() {
        let dir = theirs();
        let before = snapshot(dir.path());
        let store = Workspace::open(dir.path(), &device).unwrap();
        let told = store.only_read().unwrap();
        assert_eq!(told.code, codes::WORKSPACE_QUIET);
        assert_eq!(store.cases(&CaseQuery::default()).unwrap().total, 1);
        let hits = store.search(&SearchQuery::of("退款")).unwrap().hits;
        assert_eq!(hits.len(), 1);
        let refused = [
            store.save_seated(PersonId(uuid::Uuid::nil())).unwrap_err(),
            store.claim_job(&JobKind::ALL, 1).map(drop).unwrap_err(),
            store.media().sweep(&[]).map(drop).unwrap_err(),
            store.media().work_dir().map(drop).unwrap_err(),
        ];
        for refused in refused {
            assert_eq!(refused.code(), codes::WORKSPACE_QUIET);
        }
        drop(store);
        assert!(snapshot(dir.path()) == before, "something was written");
        assert!(is_quiet(dir.path(), &device), "looking makes it nobody's");
    }
}

#[test]
fn it_is_written_once_somebody_says_that_it_is_theirs() {
    for (_data, device) in installations() {
        let dir = theirs();
        assert!(is_quiet(dir.path(), &device));
        adopt(dir.path(), &device).unwrap();
        assert!(!is_quiet(dir.path(), &device));
        let store = Workspace::open(dir.path(), &device).unwrap();
        store
            .save_seated(PersonId(uuid::Uuid::from_u128(7)))
            .unwrap();
    }
}

#[test]
fn what_is_made_here_is_known_here_and_nowhere_else() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("neu");
    let [(_none, passing), (_data, kept)] = installations();
    for device in [&kept, &kept] {
        assert!(!is_quiet(&folder, device));
    }
    assert!(is_quiet(&folder, &passing));
}

#[test]
fn what_was_opened_here_before_anybody_was_asked_is_known() {
    let (dir, data) = (theirs(), tempfile::tempdir().unwrap());
    let device = Device::kept_in(data.path());
    adopt(dir.path(), &device).unwrap();
    drop(Workspace::open(dir.path(), &device).unwrap());
    fs::remove_dir_all(data.path().join("known")).unwrap();
    assert!(device.asked_nobody_yet());
    assert!(!is_quiet(dir.path(), &device));
    assert!(!device.asked_nobody_yet());
}

#[test]
fn another_one_in_the_place_of_a_known_one_is_not_known() {
    for (_data, device) in installations() {
        let stick = tempfile::tempdir().unwrap();
        let place = stick.path().join("qinting");
        drop(Workspace::open(&place, &device).unwrap());
        fs::rename(&place, stick.path().join("away")).unwrap();
        fs::rename(theirs().keep(), &place).unwrap();
        assert!(is_quiet(&place, &device));
        adopt(&place, &device).unwrap();
        assert!(!is_quiet(&place, &device));
        // Both sticks are known by now.
        fs::rename(&place, stick.path().join("other")).unwrap();
        fs::rename(stick.path().join("away"), &place).unwrap();
        assert!(!is_quiet(&place, &device));
    }
}

#[test]
fn a_known_one_stays_known_when_it_goes_back_to_a_copy_or_is_read_out() {
    let data = tempfile::tempdir().unwrap();
    let device = Device::kept_in(data.path());
    let dir = theirs();
    adopt(dir.path(), &device).unwrap();
    let store = Workspace::open(dir.path(), &device).unwrap();
    assert!(store.copy_daily(1, &Cancel::default()).unwrap());
    drop(store);
    let copy = qinting_store::copies_of(dir.path()).unwrap().remove(0);
    restore(dir.path(), &copy.name, &device).unwrap();
    assert!(!is_quiet(dir.path(), &device));
    salvage(dir.path(), &device).unwrap();
    assert!(!is_quiet(dir.path(), &device));
}

#[test]
fn one_that_is_not_known_does_not_get_known_by_being_mended() {
    let dir = theirs();
    let (_data, device) = installations().into_iter().next_back().unwrap();
    salvage(dir.path(), &device).unwrap();
    assert!(is_quiet(dir.path(), &device));
}

#[test]
fn a_copy_of_a_known_one_is_known_and_of_another_one_not() {
    let (ours, theirs, there) = (theirs(), theirs(), tempfile::tempdir().unwrap());
    let (_data, device) = installations().into_iter().next_back().unwrap();
    adopt(ours.path(), &device).unwrap();
    for (folder, name, quiet) in [(&ours, "a", false), (&theirs, "b", true)] {
        let copy = there.path().join(name);
        let store = Workspace::open(folder.path(), &device).unwrap();
        store.copy_to(&copy).unwrap();
        assert_eq!(is_quiet(&copy, &device), quiet);
    }
}

#[rstest]
#[case::nothing(None, codes::WORKSPACE_NOT_ONE)]
#[case::a_letter(Some("this is a letter to somebody"), codes::WORKSPACE_UNUSABLE)]
fn what_is_no_workspace_is_not_taken(#[case] database: Option<&str>, #[case] code: &str) {
    let dir = tempfile::tempdir().unwrap();
    if let Some(text) = database {
        fs::write(dir.path().join("workspace.db"), text.repeat(99)).unwrap();
    }
    let refused = adopt(dir.path(), &Device::passing()).unwrap_err();
    assert_eq!(refused.code(), code);
}

#[test]
fn what_is_refused_is_refused_for_its_own_reason() {
    let dir = theirs();
    let conn = rusqlite::Connection::open(dir.path().join("workspace.db")).unwrap();
    conn.execute_batch("CREATE VIEW odd AS SELECT 1").unwrap();
    conn.close().unwrap();
    let device = Device::passing();
    let opened = Workspace::open(dir.path(), &device).err().unwrap();
    assert_eq!(opened.code(), codes::WORKSPACE_ALTERED);
    let adopted = adopt(dir.path(), &device).unwrap_err();
    assert_eq!(adopted.code(), codes::WORKSPACE_ALTERED);
    assert_eq!(
        open_here(dir.path()).err().unwrap().code(),
        codes::WORKSPACE_ALTERED
    );
}

#[rstest]
#[case::outside("../../outside.wav")]
#[case::of_the_system("/etc/passwd")]
#[case::nothing("")]
fn a_part_whose_name_leads_elsewhere_is_none_and_hides_no_other(#[case] name: &str) {
    let base = TestWorkspace::new();
    let recording = base.live("一").recording_id;
    let part = |ordinal| CapturePart {
        recording_id: recording,
        ordinal,
        file: PartName::of(ordinal),
        sample_rate_hz: 8_000,
        channels: 1,
        start_frame: 0,
        frames: 5,
    };
    for ordinal in [1, 2] {
        base.store.put_part(&part(ordinal)).unwrap();
    }
    let file = base.dir.path().join("workspace.db");
    let conn = rusqlite::Connection::open(file).unwrap();
    let sql = "UPDATE capture_part SET file = ?1 WHERE ordinal = 1";
    assert_eq!(conn.execute(sql, [name]).unwrap(), 1);
    let parts = base.store.parts_of(recording).unwrap();
    assert_eq!(parts, [part(2)]);
    base.store.drop_parts(recording).unwrap();
    let left = "SELECT count(*) FROM capture_part";
    let left: i64 = conn.query_row(left, [], |r| r.get(0)).unwrap();
    assert_eq!(left, 0);
}
