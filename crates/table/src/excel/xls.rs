//! XLS, which lies in memory as a whole ([`Limits::workbook_bytes`]).

use super::{cell_of, chosen, guarded, sheets_of};
use crate::source::{Raw, Seen, Source, Step};
use crate::{Bytes, Cell, Choices, Error, Fault, Limits, Reason, Sheet};
use calamine::{Data, Range, Reader, Xls, XlsError};
use std::io::SeekFrom;

/// The one sheet of a workbook that is read.
pub(crate) struct Book {
    sheets: Vec<Sheet>,
    taken: String,
    from_1904: bool,
    cells: Range<Data>,
    formulas: u64,
}

impl Book {
    pub(crate) fn open(
        mut bytes: Box<dyn Bytes>,
        len: u64,
        choices: &Choices,
    ) -> Result<Self, Error> {
        let limit = choices.limits.workbook_bytes;
        if len > limit {
            return Err(Error::TooBig { limit });
        }
        let mut inside = match guarded("workbook", || Ok(Xls::new(bytes.as_mut()))) {
            Ok(Ok(inside)) => inside,
            Ok(Err(e)) => return Err(unopened(e, bytes.as_mut())),
            Err(panicked) => return Err(panicked),
        };
        let sheets = sheets_of(inside.sheets_metadata());
        let gone = |_| Error::Damaged { part: "workbook" };
        let taken = chosen(&sheets, choices, |name| {
            let cells = inside.worksheet_range(name).map_err(gone)?;
            Ok(cells.used_cells().next().is_some())
        })?;
        let formulas = inside.worksheet_formula(&taken).map_err(gone)?;
        Ok(Self {
            cells: inside.worksheet_range(&taken).map_err(gone)?,
            formulas: formulas.used_cells().count() as u64,
            from_1904: inside.has_1904_epoch(),
            sheets,
            taken,
        })
    }

    pub(crate) fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// The sheet that is read, and whether its dates count from 1904.
    pub(crate) fn taken(&self) -> (Option<String>, bool) {
        (Some(self.taken.clone()), self.from_1904)
    }

    /// The rows of the sheet, from the first.
    pub(crate) fn rows(&self, limits: Limits) -> SheetRows<'_> {
        let (row, column) = self.cells.start().unwrap_or_default();
        SheetRows {
            rows: self.cells.rows(),
            line: u64::from(row),
            before: column as usize,
            formulas: self.formulas,
            limits,
        }
    }
}

/// Why a workbook does not open. A container without one in it is asked for what it holds.
fn unopened(e: XlsError, bytes: &mut dyn Bytes) -> Error {
    match e {
        XlsError::Password => Error::Password,
        XlsError::Io(e) => Error::Unreadable(e),
        XlsError::Cfb(_) => inside_of(bytes).unwrap_or(Error::Damaged { part: "container" }),
        _ => Error::Damaged { part: "workbook" },
    }
}

/// What a container holds in the place of a workbook, by the names of its streams. They stand in its directory
/// in UTF-16, wherever that lies.
fn inside_of(bytes: &mut dyn Bytes) -> Option<Error> {
    let mut all = Vec::new();
    bytes.seek(SeekFrom::Start(0)).ok()?;
    bytes.read_to_end(&mut all).ok()?;
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(&all, &name).is_some()
    };
    if has("EncryptedPackage") {
        return Some(Error::Password);
    }
    let is_office = has("WordDocument") || has("PowerPoint Document");
    is_office.then_some(Error::NotATable { is: "office" })
}

/// A sheet that is read row by row.
pub(crate) struct SheetRows<'b> {
    rows: calamine::Rows<'b, Data>,
    /// The row that was read last, from 1.
    line: u64,
    /// Columns in front of the first that says something.
    before: usize,
    formulas: u64,
    limits: Limits,
}

impl Source for SheetRows<'_> {
    fn step(&mut self) -> Result<Option<Step>, Error> {
        let Some(row) = self.rows.next() else {
            return Ok(None);
        };
        self.line += 1;
        let mut cells = vec![Cell::Empty; self.before];
        cells.extend(row.iter().map(|data| cell_of(data, 0)));
        let width = cells.iter().rposition(|cell| !cell.is_empty());
        cells.truncate(width.map_or(0, |last| last + 1));
        let is_long =
            |cell: &Cell| matches!(cell, Cell::Text(text) if text.len() > self.limits.cell_bytes);
        let reason = if cells.len() > self.limits.columns {
            Some(Reason::TooWide)
        } else {
            cells.iter().any(is_long).then_some(Reason::CellTooLong)
        };
        let line = self.line;
        Ok(Some(match reason {
            Some(reason) => Step::Fault(Fault { line, reason }),
            None => Step::Raw(Raw {
                line,
                cells,
                said: 0,
            }),
        }))
    }

    fn seen(&self) -> Seen {
        Seen {
            formulas: self.formulas,
            ..Seen::default()
        }
    }
}
