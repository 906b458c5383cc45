//! Files written for somebody, where they want them.
//!
//! A plain file is written beside its place and renamed when whole, so that a full disk never
//! leaves half a report under the name somebody will send. What others reach in another way too,
//! by a second name, a pipe, a device, is written straight into: another file in its place would
//! not be the one they look at.

use crate::rights;
use qinting_desk::{AppError, AppResult, FilesOut, codes};
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Links that lead to links, at most. The system follows no more either.
const MOST_LINKS: usize = 40;
/// Random letters after the dot of a draft's name: it is never longer than most names are, so a
/// long name in a deep folder fails for itself or not at all.
const DRAFT_LETTERS: usize = 7;

/// The file system as it is.
pub(crate) struct Outbox;

impl FilesOut for Outbox {
    fn write(&self, path: &Path, bytes: &[u8]) -> AppResult<()> {
        write(path, bytes).map_err(|e| match e.kind() {
            ErrorKind::IsADirectory | ErrorKind::InvalidInput => AppError::new(codes::INVALID)
                .with("field", "path")
                .because(e),
            _ => AppError::of_disk(&e, &end_of_links(path)),
        })
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let there = match fs::metadata(path) {
        Ok(there) => there,
        Err(e) if e.kind() == ErrorKind::NotFound => {
            return beside(&end_of_links(path), None, bytes);
        }
        Err(e) => return Err(e),
    };
    if there.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if is_redirected(path) || !rights::may_be_replaced(path, &there) {
        return into(path, bytes);
    }
    let target = path.canonicalize()?;
    // What may not be written must not be replaced either.
    drop(File::options().write(true).open(&target)?);
    match beside(&target, Some(&there), bytes) {
        // The folder takes no new name, or the owner cannot be given: the file itself is writable.
        Err(e) if e.kind() == ErrorKind::PermissionDenied => into(&target, bytes),
        done => done,
    }
}

/// Writes a draft in the same folder and lets it take the place of `target`.
fn beside(target: &Path, there: Option<&Metadata>, bytes: &[u8]) -> io::Result<()> {
    if target.file_name().is_none() {
        return Err(ErrorKind::InvalidInput.into());
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut draft = tempfile::Builder::new()
        .prefix(".")
        .rand_bytes(DRAFT_LETTERS)
        .tempfile_in(folder)?;
    draft.write_all(bytes)?;
    rights::give(draft.as_file(), there)?;
    draft.as_file().sync_all()?;
    draft.persist(target).map_err(|e| e.error)?;
    // Best effort: the file is whole whether or not its name outlives a power cut.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Writes into what is there.
fn into(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let is_file = fs::metadata(path)?.is_file();
    let is_redirected = is_redirected(path);
    let mut file = File::options()
        .write(true)
        // After what a shell's `>>` has there already.
        .append(is_redirected)
        .truncate(is_file && !is_redirected)
        .open(path)?;
    file.write_all(bytes)?;
    if is_file { file.sync_all() } else { Ok(()) }
}

/// A name for output that is open already, into whatever a shell has redirected it.
fn is_redirected(path: &Path) -> bool {
    ["/dev/fd", "/dev/stdout", "/dev/stderr", "/proc"]
        .iter()
        .any(|open| path.starts_with(open))
}

/// Where a path leads when nothing is there yet: a link may point at what is still to come.
fn end_of_links(path: &Path) -> PathBuf {
    let mut at = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = fs::read_link(&at) else { break };
        at = at.parent().unwrap_or(Path::new("")).join(next);
    }
    at
}

#[cfg(all(test, unix))]
mod tests;
