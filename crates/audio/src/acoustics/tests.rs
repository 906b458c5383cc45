use super::*;
use proptest::prelude::*;
use qinting_domain::{HoldSign, SoundFigures, Stretch};
use qinting_testkit::dice::Dice;
use qinting_testkit::speak::{babble, lane, no_speech};
use rstest::rstest;

mod apart;

/// What the babbling voice of the test kit has.
const VOICE_HZ: u32 = 16_000;
/// Edges are found to this, in milliseconds: the babble swells and fades.
const EDGE_MS: u64 = 60;

fn measured(rate_hz: u32, lanes: &[Vec<i16>]) -> Acoustics {
    in_pieces(rate_hz, lanes, 8_192)
}

/// The same, where there is no sound of the call in these stretches.
fn measured_but(rate_hz: u32, lanes: &[Vec<i16>], gaps: &[Stretch]) -> Acoustics {
    let builder = taken(rate_hz, lanes, 8_192);
    let found = builder.finish(gaps);
    assert!(found.can_be_true(), "{found:?}");
    found
}

fn in_pieces(rate_hz: u32, lanes: &[Vec<i16>], piece: usize) -> Acoustics {
    let found = taken(rate_hz, lanes, piece).finish(&[]);
    assert!(found.can_be_true(), "{found:?}");
    found
}

fn taken(rate_hz: u32, lanes: &[Vec<i16>], piece: usize) -> AcousticsBuilder {
    let frames = lanes.iter().map(Vec::len).min().unwrap();
    let mixed: Vec<i16> = (0..frames)
        .flat_map(|i| lanes.iter().map(move |l| l[i]))
        .collect();
    let mut builder = AcousticsBuilder::new(lanes.len() as u16, rate_hz);
    mixed
        .chunks(piece * lanes.len())
        .for_each(|some| builder.push(some));
    builder
}

/// The same at half the rate, as a telephone has it.
fn halved(samples: &[i16]) -> Vec<i16> {
    let pairs = samples.as_chunks::<2>().0.iter();
    pairs
        .map(|[a, b]| ((i32::from(*a) + i32::from(*b)) / 2) as i16)
        .collect()
}

fn quieter(samples: &[i16], db: f64) -> Vec<i16> {
    let times = 10f64.powf(-db / 20.0);
    samples
        .iter()
        .map(|s| (f64::from(*s) * times) as i16)
        .collect()
}

fn added(a: &[i16], b: &[i16]) -> Vec<i16> {
    a.iter().zip(b).map(|(a, b)| a.saturating_add(*b)).collect()
}

fn is_near(found: &[Stretch], said: &[(f32, f32)]) -> bool {
    let ms = |s: f32| (s * 1000.0) as u64;
    found.len() == said.len()
        && found.iter().zip(said).all(|(f, (start, end))| {
            f.start_ms.abs_diff(ms(*start)) <= EDGE_MS && f.end_ms.abs_diff(ms(*end)) <= EDGE_MS
        })
}

#[rstest]
#[case::in_turns(&[(1.0, 4.0), (8.0, 11.0)], &[(4.5, 7.5)])]
#[case::at_once(&[(1.0, 6.0)], &[(4.0, 9.0)])]
#[case::one_alone(&[(2.0, 9.0)], &[])]
#[case::from_the_first_moment(&[(0.0, 3.0)], &[(9.0, 12.0)])]
#[case::a_breath_is_no_pause(&[(1.0, 3.0), (3.2, 5.0)], &[(6.0, 7.0)])]
fn who_speaks_when_is_heard_at_a_telephones_rate(
    #[case] agent: &[(f32, f32)],
    #[case] customer: &[(f32, f32)],
) {
    let lanes = [agent, customer].map(|said| halved(&lane(12.0, said)));
    let found = measured(8_000, &lanes);
    let whole = match agent {
        [(start, 3.0), (3.2, end)] => vec![(*start, *end)],
        apart => apart.to_vec(),
    };
    assert!(is_near(&found.lanes[0].speech, &whole), "{found:?}");
    assert!(is_near(&found.lanes[1].speech, customer), "{found:?}");
    assert!(found.holds.is_empty(), "{found:?}");
}

