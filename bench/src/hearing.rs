//! What is said is what is read: the app's own way, batch and live, with a real model, beside the
//! bare engine in the same run.

mod busy;
mod call;
mod compose;
mod composed;
mod energy;
mod follow;
mod live;
mod loops;
mod numbers;
mod places;
mod quiet;
mod shape;
mod telephone;
mod zh;

use crate::bare::Bare;
use crate::process::most_resident_below;
use crate::report::{Report, Row};
use crate::text::Line;
use clap::ValueEnum;
use qinting_desk::{Cancel, LentFile, TranscribeEvent, TranscribeRequest, Transcriber};
use qinting_testkit::data::shared_quietly as data;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The real model: what the demo's model makes of real speech says nothing.
const MODEL: &str = "models/ggml-base-q5_1.bin";

/// A part of the measure that can be taken alone.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub(crate) enum Part {
    /// Characters wrong on real Mandarin.
    Zh,
    /// Starts and ends on calls put together at known places.
    Composed,
    /// A real English call: likeness, wall time, repeats.
    Call,
    /// The same call as it happens, at the speed of life.
    Live,
    /// Ten minutes each of what nobody says.
    Quiet,
    /// Live and wall time with one core kept busy.
    Busy,
}

/// What is to be measured, and how long it may take.
pub(crate) struct Wanted {
    /// Parts; all when empty.
    pub only: Vec<Part>,
    /// Pairs of runs for the ratio of wall times.
    pub pairs: u32,
    /// Leaves out what takes longest.
    pub quick: bool,
}

impl Wanted {
    fn has(&self, part: Part) -> bool {
        let is_long = matches!(part, Part::Quiet | Part::Busy);
        match self.only.as_slice() {
            [] => !(self.quick && is_long),
            named => named.contains(&part),
        }
    }
}

/// A figure of ours and the bare engine's.
pub(super) struct Pair<T> {
    ours: T,
    bare: T,
}

impl<T> Pair<T> {
    /// "ours | bare".
    fn both(&self, words: impl Fn(&T) -> String) -> String {
        format!("{} | {}", words(&self.ours), words(&self.bare))
    }
}

/// Our way and the bare engine, both with the real model.
pub(super) struct Engines {
    ours: Arc<dyn Transcriber>,
    bare: Bare,
    model: PathBuf,
    folder: tempfile::TempDir,
}

impl Engines {
    fn load(model: PathBuf) -> anyhow::Result<Self> {
        Ok(Self {
            ours: qinting_worker::transcriber(),
            bare: Bare::load(&model)?,
            model,
            folder: tempfile::tempdir()?,
        })
    }

    /// Place of a file that is gone after the run.
    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The lines of a recording as the app makes them, in its worker process.
    fn ours(&self, audio: &Path, language: &str) -> anyhow::Result<Vec<Line>> {
        let request = TranscribeRequest {
            audio: LentFile::at(audio),
            model: self.model.clone(),
            language: language.into(),
            simplified: true,
            numbers: qinting_domain::NumberStyle::AsHeard,
            threads: 0,
        };
        let mut lines = Vec::new();
        let mut take = |event| {
            if let TranscribeEvent::Segments { segments } = event {
                lines.extend(segments.into_iter().map(|s| Line {
                    lane: s.channel,
                    start_ms: s.start_ms,
                    end_ms: s.end_ms,
                    text: s.text,
                }));
            }
        };
        self.ours
            .transcribe(&request, &mut take, &Cancel::default())?;
        lines.sort_by_key(|l| (l.lane, l.start_ms));
        Ok(lines)
    }

    /// Both, of the same sound.
    fn both(&mut self, audio: &Path, language: &str) -> anyhow::Result<Pair<Vec<Line>>> {
        let lanes = crate::wav::channels(audio)?;
        Ok(Pair {
            ours: self.ours(audio, language)?,
            bare: self.bare.hear(&lanes, language)?,
        })
    }
}

/// Measures the parts that are wanted. One that fails is told, and the others still count.
pub(crate) fn measure(wanted: &Wanted, report: &mut Report) {
    let Some(model) = data(MODEL) else {
        let why = "no real model in the shared data";
        return report.extend(vec![Row::skipped("hearing", why, "")]);
    };
    let mut engines = match Engines::load(model) {
        Ok(engines) => engines,
        Err(e) => return report.broke(&format!("hearing: {e:#}")),
    };
    let mut has_worked = false;
    for part in Part::value_variants() {
        if !wanted.has(*part) {
            continue;
        }
        match taken(*part, &mut engines, wanted) {
            Ok(rows) => report.extend(rows),
            Err(e) => report.broke(&format!("hearing: {e:#}")),
        }
        has_worked |= matches!(part, Part::Zh | Part::Composed | Part::Call);
    }
    if has_worked {
        let mb = most_resident_below() as f64 / 1e6;
        let row = Row::told("most memory of the worker, batch", format!("{mb:.0} MB"));
        report.extend(vec![row]);
    }
}

fn taken(part: Part, engines: &mut Engines, wanted: &Wanted) -> anyhow::Result<Vec<Row>> {
    let pairs = if wanted.quick { 1 } else { wanted.pairs };
    match part {
        Part::Zh => zh::measure(engines),
        Part::Composed => composed::measure(engines, wanted.quick),
        Part::Call => call::measure(engines, pairs),
        Part::Live => live::measure(engines),
        Part::Quiet => quiet::measure(engines),
        Part::Busy => busy::measure(engines, pairs),
    }
}
