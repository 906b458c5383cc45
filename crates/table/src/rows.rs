//! Rows of a table under its columns.

mod summary;

use crate::source::{Raw, Source, Step};
use crate::{Cell, Column, Error, Fault};

/// A row under the columns of its table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Line of the text, or row of the sheet, it begins at, from 1.
    pub line: u64,
    /// One cell for each column.
    pub cells: Vec<Cell>,
    /// What stands behind the last column.
    pub beyond: Vec<Cell>,
    /// Cells that a line of text has too few. A sheet has none.
    pub missing: usize,
    /// What kind of row it is.
    pub kind: RowKind,
}

/// What kind of row one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A row of the table.
    Data,
    /// A total, or what an exporter wrote below the table.
    Summary,
    /// The header once more, as in tables that were put together or printed by pages.
    Header,
}

/// What comes next in a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A row.
    Row(Row),
    /// A row that could not be read.
    Fault(Fault),
}

/// What has been counted so far, up to the end of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows of data.
    pub data: u64,
    /// Totals, and what was written below.
    pub summaries: u64,
    /// Headers that came once more.
    pub headers: u64,
    /// Rows that could not be read.
    pub faults: u64,
    /// Rows, and lines, with nothing in them. They are handed to nobody.
    pub empty: u64,
    /// Rows of data that have fewer cells than the table has columns.
    pub short: u64,
    /// Rows of data that have something behind the last column.
    pub long: u64,
    /// Rows of data with a cell that was damaged before it came here.
    pub damaged: u64,
    /// Cells of the whole sheet that are formulas; their last results were read.
    pub formulas: u64,
    /// Encoding of a text, as it turned out.
    pub encoding: Option<&'static str>,
}

/// The rows of a table, from the first to the last.
pub struct Rows<'t> {
    source: Box<dyn Source + 't>,
    columns: &'t [Column],
    /// The line of the header, as long as it has not come.
    awaited: Option<u64>,
    has_header: bool,
    limit: Option<u64>,
    counts: Counts,
    has_ended: bool,
}

impl<'t> Rows<'t> {
    pub(crate) fn new(
        source: Box<dyn Source + 't>,
        columns: &'t [Column],
        header: Option<u64>,
        limit: Option<u64>,
    ) -> Self {
        Self {
            source,
            columns,
            awaited: header,
            has_header: header.is_some(),
            limit,
            counts: Counts::default(),
            has_ended: false,
        }
    }

    /// What has been counted so far.
    pub fn counts(&self) -> Counts {
        let seen = self.source.seen();
        Counts {
            empty: self.counts.empty + seen.blank,
            formulas: seen.formulas,
            encoding: seen.encoding,
            ..self.counts
        }
    }

    fn advance(&mut self) -> Result<Option<Entry>, Error> {
        while let Some(step) = self.source.step()? {
            if let Some(header) = self.awaited {
                let is_header = step.line() == header && matches!(step, Step::Raw(_));
                self.awaited = self.awaited.filter(|_| !is_header);
                continue;
            }
            match step {
                Step::Fault(fault) => {
                    self.counts.faults += 1;
                    return Ok(Some(Entry::Fault(fault)));
                }
                Step::Raw(raw) if raw.width() == 0 => self.counts.empty += 1,
                Step::Raw(raw) => return self.row(raw).map(Some),
            }
        }
        Ok(None)
    }

    fn row(&mut self, raw: Raw) -> Result<Entry, Error> {
        let columns = self.columns.len();
        let Raw {
            line,
            mut cells,
            said,
        } = raw;
        let last = cells.iter().rposition(|cell| !cell.is_empty());
        cells.truncate(last.map_or(0, |last| last + 1));
        let beyond = cells.split_off(cells.len().min(columns));
        cells.resize(columns, Cell::Empty);
        let kind = if self.is_header(&cells) {
            RowKind::Header
        } else if summary::is_summary(&cells) {
            RowKind::Summary
        } else {
            RowKind::Data
        };
        // A sheet's rows have no length.
        let missing = if said == 0 {
            0
        } else {
            columns.saturating_sub(said)
        };
        let row = Row {
            line,
            cells,
            beyond,
            missing,
            kind,
        };
        self.count(&row)?;
        Ok(Entry::Row(row))
    }

    fn count(&mut self, row: &Row) -> Result<(), Error> {
        let counts = &mut self.counts;
        match row.kind {
            RowKind::Header => counts.headers += 1,
            RowKind::Summary => counts.summaries += 1,
            RowKind::Data => {
                if let Some(limit) = self.limit.filter(|limit| counts.data >= *limit) {
                    return Err(Error::Rows { limit });
                }
                let is_damaged = |cell: &Cell| cell.damage().is_some();
                counts.data += 1;
                counts.short += u64::from(row.missing > 0);
                counts.long += u64::from(!row.beyond.is_empty());
                counts.damaged += u64::from(row.cells.iter().any(is_damaged));
            }
        }
        Ok(())
    }

    /// Whether a row says what the header says.
    fn is_header(&self, cells: &[Cell]) -> bool {
        self.has_header
            && self.columns.iter().any(Column::is_named)
            && self
                .columns
                .iter()
                .zip(cells)
                .all(|(column, cell)| match cell {
                    Cell::Empty => !column.is_named(),
                    cell => column.is_named() && cell.text() == column.said,
                })
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Entry, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_ended {
            return None;
        }
        let next = self.advance();
        self.has_ended = !matches!(next, Ok(Some(_)));
        next.transpose()
    }
}
