//! The engine on real models and on speech made on the spot.

use qinting_desk::error::codes;
use qinting_desk::{Cancel, LentFile, TranscribeEvent, TranscribeRequest};
use qinting_domain::HeardSegment;
use qinting_speech::Engine;
use qinting_testkit::data::{can_speak, shared};
use qinting_testkit::demo_model;
use qinting_testkit::sound::Sound;
use qinting_testkit::speak::*;
use qinting_testkit::text::{distance, letters};
use rstest::rstest;
use std::path::Path;
use std::time::{Duration, Instant};

fn request(audio: &Path, model: &Path, language: &str) -> TranscribeRequest {
    TranscribeRequest {
        audio: LentFile::at(audio),
        model: model.to_owned(),
        language: language.to_owned(),
        simplified: true,
        numbers: qinting_domain::NumberStyle::AsHeard,
        // One thread: a second one waits in spin barriers whenever tests run beside each other.
        threads: 1,
    }
}

fn transcribe(engine: &mut Engine, request: &TranscribeRequest) -> Vec<HeardSegment> {
    let mut heard = Vec::new();
    let mut told = Vec::new();
    let mut note = |event| match event {
        TranscribeEvent::Progress { permille } => told.push(permille),
        TranscribeEvent::Segments { segments } => heard.extend(segments),
    };
    engine
        .transcribe(request, &mut note, &Cancel::default())
        .expect("decodes");
    assert_eq!(told.first(), Some(&0));
    assert_eq!(told.last(), Some(&1_000));
    assert!(told.is_sorted(), "progress never goes back: {told:?}");
    heard
}

/// How well a transcript matches what was said.
#[derive(Debug)]
struct Score {
    /// Wrong letters per letter said.
    error_rate: f64,
    /// Distances of the starts of exactly heard lines, in ms, sorted.
    starts_ms: Vec<u64>,
    lines: usize,
}

impl Score {
    fn start_at(&self, share: f64) -> u64 {
        self.starts_ms[((self.starts_ms.len() - 1) as f64 * share).round() as usize]
    }
}

fn score(call: &Call, heard: &[HeardSegment]) -> Score {
    let (mut wrong, mut all) = (0, 0);
    let mut starts_ms = Vec::new();
    for channel in 0..call.channels.len() {
        let said: Vec<&Said> = call.said.iter().filter(|s| s.channel == channel).collect();
        let mine: Vec<&HeardSegment> = heard
            .iter()
            .filter(|h| usize::from(h.channel) == channel)
            .collect();
        let a: Vec<char> = said.iter().flat_map(|s| letters(&s.text)).collect();
        let b: Vec<char> = mine.iter().flat_map(|h| letters(&h.text)).collect();
        wrong += distance(&a, &b);
        all += a.len();
        for line in said {
            let exact = mine
                .iter()
                .filter(|h| letters(&h.text) == letters(&line.text));
            starts_ms.extend(exact.map(|h| h.start_ms.abs_diff(line.start_ms)).min());
        }
    }
    starts_ms.sort_unstable();
    Score {
        error_rate: wrong as f64 / all as f64,
        starts_ms,
        lines: call.said.len(),
    }
}

#[rstest]
#[case::mandarin("fridge", 24, ["+f2", "+m3"], 8_000, "zh", 0.0)]
#[case::mandarin_unknown_voices_long_silences("fridge", 24, ["+f5", "+m7"], 8_000, "zh", 6.0)]
#[case::english("parcel", 12, ["+f2", "+m3"], 8_000, "en", 0.0)]
#[case::english_wide_band("parcel", 12, ["+f5", "+m7"], 44_100, "en", 6.0)]
fn a_call_is_written_down_with_its_words_sides_and_times(
    #[case] id: &str,
    #[case] lines: usize,
    #[case] voices: [&str; 2],
    #[case] rate_hz: u32,
    #[case] language: &str,
    #[case] long_gap_s: f32,
) {
    if !can_speak() {
        return;
    }
    let model = demo_model();
    let dir = tempfile::tempdir().unwrap();
    let audio = dir.path().join("call.wav");
    let call = call(&script(id)[..lines], voices, rate_hz, 7, long_gap_s);
    call.sound().write(&audio);

    let heard = transcribe(
        &mut Engine::load(&model).unwrap(),
        &request(&audio, &model, "auto"),
    );

    let score = score(&call, &heard);
    println!(
        "FIGURES {language} {rate_hz} gap {long_gap_s}: error rate {:.3}, exact {}/{}, start median {} ms, p95 {} ms, worst {} ms",
        score.error_rate,
        score.starts_ms.len(),
        score.lines,
        score.start_at(0.5),
        score.start_at(0.95),
        score.start_at(1.0)
    );
    assert!(score.error_rate <= 0.05, "{score:?}");
    assert!(score.start_at(0.5) <= 120, "{score:?}");
    assert!(score.start_at(0.95) <= 400, "{score:?}");
    assert!(heard.iter().all(|h| h.language == language), "{heard:?}");
}

