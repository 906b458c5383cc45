//! Rows of a text. Cells are split as `csv-core` splits them; how far a row goes, and what becomes of
//! one whose quote does not close, is decided here.

use super::decode::Decoded;
use super::extent::{Extent, extent};
use crate::limits::{READ_TWICE_BYTES, READ_TWICE_SHARE};
use crate::{Error, Fault, Limits, Reason};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// Splits one row into its cells, again and again into the same memory.
pub(super) struct Splitter {
    core: Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    cells: usize,
}

impl Splitter {
    pub(super) fn new(delimiter: u8, quotes: bool) -> Self {
        Self {
            core: ReaderBuilder::new()
                .delimiter(delimiter)
                .quoting(quotes)
                .build(),
            text: vec![0; 4096],
            ends: vec![0; 64],
            cells: 0,
        }
    }

    /// Splits a row. A quote that is open at its end closes there.
    pub(super) fn split(&mut self, mut row: &[u8]) {
        self.core.reset();
        self.cells = 0;
        let mut written = 0;
        loop {
            let (text, ends) = (&mut self.text[written..], &mut self.ends[self.cells..]);
            let (result, read, out, ended) = self.core.read_record(row, text, ends);
            row = &row[read..];
            written += out;
            self.cells += ended;
            match result {
                ReadRecordResult::Record | ReadRecordResult::End => return,
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
            }
        }
    }

    /// How many cells the row has.
    pub(super) fn len(&self) -> usize {
        self.cells
    }

    /// The cells of the row.
    pub(super) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        let ends = &self.ends[..self.cells];
        let begins = std::iter::once(0).chain(ends.iter().copied());
        begins.zip(ends).map(|(begin, end)| &self.text[begin..*end])
    }
}

/// What was split off.
pub(super) enum Split {
    /// A row: its line, and what [`Records::cells`] has.
    Row(u64),
    Fault(Fault),
}

/// A text being split.
pub(super) struct Records<'r> {
    text: Decoded<'r>,
    splitter: Splitter,
    delimiter: u8,
    quotes: bool,
    limits: Limits,
    /// Text that is at hand, and where in it the next row begins.
    at_hand: Vec<u8>,
    at: usize,
    has_ended: bool,
    /// The line that is.
    line: u64,
    /// Cells of the last row that is whole.
    width: Option<usize>,
    /// Whether a quote is open at the end of the last row.
    is_open: bool,
    blank: u64,
    /// Bytes that were read again, and bytes that are done with.
    read_twice: u64,
    left: u64,
}

impl<'r> Records<'r> {
    pub(super) fn new(text: Decoded<'r>, delimiter: u8, quotes: bool, limits: Limits) -> Self {
        Self {
            text,
            splitter: Splitter::new(delimiter, quotes),
            delimiter,
            quotes,
            limits,
            at_hand: Vec::new(),
            at: 0,
            has_ended: false,
            line: 1,
            width: None,
            is_open: false,
            blank: 0,
            read_twice: 0,
            left: 0,
        }
    }

