//! Bringing calls in from the command line.

use crate::terminal::{Terminal, rows, text};
#[cfg(unix)]
use qinting_domain::path_text;
use qinting_testkit::data::shared;
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::fs;

/// The file of an answer whose path ends in `name`.
#[track_caller]
fn file<'a>(answer: &'a Value, name: &str) -> &'a Value {
    rows(&answer["files"])
        .iter()
        .find(|f| text(&f["path"]).ends_with(name))
        .unwrap_or_else(|| panic!("no {name} in {answer:#}"))
}

#[test]
fn a_call_goes_in_and_is_listed() {
    let terminal = Terminal::new();
    let path = terminal.tone("退货 投诉.wav", 2_500, 330.0, 2);
    let answer = terminal.ok([OsStr::new("import"), path.as_os_str()]);
    let one = &answer["files"][0];
    assert_eq!(text(&one["path"]), path.to_string_lossy());
    let facts = json!([
        one["outcome"],
        one["duration_ms"],
        one["channels"],
        one["error"]
    ]);
    assert_eq!(facts, json!(["imported", 2_500, 2, null]));

    let cases = terminal.ok(["cases"]);
    let case = &cases["cases"][0];
    assert_eq!(case["id"], one["case_id"]);
    assert_eq!(case["title"], "退货 投诉");
    assert_eq!(case["duration_ms"], 2_500);
    assert_eq!(case["roles"], json!(["agent", "customer"]));
    assert_eq!(case["transcript"], "none");
}

#[test]
fn a_relative_path_comes_back_as_it_was_given() {
    let terminal = Terminal::new();
    terminal.tone("a.wav", 500, 330.0, 1);
    let answer = terminal.ok(["import", "files/a.wav"]);
    assert_eq!(answer["files"][0]["path"], "files/a.wav");
}

#[test]
fn broken_files_are_refused_one_by_one_and_the_good_ones_go_in() {
    let terminal = Terminal::new();
    let good = terminal.tone("good.wav", 3_000, 330.0, 1);
    fs::write(terminal.file("empty.wav"), b"").expect("a file");
    fs::write(
        terminal.file("page.wav"),
        b"<html>not audio at all</html>".repeat(40),
    )
    .expect("a file");
    let whole = fs::read(&good).expect("a file");
    fs::write(terminal.file("cut.wav"), &whole[..whole.len() / 2]).expect("a file");
    let (code, answer) = terminal.json(["import", "files", "files/gone.wav"]);
    assert_eq!(code, 2, "{answer:#}");
    let outcome = |name: &str| {
        let f = file(&answer, name);
        (
            text(&f["outcome"]),
            f["error"]["code"].as_str().unwrap_or("").to_owned(),
        )
    };
    assert_eq!(outcome("good.wav"), ("imported".into(), String::new()));
    assert_eq!(
        outcome("empty.wav"),
        ("rejected".into(), "media.empty".into())
    );
    assert_eq!(
        outcome("page.wav"),
        ("rejected".into(), "media.not_audio".into())
    );
    assert_eq!(
        outcome("cut.wav"),
        ("rejected".into(), "media.truncated".into())
    );
    assert_eq!(
        outcome("gone.wav"),
        ("rejected".into(), "media.unreadable".into())
    );
    let message = text(&file(&answer, "empty.wav")["error"]["message"]);
    assert!(
        message.contains("文件是空的") && message.contains("empty"),
        "{message}"
    );

    assert_eq!(rows(&terminal.ok(["cases"])["cases"]).len(), 1);
    let left: Vec<_> = fs::read_dir(terminal.workspace().join("media"))
        .expect("a folder")
        .flatten()
        .filter(|e| e.file_name().to_string_lossy().starts_with("work"))
        .collect();
    assert!(left.is_empty(), "half-imported: {left:?}");
}

#[test]
fn the_same_audio_twice_points_to_the_case_that_has_it() {
    let terminal = Terminal::new();
    let path = terminal.tone("a.wav", 1_000, 330.0, 1);
    let first = terminal.ok([OsStr::new("import"), path.as_os_str()]);
    fs::copy(&path, terminal.file("another name.wav")).expect("a copy");
    let again = terminal.ok(["import", "files/another name.wav"]);
    assert_eq!(again["files"][0]["outcome"], "duplicate");
    assert_eq!(again["files"][0]["case_id"], first["files"][0]["case_id"]);
    assert_eq!(rows(&terminal.ok(["cases"])["cases"]).len(), 1);
}

