//! A real English call of two sides: is its text that of the full-window pass, does it take less
//! time, does it go round in circles?

use super::compose::Call;
use super::{Engines, composed, energy, loops, shape, zh};
use crate::process::ticks_tree;
use crate::report::{Row, say};
use crate::text::{Line, words};
use crate::wav;
use qinting_testkit::data::shared_quietly as data;
use qinting_testkit::sound::whole;
use qinting_testkit::text::distance;
use std::path::{Path, PathBuf};
use std::time::Instant;

pub(super) const LANGUAGE: &str = "en";
const SIDES: [&str; 2] = [
    "calls/Auto_Repairs_40_UTC_agent.wav",
    "calls/Auto_Repairs_40_UTC_caller.wav",
];
/// Seconds of a call that the ratio is taken over.
const SECONDS: usize = 90;
/// From this share of speech on a lane a call is dense.
const DENSE: f64 = 0.55;
const MOST: f64 = 0.65;
const MOST_DENSE: f64 = 0.85;

/// The call in one file of two lanes at 16 kHz; `None` when the shared data is not here.
pub(super) fn file(engines: &Engines) -> anyhow::Result<Option<PathBuf>> {
    let mut lanes = Vec::new();
    for side in SIDES {
        let Some(path) = data(side) else {
            return Ok(None);
        };
        lanes.extend(wav::channels(&path)?);
    }
    Ok(Some(written(engines, "call.wav", &lanes)?))
}

fn written(engines: &Engines, name: &str, lanes: &[Vec<f32>]) -> anyhow::Result<PathBuf> {
    let path = engines.file(name);
    let whole: Vec<Vec<i16>> = lanes.iter().map(|lane| whole(lane)).collect();
    wav::write(&path, crate::speak::RATE_HZ, &whole)?;
    Ok(path)
}

pub(super) fn measure(engines: &mut Engines, pairs: u32) -> anyhow::Result<Vec<Row>> {
    let Some(file) = file(engines)? else {
        let why = "no call in the shared data";
        return Ok(vec![Row::skipped("English call", why, "")]);
    };
    say("writing down a real English call");
    let heard = engines.both(&file, LANGUAGE)?;
    let unlike = unlike(&heard.ours, &heard.bare);
    let repeats = loops::repeats(&heard.ours);
    let mut rows = vec![
        Row::told(
            "English call: words unlike the full-window pass",
            shape::percent(unlike),
        ),
        Row::new(
            "  lines that repeat or loop: ours | bare",
            heard.both(|l| loops::repeats(l).to_string()),
            "0",
            repeats == 0,
        ),
    ];
    rows.extend(shape::rows("English call", &heard, false));
    rows.push(open_call(engines, pairs)?.row("batch wall, ours / bare", MOST));
    if let Some(dense) = dense_call(engines, pairs)? {
        rows.push(dense.row("  on a dense composed call", MOST_DENSE));
    }
    Ok(rows)
}

/// The ratio over the beginning of the English call.
pub(super) fn open_call(engines: &mut Engines, pairs: u32) -> anyhow::Result<Ratio> {
    let mut lanes = Vec::new();
    for side in SIDES {
        if let Some(path) = data(side) {
            lanes.extend(wav::channels(&path)?);
        }
    }
    for lane in &mut lanes {
        lane.truncate(SECONDS * crate::speak::RATE_HZ as usize);
    }
    let file = written(engines, "open.wav", &lanes)?;
    ratio(engines, &file, LANGUAGE, pairs)
}

/// The ratio over a call in which both speak most of the time; `None` without clips.
pub(super) fn dense_call(engines: &mut Engines, pairs: u32) -> anyhow::Result<Option<Ratio>> {
    let clips = composed::clips()?;
    if clips.is_empty() {
        return Ok(None);
    }
    let file = written(engines, "dense.wav", &Call::dense(&clips, SECONDS, 5).lanes)?;
    ratio(engines, &file, zh::LANGUAGE, pairs).map(Some)
}

/// How long ours takes for each second that the bare loop takes.
pub(super) struct Ratio {
    wall: f64,
    work: f64,
    pairs: usize,
    /// Share of speech by lane.
    speech: Vec<f64>,
}

