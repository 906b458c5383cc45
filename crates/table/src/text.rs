//! Tables that are lines of text.

mod decode;
mod delimiter;
mod encoding;
mod extent;
mod records;

use crate::source::{Raw, Seen, Source, Step};
use crate::{Bytes, Cell, Choices, Damage, Error, Fault, Limits, Reason, cell};
use decode::{Decoded, fill};
use encoding::{Judged, by_mark, judge};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8};
use records::{Records, Split};
use std::io::SeekFrom;

/// The first sample that is judged by.
const HEAD: usize = 64 << 10;

/// Samples of the rest, which are spread over it, and how long they are.
const SAMPLES: u64 = 7;
const SAMPLE: usize = 16 << 10;

/// How a text is read.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    /// Bytes of the byte order mark.
    mark: u64,
    encoding: Option<&'static Encoding>,
    /// `None`: each line is one cell.
    pub(crate) delimiter: Option<u8>,
    pub(crate) quotes: bool,
    /// Whether the first line only says what the delimiter is, for Excel.
    says_delimiter: bool,
}

impl Text {
    /// Finds out how a text of `len` bytes is to be read.
    pub(crate) fn open(source: &mut dyn Bytes, len: u64, choices: &Choices) -> Result<Self, Error> {
        let mut head = vec![0; HEAD];
        source.seek(SeekFrom::Start(0))?;
        let got = fill(source, &mut head)?;
        head.truncate(got);
        let (encoding, mark) = match (&choices.encoding, by_mark(&head)) {
            (Some(name), mark) => {
                let encoding = named(name)?;
                let is_marked = mark.filter(|(marked, _)| *marked == encoding);
                (Some(encoding), is_marked.map_or(0, |(_, length)| length))
            }
            (None, Some((encoding, length))) => (Some(encoding), length),
            (None, None) => (judged(source, len, head)?, 0),
        };
        let mark = mark as u64;
        let mut start = Vec::new();
        let mut text = Decoded::new(source, mark, encoding)?;
        text.more(&mut start)?;
        let is_all = text.has_ended();
        let quotes = choices.quotes.unwrap_or(true);
        let said = said_delimiter(&start);
        let delimiter = match choices.delimiter {
            Some(chosen) => Some(as_delimiter(chosen)?),
            None => said.or_else(|| delimiter::sniff(&start, quotes, is_all)),
        };
        Ok(Self {
            mark,
            encoding,
            delimiter,
            quotes,
            says_delimiter: said.is_some(),
        })
    }

    /// Its rows, from the first.
    pub(crate) fn rows<'r>(
        &self,
        source: &'r mut dyn Bytes,
        limits: Limits,
    ) -> Result<TextRows<'r>, Error> {
        let text = Decoded::new(source, self.mark, self.encoding)?;
        // A sign no text has, where each line is one cell.
        let delimiter = self.delimiter.unwrap_or(0x1F);
        let mut records = Records::new(text, delimiter, self.quotes, limits);
        if self.says_delimiter {
            records.leave_line()?;
        }
        Ok(TextRows { records, limits })
    }
}

/// An encoding by any of its names on the web.
pub(crate) fn named(name: &str) -> Result<&'static Encoding, Error> {
    match Encoding::for_label_no_replacement(name.trim().as_bytes()) {
        Some(encoding) if encoding == GBK => Ok(GB18030),
        Some(encoding) => Ok(encoding),
        None => Err(Error::EncodingUnknown {
            encoding: name.to_owned(),
        }),
    }
}

fn as_delimiter(chosen: char) -> Result<u8, Error> {
    let is_one = chosen.is_ascii()
        && !chosen.is_ascii_alphanumeric()
        && !matches!(chosen, '"' | '\r' | '\n' | '\0');
    u8::try_from(chosen)
        .ok()
        .filter(|_| is_one)
        .ok_or(Error::Delimiter { delimiter: chosen })
}

/// Judges the encoding by samples of the whole file.
fn judged(
    source: &mut dyn Bytes,
    len: u64,
    head: Vec<u8>,
) -> Result<Option<&'static Encoding>, Error> {
    let mut samples = vec![head];
    let rest = len.saturating_sub(HEAD as u64);
    for n in 1..=SAMPLES {
        let at = HEAD as u64 + rest / (SAMPLES + 1) * n;
        if rest < SAMPLE as u64 * (SAMPLES + 1) || at >= len {
            break;
        }
        let mut sample = vec![0; SAMPLE];
        source.seek(SeekFrom::Start(at))?;
        let got = fill(source, &mut sample)?;
        sample.truncate(got);
        // It begins with a line: a line end is no part of a character in any encoding that is judged.
        let begin = memchr::memchr(b'\n', &sample).map_or(0, |end| end + 1);
        sample.drain(..begin);
        samples.push(sample);
    }
    match judge(&samples) {
        Judged::Ascii => Ok(None),
        Judged::Is(encoding) => Ok(Some(encoding)),
        Judged::Binary => Err(Error::NotATable { is: "binary" }),
    }
}

/// What Excel is told the delimiter is, in a line above everything: `sep=;`.
fn said_delimiter(start: &[u8]) -> Option<u8> {
    let end = memchr::memchr2(b'\r', b'\n', start)?;
    let line = start[..end].trim_ascii_end();
    // The tab of `sep=` and a tab is trimmed away.
    let line = if line.len() == 4 {
        start.get(..5)?
    } else {
        line
    };
    match line {
        [s, e, p, b'=', delimiter] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => {
            as_delimiter(char::from(*delimiter)).ok()
        }
        _ => None,
    }
}

/// A text that is read row by row.
pub(crate) struct TextRows<'r> {
    records: Records<'r>,
    limits: Limits,
}

impl TextRows<'_> {
    fn row(&self, line: u64) -> Step {
        let is_utf8 = self.records.text().encoding() == UTF_8;
        let mut cells = Vec::new();
        let mut said = 0;
        for bytes in self.records.cells() {
            said += 1;
            let cell = cell_of(bytes, is_utf8);
            if said <= self.limits.columns {
                cells.push(cell);
            } else if !cell.is_empty() {
                return Step::Fault(Fault {
                    line,
                    reason: Reason::TooWide,
                });
            }
        }
        if self.records.is_open()
            && let Some(last) = cells.last_mut()
        {
            *last = Cell::Damaged {
                text: last.text().into_owned(),
                damage: Damage::Quote,
            };
        }
        Step::Raw(Raw { line, cells, said })
    }
}

impl Source for TextRows<'_> {
    fn step(&mut self) -> Result<Option<Step>, Error> {
        Ok(match self.records.split()? {
            None => None,
            Some(Split::Fault(fault)) => Some(Step::Fault(fault)),
            Some(Split::Row(line)) => Some(self.row(line)),
        })
    }

    fn seen(&self) -> Seen {
        let text = self.records.text();
        Seen {
            blank: self.records.blank(),
            formulas: 0,
            encoding: Some(text.encoding().name()),
            is_ascii: text.is_open(),
        }
    }
}

fn cell_of(bytes: &[u8], is_utf8: bool) -> Cell {
    match std::str::from_utf8(bytes) {
        Ok(text) if is_utf8 || !text.contains('\u{FFFD}') => cell::of_text(text),
        _ => Cell::Damaged {
            text: cell::trimmed(&String::from_utf8_lossy(bytes)).into_owned(),
            damage: Damage::Encoding,
        },
    }
}
