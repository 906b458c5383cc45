//! The way back from damage, for a workspace nobody has open; and the way in, for one that came from elsewhere.

use crate::locks;
use qinting_desk::{AppError, AppResult, CopyRow, Salvaged, codes};
use qinting_store::Device;
use std::fs::File;
use std::path::Path;

/// Everything the workspace in `folder` can go back to, newest first.
pub fn copies_of(folder: &Path) -> AppResult<Vec<CopyRow>> {
    qinting_store::copies_of(folder)
}

/// Puts a copy in the place of the database; what stood there is put aside. `workspace.busy` while
/// anybody has the workspace open.
pub fn restore(folder: &Path, copy: &str, device: &Device) -> AppResult<()> {
    let _alone = alone(folder)?;
    qinting_store::restore(folder, copy, device)
}

/// Puts what can still be read of the database in its place; the hurt one is put aside.
pub fn salvage(folder: &Path, device: &Device) -> AppResult<Salvaged> {
    let _alone = alone(folder)?;
    qinting_store::salvage(folder, device)
}

/// Takes the workspace in `folder` as this installation's own, because somebody said so: it is written from
/// the next opening on, and what waits in it is worked on.
pub fn adopt(folder: &Path, device: &Device) -> AppResult<()> {
    qinting_store::adopt(folder, device)
}

fn alone(folder: &Path) -> AppResult<File> {
    let alone = locks::alone(folder, locks::IN_USE)?;
    alone.ok_or_else(|| AppError::new(codes::WORKSPACE_BUSY))
}