#[rstest]
#[case::a_seam(0.15, 0)]
#[case::overtalk(0.25, 1)]
#[case::much_of_it(1.5, 1)]
fn overtalk_begins_at_200_ms(#[case] both_s: f32, #[case] times: u32) {
    let lanes = [
        halved(&lane(10.0, &[(1.0, 5.0)])),
        halved(&lane(10.0, &[(5.0 - both_s, 9.0)])),
    ];
    let sides = SoundFigures::of(&measured(8_000, &lanes)).sides.unwrap();
    assert_eq!(sides.overtalk.len() as u32, times, "{sides:?}");
    assert_eq!(sides.lanes.map(|l| l.overtalk_begun), [0, times]);
}

#[rstest]
#[case::at_once(0)]
#[case::late(120)]
#[case::a_quarter_of_a_second_late(250)]
fn the_other_side_heard_through_does_not_speak(#[case] late_ms: usize) {
    let (agent, customer): (&[_], &[_]) = (&[(1.0, 5.0), (11.0, 15.0)], &[(6.0, 10.0)]);
    let own = [agent, customer].map(|said| halved(&lane(16.0, said)));
    let through = |lane: &[i16]| {
        let late = vec![0; late_ms * 8];
        quieter(&[&late[..], lane].concat(), 20.0)
    };
    let lanes = [
        added(&own[0], &through(&own[1])),
        added(&own[1], &through(&own[0])),
    ];
    let found = measured(8_000, &lanes);
    assert!(is_near(&found.lanes[0].speech, agent), "{found:?}");
    assert!(is_near(&found.lanes[1].speech, customer), "{found:?}");
}

#[test]
fn what_is_less_than_15_db_below_the_other_speaks() {
    let agent = halved(&lane(10.0, &[(1.0, 9.0)]));
    let lanes = [
        agent.clone(),
        added(&halved(&lane(10.0, &[])), &quieter(&agent, 12.0)),
    ];
    let found = measured(8_000, &lanes);
    assert!(is_near(&found.lanes[1].speech, &[(1.0, 9.0)]), "{found:?}");
}

#[rstest]
#[case(8_000)]
#[case(11_025)]
#[case(16_000)]
#[case(22_050)]
#[case(44_100)]
#[case(48_000)]
fn the_rate_changes_nothing(#[case] rate_hz: u32) {
    let said = [(1.0, 4.0), (6.0, 9.5)];
    let voice = lane(11.0, &said);
    let frames = 11 * u64::from(rate_hz);
    let at = |i: u64| voice[(i * u64::from(VOICE_HZ) / u64::from(rate_hz)) as usize];
    let found = measured(rate_hz, &[(0..frames).map(at).collect()]);
    assert_eq!(found.length_ms, 11_000);
    assert!(is_near(&found.lanes[0].speech, &said), "{found:?}");
}

#[rstest]
#[case::zeros("zeros")]
#[case::line_noise("line noise")]
#[case::loud_noise("loud noise")]
#[case::hum("hum")]
#[case::ringing("ring tone")]
#[case::ringing_abroad("american ring tone")]
#[case::busy("busy tone")]
#[case::a_tune("tune")]
#[case::chords("chords")]
fn what_nobody_says_is_no_speech(#[case] sound: &str) {
    let sound: Vec<i16> = no_speech(sound)
        .iter()
        .map(|s| (s * 32_767.0) as i16)
        .collect();
    let found = measured(8_000, &[sound]);
    let figures = SoundFigures::of(&found);
    assert_eq!((figures.speech_ms, figures.silence_ms), (0, 60_000));
    assert_eq!(
        (figures.loudness[0].speech_dbfs, figures.holds.len()),
        (None, 0)
    );
}

