//! A real Whisper model on real speech. Neither is part of the project: without them these tests say so
//! and pass. The bounds leave room for another machine's arithmetic; the figures are `bench hearing`'s.

use qinting_desk::{Cancel, LentFile, TranscribeEvent, TranscribeRequest};
use qinting_domain::{HeardSegment, NumberStyle};
use qinting_speech::Engine;
use qinting_testkit::data::{shared, two_sided_call};
use qinting_testkit::sound::Sound;
use qinting_testkit::text::{distance, letters};
use std::path::Path;

const MODEL: &str = "models/ggml-base-q5_1.bin";

fn lines(engine: &mut Engine, audio: &Path, model: &Path, language: &str) -> Vec<HeardSegment> {
    let request = TranscribeRequest {
        audio: LentFile::at(audio),
        model: model.to_owned(),
        language: language.to_owned(),
        simplified: true,
        numbers: NumberStyle::AsHeard,
        threads: 1,
    };
    let mut heard = Vec::new();
    let mut take = |event| {
        if let TranscribeEvent::Segments { segments } = event {
            heard.extend(segments);
        }
    };
    let cancel = Cancel::default();
    engine
        .transcribe(&request, &mut take, &cancel)
        .expect("decodes");
    heard
}

/// Letters in which 三 and 3 are the same.
fn numbers_alike(text: &str) -> Vec<char> {
    const DIGITS: &str = "零一二三四五六七八九";
    let digit = |c: char| {
        DIGITS
            .chars()
            .position(|d| d == c || c == '两' && d == '二')
    };
    letters(text)
        .into_iter()
        .map(|c| digit(c).map_or(c, |n| char::from(b'0' + n as u8)))
        .collect()
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// What a reader of Chinese stumbles over.
fn stumbles(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let blank = letters
        .windows(3)
        .any(|w| is_han(w[0]) && w[1] == ' ' && is_han(w[2]));
    let half = letters
        .windows(2)
        .any(|w| is_han(w[0]) && ",.?!;:".contains(w[1]));
    blank || half || text.contains(['這', '們', '說'])
}

#[test]
fn read_mandarin_is_written_as_it_was_said() {
    let clips = [
        "aishell1_BAC009S0150W0035.wav",
        "aishell1_BAC009S0252W0123.wav",
        "aishell1_BAC009S0252W0250.wav",
        "aishell1_BAC009S0252W0350.wav",
        "aishell3_SSB01970187.wav",
        "funasr_asr_example.wav",
        "kimi_asr_example.wav",
        "wenet_BAC009S0724W0121.wav",
    ];
    let (Some(model), Some(refs)) = (shared(MODEL), shared("zh/refs.json")) else {
        return;
    };
    let refs: serde_json::Value = serde_json::from_slice(&std::fs::read(refs).unwrap()).unwrap();
    let mut engine = Engine::load(&model).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let (mut wrong, mut all) = (0, 0);
    for clip in clips {
        let Some(audio) = shared(&format!("zh/{clip}")) else {
            return;
        };
        let entry = refs.as_array().unwrap().iter().find(|r| r["file"] == clip);
        let said = entry.unwrap()["text"].as_str().unwrap();
        // As an import leaves it: 16-bit PCM.
        let copy = dir.path().join(clip);
        Sound::read(&audio).write(&copy);
        let heard = lines(&mut engine, &copy, &model, "zh");
        let text: String = heard.iter().map(|h| h.text.as_str()).collect();
        assert!(!stumbles(&text), "{text}");
        assert!(
            heard
                .iter()
                .all(|h| h.text.ends_with(['。', '，', '？', '！', '…'])),
            "{heard:?}"
        );
        wrong += distance(&numbers_alike(said), &numbers_alike(&text));
        all += numbers_alike(said).len();
    }
    let rate = wrong as f64 / all as f64;
    println!("FIGURES read Mandarin: {wrong} of {all} characters wrong ({rate:.3})");
    assert!(rate <= 0.25, "{wrong} of {all}");
}

#[test]
fn lines_of_a_real_call_can_be_read_and_stand_where_they_were_said() {
    let (Some(model), Some(agent)) = (shared(MODEL), shared("calls/Auto_Repairs_40_UTC_agent.wav"))
    else {
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let audio = dir.path().join("call.wav");
    // The first 100 s of this side: speech at 0–7, 45–51, 57–58, 65–74, and from 90 s on.
    Sound::read(&agent).cut(0.0, 100.0).write(&audio);
    let heard = lines(&mut Engine::load(&model).unwrap(), &audio, &model, "en");
    let text: Vec<&str> = heard.iter().map(|h| h.text.as_str()).collect();
    let all = text.join(" ").to_lowercase();
    for said in [
        "thank you for calling",
        "your last name",
        "in our system",
        "love to get that",
    ] {
        assert!(all.contains(said), "{all}");
    }
    for pair in heard.windows(2) {
        assert!(pair[0].end_ms <= pair[1].start_ms, "{pair:?}");
        assert_ne!(pair[0].text, pair[1].text, "said twice");
    }
    for line in &heard {
        assert!(line.text.chars().count() <= 120, "{line:?}");
        assert!(line.end_ms - line.start_ms <= 12_000, "{line:?}");
        let silent = [(7_600, 44_300), (52_000, 56_400), (75_000, 89_900)];
        let over = |(from, to): &(u64, u64)| line.start_ms < *from && line.end_ms > *to;
        assert!(!silent.iter().any(over), "{line:?}");
    }
}

/// Two clips at known places of a telephone line, with a pause between them.
#[test]
fn lines_of_a_composed_call_begin_and_end_where_they_were_put() {
    const RATE_HZ: usize = 8_000;
    const STARTS_MS: [usize; 2] = [1_000, 9_000];
    let clips = [
        "aishell1_BAC009S0150W0035.wav",
        "aishell1_BAC009S0252W0123.wav",
    ];
    let Some(model) = shared(MODEL) else {
        return;
    };
    let mut line = vec![0.0; 20 * RATE_HZ];
    for (n, s) in line.iter_mut().enumerate() {
        // Hiss of a line, 60 dB down.
        *s = 1e-3 * ((n * 7_919 % 1_009) as f32 / 504.5 - 1.0);
    }
    let mut places = Vec::new();
    for (clip, start_ms) in clips.iter().zip(STARTS_MS) {
        let Some(audio) = shared(&format!("zh/{clip}")) else {
            return;
        };
        let clip = Sound::read(&audio);
        assert_eq!(clip.rate_hz, 16_000);
        let samples = clip.floats(0);
        let loud = samples.iter().fold(0.0f32, |a, s| a.max(s.abs())) / 8.0;
        let first = samples.iter().position(|s| s.abs() > loud).unwrap();
        let last = samples.iter().rposition(|s| s.abs() > loud).unwrap();
        let spoken: Vec<f32> = samples[first..last]
            .chunks_exact(2)
            .map(|p| (p[0] + p[1]) / 2.0)
            .collect();
        let at = start_ms * RATE_HZ / 1_000;
        for (n, s) in spoken.iter().enumerate() {
            line[at + n] += s;
        }
        places.push((
            start_ms as u64,
            (start_ms + spoken.len() * 1_000 / RATE_HZ) as u64,
        ));
    }
    let dir = tempfile::tempdir().unwrap();
    let audio = dir.path().join("composed.wav");
    Sound::of(RATE_HZ as u32, &[line]).write(&audio);
    let heard = lines(&mut Engine::load(&model).unwrap(), &audio, &model, "zh");
    for (start_ms, end_ms) in places {
        let inside = |h: &&HeardSegment| h.end_ms > start_ms && h.start_ms < end_ms;
        let mine: Vec<&HeardSegment> = heard.iter().filter(inside).collect();
        let (Some(first), Some(last)) = (mine.first(), mine.last()) else {
            panic!("nothing at {start_ms}: {heard:?}");
        };
        assert!(
            first.start_ms.abs_diff(start_ms) <= 250,
            "{start_ms}: {heard:?}"
        );
        assert!(last.end_ms.abs_diff(end_ms) <= 400, "{end_ms}: {heard:?}");
    }
}

/// The other side of a real call, heard through 30 dB down, was twelve lines nobody said.
#[test]
fn what_the_caller_hears_is_not_what_the_caller_says() {
    let (Some(model), Some(sides)) = (shared(MODEL), two_sided_call()) else {
        return;
    };
    // The agent speaks from 44.9 to 50.8 s.
    let [agent, caller] = sides.map(|side| Sound::read(&side).cut(37.0, 54.0));
    let both = Sound {
        rate_hz: agent.rate_hz,
        channels: [agent.channels, caller.channels].concat(),
    };
    let dir = tempfile::tempdir().unwrap();
    let audio = dir.path().join("both.wav");
    both.write(&audio);
    let heard = lines(&mut Engine::load(&model).unwrap(), &audio, &model, "en");
    assert!(heard.iter().any(|h| h.channel == 0), "{heard:?}");
    let over = |h: &&HeardSegment| h.channel == 1 && h.start_ms > 7_500 && h.end_ms < 14_000;
    assert_eq!(heard.iter().find(over), None);
}
