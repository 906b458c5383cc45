//! The real English call as it happens, at the speed of life, to the ears in their worker process.

use super::call::{self, LANGUAGE, unlike};
use super::follow::{self, Heard};
use super::shape::percent;
use super::{Engines, energy, loops};
use crate::live::{load, play};
use crate::report::{Row, Times, say};
use crate::speak::RATE_HZ;
use crate::text::Line;
use crate::wav;
use qinting_testkit::sound::whole;
use std::ops::Range;
use std::time::Duration;

/// A live call beside the full pass over it.
pub(super) struct Lived {
    heard: Heard,
    full: Vec<Line>,
    /// Where somebody speaks, by lane, in milliseconds.
    speech: Vec<Vec<Range<u64>>>,
    load: f64,
}

pub(super) fn measure(engines: &mut Engines) -> anyhow::Result<Vec<Row>> {
    let Some(lived) = lived(engines)? else {
        let why = "no call in the shared data";
        return Ok(vec![Row::skipped("English call, live", why, "")]);
    };
    let mut rows = lived.delays();
    rows.extend(lived.text());
    Ok(rows)
}

/// Plays the call; `None` when the shared data is not here.
pub(super) fn lived(engines: &mut Engines) -> anyhow::Result<Option<Lived>> {
    let Some(file) = call::file(engines)? else {
        return Ok(None);
    };
    let full = engines.ours(&file, LANGUAGE)?;
    let lanes = wav::channels(&file)?;
    let speech = lanes.iter().map(|lane| spoken(lane)).collect();
    let longest = lanes.iter().map(Vec::len).max().unwrap_or(0);
    let whole = |mut lane: Vec<f32>| {
        lane.resize(longest, 0.0);
        whole(&lane)
    };
    let lanes: Vec<Vec<i16>> = lanes.into_iter().map(whole).collect();
    say("listening to a real English call as it happens");
    let before = load();
    let told = play(&engines.model, LANGUAGE, &lanes)?;
    let length = Duration::from_secs_f64(longest as f64 / f64::from(RATE_HZ));
    Ok(Some(Lived {
        heard: follow::follow(&told, length),
        full,
        speech,
        load: before.max(load()),
    }))
}

/// Where somebody speaks, in milliseconds.
fn spoken(lane: &[f32]) -> Vec<Range<u64>> {
    let ms = |sample: usize| sample as u64 * 1_000 / u64::from(RATE_HZ);
    let found = energy::speech(lane).into_iter();
    found.map(|s| ms(s.start)..ms(s.end)).collect()
}

impl Lived {
    pub(super) fn first(&self) -> (f64, f64) {
        seconds(&self.heard.first)
    }

    pub(super) fn settled(&self) -> (f64, f64) {
        seconds(&self.heard.settled)
    }

    fn delays(&self) -> Vec<Row> {
        let (p50, p95) = self.first();
        let count = self.heard.first.len();
        let doubtful = self.heard.doubtful as f64 / count.max(1) as f64;
        let settled = self.settled().1;
        vec![
            Row::new(
                &format!(
                    "English call, live ({count} utterances, load {:.1})",
                    self.load
                ),
                format!("p50 {p50:.2} p95 {p95:.2} s"),
                "<= 2, <= 4 s",
                p50 <= 2.0 && p95 <= 4.0,
            ),
            Row::new(
                "  utterances that stood in doubt",
                percent(doubtful),
                "<= 10 %",
                doubtful <= 0.1,
            ),
            Row::new(
                "  until they were settled",
                if self.heard.settled.is_empty() {
                    "none".into()
                } else {
                    format!("p95 {settled:.2} s")
                },
                "p95 <= 10 s",
                self.heard.settled.is_empty() || settled <= 10.0,
            ),
            Row::told("  time without drafts", percent(self.heard.thinned)),
        ]
    }

    fn text(&self) -> Vec<Row> {
        let lines = &self.heard.lines;
        let unlike = unlike(lines, &self.full);
        let repeats = loops::repeats(lines);
        let (lost_ms, all_ms) = follow::lost(&self.full, lines, &self.speech);
        let lost = lost_ms as f64 / all_ms.max(1) as f64;
        vec![
            Row::new(
                "  words unlike our full pass",
                percent(unlike),
                "<= 10 %",
                unlike <= 0.1,
            ),
            Row::new(
                "  lines that repeat or loop",
                repeats.to_string(),
                "0",
                repeats == 0,
            ),
            Row::new(
                "  speech without text",
                format!("{} ({:.1} s)", percent(lost), lost_ms as f64 / 1_000.0),
                "<= 0.3 %",
                lost <= 0.003,
            ),
            Row::new(
                "  certain characters taken back",
                self.heard.taken_back.to_string(),
                "0",
                self.heard.taken_back == 0,
            ),
        ]
    }
}

/// Seconds that half and 95 of 100 stay under.
fn seconds(times: &[Duration]) -> (f64, f64) {
    let times = Times::new(times.to_vec());
    (times.at(500) / 1_000.0, times.at(950) / 1_000.0)
}
