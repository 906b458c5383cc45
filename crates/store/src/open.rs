//! Opening a workspace: what is there is looked at before anything is touched.

use crate::connection::{self, Connections};
use crate::copies;
use crate::fault::{Fault, Outcome};
use crate::media;
use crate::medium::Medium;
use crate::table;
use qinting_app::{AppError, codes};
use qinting_domain::EntityKind;
use refinery::Runner;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

mod place;
mod reading;
pub(crate) mod rest;
mod schema;

use place::{Made, name_of, not_made, refuse_long, unusable};
pub(crate) use reading::{id_in, is_begun, look_at, private_copy, quietly, refusal, settle};
pub(crate) use schema::altered_in;

mod embedded {
    refinery::embed_migrations!("migrations");
}

/// The database file in a workspace folder.
pub(crate) const DATABASE: &str = "workspace.db";
/// The oldest version of the schema whose program may read what this one writes: raised only when it would
/// misread it. An older program leaves the workspace untouched, one from here on opens it to read.
const READABLE_FROM: u32 = 23;
/// Marks the level in the header of the file as ours.
const LEVEL_MARK: u32 = 0x5154 << 16;
/// Up to this size the whole file is checked at every start (about 0.1 s).
const WHOLE_CHECK_BYTES: u64 = 64 << 20;
/// What was written besides records and what they list.
const IRREPLACEABLE: [&str; 11] = [
    "blob",
    "capture_part",
    "capture_gap",
    "bin",
    "op",
    "change",
    "said",
    "said_of",
    "erased",
    "purged",
    "job",
];

/// What is checked at every start however big the rest is: all but the text, which can be made again.
fn irreplaceable() -> Vec<String> {
    let kinds = EntityKind::ALL.into_iter();
    let kinds = kinds.filter(|k| *k != EntityKind::Segment);
    let records = kinds.clone().map(|kind| kind.as_str().to_owned());
    let lists = kinds.flat_map(table::lists_of);
    let others = IRREPLACEABLE.map(str::to_owned);
    records.chain(lists).chain(others).collect()
}

/// The migrations this version knows.
pub(crate) fn migrations() -> Runner {
    // They come in the order of their files' names, in which V10 stands before V2.
    let mut all = embedded::migrations::runner().get_migrations().clone();
    all.sort();
    Runner::new(&all)
}

