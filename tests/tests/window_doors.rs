//! Which workspace the window has open, and the ways to another one: first start, the demo, one's
//! own, folders that are refused, and what is handed over while nothing is open.

use qinting_testkit::process::{children, is_worker};
use qinting_testkit::sound::{Sound, humming_call};
use qinting_testkit::wait::wait;
use qinting_tests::namespace::cut_off;
use qinting_tests::screen::Screen;
use qinting_tests::stage::{Plan, Stage};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// For the first words of the demo on a machine that is busy with other things.
const FIRST_TEXT: Duration = Duration::from_secs(240);

fn try_to(stage: &Stage, command: &str, req: Value) -> Result<Value, Value> {
    stage.invoke(command, req)
}

#[track_caller]
fn ask(stage: &Stage, command: &str, req: Value) -> Value {
    try_to(stage, command, req).unwrap_or_else(|error| panic!("{command} is refused: {error}"))
}

#[track_caller]
fn code_of(answer: Result<Value, Value>) -> String {
    let error = answer.expect_err("this must be refused");
    error["code"].as_str().unwrap_or_default().to_owned()
}

fn path_of(place: &Value) -> PathBuf {
    PathBuf::from(place["path"].as_str().unwrap_or_default())
}

/// The workspace every command of the window now works on.
#[track_caller]
fn open_now(stage: &Stage) -> PathBuf {
    path_of(&ask(stage, "workspace_info", Value::Null))
}

fn cases(stage: &Stage) -> Vec<Value> {
    let query = json!({
        "text": "", "sort": "imported", "offset": 0, "limit": 50
    });
    let page = ask(stage, "list_cases", query);
    page["rows"].as_array().cloned().unwrap_or_default()
}

fn marks(stage: &Stage, case: &Value) -> usize {
    let marks = ask(stage, "observations_of", case.clone());
    marks.as_array().map_or(0, Vec::len)
}

fn mark(stage: &Stage, case: &Value) {
    let view = ask(stage, "get_case", case.clone());
    let request = json!({
        "recording_id": view["recording"]["id"], "at_ms": 4_000, "lag_ms": 0, "kind": "problem",
        "tags": [], "range": null, "text": null, "session_id": null
    });
    ask(stage, "mark", request);
}

fn first_start(name: &str) -> Option<Stage> {
    Plan::new(name).first_start().without_speaker().open()
}

#[test]
fn a_first_start_waits_to_be_told_and_remembers_what_it_was_told() {
    let Some(mut stage) = first_start("doors-own") else {
        return;
    };
    assert_eq!(
        code_of(try_to(&stage, "list_people", Value::Null)),
        "workspace.none"
    );
    let doors = ask(&stage, "doors", Value::Null);
    let expected = json!({
        "demo_exists": false, "own_path": stage.workspace(), "own_exists": false,
        "last_problem": null
    });
    assert_eq!(doors, expected);
    assert!(!stage.workspace().exists(), "nothing is made unasked");

    let place = ask(&stage, "open_own", Value::Null);
    assert_eq!(
        place,
        json!({ "path": stage.workspace(), "is_demo": false, "start_at": null })
    );
    assert_eq!(open_now(&stage), stage.workspace());

    let theirs = stage.dir().join("另一个 工作区");
    ask(&stage, "open_workspace", stage.ticket(&theirs));
    assert_eq!(open_now(&stage), theirs);
    stage.restart();
    assert_eq!(open_now(&stage), theirs);

    // Unmounted, moved away: nothing is made in its place, and the window says why.
    stage.restart_after(|_| fs::rename(&theirs, theirs.with_extension("away")).expect("it moves"));
    assert_eq!(
        code_of(try_to(&stage, "list_people", Value::Null)),
        "workspace.none"
    );
    let doors = ask(&stage, "doors", Value::Null);
    assert_eq!(doors["last_problem"]["code"], "workspace.gone");
    assert_eq!(doors["own_exists"], true);
    assert!(!theirs.exists(), "nothing is made in its place");
}