/// A spoken call, and an engine that hears it with its sound changed in one way or another.
struct Changed {
    call: Call,
    engine: Engine,
    dir: tempfile::TempDir,
}

impl Changed {
    /// `None` where nothing can speak.
    fn call() -> Option<Self> {
        can_speak().then(|| Self {
            call: call(&script("fridge")[..8], ["+f2", "+m3"], 8_000, 7, 0.0),
            engine: Engine::load(&demo_model()).expect("loads"),
            dir: tempfile::tempdir().expect("a folder"),
        })
    }

    /// Channel and text of the lines of these channels.
    fn lines(&mut self, channels: &[Vec<f32>]) -> Vec<(u16, String)> {
        let audio = self.dir.path().join("changed.wav");
        Sound::of(8_000, channels).write(&audio);
        let heard = transcribe(&mut self.engine, &request(&audio, &demo_model(), "zh"));
        assert!(heard.len() >= 8, "{heard:?}");
        heard.into_iter().map(|h| (h.channel, h.text)).collect()
    }
}

/// Seen with real sound cards: half a per cent of full scale halved the right sentences.
#[test]
fn an_offset_of_the_sound_card_changes_no_text() {
    let Some(mut changed) = Changed::call() else {
        return;
    };
    let mut lines_with = |offset: f32| {
        let moved = |c: &Vec<f32>| c.iter().map(|s| s * 0.75 + offset).collect();
        let channels: Vec<Vec<f32>> = changed.call.channels.iter().map(moved).collect();
        changed.lines(&channels)
    };
    let control = lines_with(0.0);
    for offset in [0.001, 0.005, -0.05, 0.2] {
        assert_eq!(lines_with(offset), control, "offset {offset}");
    }
}

/// Seen on a real call: the other side, 26 dB down, became sentences that nobody on this side said.
#[test]
fn what_leaks_over_from_the_other_side_is_not_written_down_twice() {
    let Some(mut changed) = Changed::call() else {
        return;
    };
    let mut lines_with = |leak: f32| {
        let over = |(own, other): (usize, usize)| -> Vec<f32> {
            let channels = &changed.call.channels;
            let both = channels[own].iter().zip(&channels[other]);
            both.map(|(a, b)| a + leak * b).collect()
        };
        changed.lines(&[(0, 1), (1, 0)].map(over))
    };
    let control = lines_with(0.0);
    assert_eq!(lines_with(0.05), control);
}

#[rstest]
fn nothing_is_written_where_nobody_speaks(
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
    let model = demo_model();
    let dir = tempfile::tempdir().unwrap();
    let audio = dir.path().join("quiet.wav");
    Sound::of(8_000, &[no_speech(name), no_speech("line noise")]).write(&audio);
    let heard = transcribe(
        &mut Engine::load(&model).unwrap(),
        &request(&audio, &model, "auto"),
    );
    assert_eq!(heard, []);
}

#[test]
fn speech_without_a_pause_is_cut_at_quiet_points_and_nothing_is_heard_twice() {
    if !can_speak() {
        return;
    }
    let model = demo_model();
    let dir = tempfile::tempdir().unwrap();
    let audio = dir.path().join("monologue.wav");
    // Lines butted with 0.25 s: too short a pause to end an utterance, 45 s in all.
    let mut track = vec![0.0; 4_000];
    let mut said = String::new();
    for l in script("fridge") {
        track.extend(to_rate(
            &say(&l.spoken, "cmn-latn-pinyin+f2", 165, 50),
            8_000,
        ));
        track.extend([0.0; 2_000]);
        said.push_str(&l.text);
    }
    assert!(track.len() > 40 * 8_000, "long enough to need a cut");
    Sound::of(8_000, &[track]).write(&audio);
    let heard = transcribe(
        &mut Engine::load(&model).unwrap(),
        &request(&audio, &model, "zh"),
    );
    let text: String = heard.iter().map(|h| h.text.as_str()).collect();
    let wrong = distance(&letters(&said), &letters(&text));
    println!(
        "FIGURES monologue: {wrong} of {} letters wrong",
        letters(&said).len()
    );
    assert!(wrong * 10 <= letters(&said).len(), "{wrong} letters wrong");
    assert!(heard.windows(2).all(|w| w[0].start_ms < w[1].start_ms));
}

