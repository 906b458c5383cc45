//! The door as lines: what the window asks, asked by a script.

use crate::terminal::{Terminal, planned, text};
use parking_lot::Mutex;
use qinting_testkit::wait::until;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::Arc;

/// A script at the door, and every line it was told.
struct Script {
    child: Child,
    asks: Option<ChildStdin>,
    told: Arc<Mutex<Vec<Value>>>,
    ear: Option<std::thread::JoinHandle<()>>,
}

impl Script {
    fn of(terminal: &Terminal) -> Self {
        Self::granted(terminal, &[])
    }

    /// A script that may use these files, each under its name.
    fn granted(terminal: &Terminal, grants: &[String]) -> Self {
        let grants = grants.iter().flat_map(|grant| ["--grant", grant]);
        let mut child = terminal
            .command(["call"].into_iter().chain(grants))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let told: Arc<Mutex<Vec<Value>>> = Arc::default();
        let heard = told.clone();
        let ear = std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let line = serde_json::from_str(&line).expect("a line of JSON");
                heard.lock().push(line);
            }
        });
        Self {
            asks: child.stdin.take(),
            child,
            told,
            ear: Some(ear),
        }
    }

    fn send(&mut self, line: &str) {
        writeln!(self.asks.as_mut().expect("it hears"), "{line}").expect("it hears");
    }

    fn found(&self, is_it: impl Fn(&Value) -> bool) -> Option<Value> {
        self.told.lock().iter().find(|l| is_it(l)).cloned()
    }

    /// Asks and waits for the answer.
    fn ask(&mut self, id: u32, call: &str, request: Value) -> Value {
        self.send(&json!({"id": id, "call": call, "request": request}).to_string());
        until(call, || self.found(|l| l["id"] == id).is_some());
        self.found(|l| l["id"] == id).expect("it was answered")
    }

    /// Hangs up; everything that was told, once it has ended in good order.
    fn end(mut self) -> Vec<Value> {
        drop(self.asks.take());
        assert!(self.child.wait().expect("it ends").success());
        self.ear.take().expect("an ear").join().expect("it heard");
        std::mem::take(&mut *self.told.lock())
    }
}

#[test]
fn everything_the_window_does_can_be_done_by_lines() {
    let terminal = Terminal::new();
    let case = terminal.one_case();
    let mut script = Script::of(&terminal);
    let found = script.ask(1, "get_case", json!(case));
    let recording = found["answer"]["recording"]["id"].clone();

    let mark = json!({"recording_id": recording, "at_ms": 1_000, "lag_ms": 0, "kind": "quote",
        "tags": [], "range": null, "text": "一行一件事", "session_id": null});
    let marked = script.ask(2, "mark", mark);
    assert_eq!(text(&marked["answer"]["observation"]["text"]), "一行一件事");
    until("the mark is told", || {
        script
            .found(|l| l["event"]["action"] == "observation.mark")
            .is_some()
    });

    let peaks = json!({"recording_id": recording, "start_ms": 0, "end_ms": 1_000, "columns": 10});
    let peaks = script.ask(3, "peaks", peaks);
    assert!(!text(&peaks["bytes"]).is_empty(), "{peaks}");
    assert!(script.ask(4, "doors", json!(null))["answer"]["own_path"].is_string());
    assert_eq!(
        script.ask(5, "undo", json!(null))["answer"]["action"],
        "observation.mark"
    );
    script.end();
}

#[test]
fn what_cannot_be_done_is_said_and_nothing_else_waits_for_it() {
    let terminal = Terminal::new();
    let mut script = Script::of(&terminal);
    for (id, call, request, code) in [
        (1, "no_such_thing", json!(null), "command.unknown"),
        (2, "pick_audio", json!(null), "command.elsewhere"),
        (3, "get_case", json!("../../x"), "invalid"),
        (
            4,
            "get_case",
            json!("0193a1b2-0000-7000-8000-000000000001"),
            "not_found",
        ),
    ] {
        let refused = script.ask(id, call, request);
        assert_eq!(text(&refused["error"]["code"]), code, "{call}");
    }
    for odd in ["{", "[]", "{\"id\":9}", "\u{1b}[2J"] {
        script.send(odd);
    }
    script.send("");
    assert!(script.ask(5, "list_people", json!(null))["answer"].is_array());
    let told = script.end();
    let odd = told
        .iter()
        .filter(|l| l["id"].is_null() && l["error"]["code"] == "invalid");
    assert_eq!(odd.count(), 4);
}

#[test]
fn a_script_names_no_place_and_uses_what_it_was_granted_once() {
    let terminal = Terminal::new();
    terminal.one_case();
    let report = terminal.dir().join("报告.csv");
    let grants = [format!("报告={}", report.display())];
    let mut script = Script::granted(&terminal, &grants);
    let export = |to: &str| json!({"format": "csv", "to": to});
    let refused = script.ask(1, "export_findings", export(&report.to_string_lossy()));
    assert_eq!(refused["error"]["code"], "ticket.spent");
    assert!(!report.exists());
    let done = script.ask(2, "export_findings", export("报告"));
    assert!(done["answer"]["bytes"].as_u64() > Some(0), "{done}");
    assert!(report.exists());
    let again = script.ask(3, "export_findings", export("报告"));
    assert_eq!(again["error"]["code"], "ticket.spent");
    script.end();
}

