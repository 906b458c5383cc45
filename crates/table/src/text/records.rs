//! Rows of a text. Quotes are read as `csv-core` reads them; what bounds a row, and finds the line a
//! reading goes on at when a quote does not close, is here.

use super::decode::Decoded;
use crate::limits::READ_TWICE_BYTES;
use crate::{Error, Fault, Limits, Reason};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// A splitter for one kind of text.
pub(super) fn splitter(delimiter: u8, quotes: bool) -> Reader {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .quoting(quotes)
        .build()
}

/// What was split off.
pub(super) enum Split {
    /// A row: its line, and what [`Records::fields`] has.
    Row(u64),
    Fault(Fault),
}

/// How the splitter came out of a row.
enum Outcome {
    Row,
    /// It goes on beyond what one row may have.
    TooLong,
    End,
}

/// A text being split.
pub(super) struct Records<'r> {
    text: Decoded<'r>,
    splitter: Reader,
    delimiter: u8,
    quotes: bool,
    limits: Limits,
    /// Text that is at hand, and where in it the next row begins.
    at_hand: Vec<u8>,
    at: usize,
    /// The line that is.
    line: u64,
    fields: Vec<u8>,
    ends: Vec<usize>,
    /// Cells of the last row.
    cells: usize,
    blank: u64,
    read_twice: u64,
    has_ended: bool,
}

impl<'r> Records<'r> {
    pub(super) fn new(text: Decoded<'r>, (delimiter, quotes): (u8, bool), limits: Limits) -> Self {
        Self {
            text,
            splitter: splitter(delimiter, quotes),
            delimiter,
            quotes,
            limits,
            at_hand: Vec::new(),
            at: 0,
            line: 1,
            fields: vec![0; 4096],
            ends: vec![0; 64],
            cells: 0,
            blank: 0,
            read_twice: 0,
            has_ended: false,
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
    pub(super) fn fields(&self) -> impl Iterator<Item = &[u8]> {
        let begins = std::iter::once(0).chain(self.ends[..self.cells].iter().copied());
        begins
            .zip(&self.ends[..self.cells])
            .map(|(begin, end)| &self.fields[begin..*end])
    }

    /// The next row.
    pub(super) fn split(&mut self) -> Result<Option<Split>, Error> {
        self.skip_blank_lines()?;
        self.splitter.reset();
        let line = self.line;
        let mut taken = 0;
        match self.row(&mut taken)? {
            Outcome::End => Ok(None),
            Outcome::TooLong => self.leave_long_row(line, taken).map(Some),
            Outcome::Row => {
                let row = &self.at_hand[self.at..self.at + taken];
                let lines = lines_of(row);
                let is_cut = self.has_ended && self.at + taken == self.at_hand.len();
                if self.quotes && (lines > 1 || is_cut) && !quotes_hold(row, self.delimiter, lines)
                {
                    return self.leave_open_quote(line, taken).map(Some);
                }
                self.at += taken;
                self.line += lines;
                self.end_pair(taken)?;
                Ok(Some(match self.is_too_long() {
                    true => Split::Fault(Fault {
                        line,
                        reason: Reason::CellTooLong,
                    }),
                    false => Split::Row(line),
                }))
            }
        }
    }

    /// Runs the splitter over one row. `taken` is how much of what is at hand it took.
    fn row(&mut self, taken: &mut usize) -> Result<Outcome, Error> {
        let mut written = 0;
        self.cells = 0;
        loop {
            let input = &self.at_hand[self.at + *taken..];
            if input.is_empty() && !self.has_ended {
                if *taken > self.limits.row_bytes {
                    return Ok(Outcome::TooLong);
                }
                self.more()?;
                continue;
            }
            let (result, read, out, ended) = self.splitter.read_record(
                input,
                &mut self.fields[written..],
                &mut self.ends[self.cells..],
            );
            *taken += read;
            written += out;
            self.cells += ended;
            match result {
                ReadRecordResult::Record => return Ok(Outcome::Row),
                ReadRecordResult::End => return Ok(Outcome::End),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.fields.resize(self.fields.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
            }
            if *taken > self.limits.row_bytes {
                return Ok(Outcome::TooLong);
            }
        }
    }

    fn is_too_long(&self) -> bool {
        let limit = self.limits.cell_bytes;
        self.fields().any(|cell| cell.len() > limit)
    }

    /// Makes more text at hand. What lies before the row that is being read goes.
    fn more(&mut self) -> Result<(), Error> {
        self.at_hand.drain(..self.at);
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
        while let Some(end @ (b'\r' | b'\n')) = self.peek()? {
            self.at += 1;
            self.line += 1;
            self.blank += 1;
            if end == b'\r' && self.peek()? == Some(b'\n') {
                self.at += 1;
            }
        }
        Ok(())
    }

    /// A row that ended in CR may have its LF still to come.
    fn end_pair(&mut self, taken: usize) -> Result<(), Error> {
        let ends_in_cr = taken > 0 && self.at_hand[self.at - 1] == b'\r';
        if ends_in_cr && self.peek()? == Some(b'\n') {
            self.at += 1;
        }
        Ok(())
    }

    /// The row is no row, but its first line; what follows is read as rows of their own.
    fn leave_open_quote(&mut self, line: u64, taken: usize) -> Result<Split, Error> {
        self.read_twice += taken as u64;
        if self.read_twice > READ_TWICE_BYTES {
            return Err(Error::Quotes { line });
        }
        self.leave_line()?;
        Ok(Split::Fault(Fault {
            line,
            reason: Reason::QuoteOpen,
        }))
    }

    /// A row that did not end within what one may have: a quote that did not close, or a line too long.
    fn leave_long_row(&mut self, line: u64, taken: usize) -> Result<Split, Error> {
        let row = &self.at_hand[self.at..self.at + taken];
        if memchr::memchr2(b'\n', b'\r', row).is_some() {
            return self.leave_open_quote(line, taken);
        }
        self.leave_line()?;
        Ok(Split::Fault(Fault {
            line,
            reason: Reason::RowTooLong,
        }))
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
            return self.end_pair(1);
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

/// Whether each quote that opens a cell closes it. Where a row has several lines nothing but blanks may
/// stand between the quote and the cell's end: else it is the quote of another cell that closed it.
fn quotes_hold(row: &[u8], delimiter: u8, lines: u64) -> bool {
    let mut rest = row;
    loop {
        if let [b'"', inside @ ..] = rest {
            let Some(behind) = behind_quote(inside) else {
                return false;
            };
            let blanks = behind.iter().take_while(|b| **b == b' ').count();
            rest = &behind[blanks..];
            match rest.first() {
                None | Some(b'\r' | b'\n') => return true,
                Some(b) if *b == delimiter => {}
                Some(_) if lines > 1 => return false,
                Some(_) => {}
            }
        }
        match memchr::memchr3(delimiter, b'\r', b'\n', rest) {
            Some(at) if rest[at] == delimiter => rest = &rest[at + 1..],
            _ => return true,
        }
    }
}

/// What follows the quote that closes.
fn behind_quote(mut inside: &[u8]) -> Option<&[u8]> {
    loop {
        let at = memchr::memchr(b'"', inside)?;
        match inside.get(at + 1) {
            Some(b'"') => inside = &inside[at + 2..],
            _ => return Some(&inside[at + 1..]),
        }
    }
}
