//! A table that was opened.

use crate::head::{self, names};
use crate::source::{Raw, Source, Step};
use crate::text::Text;
use crate::{
    Choices, Column, Entry, Error, Header, Kind, Limits, Reading, Reason, Rows, Sheet, excel, kind,
};
use std::io::{Read, Seek, SeekFrom};

/// Bytes that can be read from any place: an open file.
pub trait Bytes: Read + Seek + Send {}

impl<T: Read + Seek + Send> Bytes for T {}

/// First bytes that say what a file is.
const START: usize = 4096;

/// Rows that are looked at to find the first that say something.
const OTHERS: usize = 10_000;

/// Rows above the header that are told, and the longest of them that is.
const ABOVE: usize = 20;
const ABOVE_CHARACTERS: usize = 400;

/// A table: what was taken of it, its columns, and its rows as often as they are asked for.
pub struct Table {
    inside: Inside,
    reading: Reading,
    columns: Vec<Column>,
    limits: Limits,
}

enum Inside {
    Text(Box<dyn Bytes>, Text),
    Xlsx(Box<excel::Xlsx>),
    Xls(excel::Xls),
}

/// The first rows of a table.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The rows, and faults between them.
    pub entries: Vec<Entry>,
    /// Whether these are all.
    pub is_all: bool,
}

impl Table {
    /// Opens a table and finds out how it is to be read, as far as `choices` does not say it. Reads the
    /// beginning of it and a few samples, whatever its size (all of an XLS).
    ///
    /// # Errors
    /// See [`Error`]: it is no table, it cannot be read, a bound is passed, or a choice does not fit it.
    pub fn open(bytes: impl Bytes + 'static, choices: &Choices) -> Result<Self, Error> {
        let mut bytes: Box<dyn Bytes> = Box::new(bytes);
        let limits = choices.limits;
        let len = bytes.seek(SeekFrom::End(0))?;
        if len == 0 {
            return Err(Error::Empty);
        }
        if len > limits.bytes {
            return Err(Error::TooBig {
                limit: limits.bytes,
            });
        }
        let kind = kind::of(&start(bytes.as_mut())?)?;
        let mut reading = Reading::of(kind);
        let mut inside = match kind {
            Kind::Text => {
                let text = Text::open(bytes.as_mut(), len, choices)?;
                reading.delimiter = text.delimiter.map(char::from);
                reading.quotes = text.quotes;
                Inside::Text(bytes, text)
            }
            Kind::Xlsx => Inside::Xlsx(Box::new(excel::Xlsx::open(bytes, len, choices)?)),
            Kind::Xls => Inside::Xls(excel::Xls::open(bytes, len, choices)?),
        };
        match &inside {
            Inside::Text(..) => {}
            Inside::Xlsx(book) => (reading.sheet, reading.from_1904) = book.taken(),
            Inside::Xls(book) => (reading.sheet, reading.from_1904) = book.taken(),
        }
        let first = First::read(inside.source(limits)?.as_mut(), choices, &mut reading)?;
        let columns = first.columns(&mut reading, choices.header);
        Ok(Self {
            inside,
            reading,
            columns,
            limits,
        })
    }

    /// How it is read.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Its columns, in their order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Sheets of a workbook, in their order; none of a text.
    pub fn sheets(&self) -> &[Sheet] {
        match &self.inside {
            Inside::Text(..) => &[],
            Inside::Xlsx(book) => book.sheets(),
            Inside::Xls(book) => book.sheets(),
        }
    }

    /// Its rows below the header, from the first, one at a time.
    ///
    /// # Errors
    /// The bytes cannot be read any more.
    pub fn rows(&mut self) -> Result<Rows<'_>, Error> {
        Ok(Rows::new(
            self.inside.source(self.limits)?,
            &self.columns,
            self.reading.header,
            self.limits.rows,
        ))
    }

    /// Its first `count` rows and faults. Costs what these cost.
    ///
    /// # Errors
    /// As [`Table::rows`], and what ends a reading.
    pub fn preview(&mut self, count: usize) -> Result<Preview, Error> {
        let mut rows = self.rows()?;
        let entries = rows.by_ref().take(count).collect::<Result<_, _>>()?;
        let is_all = rows.next().is_none();
        Ok(Preview { entries, is_all })
    }
}

fn start(bytes: &mut dyn Bytes) -> Result<Vec<u8>, Error> {
    let mut start = Vec::with_capacity(START);
    bytes.seek(SeekFrom::Start(0))?;
    bytes.take(START as u64).read_to_end(&mut start)?;
    Ok(start)
}

