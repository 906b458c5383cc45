//! The worker: a hidden subcommand of the same binary in which foreign bytes are decoded and
//! Whisper runs. A fault there is a reported error and a retry, not a closed window.
//!
//! What leaves this crate are the ports of the app, and [`run_if_worker`] for the `main` of every
//! program that uses them.
//!
//! Requests go in as JSON lines, answers come out as JSON lines; one piece of work at a time; the
//! model stays loaded between requests and is let go after a while without work. A live call has a
//! worker of its own, whose sound goes in as lines too.

mod checked;
mod child;
mod client;
mod environment;
mod facts;
mod foreign;
mod limits;
mod line;
mod lines;
mod live;
mod process;
mod starter;
mod wire;

use client::WorkerClient;
use foreign::{Bounds, Decoding, Program};
use live::LiveWorker;

use qinting_desk::{FactReader, LiveEars, MediaDecoder, Transcriber};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// Name of the hidden subcommand.
const SUBCOMMAND: &str = "worker";

/// Set for a worker only: a file that happens to be named `worker` starts none.
const MARK: &str = "QINTING_WORKER";

/// Runs the worker when this process was started as one. Programs call it first thing in `main`.
/// `begin` is what a worker does before anything else: rights of what it writes, and logs, are the
/// program's to settle.
pub fn run_if_worker(begin: impl FnOnce()) -> Option<ExitCode> {
    std::env::var_os(MARK)?;
    match std::env::args_os().nth(1)?.to_str()? {
        SUBCOMMAND => {
            begin();
            Some(child::run())
        }
        foreign::SUBCOMMAND => Some(foreign::become_ffmpeg()),
        _ => None,
    }
}

/// Decoding of foreign files in a worker process of this program; see [`run_if_worker`].
pub fn decoder() -> Arc<dyn MediaDecoder> {
    Arc::new(Decoding::new())
}

/// The same with a certain ffmpeg, or none, that may give so many bytes and may stand still so long.
pub fn decoder_with(
    ffmpeg: Option<PathBuf>,
    most_bytes: u64,
    stall: Duration,
) -> Arc<dyn MediaDecoder> {
    let bounds = Bounds {
        bytes: most_bytes,
        stall,
    };
    Arc::new(Decoding::with(Program::At(ffmpeg), bounds))
}

/// Reading of tables and side-cars in a worker process of this program; see [`run_if_worker`].
pub fn fact_reader() -> Arc<dyn FactReader> {
    Arc::new(WorkerClient::for_facts())
}

/// Whisper in a worker process of this program; see [`run_if_worker`].
pub fn transcriber() -> Arc<dyn Transcriber> {
    Arc::new(WorkerClient::for_speech())
}

/// Ears on a live call, in a worker process of this program; see [`run_if_worker`].
pub fn live_ears() -> Arc<dyn LiveEars> {
    Arc::new(LiveWorker)
}
