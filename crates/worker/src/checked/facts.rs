//! What a worker says it read in a table or a side-car.

use super::{Broken, Kept, MOST_NAME, MOST_TEXT, hold, is_text};
use crate::wire::News;
use qinting_desk::FactsRow;
use qinting_domain::FactValue;
use qinting_facts::SourceTold;

/// Most rows in one piece of news, and faults of one row.
const MOST_ROWS: usize = 1_000;
const MOST_FAULTS: usize = 100;

/// Rows of the source that was asked about.
pub(crate) fn rows(news: News, source: u32) -> Kept<Vec<FactsRow>> {
    let News::Facts { rows } = news else {
        return Err(Broken("facts"));
    };
    hold(rows.len() <= MOST_ROWS, "rows that can be counted")?;
    rows.iter().try_for_each(|row| of_source(row, source))?;
    Ok(rows)
}

fn of_source(row: &FactsRow, source: u32) -> Kept<()> {
    let FactsRow { facts, instead_of } = row;
    let mut origins = instead_of.iter().chain([&facts.origin]);
    hold(
        origins.all(|origin| origin.source == source),
        "the source it reads",
    )?;
    hold(
        facts.known.iter().all(|(key, value)| value.fits(*key)),
        "values of their facts",
    )?;
    let mut texts = facts.known.values().filter_map(|value| match value {
        FactValue::Text(text) => Some(text),
        _ => None,
    });
    hold(
        texts.all(|text| is_text(text, MOST_TEXT)),
        "facts of a bounded length",
    )?;
    hold(
        facts.faults.len() <= MOST_FAULTS,
        "faults that can be counted",
    )?;
    let mut raw = facts.faults.iter().map(|fault| &fault.raw);
    hold(
        raw.all(|raw| is_text(raw, MOST_NAME)),
        "faults of a bounded length",
    )
}

/// The end of a source.
pub(crate) fn told(news: News) -> Kept<SourceTold> {
    match news {
        News::FactsRead { told } => Ok(*told),
        _ => Err(Broken("the end of the facts")),
    }
}
