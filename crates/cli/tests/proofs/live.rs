//! Calls as they happen, from the command line. With sound they are tested on a sound server of their
//! own (`tests/tests/live_devices.rs`); here no device is needed.

use crate::terminal::{Terminal, rows, text};
use qinting_testkit::process::{self, Signal};
use rstest::rstest;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Stdio};

/// A call on the clock, running.
struct Call {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Call {
    fn begin(terminal: &Terminal, more: &[&str]) -> Self {
        let args = ["--json", "live", "record", "--mode", "clock"];
        let mut child = terminal
            .command(args.iter().chain(more))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let out = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut call = Self { child, out };
        call.until("begun");
        call
    }

    /// The next line of this kind.
    fn until(&mut self, kind: &str) -> Value {
        let mut line = String::new();
        while self.out.read_line(&mut line).expect("UTF-8") > 0 {
            let said: Value = serde_json::from_str(&line).expect("an object per line");
            if said["live"] == kind {
                return said;
            }
            line.clear();
        }
        panic!("it ended before {kind}");
    }

    fn type_line(&mut self, line: &str) {
        let keys = self.child.stdin.as_mut().expect("a pipe");
        writeln!(keys, "{line}").expect("it reads its keys");
    }

    /// The end, after it was asked for; with the exit code.
    fn ended(mut self) -> (Value, Option<i32>) {
        let ended = self.until("ended");
        (ended, self.child.wait().expect("a child").code())
    }
}

#[rstest]
#[case::without_consent(&["--mode", "record"], 64, "live.consent_needed")]
#[case::without_notice(&["--mode", "text", "--consent", "drill"], 64, "live.consent_needed")]
#[case::no_such_session(&["--mode", "clock", "--session", "没有"], 3, "not_found")]
#[case::half_a_lane(&["--mode", "clock", "--lane", "nowhere"], 64, "cli.usage")]
#[case::no_mode(&["--lane", "nowhere=agent"], 64, "cli.usage")]
fn what_cannot_begin_says_why(#[case] args: &[&str], #[case] exit: i32, #[case] code: &str) {
    let terminal = Terminal::new();
    let (ended, answer) = terminal.json(["live", "record"].iter().chain(args));
    assert_eq!((ended, text(&answer["error"]["code"])), (exit, code.into()));
    let listed = terminal.ok(["cases"]);
    assert_eq!(listed["cases"], json!([]), "nothing has begun");
}

#[test]
fn keys_mark_pause_and_end_a_call_without_sound() {
    let terminal = Terminal::new();
    let mut call = Call::begin(&terminal, &["--title", "柜台旁听", "--mentor", "李静"]);
    call.type_line("m 客户在哭");
    let marked = call.until("marked");
    call.type_line("p");
    let since = loop {
        let status = call.until("status");
        if let Some(since) = status["paused_since_ms"].as_u64() {
            break since;
        }
    };
    call.type_line("r");
    let gap = loop {
        let status = call.until("status");
        if status["paused_since_ms"].is_null() {
            break status["gaps"][0].clone();
        }
    };
    assert_eq!(
        (&gap["kind"], &gap["start_ms"]),
        (&json!("pause"), &json!(since))
    );
    assert!(gap["end_ms"].as_u64() > Some(since), "{gap}");
    call.type_line("q");
    let (ended, code) = call.ended();
    assert_eq!((code, &ended["has_audio"]), (Some(0), &json!(false)));

    let export = terminal.ok(["export", "--format", "json"]);
    let seen = &export["observations"][0];
    assert_eq!(seen["text"], "客户在哭");
    assert_eq!(seen["raw_mark_ms"], marked["at_ms"]);
    let listed = terminal.ok(["cases"]);
    let case = &listed["cases"][0];
    assert_eq!(
        (&case["title"], &case["id"]),
        (&json!("柜台旁听"), &ended["case_id"])
    );
    assert_eq!(terminal.ok(["live", "recovered"])["recovered"], json!([]));
}

#[rstest]
#[case::ctrl_c(Signal::INT)]
#[case::sigterm(Signal::TERM)]
#[case::a_closed_terminal(Signal::HUP)]
fn a_signal_ends_a_call_in_good_order(#[case] signal: Signal) {
    let terminal = Terminal::new();
    let mut call = Call::begin(&terminal, &[]);
    call.type_line("m");
    call.until("marked");
    assert!(process::signal(call.child.id(), signal), "it runs");
    let (_, code) = call.ended();
    assert_eq!(code, Some(0));
    assert_eq!(terminal.ok(["live", "recovered"])["recovered"], json!([]));
    assert_eq!(rows(&terminal.ok(["live", "waiting"])["waiting"]).len(), 1);
}

#[test]
fn a_call_stops_by_itself_after_the_seconds_it_was_given_also_without_standard_input() {
    let terminal = Terminal::new();
    let out = terminal.run([
        "--json",
        "live",
        "record",
        "--mode",
        "clock",
        "--seconds",
        "1",
    ]);
    let said = out.went_well().out;
    let last: Value = serde_json::from_str(said.lines().next_back().expect("lines")).expect("JSON");
    let ms = last["duration_ms"].as_u64().expect("a length");
    assert!((1_000..3_000).contains(&ms), "{last}");
}

#[test]
fn one_call_at_a_time_in_a_workspace() {
    let terminal = Terminal::new();
    let mut call = Call::begin(&terminal, &[]);
    let (code, answer) = terminal.json(["live", "record", "--mode", "clock"]);
    assert_eq!(
        (code, text(&answer["error"]["code"])),
        (1, "live.elsewhere".into())
    );
    call.until("status");
    call.type_line("q");
    assert_eq!(call.ended().1, Some(0));
}

#[test]
fn a_killed_call_is_offered_with_its_marks_at_the_next_start() {
    let terminal = Terminal::new();
    let mut call = Call::begin(&terminal, &[]);
    call.type_line("m");
    call.until("marked");
    call.child.kill().expect("it was running");
    call.child.wait().expect("it is dead");
    let answer = terminal.ok(["live", "recovered"]);
    let found = &rows(&answer["recovered"])[0];
    let facts = json!([found["state"], found["length_ms"], found["observations"]]);
    assert_eq!(facts, json!(["recovered", 0, 1]));
}

#[test]
fn marks_of_a_call_without_sound_move_onto_the_recording_that_comes_later() {
    let terminal = Terminal::new();
    let mut call = Call::begin(&terminal, &["--title", "没有声音"]);
    call.type_line("m");
    let at = call.until("marked")["start_ms"].as_u64().expect("a moment");
    call.type_line("q");
    call.ended();
    let recorded = terminal.one_case();
    let waiting = terminal.ok(["live", "waiting"]);
    assert_eq!(waiting["waiting"][0]["title"], "没有声音");

    let done = terminal.ok(["live", "align", "没有声音", &recorded, "--offset", "700"]);
    assert_eq!(done["aligned"]["aligned_to"]["case_id"], json!(recorded));
    let export = terminal.ok(["export", "--format", "json"]);
    let seen = &export["observations"][0];
    assert_eq!(
        (&seen["case_id"], &seen["start_ms"]),
        (&json!(recorded), &json!(at + 700))
    );
}
