//! Rights on Windows. A file takes the access list of the folder it is made in; the person's own
//! folders are theirs alone there, so nothing is set on single files.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

pub(super) fn begin() {}

/// What the folder gives is what the file has.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(crate) fn give(_file: &File, _place_of: Option<&Metadata>) -> io::Result<()> {
    Ok(())
}

/// Devices and pipes are written into.
pub(crate) fn may_be_replaced(_path: &Path, there: &Metadata) -> bool {
    there.is_file()
}
