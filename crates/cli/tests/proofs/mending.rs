//! A call whose kept files went bad is whole again once the same file is brought in again.

use crate::terminal::{Terminal, rows, text};
use qinting_testkit::files::sha256;
use rstest::rstest;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// A call with a mark, brought in from `files`, and its case.
fn marked(terminal: &Terminal, pair: bool) -> String {
    if pair {
        terminal.tone("退货_agent.wav", 1_000, 330.0, 1);
        terminal.tone("退货_caller.wav", 1_000, 550.0, 1);
    } else {
        terminal.tone("退货.wav", 1_000, 330.0, 1);
    }
    let case = text(&terminal.ok(["import", "files"])["files"][0]["case_id"]);
    terminal.ok(["mark", &case, "--at", "500", "--note", "听"]);
    case
}

/// What the media folder keeps, the biggest file first.
fn kept(terminal: &Terminal) -> Vec<PathBuf> {
    let mut media = terminal.media();
    media.sort_by_key(|p| std::cmp::Reverse(fs::metadata(p).map_or(0, |m| m.len())));
    media
}

fn remove(path: &Path) {
    fs::remove_file(path).expect("a media file");
}

fn cut(path: &Path) {
    let file = fs::File::options().write(true).open(path);
    file.and_then(|f| f.set_len(60)).expect("cut short");
}

fn flip(path: &Path) {
    let mut bytes = fs::read(path).expect("a media file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    fs::write(path, bytes).expect("written");
}

fn outcomes(answer: &Value) -> Vec<String> {
    let files = rows(&answer["files"]).iter();
    files.map(|f| text(&f["outcome"])).collect()
}

#[rstest]
fn importing_the_same_file_again_mends_what_went_bad_and_keeps_the_case_and_its_marks(
    #[values(false, true)] pair: bool,
    #[values(remove, cut, flip)] harm: fn(&Path),
    #[values(true, false)] all: bool,
) {
    let terminal = Terminal::new();
    let case = marked(&terminal, pair);
    let files = kept(&terminal);
    let before: Vec<_> = files.iter().map(|p| sha256(p)).collect();
    let harmed = if all { files.len() } else { 1 };
    files[..harmed].iter().for_each(|p| harm(p));
    assert_eq!(terminal.json(["doctor", "--full"]).0, 4);

    let again = terminal.ok(["import", "files"]);
    assert!(outcomes(&again).iter().all(|o| o == "mended"), "{again:#}");
    assert_eq!(again["files"][0]["case_id"], json!(case));
    let after: Vec<_> = files.iter().map(|p| sha256(p)).collect();
    assert_eq!(after, before);
    let report = terminal.ok(["doctor", "--full"]);
    assert_eq!(
        (&report["healthy"], &report["media"]["broken"]),
        (&json!(true), &json!([]))
    );
    let cases = terminal.ok(["cases"]);
    assert_eq!(rows(&cases["cases"]).len(), 1);
    assert_eq!(cases["cases"][0]["observations"], 1);

    let third = terminal.ok(["import", "files"]);
    assert!(
        outcomes(&third).iter().all(|o| o == "duplicate"),
        "{third:#}"
    );
}