/// Opens, and where needed makes or migrates, the database of a workspace folder. What cannot be
/// written is opened to read. `begin` is called before a new one is made in its folder.
pub(crate) fn open(
    folder: &Path,
    migrations: &Runner,
    medium: &Medium,
    begin: &dyn Fn(),
) -> Outcome<Connections> {
    let file = folder.join(DATABASE);
    if let Some(refusal) = refusal(medium, folder) {
        return reading::open(&file, migrations, medium, refusal);
    }
    refuse_long(folder)?;
    let found = found_version(&file, migrations)?;
    let known = known_version(migrations);
    if found > known {
        refuse_unreadable(&file, found, known)?;
        let refusal = AppError::new(codes::WORKSPACE_NEWER_READ);
        let refusal = refusal.with("found", found).with("known", known);
        return reading::open(&file, migrations, medium, refusal);
    }
    let made = Made::folder(folder).map_err(|e| not_made(folder, &e))?;
    if found == 0 {
        begin();
    }
    if found < known {
        migrate(folder, &file, migrations)?;
    }
    let conn = connection::open(&file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    set_wal(&conn)?;
    // A migration may have been cut off right behind its last step.
    mark_level(&conn, known)?;
    if found > 0 {
        check(&conn, &file)?;
    }
    made.keep();
    Ok(Connections::new(file, conn))
}

/// Refuses a file whose schema is newer, unless its level says that this version may read it.
fn refuse_unreadable(file: &Path, found: u32, known: u32) -> Outcome<()> {
    if found <= known {
        return Ok(());
    }
    let id: u32 = open_untouched(file)?.pragma_query_value(None, "application_id", |r| r.get(0))?;
    let level = id.checked_sub(LEVEL_MARK).filter(|level| *level < 1 << 16);
    match level.is_some_and(|level| level <= known) {
        true => Ok(()),
        false => refuse_newer(found, known),
    }
}

fn refuse_newer(found: u32, known: u32) -> Outcome<()> {
    if found > known {
        let refusal = AppError::new(codes::WORKSPACE_NEWER);
        return Err(refusal.with("found", found).with("known", known).into());
    }
    Ok(())
}

pub(crate) fn known_version(migrations: &Runner) -> u32 {
    let versions = migrations.get_migrations().iter();
    versions
        .filter_map(|m| u32::try_from(m.version()).ok())
        .max()
        .unwrap_or(0)
}

/// Schema version of the file, 0 when there is none yet; what is not made as our versions make it is refused.
/// Leaves no trace: without a write-ahead log the file is opened as if it were on a read-only medium.
fn found_version(file: &Path, migrations: &Runner) -> Outcome<u32> {
    match fs::metadata(file) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return never_begun(file),
        Err(e) => return Err(unusable_file(file).because(e).into()),
        Ok(m) if !m.is_file() => return Err(unusable_file(file).into()),
        Ok(m) if m.len() == 0 => return never_begun(file),
        Ok(_) => {}
    }
    version_in(file, migrations).map_err(|e| match AppError::from(e) {
        // Where recordings or copies lie beside it, it was one of ours.
        e if e.code() == codes::WORKSPACE_UNUSABLE && is_ours(file) => {
            AppError::new(codes::WORKSPACE_DAMAGED).because(e).into()
        }
        e if e.code() == codes::WORKSPACE_UNUSABLE => unusable_file(file).because(e).into(),
        e => Fault::from(e),
    })
}

fn version_in(file: &Path, migrations: &Runner) -> Outcome<u32> {
    let conn = open_untouched(file)?;
    let version = stored_version(&conn)?;
    if version == 0 && !is_blank(&conn)? {
        return Err(unusable_file(file)
            .because("a database of something else")
            .into());
    }
    schema::refuse_altered(&conn, migrations, version)?;
    Ok(version)
}

/// Whether recordings or copies of a workspace lie beside a database.
fn is_ours(file: &Path) -> bool {
    let folder = file.parent().unwrap_or(file);
    media::holds_any(folder) || copies::has_any(folder)
}

/// Without a database a folder is a new workspace. Where recordings or copies lie in it, the database
/// was lost: an empty one in its place would hide that, and its sweep take the recordings away.
fn never_begun(file: &Path) -> Outcome<u32> {
    if is_ours(file) {
        return Err(AppError::new(codes::WORKSPACE_DAMAGED)
            .because("no database beside its recordings")
            .into());
    }
    Ok(0)
}

fn unusable_file(file: &Path) -> AppError {
    unusable(file.parent().unwrap_or(file))
}

/// The write-ahead log of a database file.
pub(crate) fn log_of(file: &Path) -> PathBuf {
    beside(file, "-wal")
}

/// A file SQLite keeps beside a database.
pub(crate) fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(ending);
    name.into()
}

fn has_log(file: &Path) -> bool {
    fs::metadata(log_of(file)).is_ok_and(|m| m.len() > 0)
}

fn open_untouched(file: &Path) -> Outcome<Connection> {
    if has_log(file) {
        connection::open(file, OpenFlags::SQLITE_OPEN_READ_ONLY)
    } else {
        connection::open_unchanging(file)
    }
}

pub(crate) fn stored_version(conn: &Connection) -> Outcome<u32> {
    let by_header: i64 = conn.pragma_query_value(None, "user_version", |r| r.get(0))?;
    let has_history: bool = conn.query_row(
        "SELECT count(*) FROM sqlite_schema WHERE name = 'refinery_schema_history'",
        [],
        |r| r.get(0),
    )?;
    let by_history: Option<i64> = if has_history {
        let sql = "SELECT max(version) FROM refinery_schema_history";
        conn.query_row(sql, [], |r| r.get(0)).optional()?.flatten()
    } else {
        None
    };
    let version = by_header.max(by_history.unwrap_or(0));
    // A foreign application may keep a version of its own in the header.
    Ok(if has_history {
        u32::try_from(version).unwrap_or(u32::MAX)
    } else {
        0
    })
}

