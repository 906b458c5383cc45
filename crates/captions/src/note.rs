//! What a person should know of a text before it is taken.

use crate::Place;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something a person should know, and how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What.
    pub kind: NoteKind,
    /// How often.
    pub count: u32,
    /// Where first, if it is at one place.
    pub first: Option<Place>,
}

/// What a person should know of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// Lines of one speaker overlap.
    Overlap,
    /// Lines did not stand in the order of their times; here they do.
    OutOfOrder,
    /// Lines end after what the file says its sound is long.
    BeyondEnd,
    /// Lines without words were left out.
    EmptyLeftOut,
    /// Lines have no time.
    TimesMissing,
    /// Ends of lines are reckoned: the file tells starts only.
    EndsReckoned,
    /// Lines have no length.
    NoLength,
    /// Nothing says whether its numbers are seconds or milliseconds; the plausible one was taken.
    UnitGuessed,
    /// Voices are not closed, which the format allows where a cue is one voice.
    VoiceNotClosed,
    /// Who speaks was read from the beginnings of lines (坐席：…).
    SpeakerFromText,
    /// Words could not be laid onto lines, or held broken characters; the lines are whole.
    WordsLeftOut,
    /// Text that was not final was left out.
    InterimLeftOut,
    /// Text of a WebVTT file that stands in no cue was left out.
    BlocksLeftOut,
    /// Tiers of a TextGrid (sounds, remarks) were left out.
    TiersLeftOut,
    /// The engine blotted out parts of what was said.
    Redacted,
    /// Turns are of a kind that is not known here.
    KindUnknown,
    /// Messages that are no turns (somebody is typing, has read) were left out.
    SignalsLeftOut,
}

/// Notes while they are taken.
#[derive(Default)]
pub(crate) struct Notes(BTreeMap<NoteKind, (u32, Option<Place>)>);

impl Notes {
    /// Takes a note once more.
    pub fn take(&mut self, kind: NoteKind, at: Option<Place>) {
        let (count, _) = self.0.entry(kind).or_insert((0, at));
        *count = count.saturating_add(1);
    }

    /// All of them, in the order of their kinds.
    pub fn into_notes(self) -> Vec<Note> {
        let note = |(kind, (count, first))| Note { kind, count, first };
        self.0.into_iter().map(note).collect()
    }
}
