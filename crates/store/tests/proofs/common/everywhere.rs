//! One record of each kind, with a text in every field that takes one.

use super::{TestWorkspace, hex, new_id};
use qinting_app::{RecordReads, Store};
use qinting_domain::*;
use serde_json::{Map, Value, json};

/// An object that says a text, nested too.
fn said(text: &str) -> Map<String, Value> {
    let said = json!({ "queue": text, "more": [{ "deep": text }] });
    said.as_object().cloned().unwrap()
}

pub fn everywhere(base: &TestWorkspace, text: &str) -> Vec<Record> {
    let t = || text.to_owned();
    let tag = Tag {
        name: t(),
        aliases: vec![t(), t()],
        definition: t(),
        ..base.tag("码", 1)
    };
    let case = Case {
        title: t(),
        business_line: t(),
        customer_tier: t(),
        external_id: t(),
        order_number: t(),
        language: t(),
        ..base.case_of("")
    };
    let contact = Contact {
        external_id: t(),
        agent: t(),
        customer: t(),
        number: t(),
        line: t(),
        queue: t(),
        disposition: t(),
        csat: t(),
        previous_id: t(),
        facts: SourceFacts(said(text)),
        told: Told(said(text)),
        ..base.contact_of(case.id, "")
    };
    let mut recording = base.recording_of(case.id, 1);
    recording.sources[0].name = t();
    recording.sources[0].codec = t();
    let person = Person {
        id: PersonId(new_id()),
        name: t(),
        roles: [Role::Mentor].into(),
        org_unit: t(),
        merged_into: None,
        meta: base.meta(),
    };
    let mut mark = base.new_mark((case.id, recording.id), 0, text);
    mark.quote = t();
    mark.tags = vec![tag.id];
    let issue = Issue {
        title: t(),
        statement: t(),
        root_cause: t(),
        business_line: t(),
        external_owner: t(),
        status_reason: t(),
        ..base.new_issue("")
    };
    let comment = Comment {
        id: CommentId(new_id()),
        issue_id: issue.id,
        text: t(),
        meta: base.meta(),
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
        meta: base.meta(),
    };
    let of_workspace = WorkspaceSettingsRecord {
        id: base.store.workspace_id().unwrap(),
        values: WorkspaceSettings {
            default_language: t(),
            ..WorkspaceSettings::default()
        },
        meta: base.meta(),
    };
    let of_person = PersonSettingsRecord {
        id: base.person,
        values: PersonSettings {
            keymap: [(t(), t())].into(),
            ..PersonSettings::default()
        },
        meta: base.meta(),
    };
    let of_device = DeviceSettingsRecord {
        id: base.store.device(),
        values: DeviceSettings {
            default_model: Some(t()),
            model_mirrors: vec![t()],
            ..DeviceSettings::default()
        },
        meta: base.meta(),
    };
    let text_of_it = Transcript {
        engine: t(),
        model: t(),
        language: t(),
        sound_sha256: hex(b"sound"),
        standing: TranscriptStanding::Past,
        ..Transcript::of(
            TranscriptId(new_id()),
            recording.id,
            &[],
            hex(b"lines"),
            base.meta(),
        )
    };
    let speaker = SpeakerChange {
        id: SpeakerChangeId(new_id()),
        recording_id: recording.id,
        channel: 0,
        start_ms: 5,
        end_ms: 6,
        role: ChannelRole::Customer,
        meta: base.meta(),
    };
    let hold = Hold {
        id: HoldId(new_id()),
        case_id: case.id,
        reason: t(),
        meta: base.meta(),
    };
    let seen_whole = Unmasking {
        id: UnmaskingId(new_id()),
        contact_id: contact.id,
        reason: t(),
        meta: base.meta(),
    };
    // Of something that never was: nothing goes with it.
    let went = (EntityKind::Case, new_id());
    let purge = Purge::of(PurgeId(new_id()), went, t(), base.meta());
    let heard = base.new_listening(recording.id, base.person, 0);
    let link = base.new_link(issue.id, mark.id);
    let (live_case, live_contact, live_recording, live) = base.new_live(text);
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
        author_id: base.person,
        kind: SeatNoteKind::Aside,
        text: t(),
        meta: base.meta(),
    };
    vec![
        tag.into(),
        case.into(),
        contact.into(),
        recording.into(),
        text_of_it.into(),
        hold.into(),
        seen_whole.into(),
        purge.into(),
        speaker.into(),
        person.into(),
        mark.into(),
        issue.into(),
        link.into(),
        comment.into(),
        promise.into(),
        heard.into(),
        of_workspace.into(),
        of_person.into(),
        of_device.into(),
        live_case.into(),
        live_contact.into(),
        live_recording.into(),
        live.into(),
        note.into(),
    ]
}
