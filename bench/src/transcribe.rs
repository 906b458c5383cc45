//! Our transcription against a bare loop over the engine: same file, model, threads, parameters;
//! interleaved A B A B, the model loaded on both sides before the clock runs.

use crate::bare::Bare;
use crate::report::{Row, say};
use crate::{host, import, speak, wav};
use anyhow::bail;
use qinting_desk::TranscribeCase;
use qinting_domain::{CaseId, JobState};
use qinting_host::Host;
use qinting_testkit::data::shared_quietly;
use qinting_testkit::demo_model;
use qinting_testkit::process::is_installed;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const WHAT: &str = "transcription, our wall / bare loop";
const TARGET: &str = "<= 1.05";
const MOST: f64 = 1.05;
const LANGUAGE: &str = "zh";
/// Length of a synthesised call.
const SECONDS: u32 = 300;

pub(crate) fn measure(pairs: u32) -> anyhow::Result<Vec<Row>> {
    let dir = tempfile::tempdir()?;
    let (Some(model), Some(call)) = (model(), call(dir.path())?) else {
        let why = "no model (QINTING_BENCH_MODEL) or no call";
        return Ok(vec![Row::skipped(WHAT, why, TARGET)]);
    };
    let host = host(dir.path())?;
    let case = import::bring_in(&host.at_desk(), &call)?;
    let mut bare = Bare::load(&model)?;
    let channels = wav::channels(&call)?;
    let mut theirs = || -> anyhow::Result<Duration> {
        let start = Instant::now();
        bare.hear(&channels, LANGUAGE)?;
        Ok(start.elapsed())
    };
    say("one run of each to load the model");
    ours(&host, case, &model)?;
    theirs()?;
    let (mut a, mut b) = (Duration::ZERO, Duration::ZERO);
    for n in 1..=pairs {
        let (one, other) = (ours(&host, case, &model)?, theirs()?);
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

pub(crate) fn model() -> Option<PathBuf> {
    match std::env::var_os("QINTING_BENCH_MODEL") {
        Some(named) => Some(PathBuf::from(named)).filter(|p| p.is_file()),
        None => Some(demo_model()),
    }
}

/// The call both decode: one that is named, a synthesised one, or the shared one.
fn call(dir: &Path) -> anyhow::Result<Option<PathBuf>> {
    if let Some(named) = std::env::var_os("QINTING_BENCH_CALL") {
        return Ok(Some(PathBuf::from(named)).filter(|p| p.is_file()));
    }
    if is_installed("espeak-ng") {
        let path = dir.join("spoken.wav");
        speak::call(&path, SECONDS)?;
        return Ok(Some(path));
    }
    Ok(shared_quietly("calls/Auto_Repairs_40_UTC_caller.wav"))
}

/// The whole way: job row, worker process, voice activity, gates, rows and index.
fn ours(host: &Host, case_id: CaseId, model: &Path) -> anyhow::Result<Duration> {
    let start = Instant::now();
    let job = host.at_desk().transcribe(TranscribeCase {
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
