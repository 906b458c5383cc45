//! Words that try to be more than words.

use crate::common::{ask, cases, file_issue, look_like, mark, open_the_case, visit};
use qinting_testkit::sound::humming_call;
use qinting_tests::screen::id;
use qinting_tests::stage::{Plan, Stage};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Runs when it is taken for markup.
const IMAGE: &str = "<img src=x onerror=\"window.__hit=1\">";
const SCRIPT: &str = "<script>window.__hit=1</script>";
const SQL: &str = "'; DROP TABLE issue;--";
/// Turns what follows around, to make one name look like another.
const TURNED: &str = "\u{202e}gpj.exe";
const EMOJI: &str = "👩‍👩‍👧‍👦🏳️‍🌈";

#[test]
fn hostile_words_stay_words_on_every_screen() {
    let files = TempDir::new().expect("a temporary folder can be had");
    let [agent, caller] = humming_call(files.path());
    let plan = Plan::new("hostile").with_file(&agent).with_file(&caller);
    let Some(stage) = plan.open() else { return };
    stage.wait_for(&id("case-row"));
    let issue_id = fill(&stage);
    let case_id = cases(&stage)[0]["case"]["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    // What a reload brings in comes through the database.
    look_like(&stage, "light", 100, "zh-CN");

    let search = format!("/search?q={}", "window.__hit");
    let places: [(&str, String, &[&str]); 8] = [
        ("library", "/cases".into(), &[IMAGE, SCRIPT, EMOJI]),
        (
            "console",
            format!("/case/{case_id}"),
            &[IMAGE, SCRIPT, SQL, EMOJI],
        ),
        ("issues", "/issues".into(), &[IMAGE, SCRIPT, SQL]),
        ("board", "/issues?view=board".into(), &[IMAGE, SCRIPT]),
        ("issue", format!("/issue/{issue_id}"), &[IMAGE, SCRIPT, SQL]),
        ("search", search, &[IMAGE, SCRIPT]),
        ("people", "/settings/people".into(), &[IMAGE, SCRIPT]),
        ("codebook", "/settings/codebook".into(), &[IMAGE, SCRIPT]),
    ];
    for (name, path, words) in places {
        visit(&stage, &path);
        for word in words {
            stage.until(&format!("{name} shows {word} as words"), |page| {
                shows(page, word)
            });
        }
        stage.screenshot(&format!("hostile-{name}"));
        stays_harmless(&stage, name);
    }

    // The case file holds the rest in its fields.
    visit(&stage, "/cases");
    open_the_case(&stage);
    stage.click("#tab-file");
    stage.until("the case file holds the queue", |page| shows(page, SQL));
    stays_harmless(&stage, "case file");

    // And the note of 100 kB is whole.
    let marks = ask(&stage, "observations_of", json!(case_id));
    let longest = marks.as_array().into_iter().flatten();
    let longest = longest
        .filter_map(|one| one["observation"]["text"].as_str())
        .map(str::len)
        .max();
    assert_eq!(longest, Some(long_note().len()));
}

fn stays_harmless(stage: &Stage, name: &str) {
    assert_eq!(
        stage.eval("return typeof window.__hit"),
        "undefined",
        "{name} ran a word"
    );
    assert_eq!(
        stage.count("img[src=x], main script"),
        0,
        "{name} made an element of a word"
    );
    let wide =
        stage.eval("const e = document.scrollingElement; return e.scrollWidth - e.clientWidth");
    assert!(wide.as_i64() <= Some(0), "{name} is {wide} px too wide");
}

/// Whether a word stands on the screen, as text or in a field.
fn shows(screen: &qinting_tests::screen::Screen, word: &str) -> bool {
    let script = "const word = arguments[0];\
                  return document.body.innerText.includes(word)\
                  || [...document.querySelectorAll('input, textarea')].some((e) => e.value.includes(word))";
    screen.eval_with(script, vec![json!(word)]) == true
}

fn long_note() -> String {
    format!("{IMAGE}{}", "冰箱放不进厨房。".repeat(100_000 / 24))
}

/// New values for fields of a record as it was read.
fn edit(kind: &str, read: &Value, fields: &Value) -> Value {
    let fields = fields.as_object().expect("fields are an object").iter();
    let fields: serde_json::Map<String, Value> = fields
        .map(|(name, value)| (name.clone(), json!({ "value": value, "rev": read["rev"] })))
        .collect();
    json!({ "kind": kind, "id": read["id"], "fields": fields })
}

/// Puts hostile words wherever words can be put, and returns an issue.
fn fill(stage: &Stage) -> String {
    let row = cases(stage)[0].clone();
    let case = &row["case"];
    let fields = json!({
        "title": format!("{IMAGE}{SCRIPT}"), "business_line": format!("{SCRIPT}线"),
        "customer_tier": SCRIPT,
        "external_id": format!("{SQL}{TURNED}"), "order_number": IMAGE,
    });
    ask(stage, "edit_record", edit("case", case, &fields));
    let fields = json!({
        "agent": format!("{EMOJI}{TURNED}"), "customer": EMOJI, "queue": SQL, "disposition": IMAGE,
        "number": SCRIPT, "line": TURNED, "csat": IMAGE, "previous_id": SQL,
    });
    let contact = &row["contact"];
    ask(stage, "edit_record", edit("contact", contact, &fields));
    let tags: Vec<Value> = [IMAGE, SCRIPT, TURNED]
        .iter()
        .map(|name| {
            ask(
                stage,
                "add_tag",
                json!({ "name": name, "colour": "ink", "parent_id": null }),
            )
        })
        .map(|tag| tag["id"].clone())
        .collect();
    let person =
        json!({ "name": format!("{IMAGE}{SCRIPT}"), "roles": ["mentor"], "org_unit": SQL });
    let person = ask(stage, "add_person", person);
    ask(stage, "switch_person", person["id"].clone());
    let words = [
        format!("{IMAGE}{SCRIPT}{EMOJI}"),
        format!("{SQL}{TURNED}"),
        long_note(),
    ];
    let moments: Vec<Value> = words
        .iter()
        .zip([1, 8, 15])
        .map(|(words, at)| mark(stage, &row, [at, at + 5], words, &tags))
        .collect();
    let title = format!("{IMAGE}{SCRIPT}{SQL}");
    let issue = file_issue(stage, &title, &format!("{IMAGE}{EMOJI}"), &moments);
    let fields = json!({ "root_cause": format!("{SCRIPT}{SQL}"), "business_line": IMAGE });
    ask(stage, "edit_record", edit("issue", &issue, &fields));
    let comment = json!({ "issue_id": issue["id"], "text": format!("{IMAGE}\n{SCRIPT}\n{SQL}") });
    ask(
        stage,
        "add_record",
        json!({ "kind": "comment", "fields": comment }),
    );
    issue["id"].as_str().unwrap_or_default().to_owned()
}
