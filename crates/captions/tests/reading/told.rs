//! Texts as a person would note them down.

use qinting_captions::{ForeignText, read};
use std::path::PathBuf;

/// Where our files lie.
pub fn place(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/reading/look")
        .join(name)
}

/// One of our files as bytes.
pub fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(place(name)).expect("a file of ours")
}

/// One of our files, read.
pub fn look(name: &str) -> ForeignText {
    read(&*bytes(name), Some(name)).unwrap_or_else(|refused| panic!("{name}: {refused:?}"))
}

/// Each line: when, who, what.
pub fn told(text: &ForeignText) -> Vec<String> {
    let lines = text.lines.iter().map(|line| {
        let time = line
            .stretch
            .map(|s| (s.start_ms.to_string(), s.end_ms.to_string()));
        let (start, end) = time.unwrap_or_default();
        let who = line
            .speaker
            .map(|at| text.speakers[at as usize].label.as_str());
        format!("{start}–{end} {}: {}", who.unwrap_or_default(), line.text)
    });
    lines.collect()
}
