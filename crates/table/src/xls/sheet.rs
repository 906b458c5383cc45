//! Rows of a sheet.

use super::globals::Globals;
use super::records::{Record, continued, kind};
use crate::excel::{self, Line, Placed, Shape};
use crate::source::{Raw, Seen, Source, Step};
use crate::{Cell, Error, Fault, Limits, Reason, cell};

/// Rows and columns a sheet says it has.
pub(super) fn size(stream: &[u8], place: usize) -> (Option<u64>, Option<u64>) {
    let mut at = place;
    while let Some(record) = Record::at(stream, at).filter(|r| r.kind != kind::END) {
        if record.kind == kind::SIZE {
            // Rows take four bytes since BIFF 8.
            let (rows, columns) = match record.data.len() {
                10 => (record.u16(2).map(u64::from), record.u16(6)),
                _ => (record.u32(4).map(u64::from), record.u16(10)),
            };
            return (rows, columns.map(u64::from));
        }
        at = record.next;
    }
    (None, None)
}

/// A sheet that is read row by row.
pub(crate) struct SheetRows<'b> {
    stream: &'b [u8],
    at: usize,
    globals: &'b Globals,
    limits: Limits,
    line: Line,
    /// The row that is being read, from 0, and what is wrong with it.
    row: Option<u16>,
    reason: Option<Reason>,
    /// Column of a formula whose text comes next.
    formula: Option<usize>,
    formulas: u64,
    /// Charts in the sheet, in one another: their cells are not the sheet's.
    depth: usize,
    has_ended: bool,
}

impl<'b> SheetRows<'b> {
    pub(super) fn new(
        stream: &'b [u8],
        place: usize,
        globals: &'b Globals,
        limits: Limits,
    ) -> Self {
        Self {
            stream,
            at: place,
            globals,
            limits,
            line: Line::default(),
            row: None,
            reason: None,
            formula: None,
            formulas: 0,
            depth: 0,
            has_ended: false,
        }
    }

    fn shape(&self, record: &Record<'_>, at: usize) -> Shape {
        let style = record.u16(at).map(usize::from);
        let shape = style.and_then(|style| self.globals.shapes.get(style));
        shape.copied().unwrap_or_default()
    }

    fn number(&self, value: f64, shape: Shape) -> Cell {
        excel::of_f64(value, shape, self.globals.from_1904)
    }

    /// Puts a cell into the row; `None` is one that says what no workbook says.
    fn put(&mut self, column: usize, cell: Option<Cell>) {
        match cell {
            None => self.reason = self.reason.or(Some(Reason::Cell { column: column + 1 })),
            Some(cell) if cell.is_empty() => {}
            Some(_) if column >= self.limits.columns => self.reason = Some(Reason::TooWide),
            Some(cell) => self.line.put(Placed { column, cell }),
        }
    }

    /// Reads one record that is a cell of the row that is read.
    fn cells(&mut self, record: &Record<'_>, column: usize) {
        let cell = match record.kind {
            kind::NUMBER => record.f64(6).map(|v| self.number(v, self.shape(record, 4))),
            kind::RK => record
                .u32(6)
                .map(|rk| self.number(of_rk(rk), self.shape(record, 4))),
            kind::MANY_RK => return self.many(record, column),
            kind::LABEL | kind::RICH_LABEL => {
                let text = record.data.get(6..);
                let text = text.and_then(|data| self.globals.writing.text(data, 2));
                text.map(|text| cell::of_text(&text))
            }
            kind::SHARED_LABEL => {
                let text = record.u32(6).and_then(|at| usize::try_from(at).ok());
                let text = text.and_then(|at| self.globals.strings.get(at));
                text.map(cell::of_text)
            }
            kind::BOOLEAN => match (record.u8(6), record.u8(7)) {
                (Some(value), Some(0)) => Some(Cell::Boolean(value != 0)),
                (Some(value), Some(_)) => Some(error(value)),
                _ => None,
            },
            _ => {
                self.formulas += 1;
                self.formula = Some(column);
                self.result(record)
            }
        };
        self.put(column, cell);
    }

