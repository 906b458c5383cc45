//! Workspace settings and the error shape every boundary uses.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// An error as it crosses a boundary: a code and its arguments. The UI finds the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ErrorNote {
    /// Stable dotted code, e.g. `media.truncated`.
    pub code: String,
    /// Values the wording needs. Never transcript text.
    pub args: BTreeMap<String, String>,
}

impl ErrorNote {
    /// A code without arguments.
    pub fn new(code: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            args: BTreeMap::new(),
        }
    }

    /// The same note with one more argument.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl ToString) -> Self {
        self.args.insert(key.to_owned(), value.to_string());
        self
    }
}

/// Which ends of a file name tell the two sides of one call apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SuffixRule {
    /// End of the agent's file name before the extension, e.g. `_agent`.
    pub agent: String,
    /// End of the customer's file name, e.g. `_caller`.
    pub customer: String,
}

/// Settings of a workspace, one record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// Taken off the key press when marking.
    pub mark_lag_ms: u32,
    /// How far play steps back after a pause.
    pub back_step_ms: u32,
    /// Turn Traditional into Simplified in new text.
    pub simplified: bool,
    /// Language of new cases: `auto`, `zh`, `en`.
    pub default_language: String,
    /// Transcribe what is imported at once.
    pub transcribe_on_import: bool,
    /// Model id used when none is named.
    pub default_model: Option<String>,
    /// Hosts models are fetched from, first one first.
    pub model_mirrors: Vec<String>,
    /// How files of one call are recognised.
    pub suffix_rules: Vec<SuffixRule>,
    /// Role of channel 0 and 1 of an imported two-channel file.
    pub stereo_roles: [crate::ChannelRole; 2],
    /// Single-letter keys on.
    pub single_keys: bool,
    /// Remapped keys: action → key chord.
    pub keymap: BTreeMap<String, String>,
    /// Days of the program's own time that a call in the bin stays at least, 7–365.
    pub bin_days: u32,
    /// Listening to calls as they happen.
    pub live: crate::LiveSettings,
}

impl Default for Settings {
    fn default() -> Self {
        let rule = |a: &str, c: &str| SuffixRule {
            agent: a.into(),
            customer: c.into(),
        };
        Self {
            mark_lag_ms: 2_000,
            back_step_ms: 1_500,
            simplified: true,
            default_language: "auto".into(),
            transcribe_on_import: true,
            default_model: None,
            model_mirrors: vec![
                "https://huggingface.co".into(),
                "https://hf-mirror.com".into(),
            ],
            suffix_rules: vec![
                rule("_agent", "_caller"),
                rule("_agent", "_customer"),
                rule("-agent", "-customer"),
                rule("_坐席", "_客户"),
                rule("_out", "_in"),
            ],
            stereo_roles: [crate::ChannelRole::Agent, crate::ChannelRole::Customer],
            single_keys: true,
            keymap: BTreeMap::new(),
            bin_days: 30,
            live: crate::LiveSettings::default(),
        }
    }
}
