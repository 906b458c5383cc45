use super::*;
use crate::SoundSummary;
use proptest::prelude::*;
use rstest::rstest;

/// Seconds, for people who read tables.
type Said = &'static [(f64, f64)];

fn ms(s: f64) -> u64 {
    (s * 1000.0).round() as u64
}

fn stretches(said: &[(f64, f64)]) -> Vec<Stretch> {
    said.iter()
        .map(|(a, b)| Stretch::new(ms(*a), ms(*b)))
        .collect()
}

fn measured(length_s: f64, lanes: &[Said]) -> Acoustics {
    Acoustics {
        length_ms: ms(length_s),
        lanes: lanes
            .iter()
            .map(|said| LaneAcoustics {
                speech: stretches(said),
                ..LaneAcoustics::default()
            })
            .collect(),
        holds: Vec::new(),
        gaps: Vec::new(),
    }
}

fn sides(agent: Said, customer: Said) -> TwoSides {
    SoundFigures::of(&measured(60.0, &[agent, customer]))
        .sides
        .unwrap()
}

#[test]
fn talk_silence_and_overtalk_make_the_length() {
    let figures = SoundFigures::of(&measured(
        20.0,
        &[&[(1.0, 5.0), (10.0, 12.0)], &[(4.5, 8.0), (11.85, 15.0)]],
    ));
    assert_eq!((figures.length_ms, figures.speech_ms), (20_000, 12_000));
    assert_eq!(figures.silence_ms, 8_000);
    assert_eq!(figures.longest_silence, Some(Stretch::new(15_000, 20_000)));
    let sides = figures.sides.unwrap();
    assert_eq!(sides.lanes.each_ref().map(|l| l.talk_ms), [6_000, 6_650]);
    assert_eq!(
        sides.lanes.each_ref().map(|l| l.talk_permille),
        [Some(474), Some(525)]
    );
    // The 150 ms at the seam are the first one's, who had the floor.
    assert_eq!(sides.lanes.each_ref().map(|l| l.alone_ms), [5_500, 6_000]);
    assert_eq!(sides.overtalk_ms, 500);
}

#[rstest]
#[case::a_seam(&[(1.0, 5.0)], &[(4.85, 8.0)], &[])]
#[case::just_so(&[(1.0, 5.0)], &[(4.8, 8.0)], &[Some(1)])]
#[case::the_agent_came_in(&[(4.5, 8.0)], &[(1.0, 5.0)], &[Some(0)])]
#[case::a_word_in_between(&[(1.0, 9.0)], &[(4.0, 4.4)], &[Some(1)])]
#[case::both_began(&[(1.0, 5.0)], &[(1.05, 4.0)], &[None])]
#[case::both_twice(&[(1.0, 5.0), (9.0, 12.0)], &[(4.0, 10.0)], &[Some(1), Some(0)])]
#[case::never(&[(1.0, 5.0)], &[(5.0, 9.0)], &[])]
fn overtalk_is_200_ms_and_who_came_in_began_it(
    #[case] agent: Said,
    #[case] customer: Said,
    #[case] begun_by: &[Option<u16>],
) {
    let sides = sides(agent, customer);
    let begun: Vec<Option<u16>> = sides.overtalk.iter().map(|o| o.begun_by).collect();
    assert_eq!(begun, begun_by);
    for lane in [0, 1] {
        let own = begun_by.iter().filter(|by| **by == Some(lane)).count();
        assert_eq!(sides.lanes[usize::from(lane)].overtalk_begun as usize, own);
    }
}

#[rstest]
#[case::one_sentence(&[(1.0, 5.0)], &[], Some((1.0, 5.0)))]
#[case::with_pauses(&[(1.0, 5.0), (6.9, 12.0), (13.0, 14.0)], &[], Some((1.0, 14.0)))]
#[case::a_pause_too_long(&[(1.0, 5.0), (7.0, 12.5)], &[], Some((7.0, 12.5)))]
#[case::a_backchannel_while_one_speaks(&[(1.0, 9.0)], &[(4.0, 4.9)], Some((1.0, 9.0)))]
#[case::a_backchannel_in_a_pause(&[(1.0, 5.0), (6.0, 9.0)], &[(5.2, 5.6)], Some((1.0, 9.0)))]
#[case::a_sentence_in_a_pause(&[(1.0, 5.0), (6.5, 9.0)], &[(5.2, 6.3)], Some((1.0, 5.0)))]
#[case::a_word_that_ends_it(&[(1.0, 5.0), (7.5, 9.0)], &[(5.2, 5.6)], Some((1.0, 5.0)))]
#[case::talked_over(&[(1.0, 20.0)], &[(4.0, 6.0)], Some((6.0, 20.0)))]
#[case::nothing_said(&[], &[(4.0, 6.0)], None)]
fn a_monologue_goes_on_over_pauses_and_backchannels(
    #[case] agent: Said,
    #[case] customer: Said,
    #[case] longest: Option<(f64, f64)>,
) {
    let found = sides(agent, customer).lanes[0].longest_monologue;
    assert_eq!(found, longest.map(|l| stretches(&[l])[0]));
}

