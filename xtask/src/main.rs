//! What a person types: `cargo xtask run · test · check · bench · gen`.
//!
//! Starts on a machine that has only Rust and Node, so it leans on two small crates and nothing else.
#![allow(
    clippy::print_stdout,
    reason = "talking to the person at the terminal is what it is for"
)]

mod build;
mod checks;
mod shell;
mod suite;
mod system;
mod ui;
mod window;

use anyhow::{Context, Result};
use build::Profile;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Build, run, and prove Qinting.")]
struct Line {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Installs what this machine lacks (done by the other tasks too).
    Setup,
    /// Builds and opens the window.
    Run(window::RunArgs),
    /// Runs every test of the project, or those whose name contains FILTER.
    Test {
        /// Part of a test's name.
        filter: Option<String>,
        /// Kills five times as often; takes ten minutes more.
        #[arg(long)]
        long: bool,
    },
    /// Formatting, lints, generated files, licences: what "done" means before the tests.
    Check {
        /// Only what compiles no Rust: formatting, and the page's lints and types.
        #[arg(long)]
        quick: bool,
    },
    /// Runs the benchmarks and prints their table.
    Bench {
        /// Handed to the benchmarks as they are.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Writes the TypeScript that is generated from the Rust types.
    Gen,
}

fn main() -> ExitCode {
    match perform(Line::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<()> {
    match task {
        Task::Setup => {
            system::ensure(system::Need::Tests)?;
            ui::ready()
        }
        Task::Run(args) => window::run(&args),
        Task::Test { filter, long } => suite::test(filter.as_deref(), long),
        Task::Check { quick } => checks::check(quick),
        Task::Bench { args } => bench(args),
        Task::Gen => {
            system::ensure(system::Need::Build)?;
            checks::bindings().env("QINTING_WRITE_BINDINGS", "1").run()
        }
    }
}

/// Builds the measurements and the window they open, as it ships, and takes them.
fn bench(args: Vec<String>) -> Result<()> {
    system::ensure(system::Need::Tests)?;
    ui::ready()?;
    build::programs(&[build::WINDOW, build::BENCH], Profile::Release).run()?;
    shell::program(build::built(build::BENCH, Profile::Release))
        .args(args)
        .run()
        .context("a target is missed or a measurement broke; the table above says which")
}