fn is_blank(conn: &Connection) -> Outcome<bool> {
    // A history without versions is what a migration that was cut off leaves.
    let sql = "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'refinery_schema_history'";
    Ok(conn.query_row(sql, [], |r| r.get::<_, i64>(0))? == 0)
}

/// Brings the schema up to date, one process at a time.
fn migrate(folder: &Path, file: &Path, migrations: &Runner) -> Outcome<()> {
    let gate = File::create(folder.join("workspace.lock"))?;
    gate.lock()?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut conn = connection::open(file, flags)?;
    // Another process may have migrated while this one waited.
    let found = stored_version(&conn)?;
    let known = known_version(migrations);
    refuse_newer(found, known)?;
    if found < known {
        if found > 0 {
            copies::make(&conn, folder, found)?;
        }
        set_wal(&conn)?;
        bring_up_to_date(&mut conn, migrations)?;
        tracing::info!(from = found, to = known, "workspace schema is up to date");
    }
    drop(conn);
    sync_dir(Some(folder))?;
    Ok(())
}

pub(crate) fn bring_up_to_date(conn: &mut Connection, migrations: &Runner) -> Outcome<()> {
    let runner = Runner::new(migrations.get_migrations()).set_grouped(true);
    runner.run(conn)?;
    mark_level(conn, known_version(migrations))
}

/// Writes into the header of the file which version it is of, and from which on it can be read.
fn mark_level(conn: &Connection, known: u32) -> Outcome<()> {
    let level = LEVEL_MARK | READABLE_FROM;
    for (name, value) in [("user_version", known), ("application_id", level)] {
        let stands: u32 = conn.pragma_query_value(None, name, |r| r.get(0))?;
        if stands != value {
            conn.pragma_update(None, name, value)?;
        }
    }
    Ok(())
}

fn set_wal(conn: &Connection) -> Outcome<()> {
    let mode: String = conn.pragma_update_and_check(None, "journal_mode", "wal", |r| r.get(0))?;
    if mode != "wal" {
        return Err(AppError::new(codes::WORKSPACE_UNUSABLE)
            .because("no write-ahead log")
            .into());
    }
    conn.pragma_update(None, "journal_size_limit", 64 << 20)?;
    Ok(())
}

/// Refuses a damaged database before anything is built on it.
fn check(conn: &Connection, file: &Path) -> Outcome<()> {
    let size = fs::metadata(file).map_or(0, |m| m.len());
    let damaged =
        |verdict: String| Fault::from(AppError::new(codes::WORKSPACE_DAMAGED).because(verdict));
    if size <= WHOLE_CHECK_BYTES {
        let verdict: String = conn.query_row("PRAGMA quick_check(1)", [], |r| r.get(0))?;
        return if verdict == "ok" {
            Ok(())
        } else {
            Err(damaged(verdict))
        };
    }
    for table in irreplaceable() {
        let sql = format!("PRAGMA quick_check(\"{table}\")");
        let verdict: String = conn.query_row(&sql, [], |r| r.get(0))?;
        if verdict != "ok" {
            return Err(damaged(verdict));
        }
    }
    Ok(())
}

/// Makes new names in a folder survive a power cut. Windows keeps names with their files.
pub(crate) fn sync_dir(folder: Option<&Path>) -> std::io::Result<()> {
    if let (true, Some(folder)) = (cfg!(unix), folder.filter(|f| !f.as_os_str().is_empty())) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod killed;
#[cfg(test)]
mod older;
#[cfg(test)]
mod tenth;
#[cfg(test)]
mod tests;
