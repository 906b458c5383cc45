//! How much of a table is read.

/// Rows of a sheet, as Excel has them (ECMA-376). No workbook is believed that says more.
pub(crate) const SHEET_ROWS: u32 = 1_048_576;

/// Parts of a workbook's container, and sheets of it. Workbooks of a hundred sheets with drawings have some
/// hundred parts.
pub(crate) const PARTS: usize = 10_000;

/// What may be read to find out what is in a container. A hundred bytes tell a part.
pub(crate) const DIRECTORY_BYTES: u64 = 8 << 20;

/// How many times its size a workbook may unpack to; up to [`FREE_BYTES`] nobody asks. Rows that say the same
/// shrink to a fiftieth.
pub(crate) const RATIO: u64 = 200;
pub(crate) const FREE_BYTES: u64 = 256 << 20;

/// The fewest bytes that are a cell: `<c/>`.
pub(crate) const LEAST_CELL_BYTES: u64 = 4;

/// Where a list of texts says how many it has.
pub(crate) const START_OF_STRINGS: u64 = 1024;

/// What may be read twice because a quote that opened did not close: so much, and so many times what
/// has been read. A table in which every line ends so is read at a tenth of the speed; one made to be
/// read a thousand times is not.
pub(crate) const READ_TWICE_BYTES: u64 = 64 << 20;
pub(crate) const READ_TWICE_SHARE: u64 = 8;

/// Bounds of one reading. Each has an error, or a fault of the row, of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file: 4 GiB. Memory does not grow with them where the file is text.
    pub bytes: u64,
    /// Columns: 1,000.
    pub columns: usize,
    /// Rows of data, if they are to be bounded.
    pub rows: Option<u64>,
    /// Bytes of one row of text, in UTF-8: 1 MiB. So much lies in memory, and so far is looked for the
    /// end of a quote.
    pub row_bytes: usize,
    /// Bytes of one cell, in UTF-8: 256 KiB, eight times what Excel takes.
    pub cell_bytes: usize,
    /// Bytes a workbook may unpack to: 4 GiB. It is read piece by piece; the bound ends files that are
    /// small and never end.
    pub inflated_bytes: u64,
    /// Bytes of what has to lie in memory: the texts of an XLSX as it keeps them beside its sheets, all
    /// of an XLS: 256 MiB.
    pub workbook_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 4 << 30,
            columns: 1_000,
            rows: None,
            row_bytes: 1 << 20,
            cell_bytes: 256 << 10,
            inflated_bytes: 4 << 30,
            workbook_bytes: 256 << 20,
        }
    }
}
