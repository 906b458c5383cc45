//! What was measured, as it is kept beside the recording: JSON with a number in front, times as pairs.

use super::stretches::shared;
use super::{ACOUSTICS, Acoustics, HoldSign, LaneAcoustics, Loudness, OnHold, Stretch};
use serde::{Deserialize, Serialize};

/// More than this is no recording: thirty days, in milliseconds.
const MOST_MS: u64 = 30 * 24 * 3_600_000;

#[derive(Serialize, Deserialize)]
struct Kept {
    acoustics: u32,
    length_ms: u64,
    lanes: Vec<KeptLane>,
    holds: Vec<(u64, u64, HoldSign)>,
    gaps: Vec<(u64, u64)>,
}

#[derive(Serialize, Deserialize)]
struct KeptLane {
    speech: Vec<(u64, u64)>,
    #[serde(flatten)]
    loudness: Loudness,
}

impl Acoustics {
    /// As bytes of the recording.
    pub fn to_bytes(&self) -> Vec<u8> {
        let pair = |s: &Stretch| (s.start_ms, s.end_ms);
        let kept = Kept {
            acoustics: ACOUSTICS,
            length_ms: self.length_ms,
            lanes: self
                .lanes
                .iter()
                .map(|lane| KeptLane {
                    speech: lane.speech.iter().map(pair).collect(),
                    loudness: lane.loudness,
                })
                .collect(),
            holds: self
                .holds
                .iter()
                .map(|h| (h.stretch.start_ms, h.stretch.end_ms, h.sign))
                .collect(),
            gaps: self.gaps.iter().map(pair).collect(),
        };
        serde_json::to_vec(&kept).expect("numbers and names under names always become JSON")
    }

    /// What such bytes hold; `None` where they are damaged, of other rules, or cannot be true.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let kept: Kept = serde_json::from_slice(bytes).ok()?;
        let stretch = |(start_ms, end_ms)| Stretch::new(start_ms, end_ms);
        let measured = Self {
            length_ms: kept.length_ms,
            lanes: kept
                .lanes
                .into_iter()
                .map(|lane| LaneAcoustics {
                    speech: lane.speech.into_iter().map(stretch).collect(),
                    loudness: lane.loudness,
                })
                .collect(),
            holds: kept
                .holds
                .into_iter()
                .map(|(a, b, sign)| OnHold {
                    stretch: stretch((a, b)),
                    sign,
                })
                .collect(),
            gaps: kept.gaps.into_iter().map(stretch).collect(),
        };
        (kept.acoustics == ACOUSTICS && measured.can_be_true()).then_some(measured)
    }

    /// One lane or two, all stretches in time order, apart, and within the recording, and nothing told of a gap.
    pub fn can_be_true(&self) -> bool {
        let holds: Vec<Stretch> = self.holds.iter().map(|h| h.stretch).collect();
        let in_order = |list: &[Stretch]| {
            let bounds = list.iter().flat_map(|s| [s.start_ms, s.end_ms]);
            bounds.chain([self.length_ms]).is_sorted() && list.iter().all(|s| s.len_ms() > 0)
        };
        self.length_ms <= MOST_MS
            && (1..=2).contains(&self.lanes.len())
            && self.lanes.iter().all(|lane| in_order(&lane.speech))
            && self
                .lanes
                .iter()
                .all(|lane| lane.loudness.speech_dbfs.is_none_or(f32::is_finite))
            && in_order(&holds)
            && in_order(&self.gaps)
            && shared(&holds, &self.gaps).is_empty()
            && self
                .lanes
                .iter()
                .all(|lane| shared(&lane.speech, &self.gaps).is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn measured() -> Acoustics {
        Acoustics {
            length_ms: 60_000,
            lanes: vec![
                LaneAcoustics {
                    speech: vec![Stretch::new(0, 4_000), Stretch::new(5_000, 9_500)],
                    loudness: Loudness {
                        speech_dbfs: Some(-21.5),
                        clipped: 3,
                    },
                },
                LaneAcoustics::default(),
            ],
            holds: vec![OnHold {
                stretch: Stretch::new(20_000, 50_000),
                sign: HoldSign::Music,
            }],
            gaps: vec![Stretch::new(52_000, 53_000)],
        }
    }

    #[test]
    fn what_was_measured_comes_back_from_its_bytes() {
        let bytes = measured().to_bytes();
        assert_eq!(Acoustics::from_bytes(&bytes), Some(measured()));
    }

    #[rstest]
    #[case::of_other_rules("/acoustics", 99.into())]
    #[case::backwards("/lanes/0/speech/0", serde_json::json!([400, 300]))]
    #[case::of_no_length("/lanes/0/speech/0", serde_json::json!([300, 300]))]
    #[case::over_each_other("/lanes/0/speech/1", serde_json::json!([3000, 6000]))]
    #[case::behind_the_end("/length_ms", 9_000.into())]
    #[case::longer_than_any_call("/length_ms", u64::MAX.into())]
    #[case::without_a_lane("/lanes", serde_json::json!([]))]
    #[case::an_unknown_sign("/holds/0/2", "dance".into())]
    #[case::negative("/lanes/0/speech/0/0", (-5).into())]
    #[case::something_said_in_a_gap("/gaps/0", serde_json::json!([9_000, 9_600]))]
    #[case::on_hold_in_a_gap("/gaps/0", serde_json::json!([49_000, 53_000]))]
    fn what_cannot_be_true_is_not_believed(
        #[case] pointer: &str,
        #[case] value: serde_json::Value,
    ) {
        let mut kept: serde_json::Value =
            serde_json::from_slice(&measured().to_bytes()).expect("JSON");
        *kept.pointer_mut(pointer).expect("a place in it") = value;
        assert_eq!(Acoustics::from_bytes(kept.to_string().as_bytes()), None);
    }

    #[test]
    fn bytes_that_break_off_are_nothing() {
        let bytes = measured().to_bytes();
        for len in 0..bytes.len() {
            assert_eq!(Acoustics::from_bytes(&bytes[..len]), None);
        }
    }
}
