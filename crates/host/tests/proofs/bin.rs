//! Deleted means in the bin: nothing of a call is lost, nothing of it is in reach, and it comes back
//! as it was.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::bin::bin;
use crate::common::held::Holding;
use crate::common::{FIRST_PERSON, Stage, code};
use qinting_desk::*;
use qinting_domain::*;
use qinting_testkit::files::holding;
use std::collections::BTreeMap;
use std::sync::Arc;

fn note(recording_id: RecordingId) -> NewSeatNote {
    NewSeatNote {
        recording_id,
        at_ms: Some(3_000),
        kind: SeatNoteKind::Aside,
        text: "先听完".into(),
        author_id: None,
    }
}

/// A call with everything on it.
struct Full {
    stage: Stage,
    case: CaseId,
    recording: RecordingId,
    mark: ObservationId,
    issue: IssueId,
    session: SessionId,
    note: SeatNoteId,
    player: Arc<Holding>,
}

fn full() -> Full {
    let player = Arc::new(Holding::default());
    let lent = player.clone();
    let stage = Stage::with(tempfile::tempdir().unwrap(), move |given| {
        given.player = Some(lent);
    });
    stage.says(&[(10_000, 14_000, 1, "我要退款")]);
    let (case, recording) = stage.case("call");
    stage.desk.drain_jobs().unwrap();
    let session = stage
        .at_desk
        .add_session(crate::common::session("七天专场", &[case]));
    let session = session.unwrap().session.id;
    let marked = MarkRequest {
        session_id: Some(session),
        ..MarkRequest::at(recording, 12_000)
    };
    let mark = stage.at_desk.mark(marked).unwrap().observation.id;
    let issue = stage.issue("七天怎么算", vec![mark]).issue.id;
    let note = stage
        .at_desk
        .add_seat_note(note(recording))
        .unwrap()
        .note
        .id;
    Full {
        stage,
        case,
        recording,
        mark,
        issue,
        session,
        note,
        player,
    }
}

#[test]
fn a_deleted_call_is_in_the_bin_and_comes_back_as_it_was_in_one_step() {
    let f = full();
    let at_desk = &f.stage.at_desk;
    let before = at_desk.get_case(f.case).unwrap();
    at_desk.delete_case(f.case).unwrap();
    assert!(at_desk.get_issue(f.issue).unwrap().evidence.is_empty());
    // A code of the codebook is called so, too.
    let is_found = || {
        let hits = at_desk.search(SearchQuery::of("退款")).unwrap().hits;
        hits.iter().any(|h| h.target.scope() != SearchScope::Tag)
    };
    assert!(!is_found());
    let view = bin(&f.stage);
    assert_eq!((view.total, view.days, view.jump), (1, 30, None));
    let row = &view.rows[0];
    assert_eq!((row.case.id, row.by.as_str()), (f.case, "本机"));
    assert_eq!((row.observation_count, row.issue_count), (1, 1));
    // Nothing goes at the next start.
    assert_eq!(f.stage.desk.sweep_media().unwrap(), 0);

    let back = at_desk.restore_case(f.case).unwrap();
    let after = at_desk.get_case(f.case).unwrap();
    assert_eq!(back.title, before.case.title);
    assert_eq!(after.recording, before.recording);
    assert_eq!(after.segment_count, 1);
    assert_eq!(
        at_desk.observations_of(f.case).unwrap()[0].observation.id,
        f.mark
    );
    assert_eq!(at_desk.seat_notes_of(f.case).unwrap()[0].note.id, f.note);
    assert_eq!(at_desk.get_issue(f.issue).unwrap().evidence.len(), 1);
    let session = at_desk.get_session(f.session).unwrap();
    assert_eq!((session.cases.len(), session.observations.len()), (1, 1));
    assert!(is_found());
    assert_eq!(bin(&f.stage).total, 0);
    assert_eq!(code(at_desk.restore_case(f.case)), codes::NOT_FOUND);

    assert_eq!(at_desk.undo(()).unwrap().action, "case.restore");
    assert_eq!(bin(&f.stage).total, 1);
    at_desk.undo(()).unwrap();
    assert_eq!(bin(&f.stage).total, 0);
}

#[test]
fn undo_of_an_import_is_the_bin_whatever_grew_on_it_since() {
    let f = full();
    let at_desk = &f.stage.at_desk;
    let changes = f.stage.store.history(EntityKind::Case, f.case.0).unwrap();
    at_desk.undo_op(changes[0].op_id).unwrap();
    assert_eq!(bin(&f.stage).rows[0].case.id, f.case);
    assert_eq!(f.stage.desk.sweep_media().unwrap(), 0);
    let recording = f.stage.store.recordings_of(f.case).unwrap().remove(0);
    let sound = f.stage.dir.path().join("ws/media");
    assert!(holding(&sound, &recording.audio_sha256).is_some());
    at_desk.restore_case(f.case).unwrap();
    assert_eq!(at_desk.get_issue(f.issue).unwrap().evidence.len(), 1);
    assert!(
        at_desk
            .get_case(f.case)
            .unwrap()
            .recording
            .unwrap()
            .has_audio()
    );
}

