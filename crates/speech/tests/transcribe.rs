//! The engine on real models and on speech made on the spot.

mod support;

use qinting_app::error::codes;
use qinting_app::ports::{Cancel, TranscribeEvent, TranscribeRequest};
use qinting_domain::HeardSegment;
use qinting_speech::Engine;
use rstest::rstest;
use std::path::Path;
use std::time::{Duration, Instant};
use support::*;

fn request(audio: &Path, model: &Path, language: &str) -> TranscribeRequest {
    TranscribeRequest {
        audio: audio.to_owned(),
        model: model.to_owned(),
        language: language.to_owned(),
        simplified: true,
        threads: 2,
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
#[case::mandarin_8k(FRIDGE, ["+f2", "+m3"], 8_000, "zh")]
#[case::mandarin_16k_unknown_voices(FRIDGE, ["+f5", "+m7"], 16_000, "zh")]
#[case::english_8k(PARCEL, ["+f2", "+m3"], 8_000, "en")]
#[case::english_44k(PARCEL, ["+f5", "+m7"], 44_100, "en")]
fn a_call_is_written_down_with_its_words_sides_and_times(
    #[case] lines: &[Line],
    #[case] voices: [&str; 2],
    #[case] rate_hz: u32,
    #[case] language: &str,
    #[values(0.0, 6.0)] long_gap_s: f32,
) {
    let Some(model) = demo_model().filter(|_| can_speak()) else {
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let audio = dir.path().join("call.wav");
    let call = call(lines, voices, rate_hz, 7, long_gap_s);
    write_wav(&audio, &call.channels, rate_hz);

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
