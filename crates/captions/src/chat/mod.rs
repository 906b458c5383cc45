//! Chats as turns: out of JSON, out of logs, out of the rows of a table.

mod draft;
mod json;
mod log;
mod rows;
mod time;
mod vcon;

pub use rows::turns_from_rows;

use crate::source::Source;
use crate::{Note, Party, Place, Reason, Refusal, sniff};
use serde::{Deserialize, Serialize};
use std::io::Read;

/// What a chat was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatFormat {
    /// Amazon Connect: the transcript of a chat, also as Contact Lens has it.
    AmazonConnect,
    /// 七鱼 在线: the messages of a session.
    Qiyu,
    /// A vCon.
    VCon,
    /// JSON of somebody else.
    Json,
    /// A log for people: names, times and text.
    Log,
    /// Rows of a table.
    Table,
}

/// A chat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChatTurns {
    /// What it was written in.
    pub format: ChatFormat,
    /// Who takes part, in the order they are met.
    pub participants: Vec<Participant>,
    /// The turns in their order. Their numbers, by which marks and links name them, are their places from 1.
    pub turns: Vec<ChatTurn>,
    /// What a person should know.
    pub notes: Vec<Note>,
}

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// As the chat names them.
    pub label: String,
    /// What they are to it.
    pub party: Party,
}

/// What one of them wrote or sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatTurn {
    /// Who, by place in [`ChatTurns::participants`]; `None`: not said.
    pub participant: Option<u32>,
    /// When; `None`: not said. It is never reckoned.
    pub time: Option<TurnTime>,
    /// What it is.
    pub kind: TurnKind,
    /// The text; of a picture or file its name or address, empty where neither is said.
    pub text: String,
    /// Where it stood.
    pub at: Place,
}

/// What a turn is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnKind {
    /// Written.
    Text,
    /// A picture.
    Picture,
    /// A file, spoken words or a film.
    File,
    /// A notice of the system: somebody came, left, was handed over.
    System,
}

/// When a turn was taken, as far as it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnTime {
    /// Milliseconds since 1970, UTC.
    Utc(i64),
    /// Milliseconds from 1970 to what a wall clock showed, in a zone that is not said.
    Wall(i64),
    /// Milliseconds from midnight, of a day that is not said.
    OfDay(u32),
    /// Milliseconds from the start of the chat.
    FromStart(u64),
}

/// Reads a chat. What it is, its content says.
///
/// # Errors
/// A [`Refusal`] with the line or path and the reason; [`Reason::NoChat`] of what is something else.
pub fn read_chat(source: impl Read, name: Option<&str>) -> Result<ChatTurns, Refusal> {
    let source = Source::read(source)?;
    let is_named_json = name.is_some_and(|name| name.to_lowercase().ends_with(".json"));
    if sniff::is_json(source.text().trim_start()) || is_named_json {
        return match source.is_broken() {
            true => Err(Refusal::of(Reason::Encoding)),
            false => json::read(source.text()),
        };
    }
    log::read(source.text())
}