#[test]
fn what_nothing_takes_back_is_asked_twice() {
    let terminal = Terminal::new();
    let case = terminal.one_case();
    let mut script = Script::of(&terminal);
    let request = json!({"kind": "case", "id": case, "reason": "客户来信"});
    let first = script.ask(1, "purge", request.clone());
    assert_eq!(first["error"]["code"], "command.confirm", "{first}");
    assert!(script.ask(2, "get_case", json!(case))["answer"].is_object());
    let token = first["error"]["args"]["token"].clone();
    let again = json!({"id": 3, "call": "purge", "request": request, "confirm": token});
    script.send(&again.to_string());
    until("it is gone", || script.found(|l| l["id"] == 3).is_some());
    assert!(script.found(|l| l["id"] == 3).expect("an answer")["answer"].is_object());
    let gone = script.ask(4, "get_case", json!(case));
    assert_eq!(gone["error"]["code"], "not_found");
    script.end();
}

#[test]
fn what_was_asked_is_answered_though_the_script_hangs_up_at_once() {
    let terminal = Terminal::new();
    terminal.one_case();
    let mut script = Script::of(&terminal);
    for id in 0..40 {
        let query = json!({"text": "", "sort": "title", "offset": 0, "limit": 9});
        script.send(&json!({"id": id, "call": "list_cases", "request": query}).to_string());
    }
    let told = script.end();
    let mut answered: Vec<_> = told.iter().filter_map(|l| l["id"].as_u64()).collect();
    answered.sort_unstable();
    assert_eq!(answered, (0..40).collect::<Vec<_>>());
    let totals = told.iter().filter(|l| l["answer"]["total"] == 1);
    assert_eq!(totals.count(), 40);
}

#[test]
fn a_call_that_waits_or_reads_can_be_cancelled_by_its_id() {
    let terminal = Terminal::new();
    terminal.one_case();
    let mut script = Script::of(&terminal);
    // The check-ups keep every hand busy while the last one waits.
    for id in 0..30 {
        script.send(&json!({"id": id, "call": "doctor"}).to_string());
    }
    script.send(&json!({"id": "late", "call": "doctor"}).to_string());
    script.send(&json!({"id": "stop", "call": "cancel_call", "request": "late"}).to_string());
    script.send(&json!({"id": "nobody", "call": "cancel_call", "request": "7777"}).to_string());
    let told = script.end();
    let of = |id: Value| {
        told.iter()
            .find(|l| l["id"] == id)
            .cloned()
            .expect("an answer")
    };
    assert_eq!(of(json!("late"))["error"]["code"], "cancelled");
    assert!(of(json!("stop"))["answer"].is_null());
    assert!(
        of(json!(29))["answer"]["healthy"].is_boolean(),
        "others go on"
    );
}

#[test]
fn a_script_beside_another_disturbs_nobody() {
    let terminal = Terminal::new();
    terminal.one_case();
    let (mut one, mut other) = (Script::of(&terminal), Script::of(&terminal));
    let who = |script: &mut Script| script.ask(1, "workspace_info", json!(null))["answer"].clone();
    assert_eq!(who(&mut one)["path"], who(&mut other)["path"]);
    one.end();
    other.end();
}

#[test]
fn a_source_that_was_mended_in_a_plan_is_read_so_by_every_plan_once_it_is_remembered() {
    let terminal = Terminal::new();
    planned::folder(&terminal);
    planned::put(&terminal, "11月.csv", planned::TABLE);
    let folder = terminal.file("11月.csv");
    let folder = folder.parent().expect("a folder").display();
    let mut script = Script::granted(&terminal, &[format!("一夹={folder}")]);
    let ask = |profile: Value| {
        let one = json!({"source": 0, "profile": profile, "table": {}});
        let sources = if profile.is_null() {
            json!([])
        } else {
            json!([one])
        };
        json!({"ticket": "一夹", "suffix_rules": [], "zone": "Asia/Shanghai", "counts": "last", "sources": sources})
    };
    let profile_of = |plan: &Value| plan["sources"][0]["told"]["profile"].clone();
    let first = script.ask(1, "import_plan", ask(Value::Null))["answer"].clone();
    let mut mine = profile_of(&first)["written"].clone();
    mine["name"] = json!("我们的");
    mine["facts"]["queue"] = json!({"from": ["客户姓名"]});
    let written = json!({"written": mine.to_string()});
    let mended = script.ask(2, "import_plan", ask(written))["answer"].clone();
    assert_eq!(profile_of(&mended)["by"], "person");
    assert_eq!(mended["calls"][0]["known"]["queue"]["value"], "王小明");

    let mut settings = script.ask(3, "get_settings", json!(null))["answer"].clone();
    settings["import_profiles"] = json!([{"name": "我们的", "written": "{}"}]);
    let refused = script.ask(4, "update_settings", settings.clone());
    assert!(
        text(&refused["error"]["code"]).starts_with("profile."),
        "{refused}"
    );
    settings["import_profiles"] = json!([{"name": "我们的", "written": mine.to_string()}]);
    let kept = script.ask(5, "update_settings", settings);
    assert_eq!(
        kept["answer"]["import_profiles"][0]["name"], "我们的",
        "{kept}"
    );
    let again = script.ask(6, "import_plan", ask(Value::Null))["answer"].clone();
    assert_eq!(profile_of(&again)["by"], "remembered");
    script.end();

    let plan = planned::plan(&terminal, &[]);
    assert_eq!(profile_of(&plan)["by"], "remembered");
    let named = planned::plan(&terminal, &["--profile", "我们的"]);
    assert_eq!(profile_of(&named)["by"], "person");
    assert_eq!(named["profiles_unused"], json!([]));
}
