//! A mark stands in a stretch of sound, in turns of a chat, or in the whole, and keeps to it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::{Stage, refused};
use qinting_desk::*;
use qinting_domain::*;

const WORDS: &[(u64, u64, u16, &str)] = &[
    (1_000, 3_000, 0, "您好"),
    (10_000, 14_000, 1, "我要退款"),
    (15_000, 19_000, 0, "好的"),
];

fn heard() -> (Stage, CaseId, RecordingId) {
    let stage = Stage::new();
    stage.says(WORDS);
    let (case, recording) = stage.case("call");
    stage.desk.drain_jobs().unwrap();
    (stage, case, recording)
}

fn length_of(stage: &Stage, case: CaseId) -> u64 {
    let view = stage.at_desk.get_case(case).unwrap();
    view.recording.unwrap().duration_ms
}

fn marked(stage: &Stage, recording: RecordingId, anchor: Anchor) -> AppResult<Observation> {
    let request = MarkRequest {
        anchor: Some(anchor),
        ..MarkRequest::at(recording, 15_000)
    };
    stage.at_desk.mark(request).map(|view| view.observation)
}

fn edited(
    stage: &Stage,
    o: &Observation,
    field: &'static str,
    to: serde_json::Value,
) -> Observation {
    stage
        .at_desk
        .edit_record(RecordPatch::of(o, [(field, to)]))
        .unwrap();
    let all = stage.at_desk.observations_of(o.case_id).unwrap();
    all.into_iter()
        .map(|v| v.observation)
        .find(|now| now.id == o.id)
        .unwrap()
}

#[test]
fn what_speaks_of_the_whole_plays_the_whole_and_quotes_nothing() {
    let (stage, case, recording) = heard();
    let length = length_of(&stage, case);
    let o = marked(&stage, recording, Anchor::Whole).unwrap();
    assert_eq!((o.anchor, o.start_ms, o.end_ms), (Anchor::Whole, 0, length));
    assert_eq!((o.quote.as_str(), o.raw_mark_ms), ("", 15_000));
    assert_eq!(MomentLink::to_mark(&o), MomentLink::to(case));

    let o = edited(&stage, &o, "text", "整通都在推".into());
    let hits = stage
        .at_desk
        .search(SearchQuery::of("整通都在推"))
        .unwrap()
        .hits;
    assert_eq!(
        hits[0].target,
        SearchTarget::Observation {
            observation_id: o.id,
            at: MomentLink::to(case)
        }
    );
}

#[test]
fn a_place_can_be_changed_and_back() {
    let (stage, case, recording) = heard();
    let length = length_of(&stage, case);
    let o = stage.mark(recording, 15_000).observation;
    let stretch = (o.start_ms, o.end_ms, o.quote.clone());
    assert_eq!(stretch, (10_000, 14_000, "我要退款".into()));

    let whole = edited(&stage, &o, "anchor", "whole".into());
    assert_eq!(
        (whole.start_ms, whole.end_ms, whole.quote.as_str()),
        (0, length, "")
    );
    let back = edited(&stage, &whole, "anchor", "sound".into());
    assert_eq!(
        (back.start_ms, back.end_ms, back.quote),
        stretch,
        "where the key went down"
    );

    let whole = edited(&stage, &o_of(&stage, case), "anchor", "whole".into());
    let moved = edited(&stage, &whole, "start_ms", 9_000.into());
    assert_eq!(
        (moved.anchor, moved.start_ms, moved.end_ms),
        (Anchor::Sound, 9_000, length)
    );
    for _ in 0..4 {
        stage.at_desk.undo(()).unwrap();
    }
    let first = o_of(&stage, case);
    assert_eq!(
        (first.start_ms, first.end_ms, first.anchor),
        (10_000, 14_000, Anchor::Sound)
    );
}

fn o_of(stage: &Stage, case: CaseId) -> Observation {
    stage
        .at_desk
        .observations_of(case)
        .unwrap()
        .remove(0)
        .observation
}

#[test]
fn words_that_come_later_give_the_whole_no_quote() {
    let stage = Stage::new();
    stage.says(WORDS);
    let (case, recording) = stage.case("call");
    marked(&stage, recording, Anchor::Whole).unwrap();
    stage.desk.drain_jobs().unwrap();
    assert_eq!(o_of(&stage, case).quote, "");
}

fn is_a_chat(stage: &Stage, case: CaseId) {
    let contact = stage.at_desk.get_case(case).unwrap().contacts.remove(0);
    let patch = RecordPatch::of(&contact, [("kind", "chat".into())]);
    stage.at_desk.edit_record(patch).unwrap();
}

const TWO: Anchor = Anchor::Turns(Turns { first: 2, last: 3 });

#[test]
fn turns_of_a_chat_are_a_place_of_their_own() {
    let (stage, case, recording) = heard();
    is_a_chat(&stage, case);
    let o = marked(&stage, recording, TWO).unwrap();
    assert_eq!((o.anchor, o.start_ms, o.end_ms), (TWO, 10_000, 19_000));
    assert_eq!(o.quote, "我要退款 好的");
    let there = MomentLink::to_mark(&o);
    assert_eq!(there.to_string(), format!("qinting://case/{case}?turn=2-3"));
    let link = stage.at_desk.link_to(Link::Moment(there)).unwrap();
    let opened = stage.at_desk.resolve_link(link).unwrap();
    assert_eq!(opened, Link::Moment(there));
    let hits = stage.at_desk.search(SearchQuery::of("退款")).unwrap().hits;
    let found = SearchTarget::Observation {
        observation_id: o.id,
        at: MomentLink::to_mark(&o),
    };
    assert!(hits.iter().any(|h| h.target == found));

    let one = serde_json::json!({ "turns": { "first": 1, "last": 1 } });
    let o = edited(&stage, &o, "anchor", one);
    assert_eq!(
        (o.start_ms, o.end_ms, o.quote.as_str()),
        (1_000, 3_000, "您好")
    );
}

#[test]
fn a_call_has_no_turns_the_next_text_counts_them_otherwise() {
    let (stage, _, recording) = heard();
    let told = refused(marked(&stage, recording, TWO));
    assert_eq!(told, (codes::INVALID.into(), "anchor".into()));
}

#[test]
fn turns_nobody_said_are_no_place() {
    let (stage, case, recording) = heard();
    is_a_chat(&stage, case);
    for (first, last) in [(0, 1), (2, 1), (3, 4), (9, 9)] {
        let told = refused(marked(
            &stage,
            recording,
            Anchor::Turns(Turns { first, last }),
        ));
        assert_eq!(
            told,
            (codes::INVALID.into(), "anchor".into()),
            "{first}-{last}"
        );
    }
}
