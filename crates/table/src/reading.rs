//! What was taken of a table, and what a caller may say of it instead.

use crate::{Kind, Limits};

/// How a table is read. All of it was found out, or said by [`Choices`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What the bytes are, whatever the file's name says.
    pub kind: Kind,
    /// Encoding of a text, by its name on the web (`UTF-8`, `gb18030`, `UTF-16LE`, `Big5` …). `None` for
    /// a workbook.
    pub encoding: Option<&'static str>,
    /// Whether nothing but ASCII has been seen so far: then another encoding could still turn out, and
    /// [`Counts::encoding`](crate::Counts::encoding) says which did.
    pub is_ascii_so_far: bool,
    /// What stands between two cells of a text. `None` where each line is one cell, and for a workbook.
    pub delimiter: Option<char>,
    /// Whether a cell of a text may be quoted.
    pub quotes: bool,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Line (row of a sheet) the header stands at, from 1. `None`: there is none, and columns are named
    /// by their place.
    pub header: Option<u64>,
    /// What stood above the header, each row in one line: titles, who exported it and when.
    pub above: Vec<String>,
    /// Whether dates of the workbook count from 1904.
    pub from_1904: bool,
}

/// What a caller knows better. What is `None` is found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Encoding of a text, by any of its names on the web (`gbk`, `utf-8`, `utf-16le`).
    pub encoding: Option<String>,
    /// What stands between two cells of a text: a sign of ASCII, no letter, digit or quote.
    pub delimiter: Option<char>,
    /// Whether a cell of a text may be quoted.
    pub quotes: Option<bool>,
    /// Where the header stands.
    pub header: Option<Header>,
    /// The sheet of a workbook, by its name.
    pub sheet: Option<String>,
    /// Bounds.
    pub limits: Limits,
}

/// Where a header stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Header {
    /// In the row that begins at this line (row of a sheet), from 1.
    Line(u64),
    /// Nowhere: the first row is data.
    None,
}

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether it is hidden from who opens the workbook.
    pub is_hidden: bool,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, of which the table has one: the header cleaned of blanks and line breaks. A second one
    /// of a name is told from the first by its number (`满意度`, `满意度 (2)`); one without a name has
    /// the letter a sheet has for it (`A`, `AB`).
    pub name: String,
    /// What the header cell says, with the blanks and line breaks inside it. Empty: nothing.
    pub said: String,
    /// The how manieth of its name it is, from 1.
    pub nth: usize,
}

impl Column {
    /// Whether the header has a name for it.
    pub fn is_named(&self) -> bool {
        !self.said.is_empty()
    }
}
