//! Composition root shared by the window and the command line: joins the ports, holds the
//! workspace's locks, and runs foreign bytes and native engines in a worker process.

mod background;
mod beat;
pub mod demo;
mod desk;
mod files_out;
mod host;
mod locks;
mod logs;
mod places;
mod rescue;
mod rights;
mod system;
mod worker;

pub use desk::{Desk, Ear, Setup};
pub use host::{Host, Options};
pub use logs::init_logs;
pub use places::{Places, Start, default_models, default_workspace, named_workspace, real_path};
pub use qinting_audio::prepare_sound;
pub use rescue::{copies_of, restore, salvage};
pub use rights::{forbid_looking_in, give_back, keep_private};
pub use worker::{decoder, decoder_with, live_ears, run_if_worker, transcriber};
