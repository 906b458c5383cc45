//! Formats of zeros alone (`00000000000`), which is how people keep the zeros in front of an id.

use super::xlsx::damaged;
use crate::Error;
use calamine::{Style, XlsxCellReader};
use std::collections::HashMap;
use std::io::{Read, Seek};

/// Stretches that are kept in mind. A column has one or two.
const MOST: usize = 1 << 20;

/// Which cells of a sheet ask for how many digits.
#[derive(Default)]
pub(super) struct Zeros {
    /// By column: from row to row, and digits; in the order of the rows.
    columns: HashMap<u32, Vec<(u32, u32, u8)>>,
}

impl Zeros {
    /// Reads them off a sheet, if the workbook has such formats at all.
    pub(super) fn of<R: Read + Seek>(mut cells: XlsxCellReader<'_, R>) -> Result<Self, Error> {
        let formats: Vec<u8> = cells.styles().iter().map(digits).collect();
        let mut zeros = Self::default();
        if formats.iter().all(|digits| *digits == 0) {
            return Ok(zeros);
        }
        let mut stretches = 0;
        while let Some((row, column, style)) = cells.next_style_id().map_err(damaged)? {
            let digits = formats.get(style).copied().unwrap_or_default();
            if digits == 0 {
                continue;
            }
            let column = zeros.columns.entry(column).or_default();
            match column.last_mut() {
                Some((_, to, same)) if *same == digits && to.checked_add(1) == Some(row) => {
                    *to = row;
                }
                _ => {
                    stretches += 1;
                    column.push((row, row, digits));
                }
            }
            if stretches > MOST {
                return Err(Error::Damaged { part: "styles" });
            }
        }
        Ok(zeros)
    }

    /// Digits a cell asks for; 0: none.
    pub(super) fn at(&self, row: u32, column: u32) -> usize {
        let Some(stretches) = self.columns.get(&column) else {
            return 0;
        };
        let next = stretches.partition_point(|(from, _, _)| *from <= row);
        let before = next.checked_sub(1).and_then(|at| stretches.get(at));
        before
            .filter(|(_, to, _)| row <= *to)
            .map_or(0, |(_, _, digits)| usize::from(*digits))
    }
}

/// Digits a format asks for, where it is zeros alone.
fn digits(style: &Style) -> u8 {
    let code = style
        .number_format
        .as_ref()
        .map_or("", |format| format.format_code.as_str());
    if code.len() > 1 && code.bytes().all(|b| b == b'0') {
        u8::try_from(code.len()).unwrap_or_default()
    } else {
        0
    }
}
