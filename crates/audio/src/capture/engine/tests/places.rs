//! Every sample where it belongs, as it was.

use super::devices::Sound;
use super::{Device, World, find, lane};
use qinting_desk::{CaptureNews, codes};
use rstest::rstest;

/// The samples a device makes, from some moment on.
fn made(device: &Device, from: u64, count: u64, channel: u16) -> Vec<i16> {
    (from..from + count)
        .map(|n| device.sample(n, channel))
        .collect()
}

/// Finds where a lane's first samples were in what the device made, and checks all of them.
fn assert_exact(device: &Device, lane: &[i16], channel: u16) -> u64 {
    let early = made(device, 0, u64::from(device.rate_hz) * 12, channel);
    let start = find(&early, &lane[..200]).expect("the lane is made of the device's samples");
    let due = made(device, start as u64, lane.len() as u64, channel);
    let miss = lane.iter().zip(&due).position(|(a, b)| a != b);
    assert_eq!(miss, None, "first wrong sample of {}", lane.len());
    start as u64
}

#[rstest]
#[case::phone(8_000, 20)]
#[case::voice(16_000, 7)]
#[case::cd(44_100, 50)]
#[case::card(48_000, 10)]
fn one_stereo_source_becomes_two_exact_lanes(#[case] rate: u32, #[case] chunk_ms: u64) {
    let mut device = Device::new("line", rate, 2);
    device.chunk_ms = chunk_ms;
    let mut world = World::new(vec![device.clone()]);
    world.begin(&["line#L", "line#R"], false).unwrap();
    world.run_ms(8_000);
    let end = world.stop().unwrap();
    assert_eq!(world.kept.lock().rate_hz, rate);
    assert!((7_900..=8_100).contains(&end.duration_ms), "{end:?}");
    let left = assert_exact(&device, &lane(&world, 0), 0);
    let right = assert_exact(&device, &lane(&world, 1), 1);
    assert_eq!(left, right);
    assert_eq!(world.gaps(), []);
    assert_eq!((end.lost_samples, end.drift_ppm), (0, 0));
    assert_eq!(
        world
            .plugs
            .opened
            .load(std::sync::atomic::Ordering::Relaxed),
        1
    );
}

#[rstest]
#[case::the_same_way(20, 20, 0)]
#[case::other_chunks(10, 50, 0)]
#[case::late_callbacks(20, 20, 40)]
fn two_sources_with_one_clock_are_exact_and_side_by_side(
    #[case] first_ms: u64,
    #[case] second_ms: u64,
    #[case] jitter_ms: u64,
) {
    let mut mic = Device::new("mic", 8_000, 1);
    let mut out = Device::system("out", 8_000);
    (mic.chunk_ms, out.chunk_ms) = (first_ms, second_ms);
    (mic.jitter_ms, out.jitter_ms) = (jitter_ms, jitter_ms);
    let mut world = World::new(vec![mic.clone(), out.clone()]);
    world.begin(&["mic", "out"], false).unwrap();
    world.run_ms(300_000);
    let end = world.stop().unwrap();
    let (a, b) = (lane(&world, 0), lane(&world, 1));
    // The last chunk of one may lie behind the end of the other.
    let whole = a.len() - 8_000;
    let at_a = assert_exact(&mic, &a[..whole], 0);
    let at_b = assert_exact(&out, &b[..whole], 0);
    let skew = at_a.abs_diff(at_b);
    assert!(skew <= 80, "{skew} samples apart");
    assert_eq!(world.gaps(), []);
    assert_eq!((end.lost_samples, end.drift_ppm), (0, 0));
}

#[test]
fn the_whole_of_a_stereo_source_is_its_mean() {
    let device = Device::new("line", 8_000, 2);
    let mut world = World::new(vec![device.clone()]);
    world.begin(&["line"], false).unwrap();
    world.run_ms(2_000);
    world.stop().unwrap();
    let both: Vec<i16> = (0..80_000)
        .map(|n| {
            let sum = i32::from(device.sample(n, 0)) + i32::from(device.sample(n, 1));
            (sum / 2) as i16
        })
        .collect();
    let mono = lane(&world, 0);
    assert!(find(&both, &mono[..10_000]).is_some());
}

#[test]
fn what_is_above_48_khz_is_kept_at_48() {
    let mut device = Device::new("studio", 96_000, 1);
    device.sound = Sound::Clicks(500);
    let mut world = World::new(vec![device]);
    world.begin(&["studio"], false).unwrap();
    world.run_ms(5_000);
    let end = world.stop().unwrap();
    assert_eq!(world.kept.lock().rate_hz, 48_000);
    assert!((4_950..=5_050).contains(&end.duration_ms), "{end:?}");
    let clicks = clicks(&lane(&world, 0));
    assert!(clicks.len() >= 9);
    assert!(
        clicks.windows(2).all(|w| w[1] - w[0] == 24_000),
        "{clicks:?}"
    );
}

/// Frames at which clicks begin.
pub(super) fn clicks(lane: &[i16]) -> Vec<u64> {
    let mut found: Vec<u64> = Vec::new();
    for (n, sample) in lane.iter().enumerate() {
        let far = found.last().is_none_or(|last| n as u64 - last > 1_000);
        if *sample > 9_000 && far {
            found.push(n as u64);
        }
    }
    found
}

