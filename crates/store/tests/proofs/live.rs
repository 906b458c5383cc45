//! Calls that are heard as they happen: their rows, their gaps and files, and that a recording
//! without sound is never mistaken for one with it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::{TestWorkspace, hex, new_id};
use qinting_app::*;
use qinting_domain::*;
use qinting_testkit::records;

fn aligned(to: (CaseId, RecordingId)) -> Option<Alignment> {
    Some(Alignment {
        recording_id: to.1,
        case_id: to.0,
        offset_ms: -1_500,
        method: AlignMethod::Anchor,
        confidence: 93,
    })
}

#[test]
fn a_live_call_comes_back_as_it_was_written() {
    let base = TestWorkspace::new();
    let target = base.call("来电", 1);
    let begun = base.live("现场");
    let session = base.session("退款专场", &[begun.case_id]);
    let ended = LiveCall {
        session_id: Some(session.id),
        mode: ListenMode::TextOnly,
        state: LiveState::Damaged,
        ended_at: Some(9_000),
        consent: None,
        notice: None,
        mentor_id: None,
        lanes: Vec::new(),
        alignment: aligned(target),
        acknowledged: true,
        ..begun
    };
    let stored = base.save(Action::LiveEnd, ended.clone());
    let base = base.reopened();
    let found = base.store.record(EntityKind::LiveCall, ended.id.0).unwrap();
    assert_eq!(found.as_ref(), Some(&stored));
    let mut same = Record::from(ended);
    *same.meta_mut() = stored.meta().clone();
    assert_eq!(stored, same);
}

#[test]
fn the_newest_live_call_comes_first_and_those_that_went_do_not_come() {
    let base = TestWorkspace::new();
    let target = base.call("来电", 1);
    let [first, second, gone, moved] = ["一", "二", "三", "四"].map(|t| base.live(t));
    base.delete(EntityKind::Case, gone.case_id.0);
    base.save(
        Action::LiveAlign,
        LiveCall {
            alignment: aligned(target),
            ..moved.clone()
        },
    );
    base.delete(EntityKind::Case, moved.case_id.0);
    let ids = || -> Vec<LiveCallId> {
        let calls = base.store.live_calls().unwrap();
        calls.iter().map(|c| c.id).collect()
    };
    assert_eq!(ids(), [moved.id, second.id, first.id]);
    base.delete(EntityKind::LiveCall, second.id.0);
    assert_eq!(ids(), [moved.id, first.id]);
    let of = |r: RecordingId| base.store.live_call_of(r).unwrap().map(|c| c.id);
    assert_eq!(of(first.recording_id), Some(first.id));
    assert_eq!(of(second.recording_id), None);
    assert_eq!(of(target.1), None, "an imported recording is no live call");
}

#[test]
fn the_library_says_which_call_is_live_and_whether_there_is_sound() {
    let base = TestWorkspace::new();
    let imported = base.call("来电", 1);
    let begun = base.live("现场");
    let rows = base.store.cases(&CaseQuery::default()).unwrap().rows;
    let live = &rows[0];
    assert_eq!(live.live.as_ref(), Some(&begun));
    assert_eq!(
        (live.recording_id, live.has_audio),
        (Some(begun.recording_id), false)
    );
    assert_eq!((rows[1].case.id, rows[1].has_audio), (imported.0, true));
    assert_eq!(rows[1].live, None);

    let empty = base.case_of("没有录音");
    base.save(Action::CaseEdit, empty);
    let rows = base.store.cases(&CaseQuery::default()).unwrap().rows;
    assert_eq!((rows[0].recording_id, rows[0].has_audio), (None, false));
}

#[test]
fn a_recording_without_sound_names_no_media() {
    let base = TestWorkspace::new();
    base.live("一");
    let ended = base.live("二");
    assert!(base.store.media_in_use().unwrap().is_empty());
    assert_eq!(base.store.recording_by_hash("").unwrap(), None);

    let found = base
        .store
        .record(EntityKind::Recording, ended.recording_id.0);
    let Some(Record::Recording(silent)) = found.unwrap() else {
        panic!("the recording is there")
    };
    base.save(
        Action::LiveEnd,
        Recording {
            audio_sha256: hex(b"audio"),
            peaks_sha256: hex(b"peaks"),
            ..silent
        },
    );
    let mut named = [hex(b"audio"), hex(b"peaks")];
    named.sort();
    let in_use = base.store.media_in_use().unwrap();
    assert_eq!(in_use, named.map(|sha256| (ended.recording_id, sha256)));
    let known = base.store.recording_by_hash(&hex(b"audio")).unwrap();
    assert_eq!(known.map(|r| r.id), Some(ended.recording_id));
}

