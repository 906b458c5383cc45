//! A call goes on whatever becomes of the window that shows it.

use qinting_testkit::process::{Signal, is_alive, signal, tree};
use qinting_testkit::wait::wait;
use qinting_tests::screen::id;
use qinting_tests::stage::{Plan, Stage};
use serde_json::{Value, json};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(20);
/// Control, Alt, and M, as X11 numbers them.
const CHORD: [u32; 3] = [0xffe3, 0xffe9, 0x6d];

/// Calls one of our commands the way the page does.
fn ask(stage: &Stage, command: &str, req: Value) -> Value {
    let answer = stage.invoke(command, req);
    answer.unwrap_or_else(|refused| panic!("{command} is refused: {refused}"))
}

/// Begins a call of which only the clock is kept; its case.
fn begin(stage: &Stage) -> String {
    let begin = json!({
        "title": "看不见的窗口", "business_line": "", "agent": "", "customer": "", "mode": "clock_only",
        "lanes": [], "consent": null, "notice": null, "mentor_id": null, "session_id": null, "anchor": "",
    });
    let status = ask(stage, "live_begin", begin);
    status["case"]["id"].as_str().expect("a case").to_owned()
}

/// What the command line says of the window's workspace.
fn told(stage: &Stage, args: &[&str]) -> Value {
    let mut command = stage.terminal();
    let out = command
        .arg("--json")
        .args(args)
        .output()
        .expect("qinting starts");
    serde_json::from_slice(&out.stdout).expect("one JSON value")
}

/// The process the page runs in.
fn page_process(window: u32) -> Option<u32> {
    tree(window).into_iter().find(|pid| {
        let name = std::fs::read_to_string(format!("/proc/{pid}/comm"));
        name.is_ok_and(|name| name.starts_with("WebKitWebProces")) && is_alive(*pid)
    })
}

#[test]
fn a_call_outlives_the_close_button_and_the_page_and_ends_well_with_the_session() {
    let Some(stage) = Plan::new("on-air").open() else {
        return;
    };
    stage.wait_for(&id("app-shell"));
    let window = stage.on_screen("亲听");
    assert_eq!(window.title(), "亲听");
    begin(&stage);
    window.until_titled("○ 只记时钟 0:0");

    window.close();
    wait("the window points itself out", LIMIT, || {
        window.is_urgent().then_some(())
    });
    window.until_titled("0:03 · 亲听");

    let second = stage.second_instance(&[]);
    assert!(
        second.status.success(),
        "a second start only brings it back"
    );

    let pid = stage.pid();
    let page = wait("the page has a process", LIMIT, || page_process(pid));
    signal(page, Signal::KILL);
    wait("the page is loaded again by itself", LIMIT, || {
        page_process(pid).filter(|now| *now != page)
    });
    let seen = window.title();
    wait("the call goes on", LIMIT, || {
        (window.title() != seen).then_some(())
    });

    assert!(signal(pid, Signal::TERM), "the window runs");
    wait("the window ends with the session", LIMIT, || {
        (!is_alive(pid)).then_some(())
    });
    assert_eq!(told(&stage, &["live", "recovered"])["recovered"], json!([]));
    let cases = told(&stage, &["cases"]);
    assert_eq!(cases["cases"][0]["title"], "看不见的窗口");
    assert!(
        cases["cases"][0]["duration_ms"].as_u64() > Some(3_000),
        "{cases}"
    );
}

#[test]
fn the_global_key_marks_only_while_a_call_goes_on() {
    let Some(stage) = Plan::new("global-key").open() else {
        return;
    };
    stage.wait_for(&id("app-shell"));
    let window = stage.on_screen("亲听");
    let mut settings = ask(&stage, "get_settings", Value::Null);
    settings["live"]["global_mark_key"] = "Ctrl+Alt+M".into();
    ask(&stage, "update_settings", settings);
    let case = begin(&stage);
    window.until_titled("○ 只记时钟 0:01");
    let marks = || {
        let all = ask(&stage, "observations_of", json!(case));
        all.as_array().map_or(0, Vec::len)
    };
    window.press(&CHORD);
    wait("the mark is kept", LIMIT, || (marks() == 1).then_some(()));

    ask(&stage, "live_stop", Value::Null);
    wait("the title is plain again", LIMIT, || {
        (window.title() == "亲听").then_some(())
    });
    window.press(&CHORD);
    assert_eq!(marks(), 1, "nobody listens any more");
}
