//! What comes with other people's code: known faults, licences, where it is from, and the C inside.
//!
//! Works without a network, from a snapshot of the public advisory lists that lies in the project. A
//! package that nobody looked up yet fails the test, so the snapshot grows with the lock files.

mod crates;
mod licences;
mod native;
mod page;

use cargo_metadata::{Metadata, MetadataCommand};
use qinting_tests::root;
use serde_json::Value;
use std::collections::BTreeSet;

/// A JSON file of the project, by its path from the root.
fn json(path: &str) -> Value {
    let text = std::fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// What is allowed, banned and let pass.
fn rules() -> Value {
    json("tools/supply.json")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn names(value: &Value) -> BTreeSet<&str> {
    list(value).iter().map(text).collect()
}

/// The workspace and everything it stands on, for all systems.
fn everything() -> Metadata {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .other_options(["--locked".to_owned()])
        .exec()
        .expect("cargo can describe the workspace")
}

#[track_caller]
fn none(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}\n  {}", found.join("\n  "));
}

/// Faults that are known of what we use, against those that were looked at and let pass: an exception
/// that is not needed any more is refused, too.
#[track_caller]
fn settle(found: &BTreeSet<(String, String)>, kind: &str) {
    let rules = rules();
    let let_pass: BTreeSet<(String, String)> = list(&rules["exceptions"])
        .iter()
        .filter(|one| one["of"] == kind)
        .map(|one| {
            assert!(!text(&one["reason"]).is_empty(), "{one}: without a reason");
            assert_eq!(text(&one["looked_at"]).len(), "2026-01-01".len(), "{one}");
            (
                text(&one["id"]).to_owned(),
                text(&one["package"]).to_owned(),
            )
        })
        .collect();
    let said = |(id, package): &(String, String)| format!("{id} of {package}");
    let open: Vec<String> = found.difference(&let_pass).map(said).collect();
    none(
        &open,
        "known faults in what we use; tools/supply.json may name a reason to let one pass",
    );
    let unused: Vec<String> = let_pass.difference(found).map(said).collect();
    none(&unused, "exceptions that nothing needs any more");
}
