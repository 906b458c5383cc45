//! Who may know whom, and why each library is here.

use crate::{files, lines_where, none, read};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use qinting_tests::root;
use std::collections::BTreeSet;

/// Who may know whom inside the workspace; ARCHITECTURE.md has a picture of it.
const ARROWS: &[(&str, &[&str])] = &[
    ("qinting-record-derive", &[]),
    ("qinting-domain", &["record-derive"]),
    ("qinting-app", &["domain"]),
    ("qinting-desk", &["app", "domain"]),
    ("qinting-store", &["app", "domain"]),
    ("qinting-audio", &["desk", "domain"]),
    ("qinting-speech", &["desk", "domain"]),
    ("qinting-export", &["app", "domain"]),
    ("qinting-table", &[]),
    ("qinting-facts", &["domain", "table"]),
    ("qinting-ipc", &["desk", "domain"]),
    ("qinting-demo", &["desk", "domain"]),
    (
        "qinting-worker",
        &["desk", "domain", "audio", "speech", "facts", "table"],
    ),
    (
        "qinting-host",
        &[
            "desk", "domain", "store", "audio", "speech", "worker", "export", "demo",
            // Its door answers every command there is.
            "ipc",
        ],
    ),
    ("qinting-cli", &["desk", "domain", "host", "export"]),
    ("qinting-stage", &["desk", "domain", "host"]),
    ("qinting-window", &["desk", "domain", "host"]),
    (
        "qinting-bench",
        &[
            "desk", "domain", "store", "audio", "speech", "worker", "host",
            // The window it measures stands on the stage of the tests.
            "tests",
        ],
    ),
    ("qinting-testkit", &["domain"]),
    ("qinting-tests", &[]),
    ("xtask", &[]),
];

/// Libraries that only some may touch: the start of their name, and who.
const OWNERS: &[(&str, &[&str])] = &[
    ("tauri", &["qinting-window"]),
    ("rusqlite", &["qinting-store"]),
    ("refinery", &["qinting-store"]),
    ("cpal", &["qinting-audio"]),
    ("symphonia", &["qinting-audio"]),
    // WAV is also what the speech worker reads, and what tests bring in.
    (
        "hound",
        &[
            "qinting-audio",
            "qinting-speech",
            "qinting-testkit",
            "qinting-bench",
        ],
    ),
    // The benchmark compares our worker with the bare engine.
    ("whisper-rs", &["qinting-speech", "qinting-bench"]),
    ("ureq", &["qinting-speech"]),
    ("calamine", &["qinting-table"]),
    ("quick-xml", &["qinting-facts"]),
];

/// What tests stand on, and who is nothing but tests.
const TESTKIT: &str = "qinting-testkit";
const TESTS: &[&str] = &["qinting-bench", "qinting-tests"];

pub fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo can describe the workspace")
}

#[test]
fn no_arrow_is_drawn_that_the_architecture_forbids() {
    let mut wrong = Vec::new();
    for package in metadata().workspace_packages() {
        let name = package.name.as_str();
        let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == name) else {
            wrong.push(format!("{name} is not in the table"));
            continue;
        };
        for dependency in package.dependencies.iter().filter(|one| one.path.is_some()) {
            let short = dependency.name.trim_start_matches("qinting-");
            // A test of its own may lean on itself through a feature, nothing else; what tests stand on
            // has a rule of its own.
            let is_own = dependency.name == name || dependency.name == TESTKIT;
            if !allowed.contains(&short) && !is_own {
                wrong.push(format!("{name} -> {}", dependency.name));
            }
        }
        let is_drawn = |short: &&&str| {
            let known = format!("qinting-{short}");
            package.dependencies.iter().any(|one| one.name == known)
        };
        let undrawn = allowed.iter().filter(|short| !is_drawn(short));
        wrong.extend(
            undrawn.map(|short| format!("{name} -> {short} is allowed, and nobody needs it")),
        );
    }
    none(&wrong, "arrows that ARCHITECTURE.md does not draw");
}

#[test]
fn nothing_that_ships_stands_on_what_is_for_tests() {
    let mut wrong = Vec::new();
    for package in metadata().workspace_packages() {
        let is_test = TESTS.contains(&package.name.as_str());
        let testkit = package
            .dependencies
            .iter()
            .find(|one| one.name == TESTKIT && one.kind != DependencyKind::Development && !is_test);
        wrong.extend(testkit.map(|_| package.name.to_string()));
    }
    none(&wrong, "qinting-testkit is a dev-dependency");
}

#[test]
fn a_library_stays_with_the_crate_that_owns_it() {
    let mut wrong = Vec::new();
    for package in metadata().workspace_packages() {
        for dependency in &package.dependencies {
            // Tests make their own WAV files; the table is about what ships.
            if dependency.kind == DependencyKind::Development {
                continue;
            }
            let owners = OWNERS
                .iter()
                .find(|(start, _)| dependency.name.starts_with(start));
            if owners.is_some_and(|(_, owners)| !owners.contains(&package.name.as_str())) {
                wrong.push(format!("{} -> {}", package.name, dependency.name));
            }
        }
    }
    none(&wrong, "libraries outside the crate that owns them");
}

#[test]
fn versions_are_written_once_in_the_root_manifest() {
    let mut wrong = Vec::new();
    for manifest in files("", &["Cargo.toml"]) {
        if manifest == root().join("Cargo.toml") {
            continue;
        }
        wrong.extend(lines_where(&[manifest], |line| {
            let is_own = line.starts_with("version.workspace") || line.starts_with("rust-version");
            line.contains("version = \"")
                || (line.contains(" = \"") && starts_with_number(line) && !is_own)
        }));
    }
    none(
        &wrong,
        "a version that belongs into [workspace.dependencies]",
    );
}

/// `name = "1.2"` and the like.
fn starts_with_number(line: &str) -> bool {
    line.split(" = \"")
        .nth(1)
        .is_some_and(|value| value.starts_with(|c: char| c.is_ascii_digit()))
}

#[test]
fn every_direct_dependency_has_its_reason_in_contributing() {
    let text = read(&root().join("CONTRIBUTING.md"));
    let (_, section) = text
        .split_once("\n## Dependencies\n")
        .expect("a section on dependencies");
    let table: BTreeSet<&str> = section
        .lines()
        .take_while(|line| !line.starts_with("## "))
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "))
        .map(|(name, _)| name)
        .collect();
    let mut used: BTreeSet<String> = metadata()
        .workspace_packages()
        .iter()
        .flat_map(|package| package.dependencies.clone())
        .filter(|dependency| dependency.path.is_none())
        .map(|dependency| dependency.name)
        .collect();
    let npm: serde_json::Value =
        serde_json::from_str(&read(&root().join("ui/package.json"))).expect("package.json is JSON");
    for kind in ["dependencies", "devDependencies"] {
        used.extend(
            npm[kind]
                .as_object()
                .into_iter()
                .flat_map(|all| all.keys().cloned()),
        );
    }
    let missing: Vec<_> = used
        .iter()
        .filter(|name| !table.contains(name.as_str()))
        .cloned()
        .collect();
    none(
        &missing,
        "direct dependencies without a reason in CONTRIBUTING.md",
    );
    let stale: Vec<_> = table
        .iter()
        .filter(|name| !used.contains(**name))
        .map(|name| name.to_string())
        .collect();
    none(
        &stale,
        "reasons in CONTRIBUTING.md for what is not used any more",
    );
}
