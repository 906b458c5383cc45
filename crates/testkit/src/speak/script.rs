//! What is said in the demo calls, and when.

use super::voice::Said;
use serde_json::Value;

/// One line to be said.
#[derive(Clone, Debug)]
pub struct Line {
    /// 0 agent, 1 customer.
    pub channel: usize,
    /// What is said, as the model writes it.
    pub text: String,
    /// What espeak-ng is given: numbered pinyin, because it misreads Han words, or the English text
    /// itself.
    pub spoken: String,
}

fn lines_of(id: &str) -> Vec<Value> {
    let known = crate::root().join("assets/demo/calls.json");
    let text = std::fs::read_to_string(known).expect("the demo calls are part of the project");
    let all: Value = serde_json::from_str(&text).expect("JSON");
    let calls = all["calls"].as_array().expect("a list of calls");
    let call = calls.iter().find(|c| c["id"] == id).expect("a demo call");
    call["lines"].as_array().expect("a list of lines").clone()
}

fn text_of(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn number_of(value: &Value) -> u64 {
    value.as_u64().expect("a number")
}

/// The lines of a demo call, to be said again.
pub fn script(id: &str) -> Vec<Line> {
    let lines = lines_of(id).into_iter();
    lines
        .map(|l| Line {
            channel: number_of(&l["channel"]) as usize,
            text: text_of(&l["text"]),
            spoken: text_of(l.get("pinyin").unwrap_or(&l["text"])),
        })
        .collect()
}

/// What is said in the recording of a demo call.
pub fn said_in(id: &str) -> Vec<Said> {
    let lines = lines_of(id).into_iter();
    lines
        .map(|l| Said {
            channel: number_of(&l["channel"]) as usize,
            text: text_of(&l["text"]),
            start_ms: number_of(&l["start_ms"]),
            end_ms: number_of(&l["end_ms"]),
        })
        .collect()
}
