//! Rights on Windows. A file takes the access list of the folder it is made in, and the folders of a
//! person's profile, where workspace, models and demo lie unless somebody chose another place, are
//! open to that person and the system only. So nothing is set on single files, and a folder somebody
//! chose elsewhere has the rights they gave it. Crash dumps are made when an administrator asks for
//! them only.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

pub(super) fn begin() {}
pub(super) fn begin_in_worker() {}
pub(super) fn give_back() {}
pub(super) fn forbid_dumps() {}
pub(super) fn forbid_looking_in() {}
pub(super) fn close_alone(_folder: &Path) {}
pub(super) fn new_files_for_group(_is_for_group: bool) {}

pub(super) fn use_by_others(_folder: &Path) -> Option<bool> {
    None
}

#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn close(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// What the folder gives is what the file has.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(crate) fn give(_file: &File, _place_of: Option<&Metadata>) -> io::Result<()> {
    Ok(())
}

/// Devices and pipes are written into.
pub(crate) fn may_be_replaced(_path: &Path, there: &Metadata) -> bool {
    there.is_file()
}
