//! Programs, each with what it needs and nothing else, from the libraries the tests stand on.

use crate::shell::{Shell, cargo, target};
use std::path::PathBuf;

/// A program of the workspace that is built by its name.
pub const WINDOW: &str = "qinting-window";
/// The measurements.
pub const BENCH: &str = "qinting-bench";

/// How fast the program is to be, and how long building it may take.
#[derive(Clone, Copy, PartialEq)]
pub enum Profile {
    Debug,
    /// What ships.
    Release,
}

/// Builds `programs` in one go.
pub fn programs(programs: &[&str], profile: Profile) -> Shell {
    locked(cargo(line(programs, profile)))
}

/// Where a program lies once it is built.
pub fn built(program: &str, profile: Profile) -> PathBuf {
    let folder = match profile {
        Profile::Debug => "debug",
        Profile::Release => "release",
    };
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    target().join(folder).join(name)
}

/// A library is built once for each set of features somebody asks of it, so programs and tests have to ask alike.
/// `--workspace` takes together what all our crates ask, and only the named programs are built of it;
/// `--examples`, of which there are none, makes cargo count what tests ask, too.
fn line<'a>(programs: &[&'a str], profile: Profile) -> Vec<&'a str> {
    let mut line = vec!["build", "--workspace", "--examples"];
    line.extend(programs.iter().flat_map(|name| ["--bin", *name]));
    if profile == Profile::Release {
        line.push("--release");
    }
    line
}

/// On a build machine the lock file is what was tested; nobody is there to commit another.
pub fn locked(shell: Shell) -> Shell {
    match std::env::var_os("CI") {
        Some(_) => shell.args(["--locked"]),
        None => shell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::collections::HashSet;

    /// What cargo would build for a line, each with all that makes it another build: package, target, purpose,
    /// features, profile, and the same of everything below.
    fn plan(line: &[&str]) -> HashSet<String> {
        let (_, said) = cargo(line.iter().copied())
            .args(["--unit-graph", "-Zunstable-options", "--offline", "--quiet"])
            // Nothing is built; the plan is not on show without it.
            .env("RUSTC_BOOTSTRAP", "1")
            .ask()
            .expect("cargo runs");
        // What cargo says of a lock it waits for stands beside the plan.
        let plan = said.lines().find(|line| line.starts_with('{'));
        let graph: Value = serde_json::from_str(plan.unwrap_or(&said)).expect("a plan in JSON");
        let units = graph["units"].as_array().expect("a list of units");
        let mut told = vec![None; units.len()];
        (0..units.len())
            .map(|n| tell(n, units, &mut told))
            .collect()
    }

    /// One unit in a line of its own: what it is, and a number for all it stands on.
    fn tell(n: usize, units: &[Value], told: &mut Vec<Option<String>>) -> String {
        use std::hash::{DefaultHasher, Hash, Hasher};
        if let Some(known) = &told[n] {
            return known.clone();
        }
        let unit = &units[n];
        let mut below: Vec<String> = unit["dependencies"]
            .as_array()
            .expect("a list of units below")
            .iter()
            .map(|one| one["index"].as_u64().expect("the place of a unit") as usize)
            .map(|one| tell(one, units, told))
            .collect();
        below.sort();
        let mut number = DefaultHasher::new();
        for part in ["target", "profile", "platform", "features"] {
            unit[part].to_string().hash(&mut number);
        }
        below.hash(&mut number);
        let line = format!("{} {} {:x}", unit["pkg_id"], unit["mode"], number.finish());
        told[n] = Some(line.clone());
        line
    }

    #[test]
    fn whoever_ran_the_tests_has_every_library_of_the_window() {
        let tests = plan(&crate::suite::EVERYTHING);
        let window = plan(&line(&[WINDOW], Profile::Debug));
        let mut again: Vec<_> = window.difference(&tests).collect();
        again.sort();
        assert!(again.is_empty(), "built a second time: {again:#?}");
    }

    #[test]
    fn a_window_needs_no_program_beside_it() {
        let window = plan(&line(&[WINDOW], Profile::Debug));
        let none_of = [
            "/bench#",
            "/cli#",
            "/stage#",
            "/testkit#",
            "/tests#",
            "/xtask#",
        ];
        let beside: Vec<_> = window
            .iter()
            .filter(|unit| unit.contains("path+file") && none_of.iter().any(|p| unit.contains(p)))
            .collect();
        assert!(beside.is_empty(), "{beside:#?}");
        assert!(window.iter().any(|unit| unit.contains("/src-tauri#")));
    }
}
