//! No read leads around the gate: every command is asked by somebody who sees no call and no issue,
//! and none of it is in what they are answered.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod masked;

use crate::common::{FIRST_PERSON, Stage, session, text_of};
use qinting_desk::*;
use qinting_domain::*;
use qinting_ipc::with_commands;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Stands in every text of every call, mark, issue, remark and session.
const SECRET: &str = "零九暗号";

macro_rules! callable {
    ($($(#[$mark:ident])? $name:ident($request:ty) -> $answer:ty;)*) => {
        /// Every command of the list.
        const COMMANDS: &[&str] = &[$(stringify!($name)),*];

        /// Asks as the hosts do: a request from JSON, an answer or an error as JSON.
        fn call(at_desk: &AtDesk, command: &str, request: Value) -> Result<Value, ErrorNote> {
            match command {
                $(stringify!($name) => {
                    let request: $request = serde_json::from_value(request).unwrap();
                    let answer: AppResult<$answer> = at_desk.$name(request);
                    answer.map(|a| serde_json::to_value(a).unwrap()).map_err(|e| e.note)
                })*
                other => panic!("no command {other}"),
            }
        }
    };
}
with_commands!(callable);

/// A customer, who is shown by the beginning.
const CUSTOMER: &str = "韩梅梅";
const NUMBER: &str = "13912345678";

/// Commands that tell nothing of a record: they write, and what they answer is what was written; or
/// they speak of this machine.
const TELL_NOTHING: &str = "
    settle_sharing doctor_full doctor_stop verify_log add_record edit_record remove_record edit_cases delete_case delete_cases restore_case purge hold_case release_case settle_jump set_roles
    swap_channels retake import_plan import_start import_again import_cancel transcribe
    cancel_job retry_job edit_segment choose_transcript player_play player_pause player_seek player_speed
    player_skip_silence player_loop player_lanes player_device audio_devices mark
    delete_observation add_tag reorder_tags merge_tags create_issue change_status attach_evidence
    detach_evidence merge_issues take_told unmask undo undo_op add_session delete_session live_choices
    live_check live_check_end live_test live_test_play live_begin live_pause live_resume live_go_on
    live_swap live_stop live_mark live_acknowledge add_seat_note delete_seat_note align_by_hello align
    add_person merge_people update_settings download_model cancel_download add_model_file
    remove_model set_default_model";

/// A workspace with something of each kind in it, and what somebody might ask of it.
struct Asked {
    stage: Stage,
    reads: Vec<(&'static str, Value)>,
}

fn asked() -> Asked {
    let stage = Stage::new();
    let at_desk = &stage.at_desk;
    stage.says(&[(0, 900, 0, SECRET)]);
    let (case, recording) = stage.case(SECRET);
    let (binned, _) = stage.case(&format!("{SECRET}旧"));
    at_desk.delete_case(binned).unwrap();
    at_desk.transcribe(text_of(case)).unwrap();
    stage.desk.drain_jobs().unwrap();
    let mark = MarkRequest {
        text: Some(SECRET.into()),
        ..MarkRequest::at(recording, 500)
    };
    let mark = at_desk.mark(mark).unwrap().observation.id;
    let issue = stage.issue(SECRET, vec![mark]).issue.id;
    let comment = [("issue_id", json!(issue)), ("text", json!(SECRET))];
    at_desk
        .add_record(NewRecord::of(EntityKind::Comment, comment))
        .unwrap();
    let session = at_desk
        .add_session(session(SECRET, &[case]))
        .unwrap()
        .session
        .id;
    let note = NewSeatNote {
        recording_id: recording,
        at_ms: Some(1),
        author_id: None,
        kind: SeatNoteKind::Aside,
        text: SECRET.into(),
    };
    at_desk.add_seat_note(note).unwrap();
    differs_from_an_import(&stage, case);
    let place = stage.dir.path().join("out.json");
    stage.tickets.grant("out", place);
    let page = |more: Value| {
        let mut query = json!({ "offset": 0, "limit": 50 });
        query
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        query
    };
    let lines = page(json!({ "recording_id": recording }));
    let reads = vec![
        ("workspace_info", json!(null)),
        ("device_info", json!(null)),
        ("doctor", json!(null)),
        (
            "list_records",
            json!({ "kind": "comment", "field": "issue_id", "id": issue }),
        ),
        ("get_record", json!({ "kind": "case", "id": case })),
        ("get_record", json!({ "kind": "issue", "id": issue })),
        ("withheld", json!({ "kind": "case", "id": case })),
        (
            "list_cases",
            page(json!({ "text": "", "sort": "imported" })),
        ),
        (
            "case_values",
            json!({ "query": {}, "fact": "queue", "part": "" }),
        ),
        ("get_case", json!(case)),
        ("told_differences", json!(case)),
        ("bin", page(json!({}))),
        ("business_lines", json!(null)),
        ("import_status", json!(null)),
        ("list_jobs", json!(null)),
        ("sound_figures", json!(recording)),
        ("segments", lines),
        ("segment_starts", json!(recording)),
        (
            "find_in_transcript",
            json!({ "recording_id": recording, "text": SECRET }),
        ),
        ("player_open", json!({ "case_id": case, "at_ms": null })),
        (
            "player_clip",
            json!({ "recording_id": recording, "start_ms": 0, "end_ms": 9 }),
        ),
        ("player_state", json!(null)),
        ("observations_of", json!(case)),
        (
            "observations",
            page(json!({ "tag": null, "kind": null, "unfiled": false })),
        ),
        ("list_tags", json!(null)),
        (
            "list_issues",
            serde_json::to_value(IssueQuery::default()).unwrap(),
        ),
        ("issue_facets", json!(null)),
        ("get_issue", json!(issue)),
        (
            "similar_issues",
            json!({ "text": SECRET, "observation_id": null, "except": null }),
        ),
        ("list_sessions", json!(null)),
        ("get_session", json!(session)),
        ("live_status", json!(null)),
        ("live_recovered", json!(null)),
        ("live_waiting", json!(null)),
        ("align_view", json!(uuid::Uuid::from_u128(9))),
        ("seat_notes_of", json!(case)),
        ("list_people", json!(null)),
        (
            "search",
            serde_json::to_value(SearchQuery::of(SECRET)).unwrap(),
        ),
        (
            "link_to",
            json!({ "to": "moment", "case_id": case, "start_ms": null, "end_ms": null }),
        ),
        ("get_settings", json!(null)),
        ("list_models", json!(null)),
        ("export_findings", json!({ "format": "json", "to": "out" })),
        // The last: from then on somebody else sits there.
        ("switch_person", json!(FIRST_PERSON)),
    ];
    Asked { stage, reads }
}

/// Somebody wrote one thing into a case, and an import said another one, and who the customer is.
fn differs_from_an_import(stage: &Stage, case: CaseId) {
    let contact = stage.at_desk.get_case(case).unwrap().contacts.remove(0);
    let patch = RecordPatch::of(&contact, [("queue", json!("夜班"))]);
    stage.at_desk.edit_record(patch).unwrap();
    let place = FactPlace::Name;
    let mut facts = ContactFacts::of(FactOrigin { source: 0, place });
    let said = FactValue::Text(SECRET.into());
    facts.known.insert(FactKey::Queue, said);
    let text = |text: &str| FactValue::Text(text.into());
    facts.known.insert(FactKey::Customer, text(CUSTOMER));
    facts.known.insert(FactKey::Number, text(NUMBER));
    let number: u64 = NUMBER.parse().unwrap();
    let said = json!({ "收货人": CUSTOMER, "回电": number, "more": [{ "备用": NUMBER }] });
    facts.rest = said.as_object().unwrap().clone();
    let contact_id = contact.id;
    stage
        .at_desk
        .apply_facts(&[FactsOf { contact_id, facts }])
        .unwrap();
}

/// Somebody sits down, in a workspace that somebody administers.
fn somebody(stage: &Stage, role: Role) -> AtDesk {
    let new = |name: &str, role| NewPerson {
        name: name.into(),
        roles: [role].into(),
        org_unit: String::new(),
    };
    let one = stage.at_desk.add_person(new("来", role)).unwrap();
    stage
        .at_desk
        .add_person(new("管", Role::Administrator))
        .unwrap();
    AtDesk::new(stage.desk.clone(), one.id)
}

#[test]
fn every_command_is_asked_here() {
    let asked = asked();
    let reads = asked.reads.iter().map(|(name, _)| *name);
    let told: BTreeSet<&str> = reads.chain(TELL_NOTHING.split_whitespace()).collect();
    assert_eq!(told, COMMANDS.iter().copied().collect());
}

#[test]
fn who_sees_no_call_and_no_issue_is_told_nothing_of_them_by_any_command() {
    let asked = asked();
    let everybody = asked.stage.at_desk.clone();
    let guest = somebody(&asked.stage, Role::Guest);
    let mut telling = 0;
    for (command, request) in &asked.reads {
        let says = |at_desk: &AtDesk| match call(at_desk, command, request.clone()) {
            Ok(answer) => answer.to_string(),
            Err(note) => json!(note).to_string(),
        };
        let told = says(&guest);
        assert!(!told.contains(SECRET), "{command}: {told}");
        // The same asked by somebody who sees it all, so that the question was one.
        let insider = AtDesk::new(asked.stage.desk.clone(), administrator(&everybody));
        telling += u32::from(says(&insider).contains(SECRET));
    }
    assert!(telling >= 15, "only {telling} commands tell anything");
}

fn administrator(at_desk: &AtDesk) -> PersonId {
    let people = at_desk.list_people(()).unwrap().into_iter();
    let mut administrators = people.filter(|p| p.roles.contains(&Role::Administrator));
    administrators.next().unwrap().id
}

#[test]
fn who_may_not_do_something_is_told_who_may_and_nothing_is_written() {
    let asked = asked();
    let at_desk = somebody(&asked.stage, Role::Participant);
    let before = asked.stage.store.head_seq().unwrap();
    let refused = at_desk
        .add_session(session("自己的", &[]))
        .unwrap_err()
        .note;
    assert_eq!(refused.code, codes::ROLE_NEEDED);
    assert_eq!(refused.args["roles"], "facilitator,administrator");
    let export = asked
        .reads
        .iter()
        .find(|(name, _)| *name == "export_findings")
        .unwrap();
    let refused = call(&at_desk, export.0, export.1.clone()).unwrap_err();
    assert_eq!(
        refused.args["roles"],
        "exporter,facilitator,curator,administrator"
    );
    assert_eq!(asked.stage.store.head_seq().unwrap(), before);
    let withheld = at_desk
        .withheld(OfferQuery {
            kind: None,
            id: None,
        })
        .unwrap();
    let withheld: Vec<&str> = withheld.iter().map(|w| w.action.as_str()).collect();
    for (action, is_offered) in [
        ("session.add", false),
        ("findings.export", false),
        ("issue.create", true),
    ] {
        assert_eq!(!withheld.contains(&action), is_offered, "{action}");
    }
}

#[test]
fn who_may_not_purge_is_not_told_either_what_it_would_be() {
    let asked = asked();
    let case = asked.stage.case(SECRET).0;
    let request = PurgeRequest {
        kind: EntityKind::Case,
        id: case.0,
        reason: "看看".into(),
    };
    let guest = somebody(&asked.stage, Role::Guest);
    let refused = guest.called(&request).unwrap_err();
    assert_eq!(refused.code(), codes::ROLE_NEEDED);
    let insider = AtDesk::new(
        asked.stage.desk.clone(),
        administrator(&asked.stage.at_desk),
    );
    assert_eq!(insider.called(&request).unwrap(), SECRET);
}

#[test]
fn a_guest_neither_asks_for_text_nor_looks_after_models() {
    let asked = asked();
    let guest = somebody(&asked.stage, Role::Guest);
    for (command, request) in [
        (
            "transcribe",
            json!({"case_id": CaseId(uuid::Uuid::nil()), "language": null, "model": null}),
        ),
        ("download_model", json!("tiny")),
        ("cancel_download", json!("tiny")),
        ("add_model_file", json!("ggml.bin")),
        ("remove_model", json!("tiny")),
    ] {
        let refused = call(&guest, command, request).unwrap_err();
        assert_eq!(refused.code, codes::ROLE_NEEDED, "{command}");
    }
    assert!(!asked.stage.at_desk.list_models(()).unwrap().is_empty());
}

#[test]
fn what_somebody_did_is_taken_back_by_them_and_not_by_a_guest() {
    let asked = asked();
    let at_desk = somebody(&asked.stage, Role::Participant);
    let guest = AtDesk::new(asked.stage.desk.clone(), {
        let new = NewPerson {
            name: "客".into(),
            roles: [Role::Guest].into(),
            org_unit: String::new(),
        };
        let boss = AtDesk::new(
            asked.stage.desk.clone(),
            administrator(&asked.stage.at_desk),
        );
        boss.add_person(new).unwrap().id
    });
    let new = asked.stage.issue("再一条", vec![]).issue;
    let op = asked
        .stage
        .store
        .history(EntityKind::Issue, new.id.0)
        .unwrap()[0]
        .op_id;
    assert_eq!(crate::common::code(guest.undo_op(op)), codes::ROLE_NEEDED);
    at_desk.undo_op(op).unwrap();
}
