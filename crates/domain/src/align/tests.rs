//! Which recording a call without sound belongs to.

use super::*;
use rstest::rstest;

/// 2026-11-22 14:13:10 in Beijing.
const AT: UnixMs = 1_795_327_990_000;
const MINUTE: u64 = 60_000;

fn call() -> SilentCall {
    SilentCall {
        started_at: AT,
        duration_ms: 10 * MINUTE,
        anchor: anchor_of("13800138000"),
        marks: vec![MINUTE, 5 * MINUTE],
    }
}

fn later() -> Later {
    Later {
        started_at: None,
        named_at: Vec::new(),
        anchors: Vec::new(),
        duration_ms: 30 * MINUTE,
        came_at: AT + 3_600_000,
    }
}

fn known_by(text: &str) -> Later {
    Later {
        anchors: anchors_in(text),
        ..later()
    }
}

use Reason::{Anchor, Clock, ClockInName, Fits, Hello, Length};

#[rstest]
#[case::clock_anchor_and_length(
    Later { started_at: Some(AT - 2_000), duration_ms: 10 * MINUTE, ..known_by("138-0013-8000") },
    (2_000, AlignMethod::Anchor, 90..=97), &[Clock, Anchor, Length, Fits])]
#[case::clock_and_length(
    Later { started_at: Some(AT - 2_000), duration_ms: 10 * MINUTE, ..later() },
    (2_000, AlignMethod::Clock, 75..=85), &[Clock, Length, Fits])]
#[case::clock_alone(
    Later { started_at: Some(AT - 2_000), ..later() },
    (2_000, AlignMethod::Clock, 65..=80), &[Clock, Fits])]
#[case::it_began_after_listening_did(
    Later { started_at: Some(AT + 30_000), duration_ms: 570_000, ..later() },
    (-30_000, AlignMethod::Clock, 75..=85), &[Clock, Length, Fits])]
#[case::the_recorders_clock_is_wrong_by_a_minute(
    Later { started_at: Some(AT + 11 * MINUTE as i64), ..later() },
    (-11 * MINUTE as i64, AlignMethod::Clock, 1..=30), &[Clock])]
#[case::time_in_the_name(
    Later { named_at: vec![AT - 86_400_000, AT - 3_000], duration_ms: 10 * MINUTE, ..later() },
    (3_000, AlignMethod::Clock, 40..=60), &[ClockInName, Length, Fits])]
#[case::time_in_the_name_and_a_number(
    Later { named_at: vec![AT - 3_000], ..known_by("8012_13800138000.wav") },
    (3_000, AlignMethod::Anchor, 65..=80), &[ClockInName, Anchor, Fits])]
#[case::a_number_alone(known_by("客户 13800138000"), (0, AlignMethod::Anchor, 30..=50), &[Anchor, Fits])]
#[case::a_number_but_on_another_day(
    Later { started_at: Some(AT - 86_400_000), ..known_by("13800138000") },
    (0, AlignMethod::Anchor, 15..=35), &[Anchor, Fits])]
#[case::brought_in_afterwards(
    Later { duration_ms: 10 * MINUTE, ..later() },
    (0, AlignMethod::Hand, 1..=20), &[Length, Fits])]
#[case::brought_in_before(Later { came_at: AT - 1, ..later() }, (0, AlignMethod::Hand, 0..=0), &[])]
#[case::another_day(
    Later { started_at: Some(AT - 86_400_000), duration_ms: 10 * MINUTE, ..later() },
    (0, AlignMethod::Hand, 0..=0), &[])]
#[case::another_day_in_the_name_says_little(
    Later { named_at: vec![AT - 86_400_000], ..later() },
    (0, AlignMethod::Hand, 1..=20), &[Fits])]
fn what_is_written_down_says_where_the_marks_belong(
    #[case] later: Later,
    #[case] expected: (i64, AlignMethod, std::ops::RangeInclusive<u8>),
    #[case] reasons: &[Reason],
) {
    let found = fit(&call(), &later);
    let (offset_ms, method, sure) = expected;
    assert_eq!((found.offset_ms, found.method), (offset_ms, method));
    assert_eq!(found.reasons, reasons);
    assert!(sure.contains(&found.confidence), "{}", found.confidence);
}

#[test]
fn marks_outside_the_recording_speak_against_it() {
    let fits = Later {
        started_at: Some(AT),
        ..later()
    };
    let short = Later {
        started_at: Some(AT - 26 * MINUTE as i64),
        ..later()
    };
    let (good, bad) = (fit(&call(), &fits), fit(&call(), &short));
    assert!(!bad.reasons.contains(&Fits));
    assert!(bad.confidence < good.confidence);
}

