//! An hour's call goes for good: records, log, index, files, and out of the copy of the day.

use crate::report::{Row, Times, say};
use crate::{generate, host, import, search};
use anyhow::{Context, ensure};
use qinting_desk::{BinQuery, MarkRequest, PurgeRequest};
use qinting_domain::EntityKind;
use qinting_testkit::dice::Dice;
use std::time::{Duration, Instant};

const SECONDS: u32 = 3_600;
const SEGMENTS: u32 = 1_200;
const MARKS: u32 = 100;
/// Calls, all but one of which stay until their turn comes.
const ROUNDS: u32 = 5;
const MOST_S: f64 = 2.0;

pub(crate) fn measure() -> anyhow::Result<Vec<Row>> {
    let dir = tempfile::tempdir()?;
    let host = host(dir.path())?;
    let at_desk = host.at_desk();
    let characters = generate::characters();
    let mut cases = Vec::new();
    for n in 0..ROUNDS {
        let wav = dir.path().join(format!("hour-{n}.wav"));
        say(&format!("writing and importing hour {}", n + 1));
        generate::call(&wav, SECONDS - n)?;
        let case = import::bring_in(&at_desk, &wav)?;
        let recording = at_desk.get_case(case)?.recording.context("sound")?.id;
        let device = qinting_store::Device::kept_in(&dir.path().join("data"));
        let store = qinting_store::Workspace::open(&dir.path().join("workspace"), &device)?;
        let mut dice = Dice::at(u64::from(n) + 1);
        search::write_transcript(
            &store,
            store.media(),
            recording,
            SEGMENTS,
            &mut dice,
            &characters,
        )?;
        for mark in 0..MARKS {
            at_desk.mark(MarkRequest {
                text: Some(generate::sentence(&mut dice, &characters)),
                ..MarkRequest::at(recording, u64::from(mark) * 30_000)
            })?;
        }
        cases.push(case);
    }
    host.copy_daily();
    host.finish_copy();
    let mut times: Vec<Duration> = Vec::new();
    for case in cases {
        let start = Instant::now();
        let purge = at_desk.purge(PurgeRequest {
            kind: EntityKind::Case,
            id: case.0,
            reason: "期满".into(),
        })?;
        let finished = loop {
            let view = at_desk.bin(BinQuery {
                offset: 0,
                limit: 1,
            })?;
            let told = view.purges.into_iter().find(|p| p.id == purge.id);
            if let Some(told) = told.filter(|p| p.finished_at.is_some()) {
                break told;
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        times.push(start.elapsed());
        ensure!(
            finished.still_found == Some(0),
            "something is left: {finished:?}"
        );
        ensure!(
            finished.copies_rewritten == Some(1),
            "the copy was not seen to"
        );
    }
    let times = Times::new(times);
    Ok(vec![Row::new(
        &format!("an hour's call goes for good, copy included ({ROUNDS})"),
        times.words(),
        "worst <= 2 s",
        times.at(1_000) <= MOST_S * 1_000.0,
    )])
}
