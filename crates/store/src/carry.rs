//! Carrying a workspace to another folder: a snapshot of its database, and every other file.

use crate::copies;
use crate::fault::{Fault, Outcome};
use crate::medium::medium_of;
use crate::open::{DATABASE, refusal, sync_dir};
use qinting_app::{AppError, Cancel, CarriedCopy, codes};
use rusqlite::Connection;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Of a folder that is copied: what belongs to the processes that have it open.
const OF_PROCESSES: [&str; 4] = [
    "runners",
    "workspace.db",
    "workspace.db-wal",
    "workspace.db-shm",
];

/// Builds the copy beside its place and moves it there when it is whole.
pub(crate) fn carry(conn: &Connection, from: &Path, to: &Path) -> Outcome<CarriedCopy> {
    if let Some(refusal) = refusal(&medium_of(to), to) {
        return Err(refusal.into());
    }
    if to.exists() && fs::read_dir(to)?.next().is_some() {
        let name = to.file_name().unwrap_or_default().to_string_lossy();
        return Err(AppError::new(codes::WORKSPACE_NOT_ONE)
            .with("path", name)
            .into());
    }
    let parent = to.parent().unwrap_or(to);
    fs::create_dir_all(parent)?;
    let mut all = Vec::new();
    gather(from, Path::new(""), &mut all)?;
    make_sure_of_room(conn, from, &all, parent)?;
    // Gone when anything goes wrong on the way.
    let site = tempfile::Builder::new()
        .prefix(".qinting-")
        .tempdir_in(parent)?;
    let snapshot = conn.unchecked_transaction()?;
    copies::fill(&snapshot, &site.path().join(DATABASE), &Cancel::default())?;
    let mut bytes = fs::metadata(site.path().join(DATABASE))?.len();
    let mut files = 1;
    for file in &all {
        if let Some(copied) = copy_file(&from.join(file), &site.path().join(file))? {
            bytes += copied;
            files += 1;
        }
    }
    sync_dir(Some(site.path()))?;
    if to.exists() {
        fs::remove_dir(to)?;
    }
    let site = site.keep();
    fs::rename(&site, to)?;
    sync_dir(Some(parent))?;
    Ok(CarriedCopy {
        path: to.to_string_lossy().into_owned(),
        files,
        bytes,
    })
}

fn gather(from: &Path, below: &Path, all: &mut Vec<PathBuf>) -> Outcome<()> {
    let Some(entries) = unless_gone(fs::read_dir(from.join(below)))? else {
        return Ok(());
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let is_ours = below.as_os_str().is_empty() && OF_PROCESSES.iter().any(|p| name == *p);
        let name_text = name.to_string_lossy();
        // A copy of the day that is being made goes by `.part`.
        let in_passing = [".lock", ".part"]
            .iter()
            .any(|end| name_text.ends_with(end));
        if is_ours || in_passing || name_text.starts_with("work-") {
            continue;
        }
        let path = below.join(&name);
        let kind = entry.file_type()?;
        if kind.is_dir() {
            gather(from, &path, all)?;
        } else if kind.is_file() {
            all.push(path);
        }
    }
    Ok(())
}

fn make_sure_of_room(
    conn: &Connection,
    from: &Path,
    all: &[PathBuf],
    parent: &Path,
) -> Outcome<()> {
    let sql = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
    let mut needed: u64 = conn
        .query_row(sql, [], |r| r.get::<_, i64>(0))?
        .unsigned_abs();
    for file in all {
        needed += unless_gone(fs::metadata(from.join(file)))?.map_or(0, |meta| meta.len());
    }
    let free = fs4::available_space(parent)?;
    if free < needed {
        let full = AppError::new(codes::DISK_FULL);
        let full = full.with("needed_mb", needed / 1_000_000);
        return Err(Fault::from(full.with("free_mb", free / 1_000_000)));
    }
    Ok(())
}

/// What is being made beside, a copy of the day for one, has another name a moment later: it was in passing.
fn unless_gone<T>(done: io::Result<T>) -> io::Result<Option<T>> {
    match done {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        done => done.map(Some),
    }
}

fn copy_file(from: &Path, to: &Path) -> io::Result<Option<u64>> {
    let Some(mut original) = unless_gone(File::open(from))? else {
        return Ok(None);
    };
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    // The bytes alone: rights that forbid writing stay behind.
    let mut copy = File::create(to)?;
    let bytes = io::copy(&mut original, &mut copy)?;
    copy.sync_all()?;
    Ok(Some(bytes))
}
