//! What leaves for a host goes past the gate.

use crate::{files, lines_where, none, read};

/// Who hands over need not see who comes; where a recording ends is asked for whoever already has it;
/// the player follows what it plays. Looks past the gate of which nothing leaves.
const LOOKS_PAST: [&str; 3] = [
    "ports.store.record(EntityKind::Person, id.0)",
    "ports.store.live_call_of(recording.id)",
    "ports.store.record(kind, id)",
];

/// Where somebody's use cases are. What the machine does by itself (jobs, a call that goes on, files on
/// their way in) is nobody's reading.
const USE_CASES: [&str; 9] = [
    "crates/app/src",
    "crates/desk/src/acoustics",
    "crates/desk/src/align",
    "crates/desk/src/console",
    "crates/desk/src/device",
    "crates/desk/src/doctor",
    "crates/desk/src/models",
    "crates/desk/src/player",
    "crates/desk/src/workspace",
];

/// What the machine does by itself in between.
const BY_ITSELF: [&str; 3] = ["app/src/workspace.rs", "app/src/seed.rs", "app/src/tx.rs"];

/// The questions of the ports, by name.
fn questions() -> Vec<String> {
    let ports = files("crates/app/src", &["reads.rs"]);
    let text: Vec<String> = ports.iter().map(|file| read(file)).collect();
    let asked = text.iter().flat_map(|text| text.lines());
    let asked = asked.filter(|line| line.ends_with(';'));
    let names = asked.filter_map(|line| line.trim().split_once('('));
    let names = names.map(|(name, _)| name.to_owned());
    let is_name = |name: &String| name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    names.filter(is_name).collect()
}

#[test]
fn use_cases_read_as_who_acts_sees() {
    let questions = questions();
    assert!(questions.len() > 50 && questions.contains(&"evidence_of".to_owned()));
    for place in USE_CASES {
        let mut all = files(place, &[".rs"]);
        all.retain(|file| !BY_ITSELF.iter().any(|by| file.ends_with(by)));
        let found = lines_where(&all, |line| {
            let asks = |q: &String| line.contains(&format!("store.{q}("));
            !LOOKS_PAST.iter().any(|past| line.contains(past)) && questions.iter().any(asks)
        });
        none(&found, "questions a use case asks past `Acting::read`");
    }
}

/// Who may ask where lent bytes lie: whoever decodes in a process of its own, and the port that lends them.
const MAY_LOOK: [&str; 6] = [
    "crates/worker/",
    "crates/speech/",
    // Stands for a worker.
    "crates/stage/src/written.rs",
    "crates/store/",
    "crates/app/src/ports.rs",
    "crates/desk/src/ports.rs",
];

#[test]
fn where_bytes_lie_is_known_to_the_store_and_to_workers_alone() {
    let mut all = files("crates", &[".rs"]);
    all.retain(|file| !file.to_string_lossy().contains("/tests/"));
    all.retain(|file| {
        !MAY_LOOK
            .iter()
            .any(|may| file.to_string_lossy().contains(may))
    });
    let found = lines_where(&all, |line| line.contains(".for_worker()"));
    none(&found, "places that look where bytes lie");
}
