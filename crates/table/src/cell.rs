//! What a cell says.

mod number;
mod said;

pub(crate) use number::of_f64;
pub(crate) use said::{is_padding, of_text, trimmed};

use jiff::civil::{Date, DateTime};
use std::borrow::Cow;

/// A cell: what it says, and of which type where the table knows types (a sheet does, a text does not).
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text, without the blanks around it and without what keeps Excel from reading it as a number
    /// (`="139…"`, a tab or an apostrophe in front).
    Text(String),
    /// A number of a sheet.
    Number {
        /// As the cell says it, without an exponent: an id keeps its digits, and the zeros in front that
        /// the cell's format asks for.
        text: String,
        /// Its value, which has 15 digits that can be relied on.
        value: f64,
    },
    /// A day of a sheet.
    Date(Date),
    /// A day with a time, as a clock somewhere showed it: a sheet knows no zone.
    DateTime(DateTime),
    /// A stretch of time in milliseconds; a time of day, too, which a sheet keeps the same way.
    Duration(i64),
    /// Yes or no.
    Boolean(bool),
    /// An error of a formula: `#N/A`.
    Error(String),
    /// What does not say any more what it once said.
    Damaged {
        /// What is left of it.
        text: String,
        /// What happened to it.
        damage: Damage,
    },
}

/// What happened to a cell before it came here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// A long number was written with an exponent (`1.39E+10`): digits are lost.
    Exponent,
    /// A number longer than the 15 digits a sheet keeps: the digits behind them are zeros, or unsure.
    Digits,
    /// The column was too narrow when the sheet was saved as text (`########`).
    Hashes,
    /// Bytes in it are no character of the table's encoding.
    Encoding,
    /// A quote opened in it and did not close: it is taken to end with its line.
    Quote,
    /// A formula nobody has calculated.
    NotCalculated,
}

impl Cell {
    /// What it says as text: a date as `2023-11-15`, with its time as `2023-11-15 06:13:20`, a duration
    /// as `00:05:10`.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text)
            | Self::Number { text, .. }
            | Self::Error(text)
            | Self::Damaged { text, .. } => Cow::Borrowed(text),
            Self::Date(date) => Cow::Owned(date.to_string()),
            Self::DateTime(at) => Cow::Owned(moment(*at)),
            Self::Duration(ms) => Cow::Owned(duration(*ms)),
            Self::Boolean(yes) => Cow::Borrowed(if *yes { "TRUE" } else { "FALSE" }),
        }
    }

    /// Whether it says nothing. A formula that nobody has calculated says something.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// What happened to it, if something did.
    pub fn damage(&self) -> Option<Damage> {
        match self {
            Self::Damaged { damage, .. } => Some(*damage),
            _ => None,
        }
    }
}

fn moment(at: DateTime) -> String {
    let text = at.strftime("%Y-%m-%d %H:%M:%S").to_string();
    with_ms(text, at.millisecond().unsigned_abs().into())
}

fn duration(ms: i64) -> String {
    let sign = if ms < 0 { "-" } else { "" };
    let all = ms.unsigned_abs();
    let (seconds, ms) = (all / 1000, all % 1000);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    with_ms(format!("{sign}{hours:02}:{minutes:02}:{seconds:02}"), ms)
}

fn with_ms(text: String, ms: u64) -> String {
    if ms == 0 {
        text
    } else {
        format!("{text}.{ms:03}")
    }
}

#[cfg(test)]
mod tests;
