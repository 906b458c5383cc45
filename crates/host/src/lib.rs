//! Composition root shared by the window and the command line: joins the ports, and holds the
//! workspace's locks.

mod background;
mod beat;
pub mod demo;
mod door;
mod files_in;
mod files_out;
mod given;
mod grant;
mod hardware;
mod host;
mod lines;
mod locks;
mod logs;
mod open_workspace;
mod places;
mod rescue;
mod rights;
mod system;

pub use door::{Answer, Call, Door, Hands, Mark, NoHands, marked};
pub use files_in::Disks;
pub use given::Given;
pub use grant::Grant;
pub use host::{Host, Options};
pub use lines::{Answers, answer_lines, tell_line};
pub use logs::init_logs;
pub use open_workspace::{Ear, OpenWorkspace, Setup};
pub use places::{Places, Start, default_models, default_workspace, named_workspace, real_path};
pub use qinting_audio::prepare_sound;
pub use qinting_store::Device;
pub use rescue::{adopt, copies_of, restore, salvage};
pub use rights::{forbid_looking_in, give_back, keep_private};
pub use system::ahead_of_utc_ms;

use std::process::ExitCode;

/// Runs the worker when this process was started as one, with rights and logs as a worker of ours has
/// them. Hosts call it first thing in `main`.
pub fn run_if_worker() -> Option<ExitCode> {
    qinting_worker::run_if_worker(|| {
        rights::begin_in_worker();
        init_logs("warn");
    })
}
