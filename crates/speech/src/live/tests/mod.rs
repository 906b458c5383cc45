//! The policy with a scripted engine, in real time on a clock of its own.

mod doubt;
mod model;
mod world;

use super::session::Look;
use crate::decode::Weighed;
use qinting_desk::LiveHeard;
use qinting_testkit::sound::whole;
use qinting_testkit::speak::{lane, no_speech};
use rstest::rstest;
use std::rc::Rc;
use std::time::Duration;
use world::{Asked, Script, World, counting};

fn weighed(text: &str) -> Weighed {
    Weighed {
        sure: vec![0.9; text.chars().count()],
        text: text.to_owned(),
        stamps: Vec::new(),
    }
}

fn played(script: Script, lanes: &[Vec<i16>]) -> World {
    let mut world = World::new(script, lanes.len() as u16, false);
    world.play(lanes);
    world.finish();
    world
}

#[test]
fn text_appears_while_somebody_speaks_and_is_final_soon_after() {
    let world = played(Script::default(), &[lane(8.0, &[(1.0, 5.0)])]);
    let drafts = world.drafts();
    assert!(drafts.len() >= 4, "{drafts:?}");
    assert!(drafts[0].at_ms <= 2_000, "{drafts:?}");
    assert!(
        drafts
            .iter()
            .all(|d| d.utterance == 0 && d.start_ms.abs_diff(1_000) < 100)
    );
    // The last one is the final text, foreseen in the pause.
    let spoken = &drafts[..drafts.len() - 1];
    let gaps = spoken.windows(2).map(|d| d[1].end_ms - d[0].end_ms);
    assert!(
        gaps.clone().all(|g| (700..1_000).contains(&g)),
        "{drafts:?}"
    );
    let finals = world.finals();
    assert_eq!(finals.len(), 1);
    assert_eq!((finals[0].utterance, finals[0].segments.len()), (0, 1));
    assert!(finals[0].at_ms <= 5_000 + 1_500, "{finals:?}");
    assert!(
        drafts.iter().all(|d| d.at_ms <= finals[0].at_ms),
        "no draft after the final"
    );
}

#[test]
fn what_is_certain_grows_and_the_newest_sound_is_never_certain() {
    let world = played(Script::default(), &[lane(8.0, &[(1.0, 6.0)])]);
    let drafts = world.drafts();
    for pair in drafts.windows(2) {
        assert!(
            pair[1].committed.starts_with(&pair[0].committed),
            "{pair:?}"
        );
    }
    let last = &drafts[drafts.len() - 2];
    assert!(
        !last.committed.is_empty() && !last.tentative.is_empty(),
        "{last:?}"
    );
}

#[test]
fn drafts_come_no_faster_than_they_are_made_and_never_queue() {
    let script = Script {
        draft_takes: Duration::from_millis(1_500),
        ..Script::default()
    };
    let world = played(script, &[lane(14.0, &[(1.0, 12.0)])]);
    let drafts = world.drafts();
    assert!(drafts.len() >= 5, "{drafts:?}");
    for pair in drafts.windows(2) {
        assert!(pair[1].end_ms - pair[0].end_ms >= 1_500, "{pair:?}");
    }
    // Each is made of all the sound there was when it was begun.
    assert!(
        drafts.iter().all(|d| d.at_ms - d.end_ms <= 1_700),
        "{drafts:?}"
    );
}

#[test]
fn a_machine_that_is_too_slow_leaves_out_drafts_and_says_so() {
    let script = Script {
        draft_takes: Duration::from_secs(6),
        last_takes: Duration::from_millis(1_500),
        ..Script::default()
    };
    let world = played(
        script,
        &[lane(
            30.0,
            &[(1.0, 4.0), (5.0, 9.0), (10.0, 14.0), (15.0, 29.0)],
        )],
    );
    assert!(
        world
            .lags()
            .iter()
            .any(|(_, behind, thinned)| *thinned && *behind > 2_000)
    );
    assert!(
        world
            .lags()
            .windows(2)
            .all(|l| l[0].1.abs_diff(l[1].1) > 0 || l[0].2 != l[1].2 || l[1].0 >= l[0].0 + 1_000)
    );
    assert!(world.finals().len() >= 4, "finals go on");
    let asked = world.asked();
    let drafts: Vec<u128> = asked
        .iter()
        .filter(|(_, a)| matches!(a, Asked::Draft { .. }))
        .map(|(at, _)| at.as_millis())
        .collect();
    assert!(
        drafts.windows(2).all(|d| d[1] - d[0] >= 5_000),
        "{drafts:?}"
    );
}

