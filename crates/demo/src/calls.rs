//! The four calls, with every word and every onset known.

use qinting_domain::ChannelRole;
use serde::Deserialize;
use std::sync::LazyLock;

/// What is known about the calls; written by the script that made their sound.
const KNOWN: &str = include_str!("../../../assets/demo/calls.json");

macro_rules! sounds {
    ($($id:literal),+ $(,)?) => {
        &[$(($id, include_bytes!(concat!("../../../assets/demo/calls/", $id, ".flac")))),+]
    };
}

/// The sound of a call, by its id.
const SOUNDS: &[(&str, &[u8])] = sounds!("fridge", "suitcase", "seller", "parcel");

#[derive(Deserialize)]
struct Known {
    calls: Vec<Call>,
}

/// One made-up call.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Call {
    /// Short name, e.g. `fridge`.
    pub id: String,
    /// Name of its sound file.
    #[serde(skip)]
    pub file_name: String,
    /// The sound file: FLAC, two channels at 8 kHz, the agent first.
    #[serde(skip)]
    pub bytes: &'static [u8],
    /// `zh` or `en`.
    pub language: String,
    /// Length of the recording.
    pub duration_ms: u64,
    /// What it is about, in the language of the page.
    #[serde(skip)]
    pub title: String,
    /// What is said, in order of time.
    pub lines: Vec<SpokenLine>,
}

/// One line of a call.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SpokenLine {
    /// Who says it.
    pub role: ChannelRole,
    /// Channel it is on: 0 agent, 1 customer.
    pub channel: u16,
    /// When its first sound is heard, in milliseconds from the start of the recording.
    pub start_ms: u64,
    /// When its last sound is over.
    pub end_ms: u64,
    /// The words, as the model writes them.
    pub text: String,
    /// The same in numbered pinyin, for speech synthesis; Mandarin only.
    pub pinyin: Option<String>,
}

/// The demo calls.
pub fn calls() -> &'static [Call] {
    static CALLS: LazyLock<Vec<Call>> = LazyLock::new(|| {
        let known: Known = serde_json::from_str(KNOWN).expect("embedded, and read by a test");
        let mut calls = known.calls;
        for call in &mut calls {
            call.file_name = format!("{}.flac", call.id);
            call.bytes = SOUNDS
                .iter()
                .find(|(id, _)| *id == call.id)
                .map_or(&[], |(_, bytes)| bytes);
            call.title = crate::story::story().title_of(&call.id).to_owned();
        }
        calls
    });
    &CALLS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_has_its_sound_its_title_and_lines_in_order_inside_it() {
        let ids: Vec<&str> = calls().iter().map(|c| c.id.as_str()).collect();
        assert_eq!(ids, ["fridge", "suitcase", "seller", "parcel"]);
        for call in calls() {
            assert!(call.bytes.starts_with(b"fLaC"), "{}", call.id);
            assert!(!call.title.is_empty(), "{}", call.id);
            assert!(call.lines.len() > 15, "{}", call.id);
            assert!(call.lines.is_sorted_by_key(|l| l.start_ms), "{}", call.id);
            for line in &call.lines {
                let expected = match line.role {
                    ChannelRole::Agent => 0,
                    _ => 1,
                };
                assert_eq!(line.channel, expected, "{line:?}");
                assert!(line.start_ms < line.end_ms, "{line:?}");
                assert!(line.end_ms <= call.duration_ms, "{line:?}");
                assert_eq!(line.pinyin.is_some(), call.language == "zh", "{line:?}");
            }
        }
    }
}
