//! Every test of the project, and nothing but one build for all of them.

use crate::build::locked;
use crate::shell::{Shell, cargo, npm};
use crate::{system, ui};
use anyhow::{Result, bail};

/// Kills of the long proof, of the command line at work.
const LONG_KILLS: &str = "1000";

/// Programs and tests, all that there is.
pub const EVERYTHING: [&str; 3] = ["build", "--workspace", "--all-targets"];

/// Set-up, the tests of the UI, then the tests in Rust with those that drive the window.
pub fn test(filter: Option<&str>, long: bool) -> Result<()> {
    system::ensure(system::Need::Tests)?;
    ui::ready()?;
    // The tests of the page ask the product, so it is built first.
    build()?;
    // With a filter somebody is after one test in Rust.
    let ui = if filter.is_some() {
        Ok(())
    } else {
        npm(["test"]).run()
    };
    let rust = runner(filter, long);
    let rust = if long {
        rust.env("QINTING_KILL_ROUNDS", LONG_KILLS).run()
    } else {
        rust.run()
    };
    match (ui, rust) {
        (Ok(()), Ok(())) => Ok(()),
        (Err(ui), Ok(())) => bail!("the tests in Rust pass, the tests of the UI do not: {ui:#}"),
        (Ok(()), Err(rust)) => Err(rust),
        (Err(ui), Err(rust)) => bail!("{ui:#}; {rust:#}"),
    }
}

/// Builds programs and tests in one go. The tests start the programs, so these must be as new as the
/// tests are, and made from the same features.
fn build() -> Result<()> {
    locked(cargo(EVERYTHING)).run()
}

/// The test runner: nextest, which keeps the window tests one at a time and leaves out what takes minutes unless
/// somebody asks for it, or what cargo brings.
fn runner(filter: Option<&str>, long: bool) -> Shell {
    let shell = if cargo(["nextest", "--version"]).works() {
        locked(cargo([
            "nextest",
            "run",
            "--workspace",
            "--no-fail-fast",
            "--no-tests=fail",
        ]))
        .args((long || filter.is_some()).then_some("--ignore-default-filter"))
    } else {
        println!(
            "cargo-nextest is not installed, so `cargo test` runs the tests (slower, same tests). \
             `cargo install cargo-nextest --locked` gets it."
        );
        locked(cargo(["test", "--workspace", "--no-fail-fast"]))
    };
    shell.args(filter)
}
