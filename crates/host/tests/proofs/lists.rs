//! Several people edit one list at once: everybody gets what they did, and takes back their own.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::{FIRST_PERSON, Stage, code, person};
use qinting_desk::*;
use qinting_domain::*;
use serde_json::json;

/// Two people at one workspace, and a session with three calls and one more for each.
struct Two {
    stage: Stage,
    other: AtDesk,
    calls: Vec<CaseId>,
    session: SessionId,
}

impl Two {
    fn new() -> Self {
        let stage = Stage::new();
        let calls = ["a", "b", "c", "mine", "theirs"].map(|name| stage.case(name).0);
        let other = stage.at_desk.add_person(person("周以宁")).unwrap();
        let session = crate::common::session("专场", &calls[..3]);
        let session = stage.at_desk.add_session(session).unwrap().session.id;
        Self {
            other: AtDesk::new(stage.desk.clone(), other.id),
            stage,
            calls: calls.to_vec(),
            session,
        }
    }

    fn read(&self) -> ListeningSession {
        self.stage
            .at_desk
            .get_session(self.session)
            .unwrap()
            .row
            .session
    }

    /// Sets the calls by their places among all, from a session as somebody read it.
    fn set(&self, at_desk: &AtDesk, read: &ListeningSession, calls: &[usize]) -> AppResult<Record> {
        let calls: Vec<CaseId> = calls.iter().map(|n| self.calls[*n]).collect();
        at_desk.edit_record(RecordPatch::of(read, [("cases", json!(calls))]))
    }

    fn calls(&self) -> Vec<usize> {
        let place = |id: &CaseId| self.calls.iter().position(|c| c == id).unwrap();
        self.read().cases.iter().map(place).collect()
    }
}

#[test]
fn two_who_add_a_call_from_one_reading_both_get_it_and_take_back_their_own() {
    let two = Two::new();
    let read = two.read();
    two.set(&two.stage.at_desk, &read, &[0, 1, 2, 3]).unwrap();
    two.set(&two.other, &read, &[4, 0, 1, 2]).unwrap();
    assert_eq!(two.calls(), [4, 0, 1, 2, 3]);
    two.stage.at_desk.undo(()).unwrap();
    assert_eq!(two.calls(), [4, 0, 1, 2], "what the other one did stays");
    two.other.undo(()).unwrap();
    assert_eq!(two.calls(), [0, 1, 2]);
}

#[test]
fn one_moves_while_another_takes_out_and_both_are_done_and_undone() {
    let two = Two::new();
    let read = two.read();
    two.set(&two.stage.at_desk, &read, &[2, 0, 1]).unwrap();
    two.set(&two.other, &read, &[0, 2]).unwrap();
    assert_eq!(two.calls(), [2, 0]);
    two.stage.at_desk.undo(()).unwrap();
    assert_eq!(two.calls(), [0, 2], "it is moved back");
    two.other.undo(()).unwrap();
    assert_eq!(two.calls(), [0, 1, 2], "it stands where it stood");
}

#[test]
fn what_two_do_alike_is_done_once_and_taken_back_once() {
    let two = Two::new();
    let read = two.read();
    two.set(&two.stage.at_desk, &read, &[0, 2]).unwrap();
    let rev = two.read().meta.rev;
    two.set(&two.other, &read, &[0, 2]).unwrap();
    assert_eq!(two.read().meta.rev, rev, "they agree");
    let added = two.read();
    two.set(&two.other, &added, &[0, 1, 2]).unwrap();
    let refused = two.stage.at_desk.undo(());
    assert_eq!(
        code(refused),
        codes::UNDO_OVERWRITTEN,
        "nothing is left of it"
    );
    assert_eq!(two.calls(), [0, 1, 2]);
}

#[test]
fn a_list_of_which_the_history_is_not_known_is_a_conflict() {
    let two = Two::new();
    let read = ListeningSession {
        meta: Meta {
            rev: 0,
            ..two.read().meta
        },
        ..two.read()
    };
    let blind = two.set(&two.stage.at_desk, &read, &[0, 1]);
    assert_eq!(code(blind), codes::CONFLICT);
    let ahead = ListeningSession {
        meta: Meta {
            rev: 99,
            ..read.meta
        },
        ..read
    };
    let ahead = two.set(&two.stage.at_desk, &ahead, &[0, 1]);
    assert_eq!(code(ahead), codes::CONFLICT);
    assert_eq!(two.calls(), [0, 1, 2]);
}

#[test]
fn people_and_calls_are_merged_beside_a_conflict_of_another_field_in_no_part() {
    let two = Two::new();
    let read = two.read();
    let theirs = RecordPatch::of(&read, [("place", json!("三楼"))]);
    two.other.edit_record(theirs).unwrap();
    let mine = [("place", json!("五楼")), ("cases", json!(two.calls[..4]))];
    let mine = two.stage.at_desk.edit_record(RecordPatch::of(&read, mine));
    assert_eq!(code(mine), codes::CONFLICT);
    assert_eq!(
        two.calls(),
        [0, 1, 2],
        "a patch is written whole or not at all"
    );
}

#[test]
fn another_order_of_people_or_tags_alone_is_no_edit() {
    let two = Two::new();
    let at_desk = &two.stage.at_desk;
    let both = [two.other.actor(), FIRST_PERSON];
    let people = RecordPatch::of(&two.read(), [("people", json!(both))]);
    at_desk.edit_record(people).unwrap();
    let read = two.read();
    let turned = RecordPatch::of(&read, [("people", json!([both[1], both[0]]))]);
    at_desk.edit_record(turned).unwrap();
    assert_eq!(two.read(), read);
}
