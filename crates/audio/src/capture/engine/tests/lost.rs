//! Everything that takes sound away: noticed, told, filled, mended.

use super::world::Gap;
use super::{Device, World, lane};
use qinting_desk::{CaptureNews, LaneState, codes};
use qinting_domain::GapKind;
use rstest::rstest;

const NEAR_MS: u64 = 50;

fn two() -> World {
    let mut mic = Device::new("mic", 8_000, 1);
    mic.is_default = true;
    let mut world = World::new(vec![mic, Device::system("out", 8_000)]);
    world.begin(&["mic", "out"], false).unwrap();
    world.run_ms(5_000);
    world
}

fn only(world: &World) -> Gap {
    let gaps = world.gaps();
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    gaps[0]
}

fn assert_silent(world: &World, lane_at: usize, gap: Gap) {
    let sound = lane(world, lane_at);
    let (a, b) = (gap.start_ms as usize * 8, gap.end_ms.unwrap() as usize * 8);
    let within = &sound[a + 400..b - 400];
    assert!(within.iter().all(|s| *s == 0));
    assert!(sound[..a - 400].iter().all(|s| *s != 0), "sound before");
    assert!(
        sound[b + 400..sound.len() - 1600].iter().all(|s| *s != 0),
        "and after"
    );
}

