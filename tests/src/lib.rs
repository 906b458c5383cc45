//! What the whole-product tests stand on: a window on a private screen with private sound, the
//! command line in a private home, and audio to bring in.
//!
//! Nothing here touches the screen, the sound, the home, or the message bus of whoever runs it.
#![allow(
    clippy::print_stdout,
    reason = "what a failing test says, the person reads"
)]

pub mod axe;
pub mod dialogs;
pub mod fixtures;
pub mod live;
pub mod live_room;
pub mod namespace;
pub mod picture;
mod plan;
pub mod process;
pub mod samples;
pub mod screen;
pub mod sound;
pub mod stage;
pub mod x11;

use qinting_testkit::cli::Home;
use std::path::PathBuf;

pub use qinting_testkit::root;

/// A program of this workspace, from the build the running test belongs to.
///
/// # Panics
/// When it was not built.
pub fn built(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a running test has a path");
    let folder = test.parent().expect("a program lies in a folder");
    // Tests live in target/<profile>/deps, the measurements beside the programs.
    let profile = match folder.parent() {
        Some(above) if folder.ends_with("deps") => above,
        _ => folder,
    };
    let program = profile
        .join(name)
        .with_extension(std::env::consts::EXE_EXTENSION);
    assert!(
        program.is_file(),
        "{} was not built: `cargo xtask test` builds programs and tests together",
        program.display()
    );
    program
}

/// The command line in a private home.
///
/// # Panics
/// When it was not built.
pub fn qinting() -> Home {
    Home::of(built("qinting"))
}

/// Where test runs leave what people look at: `artifacts/<kind>`, not under version control.
pub fn artifacts(kind: &str) -> PathBuf {
    let dir = root().join("artifacts").join(kind);
    std::fs::create_dir_all(&dir).expect("artifacts/ can be written");
    dir
}