#[test]
fn only_recordings_with_sound_that_came_from_elsewhere_are_offered() {
    let base = TestWorkspace::new();
    let [old, new, gone] = [1, 2, 3].map(|n| base.call(&format!("来电{n}"), n));
    base.delete(EntityKind::Case, gone.0.0);
    let own = base.live("现场");
    let found = base.store.record(EntityKind::Recording, own.recording_id.0);
    if let Some(Record::Recording(silent)) = found.unwrap() {
        base.save(
            Action::LiveEnd,
            Recording {
                audio_sha256: hex(b"own"),
                ..silent
            },
        );
    }
    base.live("没有声音");
    let offered: Vec<_> = base.store.recordings_brought_in().unwrap();
    let ids: Vec<_> = offered.iter().map(|(c, _, r)| (c.id, r.id)).collect();
    assert_eq!(ids, [new, old]);
}

fn part(recording: RecordingId, ordinal: u32, frames: u64) -> CapturePart {
    CapturePart {
        recording_id: recording,
        ordinal,
        file: PartName::of(ordinal),
        sample_rate_hz: 48_000,
        channels: 2,
        start_frame: u64::from(ordinal - 1) * 480_000,
        frames,
    }
}

#[test]
fn what_was_promised_to_be_on_disk_is_known_after_a_crash() {
    let base = TestWorkspace::new();
    let (one, other) = (base.live("一").recording_id, base.live("二").recording_id);
    for (recording, ordinal, frames) in [(one, 2, 0), (one, 1, 0), (one, 1, 96_000), (other, 1, 5)]
    {
        base.store
            .put_part(&part(recording, ordinal, frames))
            .unwrap();
    }
    let base = base.reopened();
    assert_eq!(
        base.store.parts_of(one).unwrap(),
        [part(one, 1, 96_000), part(one, 2, 0)]
    );
    base.store.drop_parts(one).unwrap();
    assert!(base.store.parts_of(one).unwrap().is_empty());
    assert_eq!(base.store.parts_of(other).unwrap().len(), 1);
}