#[test]
fn no_draft_goes_before_a_final_text() {
    let script = Script {
        draft_takes: Duration::from_millis(700),
        ..Script::default()
    };
    let one = lane(20.0, &[(1.0, 3.0), (5.0, 7.0), (9.0, 11.0), (13.0, 15.0)]);
    let other = lane(20.0, &[(0.5, 19.0)]);
    let world = played(script, &[one, other]);
    let finals = world.finals();
    for end_ms in [3_000, 7_000, 11_000, 15_000] {
        let mine = finals
            .iter()
            .find(|f| f.lane == 0 && f.segments[0].end_ms.abs_diff(end_ms) < 200);
        let late = mine.unwrap().at_ms - end_ms;
        // Half a second until it is over, the draft that runs, the final.
        assert!(late <= 500 + 700 + 200 + 100, "{late} ms after {end_ms}");
    }
}

#[test]
fn the_end_of_the_call_ends_what_is_being_said() {
    let mut world = World::new(Script::default(), 2, false);
    world.play(&[lane(4.0, &[(1.0, 4.0)]), lane(4.0, &[(2.0, 4.0)])]);
    assert!(world.finals().is_empty());
    world.finish();
    let mut lanes: Vec<u16> = world.finals().iter().map(|f| f.lane).collect();
    lanes.sort_unstable();
    assert_eq!(lanes, [0, 1]);
}

#[test]
fn drafts_of_what_was_nothing_are_taken_back_once() {
    let script = Script {
        last: "",
        second: "",
        ..Script::default()
    };
    let world = played(script, &[lane(6.0, &[(1.0, 3.0), (4.0, 4.4)])]);
    assert!(!world.drafts().is_empty());
    let finals = world.finals();
    assert_eq!(
        finals.len(),
        1,
        "the short one had no draft and is not spoken of: {finals:?}"
    );
    assert!(finals[0].segments.is_empty());
}

#[rstest]
#[case::looped("我要退款我要退款我要退款我要退款")]
#[case::caption("（音乐）")]
#[case::racing(
    "今天我们来说一说退货的流程到底是怎么样的今天我们来说一说退货的流程到底是怎么样的好不好"
)]
#[case::empty("。")]
fn what_the_gates_doubt_is_no_draft(#[case] text: &'static str) {
    let script = Script {
        drafts: Rc::new(move |_| weighed(text)),
        last: text,
        ..Script::default()
    };
    let world = played(script, &[lane(5.0, &[(1.0, 3.0)])]);
    assert!(world.drafts().is_empty());
    assert_eq!(world.finals().len(), 1);
}

#[test]
fn a_monologue_gets_final_text_while_it_goes_on_and_nothing_twice() {
    let script = Script {
        drafts: Rc::new(|samples| counting(samples, 0.95)),
        ..Script::default()
    };
    let mut world = World::new(script, 1, false);
    world.play(&[lane(50.0, &[(1.0, 48.0)])]);
    world.finish();
    let finals = world.finals();
    assert!(finals.len() >= 3, "{finals:?}");
    for f in &finals {
        let s = &f.segments[0];
        assert!(s.end_ms - s.start_ms <= 15_100, "{s:?}");
        assert!(f.at_ms - s.start_ms <= 17_000, "{f:?}");
    }
    for pair in finals.windows(2) {
        assert_eq!(pair[0].utterance + 1, pair[1].utterance);
        assert!(pair[0].segments[0].end_ms <= pair[1].segments[0].start_ms);
    }
}

/// Twenty utterances of three seconds in 100 s, while the first final takes 70 s.
fn after_a_long_wait(keep_all: bool) -> World {
    let script = Script {
        last_takes: Duration::from_secs(70),
        ..Script::default()
    };
    let speech: Vec<(f32, f32)> = (0..20)
        .map(|i| (i as f32 * 5.0 + 1.0, i as f32 * 5.0 + 4.0))
        .collect();
    let mut world = World::new(script, 1, keep_all);
    world.play(&[lane(100.0, &speech)]);
    world
}

