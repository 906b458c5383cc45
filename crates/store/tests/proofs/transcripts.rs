//! Transcripts: written by the machine in batches, corrected by people.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::*;
use qinting_app::*;
use qinting_domain::*;

fn texts(base: &TestWorkspace, recording: RecordingId) -> Vec<String> {
    let segments = base.store.segments(recording, 0, 500).unwrap();
    segments.into_iter().map(|s| s.text).collect()
}

fn correct(base: &TestWorkspace, segment: &Segment, text: &str) -> Segment {
    let corrected = Segment {
        text: text.into(),
        text_original: Some(segment.text.clone()),
        ..segment.clone()
    };
    match base.save(Action::SegmentEdit, corrected) {
        Record::Segment(s) => s,
        other => panic!("a segment came back as {other:?}"),
    }
}

#[test]
fn segments_stand_in_the_order_of_their_start_over_all_batches() {
    let base = TestWorkspace::new();
    let (_, rec) = base.call("来电", 1);
    let first = base.lines(&[(0, 900, 0, "甲"), (4_000, 5_000, 0, "丁")]);
    let second = base.lines(&[(1_000, 2_000, 1, "乙"), (1_000, 3_000, 0, "丙")]);
    let head = base.store.head_seq().unwrap();
    base.draft(rec, &first).unwrap();
    assert_eq!(
        texts(&base, rec),
        ["甲", "丁"],
        "text is there while decoding goes on"
    );
    base.draft(rec, &second).unwrap();
    base.draft(rec, &second).unwrap();
    assert_eq!(
        base.store.head_seq().unwrap(),
        head,
        "and not on record yet"
    );
    let rows = base.store.segments(rec, 0, 10).unwrap();
    let text = base.text(rec, &[first, second].concat()).unwrap();

    assert_eq!(texts(&base, rec), ["甲", "丙", "乙", "丁"]);
    assert_eq!(
        base.store.segments(rec, 0, 10).unwrap(),
        rows,
        "the lines that were shown are those of the text"
    );
    assert_eq!(
        base.store.segment_starts(rec).unwrap(),
        [0, 1_000, 1_000, 4_000]
    );
    assert_eq!(base.store.segment_count(rec).unwrap(), 4);
    let window = base.store.segments(rec, 1, 2).unwrap();
    let places: Vec<(u32, &str)> = window
        .iter()
        .map(|s| (s.ordinal, s.text.as_str()))
        .collect();
    assert_eq!(places, [(1, "丙"), (2, "乙")]);
    for segment in base.store.segments(rec, 0, 10).unwrap() {
        let same = base
            .store
            .record(EntityKind::Segment, segment.id.0)
            .unwrap();
        assert_eq!(same, Some(segment.into()));
    }
    let changes = base
        .store
        .history(EntityKind::Transcript, text.id.0)
        .unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].action, Action::TranscriptWrite);
    assert_eq!((text.lines, text.heard_ms), (4, 4_900));
}

#[test]
fn a_range_gives_the_segments_that_share_time_with_it() {
    let base = TestWorkspace::new();
    let (_, rec) = base.call("来电", 1);
    let lines = [
        (0, 9_000, 0, "长"),
        (1_000, 2_000, 1, "甲"),
        (2_000, 3_000, 1, "乙"),
    ];
    base.transcript(rec, &lines);
    let between = |start, end| -> Vec<(u32, String)> {
        let found = base.store.segments_between(rec, start, end).unwrap();
        found.into_iter().map(|s| (s.ordinal, s.text)).collect()
    };
    let named = |list: &[(u32, &str)]| -> Vec<(u32, String)> {
        list.iter().map(|(n, t)| (*n, (*t).to_owned())).collect()
    };
    assert_eq!(
        between(1_500, 2_500),
        named(&[(0, "长"), (1, "甲"), (2, "乙")])
    );
    assert_eq!(between(2_000, 2_500), named(&[(0, "长"), (2, "乙")]));
    assert_eq!(
        between(2_000, 2_000),
        named(&[(0, "长"), (1, "甲"), (2, "乙")])
    );
    assert_eq!(between(9_000, 9_500), named(&[]));
}