#[test]
fn gaps_grow_an_end_and_stand_in_the_order_of_time() {
    let base = TestWorkspace::new();
    let recording_id = base.live("现场").recording_id;
    let gap = |ordinal, kind, channel, start_ms, end_ms| CaptureGap {
        recording_id,
        ordinal,
        kind,
        channel,
        start_ms,
        end_ms,
    };
    let pause = gap(0, GapKind::Pause, None, 9_000, Some(12_000));
    let lost = gap(1, GapKind::DeviceLost, Some(1), 4_000, None);
    for row in [gap(0, GapKind::Pause, None, 9_000, None), lost, pause] {
        base.store.put_gap(&row).unwrap();
    }
    assert_eq!(base.store.gaps_of(recording_id).unwrap(), [lost, pause]);
    assert!(
        base.store
            .gaps_of(RecordingId(new_id()))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_file_or_gap_of_no_recording_is_refused() {
    let base = TestWorkspace::new();
    let nowhere = RecordingId(new_id());
    assert!(base.store.put_part(&part(nowhere, 1, 0)).is_err());
    assert!(base.store.parts_of(nowhere).unwrap().is_empty());
}

#[test]
fn notes_stand_in_the_order_of_time_with_who_says_them() {
    let base = TestWorkspace::new();
    let call = LiveCall {
        mentor_id: None,
        ..base.live("现场")
    };
    let call = match base.save(Action::CaseEdit, call) {
        Record::LiveCall(c) => c,
        other => panic!("a live call came back as {other:?}"),
    };
    let id = PersonId(new_id());
    let mentor = records::person(id, "周师兄", &[Role::Mentor], base.meta());
    let by_mentor = SeatNote {
        author_id: mentor.id,
        ..base.note(&call, 5_000, "规则在第七条")
    };
    base.save(Action::PersonAdd, mentor);
    base.save(Action::CaseEdit, by_mentor);
    base.note(&call, 1_000, "为什么不能退？");
    let gone = base.note(&call, 2_000, "说错了");
    base.delete(EntityKind::SeatNote, gone.id.0);
    let said = |case: CaseId| -> Vec<(u64, String, bool)> {
        let notes = base.store.seat_notes_of(case).unwrap();
        notes
            .into_iter()
            .map(|v| (v.note.at_ms, v.author, v.by_mentor))
            .collect()
    };
    let expected = [
        (1_000, "林夕".to_owned(), false),
        (5_000, "周师兄".to_owned(), true),
    ];
    assert_eq!(said(call.case_id), expected);
    base.delete(EntityKind::Case, call.case_id.0);
    let everywhere = || base.store.findings().unwrap().seat_notes.len();
    assert_eq!(everywhere(), 0, "what is in the bin leaves with no export");
    assert_eq!(
        said(call.case_id),
        expected,
        "a case in the bin keeps its notes"
    );
    base.restore(EntityKind::Case, call.case_id.0);
    assert_eq!(said(call.case_id), expected);
}

#[test]
fn whoever_was_the_mentor_of_a_call_stays_it_where_its_notes_went() {
    let base = TestWorkspace::new();
    let target = base.call("来电", 1);
    let call = base.live("现场");
    let note = base.note(&call, 1_000, "留意");
    assert!(base.store.seat_notes_of(call.case_id).unwrap()[0].by_mentor);
    base.save(
        Action::LiveAlign,
        LiveCall {
            alignment: aligned(target),
            ..call
        },
    );
    base.save(
        Action::LiveAlign,
        SeatNote {
            case_id: target.0,
            recording_id: target.1,
            ..note
        },
    );
    assert!(base.store.seat_notes_of(target.0).unwrap()[0].by_mentor);
}

#[test]
fn what_was_noted_is_found_beside_what_was_marked_newest_first() {
    let base = TestWorkspace::new();
    let call = base.live("现场");
    let marked = base.mark((call.case_id, call.recording_id), 1_000, "退款太慢");
    let noted = base.note(&call, 7_000, "退款要看第七条");
    let scopes = [SearchScope::Observation];
    let found = base.find_in("退款", &scopes);
    let at = MomentLink {
        start_ms: Some(7_000),
        ..MomentLink::to(call.case_id)
    };
    assert_eq!(found[0].target, SearchTarget::SeatNote { at });
    assert_eq!(found[0].title, "现场");
    assert!(
        matches!(found[1].target, SearchTarget::Observation { observation_id, at }
        if observation_id == marked.id && at.start_ms == Some(1_000))
    );
    assert_eq!(found[0].excerpt, "退款要看第七条");

    base.delete(EntityKind::SeatNote, noted.id.0);
    assert_eq!(base.find_in("退款", &scopes).len(), 1);
    base.restore(EntityKind::SeatNote, noted.id.0);
    assert_eq!(base.find_in("退款", &scopes).len(), 2);
    base.delete(EntityKind::Case, call.case_id.0);
    assert!(base.find_in("退款", &scopes).is_empty());
}

#[test]
fn findings_carry_what_was_noted_and_say_where_there_is_no_sound() {
    let base = TestWorkspace::new();
    let imported = base.call("来电", 1);
    base.mark(imported, 1_000, "听得到");
    let [marked, noted, bare] = ["一", "二", "三"].map(|t| base.live(t));
    base.mark((marked.case_id, marked.recording_id), 1_000, "听不到");
    let note = base.note(&noted, 7_000, "规则在第七条");
    let found = base.store.findings().unwrap();
    assert_eq!(
        found.without_sound,
        [marked.recording_id, noted.recording_id]
    );
    let cases: Vec<CaseId> = found.cases.iter().map(|c| c.id).collect();
    assert_eq!(cases, [imported.0, marked.case_id, noted.case_id]);
    let notes: Vec<_> = found.seat_notes.iter().map(|n| n.note.id).collect();
    assert_eq!(notes, [note.id]);
    assert!(
        found.seat_notes[0].by_mentor,
        "the person at this call's seat"
    );
    assert_eq!(found.live_calls[0].id, bare.id);

    base.delete(EntityKind::Case, noted.case_id.0);
    let found = base.store.findings().unwrap();
    assert_eq!(found.without_sound, [marked.recording_id]);
    assert!(found.seat_notes.is_empty());
}

#[test]
fn the_history_of_a_case_tells_of_its_live_call_and_notes() {
    let base = TestWorkspace::new();
    let call = base.live("现场");
    base.note(&call, 1_000, "留意");
    let kinds = |kind, id| -> Vec<EntityKind> {
        let changes = base.store.history(kind, id).unwrap();
        changes.iter().map(|c| c.entity).collect()
    };
    assert_eq!(
        kinds(EntityKind::Case, call.case_id.0),
        [
            EntityKind::Case,
            EntityKind::Contact,
            EntityKind::LiveCall,
            EntityKind::SeatNote
        ]
    );
    assert_eq!(
        kinds(EntityKind::Recording, call.recording_id.0),
        [
            EntityKind::Recording,
            EntityKind::LiveCall,
            EntityKind::SeatNote
        ]
    );
    let counts = base.store.check_database(true).unwrap().counts;
    assert_eq!((counts["live_call"], counts["seat_note"]), (1, 1));
}

#[test]
fn a_case_has_one_live_call() {
    let base = TestWorkspace::new();
    let call = base.live("现场");
    let twin = LiveCall {
        id: LiveCallId(new_id()),
        meta: base.meta(),
        ..call.clone()
    };
    let refused = base
        .store
        .commit(base.operation(Action::LiveBegin, vec![twin.into()]));
    assert!(refused.is_err());
    assert_eq!(base.store.live_calls().unwrap().len(), 1);
}
