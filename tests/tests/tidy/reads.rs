//! What leaves for a host goes past the gate.

use crate::{files, lines_where, none, read};
use qinting_tests::root;

/// Who hands the seat over need not see who comes: the one look past it.
const LOOKS_PAST: &str = "ports.store.record(EntityKind::Person, id.0)";

/// The questions of the ports, by name.
fn questions() -> Vec<String> {
    let ports = read(&root().join("crates/app/src/ports/reads.rs"));
    let asked = ports.lines().filter(|line| line.ends_with(';'));
    let names = asked.filter_map(|line| line.trim().split_once('('));
    let names = names.map(|(name, _)| name.to_owned());
    let is_name = |name: &String| name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    names.filter(is_name).collect()
}

#[test]
fn use_cases_read_as_who_sits_here_sees() {
    let questions = questions();
    assert!(questions.len() > 50 && questions.contains(&"evidence_of".to_owned()));
    let found = lines_where(&files("crates/app/src/usecases", &[".rs"]), |line| {
        let asks = |q: &String| line.contains(&format!("store.{q}("));
        !line.contains(LOOKS_PAST) && questions.iter().any(asks)
    });
    none(&found, "questions a use case asks past `Seat::read`");
}
