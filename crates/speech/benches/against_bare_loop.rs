//! Our wall time against a bare whisper-rs loop over the whole channels: same model, threads and
//! parameters, one after the other in one run, so that the ratio holds on a busy machine too.
//! `cargo bench -p qinting-speech`; prints one JSON object per line.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

#[path = "../tests/support/mod.rs"]
mod support;

use qinting_app::ports::{Cancel, TranscribeRequest};
use qinting_speech::Engine;
use std::path::Path;
use std::time::{Duration, Instant};
use support::*;
use whisper_rs::{FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters};

/// Threads for both sides: `QINTING_BENCH_THREADS`, else 2.
fn threads() -> u16 {
    setting("QINTING_BENCH_THREADS", 2)
}

fn setting(name: &str, otherwise: u16) -> u16 {
    std::env::var(name)
        .ok()
        .and_then(|v| v.parse().ok())
        .unwrap_or(otherwise)
}

/// What somebody would write in an afternoon: every channel whole, one call each.
fn bare(model: &Path, channels: &[Vec<f32>], language: &str) -> Duration {
    whisper_rs::install_logging_hooks();
    let mut params = WhisperContextParameters::new();
    params.flash_attn(true);
    let context = WhisperContext::new_with_params(model, params).unwrap();
    let begun = Instant::now();
    for samples in channels {
        let mut state = context.create_state().unwrap();
        let mut p = FullParams::new(SamplingStrategy::Greedy { best_of: 2 });
        p.set_n_threads(i32::from(threads()));
        p.set_language(Some(language));
        p.set_no_context(true);
        p.set_n_max_text_ctx(0);
        p.set_max_initial_ts(30.0);
        p.set_suppress_nst(true);
        p.set_temperature_inc(0.4);
        p.set_print_progress(false);
        p.set_print_realtime(false);
        p.set_print_timestamps(false);
        state.full(p, samples).unwrap();
    }
    begun.elapsed()
}

fn ours(engine: &mut Engine, request: &TranscribeRequest) -> Duration {
    let begun = Instant::now();
    engine
        .transcribe(request, &mut |_| {}, &Cancel::default())
        .unwrap();
    begun.elapsed()
}

fn measure(name: &str, channels: &[Vec<f32>], rate_hz: u32, language: &str) {
    let model = demo_model();
    let dir = tempfile::tempdir().unwrap();
    let audio = dir.path().join("call.wav");
    write_wav(&audio, channels, rate_hz);
    let at_16k: Vec<Vec<f32>> = channels.iter().map(|c| stretched(c, rate_hz)).collect();
    let request = TranscribeRequest {
        audio,
        model: model.clone(),
        language: language.to_owned(),
        simplified: true,
        numbers: qinting_domain::NumberStyle::AsHeard,
        threads: threads(),
    };
    let mut engine = Engine::load(&model).unwrap();
    // Alternating rounds, best of each: what disturbs one disturbs the other.
    let (mut best_bare, mut best_ours) = (Duration::MAX, Duration::MAX);
    for _ in 0..setting("QINTING_BENCH_ROUNDS", 3) {
        best_bare = best_bare.min(bare(&model, &at_16k, language));
        best_ours = best_ours.min(ours(&mut engine, &request));
    }
    println!(
        "{{\"measure\":\"transcribe\",\"audio\":\"{name}\",\"language\":\"{language}\",\"seconds\":{:.1},\"bare_ms\":{},\"ours_ms\":{},\"ratio\":{:.3}}}",
        channels[0].len() as f64 / f64::from(rate_hz),
        best_bare.as_millis(),
        best_ours.as_millis(),
        best_ours.as_secs_f64() / best_bare.as_secs_f64()
    );
}

/// Brings 8 kHz to 16 kHz by doubling with interpolation: good enough to be decoded at the same
/// cost.
fn stretched(samples: &[f32], rate_hz: u32) -> Vec<f32> {
    if rate_hz == 16_000 {
        return samples.to_vec();
    }
    let next = samples.iter().skip(1).chain(samples.last());
    samples
        .iter()
        .zip(next)
        .flat_map(|(a, b)| [*a, (a + b) / 2.0])
        .collect()
}

fn main() {
    let sides = [
        data_file("calls/Auto_Repairs_40_UTC_agent.wav"),
        data_file("calls/Auto_Repairs_40_UTC_caller.wav"),
    ];
    if let [Some(agent), Some(caller)] = sides {
        let (a, rate_hz) = read_wav(&agent);
        let (c, _) = read_wav(&caller);
        let n = a.len().min(c.len());
        let channels = [a[..n].to_vec(), c[..n].to_vec()];
        measure("two-sided call", &channels, rate_hz, "en");
        measure("two-sided call", &channels, rate_hz, "auto");
    }
    if can_speak() {
        let call = call(&script("fridge"), ["+f2", "+m3"], 8_000, 7, 0.0);
        measure("made-up dialogue", &call.channels, 8_000, "zh");
        measure("made-up dialogue", &call.channels, 8_000, "auto");
    }
}
