//! Whole tables, as people and systems give them.

mod anything;
mod bounds;
mod look_alikes;
mod shared;
mod vendors;

use crate::{Choices, Entry, Fault, Row, Table};
use encoding_rs::GB18030;
use std::io::Cursor;

/// A table that opens.
pub(crate) fn table(bytes: impl Into<Vec<u8>>) -> Table {
    table_with(bytes, &Choices::default())
}

/// A table that opens as it is said to be.
pub(crate) fn table_with(bytes: impl Into<Vec<u8>>, choices: &Choices) -> Table {
    Table::open(Cursor::new(bytes.into()), choices).expect("a table")
}

/// The code a table is refused with.
pub(crate) fn refused(bytes: impl Into<Vec<u8>>, choices: &Choices) -> String {
    match Table::open(Cursor::new(bytes.into()), choices) {
        Err(e) => e.code(),
        Ok(mut table) => {
            let mut rows = table.rows().expect("rows");
            let error = rows.find_map(Result::err);
            error.expect("an error").code()
        }
    }
}

/// All rows of a table, and its faults.
pub(crate) fn all(table: &mut Table) -> (Vec<Row>, Vec<Fault>) {
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for entry in table.rows().expect("rows") {
        match entry.expect("nothing ends it") {
            Entry::Row(row) => rows.push(row),
            Entry::Fault(fault) => faults.push(fault),
        }
    }
    (rows, faults)
}

/// What the cells of a row say.
pub(crate) fn said(row: &Row) -> Vec<String> {
    row.cells
        .iter()
        .map(|cell| cell.text().into_owned())
        .collect()
}

/// What the cells of each row say, one line a row.
pub(crate) fn lines(table: &mut Table) -> Vec<String> {
    all(table).0.iter().map(|row| said(row).join("|")).collect()
}

/// What the columns are called.
pub(crate) fn names(table: &Table) -> Vec<&str> {
    table
        .columns()
        .iter()
        .map(|column| column.name.as_str())
        .collect()
}

/// Text as Chinese Windows writes it.
pub(crate) fn gbk(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

/// Text in UTF-16.
pub(crate) fn utf16(text: &str, half: fn(u16) -> [u8; 2], mark: bool) -> Vec<u8> {
    let mark = mark.then_some(0xFEFF);
    mark.into_iter()
        .chain(text.encode_utf16())
        .flat_map(half)
        .collect()
}
