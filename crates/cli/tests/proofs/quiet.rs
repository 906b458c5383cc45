//! A workspace that came from elsewhere, at the command line: read, until somebody says that it is theirs.
#![allow(
    clippy::expect_used,
    reason = "a test that cannot be set up stops right there"
)]

use crate::terminal::{Terminal, text};
use qinting_testkit::files::snapshot;
use std::ffi::OsStr;
use std::fs;
use std::process::Command;

#[test]
fn what_came_from_elsewhere_is_read_and_waits_for_a_word() {
    let (theirs, here) = (Terminal::new(), Terminal::new());
    let case = theirs.one_case();
    theirs.ok(["mark", &case, "--at", "100", "--note", "很急"]);
    fs::rename(theirs.workspace(), here.workspace()).expect("on one disk");
    let before = snapshot(&here.workspace());

    for reading in [
        vec!["cases"],
        vec!["search", "很急"],
        vec!["export", "--format", "json"],
        vec!["doctor"],
        vec!["verify"],
        vec!["restore"],
    ] {
        assert_eq!(here.json(&reading).0, 0, "{reading:?}");
    }
    let file = here.tone("another.wav", 1_000, 440.0, 1);
    let file = file.to_str().expect("a path of ours");
    for doing in [
        vec!["import", file],
        vec!["mark", &case, "--at", "200"],
        vec!["transcribe", "--all"],
        vec!["retake", &case],
        vec!["live", "recovered"],
        vec!["--as", "王五", "cases"],
    ] {
        let (code, told) = here.json(&doing);
        let told = text(&told["error"]["code"]);
        assert_eq!((code, told.as_str()), (4, "workspace.quiet"), "{doing:?}");
    }
    let words = here.run(["mark", &case, "--at", "200"]).err;
    assert!(words.contains("adopt"), "it says what to do: {words}");
    assert_eq!(snapshot(&here.workspace()), before, "something was written");

    let adopted = here.ok(["adopt"]);
    assert_eq!(
        text(&adopted["workspace"]),
        here.workspace().to_string_lossy()
    );
    here.ok(["mark", &case, "--at", "200"]);
    here.ok([OsStr::new("import"), OsStr::new(file)]);
}

#[test]
fn what_is_no_workspace_is_not_taken() {
    let terminal = Terminal::new();
    let (code, told) = terminal.json(["adopt"]);
    assert_eq!(
        (code, text(&told["error"]["code"]).as_str()),
        (4, "workspace.not_one")
    );
    assert!(!terminal.workspace().exists(), "nothing is made");
}

#[test]
fn a_copy_of_ones_own_is_ones_own() {
    let terminal = Terminal::new();
    let case = terminal.one_case();
    let copy = terminal.dir().join("copy");
    terminal.ok([OsStr::new("copy"), copy.as_os_str()]);
    let mut mark: Command = terminal.command_in(&copy, ["mark", &case, "--at", "100"]);
    assert!(mark.output().expect("it starts").status.success());
}
