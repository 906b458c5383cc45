//! XLSX, read as a stream: no cell lies in memory but those of one row, whatever a sheet says of its size.
//! The texts of its cells do, and are bounded ([`Limits::workbook_bytes`]).

use super::zeros::Zeros;
use super::{cell_of, chosen, container, guarded, sheets_of};
use crate::limits::{LEAST_CELL_BYTES, SHEET_ROWS};
use crate::source::{Raw, Seen, Source, Step};
use crate::{Bytes, Cell, Choices, Damage, Error, Fault, Limits, Reason, Sheet};
use calamine::{Data, Reader, Xlsx, XlsxCellReader, XlsxError};

/// Cells that are looked at to find out whether a sheet has rows.
const BLANK_CELLS: usize = 100_000;

/// A workbook and the sheet of it that is read.
pub(crate) struct Book {
    inside: Xlsx<Box<dyn Bytes>>,
    sheets: Vec<Sheet>,
    /// Which of them is read.
    taken: String,
    zeros: Zeros,
}

impl Book {
    pub(crate) fn open(
        mut bytes: Box<dyn Bytes>,
        len: u64,
        choices: &Choices,
    ) -> Result<Self, Error> {
        container::look(bytes.as_mut(), len, choices.limits)?;
        let mut inside = guarded("workbook", || Xlsx::new(bytes).map_err(unopened))?;
        let sheets = sheets_of(inside.sheets_metadata());
        let taken = chosen(&sheets, choices, |name| has_rows(&mut inside, name))?;
        let zeros = guarded("sheet", || Zeros::of(cells(&mut inside, &taken)?))?;
        Ok(Self {
            inside,
            sheets,
            taken,
            zeros,
        })
    }

    pub(crate) fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// The sheet that is read, and whether its dates count from 1904.
    pub(crate) fn taken(&self) -> (Option<String>, bool) {
        (Some(self.taken.clone()), self.inside.has_1904_epoch())
    }

    /// The rows of the sheet, from the first.
    pub(crate) fn rows(&mut self, limits: Limits) -> Result<SheetRows<'_>, Error> {
        let cells = guarded("sheet", || cells(&mut self.inside, &self.taken))?;
        Ok(SheetRows {
            cells,
            zeros: &self.zeros,
            limits,
            cells_left: limits.inflated_bytes / LEAST_CELL_BYTES,
            waiting: None,
            is_unsure: false,
            line: 0,
            formulas: 0,
            has_ended: false,
        })
    }
}

fn cells<'b>(
    inside: &'b mut Xlsx<Box<dyn Bytes>>,
    sheet: &str,
) -> Result<XlsxCellReader<'b, Box<dyn Bytes>>, Error> {
    inside.worksheet_cells_reader(sheet).map_err(damaged)
}

fn has_rows(inside: &mut Xlsx<Box<dyn Bytes>>, sheet: &str) -> Result<bool, Error> {
    guarded("sheet", || {
        let mut cells = cells(inside, sheet)?;
        for _ in 0..BLANK_CELLS {
            match cells.next_cell() {
                Ok(None) => return Ok(false),
                Ok(Some(cell)) if cell_of(&Data::from(cell.get_value().clone()), 0).is_empty() => {}
                Ok(Some(_)) => return Ok(true),
                Err(e) if is_of_cell(&e) => return Ok(true),
                Err(e) => return Err(damaged(e)),
            }
        }
        Ok(false)
    })
}

/// Why a workbook does not open.
fn unopened(e: XlsxError) -> Error {
    match e {
        XlsxError::Password => Error::Password,
        XlsxError::Io(e) => Error::Unreadable(e),
        _ => Error::Damaged { part: "workbook" },
    }
}

/// Why a sheet cannot be read any further.
pub(super) fn damaged(e: XlsxError) -> Error {
    match e {
        XlsxError::Io(e) => Error::Unreadable(e),
        _ => Error::Damaged { part: "sheet" },
    }
}

/// Whether one cell says what no workbook says, and the next one can be read all the same.
fn is_of_cell(e: &XlsxError) -> bool {
    matches!(
        e,
        XlsxError::ParseFloat(_)
            | XlsxError::ParseInt(_)
            | XlsxError::CellTAttribute(_)
            | XlsxError::CellError(_)
            | XlsxError::Unexpected(_)
            | XlsxError::Unrecognized { .. }
    )
}

