//! A call that is listened to on a real sound server: what was played is what is kept, sample by
//! sample; what is missing is said, and where.

use qinting_testkit::demo_model;
use qinting_testkit::files::below;
use qinting_testkit::sound::Sound;
use qinting_tests::live::{Line, Listening};
use qinting_tests::live_room::{LiveRoom, demo_call, real_call};
use qinting_tests::samples::place_of;
use qinting_tests::sound::{Sink, is_there};
use rstest::rstest;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Telephone quality.
const HZ: u32 = 8_000;
/// A moment on the call's clock is known this well, in milliseconds.
const SHARP_MS: i64 = 50;
/// So much a sound server gathers before it hands it over, in milliseconds.
const HANDED_MS: i64 = 100;
/// By then a call knows where its zero lies: at the first moment of which every line has sound. A
/// monitor that wakes late brings it after the word that the call began, and the clock waits for it.
const ZERO_KNOWN_MS: i64 = 1_000;
/// Lost sound is noticed within this.
const NOTICED: Duration = Duration::from_secs(2);

fn two_sinks() -> [Sink; 2] {
    ["agent-line", "customer-line"].map(|name| Sink::new(name, HZ, 1))
}

/// Where the call's clock stood at a moment, by the statuses around it. Statuses come late or in
/// time, never early once zero is known: the earliest one tells the truth.
fn clock_at(lines: &[Line], moment: Instant) -> i64 {
    let first = lines[0].at;
    let ms =
        |at: Instant| i64::try_from(at.duration_since(first).as_millis()).expect("a short test");
    let position = |line: &Line| i64::try_from(line.number("position_ms")).expect("a short test");
    let lead = lines
        .iter()
        .filter(|line| line.is("status") && position(line) > ZERO_KNOWN_MS)
        .map(|line| position(line) - ms(line.at))
        .max()
        .expect("a status");
    ms(moment) + lead
}

/// Gaps of the call as its last status told them.
fn gaps_of(lines: &[Line]) -> Vec<Value> {
    let last = lines.iter().rfind(|line| line.is("status"));
    let gaps = last.expect("a status").said["gaps"].as_array();
    gaps.expect("a list").clone()
}

/// Where the whole of `played` lies in `kept`.
#[track_caller]
fn whole(played: &[i16], kept: &[i16], lines: &[Line]) -> usize {
    let gaps = gaps_of(lines);
    place_of(played, kept)
        .unwrap_or_else(|why| panic!("not what was played: {why}; the gaps it tells of: {gaps:?}"))
}

#[rstest]
#[case::real_call(|| real_call(40.0))]
#[case::demo_call(|| Some(demo_call(15.0)))]
fn two_sources_are_kept_sample_by_sample_and_marks_stand_where_they_were_set(
    #[case] call: fn() -> Option<Sound>,
) {
    if !is_there() {
        return;
    }
    let Some(call) = call() else { return };
    let sinks = two_sinks();
    let room = LiveRoom::with(&sinks);
    let lanes = [
        room.lane(&sinks[0], "=agent"),
        room.lane(&sinks[1], "=customer"),
    ];
    let mut listening = room.begin("record", &lanes);
    listening.until_ms(500);
    let sides = [call.side(0), call.side(1)];
    let mut pressed = Vec::new();
    std::thread::scope(|scope| {
        let played = scope.spawn(|| room.play(&[(&sinks[0], &sides[0]), (&sinks[1], &sides[1])]));
        for n in 0..5 {
            let now = listening.status().number("position_ms");
            listening.until_ms(now + 700 + n * 130);
            pressed.push(Instant::now());
            listening.type_line(&format!("m 第{n}处"));
            listening.until("the mark", |line| line.is("marked").then_some(()));
        }
        played.join().expect("it is played to its end");
    });
    let now = listening.status().number("position_ms");
    listening.until_ms(now + 1_500);
    let (ended, lines) = listening.stop();
    assert_eq!(ended.said["has_audio"], true, "{}", ended.said);

    let kept = room.kept();
    assert_eq!((kept.rate_hz, kept.channels.len()), (HZ, 2));
    for (channel, side) in call.channels.iter().enumerate() {
        whole(side, &kept.channels[channel], &lines);
    }
    assert_eq!(gaps_of(&lines), Vec::<Value>::new());

    let marks: Vec<i64> = lines
        .iter()
        .filter(|line| line.is("marked"))
        .map(|line| i64::try_from(line.number("at_ms")).expect("a short test"))
        .collect();
    let expected: Vec<i64> = pressed.iter().map(|at| clock_at(&lines, *at)).collect();
    for (mark, expected) in marks.iter().zip(&expected) {
        assert!(
            (mark - expected).abs() <= SHARP_MS,
            "{marks:?} and not {expected:?}"
        );
    }
    let saved: Vec<i64> = room
        .observations()
        .iter()
        .map(|o| o["raw_mark_ms"].as_i64().expect("a moment"))
        .collect();
    assert_eq!((saved.len(), marks.len()), (5, 5));
    assert!(
        marks.iter().all(|mark| saved.contains(mark)),
        "{saved:?} are not {marks:?}"
    );
}