/// A voice, twenty seconds of something else, and the voice again.
fn between(instead: &[i16]) -> Vec<i16> {
    let voice = halved(&lane(6.0, &[(1.0, 5.5)]));
    [&voice[..], &instead[..20 * 8_000], &voice].concat()
}

#[rstest]
#[case::a_tune("tune", true)]
#[case::chords("chords", true)]
#[case::hum("hum", false)]
#[case::line_noise("line noise", false)]
#[case::loud_noise("loud noise", false)]
#[case::ringing("ring tone", false)]
#[case::busy("busy tone", false)]
fn music_is_a_hold_and_other_sound_is_none(#[case] sound: &str, #[case] is_hold: bool) {
    let sound: Vec<i16> = no_speech(sound)
        .iter()
        .map(|s| (s * 32_767.0) as i16)
        .collect();
    let found = measured(8_000, &[between(&sound)]);
    let holds: Vec<HoldSign> = found.holds.iter().map(|h| h.sign).collect();
    assert_eq!(
        holds,
        if is_hold {
            vec![HoldSign::Music]
        } else {
            vec![]
        }
    );
    if let [hold] = found.holds[..] {
        assert!(hold.stretch.start_ms.abs_diff(6_000) <= 3_000, "{hold:?}");
        assert!(hold.stretch.end_ms.abs_diff(26_000) <= 3_000, "{hold:?}");
    }
    let speech = &found.lanes[0].speech;
    assert!(
        speech
            .iter()
            .all(|s| s.end_ms <= 6_000 + 1_000 || s.start_ms >= 26_000),
        "{speech:?}"
    );
}

#[rstest]
#[case::both(12, true, true, &[HoldSign::NoSignal])]
#[case::one(12, true, false, &[HoldSign::Possible])]
#[case::not_for_long(8, true, true, &[])]
#[case::nowhere(12, false, false, &[])]
fn no_signal_is_a_hold(
    #[case] seconds: usize,
    #[case] agent: bool,
    #[case] customer: bool,
    #[case] signs: &[HoldSign],
) {
    let gap = |is_off: bool| match is_off {
        true => vec![0; seconds * 8_000],
        false => halved(&lane(seconds as f32, &[])),
    };
    let before = [lane(6.0, &[(1.0, 3.0)]), lane(6.0, &[(3.5, 5.5)])].map(|l| halved(&l));
    let lanes = [
        [&before[0][..], &gap(agent), &before[0]].concat(),
        [&before[1][..], &gap(customer), &before[1]].concat(),
    ];
    let found = measured(8_000, &lanes);
    let held: Vec<HoldSign> = found.holds.iter().map(|h| h.sign).collect();
    assert_eq!(held, signs, "{found:?}");
}

#[test]
fn where_a_recorder_leaves_pauses_out_no_signal_may_be_one() {
    let said = |said: &[(f32, f32)]| {
        let mut samples = halved(&lane(40.0, said));
        let is_said = |at: f32| said.iter().any(|(a, b)| (*a..*b).contains(&at));
        for (i, sample) in samples.iter_mut().enumerate() {
            if !is_said(i as f32 / 8_000.0) {
                *sample = 0;
            }
        }
        samples
    };
    let found = measured(
        8_000,
        &[
            said(&[(1.0, 3.0), (6.0, 9.0), (26.0, 30.0)]),
            said(&[(3.5, 5.5), (9.5, 12.0), (31.0, 38.0)]),
        ],
    );
    let held: Vec<HoldSign> = found.holds.iter().map(|h| h.sign).collect();
    assert_eq!(held, [HoldSign::Possible], "{found:?}");
}

#[test]
fn nothing_before_the_first_word_or_behind_the_last_is_a_hold() {
    let voice = halved(&lane(6.0, &[(1.0, 5.5)]));
    let found = measured(
        8_000,
        &[[&[0; 160_000][..], &voice, &[0; 160_000]].concat()],
    );
    assert!(found.holds.is_empty(), "{found:?}");
}

