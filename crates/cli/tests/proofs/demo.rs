//! The demo from the command line: built, looked at, built anew, and never over somebody's work.

use crate::terminal::{Terminal, rows, text};
use qinting_testkit::demo_model;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;

#[test]
fn the_demo_is_built_listed_shown_and_exported() {
    let terminal = Terminal::new();
    let made = terminal.ok(["demo"]);
    let counts = ["cases", "people", "sessions", "observations", "issues"].map(|k| &made[k]);
    assert_eq!(json!(counts), json!([4, 9, 1, 28, 14]));
    assert_eq!(
        (&made["built"], &made["transcripts"]),
        (&json!(true), &Value::Null)
    );

    let cases = terminal.ok(["cases"]);
    for case in rows(&cases["cases"]) {
        for fact in [
            "title",
            "business_line",
            "queue",
            "agent",
            "customer",
            "disposition",
        ] {
            assert!(!text(&case[fact]).is_empty(), "{fact}: {case}");
        }
        assert!(text(&case["customer"]).ends_with("**"), "masked: {case}");
        assert!(case["started_at_ms"].as_u64() < case["imported_at_ms"].as_u64());
        assert_eq!(case["roles"], json!(["agent", "customer"]));
        // Everybody of the session has heard it.
        assert_eq!(case["listeners"], 9, "{case}");
        // The text comes when somebody watches.
        assert_eq!(case["transcript"], "queued");
    }

    let session = &terminal.ok(["session", "list"])["sessions"][0];
    let title = text(&session["title"]);
    let shown = terminal.ok(["session", "show", &title]);
    assert_eq!(&shown["session"], session);
    assert_eq!(rows(&shown["cases"]).len(), 4);
    assert_eq!(rows(&shown["observations"]).len(), 16);
    let id = text(&session["id"]);
    assert_eq!(terminal.ok(["session", "show", &id[id.len() - 8..]]), shown);
    assert_eq!(terminal.json(["session", "show", "没有的"]).0, 3);

    let export = terminal.ok(["export", "--format", "json"]);
    assert_eq!(rows(&export["observations"]).len(), 28);
    let issues = rows(&export["issues"]);
    assert!(issues.iter().any(|i| rows(&i["evidence"]).len() >= 4));
}

#[test]
fn what_the_sound_of_a_call_tells_is_told_and_the_list_goes_by_it() {
    let terminal = Terminal::new();
    terminal.ok(["demo"]);
    let cases = terminal.ok(["cases"]);
    for case in rows(&cases["cases"]) {
        let told = terminal.ok(["sound", &text(&case["id"])]);
        assert_eq!(told["roles"], json!(["agent", "customer"]));
        assert_eq!(told["sound"]["state"], "known", "{told}");
        let figures = &told["sound"]["figures"];
        let parts = ["speech_ms", "silence_ms", "missing_ms"];
        let sum: u64 = parts
            .map(|part| figures[part].as_u64().unwrap_or(0))
            .iter()
            .sum();
        assert_eq!(figures["length_ms"], sum);
        assert_eq!(rows(&figures["sides"]["lanes"]).len(), 2);
    }
    let listed = terminal.ok(["cases", "--least", "silence=0", "--sort", "silence"]);
    let silence = |case: &Value| case["sound"]["silence_permille"].as_u64();
    let silences: Vec<Option<u64>> = rows(&listed["cases"]).iter().map(silence).collect();
    assert_eq!(silences.iter().flatten().count(), 4);
    assert!(
        silences.is_sorted_by(|more, less| more >= less),
        "{silences:?}"
    );
    let silent = terminal.ok(["cases", "--least", "silence=100"]);
    assert!(rows(&silent["cases"]).is_empty());
    assert_eq!(terminal.json(["sound", "没有的"]).0, 3);
}

#[test]
fn a_chat_before_the_call_is_told_listed_and_found_with_its_case() {
    let terminal = Terminal::new();
    terminal.ok(["demo"]);
    let cases = terminal.ok(["cases"]);
    let case = &rows(&cases["cases"])[0];
    let (id, began) = (
        text(&case["id"]),
        case["started_at_ms"].as_i64().unwrap_or(0),
    );
    let began = format!("began_at={}", began - 60_000);
    let add = [
        "record",
        "add",
        "contact",
        "--case",
        &id,
        "kind=chat",
        &began,
    ];
    let added = terminal.ok(add.into_iter().chain(["agent=机器人零九"]));
    let chat = &rows(&added["records"])[0];
    let listed = terminal.ok(["record", "list", "contact", "--case", &id]);
    let listed = rows(&listed["records"]);
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[0]["began_at"], case["started_at_ms"]);
    let found = terminal.ok(["cases", "--text", "机器人零九"]);
    let found = rows(&found["cases"]);
    assert_eq!((found.len(), &found[0]["id"]), (1, &case["id"]));
    assert_eq!(found[0]["started_at_ms"], chat["began_at"], "it was first");
    let export = terminal.ok(["export", "--format", "json"]);
    let told = rows(&export["cases"])
        .iter()
        .find(|c| c["id"] == case["id"]);
    let told = told.map(|case| rows(&case["contacts"]).len());
    assert_eq!(told, Some(2));
    let phone = text(&listed[0]["id"]);
    let (code, kept) = terminal.json(["record", "remove", "contact", &phone]);
    assert!(code != 0 && kept["error"]["code"] == "invalid", "{kept}");
    terminal.ok(["record", "remove", "contact", &text(&chat["id"])]);
    assert_eq!(terminal.ok(["cases"]), cases);
}

