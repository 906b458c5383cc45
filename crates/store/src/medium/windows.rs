//! File systems of Windows. Proven by reading only: no Windows was at hand.

use super::shares::share_of;
use std::path::Path;

/// The share `folder` lies on, when it is another machine's. A drive letter that was given to a share
/// becomes `\\?\UNC\server\share` when the system is asked for the real path.
pub(super) fn network_file_system(folder: &Path) -> Option<String> {
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    share_of(&real.to_string_lossy()).map(|_| "smb".to_owned())
}

/// Folders of Windows refuse by rights that only an attempt tells; the database file was asked.
pub(super) fn is_closed_to_writing(_: &Path) -> bool {
    false
}
