//! A 1-hour 8 kHz stereo WAV goes in: hash, decode, peaks, store.

use crate::process::{Peak, resident_tree};
use crate::report::{Row, say};
use crate::{generate, host};
use anyhow::{Context, bail};
use qinting_desk::{AtDesk, CallFiles, ImportOutcome};
use qinting_domain::CaseId;
use std::path::Path;
use std::time::Instant;

const SECONDS: u32 = 3_600;
const LEAST_SPEED: f64 = 200.0;
const MOST_MB: f64 = 150.0;

pub(crate) fn measure() -> anyhow::Result<Vec<Row>> {
    let dir = tempfile::tempdir()?;
    let wav = dir.path().join("hour.wav");
    say("writing an hour of audio");
    generate::call(&wav, SECONDS)?;
    let host = host(dir.path())?;
    let idle = resident_tree();
    let peak = Peak::watch();
    let start = Instant::now();
    bring_in(&host.at_desk(), &wav)?;
    let taken = start.elapsed().as_secs_f64();
    let above = peak.end().saturating_sub(idle) as f64 / 1e6;
    let speed = f64::from(SECONDS) / taken;
    Ok(vec![
        Row::new(
            "import 1 h 8 kHz stereo WAV",
            format!("{speed:.0} x real time ({taken:.1} s)"),
            ">= 200 x",
            speed >= LEAST_SPEED,
        ),
        Row::new(
            "  memory above idle, all processes",
            format!("{above:.0} MB"),
            "<= 150 MB",
            above <= MOST_MB,
        ),
    ])
}

/// Imports a file the way every host does, and waits for it.
pub(crate) fn bring_in(at_desk: &AtDesk, path: &Path) -> anyhow::Result<CaseId> {
    let item = CallFiles {
        paths: vec![path.to_owned()],
        title: "一通电话".into(),
        ..CallFiles::default()
    };
    let batch = at_desk.import_wait(at_desk.bring_in(vec![item])?)?;
    let file = batch.files.first().context("a batch without files")?;
    match (file.outcome, file.case_id) {
        (Some(ImportOutcome::Imported), Some(case)) => Ok(case),
        _ => bail!("not imported: {:?}", file.error),
    }
}
