//! A table as a source.

use super::{
    ChosenBy, HowToRead, MOST_FAULTS, Seen, SourceFault, SourceKind, SourceTold, TableTold, chosen,
};
use crate::Delivery;
use crate::profile::{Profile, Reads};
use crate::reading::Reading;
use crate::recognise::recognise_table;
use crate::suggest::suggest;
use crate::summary::Summary;
use qinting_domain::ContactFacts;
use qinting_table::{Bytes, Cell, Choices, Counts, Entry, Header, RowKind, Table};

/// Rows that are looked at before the table is read as a whole: they say which profile it is, and whether days or
/// months come first.
const ROWS_LOOKED_AT: usize = 5_000;
/// Values of a column that a suggestion is made of.
const SAMPLES: usize = 50;

pub(super) fn read(
    open: &dyn Fn() -> std::io::Result<Box<dyn Bytes>>,
    how: &HowToRead,
    take: &mut dyn FnMut(ContactFacts, Delivery),
) -> Result<SourceTold, SourceFault> {
    let ways = &how.ways;
    let header = ways.header.map(|line| match line {
        0 => Header::None,
        line => Header::Line(line),
    });
    let mut choices = Choices {
        encoding: ways.encoding.clone(),
        delimiter: ways.delimiter,
        header,
        sheet: ways.sheet.clone(),
        ..Choices::default()
    };
    let open = |choices: &Choices| {
        let bytes = open().map_err(qinting_table::Error::from)?;
        Opened::of(Table::open(bytes, choices)?)
    };
    let mut opened = open(&choices)?;
    let fits = |all: &[Profile]| {
        let heading = opened.heading();
        recognise_table(all, heading, &opened.looked, &how.name)
    };
    let by_record = |all: &[Profile]| fits(all).first().is_some_and(|fit| fit.heading_is_record);
    let (profile, by, others) = chosen(how, |all| {
        fits(all).into_iter().map(|fit| fit.profile).collect()
    });
    // What was taken for the header is the first record.
    let is_record =
        (profile.as_ref()).is_some_and(|profile| by_record(std::slice::from_ref(profile)));
    if is_record && header.is_none() {
        choices.header = Some(Header::None);
        opened = open(&choices)?;
    }
    let (profile, by) = match profile {
        Some(profile) => (profile, by),
        None => (opened.suggested(&how.name), ChosenBy::Suggested),
    };
    let mut reading = Reading::of_table(&profile, &opened.columns, &how.zone, how.source)?;
    opened.looked.iter().for_each(|row| reading.look(row));
    let mut told = SourceTold::of(SourceKind::Table, &profile, by, others);
    read_rows(&mut opened.table, &reading, how, &mut told, take)?;
    Ok(told)
}

fn read_rows(
    table: &mut Table,
    reading: &Reading,
    how: &HowToRead,
    told: &mut SourceTold,
    take: &mut dyn FnMut(ContactFacts, Delivery),
) -> Result<(), SourceFault> {
    let mut summary = Summary::of_table(reading);
    let mut seen = Seen::default();
    let mut faults = Vec::new();
    let mut rows = table.rows()?;
    for entry in rows.by_ref() {
        match entry? {
            Entry::Row(row) if row.kind == RowKind::Data => {
                let cells: Vec<_> = row.cells.iter().map(Cell::text).collect();
                let facts = reading.row(row.line, &cells, &mut summary);
                seen.hand_on(how, facts, told, take);
            }
            Entry::Fault(fault) if faults.len() < MOST_FAULTS => {
                faults.push((fault.line, fault.code().to_owned()));
            }
            Entry::Row(_) | Entry::Fault(_) => {}
        }
    }
    let counts = rows.counts();
    drop(rows);
    told.settle(&summary, reading);
    told.table = Some(told_of(table, counts, faults));
    Ok(())
}

fn told_of(table: &Table, counts: Counts, faults: Vec<(u64, String)>) -> TableTold {
    let reading = table.reading();
    TableTold {
        encoding: counts.encoding.or(reading.encoding).map(str::to_owned),
        delimiter: reading.delimiter,
        header: reading.header,
        above: reading.above.clone(),
        sheet: reading.sheet.clone(),
        sheets: table.sheets().iter().map(|s| s.name.clone()).collect(),
        passed_over: counts.summaries + counts.headers,
        unreadable: counts.faults,
        faults,
        damaged: counts.damaged,
        formulas: counts.formulas,
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
        let columns = table.columns().iter().map(column).collect();
        let texts = |entry| match entry {
            Entry::Row(row) if row.kind == RowKind::Data => {
                let cells = row.cells.iter();
                Some(cells.map(|cell| cell.text().into_owned()).collect())
            }
            _ => None,
        };
        let preview = table.preview(ROWS_LOOKED_AT)?;
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
    fn suggested(&self, name: &str) -> Profile {
        let columns = self.columns.iter().enumerate().map(|(at, column)| {
            let cells = self.looked.iter().filter_map(|row| row.get(at));
            let said = cells.filter(|cell| !cell.is_empty()).take(SAMPLES);
            (column.clone(), said.cloned().collect())
        });
        let columns: Vec<(String, Vec<String>)> = columns.collect();
        suggest(Reads::Table, name, "", &columns).profile
    }
}