#[test]
fn how_loud_one_speaks_is_told_and_what_is_cut_off_is_counted() {
    let voice = halved(&lane(10.0, &[(1.0, 9.0)]));
    let of = |samples: Vec<i16>| measured(8_000, &[samples]).lanes[0].loudness;
    let as_it_is = of(voice.clone());
    let db = as_it_is.speech_dbfs.unwrap();
    assert_eq!(as_it_is.clipped, 0);
    let below = of(quieter(&voice, 10.0)).speech_dbfs.unwrap();
    assert!((db - below - 10.0).abs() < 0.5, "{db} {below}");
    let loud = of(quieter(&voice, -30.0));
    assert!(
        loud.clipped > 50 && loud.speech_dbfs.unwrap() > db + 10.0,
        "{loud:?}"
    );
}

#[test]
fn an_empty_sound_has_no_length_and_a_short_one_says_nothing() {
    for frames in [0, 1, 39, 159, 161] {
        let found = measured(8_000, &[vec![900; frames], vec![-900; frames]]);
        assert_eq!(found.length_ms, frames as u64 / 8);
        assert!(found.lanes.iter().all(|lane| lane.speech.is_empty()));
    }
}

#[test]
fn three_hours_are_measured_as_they_pass() {
    let talk = halved(&lane(20.0, &[(1.0, 9.0), (11.0, 19.0)]));
    let mixed: Vec<i16> = talk.iter().flat_map(|s| [*s, 0]).collect();
    let quiet = vec![0; 2 * 8_000 * 20];
    let mut builder = AcousticsBuilder::new(2, 8_000);
    for minute in 0..180 {
        let first = if minute % 20 == 19 { &mixed } else { &quiet };
        for part in [first, &quiet, &quiet] {
            builder.push(part);
        }
        assert!(builder.held() < 1_000, "what is kept does not grow");
    }
    let found = builder.finish(&[]);
    assert_eq!(found.length_ms, 3 * 3_600_000);
    let speech = &found.lanes[0].speech;
    let at = 179.0 * 60.0;
    assert_eq!(speech.len(), 18);
    assert!(
        is_near(
            &speech[16..],
            &[(at + 1.0, at + 9.0), (at + 11.0, at + 19.0)]
        ),
        "{speech:?}"
    );
}

/// Two lanes on which somebody babbles in turn, with noise.
fn some_call(seed: u64, turns: usize) -> [Vec<i16>; 2] {
    let mut dice = Dice::new(seed);
    let mut lanes = [Vec::new(), Vec::new()];
    for turn in 0..turns {
        let words = halved(&qinting_testkit::sound::whole(&babble(
            dice.between(0.3, 2.0),
        )));
        let pause = vec![0i16; dice.below(12_000)];
        for (n, lane) in lanes.iter_mut().enumerate() {
            match turn % 2 == n {
                true => lane.extend(&words),
                false => lane.resize(lane.len() + words.len(), 0),
            }
            lane.extend(&pause);
        }
    }
    for sample in lanes.iter_mut().flatten() {
        *sample = sample.saturating_add((dice.bell() * 12.0) as i16);
    }
    lanes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn it_does_not_matter_in_how_many_pieces_sound_comes(
        seed in 1u64..1_000_000, turns in 1usize..8, piece in 1usize..5_000,
    ) {
        let lanes = some_call(seed, turns);
        let whole = in_pieces(8_000, &lanes, usize::MAX / 4);
        prop_assert_eq!(&whole, &in_pieces(8_000, &lanes, piece));
        let figures = SoundFigures::of(&whole);
        let sides = figures.sides.unwrap();
        let alone: u64 = sides.lanes.iter().map(|lane| lane.alone_ms).sum();
        prop_assert_eq!(alone + sides.overtalk_ms + figures.silence_ms, figures.length_ms);
        // Which lane is which changes nothing.
        let [one, two] = lanes;
        let turned = in_pieces(8_000, &[two, one], piece);
        prop_assert_eq!(&turned.lanes[0], &whole.lanes[1]);
        prop_assert_eq!(&turned.holds, &whole.holds);
    }
}
