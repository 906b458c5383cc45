//! The bytes, as text, within bounds.

use crate::{Reason, Refusal};
use qinting_domain::text_bytes::decoded;
use std::io::Read;

/// Bytes of a file at most: three hours with every word take a tenth of it.
pub const MOST_BYTES: u64 = 64 << 20;
/// Lines or turns at most.
pub const MOST_LINES: usize = 200_000;
/// Words at most.
pub const MOST_WORDS: usize = 2_000_000;
/// Speakers or participants at most.
pub const MOST_SPEAKERS: usize = 1_000;
/// Values of a JSON document at most, each a few dozen bytes in memory.
pub const MOST_VALUES: usize = 4_000_000;
/// How deep JSON may be nested.
pub const MOST_DEPTH: usize = 100;

/// A file as text.
pub(crate) struct Source {
    text: String,
    /// Bytes that are no character stand in it as U+FFFD: a word was cut through one.
    is_broken: bool,
}

impl Source {
    /// Reads all of it.
    pub fn read(source: impl Read) -> Result<Self, Refusal> {
        let mut bytes = Vec::new();
        let read = source.take(MOST_BYTES + 1).read_to_end(&mut bytes);
        let read = read.map_err(|_| Refusal::of(Reason::Unreadable))?;
        if read as u64 > MOST_BYTES {
            return Err(Refusal::of(Reason::TooLarge));
        }
        let is_json = matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'['));
        match decoded(&bytes) {
            Some(text) => Ok(Self {
                text,
                is_broken: false,
            }),
            None if is_json && is_nearly_utf8(&bytes) => Ok(Self {
                text: String::from_utf8_lossy(&bytes).into_owned(),
                is_broken: true,
            }),
            None => Err(Refusal::of(Reason::Encoding)),
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether U+FFFD stands for what could not be read.
    pub fn is_broken(&self) -> bool {
        self.is_broken
    }
}

/// UTF-8 in which single characters are torn: whisper.cpp writes each token as the bytes it is, and a token may be
/// a third of a character. Text in another encoding is torn nearly everywhere.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut torn) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        torn += chunk.invalid().len();
    }
    whole > 0 && torn <= whole * 3 && !bytes.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_a_text_can_be_is_not_taken_into_memory() {
        let endless = std::io::repeat(b'a');
        let refused = Source::read(endless).err().expect("too large");
        assert_eq!(refused.reason, Reason::TooLarge);
    }

    #[test]
    fn a_source_that_fails_is_refused() {
        struct Fails;
        impl Read for Fails {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                Err(std::io::ErrorKind::PermissionDenied.into())
            }
        }
        let refused = Source::read(Fails).err().expect("unreadable");
        assert_eq!(refused.reason, Reason::Unreadable);
    }

    #[test]
    fn torn_characters_are_let_pass_in_json_alone() {
        let torn = ["{\"w\":\"退款退款".as_bytes(), b"\xE9\x80", b"\"}"].concat();
        let source = Source::read(&*torn).expect("json");
        assert!(source.is_broken() && source.text().contains('\u{FFFD}'));
        let refused = Source::read(&torn[1..]).err().expect("no text");
        assert_eq!(refused.reason, Reason::Encoding);
        let latin = b"{\"w\":\"caf\xE9 d\xE9j\xE0\"}";
        assert!(Source::read(&latin[..]).is_err());
    }
}
