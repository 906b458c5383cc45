//! A live call heard by a worker process: its text, its death, its end.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up stops right there"
)]

use qinting_desk::*;
use qinting_domain::HeardSegment;
use qinting_testkit::data::can_speak;
use qinting_testkit::process::{Signal, own_children};
use qinting_testkit::sound::whole;
use qinting_testkit::speak::{call, lane, script};
use qinting_testkit::text::{distance, letters};
use qinting_testkit::{demo_model, harness, tests};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const TESTS: &[harness::Test] = tests![
    text_of_a_live_call_is_that_of_its_recording,
    a_worker_that_dies_is_started_again_and_loses_no_draft,
    a_worker_that_hangs_does_not_hold_up_whoever_brings_sound,
    a_model_that_is_none_is_told_once,
    the_worker_is_gone_when_nobody_listens,
];

fn main() -> ExitCode {
    if let Some(code) = qinting_worker::run_if_worker(|| {}) {
        return code;
    }
    harness::run(TESTS)
}

const CHUNK: usize = 1_600;
const LONG: Duration = Duration::from_secs(60);

fn request(lanes: u16) -> LiveEarsRequest {
    LiveEarsRequest {
        lanes,
        draft_model: demo_model(),
        final_model: demo_model(),
        language: "zh".into(),
        simplified: true,
        numbers: qinting_domain::NumberStyle::AsHeard,
        threads: 0,
        keep_all: true,
    }
}

fn open(request: LiveEarsRequest) -> (Box<dyn LiveEar>, Receiver<LiveHeard>) {
    let (send, told) = channel();
    let tell = Box::new(move |heard| {
        // A test that has seen enough hangs up.
        let _ = send.send(heard);
    });
    (
        qinting_worker::live_ears().open(request, tell).unwrap(),
        told,
    )
}

fn wait_for(told: &Receiver<LiveHeard>, what: fn(&LiveHeard) -> bool) -> LiveHeard {
    let begun = Instant::now();
    loop {
        let heard = told
            .recv_timeout(LONG.saturating_sub(begun.elapsed()))
            .unwrap();
        if what(&heard) {
            return heard;
        }
    }
}

fn bring(ear: &dyn LiveEar, lanes: &[Vec<i16>], from: usize) {
    for at in (0..lanes[0].len()).step_by(CHUNK) {
        for (i, lane) in lanes.iter().enumerate() {
            let chunk = &lane[at..(at + CHUNK).min(lane.len())];
            ear.hear(i as u16, (from + at) as u64, chunk);
        }
    }
}

/// Brings sound as fast as it sounds: what comes all at once is behind, and gets no drafts.
fn play(ear: &dyn LiveEar, sound: &[i16]) {
    for (i, chunk) in sound.chunks(CHUNK).enumerate() {
        std::thread::sleep(Duration::from_millis(100));
        ear.hear(0, (i * CHUNK) as u64, chunk);
    }
}

fn signal(signal: Signal) {
    for pid in own_children() {
        assert!(qinting_testkit::process::signal(pid, signal));
    }
}

fn finals(told: impl IntoIterator<Item = LiveHeard>) -> BTreeMap<(u16, u64), Vec<HeardSegment>> {
    let mut finals = BTreeMap::new();
    for heard in told {
        if let LiveHeard::Final {
            lane,
            utterance,
            segments,
        } = heard
        {
            let before = finals.insert((lane, utterance), segments);
            assert!(before.is_none(), "an utterance has one final");
        }
    }
    finals
}

fn text_of_a_live_call_is_that_of_its_recording() {
    if !can_speak() {
        return;
    }
    let call = call(&script("fridge")[..8], ["+f2", "+m3"], 16_000, 7, 0.0);
    let sound = call.sound();
    let (ear, told) = open(request(2));
    wait_for(&told, |h| matches!(h, LiveHeard::Ready));
    bring(&*ear, &sound.channels, 0);
    ear.finish(LONG);
    let finals = finals(told.try_iter());

    let dir = tempfile::tempdir().unwrap();
    let audio = dir.path().join("call.wav");
    sound.write(&audio);
    let batch = recorded(&audio);
    for channel in 0..2u16 {
        let said = call
            .said
            .iter()
            .filter(|s| s.channel == usize::from(channel));
        let said: Vec<char> = said.flat_map(|s| letters(&s.text)).collect();
        let mut live: Vec<&HeardSegment> = finals
            .values()
            .flatten()
            .filter(|s| s.channel == channel)
            .collect();
        live.sort_by_key(|s| s.start_ms);
        let live: Vec<char> = live.iter().flat_map(|s| letters(&s.text)).collect();
        let batch: Vec<char> = batch
            .iter()
            .filter(|s| s.channel == channel)
            .flat_map(|s| letters(&s.text))
            .collect();
        assert!(
            distance(&live, &said) <= distance(&batch, &said) + 1,
            "lane {channel}: {live:?}"
        );
    }
}