#[test]
fn both_sides_appear_from_the_beginning_of_the_call() {
    if !can_speak() {
        return;
    }
    let model = demo_model();
    let dir = tempfile::tempdir().unwrap();
    let audio = dir.path().join("call.wav");
    let call = call(&script("fridge"), ["+f2", "+m3"], 8_000, 3, 4.0);
    call.sound().write(&audio);
    let mut batches: Vec<Vec<HeardSegment>> = Vec::new();
    let mut keep = |event| {
        if let TranscribeEvent::Segments { segments } = event {
            batches.push(segments);
        }
    };
    let mut engine = Engine::load(&model).unwrap();
    engine
        .transcribe(
            &request(&audio, &model, "zh"),
            &mut keep,
            &Cancel::default(),
        )
        .unwrap();
    assert!(batches.len() >= 4, "{} batches", batches.len());
    let sides: Vec<u16> = batches[..2].iter().map(|b| b[0].channel).collect();
    assert_ne!(sides[0], sides[1], "the second batch is the other side");
    for channel in 0..2 {
        let mine: Vec<u64> = batches
            .iter()
            .flatten()
            .filter(|h| h.channel == channel)
            .map(|h| h.start_ms)
            .collect();
        assert!(mine.is_sorted(), "in time order per channel");
    }
}

#[test]
fn stopping_takes_effect_at_once_and_the_engine_goes_on_living() {
    if !can_speak() {
        return;
    }
    let model = demo_model();
    let dir = tempfile::tempdir().unwrap();
    let audio = dir.path().join("call.wav");
    let call = call(&script("parcel")[..6], ["+f2", "+m3"], 8_000, 5, 0.0);
    call.sound().write(&audio);
    let mut engine = Engine::load(&model).unwrap();
    let request = request(&audio, &model, "en");

    let cancel = Cancel::default();
    let stopper = cancel.clone();
    let mut stopped_at = None;
    let mut stop = |event| {
        if matches!(event, TranscribeEvent::Progress { permille } if permille > 0)
            && stopped_at.is_none()
        {
            stopper.cancel();
            stopped_at = Some(Instant::now());
        }
    };
    let error = engine.transcribe(&request, &mut stop, &cancel).unwrap_err();
    assert_eq!(error.code(), codes::CANCELLED);
    assert!(stopped_at.unwrap().elapsed() < Duration::from_millis(300));

    // In the middle of Whisper's work as well.
    let cancel = Cancel::default();
    let stopper = cancel.clone();
    let timer = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(60));
        stopper.cancel();
        Instant::now()
    });
    let ended = engine.transcribe(&request, &mut |_| {}, &cancel);
    let late = timer.join().unwrap().elapsed();
    println!("FIGURES cancel took {late:?}");
    assert_eq!(ended.unwrap_err().code(), codes::CANCELLED);

    assert!(!transcribe(&mut engine, &request).is_empty());
}

#[test]
fn a_model_without_weights_ends_in_order_and_without_text() {
    let (Some(model), true) = (shared("models/for-tests-ggml-tiny.bin"), can_speak()) else {
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let audio = dir.path().join("call.wav");
    let call = call(&script("parcel")[..2], ["+f2", "+m3"], 8_000, 5, 0.0);
    call.sound().write(&audio);
    let heard = transcribe(
        &mut Engine::load(&model).unwrap(),
        &request(&audio, &model, "en"),
    );
    assert_eq!(heard, []);
}

#[test]
fn real_speech_does_not_upset_the_demo_model() {
    let Some(audio) = shared("jfk.wav") else {
        return;
    };
    let model = demo_model();
    let heard = transcribe(
        &mut Engine::load(&model).unwrap(),
        &request(&audio, &model, "auto"),
    );
    for h in &heard {
        assert!(h.start_ms < h.end_ms && h.end_ms <= 11_000, "{h:?}");
        assert!((0.0..=1.0).contains(&h.confidence));
    }
}

#[rstest]
#[case::voice_activity_model("models/for-tests-silero-v6.2.0-ggml.bin")]
#[case::audio("jfk.wav")]
fn a_file_that_is_no_whisper_model_is_refused_by_code(#[case] name: &str) {
    let Some(path) = shared(name) else { return };
    assert_eq!(
        Engine::load(&path).err().unwrap().code(),
        codes::SPEECH_MODEL_UNREADABLE
    );
}

#[test]
fn a_model_cut_short_is_refused_by_code() {
    let model = demo_model();
    let dir = tempfile::tempdir().unwrap();
    let half = dir.path().join("half.bin");
    let bytes = std::fs::read(model).unwrap();
    std::fs::write(&half, &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(
        Engine::load(&half).err().unwrap().code(),
        codes::SPEECH_MODEL_UNREADABLE
    );
    assert_eq!(
        Engine::load(&dir.path().join("none.bin"))
            .err()
            .unwrap()
            .code(),
        codes::SPEECH_MODEL_UNREADABLE
    );
}