    /// Numbers of one row side by side, each with its format.
    fn many(&mut self, record: &Record<'_>, first: usize) {
        let numbers = record.data.len().saturating_sub(6) / 6;
        for n in 0..numbers {
            let rk = record.u32(4 + n * 6 + 2);
            let cell = rk.map(|rk| self.number(of_rk(rk), self.shape(record, 4 + n * 6)));
            self.put(first + n, cell);
        }
    }

    /// The last result of a formula. A text comes in a record of its own.
    fn result(&self, record: &Record<'_>) -> Option<Cell> {
        let value = record.data.get(6..14)?;
        if value[6..] != [0xFF, 0xFF] {
            return record.f64(6).map(|v| self.number(v, self.shape(record, 4)));
        }
        Some(match value[0] {
            1 => Cell::Boolean(value[2] != 0),
            2 => error(value[2]),
            _ => Cell::Empty,
        })
    }

    /// The text of the formula before it.
    fn formula_text(&mut self, record: Record<'_>) {
        let (pieces, next) = continued(self.stream, record);
        self.at = next;
        let text = match pieces.as_slice() {
            [one] => self.globals.writing.text(one, 2),
            // Goes on in other records the way shared texts do.
            _ => {
                let head = [0; 8];
                let mut all = vec![head.as_slice()];
                all.extend(pieces);
                super::strings::shared(all).get(0).map(str::to_owned)
            }
        };
        if let Some(column) = self.formula.take() {
            self.put(column, text.map(|text| cell::of_text(&text)));
        }
    }

    /// The row that was read.
    fn finish(&mut self, row: u16) -> Step {
        self.row = None;
        self.formula = None;
        let line = u64::from(row) + 1;
        let cells = self.line.take();
        match self.reason.take() {
            Some(reason) => Step::Fault(Fault { line, reason }),
            None => Step::Raw(Raw {
                line,
                cells,
                said: 0,
            }),
        }
    }
}

/// A number in four bytes (MS-XLS 2.5.217).
fn of_rk(rk: u32) -> f64 {
    let value = if rk & 2 == 0 {
        f64::from_bits(u64::from(rk & !3) << 32)
    } else {
        f64::from(rk.cast_signed() >> 2)
    };
    if rk & 1 == 0 { value } else { value / 100.0 }
}

/// An error by its number (MS-XLS 2.5.10).
fn error(number: u8) -> Cell {
    let said = match number {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        _ => "#ERROR!",
    };
    Cell::Error(said.to_owned())
}

/// Whether a record is a cell, or several.
fn is_cell(kind: u16) -> bool {
    matches!(
        kind,
        kind::NUMBER
            | kind::RK
            | kind::MANY_RK
            | kind::LABEL
            | kind::RICH_LABEL
            | kind::SHARED_LABEL
            | kind::BOOLEAN
            | kind::FORMULA
    )
}

impl Source for SheetRows<'_> {
    fn step(&mut self) -> Result<Option<Step>, Error> {
        while !self.has_ended {
            let Some(record) = Record::at(self.stream, self.at) else {
                // Some writers leave the last record out; half a record is half a file.
                if self.row.is_none() && self.at != self.stream.len() {
                    self.has_ended = true;
                    return Err(Error::Damaged { part: "sheet" });
                }
                break;
            };
            if record.kind == kind::END && self.depth <= 1 {
                self.has_ended = true;
                break;
            }
            match (record.kind, record.u16(0), record.u16(2)) {
                (kind::BEGIN, ..) => self.depth += 1,
                (kind::END, ..) => self.depth -= 1,
                _ if self.depth > 1 => {}
                (kind::FORMULA_TEXT, ..) => {
                    self.formula_text(record);
                    continue;
                }
                (kind, Some(row), Some(column)) if is_cell(kind) => {
                    if let Some(before) = self.row.filter(|before| *before != row) {
                        return Ok(Some(self.finish(before)));
                    }
                    self.row = Some(row);
                    self.cells(&record, column.into());
                }
                _ => {}
            }
            self.at = record.next;
        }
        let row = self.row;
        Ok(row.map(|row| self.finish(row)))
    }

    fn seen(&self) -> Seen {
        Seen {
            formulas: self.formulas,
            ..Seen::default()
        }
    }
}
