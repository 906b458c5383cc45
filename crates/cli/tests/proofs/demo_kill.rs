//! A demo that is being built when the process is killed is not there, or there as a whole; and it
//! tells one story, however often it is built.

use crate::terminal::{Terminal, rows, text};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::process::Stdio;
use std::time::{Duration, Instant, SystemTime};

/// Builds that are killed, the first half of them over a demo that is there.
const KILLS: u32 = 10;

#[test]
fn a_build_that_is_killed_leaves_a_whole_demo_or_none() {
    let terminal = Terminal::new();
    let begun = Instant::now();
    terminal.ok(["demo"]);
    let whole = begun.elapsed();
    let told = story(&terminal);
    let mut midway = 0;
    for round in 0..KILLS {
        let is_reset = round < KILLS / 2;
        if !is_reset && terminal.workspace().exists() {
            std::fs::remove_dir_all(terminal.workspace()).expect("our own folder can go");
        }
        kill_a_build(&terminal, is_reset, moment(round, whole));
        if terminal.workspace().exists() {
            assert_eq!(story(&terminal), told, "round {round}");
        }
        // Whatever is left half is hidden beside the place.
        let left = names_beside(&terminal);
        midway += u32::from(left.contains(".workspace.building"));
        let hidden = left.iter().filter(|name| *name != "workspace");
        assert!(
            hidden.clone().all(|name| name.starts_with(".workspace.")),
            "round {round}: {left:?}"
        );
    }
    assert!(
        midway > 0,
        "no build was killed in its middle: this proves nothing"
    );
    // The next build needs no help, and clears away what the killed ones left.
    terminal.ok(["demo", "--reset"]);
    assert_eq!(story(&terminal), told);
    let expected = ["workspace", ".workspace.lock"].map(str::to_owned);
    assert_eq!(names_beside(&terminal), BTreeSet::from(expected));
}

/// Kills a build after `life`, unless it was faster.
fn kill_a_build(terminal: &Terminal, is_reset: bool, life: Duration) {
    let args = ["demo", "--reset"];
    let mut child = terminal
        .command(&args[..if is_reset { 2 } else { 1 }])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary starts");
    // The random moment is the test; nothing is waited for.
    std::thread::sleep(life);
    // A build that is over cannot be killed any more.
    let _ = child.kill();
    child.wait().expect("it ends");
}

/// A moment in the build: every part of it has its turn, and chance the rest.
fn moment(round: u32, whole: Duration) -> Duration {
    let part = whole / (KILLS / 2);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let chance = now.unwrap_or_default().subsec_nanos() % 1_000;
    part * (round % (KILLS / 2)) + part * chance / 1_000
}

/// What a demo tells, without ids and times.
fn story(terminal: &Terminal) -> Value {
    let counts = terminal.ok(["demo"]);
    assert_eq!(counts["built"], false, "it opens as it is");
    let counts = ["cases", "people", "sessions", "observations", "issues"].map(|k| &counts[k]);
    let cases = terminal.ok(["cases"]);
    let calls: BTreeSet<String> = rows(&cases["cases"])
        .iter()
        .map(|case| text(&case["title"]))
        .collect();
    let listed = terminal.ok(["issues", "--view", "all"]);
    let issues: BTreeSet<String> = rows(&listed["issues"])
        .iter()
        .map(|issue| format!("{} {} {}", issue["title"], issue["status"], issue["owner"]))
        .collect();
    json!({ "counts": counts, "calls": calls, "issues": issues })
}

fn names_beside(terminal: &Terminal) -> BTreeSet<String> {
    let place = terminal.workspace();
    let folder = place.parent().expect("it lies in a folder");
    std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name.contains("workspace"))
        .collect()
}
