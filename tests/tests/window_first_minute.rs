//! The first minute of somebody who has never seen Qinting, on a machine without any network: the
//! welcome, the demo, text that appears while the engine decodes, an issue, and the moment again.

use qinting_tests::axe::look;
use qinting_tests::screen::{Screen, id};
use qinting_tests::stage::{Plan, Stage};
use serde_json::Value;
use std::time::{Duration, Instant};

/// What the customer says at the start of the demo's first call, as the demo model writes it.
const CUSTOMER_WANTS: &str = "我想退一台冰箱";
#[test]
fn first_minute_from_the_welcome_to_a_replayed_moment_without_a_network() {
    let Some(mut stage) = Plan::new("first-minute")
        .first_start()
        .without_network()
        .open()
    else {
        return;
    };
    let mut findings = Vec::new();

    // Nothing has ever been opened here.
    stage.wait_for(&id("welcome"));
    for door in ["door-demo", "door-empty", "door-open"] {
        stage.wait_for(&id(door));
    }
    findings.extend(look(&stage, "welcome", &id("welcome"), true));

    // Through the first door, and the text comes while one watches.
    let opened = Instant::now();
    stage.click(&id("door-demo"));
    stage.until_within(
        Duration::from_secs(60),
        "the demo's first call is open",
        |page| page.is_visible(&id("waveform")),
    );
    stage.wait_for(&id("demo-band"));
    let to_call = opened.elapsed();
    stage.until_within(
        Duration::from_secs(90),
        "the customer's words appear",
        |page| {
            page.texts(&id("turn-row"))
                .iter()
                .any(|row| row.contains(CUSTOMER_WANTS))
        },
    );
    let to_words = opened.elapsed();
    stage.screenshot("demo-console-text-comes");
    stage.until_within(
        Duration::from_secs(300),
        "all four calls are written down",
        |page| {
            jobs(page)
                .iter()
                .filter(|job| job["state"] == "done")
                .count()
                == 4
        },
    );
    println!(
        "first call open after {:.1} s, first words after {:.1} s, all four calls after {:.1} s",
        to_call.as_secs_f32(),
        to_words.as_secs_f32(),
        opened.elapsed().as_secs_f32()
    );
    findings.extend(look(&stage, "demo-console", &id("turn-row"), true));

    // One's own mark, on what the customer says right now, becomes an issue.
    let before = stage.count(&id("mark-row"));
    stage.press("Space");
    hears_a_voice(&stage, "the first call speaks");
    stage.press("m");
    stage.until("the mark is in the list", |page| {
        page.count(&id("mark-row")) == before + 1
    });
    stage.press("1");
    stage.press("Space");
    is_silent(&stage);
    stage.type_into(
        &id("composer-note"),
        "第一次听：客户先说了要退，坐席先要订单号",
    );
    stage.press("Control+Enter");
    stage.wait_for_text(&id("mark-row"), "坐席先要订单号");
    stage.press("Escape");
    stage.click(&id("file-issue"));
    stage.wait_for(&id("issue-title"));
    stage.click(&id("issue-create"));
    stage.wait_for(&id("filed-issue"));

    // The list, and the moment again.
    stage.click(&id("rail-issues"));
    stage.wait_for_text(&id("issue-row"), "坐席先要订单号");
    findings.extend(look(&stage, "demo-issues", &id("issue-row"), true));
    is_silent(&stage);
    stage.click(&id("evidence-play"));
    hears_a_voice(&stage, "the evidence is replayed");
    stage.until_within(Duration::from_secs(60), "the clip ends by itself", |page| {
        player(page)["playing"] == false
    });

    // The 专场 the demo tells of.
    stage.click(&id("rail-sessions"));
    stage.wait_for(&id("session-row"));
    findings.extend(look(&stage, "demo-sessions", &id("session-row"), true));
    stage.click(&format!("{} [data-rowlink]", id("session-row")));
    stage.wait_for(&id("session-case"));
    findings.extend(look(&stage, "demo-session", &id("session-case"), true));

    // Tomorrow it is still there, and still marked.
    stage.restart();
    stage.wait_for(&id("demo-band"));
    stage.click(&id("rail-issues"));
    stage.wait_for_text(&id("issue-row"), "坐席先要订单号");

    // One click and a yes, and it is as on the first day.
    stage.saying_yes(|| {
        stage.click(&id("demo-reset"));
        stage.until_within(Duration::from_secs(60), "the demo is told anew", |page| {
            page.is_visible(&id("waveform")) && page.count(&id("mark-row")) == before
        });
    });
    stage.click(&id("rail-issues"));
    stage.wait_for(&id("issue-row"));
    let titles = stage.texts(&id("issue-row"));
    assert!(
        !titles.iter().any(|row| row.contains("坐席先要订单号")),
        "what was tried in the demo is gone after a reset: {titles:?}"
    );

    // One more, and one is at home: nothing of the demo here.
    stage.click(&id("demo-leave"));
    stage.wait_gone(&id("demo-band"));
    stage.wait_for(&id("import-open"));
    assert_eq!(
        stage.count(&id("case-row")),
        0,
        "one's own workspace is empty"
    );
    findings.extend(look(&stage, "own-empty", &id("import-open"), true));

    // The demo's model says what it is, and does not take over here unless somebody insists.
    let models = "[data-testid=model-row][data-state=installed]";
    stage.eval("location.hash = '/settings/models'");
    stage.wait_for_text(models, "演示");
    stage.click(&format!("{models} button"));
    stage.wait_for(&id("model-insist"));
    findings.extend(look(
        &stage,
        "demo-model-refuses",
        &id("model-insist"),
        true,
    ));
    assert!(!is_default(&stage), "refused means not chosen");
    stage.click(&id("model-insist"));
    stage.until("who insists is obeyed", is_default);
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

/// Whether the one model that is installed, the demo's, is the default.
fn is_default(page: &Screen) -> bool {
    let models = page.invoke("list_models", Value::Null);
    let models = models.unwrap_or_default();
    let mut installed = models.as_array().into_iter().flatten();
    installed.any(|model| model["is_demo"] == true && model["is_default"] == true)
}

fn jobs(page: &Screen) -> Vec<Value> {
    let jobs = page.invoke("list_jobs", Value::Null);
    jobs.ok()
        .and_then(|jobs| jobs.as_array().cloned())
        .unwrap_or_default()
}

fn player(page: &Screen) -> Value {
    page.invoke("player_state", Value::Null).unwrap_or_default()
}

fn hears_a_voice(stage: &Stage, what: &str) {
    stage.until(what, |_| stage.speaker().hear(300).is_sound());
}

fn is_silent(stage: &Stage) {
    stage.until("nothing plays", |_| !stage.speaker().hear(200).is_sound());
}
