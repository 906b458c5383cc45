//! Rights on Linux and macOS: modes and owners.

use rustix::fs::{Mode, fchmod};
use rustix::process::umask;
use std::fs::{File, Metadata, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
use std::path::Path;
use std::sync::OnceLock;

/// What the person takes away from new files.
static THEIRS: OnceLock<Mode> = OnceLock::new();

/// What we take away: everything from everybody else.
fn ours() -> Mode {
    Mode::RWXG | Mode::RWXO
}

pub(super) fn begin() {
    THEIRS.get_or_init(|| {
        let theirs = umask(ours());
        umask(theirs);
        theirs
    });
}

/// Gives a file that takes the place of another the other's rights and owner, and a new one what
/// the person gives their new files; where nobody asked, the person alone.
pub(crate) fn give(file: &File, place_of: Option<&Metadata>) -> io::Result<()> {
    let Some(before) = place_of else {
        let theirs = THEIRS.get().copied().unwrap_or_else(ours);
        // A medium that knows no rights refuses to change them, and there are none to lose.
        let _ = fchmod(file, Mode::from_raw_mode(0o666) & !theirs);
        return Ok(());
    };
    let now = file.metadata()?;
    if (now.uid(), now.gid()) != (before.uid(), before.gid()) {
        fchown(file, Some(before.uid()), Some(before.gid()))?;
    }
    if now.mode() == before.mode() {
        return Ok(());
    }
    file.set_permissions(Permissions::from_mode(before.mode() & 0o7777))
}

/// Whether another file under this name would be the same to everybody: a plain file that has one
/// name and no rights beyond its mode. Below `/dev` and `/proc` a plain file is what somebody
/// redirected output into.
pub(crate) fn may_be_replaced(path: &Path, there: &Metadata) -> bool {
    let redirected = path.starts_with("/dev") || path.starts_with("/proc");
    there.is_file() && there.nlink() == 1 && !redirected && !has_more_rights(path)
}

/// Lists of rights and other attributes that a new file would not have. What the system labels
/// every file with comes by itself.
fn has_more_rights(path: &Path) -> bool {
    let mut names = Vec::with_capacity(4096);
    match rustix::fs::listxattr(path, rustix::buffer::spare_capacity(&mut names)) {
        Ok(_) => names
            .split(|byte| *byte == 0)
            .any(|name| !name.is_empty() && !name.starts_with(b"security.")),
        // More of them than anybody has, or a system without any.
        Err(e) => e == rustix::io::Errno::RANGE,
    }
}
