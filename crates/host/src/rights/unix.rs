//! Rights on Linux and macOS: modes and owners.

use rustix::fs::{Mode, fchmod};
use rustix::process::{Resource, Rlimit, getegid, geteuid, setrlimit, umask};
use std::fs::{self, File, Metadata, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
use std::path::Path;
use std::sync::OnceLock;

/// What the person takes away from new files.
static THEIRS: OnceLock<Mode> = OnceLock::new();

/// Everything, from everybody else.
const GROUP_AND_OTHERS: u32 = 0o077;

/// What lies in a workspace's folder and is ours: the beginnings and ends of names.
const OURS: [(&str, &str); 8] = [
    ("workspace.", ""),
    ("media", ""),
    ("live", ""),
    ("backups", ""),
    ("runners", ""),
    ("demo.json", ""),
    ("shared-with-group", ""),
    ("", ".lock"),
];

/// What we take away from new files.
fn ours(is_for_group: bool) -> Mode {
    if is_for_group {
        Mode::RWXO
    } else {
        Mode::RWXG | Mode::RWXO
    }
}

pub(super) fn begin() {
    THEIRS.get_or_init(|| umask(ours(false)));
}

pub(super) fn begin_in_worker() {
    // There is no asking for it without setting it.
    let of_the_host = umask(ours(false));
    umask(of_the_host | ours(true));
}

pub(super) fn give_back() {
    if let Some(theirs) = THEIRS.get() {
        umask(*theirs);
    }
}

pub(super) fn new_files_for_group(is_for_group: bool) {
    // A program that only borrows our parts keeps its own.
    if THEIRS.get().is_some() {
        umask(ours(is_for_group));
    }
}

pub(super) fn forbid_dumps() {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    // To make a limit smaller is always allowed.
    let _ = setrlimit(Resource::Core, none);
}

pub(super) fn forbid_looking_in() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

/// Whether others can have used a workspace through the rights of its folder, and if so whether the
/// folder is this person's to close. What the world may only read is no use of a workspace: to open one
/// is to write into it.
pub(super) fn use_by_others(folder: &Path) -> Option<bool> {
    let there = fs::metadata(folder).ok()?;
    let (mode, me) = (there.mode(), geteuid().as_raw());
    let is_own_group = there.gid() == getegid().as_raw();
    // Many systems give everybody a group of their own, by the same number.
    let is_alone_in_it = is_own_group && there.gid() == me;
    let by_group = mode & 0o070 != 0 && !is_alone_in_it && (mode & 0o020 != 0 || !is_own_group);
    let by_anybody = mode & 0o002 != 0;
    let is_ours = there.uid() == me;
    (by_group || by_anybody || (!is_ours && mode & GROUP_AND_OTHERS != 0)).then_some(is_ours)
}

/// Takes a workspace's folder, and what is ours in it, away from everybody else. The folder comes last:
/// one that is closed says that the rest is.
pub(super) fn close(folder: &Path) -> io::Result<()> {
    let there = fs::metadata(folder)?;
    if there.mode() & GROUP_AND_OTHERS == 0 || there.uid() != geteuid().as_raw() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_ours = |(begin, end): &(&str, &str)| name.starts_with(begin) && name.ends_with(end);
        if OURS.iter().any(is_ours) {
            close_all(&entry.path());
        }
    }
    take_away(folder, &there)
}

/// Takes a folder away from everybody else, and with it what lies in it.
pub(super) fn close_alone(folder: &Path) {
    if let Ok(there) = fs::metadata(folder) {
        // Somebody else's is theirs to close.
        let _ = take_away(folder, &there);
    }
}

/// A file, or a folder with all in it. What cannot be closed lies in a folder that will be. Links lead
/// to what is not ours.
fn close_all(path: &Path) {
    let Ok(there) = fs::symlink_metadata(path) else {
        return;
    };
    if there.is_dir() {
        let entries = fs::read_dir(path).into_iter().flatten();
        for entry in entries.map_while(Result::ok) {
            close_all(&entry.path());
        }
    }
    if there.is_dir() || there.is_file() {
        let _ = take_away(path, &there);
    }
}

fn take_away(path: &Path, there: &Metadata) -> io::Result<()> {
    let closed = there.mode() & 0o7777 & !GROUP_AND_OTHERS;
    if closed == there.mode() & 0o7777 {
        return Ok(());
    }
    fs::set_permissions(path, Permissions::from_mode(closed))
}

/// Gives a file that takes the place of another the other's rights and owner, and a new one what
/// the person gives their new files; where nobody asked, the person alone.
pub(crate) fn give(file: &File, place_of: Option<&Metadata>) -> io::Result<()> {
    let Some(before) = place_of else {
        let theirs = THEIRS.get().copied().unwrap_or_else(|| ours(false));
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
/// name and no rights beyond its mode.
pub(crate) fn may_be_replaced(path: &Path, there: &Metadata) -> bool {
    there.is_file() && there.nlink() == 1 && !has_more_rights(path)
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
