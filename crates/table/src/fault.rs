//! Why one row cannot be read, while the others can.

/// A row that could not be read. The reading goes on behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line of the text, or row of the sheet, it begins at, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A quote opens in it that does not close, or not where a cell ends, and its line is no row of the
    /// table either. The lines after it are read as rows of their own.
    QuoteOpen,
    /// Longer than [`Limits::row_bytes`](crate::Limits::row_bytes).
    RowTooLong,
    /// It has a cell longer than [`Limits::cell_bytes`](crate::Limits::cell_bytes).
    CellTooLong,
    /// It has something in a column beyond [`Limits::columns`](crate::Limits::columns).
    TooWide,
    /// A cell of it, or one next to it at the end of the row before, says something that cannot be read: a
    /// text that is not in its list, a number that is none, an error of a newer Excel.
    Cell,
}

impl Fault {
    /// The code it crosses a border as.
    pub fn code(&self) -> &'static str {
        match self.reason {
            Reason::QuoteOpen => "table.row.quote_open",
            Reason::RowTooLong => "table.row.too_long",
            Reason::CellTooLong => "table.row.cell_too_long",
            Reason::TooWide => "table.row.too_wide",
            Reason::Cell => "table.row.cell",
        }
    }

    /// What its wording needs beside the code.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        vec![("line", self.line.to_string())]
    }
}
