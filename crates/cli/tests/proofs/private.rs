//! What the command line writes is the person's alone, unless it was shared on purpose.
#![cfg(unix)]

use crate::terminal::{Terminal, text};
use qinting_testkit::files::below;
use qinting_testkit::wait::until;
use serde_json::json;
use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// Everything below a folder and the folder itself, with its mode.
fn modes(folder: &Path) -> Vec<(PathBuf, bool, u32)> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        let there = fs::symlink_metadata(&path).expect("it is there");
        if there.is_dir() {
            let entries = fs::read_dir(&path).expect("a folder").flatten();
            waiting.extend(entries.map(|e| e.path()));
        }
        found.push((path, there.is_dir(), there.permissions().mode() & 0o777));
    }
    found
}

#[track_caller]
fn is_private(folder: &Path) {
    for (path, is_folder, mode) in modes(folder) {
        let expected = if is_folder { 0o700 } else { 0o600 };
        assert_eq!(mode, expected, "{} {mode:o}", path.display());
    }
}

fn open_to_all(folder: &Path, folders: u32, files: u32) {
    for (path, is_folder, _) in modes(folder) {
        let mode = if is_folder { folders } else { files };
        fs::set_permissions(path, Permissions::from_mode(mode)).expect("rights");
    }
}

/// Calls, marks, an export and a model: most of what a person does.
fn story(terminal: &Terminal) {
    let case = terminal.one_case();
    terminal.ok([
        "mark", &case, "--at", "100", "--note", "退款", "--as", "李静",
    ]);
    terminal.ok([
        OsStr::new("model"),
        OsStr::new("add"),
        qinting_testkit::demo_model().as_os_str(),
    ]);
    let target = terminal.file("所得.json");
    let target = target.to_str().expect("a UTF-8 path");
    terminal.ok(["export", "--format", "json", "--output", target]);
    terminal.ok(["doctor"]);
}

#[test]
fn after_a_whole_story_nobody_else_can_read_a_thing() {
    let terminal = Terminal::new();
    fs::remove_dir(terminal.models()).expect("an empty folder");
    story(&terminal);
    is_private(&terminal.workspace());
    is_private(&terminal.models());
}

#[test]
fn a_workspace_that_an_older_version_left_open_is_closed() {
    let terminal = Terminal::new();
    story(&terminal);
    open_to_all(&terminal.workspace(), 0o755, 0o644);
    terminal.ok(["cases"]);
    is_private(&terminal.workspace());
}

#[test]
fn a_workspace_others_could_use_is_asked_about_and_nothing_is_closed_silently() {
    let terminal = Terminal::new();
    terminal.one_case();
    open_to_all(&terminal.workspace(), 0o777, 0o666);
    let told = |args: &[&str]| terminal.run(args).went_well().err.contains("sharing");
    assert!(told(&["cases"]));
    assert_eq!(terminal.ok(["sharing"])["sharing"], "unsettled");
    assert!(
        modes(&terminal.workspace())
            .iter()
            // The copy of the day is new: what comes is the person's alone until somebody has said more.
            .filter(|(path, ..)| !path.starts_with(terminal.workspace().join("backups")))
            .all(|(_, _, mode)| mode & 0o006 == 0o006)
    );

    assert_eq!(terminal.ok(["sharing", "group"])["sharing"], "group");
    assert!(!told(&["cases"]), "asked once");
    let new = terminal.tone("另一通.wav", 700, 500.0, 1);
    terminal.ok([OsStr::new("import"), new.as_os_str()]);
    let copies = terminal.workspace().join("backups");
    for (path, is_folder, mode) in modes(&terminal.workspace()) {
        // Copies of the database are nobody's to write.
        if path.starts_with(&copies) {
            continue;
        }
        let group = if is_folder { 0o070 } else { 0o060 };
        assert_eq!(mode & 0o070, group, "the group can use {}", path.display());
    }

    assert_eq!(terminal.ok(["sharing", "private"])["sharing"], "private");
    is_private(&terminal.workspace());
    let (code, answer) = terminal.json(["sharing", "group"]);
    assert_eq!(
        (code, text(&answer["error"]["code"])),
        (64, "invalid".into())
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_crash_leaves_no_copy_of_what_was_in_memory() {
    let terminal = Terminal::new();
    let case = terminal.one_case();
    let mut waits = terminal
        .command(["mark", &case, "--at", "0", "--note", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the binary starts");
    let limits = format!("/proc/{}/limits", waits.id());
    // It forbids them before it opens the workspace, whose lock shows that it is open.
    until("core files are forbidden", || {
        let limits = fs::read_to_string(&limits).unwrap_or_default();
        let core = limits
            .lines()
            .find(|line| line.starts_with("Max core file size"));
        let fields: Vec<&str> = core.unwrap_or_default().split_whitespace().collect();
        json!(fields.get(4..6)) == json!(["0", "0"])
    });
    drop(waits.stdin.take());
    waits.wait().expect("it ends");
}

#[test]
fn what_belongs_to_the_installation_lies_in_the_home_of_whoever_runs_it() {
    let terminal = Terminal::new();
    terminal.one_case();
    assert!(!below(&terminal.dir().join("home")).is_empty());
}