#[test]
fn a_line_that_is_unplugged_leaves_a_gap_and_comes_back_by_itself() {
    if !is_there() {
        return;
    }
    let sinks = two_sinks();
    let [agent, customer] = &sinks;
    let room = LiveRoom::with(&sinks);
    let call = demo_call(24.0);
    let lanes = [room.lane(agent, "=agent"), room.lane(customer, "=customer")];
    let mut listening = room.begin("record", &lanes);
    listening.until_ms(500);
    let (before, after) = (call.side(1).cut(0.0, 20.0), call.side(1).cut(0.0, 6.0));
    let mut unplugged = Instant::now();
    std::thread::scope(|scope| {
        let all = scope.spawn(|| room.play(&[(agent, &call.side(0))]));
        let wav = room.home.dir().join("before.wav");
        // No cushion in front: what is heard up to the end is what tells where the line went dead.
        before.write(&wav);
        let cut_short = room.speaker.play(customer, &wav);
        let now = listening.status().number("position_ms");
        listening.until_ms(now + 4_000);

        // A server moves what plays on a line that goes to another one: nobody may be playing there.
        drop(cut_short);
        unplugged = Instant::now();
        room.speaker.unplug(customer);
        listening.until("the loss is told", |line| {
            (line.is("status") && line.said["lanes"][1]["state"] == "lost").then_some(())
        });
        assert!(
            unplugged.elapsed() <= NOTICED,
            "noticed after {:?}",
            unplugged.elapsed()
        );
        let now = listening.status().number("position_ms");
        listening.until_ms(now + 2_000);

        room.speaker.plug(customer);
        listening.until("the line comes back", |line| {
            (line.is("status") && line.said["lanes"][1]["state"] != "lost").then_some(())
        });
        room.play(&[(customer, &after)]);
        all.join().expect("the agent is played to the end");
    });
    let now = listening.status().number("position_ms");
    listening.until_ms(now + 1_500);
    let (_, lines) = listening.stop();

    let kept = room.kept();
    whole(&call.channels[0], &kept.channels[0], &lines);
    let again = whole(&after.channels[0], &kept.channels[1], &lines);

    let gaps = gaps_of(&lines);
    let [gap] = gaps.as_slice() else {
        panic!("one gap and not {gaps:?}");
    };
    assert_eq!(
        (&gap["kind"], &gap["channel"]),
        (&json!("device_lost"), &json!(1))
    );
    let [start, end] = ["start_ms", "end_ms"].map(|at| gap[at].as_i64().expect("a moment"));
    let expected = clock_at(&lines, unplugged);
    // What the server had gathered and not yet handed over goes with the line.
    let lost = expected - HANDED_MS - SHARP_MS..=expected + SHARP_MS;
    assert!(
        lost.contains(&start),
        "lost at {start} and not at {expected} ms"
    );
    let sample = |ms: i64| usize::try_from(ms).expect("a moment") * HZ as usize / 1_000;
    assert!(again >= sample(end), "what came after the gap lies in it");
    let lane = &kept.channels[1];
    assert!(
        lane[sample(start) + 1..sample(end)].iter().all(|s| *s == 0),
        "the gap is silent"
    );
    let heard = lane[..sample(start)].iter().rposition(|s| *s != 0);
    let silent =
        start - i64::try_from(heard.expect("something") * 1_000 / HZ as usize).expect("ms");
    assert!(
        silent <= 1_000,
        "{silent} ms before the gap are missing already"
    );
}

#[test]
fn the_two_sides_of_one_stereo_source_are_two_lanes_of_one_moment() {
    if !is_there() {
        return;
    }
    let sink = Sink::new("splitter", HZ, 2);
    let room = LiveRoom::with(std::slice::from_ref(&sink));
    let call = demo_call(8.0);
    let lanes = [
        room.lane(&sink, ":left=agent"),
        room.lane(&sink, ":right=customer"),
    ];
    let mut listening = room.begin("record", &lanes);
    listening.until_ms(500);
    room.play(&[(&sink, &call)]);
    let now = listening.status().number("position_ms");
    listening.until_ms(now + 1_500);
    let (_, lines) = listening.stop();
    let kept = room.kept();
    let places = [0, 1].map(|side| whole(&call.channels[side], &kept.channels[side], &lines));
    assert_eq!(places[0], places[1], "one sound card, one clock");
}