#[rstest]
#[case::at_once(&[(1.0, 5.0)], &[(5.4, 9.0)], Some((1, 0.4, (5.0, 5.4))))]
#[case::three_times(
    &[(1.0, 5.0), (10.0, 15.0), (20.0, 25.0)], &[(5.4, 9.0), (18.0, 19.5), (26.0, 29.0)],
    Some((3, 1.0, (15.0, 18.0)))
)]
#[case::twice(&[(1.0, 5.0), (10.0, 15.0)], &[(5.4, 9.0), (18.0, 19.5)], Some((2, 1.7, (15.0, 18.0))))]
#[case::who_comes_in_does_not_respond(&[(1.0, 5.0)], &[(4.7, 9.0)], None)]
#[case::who_goes_on_does_not_respond(&[(20.0, 25.0)], &[(5.0, 9.0), (12.0, 15.0)], None)]
#[case::a_backchannel_is_no_response(&[(1.0, 5.0), (6.0, 9.0)], &[(5.2, 5.6)], None)]
#[case::a_short_answer_is_one(&[(1.0, 5.0), (8.0, 9.0)], &[(5.2, 5.6)], Some((1, 0.2, (5.0, 5.2))))]
fn a_response_is_the_time_nobody_speaks_until_one_begins(
    #[case] agent: Said,
    #[case] customer: Said,
    #[case] expected: Option<(u32, f64, (f64, f64))>,
) {
    let found = sides(agent, customer).lanes[1].response;
    let expected = expected.map(|(count, median, worst)| Response {
        count,
        median_ms: ms(median),
        worst: stretches(&[worst])[0],
    });
    assert_eq!(found, expected);
}

#[test]
fn a_backchannel_begins_no_response_of_the_one_who_goes_on() {
    let sides = sides(&[(1.0, 5.0), (6.0, 9.0)], &[(5.2, 5.6)]);
    assert_eq!(sides.lanes[0].response, None);
}

#[test]
fn a_hold_is_no_waiting() {
    let mut call = measured(60.0, &[&[(1.0, 5.0)], &[(45.0, 50.0)]]);
    let waited = SoundFigures::of(&call).sides.unwrap();
    assert_eq!(waited.lanes[1].response.unwrap().median_ms, 40_000);
    call.holds.push(OnHold {
        stretch: Stretch::new(6_000, 44_000),
        sign: HoldSign::Music,
    });
    let held = SoundFigures::of(&call);
    assert_eq!(held.hold_ms, 38_000);
    assert_eq!(held.sides.unwrap().lanes[1].response, None);
    call.holds[0].sign = HoldSign::Possible;
    let may_be = SoundFigures::of(&call);
    assert_eq!(
        (may_be.hold_ms, may_be.holds.len()),
        (0, 1),
        "told, and not counted"
    );
    assert_eq!(may_be.sides.unwrap().lanes[1].response, None);
}

