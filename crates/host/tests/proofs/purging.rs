//! 清除: who may, what forbids it, what the bin does by itself, and that nothing brings it back.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::bin::bin;
use crate::common::live::{Booth, until};
use crate::common::{Stage, code, refused};
use qinting_desk::*;
use qinting_domain::*;

fn ask(case: CaseId) -> PurgeRequest {
    PurgeRequest {
        kind: EntityKind::Case,
        id: case.0,
        reason: "客户来信".into(),
    }
}

fn hold(case: CaseId) -> HoldRequest {
    HoldRequest {
        case_id: case,
        reason: "诉讼中".into(),
    }
}

/// A call with text and a mark.
fn heard(stage: &Stage) -> (CaseId, RecordingId) {
    stage.says(&[(0, 20_000, 0, "我要投诉你们的退款规则")]);
    let ids = stage.case("call");
    stage.desk.drain_jobs().unwrap();
    stage.mark(ids.1, 5_000);
    ids
}

#[test]
fn a_case_that_went_is_not_in_the_library_the_bin_or_a_search_and_its_certificate_says_so() {
    let stage = Stage::new();
    let (case, recording) = heard(&stage);
    let media = || {
        let shelves = std::fs::read_dir(stage.dir.path().join("ws/media")).unwrap();
        shelves
            .map(Result::unwrap)
            .filter(|e| e.file_name().len() == 2)
            .map(|e| std::fs::read_dir(e.path()).unwrap().count())
            .sum::<usize>()
    };
    assert!(media() >= 3);
    let certificate = stage.at_desk.purge(ask(case)).unwrap();
    assert_eq!((certificate.lines, certificate.finished_at), (1, None));
    stage.desk.drain_beside().unwrap();
    assert_eq!(media(), 0);
    let view = bin(&stage);
    assert_eq!((view.total, view.purges.len()), (0, 1));
    let told = &view.purges[0];
    assert!(
        told.finished_at.is_some() && told.still_found == Some(0),
        "{told:?}"
    );
    assert_eq!(told.reason, "客户来信");
    assert_eq!(code(stage.at_desk.get_case(case)), codes::NOT_FOUND);
    assert_eq!(code(stage.at_desk.restore_case(case)), codes::NOT_FOUND);
    let all = SegmentQuery {
        recording_id: recording,
        offset: 0,
        limit: 9,
    };
    assert_eq!(code(stage.at_desk.segments(all)), codes::NOT_FOUND);
    let found = stage.at_desk.search(SearchQuery::of("投诉")).unwrap();
    assert!(found.hits.is_empty());
    assert_eq!(code(stage.at_desk.purge(ask(case))), codes::NOT_FOUND);
    assert!(stage.at_desk.verify_log(()).unwrap().is_sound());
    stage.desk.sweep_media().unwrap();
}

#[test]
fn what_was_done_to_it_before_is_not_taken_back_and_the_purge_itself_is_not_either() {
    let stage = Stage::new();
    let (case, _) = heard(&stage);
    stage.at_desk.delete_case(case).unwrap();
    stage.at_desk.purge(ask(case)).unwrap();
    for _ in 0..2 {
        assert_eq!(code(stage.at_desk.undo(())), codes::UNDO_ERASED);
    }
    assert_eq!(code(stage.at_desk.get_case(case)), codes::NOT_FOUND);
}

#[test]
fn a_case_that_must_stay_stays_until_it_is_released() {
    let stage = Stage::new();
    let (case, recording) = heard(&stage);
    stage.at_desk.delete_case(case).unwrap();
    stage.at_desk.hold_case(hold(case)).unwrap();
    assert_eq!(bin(&stage).rows[0].hold.as_deref(), Some("诉讼中"));
    let held = refused(stage.at_desk.purge(ask(case)));
    assert_eq!(held.0, codes::PURGE_HELD);
    let of_recording = PurgeRequest {
        kind: EntityKind::Recording,
        id: recording.0,
        ..ask(case)
    };
    assert_eq!(code(stage.at_desk.purge(of_recording)), codes::PURGE_HELD);
    stage.at_desk.release_case(case).unwrap();
    assert_eq!(bin(&stage).rows[0].hold, None);
    stage.at_desk.purge(ask(case)).unwrap();
}

