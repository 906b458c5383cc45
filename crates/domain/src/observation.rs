//! A marked moment and what was heard in it.

use crate::{Anchor, CaseId, Meta, ObservationId, RecordingId, SessionId, TagId, Unfit};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the moment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ObservationKind {
    /// 问题
    Problem,
    /// 亮点
    Highlight,
    /// 金句
    Quote,
    /// 疑问
    Question,
    /// 建议
    Suggestion,
}

/// 理 (rule, process) or 情 (emotion).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Axis {
    /// 理
    Reason,
    /// 情
    Feeling,
    /// Not said.
    None,
}

/// A mark that grew words: the atom evidence is made of.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[record(fits)]
pub struct Observation {
    /// Identity.
    pub id: ObservationId,
    /// The case it was heard in.
    #[field(refers(Case), under)]
    pub case_id: CaseId,
    /// The recording its times count from.
    #[field(refers(Recording))]
    pub recording_id: RecordingId,
    /// Where in it.
    #[serde(default)]
    #[field(edit)]
    pub anchor: Anchor,
    /// Start of the sound that plays for it, in milliseconds from recording start.
    #[ts(type = "number")]
    #[field(edit)]
    pub start_ms: u64,
    /// End of it.
    #[ts(type = "number")]
    #[field(edit)]
    pub end_ms: u64,
    /// Player position when the key went down.
    #[ts(type = "number")]
    pub raw_mark_ms: u64,
    /// Reaction lag that was taken off.
    #[ts(type = "number")]
    pub lag_ms: u64,
    /// What the moment is.
    #[field(edit)]
    pub kind: ObservationKind,
    /// 理 / 情.
    #[field(edit)]
    pub axis: Axis,
    /// The person's words; may be empty.
    #[field(prose, edit, search, personal)]
    pub text: String,
    /// Words heard in the range when it was marked or last set, for lists and exports.
    #[field(search, personal)]
    pub quote: String,
    /// Codes, in the order they were given.
    #[field(set(Tag), edit)]
    pub tags: Vec<TagId>,
    /// 0–3.
    #[field(most = 3, edit)]
    pub severity: u8,
    /// The listening session it was marked in, if any.
    #[serde(default)]
    #[field(refers(Session))]
    pub session_id: Option<SessionId>,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

impl Observation {
    fn fits(&self) -> Result<(), Unfit> {
        self.anchor.fits()
    }
}

/// Clip made around a mark when nothing else is known: this much before the moment…
pub const CLIP_BEFORE_MS: u64 = 5_000;
/// …and this much after it.
pub const CLIP_AFTER_MS: u64 = 10_000;

/// The range of a new mark: the moment is `at_ms − lag_ms`; when a segment covers it the clip is
/// that segment, otherwise a window around the moment. Always inside the recording and at least
/// 200 ms long where the recording allows it.
pub fn mark_range(
    at_ms: u64,
    lag_ms: u64,
    covering: Option<(u64, u64)>,
    duration_ms: u64,
) -> (u64, u64) {
    let moment = at_ms.saturating_sub(lag_ms).min(duration_ms);
    let (start, end) = match covering {
        Some((s, e)) if s <= moment && moment <= e => (s, e),
        _ => (
            moment.saturating_sub(CLIP_BEFORE_MS),
            moment.saturating_add(CLIP_AFTER_MS),
        ),
    };
    clamp_range(start, end, duration_ms)
}

/// Puts a range in order and inside the recording, at least 200 ms long where possible.
pub fn clamp_range(start_ms: u64, end_ms: u64, duration_ms: u64) -> (u64, u64) {
    let (mut start, mut end) = if start_ms <= end_ms {
        (start_ms, end_ms)
    } else {
        (end_ms, start_ms)
    };
    end = end.min(duration_ms);
    start = start.min(end);
    if end - start < 200 {
        end = (start + 200).min(duration_ms);
        start = end.saturating_sub(200);
    }
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::no_text_takes_a_window(20_000, 2_000, None, 60_000, (13_000, 28_000))]
    #[case::the_segment_that_covers_the_moment(20_000, 2_000, Some((16_000, 19_000)), 60_000, (16_000, 19_000))]
    #[case::a_segment_elsewhere_is_ignored(20_000, 2_000, Some((1_000, 2_000)), 60_000, (13_000, 28_000))]
    #[case::a_mark_in_the_first_second(500, 2_000, None, 60_000, (0, 10_000))]
    #[case::a_mark_past_the_end(90_000, 0, None, 60_000, (55_000, 60_000))]
    #[case::an_empty_recording(0, 2_000, None, 0, (0, 0))]
    fn a_mark_becomes_a_clip(
        #[case] at: u64,
        #[case] lag: u64,
        #[case] covering: Option<(u64, u64)>,
        #[case] duration: u64,
        #[case] expected: (u64, u64),
    ) {
        assert_eq!(mark_range(at, lag, covering, duration), expected);
    }

    #[test]
    fn a_moment_of_an_older_version_stands_in_sound_and_in_no_session() {
        let id = uuid::Uuid::from_u128(1);
        let old = serde_json::json!({
            "id": id, "case_id": id, "recording_id": id, "start_ms": 0, "end_ms": 200,
            "raw_mark_ms": 200, "lag_ms": 0, "kind": "problem", "axis": "none", "text": "",
            "quote": "", "tags": [], "severity": 0, "created_at": 1, "created_by": id,
            "updated_at": 1, "rev": 1, "deleted_at": null,
        });
        let read: Observation = serde_json::from_value(old).expect("an older moment is read");
        assert_eq!((read.session_id, read.anchor), (None, Anchor::Sound));
    }

    proptest::proptest! {
        #[test]
        fn a_range_always_lies_inside_the_recording(a: u64, b: u64, d in 0u64..100_000_000) {
            let (s, e) = clamp_range(a, b, d);
            proptest::prop_assert!(s <= e && e <= d);
            proptest::prop_assert!(e - s >= 200.min(d));
        }
    }
}
