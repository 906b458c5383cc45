//! The page's packages against the public advisories of their registry.

use crate::{json, list, names, none, settle, text};
use rustsec::Version;
use serde_json::Value;
use std::collections::BTreeSet;

/// Beginnings of packages that hold types or tools for one system only: nothing of them is shipped.
const NOT_SHIPPED: [&str; 2] = ["@types/", "@typescript/"];

/// Name and version of what ends in the window.
fn shipped() -> Vec<(String, Version)> {
    let lock = json("ui/package-lock.json");
    let packages = lock["packages"].as_object().expect("packages");
    packages
        .iter()
        .filter(|(place, one)| !place.is_empty() && one["dev"] != true)
        .filter_map(|(place, one)| {
            let (_, name) = place.rsplit_once("node_modules/")?;
            let is_shipped = !NOT_SHIPPED.iter().any(|start| name.starts_with(start));
            let version = Version::parse(text(&one["version"])).expect("a version");
            is_shipped.then(|| (name.to_owned(), version))
        })
        .collect()
}

fn is_hit(range: &Value, version: &Version) -> bool {
    let parsed = |value: &Value| Version::parse(text(value)).ok();
    let begun = parsed(&range["introduced"]).is_none_or(|first| *version >= first);
    let over = parsed(&range["fixed"]).is_some_and(|fixed| *version >= fixed);
    begun && !over
}

#[test]
fn no_package_of_the_page_has_a_known_fault_that_nobody_looked_at() {
    let known = json("tools/advisories/npm.json");
    let shipped = shipped();
    let mut found = BTreeSet::new();
    for one in list(&known["advisories"]) {
        for (name, version) in &shipped {
            let ranges = list(&one["vulnerable"]);
            if *name == text(&one["package"]) && ranges.iter().any(|range| is_hit(range, version)) {
                found.insert((text(&one["id"]).to_owned(), name.clone()));
            }
        }
    }
    settle(&found, "page");
}

#[test]
fn every_package_of_the_page_was_looked_up() {
    let known = json("tools/advisories/npm.json");
    let looked_up = names(&known["packages"]);
    let missing: Vec<String> = shipped()
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| !looked_up.contains(name.as_str()))
        .collect();
    none(
        &missing,
        "packages that tools/advisories/npm.json does not know",
    );
}

#[test]
fn a_range_ends_before_the_version_that_mended_it() {
    let range = serde_json::json!({ "introduced": "1.2.0", "fixed": "1.4.1" });
    let open = serde_json::json!({ "introduced": "0", "fixed": null });
    for (version, hit) in [
        ("1.1.9", false),
        ("1.2.0", true),
        ("1.4.0", true),
        ("1.4.1", false),
    ] {
        let version = Version::parse(version).expect("a version");
        assert_eq!(
            (is_hit(&range, &version), is_hit(&open, &version)),
            (hit, true)
        );
    }
}