/// A cell, and where it stands, from 0.
struct Placed {
    row: u32,
    column: usize,
    cell: Cell,
}

/// What comes next in a sheet.
enum Met {
    Cell(Placed),
    /// A cell that cannot be read. Where it stands is not told: somewhere between the cells before and
    /// behind it.
    Unreadable,
    End,
}

/// A sheet that is read row by row.
pub(crate) struct SheetRows<'b> {
    cells: XlsxCellReader<'b, Box<dyn Bytes>>,
    zeros: &'b Zeros,
    limits: Limits,
    /// How many cells may still come: a sheet of so many bytes has no more.
    cells_left: u64,
    /// The first cell of the next row.
    waiting: Option<Placed>,
    /// A cell that cannot be read came behind the last one that can: it may be of the next row.
    is_unsure: bool,
    /// The row that was read last, from 1.
    line: u64,
    formulas: u64,
    has_ended: bool,
}

impl SheetRows<'_> {
    fn advance(&mut self) -> Result<Met, Error> {
        if self.has_ended {
            return Ok(Met::End);
        }
        self.cells_left = self.cells_left.checked_sub(1).ok_or(Error::Inflates {
            limit: self.limits.inflated_bytes,
        })?;
        let next = match self.cells.next_cell_with_formula_metadata() {
            Ok(None) => {
                self.has_ended = true;
                return Ok(Met::End);
            }
            Err(e) if is_of_cell(&e) => return Ok(Met::Unreadable),
            Err(e) => return Err(damaged(e)),
            Ok(Some(next)) => next,
        };
        let (row, column) = next.pos;
        if row >= SHEET_ROWS {
            return Err(Error::Damaged { part: "sheet" });
        }
        let data = Data::from(next.value);
        let is_formula = next.formula.is_some();
        self.formulas += u64::from(is_formula);
        // The last result of a formula may be an empty text, and then it says so.
        let cell = if is_formula && data == Data::Empty {
            Cell::Damaged {
                text: String::new(),
                damage: Damage::NotCalculated,
            }
        } else {
            cell_of(&data, self.zeros.at(row, column))
        };
        Ok(Met::Cell(Placed {
            row,
            column: column as usize,
            cell,
        }))
    }

    fn row(&mut self) -> Result<Option<Step>, Error> {
        let mut cells: Vec<Cell> = Vec::new();
        let mut row = None;
        let mut reason = std::mem::take(&mut self.is_unsure).then_some(Reason::Cell);
        loop {
            let met = match self.waiting.take() {
                Some(placed) => Met::Cell(placed),
                None => self.advance()?,
            };
            match met {
                Met::End => break,
                Met::Unreadable => {
                    reason = Some(Reason::Cell);
                    self.is_unsure = true;
                }
                Met::Cell(placed) if row.is_some_and(|row| row != placed.row) => {
                    self.waiting = Some(placed);
                    break;
                }
                Met::Cell(placed) => {
                    row = Some(placed.row);
                    self.is_unsure = false;
                    reason = reason.or(self.put(&mut cells, placed));
                }
            }
        }
        if row.is_none() && reason.is_none() {
            return Ok(None);
        }
        // A row of nothing but cells that cannot be read stands behind the last one.
        self.is_unsure &= row.is_some();
        let line = row.map_or(self.line + 1, |row| u64::from(row) + 1);
        self.line = line;
        Ok(Some(match reason {
            Some(reason) => Step::Fault(Fault { line, reason }),
            None => Step::Raw(Raw {
                line,
                cells,
                said: 0,
            }),
        }))
    }

    /// Puts a cell where it stands; what stood there before gives way.
    fn put(&self, cells: &mut Vec<Cell>, Placed { column, cell, .. }: Placed) -> Option<Reason> {
        if cell.is_empty() {
            return None;
        }
        if column >= self.limits.columns {
            return Some(Reason::TooWide);
        }
        if matches!(&cell, Cell::Text(text) if text.len() > self.limits.cell_bytes) {
            return Some(Reason::CellTooLong);
        }
        if cells.len() <= column {
            cells.resize(column + 1, Cell::Empty);
        }
        cells[column] = cell;
        None
    }
}

impl Source for SheetRows<'_> {
    fn step(&mut self) -> Result<Option<Step>, Error> {
        guarded("sheet", || self.row())
    }

    fn seen(&self) -> Seen {
        Seen {
            formulas: self.formulas,
            ..Seen::default()
        }
    }
}
