//! The way back from damage: a copy in the place of the present database, or what can still be read of
//! it. The present one is put aside and never removed, whatever state it is in.
//!
//! Only for whoever has the workspace alone.

use crate::copies;
use crate::device::Device;
use crate::fault::{Fault, Outcome};
use crate::medium::medium_of;
use crate::open::{
    DATABASE, beside, id_in, log_of, migrations, private_copy, refusal, settle, sync_dir,
};
use crate::salvage as reading_out;
use qinting_app::{AppError, AppResult, CopyRow, Salvaged, codes};
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Everything the workspace in `folder` can go back to, newest first.
pub fn copies_of(folder: &Path) -> AppResult<Vec<CopyRow>> {
    Ok(copies::list(folder)?)
}

/// Puts the copy called `name` in the place of the database. What stood there is put aside.
///
/// Refuses with `not_found`, with `workspace.damaged` for a copy that is hurt itself, and with
/// `workspace.newer`, or `workspace.altered` for one that is not made as ours are; then nothing has changed.
pub fn restore(folder: &Path, name: &str, device: &Device) -> AppResult<()> {
    let known = is_known(folder, device)?;
    put_back(folder, name)?;
    go_on(folder, device, known)
}

/// Reads what can still be read of the database, row by row, into a new one, which takes its place.
/// Records that were lost and stand in the newest copy come from there.
pub fn salvage(folder: &Path, device: &Device) -> AppResult<Salvaged> {
    let known = is_known(folder, device)?;
    let saved = read_out(folder)?;
    go_on(folder, device, known)?;
    Ok(saved)
}

/// Whether the workspace was this installation's own before. Of one whose id cannot be read any more the folder
/// says it.
fn is_known(folder: &Path, device: &Device) -> AppResult<bool> {
    let known = match id_in(folder) {
        Some(id) => device.knows(folder, || Some(id)),
        None => device.knows_folder(folder),
    };
    known.map_err(|e| AppError::of_disk(&e, folder))
}

/// Another state stands in the place of the former one: the chain begins anew, and whose it is stays.
fn go_on(folder: &Path, device: &Device, known: bool) -> AppResult<()> {
    device.let_go(folder)?;
    if known {
        let kept = device.take_as_ours(folder, id_in(folder));
        kept.map_err(|e| AppError::of_disk(&e, folder))?;
    }
    Ok(())
}

fn put_back(folder: &Path, name: &str) -> Outcome<()> {
    may_write(folder)?;
    let Some(copy) = copies::find(folder, name)? else {
        return Err(AppError::new(codes::NOT_FOUND).with("kind", "copy").into());
    };
    let site = site_in(folder)?;
    let staged = private_copy(&copy, site.path())?;
    settle(&staged, &migrations())?;
    take_place(folder, &staged)?;
    tracing::info!("a copy took the place of the database");
    Ok(())
}

fn read_out(folder: &Path) -> Outcome<Salvaged> {
    may_write(folder)?;
    let site = site_in(folder)?;
    let present = folder.join(DATABASE);
    if !present.is_file() {
        return Err(AppError::new(codes::NOT_FOUND)
            .with("kind", "database")
            .into());
    }
    let hurt = private_copy(&present, site.path())?;
    let whole = site.path().join("whole.db");
    let copy = newest_readable(folder)?;
    let saved = reading_out::salvage(&hurt, &whole, copy.as_deref())?;
    settle(&whole, &migrations())?;
    take_place(folder, &whole)?;
    tracing::info!(lost = saved.lost, "a database was read out");
    Ok(saved)
}

fn may_write(folder: &Path) -> Outcome<()> {
    refusal(&medium_of(folder), folder).map_or(Ok(()), |refusal| Err(refusal.into()))
}

fn newest_readable(folder: &Path) -> Outcome<Option<PathBuf>> {
    let newest = copies::list(folder)?
        .into_iter()
        .find(|row| row.readable && !row.is_aside);
    newest.map_or(Ok(None), |row| copies::find(folder, &row.name))
}

/// Where the new database is made ready: on the same disk, and gone when it comes to nothing.
fn site_in(folder: &Path) -> Outcome<TempDir> {
    Ok(tempfile::Builder::new()
        .prefix(".restore-")
        .tempdir_in(folder)?)
}

/// Puts the database aside and `ready` in its place. A cut at any point leaves a database in place and
/// everything of the old one under one name or the other.
fn take_place(folder: &Path, ready: &Path) -> Outcome<()> {
    fs::File::open(ready)?.sync_all()?;
    let present = folder.join(DATABASE);
    let aside = copies::aside(folder)?;
    let had_any = put_beside(&present, &aside)? | put_beside(&log_of(&present), &log_of(&aside))?;
    sync_dir(Some(&copies::folder_of(folder)))?;
    // A log that stayed would be read into the new file.
    for gone in [log_of(&present), beside(&present, "-shm")] {
        absent(fs::remove_file(gone))?;
    }
    sync_dir(Some(folder))?;
    fs::rename(ready, &present)?;
    sync_dir(Some(folder))?;
    tracing::info!(had_any, "the former database is put aside");
    Ok(())
}

/// Gives a file a second name, or a second body where the disk knows no such thing.
fn put_beside(file: &Path, name: &Path) -> io::Result<bool> {
    if !file.is_file() {
        return Ok(false);
    }
    if fs::hard_link(file, name).is_err() {
        fs::copy(file, name)?;
        fs::File::open(name)?.sync_all()?;
    }
    Ok(true)
}

fn absent(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

/// Opens a database that may be hurt anywhere: without looking whether it is.
pub(crate) fn open_hurt(file: &Path) -> Outcome<Connection> {
    let conn = Connection::open(file)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // Cells that overlap are the damage; what still stands is wanted all the same.
    conn.execute_batch("PRAGMA cell_size_check = OFF; PRAGMA trusted_schema = OFF;")?;
    let is_there: Result<i64, _> = conn.query_row(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'case'",
        [],
        |r| r.get(0),
    );
    match is_there {
        Ok(1) => Ok(conn),
        // Without its table of contents nothing in it can be found.
        _ => Err(Fault::refused(codes::WORKSPACE_DAMAGED)),
    }
}
