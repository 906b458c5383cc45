//! Walks the folders a person brought: bounded, stoppable, and by what lies in the files.

use qinting_desk::sniff::{self, Look};
use qinting_desk::{AppError, AppResult, Cancel, FilesIn, FoundFiles, codes};
use std::fs::Metadata;
use std::path::{Path, PathBuf};

/// Recordings of one plan at most; more is a mistake in the folder that was chosen.
const MAX_FILES: usize = 20_000;
/// Things looked at before the same is said.
const MAX_ENTRIES: usize = 200_000;
/// Folders inside folders.
const MAX_DEPTH: usize = 32;
/// Paths of what is passed over that are kept to be listed; the rest is counted.
const LISTED: usize = 200;

/// How far a walk may go.
#[derive(Clone, Copy)]
struct Bounds {
    files: usize,
    entries: usize,
    depth: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            files: MAX_FILES,
            entries: MAX_ENTRIES,
            depth: MAX_DEPTH,
        }
    }
}

/// The disks of this machine.
pub struct Disks;

impl FilesIn for Disks {
    fn walk(&self, named: &[PathBuf], cancel: &Cancel) -> AppResult<FoundFiles> {
        let mut walk = Walk::new(Bounds::default(), cancel);
        for path in named {
            walk.named(path)?;
        }
        Ok(walk.found)
    }
}

/// A walk under way.
struct Walk<'a> {
    bounds: Bounds,
    cancel: &'a Cancel,
    entries: usize,
    found: FoundFiles,
}

impl<'a> Walk<'a> {
    fn new(bounds: Bounds, cancel: &'a Cancel) -> Self {
        Self {
            bounds,
            cancel,
            entries: 0,
            found: FoundFiles::default(),
        }
    }

    /// Takes what a person named: a file whatever it is, a folder with all in it.
    fn named(&mut self, path: &Path) -> AppResult<()> {
        let found = meant(path);
        let path = found.as_deref().unwrap_or(path);
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => {
                let entries = std::fs::read_dir(path).map_err(|e| AppError::of_disk(&e, path))?;
                self.folder(entries, 1)
            }
            Ok(meta) => {
                self.look_beside(path, &meta);
                self.take(path, meta.len())
            }
            // A file that is named and not there gets its answer from the import, like any other
            // file that cannot be read.
            Err(_) => self.take(path, 0),
        }
    }

    fn folder(&mut self, entries: std::fs::ReadDir, depth: usize) -> AppResult<()> {
        for entry in entries.flatten() {
            self.entries += 1;
            if self.cancel.is_cancelled() {
                return Err(AppError::new(codes::CANCELLED));
            }
            if self.entries > self.bounds.entries {
                return Err(too_many(self.bounds.entries));
            }
            if !is_hidden(&entry.file_name()) {
                self.inside(&entry.path(), depth)?;
            }
        }
        Ok(())
    }

    /// Something in a folder.
    fn inside(&mut self, path: &Path, depth: usize) -> AppResult<()> {
        let Ok(meta) = std::fs::metadata(path) else {
            self.ignore(path);
            return Ok(());
        };
        if meta.is_dir() {
            // A link to a folder inside a folder could lead around in a circle.
            if depth >= self.bounds.depth || path.is_symlink() {
                self.found.unopened.push(path.to_owned());
                return Ok(());
            }
            return match std::fs::read_dir(path) {
                Ok(entries) => self.folder(entries, depth + 1),
                Err(_) => {
                    self.found.unopened.push(path.to_owned());
                    Ok(())
                }
            };
        }
        if is_recording(path, &meta) {
            return self.take(path, meta.len());
        }
        self.look_beside(path, &meta);
        self.ignore(path);
        Ok(())
    }

    /// Keeps in mind what may tell of calls: bounded as recordings are, and told as what it is otherwise.
    fn look_beside(&mut self, path: &Path, meta: &Metadata) {
        let is_one = path.extension().is_some_and(tells_of_calls) && !is_recording(path, meta);
        if is_one && self.found.beside.len() < self.bounds.files {
            self.found.beside.push((path.to_owned(), meta.len()));
        }
    }

    fn take(&mut self, path: &Path, bytes: u64) -> AppResult<()> {
        if self.found.files.len() >= self.bounds.files {
            return Err(too_many(self.bounds.files));
        }
        self.found.files.push((path.to_owned(), bytes));
        Ok(())
    }

    fn ignore(&mut self, path: &Path) {
        self.found.ignored_count = self.found.ignored_count.saturating_add(1);
        if self.found.ignored.len() < LISTED {
            self.found.ignored.push(path.to_owned());
        }
    }
}

fn too_many(limit: usize) -> AppError {
    AppError::new(codes::IMPORT_TOO_MANY).with("limit", limit)
}

/// Whether tables and side-cars end so.
fn tells_of_calls(ending: &std::ffi::OsStr) -> bool {
    const ENDINGS: [&str; 10] = [
        "csv", "tsv", "tab", "txt", "xlsx", "xlsm", "xls", "json", "jsonl", "xml",
    ];
    ENDINGS
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Whether a file is worth an answer of the import. One that cannot be looked into is judged by its
/// name: the import then says why it cannot be read.
fn is_recording(path: &Path, meta: &Metadata) -> bool {
    if !meta.is_file() {
        return false;
    }
    let look = sniff::look_into(path).unwrap_or_else(|_| sniff::look(&[], path.extension()));
    look != Look::Other
}

/// The file that is meant by a name whose foreign bytes were lost on the way: a drop hands such
/// names over with a sign in their place. Only where one file alone can be meant.
fn meant(path: &Path) -> Option<PathBuf> {
    let lost = path.to_str()?;
    if !lost.contains(char::REPLACEMENT_CHARACTER) || path.symlink_metadata().is_ok() {
        return None;
    }
    let mut found = PathBuf::new();
    for part in path.components() {
        let next = found.join(part);
        if next.symlink_metadata().is_ok() {
            found = next;
            continue;
        }
        let name = part.as_os_str().to_str()?;
        let mut fitting = std::fs::read_dir(&found)
            .ok()?
            .flatten()
            .map(|entry| entry.file_name())
            .filter(|there| there.to_str().is_none() && there.to_string_lossy() == name);
        let only = fitting.next()?;
        if fitting.next().is_some() {
            return None;
        }
        found.push(only);
    }
    Some(found)
}

#[cfg(test)]
mod tests;
