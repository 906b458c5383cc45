//! XLS (BIFF 5 and 8, MS-XLS): one stream of records, which lies in memory, and is at most as long as
//! [`Limits::workbook_bytes`]. Cells do not: they are read off the records row by row. `calamine` was
//! tried for it, too; it sets memory aside for the rows and columns a sheet says it has, follows chains
//! of sectors that bite their tail, and panics on records that are too short.

mod globals;
mod records;
mod sheet;
mod strings;

use crate::kind::COMPOUND;
use crate::source::{Source, Step};
use crate::{Bytes, Choices, Error, Limits, Sheet};
use globals::Globals;
use sheet::SheetRows;
use std::io::{Read, SeekFrom};

/// A workbook and the sheet of it that is read.
pub(crate) struct Book {
    stream: Vec<u8>,
    globals: Globals,
    sheets: Vec<Sheet>,
    taken: usize,
}

impl Book {
    pub(crate) fn open(bytes: Box<dyn Bytes>, len: u64, choices: &Choices) -> Result<Self, Error> {
        let limit = choices.limits.workbook_bytes;
        if len > limit {
            return Err(Error::TooBig { limit });
        }
        let stream = stream(bytes, limit)?;
        let globals = Globals::read(&stream, choices)?;
        let sized = |(at, sheet): (usize, &Sheet)| {
            let (rows, columns) = sheet::size(&stream, globals.places[at]);
            Sheet {
                rows,
                columns,
                ..sheet.clone()
            }
        };
        let sheets = globals.sheets.iter().enumerate().map(sized).collect();
        let mut book = Self {
            stream,
            globals,
            sheets,
            taken: 0,
        };
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
            let mut rows = self.rows(choices.limits);
            loop {
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
        let name = self.sheets[self.taken].name.clone();
        (Some(name), self.globals.from_1904)
    }

    /// The rows of the sheet, from the first.
    pub(crate) fn rows(&self, limits: Limits) -> SheetRows<'_> {
        let place = self.globals.places[self.taken];
        SheetRows::new(&self.stream, place, &self.globals, limits)
    }
}

/// The records, out of the container if there is one.
fn stream(mut bytes: Box<dyn Bytes>, limit: u64) -> Result<Vec<u8>, Error> {
    let mut stream = Vec::new();
    let mut start = [0; COMPOUND.len()];
    bytes.seek(SeekFrom::Start(0))?;
    bytes.read_exact(&mut start)?;
    bytes.seek(SeekFrom::Start(0))?;
    if start != COMPOUND {
        bytes.take(limit).read_to_end(&mut stream)?;
        return Ok(stream);
    }
    let damaged = |_| Error::Damaged { part: "container" };
    let mut container = cfb::CompoundFile::open(bytes).map_err(damaged)?;
    if container.is_stream("EncryptedPackage") {
        return Err(Error::Password);
    }
    let names = ["Workbook", "Book", "WORKBOOK", "BOOK"];
    let Some(name) = names.iter().find(|name| container.is_stream(name)) else {
        return Err(Error::NotATable { is: "office" });
    };
    let records = container.open_stream(name).map_err(damaged)?;
    records
        .take(limit)
        .read_to_end(&mut stream)
        .map_err(damaged)?;
    Ok(stream)
}

#[cfg(test)]
mod tests;
