//! The worker: a hidden subcommand of the same binary in which foreign bytes are decoded and
//! Whisper runs. A fault there is a reported error and a retry, not a closed window.
//!
//! Requests go in as JSON lines, answers come out as JSON lines; one piece of work at a time; the
//! model stays loaded between requests and is let go after a while without work. A live call has a
//! worker of its own, whose sound goes in as lines too.

mod checked;
mod child;
mod client;
mod environment;
mod limits;
mod lines;
mod live;
mod process;
mod starter;
mod wire;

use client::WorkerClient;
use live::LiveWorker;

use qinting_app::{LiveEars, MediaDecoder, Transcriber};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// Name of the hidden subcommand.
const SUBCOMMAND: &str = "worker";

/// Set for a worker only: a file that happens to be named `worker` starts none.
const MARK: &str = "QINTING_WORKER";

/// Runs the worker when this process was started as one. Hosts call it first thing in `main`.
pub fn run_if_worker() -> Option<ExitCode> {
    let is_named = std::env::args_os().nth(1).as_deref() == Some(SUBCOMMAND.as_ref());
    (is_named && std::env::var_os(MARK).is_some()).then(|| {
        crate::rights::begin_in_worker();
        crate::init_logs("warn");
        child::run()
    })
}

/// Decoding of foreign files in a worker process of this program; see [`run_if_worker`].
pub fn decoder() -> Arc<dyn MediaDecoder> {
    Arc::new(WorkerClient::for_media())
}

/// The same, given up when no byte moves for this long.
pub fn decoder_within(stall: Duration) -> Arc<dyn MediaDecoder> {
    Arc::new(WorkerClient::for_media_within(stall))
}

/// Whisper in a worker process of this program; see [`run_if_worker`].
pub fn transcriber() -> Arc<dyn Transcriber> {
    Arc::new(WorkerClient::for_speech())
}

/// Ears on a live call, in a worker process of this program; see [`run_if_worker`].
pub fn live_ears() -> Arc<dyn LiveEars> {
    Arc::new(LiveWorker)
}
