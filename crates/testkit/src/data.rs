//! What not every machine has: recordings and models that are no part of the project, and programs.
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use crate::process::is_installed;
use std::path::PathBuf;

/// Says that a test has nothing to prove here, and why. The one word for it, so that it can be looked
/// for in what a run has said.
pub fn skipped(why: &str) {
    println!("SKIPPED: {why}");
}

/// A file or folder of the shared test data: below `QINTING_TEST_DATA`, or in `shared/data` beside the
/// checkout. Says so when it is not there.
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = shared_quietly(path);
    if found.is_none() {
        skipped(&format!(
            "{path} is not there; QINTING_TEST_DATA names the folder that has it"
        ));
    }
    found
}

/// The same without a word.
pub fn shared_quietly(path: &str) -> Option<PathBuf> {
    let data = std::env::var_os("QINTING_TEST_DATA")
        .map_or_else(|| crate::root().join("../shared/data"), PathBuf::from);
    std::fs::canonicalize(data.join(path)).ok()
}

/// The two sides of one real call: agent, caller.
pub fn two_sided_call() -> Option<[PathBuf; 2]> {
    Some([
        shared("calls/Auto_Repairs_40_UTC_agent.wav")?,
        shared("calls/Auto_Repairs_40_UTC_caller.wav")?,
    ])
}

/// Whether speech can be made here; says so when not.
///
/// # Panics
/// When it cannot be and `CI` is set: where every proof is asked for, a program can be installed, as
/// recordings of other people cannot.
pub fn can_speak() -> bool {
    let there = is_installed("espeak-ng");
    if !there {
        let why = "espeak-ng is not installed";
        assert!(std::env::var_os("CI").is_none(), "{why}, and CI is set");
        skipped(why);
    }
    there
}
