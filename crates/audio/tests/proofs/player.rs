//! What a person hears and sees of the player, on a device that keeps what it is given.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // helpers of a test may stop it, and say so

use crate::common::ear::{self, Ear};
use crate::common::room::*;
use crate::common::*;
use qinting_desk::{LaneChoice, PlayerSource, Span, codes};
use rstest::rstest;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

#[rstest]
#[case(None, &[], [true, true])]
#[case(Some(1), &[], [false, true])]
#[case(None, &[1], [true, false])]
#[case(None, &[0, 1], [false, false])]
fn both_ears_hear_the_lanes_that_are_chosen(
    #[case] solo: Option<u16>,
    #[case] muted: &[u16],
    #[case] expected: [bool; 2],
) {
    let room = Room::new(&two_tones(3.0), &[]);
    room.player.set_lanes(LaneChoice {
        muted: muted.to_vec(),
        solo,
    });
    room.player.play(None, 0);
    room.wait_at(300);
    room.heard();
    room.wait_at(900);
    let heard = room.heard();
    for (hz, there) in [(440.0, expected[0]), (880.0, expected[1])] {
        let power = power_at(&heard, ear::RATE, hz);
        assert_eq!(power > 1e-3, there, "{hz} Hz has {power}");
    }
    // A change while playing is heard at once, without waiting for what is already prepared.
    room.player.set_lanes(LaneChoice {
        muted: vec![],
        solo: Some(0),
    });
    room.wait("chosen", |s| s.lanes.solo == Some(0));
    std::thread::sleep(Duration::from_millis(40));
    room.heard();
    std::thread::sleep(Duration::from_millis(100));
    assert!(share_of(440.0, &room.heard()) > 0.9);
}

#[rstest]
fn speed_changes_the_time_and_not_the_pitch(
    #[values(0.5, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)] speed: f32,
) {
    let room = Room::new(&[tone(440.0, SOURCE_HZ, 4.0, 0.5)], &[]);
    room.player.set_speed(speed);
    room.player.play_range(1000, 3000);
    let done = room.wait_done();
    let heard = room.heard();
    let sound = sounding(&heard, FLOOR);
    let expected = 2000.0 / f64::from(speed);
    assert!(
        (ms(sound) - expected).abs() < 4.0,
        "{} ms instead of {expected}",
        ms(sound)
    );
    let middle = &sound[sound.len() / 8..sound.len() * 7 / 8];
    let hz = loudest_hz(middle, ear::RATE);
    assert!((hz - 440.0).abs() <= 1.0, "{hz} Hz");
    assert!(
        share_of(hz, &middle[..middle.len().min(24_000)]) > 0.97,
        "clean"
    );
    assert_eq!(done.position_ms, 3000);
}

#[test]
fn a_clip_says_so_while_it_plays_and_stops_at_its_end() {
    let room = Room::new(&[tone(440.0, SOURCE_HZ, 4.0, 0.5)], &[]);
    room.player.play_range(500, 1500);
    let during = room.wait("playing", |s| s.playing && s.position_ms > 600);
    assert_eq!(
        during.clip,
        Some(Span {
            start_ms: 500,
            end_ms: 1500
        })
    );
    let after = room.wait_done_playing();
    assert_eq!((after.clip, after.position_ms), (None, 1500));
    let heard = room.heard();
    assert!((ms(sounding(&heard, FLOOR)) - 1000.0).abs() < 2.0);
}

#[test]
fn a_loop_repeats_its_range_and_nothing_else() {
    let room = Room::new(&[stairs(4)], &[]);
    room.player.set_loop(Some((1000, 2000)));
    room.player.play(Some(1500), 0);
    let started = Instant::now();
    let mut seen = Vec::new();
    while started.elapsed() < Duration::from_millis(2600) {
        seen.push(room.player.state().position_ms);
        std::thread::sleep(Duration::from_millis(5));
    }
    let heard = room.heard();
    let sound = sounding(&heard, FLOOR);
    assert!(share_of(600.0, sound) > 0.9, "{}", share_of(600.0, sound));
    assert!(seen.iter().skip(20).all(|ms| (990..=2010).contains(ms)));
    assert!(
        seen.windows(2).filter(|w| w[1] + 500 < w[0]).count() >= 2,
        "went round"
    );
    room.player.set_loop(None);
    room.wait_at(2500);
}

