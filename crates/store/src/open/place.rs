//! Where a workspace may lie, and the folders that are made for one.

use super::{DATABASE, sync_dir};
use crate::fault::Outcome;
use qinting_app::{AppError, codes};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// SQLite's bound for the path of a database (`MAX_PATHNAME`), less what it adds for its journal.
const LONGEST_PATH: usize = 512 - 8;
/// The longest name file systems take, in bytes.
const LONGEST_NAME: usize = 255;

/// SQLite says of a path that is too long only that it cannot open it.
pub(super) fn refuse_long(folder: &Path) -> Outcome<()> {
    let too_long = |name: &std::ffi::OsStr| cfg!(unix) && name.len() > LONGEST_NAME;
    if let Some(name) = folder.iter().find(|name| too_long(name)) {
        let refused = AppError::new(codes::DISK_NAME_TOO_LONG);
        return Err(refused.with("name", name.to_string_lossy()).into());
    }
    // Links are followed before SQLite counts. What is not there yet holds none.
    let real = folder.ancestors().find_map(|there| {
        let rest = folder.strip_prefix(there).ok()?;
        Some(there.canonicalize().ok()?.join(rest))
    });
    let file = real.unwrap_or_else(|| folder.to_owned()).join(DATABASE);
    if cfg!(unix) && file.as_os_str().len() > LONGEST_PATH {
        let refused = AppError::new(codes::DISK_PATH_TOO_LONG);
        return Err(refused.with("name", name_of(folder)).into());
    }
    Ok(())
}

/// Folders that were made for a workspace. Where it comes to nothing they go again, as long as nothing
/// is in them.
pub(super) struct Made(Vec<PathBuf>);

impl Made {
    pub fn folder(folder: &Path) -> io::Result<Self> {
        let missing = folder.ancestors().take_while(|f| !f.exists());
        let made = Self(missing.map(Path::to_owned).collect());
        fs::create_dir_all(folder)?;
        if !made.0.is_empty() {
            sync_dir(folder.parent())?;
        }
        Ok(made)
    }

    pub fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for folder in &self.0 {
            // One that somebody put something into stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// A folder as an error names it: its own name, never the way to it.
pub(super) fn name_of(folder: &Path) -> String {
    folder
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default()
}

pub(super) fn not_made(folder: &Path, e: &io::Error) -> AppError {
    let told = AppError::of_disk(e, folder);
    match told.code() {
        codes::DISK_DENIED | codes::DISK_FOLDER_MISSING | codes::NOT_FOUND => {
            unusable(folder).because(e)
        }
        _ => told,
    }
}

pub(super) fn unusable(folder: &Path) -> AppError {
    AppError::new(codes::WORKSPACE_UNUSABLE).with("path", name_of(folder))
}
