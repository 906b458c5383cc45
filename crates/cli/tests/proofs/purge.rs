//! `qinting purge`: a call of the demo goes for good, and what is counted stays.

use crate::terminal::{Terminal, known, rows, text};
use qinting_desk::{IssueQuery, SearchQuery};
use qinting_host::{Host, Options};
use qinting_testkit::files::below;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;

fn host(terminal: &Terminal) -> Host {
    let options = Options {
        workspace: terminal.workspace(),
        models: None,
        player: false,
        device: known(&terminal.workspace()),
    };
    Host::open(options).expect("the demo opens")
}

/// How many issues stand where, by what the change log says of each.
fn told_by_the_log(terminal: &Terminal) -> BTreeMap<String, u32> {
    let host = host(terminal);
    let at_desk = host.at_desk();
    let mut counts = BTreeMap::new();
    let all = at_desk.list_issues(IssueQuery::default()).expect("issues");
    for row in all.rows {
        let history = at_desk.get_issue(row.issue.id).expect("an issue").history;
        let moved = history
            .iter()
            .find_map(|h| h.change.fields.get("status")?.after().cloned());
        *counts
            .entry(moved.unwrap_or_default().to_string())
            .or_insert(0) += 1;
    }
    counts
}

#[test]
fn the_demos_months_count_the_same_after_a_call_went_and_its_words_are_nowhere() {
    let terminal = Terminal::new();
    terminal.ok(["demo"]);
    let before = told_by_the_log(&terminal);
    assert!(before.len() > 3, "{before:?}");
    let cases = terminal.ok(["cases"]);
    let case = &rows(&cases["cases"])[0];
    let (id, title, agent) = (
        text(&case["id"]),
        text(&case["title"]),
        text(&case["agent"]),
    );
    assert!(
        rows(&cases["cases"])
            .iter()
            .filter(|c| text(&c["agent"]) == agent)
            .count()
            >= 1
    );
    terminal.ok(["copy", &terminal.file("elsewhere").to_string_lossy()]);
    let (code, held) = terminal.json(["purge", &id]);
    assert!(code != 0 && !held.is_null(), "not without a reason");

    terminal.ok(["bin", "hold", &id, "--reason", "诉讼中"]);
    let (_, refused) = terminal.json(["purge", &id, "--reason", "客户来信"]);
    assert_eq!(refused["error"]["code"], "purge.held");
    terminal.ok(["bin", "release", &id]);
    let gone = terminal.ok(["purge", &id, "--reason", "客户来信"]);
    assert_eq!(
        (&gone["of_id"], &gone["reason"]),
        (&json!(id), &json!("客户来信"))
    );
    assert!(
        gone["finished_at"].is_i64() && gone["values"].as_i64() > Some(5),
        "{gone}"
    );

    assert_eq!(told_by_the_log(&terminal), before);
    let (code, verified) = terminal.json(["verify"]);
    assert_eq!(
        (code, &verified["fault_count"]),
        (0, &json!(0)),
        "{verified}"
    );
    assert_eq!(rows(&terminal.ok(["cases"])["cases"]).len(), 3);
    let host = host(&terminal);
    let found = host
        .at_desk()
        .search(SearchQuery::of(&title))
        .expect("a search");
    assert!(found.hits.iter().all(|hit| hit.title != title), "{found:?}");
    drop(host);
    for file in below(&terminal.workspace()) {
        let bytes = fs::read(&file).unwrap_or_default();
        let holds = bytes.windows(title.len()).any(|w| w == title.as_bytes());
        assert!(!holds, "its title stands in {}", file.display());
    }
}