impl Ratio {
    pub(super) fn row(&self, what: &str, most: f64) -> Row {
        // The looser target is for calls that are dense, and proves nothing on another.
        let is_dense = self.speech.iter().all(|s| *s > DENSE);
        let met = self.wall <= most && (most < MOST_DENSE || is_dense);
        Row::new(what, self.words(), &format!("<= {most:.2}"), met)
    }

    /// "0.62 (processor 0.60; speech 48 %, 51 %; 3 pairs)".
    fn words(&self) -> String {
        let work = format!("processor {:.2}; ", self.work);
        format!("{:.2} ({work}{})", self.wall, self.circumstances())
    }

    /// Without processor time: where something else in this process is busy, that is no figure.
    pub(super) fn wall_words(&self) -> String {
        format!("{:.2} ({})", self.wall, self.circumstances())
    }

    fn circumstances(&self) -> String {
        let speech = self.speech.iter().map(|s| format!("{:.0} %", 100.0 * s));
        let speech = speech.collect::<Vec<_>>().join(", ");
        format!("speech {speech}; {} pairs", self.pairs)
    }
}

/// Pairs of runs, turn about, after one of each to load the model.
fn ratio(engines: &mut Engines, file: &Path, language: &str, pairs: u32) -> anyhow::Result<Ratio> {
    let lanes = wav::channels(file)?;
    engines.ours(file, language)?;
    let (mut wall, mut work) = (Vec::new(), Vec::new());
    for n in 1..=pairs.max(1) {
        let ours = timed(|| engines.ours(file, language))?;
        let bare = timed(|| engines.bare.hear(&lanes, language))?;
        say(&format!(
            "pair {n}: ours {:.1} s, bare {:.1} s",
            ours.0, bare.0
        ));
        wall.push(ours.0 / bare.0);
        work.push(ours.1 / bare.1.max(1.0));
    }
    let median = |mut all: Vec<f64>| {
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    Ok(Ratio {
        pairs: wall.len(),
        wall: median(wall),
        work: median(work),
        speech: lanes.iter().map(|lane| energy::share(lane)).collect(),
    })
}

/// Seconds on the wall, and processor time of all processes in ticks.
fn timed(run: impl FnOnce() -> anyhow::Result<Vec<Line>>) -> anyhow::Result<(f64, f64)> {
    let (begun, before) = (Instant::now(), ticks_tree());
    run()?;
    let work = ticks_tree().saturating_sub(before);
    Ok((begun.elapsed().as_secs_f64(), work as f64))
}

/// Share of words to put in, leave out or change to come from one text to another, by lane. A
/// likeness and no error rate: nobody knows what was really said.
pub(super) fn unlike(ours: &[Line], other: &[Line]) -> f64 {
    let on = |lines: &[Line], lane: u16| -> Vec<String> {
        let mut mine: Vec<&Line> = lines.iter().filter(|l| l.lane == lane).collect();
        mine.sort_by_key(|l| l.start_ms);
        mine.iter().flat_map(|l| words(&l.text)).collect()
    };
    let (mut apart, mut all) = (0, 0);
    for lane in 0..2 {
        let (a, b) = (on(ours, lane), on(other, lane));
        apart += distance(&a, &b);
        all += b.len();
    }
    apart as f64 / all.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_counted_lane_by_lane_and_does_not_ask_how_lines_are_cut() {
        let line = |lane, start_ms, text: &str| Line {
            lane,
            start_ms,
            end_ms: start_ms + 900,
            text: text.into(),
        };
        let whole = [
            line(0, 0, "Thank you for calling, this is Jonathan."),
            line(1, 0, "Hi!"),
        ];
        let cut = [
            line(1, 0, "hi"),
            line(0, 2_000, "this is Jonathan"),
            line(0, 0, "Thank you for calling"),
        ];
        assert_eq!(unlike(&cut, &whole), 0.0);
        let crossed = [line(1, 0, "Thank you for calling, this is Jonathan. Hi!")];
        assert_eq!(unlike(&crossed, &whole), 14.0 / 8.0);
    }
}