#[test]
fn the_demo_speaks_is_reset_and_left() {
    let plan = Plan::new("doors-demo").first_start();
    let Some(mut stage) = plan.open() else { return };
    ask(&stage, "open_own", Value::Null);
    let place = ask(&stage, "open_demo", Value::Null);
    assert_eq!(path_of(&place), stage.data().join("demo"));
    assert_eq!(place["is_demo"], true);
    assert_eq!(ask(&stage, "workspace_info", Value::Null)["is_demo"], true);
    assert_eq!(cases(&stage).len(), 4);
    let case = place["start_at"].clone();
    assert!(case.is_string(), "the demo says where to begin: {place}");

    // Text appears because the engine decodes it here and now; it goes on while we leave it.
    stage.until_within(FIRST_TEXT, "the first words are there", |page| {
        has_no_failure(page);
        cases(&stage).iter().any(|row| {
            let query = json!({ "recording_id": row["recording_id"], "offset": 0, "limit": 10 });
            ask(&stage, "segments", query)
                .as_array()
                .is_some_and(|lines| !lines.is_empty())
        })
    });

    // A mark of one's own goes with the reset; the story's stay.
    let told = marks(&stage, &case);
    mark(&stage, &case);
    assert_eq!(marks(&stage, &case), told + 1);
    let kept = stage.saying_no(|| try_to(&stage, "reset_demo", Value::Null));
    assert_eq!(code_of(kept), "cancelled");
    assert_eq!(marks(&stage, &case), told + 1, "a no is a no");
    let again = stage.saying_yes(|| ask(&stage, "reset_demo", Value::Null));
    assert_eq!(path_of(&again), path_of(&place));
    assert_ne!(again["start_at"], case, "it is another workspace");
    assert_eq!(marks(&stage, &again["start_at"]), told);
    assert_eq!(cases(&stage).len(), 4);

    // A call that plays falls silent, and its place is kept.
    let open = json!({ "case_id": again["start_at"], "at_ms": 3_000 });
    ask(&stage, "player_open", open);
    ask(&stage, "player_play", json!(3_000));
    stage.until("the demo is heard", |_| {
        stage.speaker().hear(500).is_sound()
    });
    let back = ask(&stage, "leave_demo", Value::Null);
    assert_eq!(path_of(&back), stage.workspace());
    assert_eq!(back["is_demo"], false);
    assert!(!stage.speaker().hear(300).is_sound(), "the sound ended");
    assert_is_let_go(&stage, &path_of(&place));

    ask(&stage, "open_demo", Value::Null);
    let open = json!({ "case_id": again["start_at"], "at_ms": null });
    let player = ask(&stage, "player_open", open);
    has_no_failure(&stage);
    let position = player["position_ms"].as_u64().unwrap_or_default();
    assert!((3_000..60_000).contains(&position), "{player}");

    // What was open is open again, the demo too; and out of it is one step all the same.
    stage.restart();
    assert_eq!(open_now(&stage), path_of(&place));
    ask(&stage, "leave_demo", Value::Null);
    assert_eq!(open_now(&stage), stage.workspace());
}

/// What was stopped waits for its turn; it is neither refused nor lost.
#[track_caller]
fn has_no_failure(page: &Screen) {
    let jobs = page.invoke("list_jobs", Value::Null);
    let jobs = jobs.expect("jobs are listed");
    let jobs = jobs.as_array().expect("a list");
    assert_eq!(jobs.len(), 4, "{jobs:?}");
    let is_well =
        |job: &Value| ["queued", "running", "done"].contains(&job["state"].as_str().unwrap_or(""));
    assert!(jobs.iter().all(is_well), "{jobs:?}");
}

/// Nobody holds the workspace: no lock, no worker process.
#[track_caller]
fn assert_is_let_go(stage: &Stage, folder: &Path) {
    for lock in ["window.lock", "jobs.lock", "in-use.lock"] {
        if let Ok(file) = File::open(folder.join(lock)) {
            assert!(file.try_lock().is_ok(), "{lock} is still held");
        }
    }
    assert!(
        !folder.join("workspace.db-wal").exists(),
        "the database is still open"
    );
    let workers = children(stage.pid())
        .iter()
        .filter(|pid| is_worker(**pid))
        .count();
    assert_eq!(workers, 0, "workers go on for nobody");
}

