//! How long a call lasted, as it is told and as its sound is.

use super::{FactKey, FactValue};
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// Ringing and announcements are recorded or not, and clocks of exchanges count in whole seconds: so far a length
/// may be from that of the sound, and so many parts in a hundred of the longer one.
const APART_MS: u64 = 10_000;
const APART_SHARE: u64 = 10;

/// A told length and that of the sound, which cannot both be of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LengthsApart {
    /// What the sound has.
    pub sound_ms: u64,
    /// The told length next to it.
    pub told_ms: u64,
}

/// Whether any length is told of a call.
pub fn tells_length(known: &BTreeMap<FactKey, FactValue>) -> bool {
    !told_lengths(known).is_empty()
}

/// Both lengths, where none that is told of a call can be that of its sound: the whole of it, what was talked, with
/// or without holding, or from its beginning, or from when somebody took it, to its end.
pub fn lengths_apart(known: &BTreeMap<FactKey, FactValue>, sound_ms: u64) -> Option<LengthsApart> {
    let told = told_lengths(known);
    let told_ms = *told.iter().min_by_key(|ms| ms.abs_diff(sound_ms))?;
    let may_be = APART_MS.max(told_ms.max(sound_ms) / 100 * APART_SHARE);
    (told_ms.abs_diff(sound_ms) > may_be).then_some(LengthsApart { sound_ms, told_ms })
}

fn told_lengths(known: &BTreeMap<FactKey, FactValue>) -> Vec<u64> {
    let ms = |key| match known.get(&key) {
        Some(FactValue::Ms(ms)) => Some(*ms),
        _ => None,
    };
    let at = |key| match known.get(&key) {
        Some(FactValue::At(at)) => Some(*at),
        _ => None,
    };
    let until_end = |from| {
        let ms = at(FactKey::EndedAt)?.checked_sub(at(from)?)?;
        u64::try_from(ms).ok()
    };
    let held = ms(FactKey::TalkMs).zip(ms(FactKey::HoldMs));
    let all = [
        ms(FactKey::DurationMs),
        ms(FactKey::TalkMs),
        held.map(|(talk, hold)| talk.saturating_add(hold)),
        until_end(FactKey::BeganAt),
        until_end(FactKey::AnsweredAt),
    ];
    all.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const MINUTE: u64 = 60_000;

    #[rstest]
    #[case::the_same(&[(FactKey::DurationMs, 3 * MINUTE)], 3 * MINUTE, None)]
    #[case::ringing_was_recorded(&[(FactKey::TalkMs, 3 * MINUTE)], 3 * MINUTE + 9_000, None)]
    #[case::a_long_call_of_two_clocks(&[(FactKey::DurationMs, 60 * MINUTE)], 57 * MINUTE, None)]
    #[case::talk_and_hold(&[(FactKey::TalkMs, MINUTE), (FactKey::HoldMs, MINUTE)], 2 * MINUTE, None)]
    #[case::the_talk_alone_was_recorded(&[(FactKey::DurationMs, 9 * MINUTE), (FactKey::TalkMs, MINUTE)], MINUTE, None)]
    #[case::another_call(&[(FactKey::DurationMs, 3 * MINUTE)], 5_000, Some(3 * MINUTE))]
    #[case::the_nearest_is_told(&[(FactKey::DurationMs, 9 * MINUTE), (FactKey::TalkMs, 3 * MINUTE)], MINUTE, Some(3 * MINUTE))]
    #[case::nothing_is_told(&[], MINUTE, None)]
    fn a_length_contradicts_the_sound_when_it_can_be_none_of_its(
        #[case] told: &[(FactKey, u64)],
        #[case] sound_ms: u64,
        #[case] apart: Option<u64>,
    ) {
        let known = told.iter().map(|(key, ms)| (*key, FactValue::Ms(*ms)));
        let apart = apart.map(|told_ms| LengthsApart { sound_ms, told_ms });
        assert_eq!(lengths_apart(&known.collect(), sound_ms), apart);
    }

    #[test]
    fn a_length_follows_from_when_it_began_and_ended() {
        let known: BTreeMap<_, _> = [
            (FactKey::BeganAt, FactValue::At(1_000_000)),
            (FactKey::EndedAt, FactValue::At(1_180_000)),
        ]
        .into();
        assert!(tells_length(&known));
        assert_eq!(lengths_apart(&known, 181_000), None);
        assert!(lengths_apart(&known, 20_000).is_some());
        let backwards = [
            (FactKey::BeganAt, FactValue::At(2)),
            (FactKey::EndedAt, FactValue::At(1)),
        ];
        assert!(!tells_length(&backwards.into()));
    }
}
