//! What tests stand on: sounds made on the spot and ears for what comes back, data that may be there,
//! waiting for what happens soon, processes that a test starts.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up stops right there"
)]

pub mod cli;
pub mod data;
pub mod dice;
pub mod files;
pub mod harness;
pub mod hear;
pub mod process;
pub mod records;
pub mod sound;
pub mod speak;
pub mod text;
pub mod wait;

use std::path::{Path, PathBuf};

/// Root of the checkout.
pub fn root() -> &'static Path {
    // This crate is two levels below the root.
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap()
}

/// The demo model, which is part of the project. It knows the phrases of the demo calls.
pub fn demo_model() -> PathBuf {
    root().join("assets/demo/qinting-demo-q5_0.bin")
}

/// A call of the demo.
pub fn demo_call(name: &str) -> PathBuf {
    root()
        .join("assets/demo/calls")
        .join(format!("{name}.flac"))
}
