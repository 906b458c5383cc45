//! The restore drill: a story, the copy of the day, a database hurt in every way that happens, and the
//! way back through the command line. What was acknowledged before the copy is there, and its sound.

mod desk;

use desk::{Desk, rows, text};
use qinting_app::NewIssue;
use qinting_domain::ObservationId;
use qinting_host::{Host, Options};
use rstest::rstest;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

const PAGE: usize = 4_096;

fn database(desk: &Desk) -> PathBuf {
    desk.workspace().join("workspace.db")
}

/// Calls with marks of all kinds, tags, an issue and a session, and a copy that holds them.
fn story() -> Desk {
    let desk = Desk::new();
    for n in 0..3_u8 {
        desk.tone(&format!("第{n}通.wav"), 900, 300.0 + 60.0 * f32::from(n), 1);
    }
    desk.ok(["import", "files"]);
    let mut marks = Vec::new();
    for row in rows(&desk.ok(["cases"])["cases"]) {
        let case = text(&row["id"]);
        let mark = ["mark", &case, "--at", "300", "--tag", "退款"];
        let marked = desk.ok(mark.iter().chain(&["--note", "等了两天，没有人回电"]));
        let id = text(&marked["observation"]["id"]);
        marks.push(id.parse::<ObservationId>().expect("an id"));
    }
    file_issue(&desk, marks);
    // The first command of the day copied what there was then: the next copy is that of another day.
    fs::remove_dir_all(desk.workspace().join("backups")).expect("the copies");
    desk.ok(["cases"]);
    assert_eq!(rows(&desk.ok(["restore"])["copies"]).len(), 1);
    desk
}

/// Files the marks under an issue, as the window would.
fn file_issue(desk: &Desk, observation_ids: Vec<ObservationId>) {
    let host = Host::open(Options {
        workspace: desk.workspace(),
        models: Some(desk.models()),
        player: false,
        device: qinting_domain::DeviceId::NONE,
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
    host.seat().create_issue(new).expect("an issue");
}

/// Everything that was found, whenever it is written down.
fn all_of(desk: &Desk) -> Value {
    let mut all = desk.ok(["export", "--format", "json"]);
    all["at"] = Value::Null;
    all["at_text"] = Value::Null;
    let hits = desk.ok(["search", "没有人回电"])["hits"].clone();
    json!([
        all,
        rows(&hits).len(),
        desk.ok(["issues"]),
        desk.ok(["cases"])
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

fn hurt(desk: &Desk, how: fn(&mut Vec<u8>)) {
    let mut bytes = fs::read(database(desk)).expect("the database");
    how(&mut bytes);
    fs::write(database(desk), bytes).expect("written");
    // What a running program left beside it may still hold all of it.
    for beside in ["workspace.db-wal", "workspace.db-shm"] {
        let _ = fs::remove_file(desk.workspace().join(beside));
    }
}

fn removed(desk: &Desk) {
    fs::remove_file(database(desk)).expect("the database");
}

/// All is there as it was, sound included, and work goes on.
fn is_whole(desk: &Desk, before: &Value) {
    assert_eq!(&all_of(desk), before);
    let well = desk.ok(["doctor", "--full"]);
    let media = &well["media"];
    let facts = json!([well["healthy"], media["broken"], media["unread"]]);
    assert_eq!(facts, json!([true, [], 0]));
    let case = text(&desk.ok(["cases"])["cases"][0]["id"]);
    desk.ok(["mark", &case, "--at", "500", "--note", "又接着听"]);
    assert_eq!(rows(&desk.ok(["search", "又接着听"])["hits"]).len(), 1);
}

#[rstest]
#[case::later_pages(&|desk: &Desk| hurt(desk, |b| later_pages(b)))]
#[case::zeroed_pages(&|desk: &Desk| hurt(desk, |b| zeroed_pages(b)))]
#[case::cut_off(&|desk: &Desk| hurt(desk, cut_off))]
#[case::cut_within_a_page(&|desk: &Desk| hurt(desk, cut_within_a_page))]
#[case::header(&|desk: &Desk| hurt(desk, |b| header(b)))]
#[case::nothing_left(&|desk: &Desk| hurt(desk, nothing_left))]
#[case::another_file(&|desk: &Desk| hurt(desk, another_file))]
#[case::removed(&removed)]
fn what_was_acknowledged_before_the_copy_is_there_again(#[case] how: &dyn Fn(&Desk)) {
    let desk = story();
    let before = all_of(&desk);
    how(&desk);
    // Neither looked at nor tried in vain does it get worse: no empty workspace takes its place.
    assert_eq!(desk.json(["doctor"]).0, 4);
    assert_eq!(desk.json(["cases"]).0, 4);
    let lost = desk.json(["restore", "--salvage"]);
    if lost.0 != 0 {
        desk.ok(["restore", "newest"]);
    }
    is_whole(&desk, &before);
}

#[rstest]
#[case::zeroed(0)]
#[case::garbage(0xA5)]
fn what_is_lost_of_the_rows_is_read_out_of_the_rest_and_the_copy(#[case] fill: u8) {
    let desk = story();
    let before = all_of(&desk);
    // Every page on which the words of a mark stand.
    let mut bytes = fs::read(database(&desk)).expect("the database");
    let words = "没有人回电".as_bytes();
    let has_words = |page: &&mut [u8]| page.windows(words.len()).any(|w| w == words);
    bytes
        .chunks_mut(PAGE)
        .filter(has_words)
        .for_each(|page| page.fill(fill));
    fs::write(database(&desk), bytes).expect("written");
    let told = desk.ok(["restore", "--salvage"]);
    let lost = &told["salvaged"]["lost"];
    assert!(lost.as_u64() > Some(0), "{told:#}");
    is_whole(&desk, &before);
}