#[test]
fn typed_text_is_found_in_one_transcript_however_it_is_written() {
    let base = TestWorkspace::new();
    let (_, rec) = base.call("来电", 1);
    let (_, other) = base.call("另一通", 2);
    base.transcript(other, &[(0, 10, 0, "退款")]);
    base.transcript(
        rec,
        &[
            (0, 10, 0, "我要退款"),
            (20, 30, 1, "好的"),
            (40, 50, 0, "iPhone 15 退款"),
            (60, 70, 1, ""),
        ],
    );
    let places = |typed: &str, limit| -> Vec<(u32, u64)> {
        let hits = base.store.find_in_transcript(rec, typed, limit).unwrap();
        hits.into_iter().map(|h| (h.ordinal, h.start_ms)).collect()
    };
    assert_eq!(places("退款", 10), [(0, 0), (2, 40)]);
    assert_eq!(places("退款", 1), [(0, 0)]);
    assert_eq!(places("ＩＰＨＯＮＥ 退款", 10), [(2, 40)]);
    assert_eq!(places("  ", 10), []);
}

#[test]
fn a_new_run_replaces_the_machine_text_and_keeps_what_a_person_corrected() {
    let base = TestWorkspace::new();
    let (_, rec) = base.call("来电", 1);
    base.transcript(
        rec,
        &[
            (0, 1_000, 0, "推款"),
            (1_000, 2_000, 0, "好"),
            (2_000, 3_000, 1, "嗯"),
        ],
    );
    let wrong = base.store.segments(rec, 0, 1).unwrap().remove(0);
    let kept = correct(&base, &wrong, "退款");
    assert_eq!(base.find_in("推款", &[SearchScope::Segment]).len(), 0);
    assert_eq!(base.find_in("退款", &[SearchScope::Segment]).len(), 1);

    base.transcript(
        rec,
        &[
            (100, 950, 0, "推款"),
            (900, 2_000, 0, "好的"),
            (0, 1_000, 1, "喂"),
            (2_000, 3_000, 1, "嗯"),
        ],
    );
    assert_eq!(texts(&base, rec), ["退款", "喂", "好的", "嗯"]);
    let again = base.store.record(EntityKind::Segment, kept.id.0).unwrap();
    assert_eq!(again, Some(kept.into()));
    assert_eq!(base.find_in("推款", &[SearchScope::Segment]).len(), 0);
    assert_eq!(base.find_in("好", &[SearchScope::Segment]).len(), 1);
}

#[test]
fn a_correction_is_history_and_a_run_is_one_line_of_it() {
    let base = TestWorkspace::new();
    let (_, rec) = base.call("来电", 1);
    base.transcript(rec, &[(0, 1_000, 0, "推款"), (1_000, 2_000, 0, "好")]);
    let segment = base.store.segments(rec, 1, 1).unwrap().remove(0);
    assert!(
        base.store
            .history(EntityKind::Segment, segment.id.0)
            .unwrap()
            .is_empty()
    );
    correct(&base, &segment, "好的");
    let history = base
        .store
        .history(EntityKind::Segment, segment.id.0)
        .unwrap();
    let fields: Vec<&str> = history[0].fields.keys().map(String::as_str).collect();
    assert_eq!((history.len(), fields), (1, vec!["text", "text_original"]));
    let [text] = &base.store.transcripts_of(rec).unwrap()[..] else {
        panic!("one text")
    };
    let runs = base
        .store
        .history(EntityKind::Transcript, text.id.0)
        .unwrap();
    let actions: Vec<&str> = runs.iter().map(|c| c.action.as_str()).collect();
    assert_eq!(actions, ["transcript.write"]);
}

#[test]
fn a_finished_run_that_is_handed_over_twice_is_written_once() {
    let base = TestWorkspace::new();
    let (_, rec) = base.call("来电", 1);
    let text = base
        .sealed(rec, &base.lines(&[(0, 1_000, 0, "您好")]))
        .unwrap();
    let op = OpId(new_id());
    base.put_text(op, &text).unwrap();
    let head = base.store.head_seq().unwrap();
    base.put_text(op, &text).unwrap();
    assert_eq!(base.store.head_seq().unwrap(), head);
    assert_eq!(texts(&base, rec), ["您好"]);
}

#[test]
fn text_for_a_recording_that_is_not_there_is_refused() {
    let base = TestWorkspace::new();
    let lines = base.lines(&[(0, 1_000, 0, "您好")]);
    let refused = base.draft(RecordingId(new_id()), &lines).unwrap_err();
    assert_eq!(refused.code(), codes::NOT_FOUND);
}

