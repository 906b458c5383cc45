//! A folder with a table is dropped, looked at, mended and brought in; a table that comes later is undone at once.

use crate::common::{ask, cases};
use qinting_testkit::sound::hum;
use qinting_tests::screen::id;
use qinting_tests::stage::{Plan, Stage};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const FIRST: &str = "录音文件名,呼叫时间,坐席,归属\n\
    20261117_0915_8841.wav,2026/11/17 9:15,林小满,大家电售后\n\
    20261117_0932_8807.wav,2026/11/17 9:32,王小明,大件退换\n";
const LATER: &str = "录音文件名,呼叫时间,满意度\n20261117_0915_8841.wav,2026/11/17 9:15,5\n";

#[test]
fn calls_come_in_with_a_mended_table_and_what_comes_later_is_taken_back() {
    let files = TempDir::new().expect("a temporary folder can be had");
    let Some(stage) = Plan::new("facts").without_speaker().open() else {
        return;
    };
    stage.wait_for(&id("app-shell"));
    let first = files.path().join("十一月");
    fs::create_dir(&first).expect("a folder");
    hum(&first.join("20261117_0915_8841.wav"), 2.0, 330.0, 2);
    hum(&first.join("20261117_0932_8807.wav"), 1.5, 440.0, 2);
    fs::write(first.join("11月.csv"), FIRST).expect("a table");

    // Nobody knows what 归属 is before somebody says so.
    drop_onto(&stage, &first);
    stage.wait_for_text(&id("ledger-facts"), "2");
    stage.wait_for(&id("plan-column"));
    assert_eq!(cases(&stage).len(), 0, "a look brings nothing in");
    choose(&stage, "归属 当作", "queue");
    stage.until("the column is read as a queue", |_| {
        chosen(&stage, "归属 当作") == "queue"
    });
    stage.until("the plan can begin", |page| {
        page.is_visible(&format!("{}:not(:disabled)", id("import-start")))
    });
    stage.press("Control+Enter");
    stage.until("both are in", |_| cases(&stage).len() == 2);
    assert_eq!(told(&stage, "queue"), "大家电售后");
    assert_eq!(told(&stage, "agent"), "林小满");

    let later = files.path().join("补");
    fs::create_dir(&later).expect("a folder");
    fs::write(later.join("12月.csv"), LATER).expect("a table");
    drop_onto(&stage, &later);
    stage.wait_for_text(&id("ledger-later"), "1");
    stage.until("the plan can begin", |page| {
        page.is_visible(&format!("{}:not(:disabled)", id("import-start")))
    });
    stage.press("Control+Enter");
    stage.wait_for(&id("facts-applied"));
    assert_eq!(told(&stage, "csat"), "5");
    stage.click(&format!("{} button", id("facts-applied")));
    stage.until("it is taken back", |_| told(&stage, "csat") == "");
    assert_eq!(told(&stage, "queue"), "大家电售后", "and nothing else is");
}

/// Lets files fall onto the window, as its own handler tells the page of it: no driver can drag from outside.
fn drop_onto(stage: &Stage, path: &Path) {
    stage.eval_with(
        "window['__internal_unstable_listeners_function_id__'](
            { event: 'qinting', payload: { type: 'dropped', ticket: arguments[0] } },
            Array.from({ length: 5000 }, (_, id) => id))",
        vec![stage.ticket(path)],
    );
}

fn choose(stage: &Stage, label: &str, value: &str) {
    stage.eval_with(
        "const field = document.querySelector(`select[aria-label='${arguments[0]}']`);
        Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(field, arguments[1]);
        field.dispatchEvent(new Event('change', { bubbles: true }))",
        vec![json!(label), json!(value)],
    );
}

fn chosen(stage: &Stage, label: &str) -> Value {
    stage.eval_with(
        "return document.querySelector(`select[aria-label='${arguments[0]}']`)?.value ?? ''",
        vec![json!(label)],
    )
}

/// What is told of the contact of the call of 9:15.
fn told(stage: &Stage, field: &str) -> Value {
    let all = cases(stage);
    let is_first = |row: &&Value| row["contact"]["began_at"] == json!(1_794_878_100_000_i64);
    let row = all
        .iter()
        .find(is_first)
        .unwrap_or_else(|| panic!("no such call: {all:?}"));
    ask(stage, "get_case", row["case"]["id"].clone())["contacts"][0][field].clone()
}
