//! Opening the window, or proving without a screen that it would open.

use crate::build::{self, Profile};
use crate::shell::{program, root};
use crate::{suite, system, ui};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::time::SystemTime;

#[derive(Args)]
pub struct RunArgs {
    /// No screen needed: walks through the first minute with the demo once on a virtual screen and
    /// saves screenshots.
    #[arg(long)]
    headless_check: bool,
    /// After the check, put the new screenshots where the README shows them.
    #[arg(long, requires = "headless_check")]
    pictures: bool,
    /// Build it the way it ships.
    #[arg(long)]
    release: bool,
    /// Handed to the window: call files to bring in, `--workspace DIR`.
    #[arg(last = true)]
    args: Vec<String>,
}

/// The window test that walks from the welcome through the demo to an issue and back.
const FIRST_MINUTE: &str = "first_minute";
/// Screenshots of that walk that the README shows, and their names there.
const PICTURES: &[(&str, &str)] = &[
    ("welcome-light-1440", "welcome"),
    ("demo-console-light-1440", "console"),
    ("demo-issues-light-1440", "issues"),
    ("demo-session-light-1440", "session"),
];

pub fn run(args: &RunArgs) -> Result<()> {
    if args.headless_check {
        return headless_check(args.pictures);
    }
    let has_screen = !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    if !has_screen {
        bail!(
            "there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set).\n\
             `cargo xtask run --headless-check` runs the window on a virtual screen, walks through \
             the first minute with the demo once, and saves screenshots."
        );
    }
    system::ensure(system::Need::Build)?;
    ui::ready()?;
    let profile = if args.release {
        Profile::Release
    } else {
        Profile::Debug
    };
    build::programs(&[build::WINDOW], profile).run()?;
    program(build::built(build::WINDOW, profile))
        .args(&args.args)
        .run()
}

fn headless_check(pictures: bool) -> Result<()> {
    let start = SystemTime::now();
    suite::test(Some(FIRST_MINUTE), false)?;
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
    if pictures {
        for (shot, name) in PICTURES {
            let from = root().join(format!("artifacts/screens/{shot}.png"));
            std::fs::copy(&from, root().join(format!("docs/pictures/{name}.png")))
                .with_context(|| format!("{} is not there", from.display()))?;
        }
    }
    Ok(())
}
