//! One record of each kind, with a text in every field that takes one.

use super::{Desk, new_id};
use qinting_domain::*;

pub fn everywhere(desk: &Desk, text: &str) -> Vec<Record> {
    let t = || text.to_owned();
    let tag = Tag {
        name: t(),
        aliases: vec![t(), t()],
        definition: t(),
        ..desk.tag("码", 1)
    };
    let case = Case {
        title: t(),
        business_line: t(),
        queue: t(),
        agent: t(),
        customer: t(),
        customer_tier: t(),
        disposition: t(),
        external_id: t(),
        language: t(),
        ..desk.case_of("", "")
    };
    let mut recording = desk.recording_of(case.id, 1);
    recording.sources[0].name = t();
    recording.sources[0].codec = t();
    let person = Person {
        id: PersonId(new_id()),
        name: t(),
        roles: [Role::Mentor].into(),
        org_unit: t(),
        meta: desk.meta(),
    };
    let mut mark = desk.new_mark((case.id, recording.id), 0, text);
    mark.quote = t();
    mark.tags = vec![tag.id];
    let issue = Issue {
        title: t(),
        statement: t(),
        root_cause: t(),
        business_line: t(),
        external_owner: t(),
        status_reason: t(),
        ..desk.new_issue("")
    };
    let comment = Comment {
        id: CommentId(new_id()),
        issue_id: issue.id,
        text: t(),
        meta: desk.meta(),
    };
    let promise = Commitment {
        id: CommitmentId(new_id()),
        issue_id: Some(issue.id),
        session_id: None,
        promise: t(),
        person_id: person.id,
        due: None,
        kept: None,
        word: t(),
        meta: desk.meta(),
    };
    let settings = SettingsRecord {
        id: SETTINGS_ID,
        values: Settings {
            default_model: Some(t()),
            model_mirrors: vec![t()],
            ..Settings::default()
        },
        meta: desk.meta(),
    };
    let link = desk.new_link(issue.id, mark.id);
    let (live_case, live_recording, live) = desk.new_live(text);
    let lane = LiveLane {
        source: t(),
        name: t(),
        ..live.lanes[0].clone()
    };
    let live = LiveCall {
        anchor: t(),
        lanes: vec![lane],
        ..live
    };
    let note = SeatNote {
        id: SeatNoteId(new_id()),
        case_id: live_case.id,
        recording_id: live_recording.id,
        at_ms: 1,
        author_id: desk.person,
        kind: SeatNoteKind::Aside,
        text: t(),
        meta: desk.meta(),
    };
    vec![
        tag.into(),
        case.into(),
        recording.into(),
        person.into(),
        mark.into(),
        issue.into(),
        link.into(),
        comment.into(),
        promise.into(),
        settings.into(),
        live_case.into(),
        live_recording.into(),
        live.into(),
        note.into(),
    ]
}