#[test]
fn a_new_text_takes_the_place_of_the_old_one_at_once_and_either_can_be_chosen_again() {
    let base = TestWorkspace::new();
    let (_, rec) = base.call("来电", 1);
    let old = base.transcript(rec, &[(0, 900, 0, "旧甲"), (1_000, 1_900, 0, "旧乙")]);
    let before = base.store.segments(rec, 0, 10).unwrap();
    let new = base
        .sealed(
            rec,
            &base.lines(&[(0, 900, 0, "新甲"), (1_000, 1_900, 0, "新乙")]),
        )
        .unwrap();
    assert_eq!(
        texts(&base, rec),
        ["旧甲", "旧乙"],
        "sealed, and not yet read"
    );
    correct(&base, &before[1], "人改过的");
    base.put_text(OpId(new_id()), &new).unwrap();
    assert_eq!(
        texts(&base, rec),
        ["新甲", "人改过的"],
        "what a person corrected while the run went stays"
    );
    assert_eq!(base.find_in("新甲", &[SearchScope::Segment]).len(), 1);
    assert_eq!(base.find_in("旧甲", &[SearchScope::Segment]).len(), 0);

    let [new, was] = &base.store.transcripts_of(rec).unwrap()[..] else {
        panic!("two texts")
    };
    assert_eq!((was.id, was.standing), (old.id, TranscriptStanding::Past));
    let choose = |shown: &Transcript, past: &Transcript| {
        let records = vec![
            shown.clone().now(TranscriptStanding::Shown).into(),
            past.clone().now(TranscriptStanding::Past).into(),
        ];
        let chosen = base.operation(Action::TranscriptChoose, records);
        base.store.commit(chosen).unwrap();
    };
    choose(was, new);
    assert_eq!(texts(&base, rec), ["旧甲", "人改过的"]);
    let first = base.store.segments(rec, 0, 1).unwrap();
    assert_eq!(first, before[..1], "the same line under the same id");
    assert_eq!(base.find_in("新甲", &[SearchScope::Segment]).len(), 0);

    let corrected = base.store.segments(rec, 1, 1).unwrap().remove(0);
    let [new, was] = &base.store.transcripts_of(rec).unwrap()[..] else {
        panic!("two texts")
    };
    choose(new, was);
    let uncorrected = Segment {
        text: corrected.text_original.clone().unwrap(),
        text_original: None,
        ..corrected
    };
    base.save(Action::SegmentEdit, uncorrected);
    assert_eq!(
        texts(&base, rec),
        ["新甲", "新乙"],
        "where nobody corrects any more the text that is read says what was heard"
    );
    assert!(base.store.check_database(true).unwrap().sound);
}

#[test]
fn a_text_whose_bytes_are_gone_or_others_is_not_chosen_and_the_one_that_is_read_stays() {
    let base = TestWorkspace::new();
    let (_, rec) = base.call("来电", 1);
    base.transcript(rec, &[(0, 900, 0, "旧的")]);
    let lines = base.lines(&[(0, 900, 0, "新的")]);
    let lost = base.sealed(rec, &lines).unwrap();
    base.store.media().drop_bytes(&lost.1, false).unwrap();
    let refused = base.put_text(OpId(new_id()), &lost).unwrap_err();
    assert_eq!(refused.code(), codes::MEDIA_MISSING);
    let other = base.sealed(rec, &lines).unwrap();
    base.store.media().seal_bytes(b"{}", &other.1).unwrap();
    let refused = base.put_text(OpId(new_id()), &other).unwrap_err();
    assert_eq!(refused.code(), codes::MEDIA_UNREADABLE);
    assert_eq!(texts(&base, rec), ["旧的"]);
    assert_eq!(base.store.transcripts_of(rec).unwrap().len(), 1);
}

#[test]
fn a_whole_run_that_heard_nothing_is_an_empty_text() {
    let base = TestWorkspace::new();
    let (_, rec) = base.call("来电", 1);
    base.transcript(rec, &[(0, 900, 0, "旧的")]);
    base.transcript(rec, &[]);
    assert!(texts(&base, rec).is_empty());
}

#[test]
fn a_text_that_lies_in_rows_alone_is_found_once_it_is_whole() {
    let base = TestWorkspace::new();
    let (_, half) = base.call("断在半路", 1);
    base.draft(half, &base.lines(&[(0, 900, 0, "半截")]))
        .unwrap();
    let (_, sealed) = base.call("已是整篇", 2);
    base.transcript(sealed, &[(0, 900, 0, "整篇")]);
    let (_, heard) = base.call("听时所记", 3);
    base.store
        .draft_text(&TextDraft {
            recording_id: heard,
            actor: base.person,
            at: 1,
            engine: LIVE_ENGINE.into(),
            lines: base.lines(&[(0, 900, 0, "听到的")]),
        })
        .unwrap();
    assert_eq!(base.store.unsealed_texts(None, 10).unwrap(), [heard]);
    assert!(base.store.unsealed_texts(Some(half), 1).unwrap().is_empty());
    assert_eq!(base.store.unsealed_texts(Some(heard), 1).unwrap(), [heard]);
}