#[rstest]
#[case(8_000, 48_000)]
#[case(48_000, 16_000)]
#[case(16_000, 44_100)]
fn a_second_source_of_another_rate_lies_beside_the_first(#[case] first: u32, #[case] second: u32) {
    let (mut mic, mut out) = (Device::new("mic", first, 1), Device::system("out", second));
    (mic.sound, out.sound) = (Sound::Clicks(1_000), Sound::Clicks(1_000));
    let mut world = World::new(vec![mic, out]);
    world.begin(&["mic", "out"], false).unwrap();
    world.run_ms(60_000);
    let end = world.stop().unwrap();
    assert_eq!(world.kept.lock().rate_hz, first);
    let (a, b) = (clicks(&lane(&world, 0)), clicks(&lane(&world, 1)));
    assert!(a.len() >= 59, "{a:?}");
    for (a, b) in a.iter().zip(&b) {
        let ms = a.abs_diff(*b) as f64 * 1000.0 / f64::from(first);
        assert!(ms <= 12.0, "{ms} ms apart");
    }
    assert!(end.drift_ppm.abs() < 5, "{end:?}");
}

#[test]
fn a_source_that_plays_nothing_does_not_hold_up_the_call() {
    let mut out = Device::system("out", 8_000);
    (out.may_rest, out.is_still) = (true, true);
    let mut world = World::new(vec![Device::new("mic", 8_000, 1), out]);
    world.begin(&["mic", "out"], false).unwrap();
    world.run_ms(5_000);
    assert!(world.kept_ms() > 4_000, "silence stands in for it");
    let end = world.stop().unwrap();
    assert!((4_900..=5_100).contains(&end.duration_ms));
    assert!(lane(&world, 1).iter().all(|s| *s == 0));
    assert_eq!(world.gaps(), [], "nothing played is no loss");
}

#[test]
fn time_goes_on_for_a_lone_source_that_plays_nothing() {
    let mut out = Device::system("out", 8_000);
    (out.may_rest, out.is_still) = (true, true);
    let mut world = World::new(vec![out]);
    world.begin(&["out"], false).unwrap();
    world.run_ms(4_000);
    world.with("out", |d| d.is_still = false);
    world.run_ms(4_000);
    world.with("out", |d| d.is_still = true);
    world.run_ms(4_000);
    let end = world.stop().unwrap();
    assert!((11_900..=12_100).contains(&end.duration_ms), "{end:?}");
    let sound = lane(&world, 0);
    let first = sound.iter().position(|s| *s != 0).unwrap() / 8;
    let last = sound.iter().rposition(|s| *s != 0).unwrap() / 8;
    assert!((3_960..=4_040).contains(&first), "{first}");
    assert!((7_960..=8_040).contains(&last), "{last}");
}

#[test]
fn begin_says_which_source_is_mute() {
    let mut out = Device::new("out", 8_000, 1);
    out.is_still = true;
    let mut world = World::new(vec![Device::new("mic", 8_000, 1), out]);
    let error = world.begin(&["mic", "out"], false).unwrap_err();
    assert_eq!(error.code(), codes::LIVE_SOURCE_REFUSED);
    assert_eq!(error.note.args["name"], "Name of out");
}

#[test]
fn begin_says_which_source_refuses() {
    let mut mic = Device::new("mic", 8_000, 1);
    mic.refuses = true;
    let mut world = World::new(vec![mic]);
    let error = world.begin(&["mic"], false).unwrap_err();
    assert_eq!(error.code(), codes::LIVE_SOURCE_REFUSED);
    assert_eq!(error.note.args["name"], "Name of mic");
}

#[test]
fn the_ears_get_every_moment_once_and_in_its_place() {
    let mut mic = Device::new("mic", 48_000, 1);
    mic.sound = Sound::Clicks(1_000);
    let mut world = World::new(vec![mic]);
    world.begin(&["mic"], true).unwrap();
    world.run_ms(10_000);
    let end = world.stop().unwrap();
    let mut heard: Vec<i16> = Vec::new();
    for (_, (at, samples)) in world.told(|news| match news {
        CaptureNews::Heard {
            at_sample, samples, ..
        } => Some((*at_sample, samples.clone())),
        _ => None,
    }) {
        assert_eq!(at, heard.len() as u64, "no hole, nothing twice");
        heard.extend(samples);
    }
    assert!((heard.len() as u64 / 16).abs_diff(end.duration_ms) <= 1);
    let kept: Vec<u64> = clicks(&lane(&world, 0)).iter().map(|n| n / 3).collect();
    let loud = |n: &usize| {
        heard[*n] > 1_200 && heard[n.saturating_sub(500)..*n].iter().all(|s| *s < 1_200)
    };
    let ears: Vec<u64> = (0..heard.len()).filter(loud).map(|n| n as u64).collect();
    assert!(
        kept.len() >= 9 && kept.len() == ears.len(),
        "{kept:?} {ears:?}"
    );
    for (a, b) in kept.iter().zip(&ears) {
        assert!(a.abs_diff(*b) <= 3, "{a} {b}");
    }
}