/// The same call as a recording.
fn recorded(audio: &Path) -> Vec<HeardSegment> {
    let mut heard = Vec::new();
    let request = TranscribeRequest {
        audio: LentFile::at(audio),
        model: demo_model(),
        language: "zh".into(),
        simplified: true,
        numbers: qinting_domain::NumberStyle::AsHeard,
        threads: 1,
    };
    let mut keep = |event| {
        if let TranscribeEvent::Segments { segments } = event {
            heard.extend(segments);
        }
    };
    let mut engine = qinting_speech::Engine::load(&demo_model()).unwrap();
    engine
        .transcribe(&request, &mut keep, &Cancel::default())
        .unwrap();
    heard
}

fn a_worker_that_dies_is_started_again_and_loses_no_draft() {
    if !can_speak() {
        return;
    }
    let call = call(&script("fridge")[..1], ["+f2", "+m3"], 16_000, 7, 0.0);
    let said = whole(&call.channels[0]);
    let (ear, told) = open(request(1));
    wait_for(&told, |h| matches!(h, LiveHeard::Ready));
    // Up to the last word and no further, so that there is a draft and no final.
    let end = call.said[0].end_ms as usize * 16;
    play(&*ear, &said[..end]);
    let draft = wait_for(&told, |h| matches!(h, LiveHeard::Draft { .. }));
    let LiveHeard::Draft { utterance, .. } = draft else {
        unreachable!()
    };
    assert_eq!(utterance, 0);
    signal(Signal::KILL);
    let kept = wait_for(&told, |h| matches!(h, LiveHeard::Final { .. }));
    let LiveHeard::Final {
        utterance: 0,
        segments,
        ..
    } = kept
    else {
        panic!("{kept:?}")
    };
    assert!(!segments[0].text.is_empty());
    let failed = wait_for(&told, |h| matches!(h, LiveHeard::Failed { .. }));
    let LiveHeard::Failed { note } = failed else {
        unreachable!()
    };
    assert_eq!(note.code, codes::SPEECH_WORKER_DIED);
    wait_for(&told, |h| matches!(h, LiveHeard::Ready));
    bring(&*ear, std::slice::from_ref(&said), 160_000);
    ear.finish(LONG);
    let finals = finals(told.try_iter());
    let ((_, utterance), segments) = finals.first_key_value().unwrap();
    assert_eq!(*utterance, 1, "numbers go on");
    assert!(
        segments[0].start_ms >= 10_000,
        "on the call clock: {segments:?}"
    );
    assert_eq!(letters(&segments[0].text), letters(&call.said[0].text));
}

fn a_worker_that_hangs_does_not_hold_up_whoever_brings_sound() {
    let (ear, told) = open(request(1));
    wait_for(&told, |h| matches!(h, LiveHeard::Ready));
    signal(Signal::STOP);
    let quiet = lane(60.0, &[]);
    let begun = Instant::now();
    bring(&*ear, &[quiet], 0);
    assert!(
        begun.elapsed() < Duration::from_secs(1),
        "{:?}",
        begun.elapsed()
    );
    let failed = wait_for(&told, |h| matches!(h, LiveHeard::Failed { .. }));
    let LiveHeard::Failed { note } = failed else {
        unreachable!()
    };
    assert_eq!(note.args.get("reason").map(String::as_str), Some("stalled"));
    wait_for(&told, |h| matches!(h, LiveHeard::Ready));
    ear.finish(LONG);
}

fn a_model_that_is_none_is_told_once() {
    let mut wrong = request(1);
    wrong.final_model = "nowhere.bin".into();
    let (ear, told) = open(wrong);
    let first = told.recv_timeout(LONG).unwrap();
    let LiveHeard::Failed { note } = first else {
        panic!("{first:?}")
    };
    assert_eq!(note.code, codes::SPEECH_MODEL_UNREADABLE);
    assert!(told.recv_timeout(LONG).is_err(), "nothing is tried again");
    bring(&*ear, &[lane(1.0, &[])], 0);
    ear.finish(LONG);
}

fn the_worker_is_gone_when_nobody_listens() {
    let (ear, told) = open(request(1));
    wait_for(&told, |h| matches!(h, LiveHeard::Ready));
    assert_eq!(own_children().len(), 1);
    drop(ear);
    // The listener goes with the ears' thread, the thread after the worker.
    while told.recv_timeout(LONG).is_ok() {}
    assert!(own_children().is_empty());
    let (ear, _told) = open(request(1));
    let begun = Instant::now();
    ear.finish(Duration::ZERO);
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(own_children().is_empty());
}