/// Every use case that takes the id of a recording, of its case, or of what belongs to it.
fn reach(f: &Full) -> Vec<(&'static str, String)> {
    let at_desk = &f.stage.at_desk;
    let (case_id, recording_id) = (f.case, f.recording);
    let segment = f
        .stage
        .store
        .segments(recording_id, 0, 1)
        .unwrap()
        .remove(0);
    let words = TranscriptSearch {
        recording_id,
        text: "退款".into(),
    };
    let window = SegmentQuery {
        recording_id,
        offset: 0,
        limit: 10,
    };
    let peaks = PeaksRequest {
        recording_id,
        start_ms: 0,
        end_ms: 1_000,
        columns: 10,
    };
    let clip = PlayClip {
        recording_id,
        start_ms: 0,
        end_ms: 1_000,
    };
    let open = OpenPlayer {
        case_id,
        at_ms: None,
    };
    let ask = crate::common::text_of(case_id);
    let edit = SegmentEdit {
        id: segment.id,
        rev: segment.meta.rev,
        text: Some("改".into()),
    };
    let patch = RecordPatch {
        kind: EntityKind::Observation,
        id: f.mark.0,
        fields: BTreeMap::new(),
        op_id: None,
    };
    let file = AttachRequest {
        issue_id: f.issue,
        observation_ids: vec![f.mark],
        relation: None,
    };
    let facts = RecordPatch {
        kind: EntityKind::Case,
        id: case_id.0,
        fields: BTreeMap::new(),
        op_id: None,
    };
    let roles = RolesRequest {
        recording_id,
        roles: vec![ChannelRole::Agent, ChannelRole::Customer],
    };
    let link = MomentLink::to(case_id);
    vec![
        ("get_case", code(at_desk.get_case(case_id))),
        ("edit a case", code(at_desk.edit_record(facts))),
        ("set_roles", code(at_desk.set_roles(roles))),
        (
            "swap_channels",
            code(at_desk.swap_channels(vec![recording_id])),
        ),
        ("transcribe", code(at_desk.transcribe(ask))),
        ("segments", code(at_desk.segments(window))),
        ("segment_starts", code(at_desk.segment_starts(recording_id))),
        (
            "find_in_transcript",
            code(at_desk.find_in_transcript(words)),
        ),
        ("edit_segment", code(at_desk.edit_segment(edit))),
        ("peaks", code(at_desk.peaks(peaks))),
        ("player_open", code(at_desk.player_open(open))),
        ("player_clip", code(at_desk.player_clip(clip))),
        (
            "mark",
            code(at_desk.mark(MarkRequest::at(recording_id, 5_000))),
        ),
        ("edit a mark", code(at_desk.edit_record(patch))),
        ("observations_of", code(at_desk.observations_of(case_id))),
        ("attach_evidence", code(at_desk.attach_evidence(file))),
        (
            "add_seat_note",
            code(at_desk.add_seat_note(note(recording_id))),
        ),
        ("seat_notes_of", code(at_desk.seat_notes_of(case_id))),
        ("resolve_link", code(at_desk.resolve_link(link.to_string()))),
        ("delete_seat_note", code(at_desk.delete_seat_note(f.note))),
        (
            "delete_observation",
            code(at_desk.delete_observation(f.mark)),
        ),
        ("delete_case", code(at_desk.delete_case(case_id))),
    ]
}

#[test]
fn what_is_in_the_bin_is_out_of_reach_and_says_so() {
    let f = full();
    f.stage.at_desk.delete_case(f.case).unwrap();
    for (name, answer) in reach(&f) {
        assert_eq!(answer, codes::CASE_IN_BIN, "{name}");
    }
    f.stage.at_desk.restore_case(f.case).unwrap();
    for (name, answer) in reach(&f) {
        // What was done just now may have moved on what the next one names.
        assert!(
            ["ok", codes::CONFLICT].contains(&answer.as_str()),
            "{name}: {answer}"
        );
    }
    let unknown = RecordingId(uuid::Uuid::from_u128(7));
    assert_eq!(
        code(f.stage.at_desk.segment_starts(unknown)),
        codes::NOT_FOUND
    );
}

#[test]
fn a_call_that_is_playing_stops_when_it_goes_into_the_bin() {
    let f = full();
    let open = OpenPlayer {
        case_id: f.case,
        at_ms: None,
    };
    f.stage.at_desk.player_open(open).unwrap();
    f.stage.at_desk.player_play(None).unwrap();
    f.stage.at_desk.delete_case(f.case).unwrap();
    assert!(f.player.0.lock().is_none());
    // Another program took it away.
    f.stage.at_desk.restore_case(f.case).unwrap();
    let clip = PlayClip {
        recording_id: f.recording,
        start_ms: 0,
        end_ms: 10,
    };
    f.stage.at_desk.player_clip(clip.clone()).unwrap();
    let mut case = f
        .stage
        .store
        .record(EntityKind::Case, f.case.0)
        .unwrap()
        .unwrap();
    case.meta_mut().deleted_at = Some(1);
    let elsewhere = Commit {
        op_id: OpId(uuid::Uuid::from_u128(8)),
        actor: FIRST_PERSON,
        at: 1,
        origin: Origin::Person,
        action: Action::CaseDelete,
        records: vec![case],
        undoes: None,
        jobs: Vec::new(),
        blobs: Vec::new(),
    };
    f.stage.store.commit(elsewhere).unwrap();
    assert_eq!(code(f.stage.at_desk.player_play(None)), codes::CASE_IN_BIN);
    assert_eq!(code(f.stage.at_desk.player_clip(clip)), codes::CASE_IN_BIN);
}