#[test]
fn one_mono_source_is_one_lane() {
    if !is_there() {
        return;
    }
    let [sink, _] = two_sinks();
    let room = LiveRoom::with(std::slice::from_ref(&sink));
    let call = demo_call(8.0).side(1);
    let mut listening = room.begin("record", &[room.lane(&sink, "=unknown")]);
    listening.until_ms(500);
    room.play(&[(&sink, &call)]);
    let now = listening.status().number("position_ms");
    listening.until_ms(now + 1_500);
    let (_, lines) = listening.stop();
    let kept = room.kept();
    assert_eq!(kept.channels.len(), 1);
    whole(&call.channels[0], &kept.channels[0], &lines);
}

#[test]
fn where_only_the_text_is_kept_no_sound_ever_touches_the_disk() {
    if !is_there() {
        return;
    }
    let sinks = two_sinks();
    let room = LiveRoom::with(&sinks);
    let model = demo_model();
    let add = [
        std::ffi::OsStr::new("--json"),
        "model".as_ref(),
        "add".as_ref(),
    ];
    let added = room.home.run(add.into_iter().chain([model.as_os_str()]));
    let id = added.went_well().json()["models"]
        .as_array()
        .and_then(|all| all.iter().find(|m| m["is_demo"] == true))
        .and_then(|m| m["id"].as_str().map(str::to_owned))
        .expect("the demo model");
    room.home
        .run(["model", "default", &id, "--insist"])
        .went_well();
    let lanes = [
        room.lane(&sinks[0], "=agent"),
        room.lane(&sinks[1], "=customer"),
    ];
    let mut listening = room.begin("text", &lanes);
    let call = demo_call(20.0);
    let sounds = || -> Vec<_> {
        let files = below(&room.home.workspace()).into_iter();
        files
            .filter(|file| std::fs::read(file).is_ok_and(|bytes| bytes.starts_with(b"RIFF")))
            .collect()
    };
    std::thread::scope(|scope| {
        let sides = [call.side(0), call.side(1)];
        let room = &room;
        let sinks = &sinks;
        scope.spawn(move || room.play(&[(&sinks[0], &sides[0]), (&sinks[1], &sides[1])]));
        listening.until("text appears", |line| line.is("final").then_some(()));
    });
    assert_eq!(
        sounds(),
        Vec::<std::path::PathBuf>::new(),
        "while it goes on"
    );
    let (ended, lines) = listening.stop();
    assert_eq!(sounds(), Vec::<std::path::PathBuf>::new(), "afterwards");
    assert_eq!(ended.said["has_audio"], false);
    assert!(
        lines
            .iter()
            .all(|line| !line.is("status") || line.said["kept_ms"].is_null())
    );
    let case = ended.said["case_id"].as_str().expect("a case");
    let text = room
        .home
        .run(["segments", case, "--json"])
        .went_well()
        .json();
    assert!(
        text["segments"].as_array().is_some_and(|s| !s.is_empty()),
        "{text}"
    );
}

#[test]
fn a_source_that_is_not_there_is_named() {
    if !is_there() {
        return;
    }
    let room = LiveRoom::with(&two_sinks());
    let args = ["--mode", "clock", "--lane", "nowhere=agent"];
    let ended = Listening::start(&room.home, Some(&room.speaker), args).ended();
    assert_eq!(ended.code, 3, "{ended:?}");
    assert!(ended.out.contains("live.source_missing"), "{ended:?}");
    assert!(ended.out.contains("nowhere"), "{ended:?}");
}

#[test]
fn where_only_the_clock_runs_no_device_is_opened() {
    if !is_there() {
        return;
    }
    let sinks = two_sinks();
    let room = LiveRoom::with(&sinks);
    let mut listening = room.begin("clock", &[]);
    for _ in 0..5 {
        listening.status();
        assert_eq!(room.speaker.listeners(), 0);
    }
    listening.type_line("m");
    listening.until("the mark", |line| line.is("marked").then_some(()));
    let (ended, _) = listening.stop();
    assert_eq!(ended.said["has_audio"], false);
    assert_eq!(room.observations().len(), 1);
    assert!(below(&room.home.workspace().join("live")).is_empty());
}
