//! What a record lists is kept row by row: only what changed is written, and whatever stays keeps its
//! row and its place.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::*;
use qinting_app::*;
use qinting_domain::*;
use qinting_store::Workspace;
use rstest::rstest;
use rusqlite::Connection;
use std::collections::BTreeMap;
use uuid::Uuid;

/// How many calls are on the long list.
const MANY: usize = 200;

/// A session with many calls, and a look at its rows beside the store.
struct Listed {
    base: TestWorkspace,
    session: ListeningSession,
    beside: Connection,
}

impl Listed {
    fn new() -> Self {
        let base = TestWorkspace::new();
        let cases: Vec<Case> = (0..MANY).map(|n| base.case_of(&n.to_string())).collect();
        let ids: Vec<CaseId> = cases.iter().map(|c| c.id).collect();
        let cases = cases.into_iter().map(Record::from).collect();
        let import = base.operation(Action::CaseImport, cases);
        base.store.commit(import).unwrap();
        let session = base.session("专场", &ids);
        let beside = Connection::open(base.dir.path().join("workspace.db")).unwrap();
        let counted = |deed: &str| {
            format!(
                "CREATE TRIGGER counted_{deed} AFTER {deed} ON session_case
                 BEGIN INSERT INTO written VALUES ('{deed}'); END;"
            )
        };
        let counters: String = ["INSERT", "UPDATE", "DELETE"].map(counted).concat();
        let sql = format!("CREATE TABLE written (deed TEXT); {counters}");
        beside.execute_batch(&sql).unwrap();
        Self {
            base,
            session,
            beside,
        }
    }

    /// A database with counters in it is none of ours, and refused.
    fn stop_counting(&self) {
        let sql =
            ["INSERT", "UPDATE", "DELETE"].map(|deed| format!("DROP TRIGGER counted_{deed};"));
        let sql = sql.concat() + "DROP TABLE written";
        self.beside.execute_batch(&sql).unwrap();
    }

    fn places(&self) -> BTreeMap<Uuid, String> {
        let sql = "SELECT case_id, place FROM session_case WHERE session_id = ?1";
        let mut statement = self.beside.prepare(sql).unwrap();
        let rows = statement.query_map([self.session.id.0.as_bytes()], |r| {
            Ok((Uuid::from_bytes(r.get(0)?), r.get(1)?))
        });
        rows.unwrap().map(Result::unwrap).collect()
    }

    /// Keeps the session with other calls; gives how many rows that wrote.
    fn keep(&mut self, cases: Vec<CaseId>) -> i64 {
        self.beside.execute("DELETE FROM written", []).unwrap();
        self.session.cases = cases;
        let kept = self.base.save(Action::SessionEdit, self.session.clone());
        self.session = ListeningSession::from_record(kept).unwrap();
        let sql = "SELECT count(*) FROM written";
        self.beside.query_row(sql, [], |r| r.get(0)).unwrap()
    }

    fn read(&self, store: &Workspace) -> Vec<CaseId> {
        let row = store.session_row(self.session.id).unwrap().unwrap();
        row.session.cases
    }
}

#[rstest]
#[case::one_goes_first(|all: &mut Vec<CaseId>| { let one = all.pop().unwrap(); all.insert(0, one) }, 1)]
#[case::one_goes_last(|all: &mut Vec<CaseId>| { let one = all.remove(0); all.push(one) }, 1)]
#[case::one_goes_between(|all: &mut Vec<CaseId>| { let one = all.remove(150); all.insert(20, one) }, 1)]
#[case::two_change_places(|all: &mut Vec<CaseId>| all.swap(70, 71), 1)]
#[case::one_is_taken_out(|all: &mut Vec<CaseId>| { all.remove(100); }, 1)]
#[case::one_is_moved_and_one_taken_out(|all: &mut Vec<CaseId>| { all.remove(5); all.rotate_left(1) }, 2)]
#[case::nothing(|_: &mut Vec<CaseId>| {}, 0)]
#[case::all_are_turned_round(|all: &mut Vec<CaseId>| all.reverse(), 199)]
fn only_what_was_moved_is_written(#[case] deed: fn(&mut Vec<CaseId>), #[case] written: i64) {
    let mut listed = Listed::new();
    let (before, mut wanted) = (listed.places(), listed.session.cases.clone());
    deed(&mut wanted);
    assert_eq!(listed.keep(wanted.clone()), written);
    let after = listed.places();
    let kept = after
        .iter()
        .filter(|(id, place)| before.get(*id) == Some(*place));
    assert!(
        kept.count() as i64 >= 200 - written,
        "the others keep their places"
    );
    assert_eq!(listed.read(&listed.base.store), wanted);
    listed.stop_counting();
    let again = open_here(listed.base.dir.path()).unwrap();
    assert_eq!(
        listed.read(&again),
        wanted,
        "it is read again in that order"
    );
}

#[test]
fn other_fields_leave_what_is_listed_untouched() {
    let mut listed = Listed::new();
    listed.session.title = "七天".into();
    let cases = listed.session.cases.clone();
    assert_eq!(listed.keep(cases), 0);
}

#[test]
fn after_a_thousand_moves_a_list_stands_in_its_order_and_every_move_wrote_one_row() {
    let mut listed = Listed::new();
    let mut wanted = listed.session.cases.clone();
    // Steps that come to every place in an order of their own.
    for step in 0..1_000 {
        let one = wanted.remove(step * 37 % MANY);
        wanted.insert(step * 91 % MANY, one);
        assert!(listed.keep(wanted.clone()) <= 1, "step {step}");
    }
    assert_eq!(listed.read(&listed.base.store), wanted);
    let longest = listed.places().values().map(String::len).max();
    assert!(longest < Some(40), "{longest:?}");
}

/// What another machine listed in the same moment may have the same place.
#[test]
fn two_at_one_place_stand_in_one_order_and_are_told_apart_when_one_moves() {
    let mut listed = Listed::new();
    let mut wanted = listed.session.cases[..3].to_vec();
    listed.keep(wanted.clone());
    let sql = "UPDATE session_case SET place = '80000000'";
    listed.beside.execute(sql, []).unwrap();
    wanted.sort();
    assert_eq!(listed.read(&listed.base.store), wanted);
    wanted.swap(0, 2);
    listed.session = listed
        .base
        .store
        .session_row(listed.session.id)
        .unwrap()
        .unwrap()
        .session;
    assert_eq!(listed.keep(wanted.clone()), 2);
    assert_eq!(listed.read(&listed.base.store), wanted);
}

#[test]
fn tags_of_a_mark_are_kept_in_the_order_they_were_named() {
    let base = TestWorkspace::new();
    let tags = ["规则", "态度", "包装"].map(|name| base.tag(name, 0).id);
    let mut mark = base.mark(base.call("甲", 1), 500, "很急");
    for order in [[2, 0, 1].as_slice(), &[2, 1], &[0, 2, 1], &[]] {
        mark.tags = order.iter().map(|n| tags[*n]).collect();
        let kept = base.save(Action::ObservationEdit, mark.clone());
        let read = base.store.record(EntityKind::Observation, mark.id.0);
        assert_eq!(read.unwrap(), Some(kept.clone()));
        let kept = Observation::from_record(kept).unwrap();
        assert_eq!(kept.tags, mark.tags);
        mark = kept;
    }
}
