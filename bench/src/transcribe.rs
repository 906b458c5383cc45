//! Our transcription against a bare loop over the engine: same file, model, threads, parameters;
//! interleaved A B A B, the model loaded on both sides before the clock runs.

use crate::report::{Row, say};
use crate::{host, import, speak};
use anyhow::{Context, bail, ensure};
use qinting_app::TranscribeCase;
use qinting_domain::{CaseId, JobState};
use qinting_host::Host;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperState,
};

const WHAT: &str = "transcription, our wall / bare loop";
const TARGET: &str = "<= 1.05";
const MOST: f64 = 1.05;
const DEMO_MODEL: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../assets/demo/qinting-demo-q5_0.bin"
);
const LANGUAGE: &str = "zh";
/// Length of a synthesised call.
const SECONDS: u32 = 300;

pub(crate) fn measure(pairs: u32) -> anyhow::Result<Vec<Row>> {
    let dir = tempfile::tempdir()?;
    let (Some(model), Some(wav)) = (model(), call(dir.path())?) else {
        let why = "no model (QINTING_BENCH_MODEL) or no call";
        return Ok(vec![Row::skipped(WHAT, why, TARGET)]);
    };
    let host = host(dir.path())?;
    let case = import::bring_in(&host.seat(), &wav)?;
    let mut bare = Bare::load(&model, &wav)?;
    say("one run of each to load the model");
    ours(&host, case, &model)?;
    bare.run()?;
    let (mut a, mut b) = (Duration::ZERO, Duration::ZERO);
    for n in 1..=pairs {
        let (one, other) = (ours(&host, case, &model)?, bare.run()?);
        say(&format!("pair {n}: ours {one:.2?}, bare {other:.2?}"));
        a += one;
        b += other;
    }
    let ratio = a.as_secs_f64() / b.as_secs_f64();
    let figure = format!(
        "{ratio:.2} ({:.1} s / {:.1} s)",
        a.as_secs_f64(),
        b.as_secs_f64()
    );
    Ok(vec![Row::new(WHAT, figure, TARGET, ratio <= MOST)])
}

pub(crate) fn data(file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("QINTING_TEST_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data")),
        PathBuf::from,
    );
    Some(folder.join(file)).filter(|p| p.exists())
}

pub(crate) fn model() -> Option<PathBuf> {
    match std::env::var_os("QINTING_BENCH_MODEL") {
        Some(named) => Some(PathBuf::from(named)).filter(|p| p.is_file()),
        None => Some(PathBuf::from(DEMO_MODEL)),
    }
}

/// The call both decode: one that is named, a synthesised one, or the shared one.
fn call(dir: &Path) -> anyhow::Result<Option<PathBuf>> {
    if let Some(named) = std::env::var_os("QINTING_BENCH_CALL") {
        return Ok(Some(PathBuf::from(named)).filter(|p| p.is_file()));
    }
    if speak::can_speak() {
        let path = dir.join("spoken.wav");
        speak::call(&path, SECONDS)?;
        return Ok(Some(path));
    }
    Ok(data("calls/Auto_Repairs_40_UTC_caller.wav"))
}

/// The whole way: job row, worker process, voice activity, gates, rows and index.
fn ours(host: &Host, case_id: CaseId, model: &Path) -> anyhow::Result<Duration> {
    let start = Instant::now();
    let job = host.seat().transcribe(TranscribeCase {
        case_id,
        language: Some(LANGUAGE.into()),
        model: Some(model.to_string_lossy().into_owned()),
    })?;
    let done = host.run_jobs_until(job.id, &mut |_| {})?;
    let taken = start.elapsed();
    if done.state != JobState::Done {
        bail!("transcription ended as {:?}: {:?}", done.state, done.error);
    }
    Ok(taken)
}

/// The peer: whole channels through whisper-rs, nothing else.
struct Bare {
    state: WhisperState,
    channels: Vec<Vec<f32>>,
    threads: i32,
}

impl Bare {
    fn load(model: &Path, wav: &Path) -> anyhow::Result<Self> {
        whisper_rs::install_logging_hooks();
        let mut params = WhisperContextParameters::new();
        params.flash_attn(true);
        let context = WhisperContext::new_with_params(model, params).context("the model loads")?;
        Ok(Self {
            state: context.create_state().context("a state")?,
            channels: channels(wav)?,
            threads: i32::try_from(qinting_speech::threads_for(0, model))?,
        })
    }

    fn run(&mut self) -> anyhow::Result<Duration> {
        let start = Instant::now();
        let mut segments = 0;
        for channel in &self.channels {
            self.state
                .full(self.params(), channel)
                .context("decoding")?;
            segments += self.state.full_n_segments();
        }
        ensure!(segments >= 0, "an engine that counts backwards");
        Ok(start.elapsed())
    }

    /// As the worker sets them.
    fn params(&self) -> FullParams<'static, 'static> {
        let mut p = FullParams::new(SamplingStrategy::Greedy { best_of: 2 });
        p.set_n_threads(self.threads);
        p.set_language(Some(LANGUAGE));
        p.set_no_context(true);
        p.set_n_max_text_ctx(0);
        p.set_max_initial_ts(30.0);
        p.set_suppress_blank(true);
        p.set_suppress_nst(true);
        p.set_temperature(0.0);
        p.set_temperature_inc(0.4);
        p.set_entropy_thold(2.4);
        p.set_logprob_thold(-1.0);
        p.set_no_speech_thold(0.6);
        p.set_print_special(false);
        p.set_print_progress(false);
        p.set_print_realtime(false);
        p.set_print_timestamps(false);
        p
    }
}

/// Channels at 16 kHz, from a 16-bit WAV.
pub(crate) fn channels(wav: &Path) -> anyhow::Result<Vec<Vec<f32>>> {
    let mut reader = hound::WavReader::open(wav)?;
    let spec = reader.spec();
    let samples: Vec<i16> = reader.samples::<i16>().collect::<Result<_, _>>()?;
    let lanes = usize::from(spec.channels);
    let lane = |n: usize| -> Vec<f32> {
        samples
            .iter()
            .skip(n)
            .step_by(lanes)
            .map(|s| f32::from(*s) / 32_768.0)
            .collect()
    };
    let at_rate = |lane: Vec<f32>| match spec.sample_rate {
        speak::RATE_HZ => lane,
        rate => speak::resampled(&lane, f64::from(rate)),
    };
    Ok((0..lanes).map(lane).map(at_rate).collect())
}