#[test]
fn far_behind_the_oldest_speech_is_left_out() {
    let world = after_a_long_wait(false);
    let begun: Vec<(u64, u64)> = world
        .asked()
        .iter()
        .filter_map(|(at, asked)| match asked {
            Asked::Last {
                start_ms,
                look: Look::First,
                ..
            } => Some((at.as_millis() as u64, *start_ms)),
            _ => None,
        })
        .collect();
    assert!((2..20).contains(&begun.len()), "{begun:?}");
    for (at_ms, start_ms) in begun {
        let sound_ms = at_ms.min(100_000);
        assert!(sound_ms - start_ms <= 60_000, "{start_ms} at {sound_ms}");
    }
}

#[test]
fn without_another_recording_nothing_is_left_out_however_late() {
    let mut world = after_a_long_wait(true);
    world.finish();
    let starts: Vec<u64> = world
        .finals()
        .iter()
        .map(|f| f.segments[0].start_ms)
        .collect();
    assert_eq!(starts.len(), 20);
    assert!(starts.is_sorted());
}

#[test]
fn how_far_the_text_is_behind_is_told_as_it_changes() {
    let world = after_a_long_wait(true);
    let lags = world.lags();
    let peak = lags.iter().map(|l| l.1).max().unwrap();
    assert!(peak > 60_000, "{peak}");
    for pair in lags.windows(2) {
        let ((_, before, was), (_, after, is)) = (pair[0], pair[1]);
        assert!(
            before.abs_diff(after) > 200 || was != is || after > 1_000,
            "{pair:?}"
        );
    }
}

#[test]
fn times_are_those_of_the_session_clock_and_no_sound_is_heard_twice() {
    use super::session::Session;
    let script = Script::default();
    let mut session = Session::new(script.clone(), 1, false);
    let sound = lane(6.0, &[(1.0, 3.0)]);
    let from = 16_000 * 3_600 + 77;
    let mut told = Vec::new();
    let mut note = |h| told.push(h);
    for (i, chunk) in sound.chunks(1_600).enumerate() {
        let at = from + i as u64 * 1_600;
        // Every chunk comes again with the one after it.
        let before = i.saturating_sub(1) * 1_600;
        let again = &sound[before..i * 1_600 + chunk.len()];
        session.hear(0, from + before as u64, again, &mut note);
        session.hear(0, at, chunk, &mut note);
        while session.work(&|| Duration::ZERO, &mut note).unwrap() {}
    }
    let finals: Vec<_> = told
        .iter()
        .filter_map(|h| match h {
            LiveHeard::Final { segments, .. } => Some(&segments[0]),
            _ => None,
        })
        .collect();
    assert_eq!(finals.len(), 1);
    assert!(finals[0].start_ms.abs_diff(3_601_004) < 60, "{finals:?}");
    assert!(finals[0].end_ms.abs_diff(3_603_004) < 60, "{finals:?}");
}

#[test]
fn speech_goes_on_over_a_small_hole_and_ends_at_a_large_one() {
    use super::session::Session;
    let finals_with_hole = |hole: u64| {
        let mut session = Session::new(Script::default(), 1, false);
        let sound = lane(4.0, &[(0.5, 4.0)]);
        let mut finals = 0;
        let mut note = |h| finals += usize::from(matches!(h, LiveHeard::Final { .. }));
        session.hear(0, 0, &sound[..32_000], &mut note);
        session.hear(0, 32_000 + hole, &sound[32_000..], &mut note);
        session.finish(&|| Duration::ZERO, &mut note).unwrap();
        finals
    };
    assert_eq!(finals_with_hole(1_600), 1);
    assert_eq!(finals_with_hole(30 * 16_000), 2);
}

#[rstest]
fn ten_minutes_nobody_speaks_in_never_reach_the_engine(
    #[values(
        "zeros",
        "line noise",
        "loud noise",
        "hum",
        "ring tone",
        "american ring tone",
        "busy tone",
        "tune",
        "chords"
    )]
    name: &str,
) {
    let minute = to_rate_16(&no_speech(name));
    let mut world = World::new(Script::default(), 1, false);
    for _ in 0..10 {
        world.play(std::slice::from_ref(&minute));
    }
    world.finish();
    assert_eq!(world.asked(), []);
    assert!(world.drafts().is_empty() && world.finals().is_empty());
    assert!(world.lags().iter().all(|l| !l.2));
}

/// From 8 to 16 kHz, as a device would give it.
fn to_rate_16(samples: &[f32]) -> Vec<i16> {
    let twice: Vec<f32> = samples.iter().flat_map(|s| [*s, *s]).collect();
    whole(&twice)
}
