//! Crates against the RustSec advisories.

use crate::{everything, json, list, names, none, rules, settle, text};
use qinting_tests::root;
use rustsec::{Database, Lockfile};

/// The one place crates come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn locked() -> Lockfile {
    Lockfile::load(root().join("Cargo.lock")).expect("our own lock file")
}

#[test]
fn no_crate_has_a_known_fault_that_nobody_looked_at() {
    let advisories =
        Database::open(&root().join("tools/advisories")).expect("the snapshot of advisories");
    let found = locked()
        .packages
        .iter()
        .flat_map(|package| {
            advisories
                .iter()
                .filter(|one| one.metadata.withdrawn.is_none())
                .filter(|one| one.metadata.package == package.name)
                .filter(|one| one.versions.is_vulnerable(&package.version))
                .map(|one| (one.metadata.id.to_string(), package.name.to_string()))
        })
        .collect();
    settle(&found, "crates");
}

#[test]
fn every_crate_was_looked_up() {
    let snapshot = json("tools/advisories/snapshot.json");
    let looked_up = names(&snapshot["crates"]);
    let missing: Vec<String> = locked()
        .packages
        .iter()
        .filter(|package| package.source.is_some() && !looked_up.contains(package.name.as_str()))
        .map(|package| package.name.to_string())
        .collect();
    none(
        &missing,
        "crates that tools/advisories/snapshot.json does not know",
    );
}

#[test]
fn crates_come_from_one_place_and_none_is_banned() {
    let rules = rules();
    let banned: Vec<&str> = list(&rules["banned"])
        .iter()
        .map(|one| text(&one["crate"]))
        .collect();
    let mut wrong = Vec::new();
    for package in locked().packages {
        let is_foreign = package
            .source
            .as_ref()
            .is_some_and(|source| source.to_string() != REGISTRY);
        if is_foreign || banned.contains(&package.name.as_str()) {
            wrong.push(package.name.to_string());
        }
    }
    let metadata = everything();
    for package in metadata.workspace_packages() {
        let any = package
            .dependencies
            .iter()
            .filter(|one| one.path.is_none() && one.req.to_string() == "*");
        wrong.extend(any.map(|one| format!("{} of any version", one.name)));
    }
    none(
        &wrong,
        "crates from elsewhere, banned ones, and ones without a version",
    );
}