#[test]
fn silence_is_skipped_when_asked() {
    let mut sound = stairs(1);
    sound.extend(vec![0.0; 8000 * 4]);
    sound.extend(tone(700.0, SOURCE_HZ, 1.0, 0.5));
    let room = Room::new(&[sound], &[(1000, 5000)]);
    room.player.set_skip_silence(true);
    let started = Instant::now();
    room.player.play(None, 0);
    let end = room.wait_done();
    assert_eq!(end.position_ms, 6000);
    let took = started.elapsed().as_millis();
    assert!((2300..3200).contains(&took), "{took} ms");
}

#[test]
fn the_place_goes_with_the_sound_and_a_new_speed_does_not_move_it() {
    let room = Room::new(&[stairs(8)], &[]);
    room.player.play(None, 0);
    room.wait_at(1000);
    let (from, t0) = (room.player.state().position_ms, Instant::now());
    room.wait_at(from + 700);
    let took = t0.elapsed().as_millis() as i64;
    assert!((took - 700).abs() < 60, "700 ms took {took}");
    room.player.set_speed(2.0);
    room.wait("faster", |s| s.speed == 2.0);
    let mut last = room.player.state().position_ms;
    let t0 = Instant::now();
    let from = last;
    while t0.elapsed() < Duration::from_millis(1500) {
        let now = room.player.state().position_ms;
        assert!(
            now >= last && now - last < 150,
            "jumped from {last} to {now}"
        );
        last = now;
        std::thread::sleep(Duration::from_millis(5));
    }
    // 200 ms were already on their way at the old speed.
    assert!(
        (2600..3100).contains(&(last - from)),
        "went {} ms",
        last - from
    );
    let gaps: Vec<u128> = room
        .states
        .lock()
        .windows(2)
        .filter(|w| w[0].1.playing && w[1].1.playing)
        .map(|w| (w[1].0 - w[0].0).as_millis())
        .collect();
    let late = gaps.iter().filter(|&&g| g > 50).count();
    assert!(
        late * 20 <= gaps.len(),
        "{late} of {} states came late",
        gaps.len()
    );
}

#[test]
fn at_the_end_it_pauses_and_play_starts_over() {
    let room = Room::new(&[stairs(2)], &[]);
    room.player.play(Some(1500), 0);
    assert_eq!(room.wait_done().position_ms, 2000);
    room.heard();
    room.player.play(None, 1500);
    room.wait("early", |s| {
        s.playing && (100..700).contains(&s.position_ms)
    });
    room.wait_at(600);
    room.player.pause();
    room.wait_done_playing();
    let heard = room.heard();
    assert!(share_of(400.0, sounding(&heard, FLOOR)) > 0.9);
}

#[test]
fn pausing_stands_still_and_resuming_steps_back() {
    let room = Room::new(&[stairs(6)], &[]);
    room.player.play(Some(3000), 0);
    room.wait_at(3400);
    room.player.pause();
    let at = room.wait_done_playing().position_ms;
    std::thread::sleep(Duration::from_millis(150));
    assert_eq!(room.player.state().position_ms, at);
    room.player.play(None, 1500);
    let first = room.wait("playing", |s| s.playing).position_ms;
    assert!(
        (at - 1500..at - 1300).contains(&first),
        "{first} after {at}"
    );
    room.player.seek(200);
    let after = room.wait("moved", |s| s.position_ms < 1000);
    assert!(after.playing && after.position_ms >= 200);
}

