//! What XLSX and XLS have in common: texts kept once, number formats, and the dates that numbers are shown
//! as.

mod format;
mod serial;
mod strings;

pub(crate) use format::Shape;
pub(crate) use strings::Strings;

use crate::Cell;
use crate::cell;
use serial::of_serial;

/// A number of an XLSX, shown as its format says. `None`: it is no number.
pub(crate) fn of_raw(raw: &str, shape: Shape, from_1904: bool) -> Option<Cell> {
    if shape.is_time() {
        let value: f64 = raw.trim().parse().ok().filter(|v: &f64| v.is_finite())?;
        if let Some(cell) = of_serial(value, shape, from_1904) {
            return Some(cell);
        }
    }
    cell::of_raw(raw, shape.zeros())
}

/// The same of an XLS, which has numbers as numbers.
pub(crate) fn of_f64(value: f64, shape: Shape, from_1904: bool) -> Cell {
    let is_moment = shape.is_time() && value.is_finite();
    is_moment
        .then(|| of_serial(value, shape, from_1904))
        .flatten()
        .unwrap_or_else(|| cell::of_f64(value, shape.zeros()))
}

/// A cell and its column, from 0.
pub(crate) struct Placed {
    pub(crate) column: usize,
    pub(crate) cell: Cell,
}

/// Cells of a row in the order of their columns, with what is missing between them.
#[derive(Default)]
pub(crate) struct Line {
    cells: Vec<Cell>,
}

impl Line {
    /// Puts a cell where it stands; what stood there before gives way. An empty one only counts where
    /// something follows.
    pub(crate) fn put(&mut self, placed: Placed) {
        if placed.cell.is_empty() {
            return;
        }
        if self.cells.len() <= placed.column {
            self.cells.resize(placed.column + 1, Cell::Empty);
        }
        self.cells[placed.column] = placed.cell;
    }

    pub(crate) fn take(&mut self) -> Vec<Cell> {
        std::mem::take(&mut self.cells)
    }
}
