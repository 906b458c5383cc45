//! The main job with the keyboard alone.

use crate::common::{ask, cases};
use qinting_testkit::sound::humming_call;
use qinting_tests::screen::id;
use qinting_tests::stage::{Plan, Stage};
use serde_json::json;
use tempfile::TempDir;

#[test]
fn a_call_becomes_an_issue_without_a_pointer() {
    let files = TempDir::new().expect("a temporary folder can be had");
    let [agent, caller] = humming_call(files.path());
    let plan = Plan::new("keyboard").with_file(&agent).with_file(&caller);
    let Some(stage) = plan.open() else { return };
    stage.wait_for(&id("case-row"));

    // Library: to the row and in.
    tab_to(&stage, "[data-rowlink]");
    stage.press("Enter");
    stage.wait_for(&id("waveform"));

    // Console: listen, five seconds on, mark, tag, word.
    stage.wait_for(&id("player-play"));
    stage.press("Space");
    stage.until("it plays", |_| stage.speaker().hear(300).is_sound());
    stage.press("ArrowRight");
    stage.press("m");
    stage.wait_for(&id("mark-row"));
    stage.press("Space");
    stage.press("1");
    tab_to(&stage, &id("composer-note"));
    type_keys(&stage, "box too big");
    stage.press("Control+Enter");
    stage.wait_for_text(&id("mark-row"), "box too big");

    // File it: the title is there already.
    stage.press("Control+i");
    stage.wait_for(&id("issue-title"));
    stage.until("the title has the focus", |page| {
        has_focus(page, &id("issue-title"))
    });
    stage.press("Enter");
    stage.wait_for(&id("filed-issue"));

    // To the list, to its row, into its page.
    stage.press("Control+Alt+4");
    stage.wait_for(&id("issue-row"));
    tab_to(&stage, &format!("{} [data-rowlink]", id("issue-row")));
    stage.press("Enter");
    stage.until("the issue's page opens", |page| {
        let place = page.eval("return location.hash");
        place.as_str().unwrap_or_default().starts_with("#/issue/")
    });
    stage.wait_for_text("main", "box too big");

    let marks = ask(
        &stage,
        "observations_of",
        cases(&stage)[0]["case"]["id"].clone(),
    );
    assert_eq!(
        marks[0]["issues"].as_array().map(Vec::len),
        Some(1),
        "{marks}"
    );
    assert_ne!(
        marks[0]["observation"]["tags"],
        json!([]),
        "key 1 gave a tag"
    );
}

/// Walks with Tab until what has the focus matches; the focus must be seen on every stop.
#[track_caller]
fn tab_to(stage: &Stage, css: &str) {
    for _ in 0..80 {
        if has_focus(stage, css) {
            return;
        }
        stage.press("Tab");
        let shown = stage.eval(
            "const e = document.activeElement; if (!e || e === document.body) return null;\
             const s = getComputedStyle(e);\
             const seen = (s) => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';\
             for (let p = e, n = 0; p && n < 3; p = p.parentElement, n++) if (seen(getComputedStyle(p))) return null;\
             return e.outerHTML.slice(0, 200)",
        );
        assert!(shown.is_null(), "the focus is not to be seen on {shown}");
    }
    panic!("80 times Tab do not lead to {css}");
}

fn has_focus(stage: &qinting_tests::screen::Screen, css: &str) -> bool {
    stage.eval_with(
        "return !!document.activeElement?.matches(arguments[0])",
        vec![json!(css)],
    ) == true
}

fn type_keys(stage: &Stage, words: &str) {
    for letter in words.chars() {
        stage.press(&if letter == ' ' {
            "Space".into()
        } else {
            letter.to_string()
        });
    }
}
