//! XLSX, read as a stream: no cell lies in memory but those of one row, whatever a sheet says of its
//! size. `calamine` was tried for it; it sets memory aside for as many texts as a workbook says it has
//! (an abort by a file of a kilobyte), hands numbers on as `f64` (an id of twenty digits loses five),
//! and does not say in which row a cell is at fault.

mod parts;
mod sheet;
mod strings;
mod styles;
mod workbook;
mod xml;

use crate::excel::{Shape, Strings};
use crate::source::{Source, Step};
use crate::{Bytes, Choices, Error, Limits, Sheet};
use parts::Parts;
use sheet::SheetRows;
use workbook::Workbook;

/// Rows that are looked at to find out whether a sheet has any.
const BLANK_ROWS: usize = 10_000;

/// A workbook and the sheet of it that is read.
pub(crate) struct Book {
    parts: Parts,
    strings: Strings,
    styles: Vec<Shape>,
    from_1904: bool,
    sheets: Vec<Sheet>,
    /// Where each sheet lies.
    places: Vec<usize>,
    /// Which of them is read; none of a workbook without sheets.
    taken: usize,
}

impl Book {
    pub(crate) fn open(bytes: Box<dyn Bytes>, choices: &Choices) -> Result<Self, Error> {
        let limits = choices.limits;
        let mut parts = Parts::open(bytes)?;
        let workbook = Workbook::read(&mut parts, limits.workbook_bytes)?;
        let mut book = Self {
            strings: Strings::default(),
            styles: Vec::new(),
            from_1904: workbook.from_1904,
            sheets: Vec::new(),
            places: Vec::new(),
            taken: 0,
            parts,
        };
        if let Some(index) = workbook.strings {
            let xml = book.parts.xml(index, "strings", limits.workbook_bytes)?;
            book.strings = strings::read(xml)?;
        }
        if let Some(index) = workbook.styles {
            let xml = book.parts.xml(index, "styles", limits.workbook_bytes)?;
            book.styles = styles::read(xml)?;
        }
        for (mut sheet, place) in workbook.sheets {
            let xml = book.parts.xml(place, "sheet", limits.inflated_bytes)?;
            (sheet.rows, sheet.columns) = sheet::size(xml)?;
            book.sheets.push(sheet);
            book.places.push(place);
        }
        book.taken = book.choose(choices)?;
        Ok(book)
    }

    /// The sheet that was asked for, or the first with rows: one that is seen before one that is not.
    fn choose(&mut self, choices: &Choices) -> Result<usize, Error> {
        if let Some(name) = &choices.sheet {
            let found = self.sheets.iter().position(|sheet| sheet.name == *name);
            return found.ok_or_else(|| Error::NoSheet {
                sheet: name.clone(),
            });
        }
        let mut order: Vec<usize> = (0..self.sheets.len()).collect();
        order.sort_by_key(|at| self.sheets[*at].is_hidden);
        for at in &order {
            self.taken = *at;
            let mut rows = self.rows(choices.limits)?;
            for _ in 0..BLANK_ROWS {
                match rows.step()? {
                    None => break,
                    Some(Step::Raw(raw)) if raw.width() == 0 => {}
                    Some(_) => return Ok(*at),
                }
            }
        }
        order.first().copied().ok_or(Error::Empty)
    }

    pub(crate) fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// The sheet that is read, and whether its dates count from 1904.
    pub(crate) fn taken(&self) -> (Option<String>, bool) {
        (Some(self.sheets[self.taken].name.clone()), self.from_1904)
    }

    /// The rows of the sheet, from the first.
    pub(crate) fn rows(&mut self, limits: Limits) -> Result<Box<dyn Source + '_>, Error> {
        let place = self.places[self.taken];
        let xml = self.parts.xml(place, "sheet", limits.inflated_bytes)?;
        Ok(Box::new(SheetRows::new(
            xml,
            &self.strings,
            &self.styles,
            self.from_1904,
            limits,
        )))
    }
}

#[cfg(test)]
pub(crate) mod tests;
