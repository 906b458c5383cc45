//! What is told of a side only where there is a lane for each, and of nothing that was not recorded.

use super::*;

const TURNS: [&[(f32, f32)]; 2] = [&[(1.0, 4.0), (8.0, 11.0)], &[(4.5, 7.5)]];

fn mixed() -> Vec<i16> {
    let [agent, customer] = TURNS.map(|said| halved(&lane(12.0, said)));
    added(&agent, &customer)
}

/// With noise of its own.
fn noisy(samples: &[i16], seed: u64) -> Vec<i16> {
    let mut dice = Dice::new(seed);
    let noise: Vec<i16> = samples
        .iter()
        .map(|_| (dice.bell() * 12.0) as i16)
        .collect();
    added(samples, &noise)
}

/// In steps that are coarser where it is loud, as a telephone codes it.
fn coded(samples: &[i16]) -> Vec<i16> {
    let step = |s: i32| (s.abs() / 32).max(8);
    samples
        .iter()
        .map(|s| i32::from(*s))
        .map(|s| (s / step(s) * step(s)) as i16)
        .collect()
}

fn silent(samples: &[i16]) -> Vec<i16> {
    vec![0; samples.len()]
}

#[rstest]
#[case::the_same_on_both(|s: &[i16]| s.to_vec())]
#[case::a_little_quieter(|s: &[i16]| quieter(s, 2.0))]
#[case::with_noise_of_its_own(|s: &[i16]| noisy(s, 7))]
#[case::coded_once_more(coded)]
#[case::nothing_on_the_other(silent)]
fn two_channels_that_are_no_lane_for_each_side_tell_nothing_of_one(
    #[case] other: fn(&[i16]) -> Vec<i16>,
    #[values(false, true)] is_turned: bool,
) {
    let mix = mixed();
    let mut lanes = [mix.clone(), other(&mix)];
    if is_turned {
        lanes.reverse();
    }
    let found = measured(8_000, &lanes);
    let whole = [(1.0, 4.0), (4.5, 7.5), (8.0, 11.0)];
    assert_eq!(found.lanes.len(), 1);
    assert!(is_near(&found.lanes[0].speech, &whole), "{found:?}");
    assert_eq!(SoundFigures::of(&found).sides, None);
}

#[test]
fn music_on_both_channels_leaves_each_side_its_lane() {
    let tune: Vec<i16> = no_speech("tune")
        .iter()
        .map(|s| (s * 32_767.0) as i16)
        .collect();
    let lanes = TURNS.map(|said| {
        let talk = halved(&lane(12.0, said));
        [&talk[..], &tune, &talk].concat()
    });
    let found = measured(8_000, &lanes);
    assert_eq!(found.lanes.len(), 2);
    let signs: Vec<HoldSign> = found.holds.iter().map(|h| h.sign).collect();
    assert_eq!(signs, [HoldSign::Music]);
}

/// A call of which nothing was recorded between 6 s and 26 s.
fn with_a_gap() -> [Vec<i16>; 2] {
    let before = [lane(6.0, &[(1.0, 3.0)]), lane(6.0, &[(3.5, 5.5)])];
    before.map(|talk| {
        let talk = halved(&talk);
        [&talk[..], &[0; 20 * 8_000], &talk].concat()
    })
}

#[rstest]
#[case::recorded(&[], &[HoldSign::NoSignal], 20_000)]
#[case::missing(&[(6_000, 26_000)], &[], 0)]
#[case::told_twice_and_turned_round(&[(20_000, 26_000), (6_000, 21_000)], &[], 0)]
#[case::missing_in_part(&[(6_000, 14_000)], &[HoldSign::NoSignal], 12_000)]
#[case::missing_but_for_moments(&[(10_000, 20_000)], &[], 0)]
#[case::longer_than_the_sound(&[(6_000, 26_000), (31_000, 99_000)], &[], 0)]
fn silence_that_fills_a_gap_is_no_hold_and_nobodys(
    #[case] gaps: &[(u64, u64)],
    #[case] signs: &[HoldSign],
    #[case] held_ms: u64,
) {
    let gaps: Vec<Stretch> = gaps.iter().map(|(a, b)| Stretch::new(*a, *b)).collect();
    let found = measured_but(8_000, &with_a_gap(), &gaps);
    let held: Vec<HoldSign> = found.holds.iter().map(|h| h.sign).collect();
    assert_eq!(held, signs, "{found:?}");
    let figures = SoundFigures::of(&found);
    assert!(figures.hold_ms.abs_diff(held_ms) <= 600, "{figures:?}");
    let sum = figures.speech_ms + figures.silence_ms + figures.missing_ms;
    assert_eq!(sum, figures.length_ms);
}

#[test]
fn a_word_in_a_breath_of_the_other_is_no_overtalk() {
    let lanes = [
        halved(&lane(8.0, &[(1.0, 3.0), (3.2, 6.0)])),
        halved(&lane(8.0, &[(2.95, 3.3)])),
    ];
    let sides = SoundFigures::of(&measured(8_000, &lanes)).sides.unwrap();
    assert_eq!(sides.overtalk, []);
    assert!(sides.lanes[1].talk_ms > 100, "it was said: {sides:?}");
    // It ends nobody's monologue either.
    let longest = sides.lanes[0].longest_monologue.unwrap();
    assert!(longest.len_ms() > 4_800, "{sides:?}");
}