#[test]
fn what_is_missing_is_nobodys_silence_and_nobodys_waiting() {
    let mut call = measured(60.0, &[&[(1.0, 5.0), (6.0, 9.0)], &[(40.0, 50.0)]]);
    let whole = SoundFigures::of(&call);
    assert_eq!((whole.silence_ms, whole.missing_ms), (43_000, 0));
    // A word in between that nobody recorded, and most of the wait.
    call.gaps = stretches(&[(5.2, 5.8), (10.0, 35.0)]);
    let figures = SoundFigures::of(&call);
    assert_eq!((figures.silence_ms, figures.missing_ms), (17_400, 25_600));
    assert_eq!(figures.speech_ms, whole.speech_ms);
    assert_eq!(figures.longest_silence, Some(Stretch::new(50_000, 60_000)));
    let [agent, customer] = figures.sides.clone().unwrap().lanes;
    assert_eq!(agent.longest_monologue, Some(Stretch::new(1_000, 5_000)));
    assert_eq!(customer.response, None);
    let short = SoundSummary::of(&figures).unwrap();
    assert_eq!(short.silence_permille, 505, "of what was recorded");
    let mut lost = measured(9.0, &[&[], &[]]);
    lost.gaps = stretches(&[(0.0, 9.0)]);
    assert_eq!(SoundSummary::of(&SoundFigures::of(&lost)), None);
}

#[test]
fn one_channel_tells_nothing_of_a_side() {
    let figures = SoundFigures::of(&measured(10.0, &[&[(1.0, 4.0)]]));
    assert_eq!(figures.sides, None);
    assert_eq!((figures.speech_ms, figures.silence_ms), (3_000, 7_000));
}

#[test]
fn where_nobody_speaks_there_are_no_shares_and_no_responses() {
    let figures = SoundFigures::of(&measured(10.0, &[&[], &[]]));
    assert_eq!(figures.longest_silence, Some(Stretch::new(0, 10_000)));
    let sides = figures.sides.unwrap();
    for lane in sides.lanes {
        assert_eq!((lane.talk_ms, lane.talk_permille), (0, None));
        assert_eq!((lane.longest_monologue, lane.response), (None, None));
    }
}

/// Speech of one lane: pauses and words in turn, in milliseconds.
fn a_lane() -> impl Strategy<Value = Vec<Stretch>> {
    proptest::collection::vec((300u64..4_000, 60u64..6_000), 0..30).prop_map(|parts| {
        let mut at = 0;
        let said = parts.into_iter().map(|(pause, word)| {
            let start = at + pause;
            at = start + word;
            Stretch::new(start, at)
        });
        said.collect()
    })
}

proptest! {
    #[test]
    fn what_each_has_alone_and_both_and_nobody_make_the_length(
        a in a_lane(), b in a_lane(), tail in 0u64..5_000,
    ) {
        let ends = a.last().into_iter().chain(b.last()).map(|s| s.end_ms);
        let length_ms = ends.max().unwrap_or(0) + tail;
        let lane = |speech: &Vec<Stretch>| LaneAcoustics {
            speech: speech.clone(),
            ..LaneAcoustics::default()
        };
        let call = Acoustics {
            length_ms, lanes: vec![lane(&a), lane(&b)], holds: Vec::new(), gaps: Vec::new(),
        };
        let figures = SoundFigures::of(&call);
        let sides = figures.sides.clone().unwrap();
        let alone: u64 = sides.lanes.iter().map(|l| l.alone_ms).sum();
        prop_assert_eq!(alone + sides.overtalk_ms + figures.silence_ms, length_ms);
        prop_assert_eq!(figures.speech_ms + figures.silence_ms, length_ms);
        for (n, own, other) in [(0, &a, &b), (1, &b, &a)] {
            let lane = &sides.lanes[n];
            prop_assert_eq!(lane.talk_ms, total_ms(own));
            prop_assert!(lane.alone_ms <= lane.talk_ms);
            if let Some(longest) = lane.longest_monologue {
                prop_assert!(longest.end_ms <= length_ms);
                let breakers = turns_of(other, own);
                prop_assert!(shared(&[longest], &breakers).is_empty());
            }
            if let Some(response) = lane.response {
                prop_assert!(response.median_ms <= response.worst.len_ms());
                prop_assert!(shared(&[response.worst], &turns_of(own, other)).is_empty());
            }
        }
        // Which lane is which changes nothing but the place of the figures.
        let swapped = Acoustics {
            length_ms, lanes: vec![lane(&b), lane(&a)], holds: Vec::new(), gaps: Vec::new(),
        };
        let swapped = SoundFigures::of(&swapped).sides.unwrap();
        prop_assert_eq!(&swapped.lanes[0].talk_ms, &sides.lanes[1].talk_ms);
        prop_assert_eq!(&swapped.lanes[1].response, &sides.lanes[0].response);
        prop_assert_eq!(swapped.overtalk_ms, sides.overtalk_ms);
    }
}
