//! What a workspace folder lies on, and what may therefore be done there.
//!
//! A write-ahead log needs memory that all who use it share, and locks that all of them see. A
//! folder of another machine has neither: two machines would each believe to be alone and write
//! into one another. So it is read, from a private copy, and never written.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::Path;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_vendor = "apple")]
mod apple;
#[cfg(target_vendor = "apple")]
use apple as system;
#[cfg(windows)]
mod windows;
#[cfg(windows)]
use windows as system;
#[cfg(any(windows, test))]
mod shares;

/// What a folder lies on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Medium {
    /// A disk of this machine that takes what is written.
    Writable,
    /// It can be read and not written: an archive, a backup, somebody else's folder.
    ReadOnly,
    /// A folder of another machine.
    Network {
        /// What its file system calls itself, e.g. `nfs`.
        fs: String,
    },
}

/// What `folder` lies on, or would lie on if it were made. A folder without a database counts as
/// writable unless it lies on another machine: making one there has an answer of its own.
pub fn medium_of(folder: &Path) -> Medium {
    let there = folder.ancestors().find(|f| f.exists());
    if let Some(fs) = there.and_then(system::network_file_system) {
        return Medium::Network { fs };
    }
    let database = folder.join(crate::open::DATABASE);
    if database.is_file() && (refuses_writing(&database) || system::is_closed_to_writing(folder)) {
        return Medium::ReadOnly;
    }
    Medium::Writable
}

/// Opening a file for writing changes nothing in it.
fn refuses_writing(file: &Path) -> bool {
    OpenOptions::new().write(true).open(file).is_err_and(|e| {
        matches!(
            e.kind(),
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied
        )
    })
}

/// On systems we know nothing of, a folder is taken for one of this machine.
#[cfg(not(any(target_os = "linux", target_vendor = "apple", windows)))]
mod system {
    use std::path::Path;

    pub(super) fn network_file_system(_: &Path) -> Option<String> {
        None
    }

    pub(super) fn is_closed_to_writing(_: &Path) -> bool {
        false
    }
}