    pub(super) fn text(&self) -> &Decoded<'r> {
        &self.text
    }

    /// Lines with nothing in them.
    pub(super) fn blank(&self) -> u64 {
        self.blank
    }

    /// Cells of the row that was split off last.
    pub(super) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        self.splitter.cells()
    }

    /// Whether a quote is open in the last of them.
    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    /// The next row.
    pub(super) fn split(&mut self) -> Result<Option<Split>, Error> {
        self.skip_blank_lines()?;
        self.is_open = false;
        let line = self.line;
        if self.peek()?.is_none() {
            return Ok(None);
        }
        let length = match self.length()? {
            Ok(length) => length,
            Err(looked_at) => return self.leave_broken_row(looked_at).map(Some),
        };
        let row = &self.at_hand[self.at..self.at + length];
        let lines = lines_of(row);
        self.splitter.split(row);
        self.at += length;
        self.line += lines;
        self.end_pair()?;
        self.width = Some(self.splitter.len());
        Ok(Some(self.checked(line)))
    }

    fn checked(&self, line: u64) -> Split {
        let limit = self.limits.cell_bytes;
        if self.cells().any(|cell| cell.len() > limit) {
            return Split::Fault(Fault {
                line,
                reason: Reason::CellTooLong,
            });
        }
        Split::Row(line)
    }

    /// How long the row is that begins here; or what was looked at to find that it is broken, or too
    /// long.
    fn length(&mut self) -> Result<Result<usize, usize>, Error> {
        loop {
            let rest = &self.at_hand[self.at..];
            match extent(rest, self.delimiter, self.quotes, self.has_ended) {
                Extent::Ends(length) if length > self.limits.row_bytes => {
                    return Ok(Err(length));
                }
                Extent::Ends(length) => return Ok(Ok(length)),
                Extent::Broken(looked_at) => return Ok(Err(looked_at)),
                Extent::Open if rest.len() > self.limits.row_bytes => return Ok(Err(rest.len())),
                Extent::Open => self.more()?,
            }
        }
    }

    /// A quote opened that does not close, or not where a cell ends; or the row is too long. It is its
    /// first line at most, and what follows is read as rows of their own. The last cell is taken to end
    /// with the line where that makes it a row like the one before, or where nothing follows the quote
    /// (as Asterisk writes an empty field).
    fn leave_broken_row(&mut self, looked_at: usize) -> Result<Split, Error> {
        let line = self.line;
        let rest = &self.at_hand[self.at..];
        let end = memchr::memchr2(b'\n', b'\r', rest);
        let length = end.unwrap_or(rest.len());
        if length > self.limits.row_bytes || (end.is_none() && !self.has_ended) {
            self.leave_line()?;
            return Ok(Split::Fault(Fault {
                line,
                reason: Reason::RowTooLong,
            }));
        }
        self.read_twice += looked_at as u64;
        if self.read_twice > READ_TWICE_BYTES + self.left * READ_TWICE_SHARE {
            return Err(Error::Quotes { line });
        }
        self.splitter.split(&rest[..length]);
        let last = self.cells().last().unwrap_or_default();
        self.is_open = last.is_empty() || Some(self.splitter.len()) == self.width;
        self.leave_line()?;
        Ok(match self.is_open {
            true => self.checked(line),
            false => Split::Fault(Fault {
                line,
                reason: Reason::QuoteOpen,
            }),
        })
    }

    /// Makes more text at hand. What lies before the row that is being read goes.
    fn more(&mut self) -> Result<(), Error> {
        self.at_hand.drain(..self.at);
        self.left += self.at as u64;
        self.at = 0;
        self.has_ended = !self.text.more(&mut self.at_hand)?;
        Ok(())
    }

    /// The next byte, if there is one.
    fn peek(&mut self) -> Result<Option<u8>, Error> {
        while self.at == self.at_hand.len() && !self.has_ended {
            self.more()?;
        }
        Ok(self.at_hand.get(self.at).copied())
    }

    fn skip_blank_lines(&mut self) -> Result<(), Error> {
        while let Some(b'\r' | b'\n') = self.peek()? {
            self.at += 1;
            self.line += 1;
            self.blank += 1;
            self.end_pair()?;
        }
        Ok(())
    }

    /// A line that ended in CR may have its LF still to come.
    fn end_pair(&mut self) -> Result<(), Error> {
        let ends_in_cr = self.at > 0 && self.at_hand[self.at - 1] == b'\r';
        if ends_in_cr && self.peek()? == Some(b'\n') {
            self.at += 1;
        }
        Ok(())
    }

    /// Goes on behind the end of this line, however far that is.
    pub(super) fn leave_line(&mut self) -> Result<(), Error> {
        while self.peek()?.is_some() {
            let rest = &self.at_hand[self.at..];
            let Some(end) = memchr::memchr2(b'\n', b'\r', rest) else {
                self.at = self.at_hand.len();
                continue;
            };
            self.at += end + 1;
            self.line += 1;
            return self.end_pair();
        }
        Ok(())
    }
}

/// Lines a row takes: its line ends, and one for a last line without.
fn lines_of(row: &[u8]) -> u64 {
    let mut lines = 0;
    let mut ended = 0;
    for at in memchr::memchr2_iter(b'\n', b'\r', row) {
        let is_pair = row[at] == b'\n' && at > 0 && row[at - 1] == b'\r';
        lines += u64::from(!is_pair);
        ended = at + 1;
    }
    lines + u64::from(ended < row.len())
}
