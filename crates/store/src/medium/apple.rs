//! File systems of macOS. Proven by reading only: no Mac was at hand.

use rustix::fs::{Access, access, statfs};
use rustix::io::Errno;
use std::path::Path;

/// The flag of `statfs(2)` for what lies on this machine (`MNT_LOCAL` of `sys/mount.h`).
const LOCAL: u32 = 0x1000;

/// The name of the file system `folder` lies on, when that is another machine's.
pub(super) fn network_file_system(folder: &Path) -> Option<String> {
    let found = statfs(folder).ok()?;
    if found.f_flags & LOCAL != 0 {
        return None;
    }
    let name = found.f_fstypename.iter().take_while(|c| **c != 0);
    Some(name.map(|c| char::from(*c as u8)).collect())
}

/// Nothing can be made in the folder.
pub(super) fn is_closed_to_writing(folder: &Path) -> bool {
    matches!(
        access(folder, Access::WRITE_OK),
        Err(Errno::ROFS | Errno::ACCESS | Errno::PERM)
    )
}
