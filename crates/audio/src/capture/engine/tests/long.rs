//! Hours.

use super::devices::Sound;
use super::places::clicks;
use super::{Device, World, lane};
use rstest::rstest;

/// How far each click of the second lane is from the one of the first, in milliseconds.
fn skews(world: &World, from_ms: u64) -> Vec<f64> {
    let rate = f64::from(world.kept.lock().rate_hz);
    let first = clicks(&lane(world, 0));
    let second = clicks(&lane(world, 1));
    let near = |n: &u64| {
        let at = first.partition_point(|m| m < n);
        let around = first[at.saturating_sub(1)..].iter().take(2);
        around.map(|m| m.abs_diff(*n)).min().unwrap_or(u64::MAX)
    };
    let late = second.iter().filter(|n| **n > from_ms * rate as u64 / 1000);
    late.map(|n| near(n) as f64 * 1000.0 / rate).collect()
}

#[rstest]
#[case::fast(200.0)]
#[case::slow(-200.0)]
fn two_clocks_stay_together_for_an_hour(#[case] ppm: f64) {
    let (mut mic, mut out) = (Device::new("mic", 8_000, 1), Device::system("out", 8_000));
    (mic.sound, out.sound) = (Sound::Clicks(1_000), Sound::Clicks(1_000));
    (mic.ppm, out.ppm) = (ppm / 2.0, -ppm / 2.0);
    out.jitter_ms = 20;
    let mut world = World::new(vec![mic, out]);
    world.begin(&["mic", "out"], false).unwrap();
    world.run_ms(3_600_000);
    let end = world.stop().unwrap();
    let skews = skews(&world, 0);
    assert!(skews.len() > 3_500);
    let worst = skews.iter().fold(0.0f64, |a, b| a.max(*b));
    assert!(worst <= 20.0, "{worst} ms apart");
    assert!((f64::from(end.drift_ppm) - ppm).abs() < 20.0, "{end:?}");
    assert_eq!(world.gaps(), []);
}

/// A mark is set the moment a click sounds; half of the time nothing is played.
#[rstest]
#[case::fast(200.0)]
#[case::slow(-200.0)]
fn marks_stand_where_they_were_set_after_an_hour_with_silence(#[case] ppm: f64) {
    let (mut mic, mut out) = (Device::new("mic", 8_000, 1), Device::system("out", 8_000));
    (mic.sound, out.sound) = (Sound::Clicks(1_000), Sound::Clicks(1_000));
    (mic.ppm, out.ppm, out.may_rest) = (ppm, -ppm, true);
    let mut world = World::new(vec![mic, out]);
    world.begin(&["mic", "out"], false).unwrap();
    let mut marks = Vec::new();
    for minute in 0..60u64 {
        // 20 s of speech, 20 of silence, 10 and 10.
        for (ms, still) in [
            (20_000, false),
            (20_000, true),
            (10_000, false),
            (10_000, true),
        ] {
            world.with("out", |d| d.is_still = still);
            world.run_ms(ms);
        }
        let ahead_ms = 1_000 - world.now_us() / 1000 % 1_000;
        world.run_ms(ahead_ms % 1_000);
        marks.push((minute, world.position_ms()));
        let rest = 1_000 - ahead_ms % 1_000;
        world.run_ms(rest % 1_000);
    }
    world.stop().unwrap();
    let clicks = clicks(&lane(&world, 0));
    for (minute, mark) in &marks {
        let nearest = clicks
            .iter()
            .map(|n| (n / 8).abs_diff(*mark))
            .min()
            .unwrap();
        assert!(
            nearest <= 50,
            "the mark of minute {minute} is {nearest} ms off"
        );
    }
    let skews = skews(&world, 0);
    assert!(skews.len() > 1_700, "{}", skews.len());
    let worst = skews.iter().fold(0.0f64, |a, b| a.max(*b));
    assert!(worst <= 20.0, "{worst} ms apart");
}

#[test]
fn three_hours_go_to_the_recorder_whole_and_nothing_piles_up() {
    let (mic, out) = (Device::new("mic", 8_000, 1), Device::system("out", 8_000));
    let mut world = World::new(vec![mic, out]);
    world.kept.lock().forget = true;
    world.begin(&["mic", "out"], true).unwrap();
    let mut waiting = Vec::new();
    for _ in 0..180 {
        world.run_ms(60_000);
        world.news.lock().clear();
        waiting.push(world.engine.as_ref().unwrap().waiting());
    }
    let end = world.stop().unwrap();
    let whole_ms = 3 * 3_600_000;
    assert!(end.duration_ms.abs_diff(whole_ms) <= 50, "{end:?}");
    assert_eq!(world.kept.lock().count / 8, end.duration_ms);
    assert_eq!((end.lost_samples, end.drift_ppm), (0, 0));
    assert!(
        waiting.iter().all(|n| *n < 8_000),
        "samples pile up: {waiting:?}"
    );
}
