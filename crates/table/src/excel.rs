//! Workbooks, read by `calamine`. It believes what a file says of itself: it sets memory aside for as many
//! texts and cells as a workbook claims, and panics on records that are too short. So a workbook is held
//! against bounds before it is opened ([`container`]), a panic is a damaged workbook, and whoever reads
//! files of strangers does it in a process that is bounded.

mod container;
mod serial;
mod xls;
mod xlsx;
mod zeros;

pub(crate) use xls::Book as Xls;
pub(crate) use xlsx::Book as Xlsx;

use crate::{Cell, Choices, Error, Sheet, cell};
use calamine::{Data, SheetType, SheetVisible};
use jiff::civil::{Date, DateTime};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a value of a workbook is as a cell. `zeros`: digits its format asks for.
fn cell_of(data: &Data, zeros: usize) -> Cell {
    match data {
        Data::Empty => Cell::Empty,
        Data::Int(value) => cell::of_f64(*value as f64, zeros),
        Data::Float(value) if value.is_finite() => cell::of_f64(*value, zeros),
        Data::Float(_) => Cell::Error("#NUM!".to_owned()),
        Data::String(text) => cell::of_text(text),
        Data::Bool(yes) => Cell::Boolean(*yes),
        Data::DateTime(at) => {
            serial::of_serial(*at).unwrap_or_else(|| cell::of_f64(at.as_f64(), zeros))
        }
        Data::DateTimeIso(said) | Data::DurationIso(said) => iso(said.trim()),
        Data::Error(error) => Cell::Error(error.to_string()),
    }
}

/// A date that is written out, as strict workbooks have it.
fn iso(said: &str) -> Cell {
    let said = said.strip_suffix('Z').unwrap_or(said);
    if let Some(date) = said.parse::<Date>().ok().filter(|_| said.len() == 10) {
        return Cell::Date(date);
    }
    match said.parse::<DateTime>() {
        Ok(at) => Cell::DateTime(at),
        Err(_) => cell::of_text(said),
    }
}

/// The sheets that have rows, in their order.
fn sheets_of(all: &[calamine::Sheet]) -> Vec<Sheet> {
    let tables = all.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    tables
        .map(|sheet| Sheet {
            name: sheet.name.clone(),
            is_hidden: sheet.visible != SheetVisible::Visible,
        })
        .collect()
}

/// The sheet that was asked for, or the first with rows: one that is seen before one that is not. Where none
/// has any, the first.
fn chosen(
    sheets: &[Sheet],
    choices: &Choices,
    mut has_rows: impl FnMut(&str) -> Result<bool, Error>,
) -> Result<String, Error> {
    if let Some(name) = &choices.sheet {
        let is_there = sheets.iter().any(|sheet| sheet.name == *name);
        return is_there
            .then(|| name.clone())
            .ok_or_else(|| Error::NoSheet {
                sheet: name.clone(),
            });
    }
    let mut order: Vec<&Sheet> = sheets.iter().collect();
    order.sort_by_key(|sheet| sheet.is_hidden);
    for sheet in &order {
        if has_rows(&sheet.name)? {
            return Ok(sheet.name.clone());
        }
    }
    let first = order.first().ok_or(Error::Empty)?;
    Ok(first.name.clone())
}

/// Runs the foreign reader; a panic in it is a damaged workbook.
fn guarded<T>(part: &'static str, read: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(Error::Damaged { part }))
}

#[cfg(test)]
mod tests;
