//! A table as a source.

use super::{HowToRead, MOST_FAULTS, SourceFault, SourceRead, Take, chosen};
use crate::Deliveries;
use crate::name::last_part;
use crate::profile::Reads;
use crate::reading::Reading;
use crate::recognise::Recogniser;
use crate::suggest::{Suggestion, suggest};
use crate::summary::Summary;
use qinting_table::{Bytes, Cell, Choices, Counts, Damage, Entry, Header, RowKind, Table};
use std::borrow::Cow;

/// Rows that are looked at before the table is read as a whole: they say which profile it is, and whether days or
/// months come first. As many cells at most, and so many rows at least.
const ROWS_LOOKED_AT: usize = 5_000;
const CELLS_LOOKED_AT: usize = 200_000;
const LEAST_LOOKED_AT: usize = 50;
/// Values of a column that a suggestion is made of.
const SAMPLES: usize = 50;

/// How a table was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableRead {
    /// Encoding of a text.
    pub encoding: Option<String>,
    /// What stands between the cells of a text.
    pub delimiter: Option<char>,
    /// Line of the header, from 1.
    pub header: Option<u64>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Sheets there are.
    pub sheets: Vec<String>,
    /// Totals and remarks below, repeated headers.
    pub passed_over: u64,
    /// Rows that could not be read.
    pub unreadable: u64,
    /// The first of these: line and code.
    pub faults: Vec<(u64, &'static str)>,
    /// Rows with a number that lost its digits before it came here; it is not used.
    pub lost_digits: u64,
    /// Rows with a cell that is damaged otherwise.
    pub damaged: u64,
    /// Cells that are formulas; their last results were read.
    pub formulas: u64,
}

pub(super) fn read(
    open: &dyn Fn() -> std::io::Result<Box<dyn Bytes>>,
    how: &HowToRead,
    take: &mut Take<'_>,
) -> Result<SourceRead, SourceFault> {
    let open = |choices: &Choices| {
        let bytes = open().map_err(qinting_table::Error::from)?;
        Opened::of(Table::open(bytes, choices)?)
    };
    let mut opened = open(&how.choices)?;
    let fits = |all: &Recogniser| all.table(opened.heading(), &opened.looked, &how.name);
    let suggested = || opened.suggested(last_part(&how.name));
    let chosen = chosen(how, Reads::Table, fits, suggested)?;
    if chosen.heading_is_record && how.choices.header.is_none() {
        opened = open(&Choices {
            header: Some(Header::None),
            ..how.choices.clone()
        })?;
    }
    let mut reading = Reading::of_table(&chosen.profile, &opened.columns, &how.zone, how.source)?;
    opened.looked.iter().for_each(|row| reading.look(row));
    let mut read = SourceRead::of(chosen);
    read_rows(&mut opened.table, &reading, &mut read, take)?;
    Ok(read)
}

fn read_rows(
    table: &mut Table,
    reading: &Reading,
    read: &mut SourceRead,
    take: &mut Take<'_>,
) -> Result<(), SourceFault> {
    let mut summary = Summary::of_table(reading);
    let mut seen = Deliveries::default();
    let mut faults = Vec::new();
    let mut lost_digits = 0;
    let mut rows = table.rows()?;
    for entry in rows.by_ref() {
        match entry? {
            Entry::Row(row) if row.kind == RowKind::Data => {
                lost_digits += u64::from(row.cells.iter().any(has_lost_digits));
                let cells: Vec<_> = row.cells.iter().map(said).collect();
                let facts = reading.row(row.line, &cells, &mut summary);
                if read.hand_on(&mut seen, facts, take).is_break() {
                    break;
                }
            }
            Entry::Fault(fault) if faults.len() < MOST_FAULTS => {
                faults.push((fault.line, fault.code()));
            }
            Entry::Row(_) | Entry::Fault(_) => {}
        }
    }
    let counts = rows.counts();
    drop(rows);
    read.settle(summary, reading);
    read.table = Some(TableRead {
        faults,
        lost_digits,
        damaged: counts.damaged.saturating_sub(lost_digits),
        ..told_of(table, counts)
    });
    Ok(())
}

/// What a cell says that may be a fact. A number that lost its digits is another one, and no id.
fn said(cell: &Cell) -> Cow<'_, str> {
    match has_lost_digits(cell) {
        true => Cow::Borrowed(""),
        false => cell.text(),
    }
}

fn has_lost_digits(cell: &Cell) -> bool {
    matches!(cell.damage(), Some(Damage::Digits | Damage::Exponent))
}

fn told_of(table: &Table, counts: Counts) -> TableRead {
    let reading = table.reading();
    TableRead {
        encoding: counts.encoding.or(reading.encoding).map(str::to_owned),
        delimiter: reading.delimiter,
        header: reading.header,
        sheet: reading.sheet.clone(),
        sheets: table.sheets().iter().map(|s| s.name.clone()).collect(),
        passed_over: counts.summaries + counts.headers,
        unreadable: counts.faults,
        formulas: counts.formulas,
        ..TableRead::default()
    }
}

/// A table, and what was looked at of it.
struct Opened {
    table: Table,
    /// What its columns are called; two may be called the same.
    columns: Vec<String>,
    /// The first rows of data, as texts.
    looked: Vec<Vec<String>>,
}

impl Opened {
    fn of(mut table: Table) -> Result<Self, SourceFault> {
        let column = |column: &qinting_table::Column| match column.is_named() {
            true => column.said.clone(),
            false => column.name.clone(),
        };
        let columns: Vec<String> = table.columns().iter().map(column).collect();
        let texts = |entry| match entry {
            Entry::Row(row) if row.kind == RowKind::Data => {
                let cells = row.cells.iter();
                Some(cells.map(|cell| said(cell).into_owned()).collect())
            }
            _ => None,
        };
        let rows = CELLS_LOOKED_AT / columns.len().max(1);
        let preview = table.preview(rows.clamp(LEAST_LOOKED_AT, ROWS_LOOKED_AT))?;
        let looked = preview.entries.into_iter().filter_map(texts).collect();
        Ok(Self {
            table,
            columns,
            looked,
        })
    }

    /// What the header says; empty where there is none.
    fn heading(&self) -> &[String] {
        let has_one = self.table.reading().header.is_some();
        if has_one { &self.columns } else { &[] }
    }

    /// A profile for a table nobody knows, by its header and what stands below.
    fn suggested(&self, name: &str) -> Suggestion {
        let columns = self.columns.iter().enumerate().map(|(at, column)| {
            let cells = self.looked.iter().filter_map(|row| row.get(at));
            let said = cells.filter(|cell| !cell.is_empty()).take(SAMPLES);
            (column.clone(), said.cloned().collect())
        });
        let columns: Vec<(String, Vec<String>)> = columns.collect();
        suggest(Reads::Table, name, "", &columns)
    }
}
