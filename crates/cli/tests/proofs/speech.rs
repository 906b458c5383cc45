//! Text from the command line, with the small demo model.

use crate::terminal::{Terminal, rows, short_call, text};
use qinting_testkit::demo_model;
use serde_json::json;
use std::ffi::OsStr;
use std::fs;

#[test]
fn a_call_becomes_text_that_can_be_searched() {
    let terminal = Terminal::new();
    let Some(call) = short_call(&terminal, 12) else {
        return;
    };
    let model = demo_model();
    terminal.ok([OsStr::new("import"), call.as_os_str()]);
    let answer = terminal.ok([
        OsStr::new("transcribe"),
        OsStr::new("--all"),
        OsStr::new("--model"),
        model.as_os_str(),
        OsStr::new("--language"),
        OsStr::new("en"),
    ]);
    let one = &answer["transcripts"][0];
    assert_eq!(
        (&one["state"], &one["error"]),
        (&json!("done"), &json!(null)),
        "{one}"
    );

    let case = text(&one["case_id"]);
    let listed = terminal.ok(["segments", &case]);
    let segments = rows(&listed["segments"]);
    assert_eq!(one["segments"], segments.len());
    assert!(!segments.is_empty(), "somebody speaks in the first seconds");
    let said = text(&segments[0]["text"]);
    let hit = &terminal.ok(["search", &said, "--in", "segment"])["hits"][0];
    assert_eq!(
        hit["case_id"],
        case.as_str(),
        "{said:?} is found where it was said"
    );
    for pair in segments.windows(2) {
        assert!(pair[0]["start_ms"].as_u64() <= pair[1]["start_ms"].as_u64());
    }
    for s in segments {
        assert!(s["start_ms"].as_u64() < s["end_ms"].as_u64(), "{s}");
        assert!(
            ["agent", "customer"].contains(&text(&s["role"]).as_str()),
            "{s}"
        );
        assert!(
            (0.0..=1.0).contains(&s["confidence"].as_f64().unwrap_or(-1.0)),
            "{s}"
        );
    }
    assert_eq!(
        terminal.ok(["transcribe", "--all", "--model", "x"])["transcripts"],
        json!([])
    );
}

#[test]
fn a_file_that_is_no_model_is_a_worded_failure() {
    let terminal = Terminal::new();
    let case = terminal.one_case();
    fs::write(terminal.file("fake.bin"), b"not a model").expect("a file");
    let (code, answer) = terminal.json(["transcribe", &case, "--model", "files/fake.bin"]);
    assert_eq!(code, 5, "{answer:#}");
    assert!(answer.to_string().contains("model"), "{answer}");
    // A failed job leaves the case as it was: it can be asked for again.
    assert_eq!(rows(&terminal.ok(["segments", &case])["segments"]).len(), 0);
}
