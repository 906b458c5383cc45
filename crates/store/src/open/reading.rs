//! Opening a workspace that is read and not written.
//!
//! What lies whole on a medium nobody can write is read where it is. Anything else is read from a
//! copy of its database in a folder of this process: what stands in a write-ahead log is folded in
//! there, an older schema is brought up to date there, and what another machine writes meanwhile
//! does not reach it. What a newer version wrote and lets this one read is read from such a copy.

use super::{
    DATABASE, bring_up_to_date, check, found_version, has_log, known_version, log_of, name_of,
    open_untouched, refuse_unreadable, rest,
};
use crate::connection::{self, Connections};
use crate::device::Device;
use crate::fault::{Fault, Outcome};
use crate::library;
use crate::media::Media;
use crate::medium::Medium;
use qinting_app::{AppError, codes};
use qinting_domain::WorkspaceId;
use refinery::Runner;
use rusqlite::OpenFlags;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// How often a file that changes while it is copied is copied again.
const ATTEMPTS: usize = 5;

/// Why nothing is written to a workspace on `medium`; `None` when it is.
pub(crate) fn refusal(medium: &Medium, folder: &Path) -> Option<AppError> {
    let refusal = match medium {
        Medium::Writable => return None,
        Medium::ReadOnly => AppError::new(codes::WORKSPACE_READ_ONLY),
        Medium::Network { fs } => AppError::new(codes::WORKSPACE_NETWORK).with("fs", fs),
    };
    Some(refusal.with("path", name_of(folder)))
}

/// Opens to read what is not known here: from a copy, so that nothing beside it changes either.
pub(crate) fn quietly(folder: &Path, migrations: &Runner) -> Outcome<Connections> {
    let refusal = AppError::new(codes::WORKSPACE_QUIET).with("path", name_of(folder));
    let file = folder.join(DATABASE);
    open(&file, migrations, &Medium::Writable, refusal)
}

/// Whether a database lies in a folder that something may stand in.
pub(crate) fn is_begun(folder: &Path) -> bool {
    fs::metadata(folder.join(DATABASE)).is_ok_and(|m| m.is_file() && m.len() > 0)
}

/// Looks whether a workspace lies in a folder that this version can do something with.
pub(crate) fn look_at(folder: &Path, migrations: &Runner) -> Outcome<()> {
    let file = folder.join(DATABASE);
    if !is_begun(folder) {
        let refusal = AppError::new(codes::WORKSPACE_NOT_ONE);
        return Err(refusal.with("path", name_of(folder)).into());
    }
    let found = found_version(&file, migrations)?;
    refuse_unreadable(&file, found, known_version(migrations))
}

/// The id of the workspace in a folder; none of a version that gave none, and of what cannot be read.
pub(crate) fn id_in(folder: &Path) -> Option<WorkspaceId> {
    let conn = open_untouched(&folder.join(DATABASE)).ok()?;
    library::workspace_id(&conn).ok()
}

pub(super) fn open(
    file: &Path,
    migrations: &Runner,
    medium: &Medium,
    refusal: AppError,
) -> Outcome<Connections> {
    if !file.is_file() {
        return Err(refusal.into());
    }
    let known = known_version(migrations);
    if *medium == Medium::ReadOnly && !has_log(file) {
        let found = found_version(file, migrations)?;
        refuse_unreadable(file, found, known)?;
        if found >= known && !has_rest(file)? {
            check(&connection::open_unchanging(file)?, file)?;
            return Ok(Connections::reading(file.to_owned(), refusal, None));
        }
    }
    let folder = tempfile::Builder::new().prefix("qinting-").tempdir()?;
    let copy = private_copy(file, folder.path())?;
    settle(&copy, migrations)?;
    if has_rest(&copy)? {
        let conn = connection::open(&copy, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let tx = conn.unchecked_transaction()?;
        rest::bring(
            &tx,
            &Device::passing(),
            &copy,
            &Media::reading(folder.path(), refusal.clone()),
        )?;
        tx.commit()?;
    }
    Ok(Connections::reading(copy, refusal, Some(folder)))
}

/// What SQL alone could not bring up to date is read as it will be; that it gets in a copy here.
fn has_rest(file: &Path) -> Outcome<bool> {
    rest::is_due(&connection::open_unchanging(file)?)
}

/// Copies a database and its log into a folder of our own. A file that is written meanwhile would come
/// out torn: then once more.
pub(crate) fn private_copy(file: &Path, folder: &Path) -> Outcome<PathBuf> {
    let copy = folder.join(DATABASE);
    for _ in 0..ATTEMPTS {
        let before = state_of(file);
        copy_file(file, &copy)?;
        if has_log(file) {
            copy_file(&log_of(file), &log_of(&copy))?;
        } else if log_of(&copy).exists() {
            fs::remove_file(log_of(&copy))?;
        }
        if state_of(file) == before {
            return Ok(copy);
        }
    }
    Err(Fault::refused(codes::WORKSPACE_BUSY))
}

/// The bytes alone: rights that forbid writing stay behind.
fn copy_file(from: &Path, to: &Path) -> io::Result<()> {
    io::copy(&mut File::open(from)?, &mut File::create(to)?).map(drop)
}

type FileState = Option<(u64, Option<SystemTime>)>;

fn state_of(file: &Path) -> [FileState; 2] {
    [file.to_owned(), log_of(file)].map(|file| {
        let meta = fs::metadata(file).ok()?;
        Some((meta.len(), meta.modified().ok()))
    })
}

/// Folds the log in, brings the schema up to date, and checks: after this the copy is one file.
pub(crate) fn settle(copy: &Path, migrations: &Runner) -> Outcome<()> {
    let found = found_version(copy, migrations)?;
    refuse_unreadable(copy, found, known_version(migrations))?;
    let mut conn = connection::open(copy, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    if found < known_version(migrations) {
        bring_up_to_date(&mut conn, migrations)?;
    }
    check(&conn, copy)?;
    conn.pragma_update(None, "journal_mode", "delete")?;
    conn.close().map_err(|(_, e)| e)?;
    Ok(())
}