#[test]
fn edges_do_not_click() {
    let room = Room::new(&[tone(150.0, SOURCE_HZ, 6.0, 0.9)], &[]);
    room.player.play(None, 0);
    for _ in 0..6 {
        room.wait("playing", |s| s.playing);
        std::thread::sleep(Duration::from_millis(87));
        room.player.seek(1234);
        std::thread::sleep(Duration::from_millis(93));
        room.player.pause();
        std::thread::sleep(Duration::from_millis(41));
        room.player.play(None, 0);
    }
    room.player.set_speed(1.5);
    std::thread::sleep(Duration::from_millis(400));
    let heard = room.heard();
    let steepest = heard
        .windows(2)
        .map(|w| (w[1] - w[0]).abs())
        .fold(0.0, f64::max);
    // The tone itself moves by 0.9 · 0.8 · 2π · 150/48000 ≈ 0.014 a frame; a click is ten times that.
    assert!(steepest < 0.03, "{steepest}");
}

#[test]
fn without_a_device_time_goes_on_silently_until_one_comes() {
    let ear = Arc::new(Ear::default());
    ear.missing.store(true, Ordering::Release);
    let room = Room::with(&[stairs(12)], &[], ear);
    room.player.set_speed(2.0);
    let opened = room.wait("silent", |s| s.silent);
    assert_eq!(opened.notice.unwrap().code, codes::AUDIO_NO_DEVICE);
    let t0 = Instant::now();
    room.player.play(None, 0);
    room.wait_at(2000);
    let took = t0.elapsed().as_millis();
    assert!(
        (900..1400).contains(&took),
        "2 s at double speed took {took} ms"
    );
    assert!(room.heard().is_empty());
    room.ear.missing.store(false, Ordering::Release);
    let back = room.wait("heard again", |s| !s.silent);
    assert!(back.playing && back.notice.is_none());
    room.wait_at(back.position_ms + 300);
    assert!(!sounding(&room.heard(), FLOOR).is_empty());
}

#[test]
fn a_lost_device_is_told_and_playing_goes_on() {
    let room = Room::new(&[stairs(8)], &[]);
    room.player.play(None, 0);
    let before = room.wait_at(500);
    room.ear.die.store(true, Ordering::Release);
    let lost = room.wait("lost", |s| s.silent);
    assert_eq!(lost.notice.unwrap().code, codes::AUDIO_DEVICE_LOST);
    assert!(lost.playing && lost.position_ms.abs_diff(before.position_ms) < 400);
    room.wait_at(lost.position_ms + 300);
}

#[test]
fn devices_are_chosen_by_id() {
    let room = Room::new(&[stairs(2)], &[]);
    assert_eq!(room.player.devices().unwrap()[0].name, "Ear");
    room.player.set_device(Some("ear".into())).unwrap();
    assert_eq!(room.wait("chosen", |s| s.device.is_some()).notice, None);
    let error = room.player.set_device(Some("nose".into())).unwrap_err();
    assert_eq!(error.code(), codes::NOT_FOUND);
}

#[test]
fn opening_and_closing_change_what_is_loaded() {
    let room = Room::new(&[stairs(2)], &[]);
    let no_sound = PlayerSource {
        audio: Box::new(std::io::empty()),
        ..room.source()
    };
    assert_eq!(
        room.player.open(no_sound, 0).unwrap_err().code(),
        codes::MEDIA_MISSING
    );
    room.player.play(None, 0);
    room.wait_at(100);
    room.player.open(room.source(), 1200).unwrap();
    // At once: a page that asks right after opening must not hear of the recording before.
    let opened = room.player.state();
    assert!(!opened.playing);
    assert_eq!((opened.position_ms, opened.duration_ms), (1200, 2000));
    room.player.close();
    room.wait("closed", |s| s.recording_id.is_none() && s.duration_ms == 0);
    room.player.play(None, 0);
    room.player.seek(100);
    std::thread::sleep(Duration::from_millis(50));
    assert!(!room.player.state().playing);
}
