//! Files as recorders, phones and browsers write them, brought in by the command line. They are other
//! people's and not part of the project; look-alikes of each kind are made in the tests of the crates
//! that read them.

use crate::terminal::{Terminal, text};
use qinting_testkit::data::shared;
use serde_json::Value;
use std::ffi::OsStr;

/// How far a length may be from what another decoder gives, ms: encoders' delays are counted by some.
const SLACK_MS: u64 = 110;

#[test]
fn every_odd_file_comes_in_as_a_user_expects() {
    let Some(odd) = shared("odd") else {
        return;
    };
    let expected = std::fs::read_to_string(odd.join("expected.json")).expect("what is expected");
    let expected: Vec<Value> = serde_json::from_str(&expected).expect("a list");
    let terminal = Terminal::new();
    let mut wrong = Vec::new();
    for one in &expected {
        let path = odd.join(text(&one["file"]));
        let (_, answer) = terminal.json([OsStr::new("import"), path.as_os_str()]);
        let file = &answer["files"][0];
        if let Err(why) = judged(one, file) {
            wrong.push(format!("{}: {why}\n{file:#}", text(&one["file"])));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn told(file: &Value, kind: &str) -> bool {
    let notices = file["notices"].as_array().into_iter().flatten();
    notices.filter(|notice| notice["kind"] == kind).count() == 1
}

fn judged(expected: &Value, file: &Value) -> Result<(), String> {
    if file["outcome"] != "imported" {
        return Err(format!("is {}", file["outcome"]));
    }
    let wanted_ms = (expected["decoded_s"].as_f64().unwrap_or(0.0) * 1000.0) as u64;
    let ms = file["duration_ms"].as_u64().unwrap_or(0);
    if ms.abs_diff(wanted_ms) > SLACK_MS {
        return Err(format!("is {ms} ms long, not {wanted_ms}"));
    }
    // Two sides that carry the same become one lane, which is told; a copy need not be exact.
    let is_one = told(file, "same_on_both");
    if expected["identical_channels"] == true && !is_one {
        return Err("does not say that both sides are the same".to_owned());
    }
    let lanes = if is_one {
        Some(1)
    } else {
        expected["channels"].as_u64()
    };
    if file["channels"].as_u64() != lanes {
        return Err(format!("has {} lanes, not {lanes:?}", file["channels"]));
    }
    Ok(())
}
