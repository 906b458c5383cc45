//! What "done" means before the tests.

use crate::shell::{Shell, cargo, npm};
use crate::{system, ui};
use anyhow::{Result, bail};

/// A name, and what has to succeed.
type Step = (&'static str, fn() -> Result<()>);

/// Runs every step, also after one failed, and says at the end which did.
pub fn check() -> Result<()> {
    system::ensure(system::Need::Build)?;
    ui::ready()?;
    let steps: [Step; 5] = [
        ("formatting", || cargo(["fmt", "--all", "--check"]).run()),
        ("lints", || {
            cargo([
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ])
            .run()
        }),
        ("generated bindings", || bindings().run()),
        ("UI: formatting, lints, types", || {
            npm(["run", "check"]).run()
        }),
        ("dependencies", dependencies),
    ];
    let mut failed = Vec::new();
    for (name, step) in steps {
        println!("\n== {name}");
        if let Err(error) = step() {
            println!("{error:#}");
            failed.push(name);
        }
    }
    if failed.is_empty() {
        println!("\nAll checks pass.");
        return Ok(());
    }
    bail!("not done yet: {}", failed.join(", "))
}

/// The test that compares the committed TypeScript with the Rust types, and writes it when asked to.
pub fn bindings() -> Shell {
    cargo(["test", "--package", "qinting-ipc", "bindings"])
}

fn dependencies() -> Result<()> {
    if !cargo(["deny", "--version"]).works() {
        bail!("cargo-deny is not installed: `cargo install cargo-deny --locked`, then try again");
    }
    cargo(["deny", "check", "bans", "licenses", "sources"]).run()?;
    println!("$ cargo deny check advisories");
    match cargo(["deny", "check", "advisories"]).ask() {
        Some((true, _)) => Ok(()),
        // The database lives on the network; without it there is nothing to compare with.
        Some((false, said)) if said.contains("failed to fetch advisory database") => {
            println!("advisories: NOT CHECKED, the database of advisories cannot be reached");
            Ok(())
        }
        Some((false, said)) => bail!("{said}"),
        None => bail!("`cargo deny check advisories` cannot be started"),
    }
}
