//! Calls that are heard on a stage.

use super::*;
use tempfile::TempDir;

/// A stage on which a call has begun that is recorded through two devices.
fn heard() -> (TempDir, Stage, Value) {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::at(dir.path(), None);
    let device = |id: &str, kind: &str| json!({ "id": id, "name": id, "kind": kind, "channels": 1, "sample_rate_hz": 48_000, "is_default": true });
    let lane =
        |id: &str, role: &str| json!({ "source": id, "name": id, "side": "whole", "role": role });
    ask(
        &stage,
        "stage_reset",
        json!({ "empty": true, "models": [model()] }),
    );
    let sources = json!([device("mic", "input"), device("out", "system")]);
    ask(&stage, "stage_sound", json!({ "sources": sources }));
    let begin = json!({
        "title": "退货", "business_line": "", "agent": "", "customer": "", "mode": "record",
        "lanes": [lane("mic", "agent"), lane("out", "customer")],
        "consent": "both_agreed", "notice": "voice", "mentor_id": null, "session_id": null, "anchor": "",
    });
    let call = ask(&stage, "live_begin", begin)["call"].clone();
    (dir, stage, call)
}

fn model() -> Value {
    json!({
        "id": "small", "name": "small", "bytes": 1, "hash": "", "languages": ["zh"], "speed_hint": 1.0,
        "state": "installed", "bytes_present": 1, "is_default": false, "is_demo": false,
    })
}

fn ask(stage: &Stage, command: &str, request: Value) -> Value {
    match stage.answer(stage.begin("1".into()), command, &request) {
        Ok(Answer::Json(text)) => serde_json::from_str(&text).unwrap(),
        Ok(Answer::Bytes(_)) => panic!("{command} is answered with bytes"),
        Err(note) => panic!("{command}: {note:?}"),
    }
}

/// Asks until the answer is as it should be.
fn until(stage: &Stage, command: &str, request: &Value, is_it: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..2_000 {
        let answer = ask(stage, command, request.clone());
        if is_it(&answer) {
            return answer;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("{command} never answers so");
}

fn final_of(text: &str) -> Value {
    let said = json!({
        "start_ms": 500, "end_ms": 2_000, "channel": 1, "text": text, "confidence": 0.9, "language": "zh",
    });
    json!([{ "live": "final", "lane": 1, "utterance": 0, "segments": [said] }])
}

#[test]
fn a_call_lasts_as_long_as_time_was_told_to_pass_and_says_what_ears_were_told() {
    let (_dir, stage, call) = heard();
    ask(&stage, "stage_time", json!({ "pass": 5_000 }));
    ask(&stage, "stage_heard", final_of("我要退货。"));
    let lines = json!({ "recording_id": call["recording_id"], "offset": 0, "limit": 9 });
    let said = until(&stage, "segments", &lines, |lines| lines[0].is_object());
    assert_eq!(said[0]["text"], "我要退货。");
    assert_eq!(ask(&stage, "live_status", Value::Null)["kept_ms"], 4_000);
    let ended = ask(&stage, "live_stop", Value::Null);
    assert_eq!(
        (&ended["duration_ms"], &ended["has_audio"]),
        (&json!(5_000), &json!(true))
    );
    // Whoever hears it again hears the same.
    let done = |case: &Value| case["transcript"] == "done";
    until(&stage, "get_case", &call["case_id"], done);
    assert_eq!(ask(&stage, "segments", lines)[0]["text"], "我要退货。");
    stage.leave();
}

#[test]
fn ears_that_are_shut_hear_nothing_and_a_lost_device_leaves_a_gap() {
    let (_dir, stage, call) = heard();
    ask(&stage, "stage_time", json!({ "pass": 1_000 }));
    ask(&stage, "live_pause", Value::Null);
    ask(&stage, "stage_heard", final_of("6222 0212"));
    ask(&stage, "live_resume", Value::Null);
    let lost = |state: &str| json!({ "happens": [{ "lane": { "lane": 0, "state": state } }] });
    ask(&stage, "stage_sound", lost("lost"));
    ask(&stage, "stage_time", json!({ "pass": 3_000 }));
    ask(&stage, "stage_sound", lost("running"));
    let closed = |status: &Value| status["gaps"][1]["end_ms"] == 4_000;
    let status = until(&stage, "live_status", &Value::Null, closed);
    assert_eq!(
        (&status["gaps"][0]["kind"], &status["gaps"][1]["kind"]),
        (&json!("pause"), &json!("device_lost"))
    );
    ask(&stage, "live_stop", Value::Null);
    let lines = json!({ "recording_id": call["recording_id"], "offset": 0, "limit": 9 });
    assert_eq!(ask(&stage, "segments", lines), json!([]));
    stage.leave();
}

#[test]
fn what_a_power_cut_left_is_found_by_the_next_start_without_what_the_disk_never_got() {
    let (_dir, stage, call) = heard();
    ask(&stage, "stage_time", json!({ "pass": 10_000 }));
    let promised = |status: &Value| status["kept_ms"] == 9_000;
    until(&stage, "live_status", &Value::Null, promised);
    // Words are written down after the promise that was told before them.
    ask(&stage, "stage_heard", final_of("我要退货。"));
    let lines = json!({ "recording_id": call["recording_id"], "offset": 0, "limit": 9 });
    until(&stage, "segments", &lines, |lines| lines[0].is_object());
    ask(&stage, "stage_reset", json!({ "cut_off": 4_000 }));
    let left = until(&stage, "live_recovered", &Value::Null, |left| {
        left[0]["length_ms"] == 6_000
    });
    assert_eq!(left[0]["promised_ms"], 9_000);
    assert_eq!(left[0]["call"]["state"], "damaged");
    stage.leave();
}
