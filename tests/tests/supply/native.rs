//! C that is compiled into Qinting and that the advisories for crates do not see.

use crate::{everything, none};
use cargo_metadata::DependencyKind;
use qinting_tests::root;
use std::collections::BTreeMap;

/// What compiles C on the way to a crate.
const COMPILERS: [&str; 2] = ["cc", "cmake"];

/// The rows of CONTRIBUTING's table: crate and its version.
fn table() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(root().join("CONTRIBUTING.md")).expect("CONTRIBUTING.md");
    let (_, section) = text
        .split_once("\n## C inside\n")
        .expect("a table of the C inside");
    section
        .lines()
        .take_while(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| `")?.split('|').map(str::trim);
            let name = cells.next()?.trim_end_matches('`').to_owned();
            Some((name, cells.next()?.to_owned()))
        })
        .collect()
}

#[test]
fn the_table_of_c_names_every_crate_that_brings_some_and_its_version() {
    let mut table = table();
    let mut wrong = Vec::new();
    for package in everything().packages {
        let brings_c = package
            .dependencies
            .iter()
            .filter(|one| one.kind == DependencyKind::Build)
            .any(|one| COMPILERS.contains(&one.name.as_str()));
        if !brings_c || package.source.is_none() {
            continue;
        }
        match table.remove(package.name.as_str()) {
            Some(version) if version == package.version.to_string() => {}
            Some(version) => wrong.push(format!("{} is not {version} any more", package.name)),
            None => wrong.push(format!("{} {} has no row", package.name, package.version)),
        }
    }
    wrong.extend(table.into_keys().map(|name| format!("{name} brings none")));
    none(&wrong, "CONTRIBUTING's table of the C inside");
}
