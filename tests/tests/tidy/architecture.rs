//! What ARCHITECTURE.md says of crates and files is so.

use crate::manifests::metadata;
use crate::{files, none, read, shown};
use cargo_metadata::DependencyKind;
use qinting_tests::root;
use std::collections::{BTreeMap, BTreeSet};

/// Who knows whom, by short names.
type Arrows = BTreeMap<String, BTreeSet<String>>;

fn text() -> String {
    read(&root().join("ARCHITECTURE.md"))
}

/// The arrows of the picture: `a & b --> c & d`.
fn drawn() -> Arrows {
    let text = text();
    let (_, picture) = text.split_once("```mermaid").expect("a picture");
    let (picture, _) = picture.split_once("```").expect("an end of the picture");
    let mut arrows = Arrows::new();
    for (from, to) in picture.lines().filter_map(|line| line.split_once(" --> ")) {
        let names = |side: &str| -> Vec<String> {
            side.split('&').map(|name| name.trim().into()).collect()
        };
        for from in names(from) {
            arrows.entry(from).or_default().extend(names(to));
        }
    }
    arrows
}

/// The arrows of the manifests; what is only for a crate's own tests is none.
fn real() -> Arrows {
    let short = |name: &str| name.trim_start_matches("qinting-").to_owned();
    let mut arrows = Arrows::new();
    for package in metadata().workspace_packages() {
        let ours = package
            .dependencies
            .iter()
            .filter(|one| one.path.is_some() && one.kind != DependencyKind::Development)
            .map(|one| short(&one.name));
        arrows.entry(short(&package.name)).or_default().extend(ours);
    }
    arrows
}

/// Whether a way of arrows leads from one to the other.
fn leads(arrows: &Arrows, from: &str, to: &str) -> bool {
    let below = arrows.get(from).into_iter().flatten();
    below
        .into_iter()
        .any(|one| one == to || leads(arrows, one, to))
}

#[test]
fn the_picture_is_drawn_from_the_manifests() {
    let (drawn, real) = (drawn(), real());
    let mut wrong = Vec::new();
    for (from, all) in &drawn {
        let known = real.get(from).cloned().unwrap_or_default();
        wrong.extend(
            all.difference(&known)
                .map(|to| format!("{from} --> {to} is drawn and is not so")),
        );
        // One that a longer way says too is left out.
        let longer = all.iter().filter(|to| {
            let others = all.iter().filter(|one| one != to);
            others.into_iter().any(|one| leads(&drawn, one, to))
        });
        wrong.extend(longer.map(|to| format!("{from} --> {to} is said by a longer way")));
    }
    for (from, all) in &real {
        let missing = all.iter().filter(|to| !leads(&drawn, from, to));
        wrong.extend(missing.map(|to| format!("{from} --> {to} is so and is not drawn")));
    }
    none(&wrong, "arrows in the picture of ARCHITECTURE.md");
}

#[test]
fn every_crate_has_its_line_in_the_table_of_places() {
    let text = text();
    let missing: Vec<_> = metadata()
        .workspace_packages()
        .iter()
        .filter_map(|package| {
            let folder = package.manifest_path.parent()?.strip_prefix(root()).ok()?;
            Some(folder.to_string())
        })
        .filter(|folder| !text.contains(&format!("\n| `{folder}` | ")))
        .collect();
    none(&missing, "crates that ARCHITECTURE.md does not place");
}

#[test]
fn every_file_of_a_live_call_is_in_the_table_of_files() {
    let text = text();
    let (_, table) = text
        .split_once("\n| file | what it is |\n")
        .expect("a table");
    let (table, _) = table.split_once("\n\n").expect("an end of the table");
    let mut wrong = Vec::new();
    for (folder, part) in [
        ("crates/audio/src/capture", "audio/capture"),
        ("crates/speech/src/live", "speech/live"),
        ("crates/desk/src/live", "desk/live"),
    ] {
        let (_, rows) = table
            .split_once(&format!("| **`{part}`** |"))
            .expect("the rows of a part");
        let rows = rows.split("| **`").next().unwrap_or_default();
        let named: BTreeSet<&str> = rows.split('`').skip(1).step_by(2).collect();
        for file in files(folder, &[".rs"]) {
            let name = shown(&file);
            let name = name.trim_start_matches(folder).trim_start_matches('/');
            let name = name.trim_end_matches(".rs").trim_end_matches("/mod");
            let last = name.rsplit('/').next().unwrap_or(name);
            let is_told = named.contains(name) || named.contains(last);
            if name != "mod" && !name.contains("tests") && !is_told {
                wrong.push(format!("{part}: {name}"));
            }
        }
    }
    none(&wrong, "files that ARCHITECTURE.md does not tell of");
}
