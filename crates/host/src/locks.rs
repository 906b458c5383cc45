//! Who holds a workspace. Advisory locks on files beside the database; the system lets go of them
//! when a process dies, however it dies.

use qinting_desk::{AppError, AppResult, CaptureLock, codes};
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

/// Held by every process that has a workspace open.
pub(crate) const IN_USE: &str = "in-use.lock";
/// Held by the window that has it.
pub(crate) const WINDOW: &str = "window.lock";
/// Held by the process that works on its jobs.
pub(crate) const JOBS: &str = "jobs.lock";
/// Held by the process that captures a call, or mends what another left of one.
pub(crate) const LIVE: &str = "live.lock";

fn open(folder: &Path, name: &str) -> AppResult<File> {
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join(name))
        .map_err(|e| AppError::new(codes::DISK_DENIED).because(e))
}

/// A lock that is ours alone, or `None` when another process has it.
pub(crate) fn alone(folder: &Path, name: &str) -> AppResult<Option<File>> {
    let file = open(folder, name)?;
    Ok(file.try_lock().is_ok().then_some(file))
}

/// The place in a workspace a call is captured from.
pub(crate) struct CaptureFile {
    folder: PathBuf,
}

impl CaptureFile {
    pub(crate) fn of(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }
}

impl CaptureLock for CaptureFile {
    fn take(&self) -> AppResult<Option<Box<dyn Send + Sync>>> {
        let taken = alone(&self.folder, LIVE)?;
        Ok(taken.map(|file| Box::new(file) as Box<dyn Send + Sync>))
    }
}

/// Says "this process uses the workspace". Before that, when nobody else does, runs `cleanup`.
pub(crate) fn joined(folder: &Path, cleanup: impl FnOnce()) -> AppResult<File> {
    let file = open(folder, IN_USE)?;
    if file.try_lock().is_ok() {
        cleanup();
        // Lets the exclusive lock go; somebody may come in between, which harms nothing.
        let _ = file.unlock();
    }
    file.lock_shared()
        .map_err(|e| AppError::new(codes::DISK_DENIED).because(e))?;
    Ok(file)
}
