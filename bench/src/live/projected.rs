//! What a real model would take. There is none here, so its shape is timed with empty weights: the
//! work is the same, only the words are not. A projection, never a measurement of text.

use super::load;
use crate::bare;
use crate::report::{Row, Times, say};
use crate::speak::RATE_HZ;
use anyhow::Context;
use qinting_testkit::data::shared_quietly;
use std::path::Path;
use std::time::{Duration, Instant};
use whisper_rs::{FullParams, SamplingStrategy, WhisperState};

/// Published for tests by whisper.cpp: head, filters, and vocabulary of a model without weights.
const EMPTY: &str = "models/for-tests-ggml-tiny.bin";
const WHAT: &str = "live, projected on an empty `base` q8_0";
const TARGET: &str = "<= 1.2, <= 2.0 s";
/// Where the words of the head stand that say how large a model is, and what `base` has there:
/// width, heads, and layers of both halves, and q8_0 in the second version of that format.
const BASE: [(usize, i32); 8] = [
    (1, 51_865),
    (3, 512),
    (4, 8),
    (5, 6),
    (7, 512),
    (8, 8),
    (9, 6),
    (11, 2_007),
];
/// Characters a second in a fast call, and tokens for one of them.
const TOKENS_PER_SECOND: f64 = 4.5 * 1.3;
const ROUNDS: usize = 5;
/// New speech a draft waits for.
const STEP_S: f64 = 0.7;
/// Silence after which an utterance is over.
const END_S: f64 = 0.45;

pub(super) fn measure() -> anyhow::Result<Vec<Row>> {
    let Some(empty) = shared_quietly(EMPTY) else {
        return Ok(vec![Row::skipped(
            WHAT,
            "no empty model on this machine",
            TARGET,
        )]);
    };
    let cores = std::thread::available_parallelism()?.get();
    if load() > cores as f64 + 0.5 {
        // Whisper's threads wait for each other: a second program makes this ten times slower.
        let why = format!("not on a busy machine (load {:.1})", load());
        return Ok(vec![Row::skipped(WHAT, &why, TARGET)]);
    }
    say("timing an empty `base`");
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("empty-base.bin");
    std::fs::write(&path, shaped(std::fs::read(empty)?))?;
    let mut timed = Timed::load(&path)?;
    let (three, eight) = (timed.pass(3, 256)?, timed.pass(8, 256)?);
    let last = timed.pass(5, 512)?;
    // A character waits for half a step on average, and for a whole one at worst; while a draft takes
    // longer than a step, the next one waits for it.
    let interval = STEP_S.max(eight);
    let (p50, p95) = (STEP_S.max(three) / 2.0 + three, interval + eight);
    let late = END_S + eight + last;
    Ok(vec![
        Row::new(
            &format!("{WHAT}: shown"),
            format!("p50 {p50:.2} p95 {p95:.2} s ({three:.2}/{eight:.2})"),
            TARGET,
            p50 <= 1.2 && p95 <= 2.0,
        ),
        Row::new(
            "  final after the end (5 s, behind a draft)",
            format!("{late:.2} s ({last:.2})"),
            "<= 1.5 s",
            late <= 1.5,
        ),
    ])
}

/// The file with the head of `base`. Its tensors are none, so nothing else depends on the head; an
/// English model's vocabulary lacks one token, which whisper.cpp makes up for.
fn shaped(mut file: Vec<u8>) -> Vec<u8> {
    for (word, value) in BASE {
        file[4 * word..4 * word + 4].copy_from_slice(&value.to_le_bytes());
    }
    file
}

struct Timed {
    state: WhisperState,
    threads: usize,
}

impl Timed {
    fn load(path: &Path) -> anyhow::Result<Self> {
        Ok(Self {
            state: bare::state(path)?,
            threads: qinting_speech::threads_for(0, path),
        })
    }

    /// Seconds for one pass over so much sound: the encoder as the ears run it, and one step of the
    /// decoder for each token somebody would have said.
    fn pass(&mut self, seconds: u32, least: u32) -> anyhow::Result<f64> {
        let sound = vec![0.01; (seconds * RATE_HZ) as usize];
        let frames = (50 * seconds + 128).max(least).next_multiple_of(64);
        let mut encoded = Vec::new();
        let mut step = Vec::new();
        for _ in 0..ROUNDS {
            let mut p = FullParams::new(SamplingStrategy::Greedy { best_of: 1 });
            p.set_n_threads(i32::try_from(self.threads)?);
            p.set_language(Some("zh"));
            p.set_audio_ctx(i32::try_from(frames)?);
            p.set_single_segment(true);
            p.set_max_tokens(1);
            p.set_temperature_inc(0.0);
            p.set_print_progress(false);
            p.set_print_realtime(false);
            let begun = Instant::now();
            self.state.full(p, &sound).context("encoding")?;
            encoded.push(begun.elapsed());
            step.push(self.step()?);
        }
        let tokens = f64::from(seconds) * TOKENS_PER_SECOND + 4.0;
        Ok(median(encoded) + tokens * median(step))
    }

    /// One step of the decoder, as the middle of several.
    fn step(&mut self) -> anyhow::Result<Duration> {
        let mut steps = Vec::new();
        for past in 8..16 {
            let begun = Instant::now();
            self.state
                .decode(&[100], past, self.threads)
                .context("a step")?;
            steps.push(begun.elapsed());
        }
        steps.sort();
        Ok(steps[steps.len() / 2])
    }
}

fn median(times: Vec<Duration>) -> f64 {
    Times::new(times).at(500) / 1_000.0
}
