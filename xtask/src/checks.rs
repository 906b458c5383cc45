//! What "done" means before the tests.

use crate::shell::{Shell, cargo, npm, program};
use crate::{system, ui};
use anyhow::{Result, bail};

/// A name, and what has to succeed.
type Step = (&'static str, fn() -> Result<()>);

/// Steps that compile nothing.
const QUICK: [&str; 2] = ["formatting", "UI: formatting, lints, types"];

/// Runs every step, or the quick ones, also after one failed, and says at the end which did.
pub fn check(quick: bool) -> Result<()> {
    system::ensure(system::Need::Build)?;
    ui::ready()?;
    let steps: [Step; 7] = [
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
        ("manifest lines nothing uses", unused),
        ("other systems", other_systems),
    ];
    let mut failed = Vec::new();
    let meant = |(name, _): &Step| !quick || QUICK.contains(name);
    for (name, step) in steps.into_iter().filter(meant) {
        println!("\n== {name}");
        if let Err(error) = step() {
            println!("{error:#}");
            failed.push(name);
        }
    }
    if failed.is_empty() {
        println!("\n{} checks pass.", if quick { "The quick" } else { "All" });
        return Ok(());
    }
    bail!("not done yet: {}", failed.join(", "))
}

/// The test that compares the committed TypeScript with the Rust types, and writes it when asked to.
pub fn bindings() -> Shell {
    cargo(["test", "--workspace", "--lib", "bindings"])
}

/// Known faults, licences, sources, the C inside, and the tidy rules, by the tests that know them.
fn dependencies() -> Result<()> {
    cargo(["test", "--workspace", "--test", "supply", "--test", "tidy"]).run()
}

/// Lines of manifests that no source uses, where cargo-machete is there to find them; says so where it is not.
fn unused() -> Result<()> {
    if program("cargo-machete").args(["--version"]).works() {
        return program("cargo-machete").args(["."]).run();
    }
    println!(
        "NOT CHECKED, cargo-machete is not installed (`cargo install cargo-machete --locked`)"
    );
    Ok(())
}

/// Systems that Qinting is written for.
const SYSTEMS: [&str; 3] = [
    "x86_64-unknown-linux-gnu",
    "x86_64-pc-windows-msvc",
    "aarch64-apple-darwin",
];

/// Checks the types for every other system whose standard library is installed; says which is not. The
/// lints have seen the system at hand.
fn other_systems() -> Result<()> {
    let (_, about) = program("rustc").args(["-vV"]).ask().unwrap_or_default();
    let is_here = |system: &&str| about.lines().any(|line| line.ends_with(*system));
    for system in SYSTEMS.iter().filter(|system| !is_here(system)) {
        let library = program("rustc").args(["--print", "target-libdir", "--target", system]);
        let is_installed = library.ask().is_some_and(|(succeeded, said)| {
            let std = std::fs::read_dir(said.trim());
            succeeded && std.is_ok_and(|files| files.count() > 0)
        });
        if is_installed {
            cargo(["check", "--workspace", "--target", system]).run()?;
        } else {
            println!(
                "{system}: NOT CHECKED, its standard library is not installed (`rustup target add {system}`)"
            );
        }
    }
    Ok(())
}
