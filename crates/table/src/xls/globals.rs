//! What an XLS says for all its sheets.

use super::records::{Record, continued, kind};
use super::strings::{Writing, of_code_page, shared};
use crate::excel::{Shape, Strings};
use crate::limits::PARTS;
use crate::{Choices, Error, Sheet};
use encoding_rs::Encoding;
use std::collections::HashMap;

/// A stream that begins with a sheet (MS-XLS 2.4.21).
const SHEET: u16 = 0x0010;
/// The version of BIFF 8 in the record that begins it.
const BIFF_8: u16 = 0x0600;

pub(super) struct Globals {
    pub(super) writing: Writing,
    pub(super) strings: Strings,
    /// What each cell format makes of a number.
    pub(super) shapes: Vec<Shape>,
    pub(super) from_1904: bool,
    pub(super) sheets: Vec<Sheet>,
    /// Where each sheet begins.
    pub(super) places: Vec<usize>,
}

impl Globals {
    pub(super) fn read(stream: &[u8], choices: &Choices) -> Result<Self, Error> {
        let damaged = || Error::Damaged { part: "workbook" };
        let begin = Record::at(stream, 0)
            .filter(|record| record.kind == kind::BEGIN)
            .ok_or_else(damaged)?;
        let mut globals = Self {
            writing: Writing {
                is_biff8: begin.u16(0) == Some(BIFF_8),
                encoding: chosen(choices)?,
            },
            strings: Strings::default(),
            shapes: Vec::new(),
            from_1904: false,
            sheets: Vec::new(),
            places: Vec::new(),
        };
        if begin.u16(2) == Some(SHEET) {
            // The one sheet of a stream that is nothing else has no name.
            globals.sheets.push(sheet("Sheet1".to_owned(), false));
            globals.places.push(0);
            return Ok(globals);
        }
        let mut formats = HashMap::new();
        let mut numbers = Vec::new();
        let mut at = begin.next;
        while let Some(record) = Record::at(stream, at).filter(|r| r.kind != kind::END) {
            at = record.next;
            match record.kind {
                kind::PASSWORD => return Err(Error::Password),
                kind::CODE_PAGE if choices.encoding.is_none() => {
                    globals.writing.encoding = record.u16(0).and_then(of_code_page);
                }
                kind::SINCE_1904 => globals.from_1904 = record.u16(0) == Some(1),
                kind::FORMAT => formats.extend(globals.format(&record)),
                kind::CELL_FORMAT => numbers.extend(record.u16(2)),
                kind::SHEET => globals.sheet(&record),
                kind::STRINGS => {
                    let (pieces, next) = continued(stream, record);
                    globals.strings = shared(pieces);
                    at = next;
                }
                _ => {}
            }
            if globals.sheets.len() > PARTS {
                return Err(Error::Parts { limit: PARTS });
            }
        }
        let shape = |number: u16| match formats.get(&number) {
            Some(shape) => *shape,
            None => Shape::built_in(number),
        };
        globals.shapes = numbers.into_iter().map(shape).collect();
        Ok(globals)
    }

    fn format(&self, record: &Record<'_>) -> Option<(u16, Shape)> {
        let length_bytes = if self.writing.is_biff8 { 2 } else { 1 };
        let code = self.writing.text(record.data.get(2..)?, length_bytes)?;
        Some((record.u16(0)?, Shape::of(&code)))
    }

    /// Takes a sheet on, unless it is a chart or a macro.
    fn sheet(&mut self, record: &Record<'_>) {
        let name = record
            .data
            .get(6..)
            .and_then(|data| self.writing.text(data, 1));
        let place = record.u32(0).and_then(|at| usize::try_from(at).ok());
        if let (Some(name), Some(place), Some(0)) = (name, place, record.u8(5)) {
            let is_hidden = record.u8(4).is_some_and(|state| state & 3 != 0);
            self.sheets.push(sheet(name.replace('\0', ""), is_hidden));
            self.places.push(place);
        }
    }
}

fn sheet(name: String, is_hidden: bool) -> Sheet {
    Sheet {
        name,
        rows: None,
        columns: None,
        is_hidden,
    }
}

/// The encoding a caller chose, for texts before BIFF 8.
fn chosen(choices: &Choices) -> Result<Option<&'static Encoding>, Error> {
    choices
        .encoding
        .as_deref()
        .map(crate::text::named)
        .transpose()
}
