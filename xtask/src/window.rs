//! Opening the window, or proving without a screen that it would open.

use crate::shell::{cargo, program, root, target};
use crate::{suite, system, ui};
use anyhow::{Result, bail};
use clap::Args;
use std::time::SystemTime;

#[derive(Args)]
pub struct RunArgs {
    /// No screen needed: drives the window through the main job once on a virtual screen and saves
    /// a screenshot.
    #[arg(long)]
    headless_check: bool,
    /// Build it the way it ships.
    #[arg(long)]
    release: bool,
    /// Handed to the window: call files to bring in, `--workspace DIR`.
    #[arg(last = true)]
    args: Vec<String>,
}

/// The window test that walks from a call to an issue and back.
const MAIN_JOB: &str = "main_job";

pub fn run(args: &RunArgs) -> Result<()> {
    if args.headless_check {
        return headless_check();
    }
    let has_screen = !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    if !has_screen {
        bail!(
            "there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set).\n\
             `cargo xtask run --headless-check` runs the window on a virtual screen, walks the main \
             job once, and saves a screenshot."
        );
    }
    system::ensure(system::Need::Build)?;
    ui::ready()?;
    let profile = if args.release {
        cargo(["build", "--release", "--package", "qinting-window"]).run()?;
        "release"
    } else {
        // The whole workspace at once, as the tests do, so that neither builds the libraries again for the other.
        cargo(["build", "--workspace", "--bins"]).run()?;
        "debug"
    };
    let name = format!("qinting-window{}", std::env::consts::EXE_SUFFIX);
    program(target().join(profile).join(name))
        .args(&args.args)
        .run()
}

fn headless_check() -> Result<()> {
    let start = SystemTime::now();
    suite::test(Some(MAIN_JOB))?;
    let mut shots: Vec<_> = std::fs::read_dir(root().join("artifacts/screens"))?
        .filter_map(|entry| entry.ok())
        .filter(|entry| {
            entry
                .metadata()
                .and_then(|meta| meta.modified())
                .is_ok_and(|at| at >= start)
        })
        .map(|entry| entry.path())
        .collect();
    shots.sort();
    if shots.is_empty() {
        bail!("the window ran, but left no screenshot");
    }
    println!("\nThe window works. Screenshots:");
    for shot in shots {
        println!("  {}", shot.display());
    }
    Ok(())
}