impl Inside {
    fn source(&mut self, limits: Limits) -> Result<Box<dyn Source + '_>, Error> {
        Ok(match self {
            Self::Text(bytes, text) => Box::new(text.rows(bytes.as_mut(), limits)?),
            Self::Xlsx(book) => Box::new(book.rows(limits)?),
            Self::Xls(book) => Box::new(book.rows(limits)),
        })
    }
}

impl Reading {
    fn of(kind: Kind) -> Self {
        Self {
            kind,
            encoding: None,
            is_ascii_so_far: false,
            delimiter: None,
            quotes: false,
            sheet: None,
            header: None,
            above: Vec::new(),
            from_1904: false,
        }
    }
}

/// The first rows of a table, from which its columns are told.
struct First {
    rows: Vec<Raw>,
    /// Which of them is the header.
    header: Option<usize>,
}

impl First {
    fn read(
        source: &mut dyn Source,
        choices: &Choices,
        reading: &mut Reading,
    ) -> Result<Self, Error> {
        let (chosen, limit) = (choices.header, choices.limits.columns);
        let from = match chosen {
            Some(Header::Line(line)) => line,
            _ => 0,
        };
        let mut rows = Vec::new();
        let mut has_faults = false;
        let mut wide = None;
        let mut others = 0;
        while rows.len() < head::ROWS
            && others < OTHERS
            && let Some(step) = source.step()?
        {
            others += usize::from(step.line() >= from);
            match step {
                Step::Raw(raw) if raw.width() == 0 => {}
                Step::Raw(raw) if raw.line < from => reading.tell_above(&raw),
                Step::Raw(raw) => rows.push(raw),
                Step::Fault(fault) => {
                    has_faults = true;
                    wide = wide.or((fault.reason == Reason::TooWide).then_some(fault.line));
                }
            }
        }
        let seen = source.seen();
        reading.encoding = seen.encoding;
        reading.is_ascii_so_far = seen.encoding.is_some() && seen.is_ascii;
        if rows.is_empty() && from == 0 && !has_faults {
            return Err(Error::Empty);
        }
        let header = match chosen {
            Some(Header::None) => None,
            Some(Header::Line(line)) => {
                let is_there = rows.first().is_some_and(|raw| raw.line == line);
                Some(is_there.then_some(0).ok_or(Error::NoHeader { line })?)
            }
            None => head::header(&rows),
        };
        // What is too wide in the place of a header is one.
        let begin = rows.get(header.unwrap_or(0)).map(|raw| raw.line);
        if wide.is_some_and(|line| begin.is_none_or(|begin| line < begin)) {
            return Err(Error::Columns { limit });
        }
        Ok(Self { rows, header })
    }

    fn columns(mut self, reading: &mut Reading, chosen: Option<Header>) -> Vec<Column> {
        let mut said = Vec::new();
        let data = match self.header {
            None => self.rows.as_slice(),
            Some(at) => {
                if chosen.is_none() {
                    self.rows[..at]
                        .iter()
                        .for_each(|raw| reading.tell_above(raw));
                }
                let header = &mut self.rows[at];
                let width = header.width();
                said.extend(
                    header
                        .cells
                        .drain(..width)
                        .map(|cell| cell.text().into_owned()),
                );
                reading.header = Some(header.line);
                &self.rows[at + 1..]
            }
        };
        let width = said.len().max(usual_width(data, self.header.is_none()));
        said.resize(width, String::new());
        names::columns(said)
    }
}

/// As wide as at least half of the rows are. Where nothing names the columns, each cell a line has is
/// one, whether it says something or not.
fn usual_width(rows: &[Raw], is_bare: bool) -> usize {
    let width = |raw: &Raw| {
        if is_bare {
            raw.width().max(raw.said)
        } else {
            raw.width()
        }
    };
    let mut widths: Vec<usize> = rows.iter().map(width).collect();
    widths.sort_unstable();
    match widths.len() {
        // A row or two have no middle, and a header is surer.
        0..3 if is_bare => widths.last().copied().unwrap_or(0),
        0..3 => 0,
        all => widths[all / 2],
    }
}

impl Reading {
    fn tell_above(&mut self, raw: &Raw) {
        if self.above.len() == ABOVE {
            return;
        }
        let cells = raw.cells.iter().filter(|cell| !cell.is_empty());
        let said: Vec<String> = cells.map(|cell| names::clean(&cell.text())).collect();
        let said = said.join(" ").chars().take(ABOVE_CHARACTERS).collect();
        self.above.push(said);
    }
}
