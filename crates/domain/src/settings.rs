//! Settings, and the error shape every boundary uses.

use crate::{DeviceId, Meta, PersonId, WorkspaceId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use ts_rs::TS;

mod import;

pub use import::*;

/// For how many days calls may stay in the bin.
pub const BIN_DAYS: RangeInclusive<u32> = 7..=365;

/// Longest name of an installation, in characters.
pub const DEVICE_NAME_CHARS: usize = 60;

/// How many profiles of sources a workspace remembers.
pub const IMPORT_PROFILES: usize = 50;
/// Longest name of a profile, in characters.
pub const PROFILE_NAME_CHARS: usize = 60;
/// Longest text of a profile, in bytes.
pub const PROFILE_BYTES: usize = 64 << 10;

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

/// How the facts of a source are read, as somebody mended it and named it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportProfile {
    /// As it is listed; no two have the same.
    pub name: String,
    /// Its text (docs/profiles.md). The name in it is the same.
    pub written: String,
}

/// How numbers stand in new Chinese text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NumberStyle {
    /// As the engine writes them.
    #[default]
    AsHeard,
    /// 三百六十五.
    Said,
    /// 365.
    Digits,
}

/// What becomes of a line that is nothing but 嗯 or "mm-hmm".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FillerStyle {
    /// A line of its own that stands back.
    #[default]
    Dimmed,
    /// A word within the turn it was said into.
    Joined,
    /// A line like any other.
    Shown,
}

/// What a workspace holds for everybody in it, one record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct WorkspaceSettings {
    /// Turn Traditional into Simplified in new text.
    pub simplified: bool,
    /// How numbers stand in new Chinese text.
    pub numbers: NumberStyle,
    /// Language of new cases: `auto`, `zh`, `en`.
    pub default_language: String,
    /// How files of one call are recognised.
    pub suffix_rules: Vec<SuffixRule>,
    /// Profiles of sources, asked before those that come with the program; at most [`IMPORT_PROFILES`].
    pub import_profiles: Vec<ImportProfile>,
    /// What was said last when calls were brought in, offered the next time.
    pub import_basis: ImportBasis,
    /// Role of channel 0 and 1 of an imported two-channel file,
    pub stereo_roles: [crate::ChannelRole; 2],
    /// where none of these is about its source and direction; at most [`CHANNEL_MAPS`].
    pub channel_maps: Vec<ChannelMap>,
    /// Days of the program's own time that a call in the bin stays at least, one of [`BIN_DAYS`].
    pub bin_days: u32,
}

impl Default for WorkspaceSettings {
    fn default() -> Self {
        let rule = |a: &str, c: &str| SuffixRule {
            agent: a.into(),
            customer: c.into(),
        };
        Self {
            simplified: true,
            numbers: NumberStyle::default(),
            default_language: "auto".into(),
            suffix_rules: vec![
                rule("_agent", "_caller"),
                rule("_agent", "_customer"),
                rule("-agent", "-customer"),
                rule("_坐席", "_客户"),
                rule("_out", "_in"),
            ],
            import_profiles: Vec::new(),
            import_basis: ImportBasis::default(),
            stereo_roles: [crate::ChannelRole::Agent, crate::ChannelRole::Customer],
            channel_maps: Vec::new(),
            bin_days: 30,
        }
    }
}

/// How somebody works, wherever they sit down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct PersonSettings {
    /// Taken off the key press when marking.
    pub mark_lag_ms: u32,
    /// How far play steps back after a pause.
    pub back_step_ms: u32,
    /// How lines of nothing but fillers are shown.
    pub fillers: FillerStyle,
    /// Single-letter keys on.
    pub single_keys: bool,
    /// Remapped keys: action → key chord.
    pub keymap: BTreeMap<String, String>,
    /// How the library of calls is shown.
    pub library: crate::LibrarySettings,
}

impl Default for PersonSettings {
    fn default() -> Self {
        Self {
            mark_lag_ms: 2_000,
            back_step_ms: 1_500,
            fillers: FillerStyle::default(),
            single_keys: true,
            keymap: BTreeMap::new(),
            library: crate::LibrarySettings::default(),
        }
    }
}

/// What is so on one machine: models, mirrors, where live sound comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct DeviceSettings {
    /// What people call this installation, one line; empty: nobody named it.
    pub device_name: String,
    /// Transcribe what is imported at once.
    pub transcribe_on_import: bool,
    /// Model id used when none is named.
    pub default_model: Option<String>,
    /// Hosts models are fetched from, first one first.
    pub model_mirrors: Vec<String>,
    /// Listening to calls as they happen.
    pub live: crate::LiveSettings,
}

impl Default for DeviceSettings {
    fn default() -> Self {
        Self {
            device_name: String::new(),
            transcribe_on_import: true,
            default_model: None,
            model_mirrors: vec![
                "https://huggingface.co".into(),
                "https://hf-mirror.com".into(),
            ],
            live: crate::LiveSettings::default(),
        }
    }
}

/// All settings somebody works with at a desk.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Settings {
    /// Everybody's.
    #[serde(flatten)]
    pub workspace: WorkspaceSettings,
    /// Their own.
    #[serde(flatten)]
    pub person: PersonSettings,
    /// The machine's.
    #[serde(flatten)]
    pub device: DeviceSettings,
}

/// [`WorkspaceSettings`] as a record, so that changing them leaves a trace too.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct WorkspaceSettingsRecord {
    /// The workspace whose they are.
    pub id: WorkspaceId,
    /// The values.
    #[serde(flatten)]
    pub values: WorkspaceSettings,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

/// [`PersonSettings`] as a record.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PersonSettingsRecord {
    /// The person whose they are.
    #[field(owner)]
    pub id: PersonId,
    /// The values.
    #[serde(flatten)]
    pub values: PersonSettings,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

/// [`DeviceSettings`] as a record.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DeviceSettingsRecord {
    /// The installation whose they are.
    pub id: DeviceId,
    /// The values.
    #[serde(flatten)]
    pub values: DeviceSettings,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

/// Whether models may be fetched from this address: `https://`, or `http://` on this very machine. Over
/// a line that anybody can write to, a model is checked against its hash only after all of it was read.
pub fn is_mirror(address: &str) -> bool {
    let address = address.trim().to_ascii_lowercase();
    let (rest, is_open) = match (
        address.strip_prefix("https://"),
        address.strip_prefix("http://"),
    ) {
        (Some(rest), _) => (rest, false),
        (_, Some(rest)) => (rest, true),
        _ => return false,
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_odd = |c: char| c == '@' || c == '\\' || c.is_whitespace();
    !host.is_empty() && !host.contains(is_odd) && (!is_open || is_this_machine(host))
}

/// `host`, with a port or without.
fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let address = name.parse::<std::net::IpAddr>();
    name == "localhost" || address.is_ok_and(|a| a.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_come_over_a_closed_line_or_from_this_machine() {
        for address in [
            "https://hf-mirror.com",
            "https://10.0.0.8:8443/models",
            "http://127.0.0.1:8080",
            "http://localhost/x",
            "http://[::1]:80",
            " HTTPS://huggingface.co ",
        ] {
            assert!(is_mirror(address), "{address}");
        }
        for address in [
            "http://hf-mirror.com",
            "http://10.0.0.8:8080",
            "http://localhost.example.com",
            "http://127.0.0.1@example.com",
            "http://127.0.0.1\\@example.com",
            "https://",
            "https://somebody:secret@example.com",
            "ftp://x",
            "hf-mirror.com",
            "",
        ] {
            assert!(!is_mirror(address), "{address}");
        }
    }
}
