//! The main job, from a call to an issue and back, in the real window with real sound.

use qinting_testkit::demo_model;
use qinting_testkit::sound::humming_call;
use qinting_tests::axe;
use qinting_tests::fixtures::{CUSTOMER_FIRST, spoken_call};
use qinting_tests::screen::id;
use qinting_tests::stage::{Plan, Stage};
use serde_json::json;
use std::time::Duration;
use tempfile::TempDir;

/// Tones of the humming call, by who hums.
const AGENT_FIRST_HZ: u32 = 440;
const CUSTOMER_HZ: u32 = 620;

#[test]
fn main_job_from_a_call_to_an_issue_and_back() {
    let files = TempDir::new().expect("a temporary folder can be had");
    let [agent, caller] = humming_call(files.path());
    let plan = Plan::new("main-job").with_file(&agent).with_file(&caller);
    let Some(mut stage) = plan.open() else { return };

    // Bring it in: two files of one call, one case.
    stage.wait_for(&id("case-row"));
    assert_eq!(
        stage.count(&id("case-row")),
        1,
        "two sides of one call are one case"
    );
    stage.screenshot("cases");

    // Listen.
    stage.click(&format!("{} [data-rowlink]", id("case-row")));
    stage.wait_for(&id("waveform"));
    stage.wait_for(&id("player-play"));
    stage.screenshot("console-before");
    stage.press("Space");
    hears(
        &stage,
        AGENT_FIRST_HZ,
        "the agent hums in the first ten seconds",
    );
    for _ in 0..3 {
        stage.press("ArrowRight");
    }
    hears(&stage, CUSTOMER_HZ, "fifteen seconds in, the customer hums");

    // Mark, tag, word.
    stage.press("m");
    stage.wait_for(&id("mark-row"));
    stage.press("1");
    stage.press("Space");
    is_silent(&stage);
    stage.type_into(&id("composer-note"), "客户反复说冰箱放不进厨房");
    stage.press("Control+Enter");
    stage.wait_for_text(&id("mark-row"), "放不进厨房");
    stage.screenshot("console-marked");

    // File.
    stage.press("Escape");
    stage.click(&id("file-issue"));
    stage.wait_for(&id("issue-title"));
    stage.screenshot("console-filing");
    stage.click(&id("issue-create"));
    stage.wait_for(&id("filed-issue"));

    // The issue list, and the exact moment again.
    stage.click(&id("rail-issues"));
    stage.wait_for(&id("issue-row"));
    stage.wait_for_text(&id("issue-row"), "放不进厨房");
    stage.screenshot("issues");
    replays_the_customer(&stage);

    // Tomorrow.
    stage.restart();
    stage.wait_for(&id("rail-issues"));
    stage.click(&id("rail-issues"));
    stage.wait_for_text(&id("issue-row"), "放不进厨房");
    replays_the_customer(&stage);
    stage.click(&id("rail-library"));
    // Sound came out, so somebody has heard it.
    stage.wait_for_text(&id("case-row"), "1 人");
    stage.click(&format!("{} [data-rowlink]", id("case-row")));
    stage.wait_for_text(&id("mark-row"), "放不进厨房");
    stage.screenshot("console-tomorrow");
}

fn replays_the_customer(stage: &Stage) {
    is_silent(stage);
    stage.click(&id("evidence-play"));
    hears(
        stage,
        CUSTOMER_HZ,
        "the evidence is the moment that was marked",
    );
    stage.until_within(Duration::from_secs(60), "the clip ends by itself", |_| {
        !stage.speaker().hear(300).is_sound()
    });
}

fn hears(stage: &Stage, hz: u32, what: &str) {
    stage.until(what, |_| stage.speaker().hear(300).dominant_hz == hz);
}

fn is_silent(stage: &Stage) {
    stage.until("nothing plays", |_| !stage.speaker().hear(200).is_sound());
}

#[test]
fn a_call_is_written_down_and_found_by_what_was_said() {
    let files = TempDir::new().expect("a temporary folder can be had");
    let Some([agent, caller]) = spoken_call(files.path()) else {
        return;
    };
    let Some(stage) = Plan::new("text").open() else {
        return;
    };
    stage.wait_for(&id("app-shell"));
    let (words, start_ms) = CUSTOMER_FIRST;

    // A model from a file, then the call, handed to the running window by a second start.
    let model = demo_model();
    let added = stage
        .invoke("add_model_file", stage.ticket(&model))
        .expect("a model file is taken");
    stage
        .invoke(
            "set_default_model",
            json!({ "id": added["id"], "insist": true }),
        )
        .expect("it becomes the default");
    let second = stage.second_instance(&[&agent.to_string_lossy(), &caller.to_string_lossy()]);
    assert!(
        second.status.success(),
        "the second start ends at once and well: {second:?}"
    );
    stage.click(&format!("{} [data-rowlink]", id("case-row")));
    stage.until_within(
        Duration::from_secs(120),
        "the customer's words are there",
        |page| {
            page.texts(&id("turn-row"))
                .iter()
                .any(|text| text.contains(words))
        },
    );
    stage.screenshot("console-text");

    // A word that was said leads to its moment.
    stage.press("Control+k");
    stage.type_into(&id("search-input"), "冰箱");
    stage.wait_for_text(&id("search-hit"), "冰箱");
    stage.screenshot("search");
    stage.press("Enter");
    stage.until("the player stands where it was said", |page| {
        let at = page.invoke("player_state", json!(null));
        let at = at
            .ok()
            .and_then(|state| state["position_ms"].as_u64())
            .unwrap_or(0);
        at.abs_diff(u64::from(start_ms)) < 1_500
    });
}

#[test]
fn no_screen_shuts_anybody_out() {
    let files = TempDir::new().expect("a temporary folder can be had");
    let [agent, caller] = humming_call(files.path());
    let plan = Plan::new("axe").with_file(&agent).with_file(&caller);
    let Some(stage) = plan.open() else { return };
    stage.wait_for(&id("case-row"));
    let mut findings = Vec::new();
    let mut look = |name: &str| {
        for (width, height) in [(1440, 900), (1100, 720)] {
            stage.resize(width, height);
            stage.screenshot(&format!("{name}-{width}"));
            findings.extend(
                axe::serious(&stage)
                    .into_iter()
                    .map(|one| format!("{name} {width}: {one}")),
            );
        }
    };
    look("library");
    stage.click(&format!("{} [data-rowlink]", id("case-row")));
    stage.wait_for(&id("waveform"));
    stage.press("m");
    stage.wait_for(&id("mark-row"));
    look("console");
    for place in ["issues", "settings"] {
        stage.click(&id(&format!("rail-{place}")));
        stage.wait_gone(&id("waveform"));
        look(place);
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}