#[test]
fn two_clicks_on_reset_are_one_reset_and_a_reset_is_only_for_the_demo() {
    let Some(stage) = first_start("doors-reset") else {
        return;
    };
    let first = ask(&stage, "open_demo", Value::Null);
    let both = stage.saying_yes(|| {
        stage.eval_async(
            "const done = arguments[0]; const reset = () =>\
             window.__TAURI_INTERNALS__.invoke(\
             'call', { id: crypto.randomUUID(), command: 'reset_demo', request: null });\
             Promise.all([reset(), reset()]).then(done, (error) => done([error]))",
            vec![],
        )
    });
    assert_eq!(both[0], both[1], "both clicks have the same answer");
    assert_ne!(both[0]["start_at"], first["start_at"]);
    assert_eq!(cases(&stage).len(), 4);
    let names: Vec<_> = fs::read_dir(stage.data())
        .expect("the data folder is there")
        .map(|entry| entry.expect("it can be listed").file_name())
        .filter(|name| name.to_string_lossy().contains("demo."))
        .collect();
    assert_eq!(names, [".demo.lock"], "building leaves nothing");

    // Somebody's own workspace in the place of the demo is theirs.
    ask(&stage, "open_own", Value::Null);
    let demo = path_of(&first);
    fs::remove_dir_all(&demo).expect("the demo is gone");
    ask(&stage, "open_workspace", stage.ticket(&demo));
    for command in ["reset_demo", "open_demo"] {
        ask(&stage, "open_own", Value::Null);
        let deed = || try_to(&stage, command, Value::Null);
        let refused = match command {
            "reset_demo" => stage.saying_yes(deed),
            _ => deed(),
        };
        assert_eq!(code_of(refused), "workspace.unusable");
        assert!(demo.join("workspace.db").exists());
        assert_eq!(open_now(&stage), stage.workspace());
    }
}

#[test]
fn a_folder_that_is_refused_leaves_the_open_one_open() {
    let Some(stage) = first_start("doors-refused") else {
        return;
    };
    let made = |name: &str| {
        let folder = stage.dir().join(name);
        ask(&stage, "open_workspace", stage.ticket(&folder));
        folder
    };
    let (busy, damaged, newer) = (made("busy"), made("damaged"), made("newer"));
    ask(&stage, "open_own", Value::Null);
    let letters = stage.dir().join("letters");
    fs::create_dir(&letters).expect("a folder can be made");
    fs::write(letters.join("letter.txt"), "yours").expect("a file can be written");

    let other_window = File::open(busy.join("window.lock")).expect("it was open in this window");
    other_window.lock().expect("nobody holds it now");
    patch(&damaged, |bytes| {
        // The first page holds the schema and stays; every later page loses its header.
        for page in bytes.chunks_mut(4_096).skip(1) {
            page[..64].fill(0xA5);
        }
    });
    // Where a file in SQLite format says `PRAGMA user_version`.
    patch(&newer, |bytes| {
        bytes[60..64].copy_from_slice(&99u32.to_be_bytes());
        // And who may read it: nobody of this version.
        bytes[68..72].copy_from_slice(&0u32.to_be_bytes());
    });

    for (folder, code) in [
        (&busy, "workspace.busy"),
        (&damaged, "workspace.damaged"),
        (&newer, "workspace.newer"),
        (&letters, "workspace.not_one"),
        (&letters.join("letter.txt"), "workspace.not_one"),
        (&PathBuf::from("somewhere"), "workspace.not_one"),
    ] {
        let refused = try_to(&stage, "open_workspace", stage.ticket(folder));
        assert_eq!(code_of(refused), code);
        assert_eq!(open_now(&stage), stage.workspace(), "after {code}");
        mark_something(&stage);
    }
    let left: Vec<_> = fs::read_dir(&letters)
        .expect("it is there")
        .map(|entry| entry.expect("it can be listed").file_name())
        .collect();
    assert_eq!(left, ["letter.txt"], "nothing was put there");
}

