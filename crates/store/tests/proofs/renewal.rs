//! An index that was written by older rules: renewed a few rows at a time, whatever happens meanwhile.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::*;
use qinting_app::*;
use rusqlite::Connection;

const INDEXES: [&str; 5] = [
    "case_text",
    "issue_text",
    "observation_text",
    "seat_note_text",
    "segment_text",
];

/// A workspace as an older version left it: its index finds nothing that is looked for today.
fn old_workspace() -> TestWorkspace {
    let base = TestWorkspace::new();
    for n in 0..5u8 {
        let call = base.call(&format!("第{n}通退貨"), n);
        base.transcript(call.1, &[(0, 900, 0, "我要退貨"), (900, 1_800, 1, "好的")]);
        base.mark(call, 500, "138-0013-8000 要退貨");
    }
    base.issue("退貨慢");
    let file = Connection::open(base.dir.path().join("workspace.db")).unwrap();
    for index in INDEXES {
        let sql = format!("INSERT INTO {index} ({index}) VALUES ('delete-all')");
        file.execute_batch(&sql).unwrap();
    }
    for index in INDEXES {
        let sql = "UPDATE index_state SET rules = 1, done = 0, upto = 0 WHERE name = ?1";
        file.execute(sql, [index]).unwrap();
    }
    drop(file);
    base
}

fn renewing(base: &TestWorkspace) -> Option<u8> {
    let found = base.store.search(&SearchQuery::of("退货"));
    found.unwrap().renewing
}

#[test]
fn every_row_is_renewed_in_small_steps_that_a_restart_does_not_lose() {
    let mut base = old_workspace();
    assert!(base.find("退货").is_empty());
    assert_eq!(renewing(&base), Some(0));
    let total = base.store.index_state().unwrap().total;
    assert_eq!(total, 5 + 10 + 5 + 1);
    let mut steps = 0;
    let mut before = 0;
    while !base.store.renew_index(2).unwrap().is_done() {
        let done = base.store.index_state().unwrap().done;
        assert!((before + 1..=before + 2).contains(&done), "{before} {done}");
        assert!(renewing(&base).is_some_and(|percent| percent < 100));
        (before, steps) = (done, steps + 1);
        base = base.reopened();
    }
    assert!(steps > 8);
    assert_eq!(renewing(&base), None);
    assert_eq!(base.find("退货").len(), 5 + 5 + 5 + 1);
    assert_eq!(base.find("8000").len(), 5);
    let report = base.store.check_database(true).unwrap();
    assert!(report.sound, "{:?}", report.problems);
}

#[test]
fn what_is_written_or_taken_away_meanwhile_is_right_at_once_and_stays_so() {
    let base = old_workspace();
    base.store.renew_index(2).unwrap();
    let call = base.call("新来的退貨", 9);
    assert_eq!(base.find_in("新来", &[SearchScope::Case]).len(), 1);
    let old = base.find_in("退货", &[SearchScope::Case]).pop().unwrap();
    let SearchTarget::Case { case_id: gone } = old.target else {
        panic!("no case")
    };
    base.delete(qinting_domain::EntityKind::Case, gone.0);
    while !base.store.renew_index(3).unwrap().is_done() {}
    let cases = base.find_in("退货", &[SearchScope::Case]);
    assert_eq!(cases.len(), 5, "five of six, one is gone");
    let leads_to = |case_id| move |hit: &SearchHit| hit.target == SearchTarget::Case { case_id };
    assert!(cases.iter().any(leads_to(call.0)));
    assert!(!cases.iter().any(leads_to(gone)));
}

#[test]
fn a_new_workspace_has_nothing_to_renew() {
    let base = TestWorkspace::new();
    base.call("退貨", 1);
    assert!(base.store.index_state().unwrap().is_done());
    assert_eq!(renewing(&base), None);
}
