//! House rules that a machine can hold.

mod architecture;
mod bundle;
mod logs;
mod manifests;
mod reads;
mod text;

use qinting_tests::root;
use std::fs;
use std::path::{Path, PathBuf};

/// Files below `dir` whose name ends in one of `endings`, without what is generated or fetched.
fn files(dir: &str, endings: &[&str]) -> Vec<PathBuf> {
    const SKIPPED: &[&str] = &[
        "node_modules",
        "dist",
        "generated",
        "artifacts",
        "gen",
        ".git",
    ];
    let mut found = Vec::new();
    let mut folders = vec![root().join(dir)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("our own folders can be read") {
            let path = entry.expect("our own folders can be read").path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                if !SKIPPED.contains(&name.as_str()) && !name.starts_with("target") {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    assert!(
        !found.is_empty(),
        "no {endings:?} below {dir:?}: this test looks in the wrong place"
    );
    found
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", shown(path)))
}

/// `file:line` of every line that `is_wrong`.
fn lines_where(files: &[PathBuf], is_wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for (n, line) in read(file).lines().enumerate() {
            if is_wrong(line) {
                found.push(format!("{}:{}: {}", shown(file), n + 1, line.trim()));
            }
        }
    }
    found
}

#[track_caller]
fn none(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}\n  {}", found.join("\n  "));
}
