//! A long live call on both lanes with a job waiting: is every sample there, does memory grow?

use crate::booth::{self, Booth, RATE_HZ};
use crate::process::resident_tree;
use crate::report::{Row, say};
use crate::transcribe::model;
use anyhow::{Context, ensure};
use qinting_desk::{AtDesk, CaseQuery, DefaultModel, LiveStatus, TranscribeCase};
use qinting_domain::JobState;
use qinting_host::{Host, Options};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often memory and state are looked at.
const LOOK: Duration = Duration::from_secs(5);
/// The first part of the run is not part of the slope: models load, caches fill.
const WARM: Duration = Duration::from_secs(180);
const CALLS: [&str; 4] = ["fridge", "parcel", "suitcase", "seller"];
/// Samples by which the beginning of what was kept is found in what was delivered.
const SEARCH: usize = 4_000;

pub(crate) fn measure(minutes: u32) -> anyhow::Result<Vec<Row>> {
    let dir = tempfile::tempdir()?;
    let sources = crate::host(dir.path())?;
    let workspace = dir.path().join("workspace");
    let booth = Arc::new(Booth::new(booth::demo_calls(
        &sources.at_desk(),
        &workspace,
        &CALLS,
    )?));
    drop(sources);
    let host = Arc::new(Host::open_hearing(
        Options {
            workspace: workspace.clone(),
            models: Some(dir.path().join("models")),
            player: false,
            device: qinting_store::Device::passing(),
        },
        qinting_audio::start_capture_from(booth.clone()),
    )?);
    let at_desk = host.at_desk();
    take_model(&at_desk)?;
    host.work_on_jobs();
    let begun = at_desk.live_begin(booth::recorded())?;
    let waiting = at_desk.list_cases(CaseQuery::default())?.rows;
    let waiting = waiting
        .into_iter()
        .find(|row| row.has_audio)
        .context("a call that can be written down")?;
    let job = at_desk.transcribe(TranscribeCase {
        case_id: waiting.case.id,
        language: Some("zh".into()),
        model: None,
    })?;
    say(&format!("listening for {minutes} minutes"));
    let watched = watch(&at_desk, Duration::from_secs(u64::from(minutes) * 60))?;
    let jobs = at_desk.list_jobs(())?;
    let waited = jobs
        .iter()
        .any(|j| j.id == job.id && j.state == JobState::Queued);
    let segments = at_desk.segment_starts(begun.call.recording_id)?.len();
    let ended = at_desk.live_stop(())?;
    let recording = at_desk.get_case(ended.case_id)?.recording;
    let kept = booth::both_sides(&workspace, &recording.context("the call has sound")?)?;
    let seconds = kept[0].len() as u64 / u64::from(RATE_HZ);
    let wrong = (0..2)
        .map(|c| differing(&kept[c], booth.side(c)))
        .collect::<anyhow::Result<Vec<u64>>>()?;
    host.close();
    let slope = watched.slope_mb_per_hour();
    Ok(vec![
        Row::new(
            &format!("live soak, both lanes ({seconds} s kept)"),
            format!("{} and {} samples differ", wrong[0], wrong[1]),
            "0",
            wrong == [0, 0],
        ),
        Row::new(
            "  silent stops, losses, gaps",
            format!("{} / {}", watched.stops, watched.gaps),
            "0",
            watched.stops == 0 && watched.gaps == 0,
        ),
        Row::new(
            "  text most behind; utterances written",
            format!("{} ms; {segments}", watched.most_behind_ms),
            "text came",
            segments > 0,
        ),
        Row::new(
            "  queued job waited",
            if waited { "yes" } else { "no" }.into(),
            "yes",
            waited,
        ),
        Row::new(
            "  memory of all processes",
            format!("{slope:+.2} MB/h"),
            "<= 1 MB/h",
            slope <= 1.0,
        ),
    ])
}

fn take_model(at_desk: &AtDesk) -> anyhow::Result<()> {
    let model = model().context("no model")?;
    let row = at_desk.take_model(&model)?;
    at_desk.set_default_model(DefaultModel {
        id: row.id,
        insist: true,
    })?;
    Ok(())
}

/// What was seen while the call went on.
struct Watched {
    /// (hours, megabytes) once warm.
    memory: Vec<(f64, f64)>,
    /// Looks at which the clock or the disk stood still.
    stops: u32,
    gaps: usize,
    most_behind_ms: u32,
}

impl Watched {
    /// Least squares through the medians of twelve stretches: memory goes up and down with every
    /// utterance, and what counts is where it goes.
    fn slope_mb_per_hour(&self) -> f64 {
        let size = self.memory.len().div_ceil(12).max(1);
        let points: Vec<(f64, f64)> = self
            .memory
            .chunks(size)
            .map(|chunk| {
                let mut sizes: Vec<f64> = chunk.iter().map(|(_, mb)| *mb).collect();
                sizes.sort_by(f64::total_cmp);
                (chunk[chunk.len() / 2].0, sizes[sizes.len() / 2])
            })
            .collect();
        let n = points.len() as f64;
        let (mx, my) = points
            .iter()
            .fold((0.0, 0.0), |(x, y), p| (x + p.0 / n, y + p.1 / n));
        let over: f64 = points.iter().map(|p| (p.0 - mx) * (p.1 - my)).sum();
        let under: f64 = points.iter().map(|p| (p.0 - mx).powi(2)).sum();
        if under > 0.0 { over / under } else { 0.0 }
    }
}

fn watch(at_desk: &AtDesk, length: Duration) -> anyhow::Result<Watched> {
    let mut seen = Watched {
        memory: Vec::new(),
        stops: 0,
        gaps: 0,
        most_behind_ms: 0,
    };
    let begun = Instant::now();
    let mut before: Option<LiveStatus> = None;
    while begun.elapsed() < length {
        std::thread::sleep(LOOK);
        let now = at_desk
            .live_status(())?
            .context("the call ended by itself")?;
        if let Some(before) = &before {
            let stands = now.position_ms <= before.position_ms || now.kept_ms <= before.kept_ms;
            seen.stops += u32::from(stands);
        }
        seen.gaps = now.gaps.len();
        seen.most_behind_ms = seen.most_behind_ms.max(now.behind_ms);
        if begun.elapsed() > WARM {
            let mb = resident_tree() as f64 / 1e6;
            seen.memory
                .push((begun.elapsed().as_secs_f64() / 3600.0, mb));
        }
        before = Some(now);
    }
    Ok(seen)
}

/// Samples of what was kept that are not what was delivered, after finding where it begins.
fn differing(kept: &[i16], delivered: &[i16]) -> anyhow::Result<u64> {
    let voiced = kept.iter().position(|s| s.unsigned_abs() > 200);
    let voiced = voiced.context("nothing but silence was kept")?;
    let probe = &kept[voiced..(voiced + SEARCH).min(kept.len())];
    let at = |n: usize| delivered[n % delivered.len()];
    let begins = (0..delivered.len())
        .find(|from| probe.iter().enumerate().all(|(i, s)| *s == at(from + i)))
        .context("what was kept is not what was delivered")?;
    // Before the first loud sample lies the same call, backwards.
    let shift = begins + delivered.len() - voiced % delivered.len();
    ensure!(!kept.is_empty(), "nothing was kept");
    Ok(kept
        .iter()
        .enumerate()
        .filter(|(i, s)| **s != at(shift + i))
        .count() as u64)
}
