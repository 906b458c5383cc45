use super::*;
use crate::{FactOrigin, FactPlace, FactValue};
use rstest::rstest;

const MINUTE: i64 = 60_000;

fn facts(known: &[(FactKey, FactValue)]) -> ContactFacts {
    let origin = FactOrigin {
        source: 0,
        place: FactPlace::Name,
    };
    ContactFacts {
        known: known.iter().cloned().collect(),
        ..ContactFacts::of(origin)
    }
}

fn text(key: FactKey, words: &str) -> (FactKey, FactValue) {
    (key, FactValue::Text(words.into()))
}

fn began(at: UnixMs) -> (FactKey, FactValue) {
    (FactKey::BeganAt, FactValue::At(at))
}

fn named(names: &[&str]) -> CallKeys {
    CallKeys {
        names: names.iter().map(|&n| n.to_owned()).collect(),
        ..CallKeys::default()
    }
}

fn number(text: &str) -> Option<PhoneNumber> {
    PhoneNumber::read(text)
}

/// The call facts are about, and how that is known.
fn joined(facts: ContactFacts, calls: &[CallKeys]) -> Option<(usize, JoinedBy)> {
    match KnownCalls::of(calls).about(&facts) {
        FactsAbout::Call { call, by } => Some((call, by)),
        _ => None,
    }
}

#[rstest]
#[case::name("20261117_0915_8841.wav", &["/rec/20261117_0915_8841.wav"], true)]
#[case::address("https://rec.example.com/a/8841-0915.mp3?sign=x", &["/rec/8841-0915.wav"], true)]
#[case::letters("CALL7.WAV", &["/rec/call7.mp3"], true)]
#[case::either_half("call7_caller.wav", &["/rec/call7_agent.wav", "/rec/call7_caller.wav", "call7"], true)]
#[case::what_both_halves_share("call7", &["/rec/call7_agent.wav", "/rec/call7_caller.wav", "call7"], true)]
#[case::both_in_one_cell("call7_agent.wav;call7_caller.wav", &["/rec/call7_agent.wav"], true)]
#[case::another("call8.wav", &["/rec/call7.wav"], false)]
#[case::part_of_a_name("0915", &["/rec/20261117_0915_8841.wav"], false)]
fn facts_find_a_call_by_its_name(#[case] written: &str, #[case] call: &[&str], #[case] is: bool) {
    let found = joined(facts(&[text(FactKey::FileName, written)]), &[named(call)]);
    assert_eq!(found, is.then_some((0, JoinedBy::Name)));
}

#[rstest]
#[case::in_a_name("1700000000000000001", "/r/20231115_1700000000000000001.wav", true)]
#[case::between_hyphens("1700000000", "/r/agent01-1700000000-in.wav", true)]
#[case::with_hyphens(
    "15a5cf14-3212-45a1-9f86-a8e97db8afaf",
    "/r/15A5CF14-3212-45a1-9f86-a8e97db8afaf_x.wav",
    true
)]
#[case::inside_of_another_number("700000000000000001", "/r/1700000000000000001.wav", false)]
#[case::too_short_to_tell("8841", "/r/20261117_0915_8841.wav", false)]
fn facts_find_a_call_by_an_id_in_its_name(#[case] id: &str, #[case] name: &str, #[case] is: bool) {
    let found = joined(facts(&[text(FactKey::CallId, id)]), &[named(&[name])]);
    assert_eq!(found, is.then_some((0, JoinedBy::CallId)));
}

#[test]
fn a_contact_that_is_here_is_found_by_its_id_however_short() {
    let here = CallKeys {
        id: Some("8841".into()),
        ..CallKeys::default()
    };
    let found = joined(facts(&[text(FactKey::CallId, " 8841 ")]), &[here]);
    assert_eq!(found, Some((0, JoinedBy::CallId)));
}

#[test]
fn a_name_goes_before_an_id_and_an_id_before_a_time() {
    let [one, other] = ["/r/call-one.wav", "/r/other-170000001.wav"].map(|n| named(&[n]));
    let told = facts(&[
        text(FactKey::FileName, "call-one.wav"),
        text(FactKey::CallId, "170000001"),
    ]);
    assert_eq!(joined(told, &[other, one]), Some((1, JoinedBy::Name)));
}

