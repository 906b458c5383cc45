//! What went out to a speaker, as the player tells it.

use super::ear::Ear;
use super::room::*;
use crate::common::*;
use qinting_desk::{HeardStretch, LaneChoice};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Where a stretch began and ended, and how much of it sounded, in tenths of a second.
fn tenths(heard: &HeardStretch) -> (u64, u64, u64) {
    let tenths = |ms: u64| (ms + 50) / 100;
    (
        tenths(heard.from_ms),
        tenths(heard.to_ms),
        tenths(heard.played_ms),
    )
}

#[test]
fn what_was_heard_is_told_stretch_by_stretch_and_once() {
    let room = Room::new(&[stairs(6)], &[]);
    room.player.play(Some(1000), 0);
    room.wait_at(1600);
    room.player.seek(3000);
    room.wait_at(3500);
    room.player.pause();
    room.wait_done_playing();
    let heard = room.player.take_heard();
    assert_eq!(heard.len(), 2, "a jump begins another one: {heard:?}");
    for (stretch, from_ms) in heard.iter().zip([1000, 3000]) {
        assert_eq!(stretch.recording_id, room.recording_id);
        assert!(stretch.from_ms.abs_diff(from_ms) < 20, "{heard:?}");
        // Nothing is counted that did not sound, and all of it.
        assert!((400..900).contains(&stretch.played_ms), "{heard:?}");
        let long = stretch.to_ms - stretch.from_ms;
        assert!(long.abs_diff(stretch.played_ms) < 20, "{heard:?}");
        assert!(
            long.abs_diff(stretch.lasted.as_millis() as u64) < 60,
            "{heard:?}"
        );
    }
    assert_eq!(room.player.take_heard(), []);
    // Whoever asks while it plays is told the part up to now; the rest comes later.
    room.player.play_range(0, 1000);
    room.wait("in it", |s| {
        s.playing && (400..900).contains(&s.position_ms)
    });
    let first = room.player.take_heard().remove(0);
    room.wait_done_playing();
    let rest = room.player.take_heard().remove(0);
    assert_eq!(tenths(&rest).1, 10, "{rest:?}");
    assert!(
        first.to_ms.abs_diff(rest.from_ms) < 20,
        "{first:?} {rest:?}"
    );
    let both = first.played_ms + rest.played_ms;
    assert!(both.abs_diff(1000) < 20, "{both}");
}

#[test]
fn silence_that_is_skipped_was_not_heard_and_what_goes_round_was_heard_again() {
    let mut sound = stairs(1);
    sound.extend(vec![0.0; 8000 * 4]);
    sound.extend(tone(700.0, SOURCE_HZ, 1.0, 0.5));
    let room = Room::new(&[sound], &[(1000, 5000)]);
    room.player.set_skip_silence(true);
    room.player.play(None, 0);
    room.wait_done();
    let heard = room.player.take_heard();
    assert_eq!(heard.iter().map(tenths).collect::<Vec<_>>(), [(0, 60, 24)]);

    room.player.set_skip_silence(false);
    room.player.set_loop(Some((0, 500)));
    room.player.set_speed(2.0);
    room.player.play(Some(0), 0);
    std::thread::sleep(Duration::from_millis(1000));
    room.player.pause();
    let heard = room.player.take_heard();
    let (from, to, played) = tenths(&heard[0]);
    assert_eq!((heard.len(), from, to), (1, 0, 5), "{heard:?}");
    assert!(
        (15..22).contains(&played),
        "twice as fast, so two seconds: {heard:?}"
    );
}

#[test]
fn what_nobody_could_hear_was_not_heard() {
    let ear = Arc::new(Ear::default());
    ear.missing.store(true, Ordering::Release);
    let room = Room::with(&[stairs(3)], &[], ear);
    room.player.play(None, 0);
    room.wait_at(500);
    room.player.pause();
    assert_eq!(room.player.take_heard(), [], "no device");

    let room = Room::new(&[stairs(3)], &[]);
    room.player.set_lanes(LaneChoice {
        muted: vec![0, 1],
        solo: None,
    });
    room.player.play(None, 0);
    room.wait_at(500);
    room.player.pause();
    assert_eq!(room.player.take_heard(), [], "all lanes off");
}