#[test]
fn a_call_without_a_number_matches_no_number() {
    let call = SilentCall {
        anchor: String::new(),
        ..call()
    };
    let found = fit(&call, &known_by(""));
    assert!(!found.reasons.contains(&Anchor));
}

#[rstest]
#[case::by_ear(true, 4_000, 64_000, 85..=97)]
#[case::by_the_first_speech(false, 4_000, 2_500, 65..=75)]
#[case::everything_outside(true, 4_000, 30 * MINUTE, 60..=84)]
fn a_hello_says_where_the_marks_belong(
    #[case] by_ear: bool,
    #[case] session_ms: u64,
    #[case] heard_ms: u64,
    #[case] sure: std::ops::RangeInclusive<u8>,
) {
    let found = fit_at(&call(), &later(), session_ms, heard_ms, by_ear);
    assert_eq!(found.offset_ms, heard_ms as i64 - session_ms as i64);
    assert_eq!(
        (found.method, found.reasons[0]),
        (AlignMethod::Hello, Hello)
    );
    assert!(sure.contains(&found.confidence), "{}", found.confidence);
}

fn sure(confidence: u8) -> Fit {
    Fit {
        offset_ms: 0,
        method: AlignMethod::Clock,
        confidence,
        reasons: vec![],
    }
}

#[rstest]
#[case::one_alone(&[80], &[80])]
#[case::best_first(&[35, 80], &[80, 35])]
#[case::two_alike(&[80, 75], &[50, 50])]
#[case::four_alike(&[80, 80, 80, 80], &[25, 25, 25, 25])]
#[case::a_number_tells_them_apart(&[97, 80, 80], &[97, 33, 33])]
#[case::many_that_say_nothing(&[5; 8], &[5; 8])]
#[case::none(&[], &[])]
fn recordings_that_fit_alike_share_how_sure_it_is(#[case] each: &[u8], #[case] ranked: &[u8]) {
    let fits = each.iter().map(|c| ((), sure(*c))).collect();
    let found: Vec<u8> = rank(fits).iter().map(|(_, f)| f.confidence).collect();
    assert_eq!(found, ranked);
}

#[rstest]
#[case::inside((10_000, 12_000), 5_000, (15_000, 17_000))]
#[case::before_the_beginning((1_000, 3_000), -60_000, (0, 200))]
#[case::over_the_beginning((1_000, 3_000), -2_000, (0, 1_000))]
#[case::past_the_end((50_000, 52_000), 30_000, (59_800, 60_000))]
#[case::far_past_the_end((50_000, 52_000), i64::MAX, (59_800, 60_000))]
#[case::far_before_the_beginning((50_000, 52_000), i64::MIN, (0, 200))]
fn a_mark_that_falls_outside_stands_at_the_edge(
    #[case] range: (u64, u64),
    #[case] by_ms: i64,
    #[case] expected: (u64, u64),
) {
    assert_eq!(shifted_range(range.0, range.1, by_ms, 60_000), expected);
}

#[test]
fn one_that_knows_the_number_is_not_one_of_many() {
    let known = Fit {
        reasons: vec![Anchor],
        ..sure(50)
    };
    let mut fits = vec![((), sure(55)); 9];
    fits.push(((), known.clone()));
    assert_eq!(rank(fits)[0].1, known);
    let two = rank(vec![
        ((), known.clone()),
        (
            (),
            Fit {
                confidence: 55,
                ..known
            },
        ),
    ]);
    assert!(
        two.iter().all(|(_, f)| f.confidence == 50),
        "which of two is open"
    );
}

proptest::proptest! {
    #[test]
    fn what_stays_inside_comes_back_exactly(
        start in 0u64..50_000_000, length in 200u64..20_000, by_ms in -50_000_000i64..50_000_000,
    ) {
        let end = start + length;
        let (s, e) = shifted_range(start, end, by_ms, u64::MAX);
        proptest::prop_assume!(start as i64 + by_ms >= 0);
        proptest::prop_assert_eq!(shifted_range(s, e, -by_ms, u64::MAX), (start, end));
    }

    #[test]
    fn a_finding_is_never_surer_than_a_hundred(
        started in proptest::option::of(0i64..4_000_000_000_000),
        named in proptest::collection::vec(proptest::num::i64::ANY, 0..3),
        duration_ms: u64, call_ms: u64, marks in proptest::collection::vec(proptest::num::u64::ANY, 0..4),
    ) {
        let later = Later { started_at: started, named_at: named, duration_ms, ..later() };
        let call = SilentCall { duration_ms: call_ms, marks, ..call() };
        proptest::prop_assert!(fit(&call, &later).confidence <= 100);
    }
}
