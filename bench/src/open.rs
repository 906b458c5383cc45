//! A 3-hour case with 10,000 segments opens: everything the console asks before its first paint.

use crate::generate;
use crate::report::{Row, Times, say};
use crate::{host, import, options, search};
use anyhow::{Context, ensure};
use qinting_desk::{OpenPlayer, PeaksRequest, SegmentQuery};
use qinting_domain::CaseId;
use qinting_host::{Host, Options};
use qinting_testkit::dice::Dice;
use std::path::Path;
use std::time::{Duration, Instant};

const SECONDS: u32 = 3 * 3_600;
const SEGMENTS: u32 = 10_000;
/// Openings, each by a freshly opened workspace.
const ROUNDS: u32 = 10;
/// Of the 300 ms to the first paint this much is left for the window.
const MOST_MS: f64 = 300.0;
/// Nobody waits for a call they already see.
const MOST_READY_MS: f64 = 100.0;
/// Columns of the waveform on a wide window.
const COLUMNS: u32 = 1_600;

pub(crate) fn measure() -> anyhow::Result<Vec<Row>> {
    let dir = tempfile::tempdir()?;
    let case = long_call(dir.path(), || options(dir.path()))?;
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..ROUNDS {
        let host = host(dir.path())?;
        let at_desk = host.at_desk();
        let start = Instant::now();
        let view = at_desk.get_case(case)?;
        let recording = view.recording.context("a case with audio")?;
        at_desk.peaks(PeaksRequest {
            recording_id: recording.id,
            start_ms: 0,
            end_ms: recording.duration_ms,
            columns: COLUMNS,
        })?;
        let first = SegmentQuery {
            recording_id: recording.id,
            offset: 0,
            limit: 200,
        };
        let page = at_desk.segments(first)?;
        let starts = at_desk.segment_starts(recording.id)?;
        at_desk.observations_of(case)?;
        times.push(start.elapsed());
        ensure!(
            page.len() == 200 && starts.len() == SEGMENTS as usize,
            "not the case that was made"
        );
    }
    let times = Times::new(times);
    let ready = player_ready(dir.path(), case)?;
    Ok(vec![
        Row::new(
            "open 3 h case, 10,000 segments (to the window)",
            times.words(),
            "<= 300 ms",
            times.at(1000) <= MOST_MS,
        ),
        Row::new(
            "its sound in the player, ready to play",
            ready.words(),
            "<= 100 ms",
            ready.at(1000) <= MOST_READY_MS,
        ),
    ])
}

/// Brings in three hours of audio and lays 10,000 lines of text onto it, in a workspace that nobody has open.
pub(crate) fn long_call(dir: &Path, options: impl Fn() -> Options) -> anyhow::Result<CaseId> {
    let wav = dir.join("long.wav");
    say("writing and importing three hours of audio");
    generate::call(&wav, SECONDS)?;
    let (case, recording) = {
        let host = Host::open(options())?;
        let case = import::bring_in(&host.at_desk(), &wav)?;
        let recording = host.at_desk().get_case(case)?.recording;
        host.close();
        (case, recording.context("a case with audio")?)
    };
    let Options {
        workspace, device, ..
    } = options();
    let store = qinting_store::Workspace::open(&workspace, &device)?;
    search::write_transcript(
        &store,
        store.media(),
        recording.id,
        SEGMENTS,
        &mut Dice::at(3),
        &generate::characters(),
    )?;
    Ok(case)
}

/// From the wish to hear a case until the player stands in it, again and again. The device is another's time.
fn player_ready(dir: &Path, case: CaseId) -> anyhow::Result<Times> {
    let host = Host::open(Options {
        player: true,
        ..options(dir)
    })?;
    let at_desk = host.at_desk();
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        at_desk.player_open(OpenPlayer {
            case_id: case,
            at_ms: Some(3_600_000),
        })?;
        times.push(start.elapsed());
        ensure!(
            at_desk.player_state(())?.case_id == Some(case),
            "it is loaded"
        );
    }
    host.close();
    Ok(Times::new(times))
}