/// The open workspace still takes what a person does.
fn mark_something(stage: &Stage) {
    let name = format!("{}", ask(stage, "list_people", Value::Null));
    let person =
        json!({ "name": format!("客服 {}", name.len()), "roles": ["participant"], "org_unit": "" });
    ask(stage, "add_person", person);
}

fn patch(workspace: &Path, change: impl FnOnce(&mut [u8])) {
    let log = workspace.join("workspace.db-wal");
    wait("the log is folded", Duration::from_secs(20), || {
        (!log.exists()).then_some(())
    });
    let file = workspace.join("workspace.db");
    let mut bytes = fs::read(&file).expect("a workspace has a database");
    change(&mut bytes);
    fs::write(&file, bytes).expect("our own file can be written");
}

#[test]
fn recordings_handed_to_the_doors_open_ones_own_workspace() {
    let files = TempDir::new().expect("a temporary folder can be had");
    let [agent, caller] = humming_call(files.path());
    let Some(stage) = first_start("doors-files") else {
        return;
    };
    stage.eval("window.__old = true");
    let second = stage.second_instance(&[&agent.to_string_lossy(), &caller.to_string_lossy()]);
    assert!(second.status.success(), "{second:?}");
    stage.until("the call is in", |page| {
        let query = json!({
            "text": "", "sort": "imported", "offset": 0, "limit": 50
        });
        page.invoke("list_cases", query)
            .is_ok_and(|found| found["total"] == 1)
    });
    assert_eq!(open_now(&stage), stage.workspace());
    stage.until("the page looks at it", |page| {
        page.eval("return !window.__old && document.readyState === 'complete'") == true
    });

    // Whatever is open, a plain second start comes to this window.
    let theirs = stage.dir().join("theirs");
    ask(&stage, "open_workspace", stage.ticket(&theirs));
    let tone = files.path().join("tone.wav");
    Sound::tones(8_000, 1.0, &[440.0]).write(&tone);
    let second = stage.second_instance(&[&tone.to_string_lossy()]);
    assert!(second.status.success(), "{second:?}");
    stage.until("it is in the open one", |_| cases(&stage).len() == 1);
    assert_eq!(open_now(&stage), theirs);
}

#[test]
fn recordings_brought_along_to_a_first_start_open_ones_own_workspace() {
    let files = TempDir::new().expect("a temporary folder can be had");
    let [agent, caller] = humming_call(files.path());
    let plan = Plan::new("doors-brought").first_start().without_speaker();
    let Some(stage) = plan.with_file(&agent).with_file(&caller).open() else {
        return;
    };
    stage.until("the call is in", |_| cases(&stage).len() == 1);
    assert_eq!(open_now(&stage), stage.workspace());
}

#[test]
fn no_network_means_no_network() {
    let plan = Plan::new("doors-no-network").first_start();
    let Some(stage) = plan.without_speaker().without_network().open() else {
        return;
    };
    let inside = cut_off().expect("a stage without a network is set inside only");
    let patience = Duration::from_secs(3);
    let reach = |address: SocketAddr| TcpStream::connect_timeout(&address, patience);
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a local port can be had");
    let here = listener.local_addr().expect("it has an address");
    assert!(reach(here).is_ok(), "this loopback works");
    assert!(reach(SocketAddr::from(([1, 1, 1, 1], 443))).is_err());
    let outside = SocketAddr::from(([127, 0, 0, 1], inside.outside_port));
    assert!(reach(outside).is_err(), "the loopback outside is another");

    let network = |pid: &str| fs::read_link(format!("/proc/{pid}/ns/net")).expect("it runs");
    assert_eq!(network(&stage.pid().to_string()), network("self"));
    ask(&stage, "open_own", Value::Null);
    assert_eq!(open_now(&stage), stage.workspace());
}
