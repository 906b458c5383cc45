//! Composition root shared by the window and the command line: joins the ports, holds the
//! workspace's locks, and runs foreign bytes and native engines in a worker process.

mod background;
mod beat;
pub mod demo;
mod desk;
mod files_out;
mod host;
mod locks;
mod places;
mod rescue;
mod rights;
mod system;
mod worker;

pub use desk::{Desk, Ear, Setup};
pub use host::{Host, Options};
pub use places::{Places, Start, default_models, default_workspace, named_workspace, real_path};
pub use qinting_audio::prepare_sound;
pub use rescue::{copies_of, restore, salvage};
pub use rights::{forbid_looking_in, give_back, keep_private};
pub use worker::{decoder, decoder_with, live_ears, run_if_worker, transcriber};

/// Sends logs to stderr. `QINTING_LOG` overrides `default` (the syntax of `RUST_LOG`). Logs carry
/// ids and codes only.
pub fn init_logs(default: &str) {
    let filter = tracing_subscriber::EnvFilter::try_from_env("QINTING_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(default));
    // A second call (tests) keeps the first subscriber.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(true)
        .try_init();
}
