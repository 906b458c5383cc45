//! What the machine around the window does: second starts, no sound, newer workspaces, a real call.

use crate::common::{ask, cases, hand_over, open_the_case, player};
use qinting_testkit::data::two_sided_call;
use qinting_testkit::process::private;
use qinting_testkit::sound::humming_call;
use qinting_testkit::wait::wait;
use qinting_tests::built;
use qinting_tests::screen::id;
use qinting_tests::stage::Plan;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

#[test]
fn a_second_start_hands_its_link_to_the_window_and_ends() {
    let files = TempDir::new().expect("a temporary folder can be had");
    let [agent, caller] = humming_call(files.path());
    let plan = Plan::new("second-start")
        .with_file(&agent)
        .with_file(&caller);
    let Some(stage) = plan.open() else { return };
    stage.wait_for(&id("case-row"));
    let case_id = cases(&stage)[0]["case"]["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();

    hand_over(&stage, &[&format!("qinting://case/{case_id}?t=12.4")]);
    stage.until("the window goes to the case", |page| {
        let place = page.eval("return location.hash");
        place
            .as_str()
            .unwrap_or_default()
            .starts_with(&format!("#/case/{case_id}"))
    });
    stage.until("the player stands at 12.4 s", |page| {
        player_position(&page.invoke("player_state", json!(null))) == 12_400
    });

    // A link to nowhere is said, and leads nowhere.
    hand_over(&stage, &["qinting://case/not-a-case?t=1"]);
    stage.wait_for_text(&id("notices"), "链接");
    assert_eq!(player(&stage)["position_ms"], 12_400);
}

fn player_position(state: &Result<serde_json::Value, serde_json::Value>) -> u64 {
    let position = state
        .as_ref()
        .ok()
        .and_then(|state| state["position_ms"].as_u64());
    position.unwrap_or(u64::MAX)
}

#[test]
fn without_any_sound_device_time_runs_and_marks_are_taken() {
    let files = TempDir::new().expect("a temporary folder can be had");
    let [agent, caller] = humming_call(files.path());
    let plan = Plan::new("no-sound").with_file(&agent).with_file(&caller);
    let Some(stage) = plan.without_speaker().open() else {
        return;
    };
    open_the_case(&stage);
    stage.press("Space");
    stage.wait_for_text("[data-code=\"audio.no_device\"]", "没有声音设备");
    stage.until("the clock runs", |page| {
        page.texts(&id("player-time"))
            .iter()
            .any(|time| time == "0:03")
    });
    stage.press("m");
    stage.wait_for(&id("mark-row"));
    stage.press("Space");
    let case_id = cases(&stage)[0]["case"]["id"].clone();
    let marks = ask(&stage, "observations_of", case_id);
    assert!(
        marks[0]["observation"]["end_ms"].as_u64() > Some(1_000),
        "{marks}"
    );
}

#[test]
fn a_workspace_of_a_newer_version_stays_as_it_is() {
    let Some(mut stage) = Plan::new("newer").open() else {
        return;
    };
    stage.wait_for(&id("app-shell"));
    let mut before = BTreeMap::new();
    let data = stage.dir().join("data");
    stage.restart_after(|workspace| {
        // Whoever closes a workspace last folds its log into the file. The window that was just left may
        // still be on its way out, so the command line opens and closes until the log is gone.
        let log = workspace.join("workspace.db-wal");
        wait("the log is folded", Duration::from_secs(20), || {
            let listed = private(built("qinting"))
                .env("XDG_DATA_HOME", &data)
                .arg("--workspace")
                .arg(workspace)
                .arg("issues")
                .output();
            assert!(listed.is_ok_and(|ended| ended.status.success()));
            std::fs::metadata(&log)
                .map_or(true, |m| m.len() == 0)
                .then_some(())
        });
        let database = workspace.join("workspace.db");
        let mut bytes = std::fs::read(&database).expect("the workspace has a database");
        // Where a file in SQLite format says `PRAGMA user_version`.
        bytes[60..64].copy_from_slice(&99u32.to_be_bytes());
        // And who may read it: nobody of this version.
        bytes[68..72].copy_from_slice(&0u32.to_be_bytes());
        std::fs::write(&database, bytes).expect("our own file can be written");
        before = contents(workspace);
    });
    stage.wait_for(&id("unopened"));
    assert_eq!(
        stage.attribute(&id("unopened"), "data-code").as_deref(),
        Some("workspace.newer")
    );
    let said = stage.text(&id("unopened"));
    assert!(said.contains("99") && said.contains("原样未动"), "{said}");
    stage.screenshot("unopened");
    assert!(stage.invoke("list_people", json!(null)).is_err());
    let after = contents(&stage.workspace());
    assert!(
        after.keys().eq(before.keys()),
        "files came or went: {:?}, before {:?}",
        after.keys(),
        before.keys()
    );
    assert!(after == before, "bytes changed");
}

/// Files of a folder with their bytes.
fn contents(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(dir).expect("the folder is there") {
        let path = entry.expect("the folder can be listed").path();
        let name = path.display().to_string();
        if path.is_dir() {
            all.insert(name, Vec::new());
            all.extend(contents(&path));
        } else {
            all.insert(
                name,
                std::fs::read(&path).expect("our own file can be read"),
            );
        }
    }
    all
}

#[test]
fn a_real_call_is_heard_seen_and_marked() {
    let Some([agent, caller]) = two_sided_call() else {
        return;
    };
    let plan = Plan::new("real-call").with_file(&agent).with_file(&caller);
    let Some(stage) = plan.open() else { return };
    open_the_case(&stage);
    let case = &cases(&stage)[0];
    assert_eq!(
        case["roles"],
        json!(["agent", "customer"]),
        "both sides are there: {case}"
    );
    stage.wait_for(&id("lane-head"));
    stage.screenshot("console-real-call");
    stage.press("Space");
    stage.until("somebody is heard", |_| {
        stage.speaker().hear(500).is_sound()
    });
    stage.press("m");
    stage.wait_for(&id("mark-row"));
    assert_eq!(stage.count(&id("mark-row")), 1);
}