#[test]
fn the_bin_lets_go_what_lies_there_longer_than_its_days_and_nothing_that_is_kept() {
    let booth = Booth::new();
    let stage = &booth.stage;
    let cases: Vec<CaseId> = ["free", "held", "filed", "young"]
        .map(|n| stage.case(n).0)
        .to_vec();
    let [free, held, filed, young] = cases[..] else {
        panic!("four")
    };
    let recording = stage.at_desk.get_case(filed).unwrap().recording.unwrap();
    let mark = stage.mark(recording.id, 5_000);
    stage.issue("七天", vec![mark.observation.id]);
    booth.stage.desk.beat().unwrap();
    for case in [free, held, filed] {
        stage.at_desk.delete_case(case).unwrap();
    }
    stage.at_desk.hold_case(hold(held)).unwrap();
    let day = || {
        booth.clock.pass(24 * 3_600_000);
        stage.desk.beat().unwrap();
    };
    (0..29).for_each(|_| day());
    stage.desk.empty_bin().unwrap();
    assert_eq!(bin(stage).total, 3, "a day too early");
    stage.at_desk.delete_case(young).unwrap();
    day();
    stage.desk.empty_bin().unwrap();
    stage.desk.drain_beside().unwrap();
    let view = bin(stage);
    let left: Vec<CaseId> = view.rows.iter().map(|row| row.case.id).collect();
    assert_eq!(left.len(), 3);
    assert!(!left.contains(&free));
    assert_eq!(view.purges[0].reason, format!("{BIN_REASON}30"));
    assert!(view.purges[0].finished_at.is_some());
    stage.desk.empty_bin().unwrap();
    assert_eq!(bin(stage).purges.len(), 1);
}

#[test]
fn a_call_that_is_heard_does_not_go_and_whoever_sits_here_neither() {
    let booth = Booth::new();
    let call = booth.begin(ListenMode::Record).call;
    let at_desk = booth.at_desk();
    assert_eq!(code(at_desk.purge(ask(call.case_id))), codes::LIVE_RUNNING);
    let me = PurgeRequest {
        kind: EntityKind::Person,
        id: at_desk.actor().0,
        reason: "不干了".into(),
    };
    assert_eq!(code(at_desk.purge(me)), codes::INVALID);
    let without_a_word = PurgeRequest {
        reason: "  ".into(),
        ..ask(call.case_id)
    };
    booth.sound.pass(2_000);
    booth.sound.keep();
    until("the call is over", || booth.at_desk().live_stop(()).is_ok());
    assert_eq!(code(booth.at_desk().purge(without_a_word)), codes::INVALID);
    booth.at_desk().purge(ask(call.case_id)).unwrap();
}

#[test]
fn a_text_that_is_being_made_does_not_bring_it_back() {
    let stage = Stage::new();
    let (case, recording) = stage.case("call");
    stage.says(&[(0, 900, 0, "转写还没完")]);
    stage.at_desk.purge(ask(case)).unwrap();
    stage.desk.drain_jobs().unwrap();
    assert!(stage.store.segments(recording, 0, 9).unwrap().is_empty());
    assert!(stage.store.transcripts_of(recording).unwrap().is_empty());
}

#[test]
fn a_call_that_cannot_go_keeps_no_other_in_the_bin() {
    let booth = Booth::new();
    let call = booth.begin(ListenMode::Record).call;
    let booth = booth.crash(|_| {});
    let stage = &booth.stage;
    let (over, _) = stage.case("over");
    stage.desk.beat().unwrap();
    for case in [call.case_id, over] {
        stage.at_desk.delete_case(case).unwrap();
    }
    for _ in 0..30 {
        booth.clock.pass(24 * 3_600_000);
        stage.desk.beat().unwrap();
    }
    stage.desk.empty_bin().unwrap();
    let left: Vec<CaseId> = bin(stage).rows.iter().map(|row| row.case.id).collect();
    assert_eq!(
        left,
        [call.case_id],
        "what nobody has taken in yet waits for it"
    );
}
