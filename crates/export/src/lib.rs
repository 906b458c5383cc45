//! The formats findings leave in: JSON for machines, CSV for spreadsheets, Markdown for readers.
//!
//! No queries and no files here: findings come in as one consistent read, bytes go out.

mod book;
mod guard;
mod json;
pub mod labels;
mod markdown;
pub mod moment;
mod table;
mod told;

#[cfg(test)]
mod sample;

pub use told::told;

use jiff::tz::TimeZone;
use qinting_app::{AppResult, ExportFormat, Findings, FindingsWriter};

/// Writes findings in the time zone of this machine.
pub struct Writer;

impl FindingsWriter for Writer {
    fn write(&self, format: ExportFormat, findings: &Findings) -> AppResult<Vec<u8>> {
        write_in(&TimeZone::system(), format, findings)
    }
    fn zone(&self) -> Option<String> {
        moment::name_of(&TimeZone::system())
    }
}

/// The bytes of an export with calendar times in `zone`.
pub fn write_in(zone: &TimeZone, format: ExportFormat, findings: &Findings) -> AppResult<Vec<u8>> {
    let book = book::Book::new(findings);
    match format {
        ExportFormat::Json => json::write(&book, zone),
        ExportFormat::Csv => table::write(&book, zone),
        ExportFormat::Md => Ok(markdown::write(&book, zone).into_bytes()),
    }
}
