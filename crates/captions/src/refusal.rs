//! Why a text is not taken.

use crate::Place;
use std::fmt;

/// Characters of an excerpt at most.
const EXCERPT: usize = 60;

/// A text that is not taken: where it stopped being one, and why. As text it is its code and its place; the words
/// that stood there are in [`Refusal::excerpt`] alone, for the person who brought the file.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}{}", .reason.code(), told(.at.as_ref()))]
pub struct Refusal {
    /// Why.
    pub reason: Reason,
    /// Where, if it is at one place.
    pub at: Option<Place>,
    /// The column of the line from 1, where a parser tells it.
    pub column: Option<u32>,
    /// What stood there, shortened.
    pub excerpt: Excerpt,
}

/// Lines are told, paths are not: keys of a file may be somebody's words.
fn told(at: Option<&Place>) -> String {
    match at {
        Some(Place::Line(line)) => format!(" at line {line}"),
        Some(Place::Path(_)) | None => String::new(),
    }
}

impl Refusal {
    /// For this reason, at no place in particular.
    pub(crate) fn of(reason: Reason) -> Self {
        let excerpt = Excerpt::default();
        Self {
            reason,
            at: None,
            column: None,
            excerpt,
        }
    }

    /// For this reason, there.
    pub(crate) fn at(reason: Reason, place: Place) -> Self {
        let at = Some(place);
        Self {
            at,
            ..Self::of(reason)
        }
    }

    /// The same with what stood there.
    pub(crate) fn showing(self, text: &str) -> Self {
        let excerpt = Excerpt::of(text);
        Self { excerpt, ..self }
    }
}

/// A few of somebody's words. They are shown to whoever brought the file and to no log: as a debug text they are
/// only counted.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Excerpt(String);

impl Excerpt {
    fn of(text: &str) -> Self {
        let mut kept: String = text.trim().chars().take(EXCERPT).collect();
        if kept.len() < text.trim().len() {
            kept.push('…');
        }
        Self(kept)
    }

    /// The words.
    pub fn shown(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Excerpt({} characters)", self.0.chars().count())
    }
}

/// Why a text is not taken, as a word that crosses borders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Reading the bytes failed.
    Unreadable,
    /// More bytes than [`MOST_BYTES`](crate::MOST_BYTES).
    TooLarge,
    /// More lines than [`MOST_LINES`](crate::MOST_LINES), words than [`MOST_WORDS`](crate::MOST_WORDS), speakers
    /// than [`MOST_SPEAKERS`](crate::MOST_SPEAKERS) or values of JSON than [`MOST_VALUES`](crate::MOST_VALUES).
    TooMany,
    /// Nested deeper than [`MOST_DEPTH`](crate::MOST_DEPTH).
    TooDeep,
    /// Neither UTF-8 nor an encoding that can be told with certainty.
    Encoding,
    /// No format that is known here.
    Unknown,
    /// It is a chat: it has turns and no places in a sound.
    Chat,
    /// It is a text of a call and no chat.
    NoChat,
    /// The engine says itself that it failed or has not finished.
    Unfinished,
    /// Nothing was said in it.
    Empty,
    /// It ends in the middle.
    Cut,
    /// It is not built as its format is.
    Syntax,
    /// A time that is none.
    Time,
    /// A line ends before it starts.
    EndBeforeStart,
    /// No column of a table says what was written.
    NoTextColumn,
}

impl Reason {
    /// The word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "captions.unreadable",
            Self::TooLarge => "captions.too_large",
            Self::TooMany => "captions.too_many",
            Self::TooDeep => "captions.too_deep",
            Self::Encoding => "captions.encoding",
            Self::Unknown => "captions.unknown",
            Self::Chat => "captions.chat",
            Self::NoChat => "captions.no_chat",
            Self::Unfinished => "captions.unfinished",
            Self::Empty => "captions.empty",
            Self::Cut => "captions.cut",
            Self::Syntax => "captions.syntax",
            Self::Time => "captions.time",
            Self::EndBeforeStart => "captions.end_before_start",
            Self::NoTextColumn => "captions.no_text_column",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_tells_its_code_and_line_and_keeps_the_words_to_itself() {
        let words = "客户说卡号 6222 0000 ".repeat(9);
        let refused = Refusal::at(Reason::Time, Place::Line(7)).showing(&words);
        assert_eq!(refused.to_string(), "captions.time at line 7");
        assert!(!format!("{refused:?}").contains("客户"));
        assert!(refused.excerpt.shown().starts_with("客户说卡号"));
        assert_eq!(refused.excerpt.shown().chars().count(), EXCERPT + 1);
    }

    #[test]
    fn a_path_is_no_part_of_what_is_logged() {
        let refused = Refusal::at(Reason::EndBeforeStart, Place::Path("王磊[3]".into()));
        assert_eq!(refused.to_string(), "captions.end_before_start");
    }
}
