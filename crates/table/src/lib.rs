//! Rows out of tables as people and vendors give them: CSV and its kin in the encodings that are
//! about, XLSX, XLS. A table is read from bytes, in one pass, with memory that does not grow with it;
//! what was taken of it (encoding, delimiter, header, sheet) is told, and may be said otherwise.
//!
//! Nothing here knows what a column means.

mod cell;
mod error;
mod excel;
mod fault;
mod head;
mod kind;
mod limits;
mod reading;
mod rows;
mod source;
mod table;
mod text;
pub mod value;

pub use cell::{Cell, Damage};
pub use error::Error;
pub use fault::{Fault, Reason};
pub use kind::Kind;
pub use limits::Limits;
pub use reading::{Choices, Column, Header, Reading, Sheet};
pub use rows::{Counts, Entry, Row, RowKind, Rows};
pub use table::{Bytes, Preview, Table};

#[cfg(test)]
mod tests;
