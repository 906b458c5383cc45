use super::*;
use rstest::rstest;

const RATE: u32 = 8_000;
const SECONDS: usize = 12;

/// Something like speech: low-passed noise in syllables, with pauses. `begins` says when, in seconds.
fn voice(seed: u64, speaks: impl Fn(f64) -> bool) -> Vec<f64> {
    let mut state = seed;
    let mut low = 0.0;
    (0..RATE as usize * SECONDS)
        .map(|n| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let noise = (state >> 33) as f64 / f64::from(1u32 << 31) - 0.5;
            low += 0.3 * (noise - low);
            let at = n as f64 / f64::from(RATE);
            let syllable = 0.6 + 0.4 * (at * 25.0).sin();
            if speaks(at) {
                low * syllable * 40_000.0
            } else {
                0.0
            }
        })
        .collect()
}

fn always(_: f64) -> bool {
    true
}

fn in_turns(at: f64) -> bool {
    (at as u32).is_multiple_of(4) || (at as u32 + 3).is_multiple_of(4)
}

fn frames(a: &[f64], b: &[f64]) -> Vec<i16> {
    a.iter()
        .zip(b)
        .flat_map(|(a, b)| [*a as i16, *b as i16])
        .collect()
}

fn shifted(voice: &[f64], by: usize) -> Vec<f64> {
    let silence = std::iter::repeat_n(0.0, by);
    silence
        .chain(voice.iter().copied())
        .take(voice.len())
        .collect()
}

/// Coding noise: a part of what is there at the moment.
fn coded(voice: &[f64], noise: f64) -> Vec<f64> {
    let other = self::voice(9, always);
    let loud = |s: &f64| s.abs() / 8_000.0;
    voice
        .iter()
        .zip(&other)
        .map(|(s, n)| s + n * noise * loud(s))
        .collect()
}

fn scaled(voice: &[f64], by: f64) -> Vec<f64> {
    voice.iter().map(|s| s * by).collect()
}

fn mixed(a: &[f64], b: &[f64], share: f64) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a + b * share).collect()
}

fn copies() -> Vec<(&'static str, Vec<f64>, Vec<f64>)> {
    let v = voice(1, in_turns);
    let with = |second: Vec<f64>| (v.clone(), second);
    [
        ("exact", with(v.clone())),
        ("a little quieter", with(scaled(&v, 0.8))),
        ("turned and half as loud", with(scaled(&v, -0.5))),
        ("one sample late", with(shifted(&v, 1))),
        ("one sample early", (shifted(&v, 1), v.clone())),
        (
            "seven samples late and quieter",
            with(shifted(&scaled(&v, 0.7), 7)),
        ),
        ("coded again", with(coded(&v, 0.1))),
        (
            "with a DC offset",
            with(v.iter().map(|s| s + 900.0).collect()),
        ),
    ]
    .map(|(name, (a, b))| (name, a, b))
    .into()
}

fn people() -> Vec<(&'static str, Vec<f64>, Vec<f64>)> {
    let (a, b) = (voice(1, in_turns), voice(2, |at| !in_turns(at)));
    let (both_a, both_b) = (voice(1, always), voice(2, always));
    let silence = vec![0.0; a.len()];
    [
        ("two people in turns", a.clone(), b.clone()),
        ("two people at once", both_a, both_b),
        (
            "each hears the other at -20 dB",
            mixed(&a, &b, 0.1),
            mixed(&b, &a, 0.1),
        ),
        (
            "each hears the other at -10 dB",
            mixed(&a, &b, 0.3),
            mixed(&b, &a, 0.3),
        ),
        ("one side says nothing", a.clone(), silence),
        (
            "one side is the faint echo of the other",
            a.clone(),
            scaled(&a, 0.1),
        ),
        ("a mix on one side", mixed(&a, &b, 1.0), b.clone()),
        (
            "a quiet voice in the pauses of a copy",
            a.clone(),
            mixed(&a, &b, 0.05),
        ),
    ]
    .into()
}

#[test]
fn a_copy_is_one_signal_however_it_was_made() {
    for (name, a, b) in copies() {
        let frames = frames(&a, &b);
        assert!(one_signal(&frames, RATE), "{name}");
        let mut live = Twins::new(RATE);
        live.add(&frames);
        assert!(live.are_same(), "{name}, live");
    }
}

#[test]
fn two_people_are_never_one() {
    for (name, a, b) in people() {
        let frames = frames(&a, &b);
        assert!(!one_signal(&frames, RATE), "{name}");
    }
}

#[test]
fn a_call_whose_lanes_part_later_is_two() {
    let (a, b) = (voice(1, always), voice(2, always));
    let half = a.len() / 2;
    let second = [&a[..half], &b[half..]].concat();
    assert!(!one_signal(&frames(&a, &second), RATE));
    let mut live = Twins::new(RATE);
    let frames = frames(&a, &second);
    live.add(&frames[..half * 2]);
    assert!(live.are_same());
    live.add(&frames[half * 2..]);
    assert!(!live.are_same());
}

#[rstest]
#[case::quieter(0.8, Some(0))]
#[case::louder(1.25, Some(1))]
fn the_louder_copy_is_kept(#[case] by: f64, #[case] lane: Option<usize>) {
    let v = voice(3, always);
    let mut one = OneSignal::new(RATE);
    for piece in frames(&v, &scaled(&v, by)).chunks(2_000) {
        one.push(piece);
    }
    assert_eq!(one.lane(), lane);
}

#[rstest]
#[case::next_to_exact(0.3, 0.0005, true)]
#[case::only_much_alike(0.3, 0.15, false)]
#[case::much_alike_for_long(1.0, 0.15, true)]
#[case::too_short_to_say(0.1, 0.0005, false)]
fn the_shorter_a_sound_the_more_exact_its_copy_must_be(
    #[case] seconds: f64,
    #[case] noise: f64,
    #[case] same: bool,
) {
    let sound = &voice(1, always)[..(seconds * f64::from(RATE)) as usize];
    let frames = frames(sound, &coded(sound, noise));
    assert_eq!(one_signal(&frames, RATE), same);
}

#[test]
fn silence_is_no_signal_on_a_line_and_one_lane_in_a_file() {
    let silence = vec![0i16; 2 * RATE as usize * 4];
    assert!(!one_signal(&silence, RATE));
    let mut live = Twins::new(RATE);
    live.add(&silence);
    assert!(!live.are_same());
    let mut file = OneSignal::new(RATE);
    file.push(&silence);
    assert_eq!(file.lane(), Some(0));
}
