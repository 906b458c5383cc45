//! What people are told of the sound.

use super::devices::Sound;
use super::{Device, World};
use qinting_desk::{CaptureNews, LaneState};
use qinting_domain::GapKind;

fn states(world: &World) -> Vec<(u64, (u16, LaneState))> {
    world.told(|news| match news {
        CaptureNews::Lane { lane, state } => Some((*lane, *state)),
        _ => None,
    })
}

#[test]
fn levels_come_ten_times_a_second_with_every_column() {
    let mut world = World::new(vec![Device::new("mic", 8_000, 1)]);
    world.begin(&["mic"], false).unwrap();
    world.run_ms(10_000);
    let levels = world.told(|news| match news {
        CaptureNews::Levels { position_ms, lanes } => Some((*position_ms, lanes.clone())),
        _ => None,
    });
    assert!((97..=100).contains(&levels.len()), "{}", levels.len());
    for (n, (_, (position_ms, lanes))) in levels.iter().enumerate() {
        assert_eq!(*position_ms, (n as u64 + 1) * 100);
        assert_eq!(lanes[0].columns.len(), 2);
        assert!(lanes[0].peak > 0.1 && lanes[0].rms > 0.05);
    }
    let late = world.now_us() / 1000 - levels.last().unwrap().0;
    assert!(late <= 100, "the newest is {late} ms old");
}

#[test]
fn a_dead_line_is_told_within_two_seconds_after_ten() {
    let mut world = World::new(vec![Device::new("mic", 8_000, 1)]);
    world.begin(&["mic"], false).unwrap();
    world.run_ms(5_000);
    let (at, since) = (world.position_ms(), world.now_us() / 1000);
    world.with("mic", |d| d.sound = Sound::Dead);
    world.run_ms(15_000);
    let back = world.position_ms();
    world.with("mic", |d| d.sound = Sound::Noise);
    world.run_ms(3_000);
    let gaps = world.gaps();
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    assert_eq!((gaps[0].kind, gaps[0].channel), (GapKind::Zeros, None));
    assert!(gaps[0].start_ms.abs_diff(at) <= 50, "{gaps:?} {at}");
    assert!(
        gaps[0].end_ms.unwrap().abs_diff(back) <= 50,
        "{gaps:?} {back}"
    );
    assert!(gaps[0].told_ms - since <= 12_000);
    let states: Vec<LaneState> = states(&world).into_iter().map(|(_, (_, s))| s).collect();
    assert_eq!(states, [LaneState::Zeros, LaneState::Running]);
}

#[test]
fn what_the_machine_does_not_play_is_no_dead_line() {
    let mut out = Device::system("out", 8_000);
    out.sound = Sound::Dead;
    let mut world = World::new(vec![Device::new("mic", 8_000, 1), out]);
    world.begin(&["mic", "out"], false).unwrap();
    world.run_ms(30_000);
    assert_eq!(world.gaps(), []);
    assert_eq!(states(&world), []);
}

#[test]
fn clipping_is_told_and_taken_back() {
    let mut world = World::new(vec![Device::new("mic", 8_000, 1)]);
    world.begin(&["mic"], false).unwrap();
    world.run_ms(3_000);
    world.with("mic", |d| d.sound = Sound::Loud);
    world.run_ms(500);
    world.with("mic", |d| d.sound = Sound::Noise);
    world.run_ms(4_000);
    let states: Vec<LaneState> = states(&world).into_iter().map(|(_, (_, s))| s).collect();
    assert_eq!(states, [LaneState::Clipping, LaneState::Running]);
}

#[test]
fn one_signal_on_both_lanes_is_told() {
    let (mut a, mut b) = (Device::new("a", 8_000, 1), Device::new("b", 8_000, 1));
    (a.sound, b.sound) = (Sound::Shared, Sound::Shared);
    let mut world = World::new(vec![a, b]);
    world.begin(&["a", "b"], false).unwrap();
    world.run_ms(6_000);
    world.with("b", |d| d.sound = Sound::Noise);
    world.run_ms(6_000);
    let same = world.told(|news| match news {
        CaptureNews::SameOnBoth { is_same } => Some(*is_same),
        _ => None,
    });
    let same: Vec<bool> = same.into_iter().map(|(_, same)| same).collect();
    assert_eq!(same, [true, false]);
}

#[test]
fn a_pause_hears_nothing_writes_silence_and_leaves_a_gap() {
    let mut world = World::new(vec![Device::new("mic", 8_000, 1)]);
    world.begin(&["mic"], true).unwrap();
    world.run_ms(3_000);
    let from = world.position_ms();
    world.set_paused(true);
    world.run_ms(2_000);
    let to = world.position_ms();
    world.set_paused(false);
    world.run_ms(3_000);
    let end = world.stop().unwrap();
    assert!((7_950..=8_050).contains(&end.duration_ms), "{end:?}");
    let gaps = world.gaps();
    assert_eq!(
        (gaps.len(), gaps[0].kind, gaps[0].channel),
        (1, GapKind::Pause, None)
    );
    assert!(gaps[0].start_ms.abs_diff(from) <= 20 && gaps[0].end_ms.unwrap().abs_diff(to) <= 20);
    let sound = super::lane(&world, 0);
    let (a, b) = (
        gaps[0].start_ms as usize * 8,
        gaps[0].end_ms.unwrap() as usize * 8,
    );
    assert!(sound[a..b].iter().all(|s| *s == 0), "nothing of it is kept");
    assert!(sound[..a - 8].iter().all(|s| *s != 0) && sound[b + 8..].iter().all(|s| *s != 0));
    let levels = world.told(|news| match news {
        CaptureNews::Levels { position_ms, lanes } => Some((*position_ms, lanes[0].peak)),
        _ => None,
    });
    for (_, (position, peak)) in levels {
        if position > gaps[0].start_ms + 100 && position < gaps[0].end_ms.unwrap() {
            assert_eq!(peak, 0.0, "the levels are silent at {position}");
        }
    }
    assert_eq!(states(&world), [], "a pause is no dead line");
}