#[test]
fn the_issues_stand_in_every_status_and_tell_how_they_got_there() {
    let terminal = Terminal::new();
    terminal.ok(["demo"]);
    let listed = terminal.ok(["issues", "--view", "all"]);
    let issues = rows(&listed["issues"]);
    let statuses: BTreeSet<String> = issues.iter().map(|i| text(&i["status"])).collect();
    assert_eq!(statuses.len(), 14);
    let one = |status: &str| {
        let found = issues.iter().find(|i| i["status"] == status);
        found.unwrap_or_else(|| panic!("no {status}"))
    };
    for status in ["declined", "verified_closed", "reopened"] {
        let reason = text(&one(status)["status_reason"]);
        assert!(reason.chars().count() > 20, "{status}: {reason}");
    }
    assert_eq!(one("clarified")["cases"], 4);
    assert_eq!(
        rows(&terminal.ok(["issues", "--view", "overdue"])["issues"]).len(),
        1
    );
    assert_eq!(one("pilot")["owner"], "陆明澈");
}

#[test]
fn a_demo_that_is_there_is_left_alone_until_it_is_reset() {
    let terminal = Terminal::new();
    terminal.ok(["demo"]);
    let case = text(&terminal.ok(["cases"])["cases"][0]["id"]);
    terminal.ok(["mark", &case, "--at", "1000", "--note", "我自己记的"]);

    let again = terminal.ok(["demo"]);
    let seen = (&again["built"], &again["observations"]);
    assert_eq!(seen, (&json!(false), &json!(29)));

    let anew = terminal.ok(["demo", "--reset"]);
    let seen = (&anew["built"], &anew["observations"]);
    assert_eq!(seen, (&json!(true), &json!(28)));
    assert_eq!(terminal.ok(["search", "我自己记的"])["hits"], json!([]));
}

#[test]
fn the_demo_is_never_built_over_anything_else() {
    let terminal = Terminal::new();
    let case = terminal.one_case();
    for args in [vec!["demo"], vec!["demo", "--reset"]] {
        let (code, answer) = terminal.json(&args);
        let error = text(&answer["error"]["code"]);
        assert_eq!((code, error.as_str()), (4, "cli.not_the_demo"), "{args:?}");
    }
    assert_eq!(terminal.ok(["cases"])["cases"][0]["id"], case.as_str());

    let other = Terminal::new();
    fs::create_dir(other.workspace()).expect("a folder");
    fs::write(other.workspace().join("letter.txt"), b"dear").expect("a file");
    for args in [vec!["demo"], vec!["demo", "--reset"]] {
        assert_eq!(other.json(&args).0, 4, "{args:?}");
    }
    let left: Vec<_> = fs::read_dir(other.workspace())
        .expect("a folder")
        .flatten()
        .collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn the_demo_model_is_the_default_elsewhere_only_for_those_who_insist() {
    let terminal = Terminal::new();
    let model = demo_model();
    let file = model.to_string_lossy();
    let added = terminal.ok(["model", "add", &file]);
    let row = |listed: &Value| {
        let models = rows(&listed["models"]).iter();
        let mut demo = models.filter(|m| m["is_demo"] == true);
        demo.next().expect("the demo model is listed").clone()
    };
    let demo = row(&added);
    let id = text(&demo["id"]);
    assert_eq!(demo["is_default"], false);

    let (code, answer) = terminal.json(["model", "default", &id]);
    assert_eq!(
        (code, text(&answer["error"]["code"]).as_str()),
        (5, "model.demo_only")
    );
    assert!(text(&answer["error"]["message"]).contains("--insist"));
    assert_eq!(row(&terminal.ok(["model", "list"]))["is_default"], false);

    let insisted = terminal.ok(["model", "default", &id, "--insist"]);
    assert_eq!(row(&insisted)["is_default"], true);
}