#[rstest]
#[case::the_same_moment(0, true)]
#[case::clocks_a_minute_apart(-MINUTE, true)]
#[case::a_minute_and_a_half(90_000, true)]
#[case::more(90_001, false)]
#[case::the_same_time_another_day(24 * 60 * MINUTE, false)]
fn a_number_is_looked_at_together_with_the_time(#[case] apart_ms: i64, #[case] is: bool) {
    let call = CallKeys {
        number: number("13900001111"),
        began_at: Some(1_000_000_000),
        ..CallKeys::default()
    };
    let number = text(FactKey::Number, "139-0000-1111");
    let told = facts(&[number.clone(), began(1_000_000_000 + apart_ms)]);
    let by_time = Some((0, JoinedBy::NumberAndTime));
    assert_eq!(
        joined(told, std::slice::from_ref(&call)),
        by_time.filter(|_| is)
    );
    assert_eq!(
        joined(facts(&[number]), &[call]),
        None,
        "a number alone is no call"
    );
}

#[test]
fn of_two_calls_of_a_number_the_nearer_one_is_meant() {
    let call = |at: UnixMs| CallKeys {
        number: number("13900001111"),
        began_at: Some(at),
        ..CallKeys::default()
    };
    let told = |at| facts(&[text(FactKey::Number, "13900001111"), began(at)]);
    let calls = [call(0), call(80_000)];
    let by_time = |call| Some((call, JoinedBy::NumberAndTime));
    assert_eq!(joined(told(10_000), &calls), by_time(0));
    assert_eq!(joined(told(75_000), &calls), by_time(1));
    let between = KnownCalls::of(&calls).about(&told(40_000));
    assert_eq!(
        between,
        FactsAbout::AnyOf(vec![0, 1]),
        "as near to one as to the other"
    );
}

#[rstest]
#[case::visible("139****1111", true)]
#[case::another("138****1111", false)]
#[case::hardly_visible("*********11", false)]
fn a_masked_number_finds_its_call_by_what_is_visible(#[case] masked: &str, #[case] is: bool) {
    let call = CallKeys {
        number: number("13900001111"),
        began_at: Some(0),
        ..CallKeys::default()
    };
    let told = facts(&[text(FactKey::Number, masked), began(1_000)]);
    let by_time = Some((0, JoinedBy::NumberAndTime));
    assert_eq!(joined(told, &[call]), by_time.filter(|_| is));
}

#[test]
fn files_of_one_name_in_two_folders_are_told_apart_by_folder_or_time() {
    let mut calls = ["/rec/11-17/0001.wav", "/rec/11-18/0001.wav"].map(|n| named(&[n]));
    let with_folder = facts(&[text(FactKey::FileName, r"D:\rec\11-18\0001.wav")]);
    assert_eq!(joined(with_folder, &calls), Some((1, JoinedBy::Name)));

    let without = facts(&[text(FactKey::FileName, "0001.wav"), began(5_000)]);
    let undecided = KnownCalls::of(&calls).about(&without);
    assert_eq!(undecided, FactsAbout::AnyOf(vec![0, 1]));
    calls[0].began_at = Some(86_400_000);
    calls[1].began_at = Some(0);
    assert_eq!(joined(without, &calls), Some((1, JoinedBy::Name)));
}

#[test]
fn what_fits_no_call_is_told() {
    let calls = [named(&["/r/a.wav"])];
    let other = facts(&[text(FactKey::FileName, "b.wav")]);
    assert_eq!(KnownCalls::of(&calls).about(&other), FactsAbout::NoCall);
}

proptest::proptest! {
    #[test]
    fn whatever_is_told_is_about_a_call_that_is_here_or_none(
        names in proptest::collection::vec("[ab/_-]{0,8}", 0..8),
        told in "[ab/;_-]{0,8}",
        at in 0_i64..200_000,
    ) {
        let calls: Vec<CallKeys> = names.iter().map(|n| named(&[n])).collect();
        let row = facts(&[text(FactKey::FileName, &told), began(at)]);
        let found = match KnownCalls::of(&calls).about(&row) {
            FactsAbout::Call { call, .. } => vec![call],
            FactsAbout::AnyOf(calls) => calls,
            FactsAbout::NoCall => vec![],
        };
        proptest::prop_assert!(found.iter().all(|call| *call < calls.len()));
    }
}
