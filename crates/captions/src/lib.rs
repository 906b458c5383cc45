//! What other engines and systems wrote of a call or a chat: read out of their bytes, and laid beside ours.
//!
//! [`read`] makes one [`ForeignText`] of whatever an engine left (captions, TextGrid, JSON of a dozen vendors),
//! [`read_chat`] one [`ChatTurns`] of a chat; what cannot be read is a [`Refusal`] with its place and its reason.
//! [`suggest`] says how much earlier or later such a text lies than the sound and who of it speaks on which lane,
//! [`compare`] holds it against ours line by line.
//!
//! Nothing here reads a file, a clock or a random number: bytes come in, shapes go out.

mod chat;
mod clock;
mod compare;
mod cue;
mod cut;
mod draft;
mod foreign;
mod json;
mod note;
mod offset;
mod plain;
mod prefix;
mod refusal;
mod role;
mod sniff;
mod source;
mod srt;
mod textgrid;
mod webvtt;
mod wording;

pub use chat::{
    ChatFormat, ChatTurn, ChatTurns, Participant, TurnKind, TurnTime, read_chat, turns_from_rows,
};
pub use compare::{ComparedLine, Comparison, Row, TimedLine, compare};
pub use foreign::{ForeignLine, ForeignText, ForeignWord, Format, Place, Speaker, Stretch};
pub use note::{Note, NoteKind};
pub use offset::{LengthConflict, Suggestion, length_conflict, suggest};
pub use refusal::{Excerpt, Reason, Refusal};
pub use role::Party;
pub use source::{MOST_BYTES, MOST_DEPTH, MOST_LINES, MOST_SPEAKERS, MOST_VALUES, MOST_WORDS};

use sniff::Kind;
use std::io::Read;

/// Reads the text another engine wrote of a call. What it is, its content says; the ending of `name` counts only
/// where the content leaves it open.
///
/// # Errors
/// A [`Refusal`] with the line or path and the reason: no format that is known, malformed, cut, too large, empty.
pub fn read(source: impl Read, name: Option<&str>) -> Result<ForeignText, Refusal> {
    let source = source::Source::read(source)?;
    match sniff::kind_of(source.text(), name).ok_or_else(|| Refusal::of(Reason::Unknown))? {
        Kind::WebVtt => webvtt::read(source.text()),
        Kind::Srt(format) => srt::read(source.text(), format),
        Kind::TextGrid => textgrid::read(source.text()),
        Kind::Plain => plain::read(source.text()),
        Kind::Json => json::read(&source),
    }
}
