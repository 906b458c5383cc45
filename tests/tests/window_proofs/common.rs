//! Steps that several proofs take.

use qinting_tests::screen::id;
use qinting_tests::stage::Stage;
use serde_json::{Value, json};
use std::path::Path;

/// One of our commands that has to go well.
#[track_caller]
pub fn ask(stage: &Stage, command: &str, req: Value) -> Value {
    stage
        .invoke(command, req)
        .unwrap_or_else(|error| panic!("{command} is refused: {error}"))
}

/// The player, as the window sees it.
pub fn player(stage: &Stage) -> Value {
    ask(stage, "player_state", Value::Null)
}

/// Goes to an address of the app, e.g. `/issues`.
pub fn visit(stage: &Stage, path: &str) {
    stage.eval_with("location.hash = arguments[0]", vec![json!(path)]);
}

/// Opens the only call of the library in the console, as a person does.
#[track_caller]
pub fn open_the_case(stage: &Stage) {
    stage.click(&format!("{} [data-rowlink]", id("case-row")));
    stage.wait_for(&id("waveform"));
    stage.wait_for(&id("player-play"));
}

/// Rows of the case library, newest first.
pub fn cases(stage: &Stage) -> Vec<Value> {
    let query = json!({
        "text": "", "sort": "imported", "offset": 0, "limit": 10
    });
    let page = ask(stage, "list_cases", query);
    page["rows"].as_array().cloned().unwrap_or_default()
}

/// Marks a range with words and tags, as the command line does in one stroke.
pub fn mark(stage: &Stage, case: &Value, seconds: [u64; 2], words: &str, tags: &[Value]) -> Value {
    let request = json!({
        "recording_id": case["recording_id"],
        "at_ms": seconds[1] * 1000,
        "lag_ms": 0,
        "kind": "problem",
        "tags": tags,
        "range": { "start_ms": seconds[0] * 1000, "end_ms": seconds[1] * 1000 },
        "text": words,
    });
    ask(stage, "mark", request)["observation"].clone()
}

/// Files an issue on the given moments.
pub fn file_issue(stage: &Stage, title: &str, statement: &str, moments: &[Value]) -> Value {
    let moments: Vec<_> = moments.iter().map(|moment| &moment["id"]).collect();
    let request = json!({
        "title": title, "statement": statement, "business_line": "家电售后", "urgency": 3,
        "difficulty": 2, "observation_ids": moments,
    });
    ask(stage, "create_issue", request)["issue"].clone()
}

/// Puts the working model in place and makes it the default.
pub fn use_model(stage: &Stage, model: &Path) {
    let added = ask(stage, "add_model_file", stage.ticket(model));
    // It is the demo model: only who insists gets it outside the demo.
    let choice = json!({ "id": added["id"], "insist": true });
    ask(stage, "set_default_model", choice);
}

/// Starts the app again beside the window that runs, with something it should take.
#[track_caller]
pub fn hand_over(stage: &Stage, args: &[&str]) {
    let second = stage.second_instance(args);
    assert!(
        second.status.success(),
        "the second start ends well: {second:?}"
    );
}

/// Theme and text size as the settings screen leaves them, after a reload of the page.
pub fn look_like(stage: &Stage, theme: &str, text_size: u32, language: &str) {
    let prefs = json!({
        "state": { "theme": theme, "language": language, "textSize": text_size }, "version": 0
    });
    stage.eval_with(
        "localStorage.setItem('qinting.prefs', arguments[0]); window.__old = true; location.reload()",
        vec![json!(prefs.to_string())],
    );
    stage.until("the page is there again", |page| {
        page.eval("return !window.__old && document.readyState === 'complete'") == true
    });
    stage.wait_for(&id("app-shell"));
}
