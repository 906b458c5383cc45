//! Killed at any moment of a call, two seconds of it are lost at most, and nobody has to lift a hand.
#![allow(
    clippy::print_stdout,
    reason = "the seed and the loss are what a person needs from this test"
)]

use qinting_testkit::cli::Home;
use qinting_testkit::dice::{Dice, seed_of_today};
use qinting_testkit::sound::Sound;
use qinting_tests::live::{Line, Listening};
use qinting_tests::live_room::LiveRoom;
use qinting_tests::qinting;
use qinting_tests::samples::{kept_in, place_of};
use qinting_tests::sound::{Sink, is_there};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Kills in all; `QINTING_KILL_ROUNDS` asks for more or fewer.
const ROUNDS: u64 = 200;
/// Calls that go on at once, each in a workspace of its own.
const AT_ONCE: u64 = 8;
/// A call lives this long after its clock began to run, in milliseconds.
const LIFE: std::ops::Range<u64> = 300..4_000;
/// What a crash may take, in milliseconds.
const LOSS_MS: u64 = 2_000;
/// So many samples at the end of what was found are held against what was played.
const TAIL: usize = 400;
/// Telephone quality.
const HZ: u32 = 8_000;

/// What a call had said when it was killed.
struct Said {
    position_ms: u64,
    kept_ms: u64,
    marks: usize,
}

impl Said {
    fn of(lines: &[Line]) -> Self {
        let last = lines.iter().rfind(|line| line.is("status"));
        Self {
            position_ms: last.map_or(0, |line| line.number("position_ms")),
            kept_ms: last
                .and_then(|line| line.said["kept_ms"].as_u64())
                .unwrap_or(0),
            marks: lines.iter().filter(|line| line.is("marked")).count(),
        }
    }
}

#[test]
fn killed_at_random_moments_a_call_loses_two_seconds_at_most() {
    if !is_there() {
        return;
    }
    let rounds = std::env::var("QINTING_KILL_ROUNDS").ok();
    let rounds: u64 = rounds.and_then(|n| n.parse().ok()).unwrap_or(ROUNDS);
    let seed = seed_of_today("QINTING_KILL_SEED");
    let sink = Sink::new("line", HZ, 1);
    let room = LiveRoom::with(std::slice::from_ref(&sink));
    let [lane, source] = room.lane(&sink, "=customer");
    // Long enough for a slow machine; it is cut off when the test ends.
    let sound = Sound {
        rate_hz: HZ,
        channels: vec![Dice::new(7).samples(900 * HZ as usize)],
    };
    let wav = room.home.dir().join("noise.wav");
    sound.write(&wav);
    let _playing = room.speaker.play(&sink, &wav);

    let (next, worst) = (AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let round = next.fetch_add(1, Ordering::SeqCst);
                    if round >= rounds {
                        return;
                    }
                    let life = Dice::new(seed + round).within(LIFE);
                    let lost = one_call(&room, &[&lane, &source], life, &sound.channels[0]);
                    worst.fetch_max(lost, Ordering::SeqCst);
                }
            });
        }
    });
    println!("{rounds} kills, {} ms lost at most", worst.into_inner());
}

/// A call that is killed `life_ms` after it began, and what the next start makes of it. Gives what was
/// lost in milliseconds.
fn one_call(room: &LiveRoom, lane: &[&str; 2], life_ms: u64, played: &[i16]) -> u64 {
    let home = qinting();
    let args = [
        "--mode",
        "record",
        "--consent",
        "drill",
        "--notice",
        "spoken",
    ];
    let args = args.into_iter().chain(*lane);
    let mut listening = Listening::begin(&home, Some(&room.speaker), args);
    listening.type_line("m");
    // The random moment is the test; nothing is waited for.
    std::thread::sleep(Duration::from_millis(life_ms));
    let said = Said::of(&listening.kill());

    let answer = home.run(["live", "recovered", "--json"]).went_well().json();
    let calls = answer["recovered"].as_array().expect("a list");
    let [call] = calls.as_slice() else {
        panic!("one call after {life_ms} ms and not {answer}");
    };
    assert_eq!(call["state"], "recovered", "after {life_ms} ms: {call}");
    let length_ms = call["length_ms"].as_u64().expect("a length");
    assert!(
        length_ms >= said.kept_ms,
        "{} ms were promised: {call}",
        said.kept_ms
    );
    let lost = said.position_ms.saturating_sub(length_ms);
    assert!(
        lost <= LOSS_MS,
        "{lost} ms lost at {} ms: {call}",
        said.position_ms
    );
    assert!(
        call["observations"].as_u64() >= Some(said.marks as u64),
        "{} marks: {call}",
        said.marks
    );
    if length_ms > 0 {
        check_sound(&home, length_ms, played);
    }
    // Its bytes are what is on record.
    home.run(["doctor", "--full"]).went_well();
    lost
}

/// The one recording is as long as it is said to be, and holds what was played up to
/// its end.
fn check_sound(home: &Home, length_ms: u64, played: &[i16]) {
    let files = kept_in(&home.workspace());
    let [file] = files.as_slice() else {
        panic!("one recording and not {files:?}");
    };
    let kept = Sound::read(file);
    let kept_ms = kept.len() as u64 * 1_000 / u64::from(kept.rate_hz);
    assert!(
        kept_ms.abs_diff(length_ms) <= 1,
        "{kept_ms} and not {length_ms} ms"
    );
    let lane = &kept.channels[0];
    // What a mended header lets in at the end is sound, and not what the disk held before.
    let tail = &lane[lane.len().saturating_sub(TAIL)..];
    place_of(tail, played).unwrap_or_else(|why| panic!("the end is not what was played: {why}"));
}