#[test]
fn the_two_files_of_a_call_become_one_case_unless_kept_apart() {
    let terminal = Terminal::new();
    terminal.tone("通话_坐席.wav", 1_000, 330.0, 1);
    terminal.tone("通话_客户.wav", 1_000, 550.0, 1);
    fs::write(terminal.file("readme.txt"), b"hello").expect("a file");
    let joined = terminal.ok(["import", "files"]);
    let outcomes: Vec<_> = rows(&joined["files"])
        .iter()
        .map(|f| text(&f["outcome"]))
        .collect();
    assert_eq!(outcomes, ["joined", "joined"]);
    assert_eq!(joined["files"][0]["case_id"], joined["files"][1]["case_id"]);
    assert_eq!(joined["files"][0]["channels"], 2);
    assert_eq!(joined["ignored"], json!(["files/readme.txt"]));

    let apart = Terminal::new();
    apart.tone("通话_坐席.wav", 1_000, 330.0, 1);
    apart.tone("通话_客户.wav", 1_000, 550.0, 1);
    let answer = apart.ok(["import", "files", "--separate"]);
    assert_ne!(answer["files"][0]["case_id"], answer["files"][1]["case_id"]);
}

/// 退款投诉 and 案卷 as a Chinese Windows writes them.
#[cfg(unix)]
const NAMES: [&[u8]; 2] = [b"\xCD\xCB\xBF\xEE\xCD\xB6\xCB\xDF.wav", b"\xB0\xB8\xBE\xED"];

#[cfg(unix)]
#[rstest::rstest]
#[case::by_folder(false)]
#[case::by_name(true)]
fn a_name_in_gbk_comes_in_and_is_shown_as_it_was_meant(#[case] named: bool) {
    use std::os::unix::ffi::OsStrExt;
    let terminal = Terminal::new();
    let plain = terminal.tone("plain.wav", 500, 330.0, 1);
    let path = terminal.file("").join(OsStr::from_bytes(NAMES[0]));
    fs::rename(plain, &path).expect("a file");
    let given = if named {
        path.clone()
    } else {
        terminal.file("")
    };
    let answer = terminal.ok([OsStr::new("import"), given.as_os_str()]);
    assert_eq!(answer["files"][0]["outcome"], "imported", "{answer:#}");
    let text = text(&answer["files"][0]["path"]);
    assert_eq!(path_text::from_text(&text), path);
    assert_eq!(terminal.ok(["cases"])["cases"][0]["title"], "退款投诉");
}

#[cfg(unix)]
#[test]
fn a_workspace_under_a_name_in_gbk_takes_calls() {
    use std::os::unix::ffi::OsStrExt;
    let terminal = Terminal::new();
    let call = terminal.tone("a.wav", 500, 330.0, 1);
    let workspace = terminal.file("").join(OsStr::from_bytes(NAMES[1]));
    for outcome in ["imported", "duplicate"] {
        let args = [OsStr::new("--json"), OsStr::new("import"), call.as_os_str()];
        let out = terminal.command_in(&workspace, args).output();
        let out = out.expect("the binary starts");
        let answer: Value = serde_json::from_slice(&out.stdout).expect("JSON");
        assert_eq!(answer["files"][0]["outcome"], outcome, "{answer:#}");
    }
    assert!(workspace.join("workspace.db").is_file());
}

#[test]
fn an_empty_folder_is_no_error() {
    let terminal = Terminal::new();
    assert_eq!(
        terminal.ok(["import", "files"]),
        json!({"files": [], "ignored": [], "ignored_count": 0, "unopened": [],
               "facts": {"sources": [], "without_call": 0, "undecided": 0, "applied": null, "not_applied": null}})
    );
}

#[test]
fn a_real_call_in_two_files_goes_in_as_one() {
    let Some(calls) = shared("calls") else {
        return;
    };
    let terminal = Terminal::new();
    let answer = terminal.ok([OsStr::new("import"), calls.as_os_str()]);
    let agent = file(&answer, "_agent.wav");
    let caller = file(&answer, "_caller.wav");
    assert_eq!(
        (&agent["outcome"], &caller["outcome"]),
        (&json!("joined"), &json!("joined"))
    );
    assert_eq!(agent["case_id"], caller["case_id"]);
    assert_eq!(agent["channels"], 2);
    let ms = agent["duration_ms"].as_u64().unwrap_or(0);
    assert!((240_000..250_000).contains(&ms), "{ms}");
    assert_eq!(
        terminal.ok(["cases"])["cases"][0]["roles"],
        json!(["agent", "customer"])
    );
}
