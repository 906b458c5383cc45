//! What was promised, measured: `cargo xtask bench`. Prints one table with figure, target, verdict.
//!
//! Figures only mean something on a machine that does nothing else meanwhile; ratios are taken
//! within one run, interleaved, so that they hold on a busy one too.

mod acoustics;
mod bare;
mod booth;
mod facts;
mod frames;
mod generate;
mod hearing;
mod import;
mod library;
mod live;
mod mark;
mod open;
mod plan;
mod process;
mod purge;
mod report;
mod search;
mod soak;
mod speak;
mod text;
mod transcribe;
mod verify;
mod wav;
mod window;

use clap::{Parser, ValueEnum};
use qinting_host::{Host, Options};
use report::{Report, Row};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Measures Qinting against its targets.
#[derive(Parser)]
struct Args {
    /// What to measure; everything but the hearing and the soak when nothing is named.
    #[arg(value_enum)]
    measures: Vec<Measure>,
    /// Segments the search looks through.
    #[arg(long, default_value_t = 1_000_000)]
    segments: u32,
    /// Operations of the log that is checked.
    #[arg(long, default_value_t = 100_000)]
    operations: u32,
    /// Calls of the library.
    #[arg(long, default_value_t = 100_000)]
    calls: u32,
    /// Folder for the workspace of the search, kept and used again.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Pairs of runs of the transcription (2 when not said) and of the hearing (3).
    #[arg(long)]
    pairs: Option<u32>,
    /// Parts of the hearing; all when nothing is named.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<hearing::Part>,
    /// Hearing without what takes longest: one pair, no quiet, no busy core.
    #[arg(long)]
    quick: bool,
    /// Length of the soak.
    #[arg(long, default_value_t = 20)]
    minutes: u32,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Measure {
    /// A 1-hour 8 kHz stereo WAV goes in.
    Import,
    /// What the sound of a 1-hour call tells.
    Acoustics,
    /// A table of 100,000 calls is planned.
    Plan,
    /// Facts of 10,000 calls come in later.
    Facts,
    /// A library of 100,000 calls is ordered, narrowed and counted.
    Library,
    /// A key press becomes a durable mark.
    Mark,
    /// One search box over a million segments.
    Search,
    /// A 3-hour case with 10,000 segments opens.
    Open,
    /// The change log is what was written.
    Verify,
    /// A 1-hour call goes for good.
    Purge,
    /// Our transcription against a bare loop over the engine.
    Transcribe,
    /// Text of a call while it goes on.
    Live,
    /// What is said is what is read: real speech, a real model, the bare engine beside it.
    Hearing,
    /// The window stands.
    Window,
    /// The window keeps up with a 3-hour call.
    Frames,
    /// A long live call on both lanes with a job waiting.
    Soak,
}

fn main() -> ExitCode {
    // Decoding and the engine run in this binary's own worker process.
    if let Some(code) = qinting_host::run_if_worker() {
        return code;
    }
    let args = Args::parse();
    let mut report = Report::default();
    for measure in Measure::value_variants() {
        let is_long = matches!(measure, Measure::Soak | Measure::Hearing);
        let is_usual = args.measures.is_empty() && !is_long;
        if is_usual || args.measures.contains(measure) {
            // What the stage of the tests cannot do, it says by a panic; the table is printed all the same.
            let attempt = AssertUnwindSafe(|| taken(*measure, &args, &mut report));
            match catch_unwind(attempt) {
                Ok(Ok(rows)) => report.extend(rows),
                Ok(Err(e)) => report.broke(&format!("{e:#}")),
                Err(_) => report.broke("a measurement died; its last words stand above"),
            }
        }
    }
    report.print()
}

fn taken(measure: Measure, args: &Args, report: &mut Report) -> anyhow::Result<Vec<Row>> {
    match measure {
        Measure::Import => import::measure(),
        Measure::Acoustics => acoustics::measure(),
        Measure::Plan => plan::measure(),
        Measure::Facts => facts::measure(),
        Measure::Library => library::measure(args.calls),
        Measure::Mark => mark::measure(),
        Measure::Search => search::measure(args.segments, args.keep.as_deref()),
        Measure::Open => open::measure(),
        Measure::Verify => verify::measure(args.operations),
        Measure::Purge => purge::measure(),
        Measure::Transcribe => transcribe::measure(args.pairs.unwrap_or(2)),
        Measure::Live => live::measure(),
        Measure::Hearing => {
            let wanted = hearing::Wanted {
                only: args.only.clone(),
                pairs: args.pairs.unwrap_or(3),
                quick: args.quick,
            };
            hearing::measure(&wanted, report);
            Ok(Vec::new())
        }
        Measure::Window => window::measure(),
        Measure::Frames => frames::measure(),
        Measure::Soak => soak::measure(args.minutes),
    }
}

/// Opens a workspace as the hosts do.
fn host(folder: &Path) -> anyhow::Result<Host> {
    Ok(Host::open(options(folder))?)
}

/// A workspace in a folder of its own, without sound.
fn options(folder: &Path) -> Options {
    Options {
        workspace: folder.join("workspace"),
        models: Some(folder.join("models")),
        player: false,
        device: qinting_store::Device::kept_in(&folder.join("data")),
    }
}
