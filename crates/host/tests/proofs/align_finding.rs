//! Which recording a call without sound belongs to, and what is refused.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::align::*;
use crate::common::live::{Booth, call};
use crate::common::{code, refused};
use qinting_desk::*;
use qinting_domain::*;
use rstest::rstest;
use std::sync::Arc;

#[test]
fn a_number_both_know_tells_which_of_several_recordings_it_is() {
    let booth = Booth::new();
    let begin = LiveBegin {
        anchor: "138-0013-8000".into(),
        ..call(ListenMode::ClockOnly)
    };
    let call = heard(&booth, begin);
    assert!(!call.anchor.contains("138"), "{}", call.anchor);
    let right = import(&booth, &format!("{TEN_SECONDS_BEFORE}_13800138000"), 125);
    import(&booth, TEN_SECONDS_BEFORE, 126);
    import(&booth, "20251113-021315", 127);
    let view = booth.at_desk().align_view(call.id).unwrap();
    let found = &view.candidates;
    let first = &found[0];
    assert_eq!(
        (first.recording_id, first.offset_ms, first.method),
        (right.id, 10_000, AlignMethod::Anchor)
    );
    let codes: Vec<&str> = first.reasons.iter().map(|r| r.code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "align.clock_in_name",
            "align.anchor",
            "align.length",
            "align.fits"
        ]
    );
    assert_eq!(first.reasons[0].args["seconds"], "10");
    assert!(first.confidence > 60 && found[1].confidence <= 50);
    assert_eq!(found.len(), 3);

    // Somebody says when the recording began: then the clock counts for more than a name.
    let contacts = booth.at_desk().get_case(right.case_id).unwrap().contacts;
    let fields = serde_json::json!({"began_at": call.started_at - 4_000});
    let fields = fields.as_object().unwrap().clone();
    let patch = RecordPatch::of(&contacts[0], fields);
    booth.at_desk().edit_record(patch).unwrap();
    let view = booth.at_desk().align_view(call.id).unwrap();
    assert_eq!(view.candidates[0].offset_ms, 4_000);
    assert!(view.candidates[0].confidence >= 90);
}

/// Two seconds of silence before anybody speaks.
struct LateVoice;
impl AudioFiles for LateVoice {
    fn peaks(&self, _: Box<dyn Bytes>, _: &Recording, _: &PeaksRequest) -> AppResult<Vec<u8>> {
        Ok(Vec::new())
    }
    fn regions(&self, _: Box<dyn Bytes>, _: &Recording) -> AppResult<Vec<Region>> {
        let silence = |start_ms, end_ms| Region {
            kind: RegionKind::Silence,
            start_ms,
            end_ms,
        };
        Ok(vec![silence(0, 2_000), silence(50_000, 60_000)])
    }
    fn acoustics(
        &self,
        _: Box<dyn Bytes>,
        _: &Recording,
        _: &[Stretch],
        _: &Cancel,
    ) -> AppResult<Acoustics> {
        Err(AppError::new(codes::MEDIA_MISSING))
    }
}

#[rstest]
#[case::pointed_at(Some(33_000), 5_000, 85..=97)]
#[case::first_speech(None, -26_000, 60..=75)]
fn a_marked_hello_says_where_the_marks_belong(
    #[case] heard_ms: Option<u64>,
    #[case] offset_ms: i64,
    #[case] sure: std::ops::RangeInclusive<u8>,
) {
    let dir = tempfile::tempdir().unwrap();
    let booth = Booth::at(dir, |given| given.audio = Arc::new(LateVoice));
    let call = silent(&booth);
    let target = import(&booth, "call", 150);
    let hello = booth.at_desk().align_view(call.id).unwrap().marks[0]
        .observation
        .id;
    let ask = || HelloRequest {
        call_id: call.id,
        recording_id: target.id,
        observation_id: hello,
        heard_ms,
    };
    let found = booth.at_desk().align_by_hello(ask()).unwrap();
    assert_eq!(
        (found.offset_ms, found.method),
        (offset_ms, AlignMethod::Hello)
    );
    assert!(sure.contains(&found.confidence), "{}", found.confidence);
    align(&booth, &call, &target, 600_000);
    let again = booth.at_desk().align_by_hello(ask()).unwrap();
    assert_eq!(again.offset_ms, offset_ms, "wherever the marks stand now");
}

#[test]
fn calls_wait_newest_first_and_only_those_with_something_to_move() {
    let booth = Booth::new();
    booth.begin(ListenMode::ClockOnly);
    booth.at_desk().live_stop(()).unwrap();
    let first = silent(&booth);
    let second = silent(&booth);
    let deleted = silent(&booth);
    booth.at_desk().delete_case(deleted.case_id).unwrap();
    heard(&booth, call(ListenMode::Record));
    let running = booth.begin(ListenMode::ClockOnly);
    booth.mark(0);
    let waiting = booth.at_desk().live_waiting(()).unwrap();
    let ids: Vec<LiveCallId> = waiting.iter().map(|w| w.call.id).collect();
    assert_eq!(ids, [second.id, first.id]);
    assert_eq!(
        (waiting[0].duration_ms, waiting[0].marks.len()),
        (120_000, 2)
    );
    assert!(waiting[0].candidates.is_empty());
    assert_eq!(
        code(booth.at_desk().align_view(running.call.id)),
        codes::LIVE_RUNNING
    );
}

#[test]
fn what_cannot_be_aligned_is_refused_and_changes_nothing() {
    let booth = Booth::new();
    let kept = heard(&booth, call(ListenMode::Record));
    let other = silent(&booth);
    let call_of = silent(&booth);
    let target = import(&booth, "call", 150);
    let head = booth.store().head_seq().unwrap();
    let at_desk = booth.at_desk();
    assert_eq!(
        code(at_desk.align(request(&kept, &target, 0))),
        codes::LIVE_HAS_AUDIO
    );
    assert_eq!(code(at_desk.align_view(kept.id)), codes::LIVE_HAS_AUDIO);
    let silent_target = booth.recording(other.recording_id);
    assert_eq!(
        refused(at_desk.align(request(&call_of, &silent_target, 0))),
        (codes::INVALID.into(), "recording_id".into())
    );
    for far in [i64::MIN, i64::MAX, 86_400_001] {
        assert_eq!(
            refused(at_desk.align(request(&call_of, &target, far))),
            (codes::INVALID.into(), "offset_ms".into())
        );
    }
    let hello = |observation_id, heard_ms| {
        at_desk.align_by_hello(HelloRequest {
            call_id: call_of.id,
            recording_id: target.id,
            observation_id,
            heard_ms,
        })
    };
    let foreign = at_desk.observations_of(other.case_id).unwrap()[0]
        .observation
        .id;
    assert_eq!(code(hello(foreign, None)), codes::NOT_FOUND);
    let own = at_desk.observations_of(call_of.case_id).unwrap()[0]
        .observation
        .id;
    assert_eq!(
        refused(hello(own, Some(150_001))),
        (codes::INVALID.into(), "heard_ms".into())
    );
    at_desk.delete_case(target.case_id).unwrap();
    let gone = at_desk.align(request(&call_of, &target, 0));
    assert_eq!(code(gone), codes::CASE_IN_BIN);
    assert_eq!(booth.store().head_seq().unwrap(), head + 1);
}
