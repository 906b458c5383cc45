//! From the key press to the mark on disk.

use crate::report::{Row, Times};
use crate::{generate, host, import};
use anyhow::Context;
use qinting_desk::MarkRequest;
use std::time::{Duration, Instant};

const MARKS: u64 = 500;
const MOST_MS: f64 = 15.0;

pub(crate) fn measure() -> anyhow::Result<Vec<Row>> {
    let dir = tempfile::tempdir()?;
    let wav = dir.path().join("call.wav");
    generate::call(&wav, 60)?;
    let host = host(dir.path())?;
    let at_desk = host.at_desk();
    let case = import::bring_in(&at_desk, &wav)?;
    let recording = at_desk
        .get_case(case)?
        .recording
        .context("a case with audio")?;
    let mut times: Vec<Duration> = Vec::new();
    for n in 0..MARKS {
        let start = Instant::now();
        at_desk.mark(MarkRequest::at(recording.id, n * 100))?;
        times.push(start.elapsed());
    }
    let times = Times::new(times);
    Ok(vec![Row::new(
        "mark, key press to durable (500)",
        times.words(),
        "p99 <= 15 ms",
        times.at(990) <= MOST_MS,
    )])
}
