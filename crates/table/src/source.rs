//! What every kind of table hands on: rows as they stand there, one after the other.

use crate::{Cell, Error, Fault};

/// A row as it stands in the table: nothing is left out, nothing is added.
#[derive(Debug)]
pub(crate) struct Raw {
    /// Line or row it begins at, from 1.
    pub(crate) line: u64,
    /// Its cells, from the first column.
    pub(crate) cells: Vec<Cell>,
    /// How many cells a line of text has, and 0 for a sheet, whose rows end where nothing follows.
    pub(crate) said: usize,
}

impl Raw {
    /// Cells up to the last that says something.
    pub(crate) fn width(&self) -> usize {
        let last = self.cells.iter().rposition(|cell| !cell.is_empty());
        last.map_or(0, |last| last + 1)
    }

    /// Cells that say something.
    pub(crate) fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }
}

/// What comes next.
#[derive(Debug)]
pub(crate) enum Step {
    Raw(Raw),
    Fault(Fault),
}

impl Step {
    pub(crate) fn line(&self) -> u64 {
        match self {
            Self::Raw(raw) => raw.line,
            Self::Fault(fault) => fault.line,
        }
    }
}

/// What can only be said after some rows.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen {
    /// Lines with nothing in them.
    pub(crate) blank: u64,
    /// Cells that are formulas.
    pub(crate) formulas: u64,
    /// Encoding of a text.
    pub(crate) encoding: Option<&'static str>,
    /// Whether nothing but ASCII came.
    pub(crate) is_ascii: bool,
}

/// A table that is being read.
pub(crate) trait Source {
    /// The next row. After an error there is none.
    fn step(&mut self) -> Result<Option<Step>, Error>;

    /// What was seen so far.
    fn seen(&self) -> Seen;
}