fn assert_time_is_true(world: &mut World, ran_ms: u64) {
    let end = world.stop().unwrap();
    let apart = end.duration_ms.abs_diff(ran_ms);
    assert!(
        apart <= NEAR_MS,
        "{} ms instead of {ran_ms}",
        end.duration_ms
    );
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum How {
    /// The system says that the stream is dead.
    Told,
    /// Nothing comes any more and nobody says so.
    Silently,
    /// The system keeps delivering from something else, and the source is no longer listed.
    Delisted,
}

#[rstest]
#[case("mic", How::Told)]
#[case("mic", How::Silently)]
#[case("mic", How::Delisted)]
#[case("out", How::Told)]
#[case("out", How::Delisted)]
fn a_source_that_is_gone_comes_back(#[case] id: &str, #[case] how: How) {
    let mut world = two();
    let (at, since) = (world.position_ms(), world.now_us() / 1000);
    world.with(id, |d| match how {
        How::Told => d.is_there = false,
        How::Silently => d.is_still = true,
        How::Delisted => d.is_hidden = true,
    });
    if how == How::Told {
        world.trouble(id, |t| t.lost("unplugged".into()));
    }
    world.run_ms(7_000);
    let back = world.position_ms();
    world.with(id, |d| {
        (d.is_there, d.is_still, d.is_hidden) = (true, false, false);
    });
    world.run_ms(10_000);
    let gap = only(&world);
    let channel = u16::from(id == "out");
    assert_eq!(
        (gap.kind, gap.channel),
        (GapKind::DeviceLost, Some(channel))
    );
    assert!(
        gap.start_ms.abs_diff(at) <= NEAR_MS + if how == How::Delisted { 1_000 } else { 0 },
        "{gap:?}, went at {at}"
    );
    let end = gap.end_ms.unwrap();
    assert!(
        (back - NEAR_MS..=back + 1_500).contains(&end),
        "{gap:?}, back at {back}"
    );
    assert!(
        gap.told_ms - since <= 2_000,
        "noticed after {}",
        gap.told_ms - since
    );
    assert_silent(&world, usize::from(channel), gap);
    let states = world.told(|news| match news {
        CaptureNews::Lane { lane, state } => Some((*lane, *state)),
        _ => None,
    });
    let states: Vec<(u16, LaneState)> = states.into_iter().map(|(_, s)| s).collect();
    assert_eq!(
        states,
        [(channel, LaneState::Lost), (channel, LaneState::Running)]
    );
    assert_time_is_true(&mut world, 22_000);
}

#[test]
fn a_source_that_comes_back_under_another_id_is_known_by_its_name() {
    let mut world = two();
    world.with("mic", |d| d.is_there = false);
    world.trouble("mic", |t| t.lost("unplugged".into()));
    world.run_ms(3_000);
    world.with("mic", |d| {
        d.id = "mic.2".into();
        d.is_there = true;
    });
    world.run_ms(6_000);
    assert!(only(&world).end_ms.is_some());
}

#[test]
fn attempts_to_reopen_get_rarer() {
    let mut world = two();
    let opened = || {
        world
            .plugs
            .opened
            .load(std::sync::atomic::Ordering::Relaxed)
    };
    let before = opened();
    world.with("mic", |d| d.is_still = true);
    world.run_ms(30_000);
    let tries = world
        .plugs
        .opened
        .load(std::sync::atomic::Ordering::Relaxed)
        - before;
    assert!((4..=9).contains(&tries), "{tries} attempts in 30 s");
}

#[test]
fn a_hiccup_loses_nothing() {
    let mut world = two();
    // The device holds its samples back and hands all of them over at once.
    world.with("mic", |d| d.chunk_ms = 1_400);
    world.run_ms(1_400);
    world.with("mic", |d| d.chunk_ms = 20);
    world.run_ms(5_000);
    assert_eq!(world.gaps(), []);
    let sound = lane(&world, 0);
    let device = world.plugs.devices.lock()[0].clone();
    let made: Vec<i16> = (0..8_000 * 12).map(|n| device.sample(n, 0)).collect();
    let start = super::find(&made, &sound[..100]).unwrap();
    for (n, sample) in sound.iter().enumerate() {
        assert_eq!(*sample, device.sample((start + n) as u64, 0), "sample {n}");
    }
}

#[rstest]
#[case::short(3_000)]
#[case::minutes(240_000)]
fn a_sleep_is_a_gap_of_its_length(#[case] ms: i64) {
    let mut world = two();
    let at = world.position_ms();
    world.sleep_ms(ms);
    world.run_ms(5_000);
    let gap = only(&world);
    assert_eq!((gap.kind, gap.channel), (GapKind::Sleep, None));
    assert!(gap.start_ms.abs_diff(at) <= NEAR_MS);
    let length = gap.end_ms.unwrap() - gap.start_ms;
    assert!(length.abs_diff(ms as u64) <= NEAR_MS);
    assert_time_is_true(&mut world, 10_000 + ms as u64);
    assert_silent(&world, 0, gap);
    assert_silent(&world, 1, gap);
}

#[test]
fn a_long_sleep_ends_the_call_in_good_order() {
    let mut world = two();
    world.sleep_ms(11 * 60_000);
    world.run_ms(1_000);
    let ended = world.told(|news| match news {
        CaptureNews::Ended { note } => Some(note.clone()),
        _ => None,
    });
    assert_eq!(ended[0].1.code, codes::LIVE_SLEPT);
    assert_eq!(ended[0].1.args["minutes"], "11");
    assert!(world.kept.lock().is_finished);
    let stood = world.position_ms();
    world.run_ms(1_000);
    assert_eq!(world.position_ms(), stood, "the clock stands");
    assert_time_is_true(&mut world, 5_000);
}

#[test]
fn a_full_ring_is_counted_told_and_filled() {
    let mut world = two();
    let at = world.position_ms();
    world.is_starved = true;
    world.run_ms(11_000);
    world.is_starved = false;
    world.run_ms(4_000);
    let gaps = world.gaps();
    assert_eq!(gaps.len(), 2, "one for each lane");
    for (gap, channel) in gaps.iter().zip([0, 1]) {
        assert_eq!((gap.kind, gap.channel), (GapKind::Overrun, Some(channel)));
        assert!(gap.start_ms.abs_diff(at + 8_000) <= NEAR_MS, "{gap:?} {at}");
        assert!((gap.end_ms.unwrap() - gap.start_ms).abs_diff(3_000) <= NEAR_MS);
    }
    let end = world.stop().unwrap();
    assert!(end.duration_ms.abs_diff(20_000) <= NEAR_MS, "{end:?}");
    assert!(end.lost_samples.abs_diff(2 * 3 * 8_000) <= 800, "{end:?}");
}

#[rstest]
#[case::the_system_says_so(true, 120)]
#[case::nobody_says_so(false, 400)]
fn samples_that_the_system_dropped_are_missed(#[case] told: bool, #[case] ms: u64) {
    let mut world = two();
    let (at, since) = (world.position_ms(), world.now_us() / 1000);
    world.drop_ms("mic", ms);
    if told {
        world.trouble("mic", qinting_xrun);
    }
    world.run_ms(8_000);
    let gap = only(&world);
    assert_eq!((gap.kind, gap.channel), (GapKind::Overrun, Some(0)));
    let length = gap.end_ms.unwrap() - gap.start_ms;
    assert!(length.abs_diff(ms) <= NEAR_MS, "{gap:?}");
    assert!(gap.told_ms - since <= ms + 2_000, "{gap:?} since {since}");
    assert!(gap.start_ms.abs_diff(at) <= 2_500);
    assert_time_is_true(&mut world, 13_000 + ms);
}

fn qinting_xrun(trouble: &crate::capture::intake::Trouble) {
    trouble.xrun();
}

#[test]
fn a_new_default_takes_over_and_says_so() {
    let mut other = Device::new("headset", 16_000, 2);
    other.is_there = false;
    let mut mic = Device::new("mic", 8_000, 1);
    mic.is_default = true;
    let mut world = World::new(vec![mic, other, Device::system("out", 8_000)]);
    world.begin(&["mic", "out"], false).unwrap();
    world.run_ms(5_000);
    let (at, since) = (world.position_ms(), world.now_us() / 1000);
    world.with("mic", |d| d.is_default = false);
    world.with("headset", |d| (d.is_there, d.is_default) = (true, true));
    world.run_ms(10_000);
    let gap = only(&world);
    assert_eq!((gap.kind, gap.channel), (GapKind::DeviceChanged, Some(0)));
    assert!(gap.told_ms - since <= 2_000);
    assert!((at..=at + 2_000).contains(&gap.start_ms), "{gap:?} {at}");
    assert!(gap.end_ms.unwrap() - gap.start_ms <= 200, "{gap:?}");
    let sound = lane(&world, 0);
    assert!(
        sound[sound.len() - 8_000..].iter().any(|s| *s != 0),
        "the headset is heard"
    );
    assert_time_is_true(&mut world, 15_000);
}

#[test]
fn a_default_that_another_lane_has_is_left_to_it() {
    let (mut a, mut b) = (Device::system("a", 8_000), Device::system("b", 8_000));
    a.is_default = true;
    let device = b.clone();
    b.is_default = false;
    let mut world = World::new(vec![a, b]);
    world.begin(&["a", "b"], false).unwrap();
    world.run_ms(3_000);
    world.with("a", |d| d.is_default = false);
    world.with("b", |d| d.is_default = true);
    world.run_ms(5_000);
    assert_eq!(world.gaps(), []);
    let sound = lane(&world, 0);
    let other: Vec<i16> = (0..80_000).map(|n| device.sample(n, 0)).collect();
    assert_eq!(super::find(&other, &sound[sound.len() - 50..]), None);
}

#[test]
fn a_stream_that_the_system_put_on_another_device_is_told() {
    let mut world = two();
    world.trouble("mic", |t| t.rerouted());
    world.run_ms(2_000);
    assert_eq!(only(&world).kind, GapKind::DeviceChanged);
}

#[test]
fn what_the_recorder_loses_and_why_it_closes_is_told() {
    use crate::capture::engine::KeepNews;
    use qinting_domain::ErrorNote;
    let mut world = two();
    for frames in [80, 8_080] {
        let lost = KeepNews::Lost {
            start: 16_000,
            frames,
        };
        world.shown.keep_news.lock().push(lost);
        world.run_ms(100);
    }
    let gap = only(&world);
    assert_eq!(
        (gap.kind, gap.start_ms, gap.end_ms),
        (GapKind::Overrun, 2_000, Some(3_010))
    );
    let closed = KeepNews::Closed(ErrorNote::new(codes::LIVE_DISK_CLOSED));
    world.shown.keep_news.lock().push(closed);
    world.run_ms(100);
    let ended = world.told(|news| matches!(news, CaptureNews::Ended { .. }).then_some(()));
    assert_eq!(ended.len(), 1);
    assert_eq!(world.stop().unwrap().lost_samples, 2 * 8_080);
}
