//! The restore drill: a story, the copy of the day, a database hurt in every way that happens, and the
//! way back through the command line. What was acknowledged before the copy is there, and its sound.

use crate::terminal::{Terminal, known, rows, text};
use qinting_desk::NewIssue;
use qinting_domain::ObservationId;
use qinting_host::{Host, Options};
use rstest::rstest;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

const PAGE: usize = 4_096;

fn database(terminal: &Terminal) -> PathBuf {
    terminal.workspace().join("workspace.db")
}

/// Calls with marks of all kinds, tags, an issue and a session, and a copy that holds them.
fn story() -> Terminal {
    let terminal = Terminal::new();
    for n in 0..3_u8 {
        terminal.tone(&format!("第{n}通.wav"), 900, 300.0 + 60.0 * f32::from(n), 1);
    }
    terminal.ok(["import", "files"]);
    let mut marks = Vec::new();
    for row in rows(&terminal.ok(["cases"])["cases"]) {
        let case = text(&row["id"]);
        let mark = ["mark", &case, "--at", "300", "--tag", "退款"];
        let marked = terminal.ok(mark.iter().chain(&["--note", "等了两天，没有人回电"]));
        let id = text(&marked["observation"]["id"]);
        marks.push(id.parse::<ObservationId>().expect("an id"));
    }
    file_issue(&terminal, marks);
    // The first command of the day copied what there was then: the next copy is that of another day.
    fs::remove_dir_all(terminal.workspace().join("backups")).expect("the copies");
    terminal.ok(["cases"]);
    assert_eq!(rows(&terminal.ok(["restore"])["copies"]).len(), 1);
    terminal
}

/// Files the marks under an issue, as the window would.
fn file_issue(terminal: &Terminal, observation_ids: Vec<ObservationId>) {
    let host = Host::open(Options {
        workspace: terminal.workspace(),
        models: Some(terminal.models()),
        player: false,
        device: known(&terminal.workspace()),
    })
    .expect("the workspace opens");
    let new = NewIssue {
        title: "没有人回电".into(),
        statement: String::new(),
        business_line: "箱包".into(),
        urgency: 2,
        difficulty: 1,
        observation_ids,
    };
    host.at_desk().create_issue(new).expect("an issue");
}

/// Everything that was found, whenever it is written down.
fn all_of(terminal: &Terminal) -> Value {
    let mut all = terminal.ok(["export", "--format", "json"]);
    all["at"] = Value::Null;
    all["at_text"] = Value::Null;
    let hits = terminal.ok(["search", "没有人回电"])["hits"].clone();
    json!([
        all,
        rows(&hits).len(),
        terminal.ok(["issues"]),
        terminal.ok(["cases"])
    ])
}

fn later_pages(bytes: &mut [u8]) {
    let pages = bytes.chunks_mut(PAGE).skip(1);
    pages.for_each(|page| page[..64].fill(0xA5));
}
fn zeroed_pages(bytes: &mut [u8]) {
    let pages = bytes.chunks_mut(PAGE).skip(2).step_by(3);
    pages.for_each(|page| page.fill(0));
}
fn cut_off(bytes: &mut Vec<u8>) {
    bytes.truncate(bytes.len() / 2);
}
fn cut_within_a_page(bytes: &mut Vec<u8>) {
    bytes.truncate(PAGE * 5 + 17);
}
fn header(bytes: &mut [u8]) {
    bytes[..100].fill(0x5A);
}
fn nothing_left(bytes: &mut Vec<u8>) {
    bytes.clear();
}
fn another_file(bytes: &mut Vec<u8>) {
    *bytes = b"a letter".repeat(2_000);
}

fn hurt(terminal: &Terminal, how: fn(&mut Vec<u8>)) {
    let mut bytes = fs::read(database(terminal)).expect("the database");
    how(&mut bytes);
    fs::write(database(terminal), bytes).expect("written");
    // What a running program left beside it may still hold all of it.
    for beside in ["workspace.db-wal", "workspace.db-shm"] {
        let _ = fs::remove_file(terminal.workspace().join(beside));
    }
}

fn removed(terminal: &Terminal) {
    fs::remove_file(database(terminal)).expect("the database");
}

/// All is there as it was, sound included, and work goes on.
fn is_whole(terminal: &Terminal, before: &Value) {
    assert_eq!(&all_of(terminal), before);
    let well = terminal.ok(["doctor", "--full"]);
    let media = &well["media"];
    let facts = json!([well["healthy"], media["broken"], media["unread"]]);
    assert_eq!(facts, json!([true, [], 0]));
    let case = text(&terminal.ok(["cases"])["cases"][0]["id"]);
    terminal.ok(["mark", &case, "--at", "500", "--note", "又接着听"]);
    assert_eq!(rows(&terminal.ok(["search", "又接着听"])["hits"]).len(), 1);
}

#[rstest]
#[case::later_pages(&|terminal: &Terminal| hurt(terminal, |b| later_pages(b)))]
#[case::zeroed_pages(&|terminal: &Terminal| hurt(terminal, |b| zeroed_pages(b)))]
#[case::cut_off(&|terminal: &Terminal| hurt(terminal, cut_off))]
#[case::cut_within_a_page(&|terminal: &Terminal| hurt(terminal, cut_within_a_page))]
#[case::header(&|terminal: &Terminal| hurt(terminal, |b| header(b)))]
#[case::nothing_left(&|terminal: &Terminal| hurt(terminal, nothing_left))]
#[case::another_file(&|terminal: &Terminal| hurt(terminal, another_file))]
#[case::removed(&removed)]
fn what_was_acknowledged_before_the_copy_is_there_again(#[case] how: &dyn Fn(&Terminal)) {
    let terminal = story();
    let before = all_of(&terminal);
    how(&terminal);
    // Neither looked at nor tried in vain does it get worse: no empty workspace takes its place.
    assert_eq!(terminal.json(["doctor"]).0, 4);
    assert_eq!(terminal.json(["cases"]).0, 4);
    let lost = terminal.json(["restore", "--salvage"]);
    if lost.0 != 0 {
        terminal.ok(["restore", "newest"]);
    }
    is_whole(&terminal, &before);
}

#[rstest]
#[case::zeroed(0)]
#[case::garbage(0xA5)]
fn what_is_lost_of_the_rows_is_read_out_of_the_rest_and_the_copy(#[case] fill: u8) {
    let terminal = story();
    let before = all_of(&terminal);
    // Every page on which the words of a mark stand.
    let mut bytes = fs::read(database(&terminal)).expect("the database");
    let words = "没有人回电".as_bytes();
    let has_words = |page: &&mut [u8]| page.windows(words.len()).any(|w| w == words);
    bytes
        .chunks_mut(PAGE)
        .filter(has_words)
        .for_each(|page| page.fill(fill));
    fs::write(database(&terminal), bytes).expect("written");
    let told = terminal.ok(["restore", "--salvage"]);
    let lost = &told["salvaged"]["lost"];
    assert!(lost.as_u64() > Some(0), "{told:#}");
    is_whole(&terminal, &before);
}
