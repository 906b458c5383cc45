//! Why a table cannot be read at all.

use std::io;

/// A table cannot be read, or not any further. Shown as text it is its code: what stands in a table
/// stays there.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The bytes could not be read.
    #[error("table.unreadable")]
    Unreadable(#[source] io::Error),
    /// There is no row in it.
    #[error("table.empty")]
    Empty,
    /// A page for a browser, whatever its name says: systems write one and call it `.xls`.
    #[error("table.html")]
    Html,
    /// No table that can be read here.
    #[error("table.kind")]
    NotATable {
        /// What it is, as far as its first bytes say: `pdf`, `json`, `xml`, `ods`, `xlsb`, `numbers`,
        /// `office`, `biff`, `zip`, `binary`.
        is: &'static str,
    },
    /// A workbook that opens with a password only.
    #[error("table.password")]
    Password,
    /// A workbook whose inside does not hold together.
    #[error("table.damaged")]
    Damaged {
        /// Where: `container`, `workbook`, `strings`, `styles`, `sheet`.
        part: &'static str,
    },
    /// More bytes than are read ([`Limits::bytes`](crate::Limits::bytes), and
    /// [`Limits::workbook_bytes`](crate::Limits::workbook_bytes) of what has to lie in memory).
    #[error("table.too_big")]
    TooBig {
        /// The bytes that are read at most.
        limit: u64,
    },
    /// A workbook that swells beyond [`Limits::inflated_bytes`](crate::Limits::inflated_bytes).
    #[error("table.inflates")]
    Inflates {
        /// The bytes that are unpacked at most.
        limit: u64,
    },
    /// A workbook made of more parts, or with more sheets, than anybody writes.
    #[error("table.parts")]
    Parts {
        /// The parts that are looked at.
        limit: usize,
    },
    /// A header with more columns than are read.
    #[error("table.columns")]
    Columns {
        /// The columns that are read at most.
        limit: usize,
    },
    /// More rows than were asked for at most.
    #[error("table.rows")]
    Rows {
        /// The rows that are read at most.
        limit: u64,
    },
    /// An encoding was asked for that nobody knows.
    #[error("table.encoding")]
    EncodingUnknown {
        /// The name that was given.
        encoding: String,
    },
    /// A delimiter was asked for that is none: a letter, a digit, a quote, or beyond ASCII.
    #[error("table.delimiter")]
    Delimiter {
        /// The delimiter that was given.
        delimiter: char,
    },
    /// Quotes that open and do not close, time and again: this text is not quoted
    /// ([`Choices::quotes`](crate::Choices::quotes)).
    #[error("table.quotes")]
    Quotes {
        /// The line that was come to.
        line: u64,
    },
    /// A sheet was asked for that the workbook has not.
    #[error("table.sheet")]
    NoSheet {
        /// The name that was given.
        sheet: String,
    },
    /// No row begins at the line that was to be the header.
    #[error("table.header")]
    NoHeader {
        /// The line that was given, from 1.
        line: u64,
    },
}

impl Error {
    /// The code it crosses a border as.
    pub fn code(&self) -> String {
        self.to_string()
    }

    /// What its wording needs beside the code.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Unreadable(_) | Self::Empty | Self::Html | Self::Password => Vec::new(),
            Self::NotATable { is } => vec![("is", (*is).to_owned())],
            Self::Damaged { part } => vec![("part", (*part).to_owned())],
            Self::TooBig { limit } | Self::Inflates { limit } | Self::Rows { limit } => {
                vec![("limit", limit.to_string())]
            }
            Self::Parts { limit } | Self::Columns { limit } => vec![("limit", limit.to_string())],
            Self::EncodingUnknown { encoding } => vec![("encoding", encoding.clone())],
            Self::Delimiter { delimiter } => vec![("delimiter", delimiter.to_string())],
            Self::Quotes { line } | Self::NoHeader { line } => vec![("line", line.to_string())],
            Self::NoSheet { sheet } => vec![("sheet", sheet.clone())],
        }
    }
}

impl From<io::Error> for Error {
    fn from(e: io::Error) -> Self {
        Self::Unreadable(e)
    }
}
