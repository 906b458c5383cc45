//! Opening a workspace: what is there is looked at before anything is touched.

use crate::connection::{self, Connections};
use crate::fault::{Fault, Outcome};
use qinting_app::{AppError, codes};
use refinery::Runner;
use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

mod embedded {
    refinery::embed_migrations!("migrations");
}

/// The database file in a workspace folder.
pub(crate) const DATABASE: &str = "workspace.db";
/// Copies made before migrations, in a workspace folder.
const BACKUPS: &str = "backups";
/// Copies that are kept.
const KEPT_BACKUPS: usize = 7;
/// Up to this size the whole file is checked at every start (about 0.1 s).
const WHOLE_CHECK_BYTES: u64 = 64 << 20;
/// What people wrote: checked at every start however big the rest is.
const IRREPLACEABLE: [&str; 20] = [
    "person",
    "tag",
    "case",
    "recording",
    "observation",
    "observation_tag",
    "issue",
    "issue_link",
    "comment",
    "session",
    "session_person",
    "session_case",
    "live_call",
    "seat_note",
    "capture_part",
    "capture_gap",
    "bin",
    "settings",
    "change",
    "job",
];

/// The migrations this version knows.
pub(crate) fn migrations() -> Runner {
    embedded::migrations::runner()
}

/// Opens, and where needed makes or migrates, the database of a workspace folder.
pub(crate) fn open(folder: &Path, migrations: &Runner) -> Outcome<Connections> {
    let file = folder.join(DATABASE);
    let found = found_version(&file)?;
    let known = known_version(migrations);
    refuse_newer(found, known)?;
    let is_there = fs::metadata(folder).is_ok();
    fs::create_dir_all(folder).map_err(|e| unusable(folder).because(e))?;
    if !is_there {
        sync_dir(folder.parent())?;
    }
    if found < known {
        migrate(folder, &file, migrations)?;
    }
    let conn = connection::open(&file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    set_wal(&conn)?;
    if found > 0 {
        check(&conn, &file)?;
    }
    Ok(Connections::new(file, conn))
}

fn unusable(folder: &Path) -> AppError {
    let name = folder
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    AppError::new(codes::WORKSPACE_UNUSABLE).with("path", name)
}

fn refuse_newer(found: u32, known: u32) -> Outcome<()> {
    if found > known {
        let refusal = AppError::new(codes::WORKSPACE_NEWER);
        return Err(refusal.with("found", found).with("known", known).into());
    }
    Ok(())
}

fn known_version(migrations: &Runner) -> u32 {
    let versions = migrations.get_migrations().iter();
    versions
        .filter_map(|m| u32::try_from(m.version()).ok())
        .max()
        .unwrap_or(0)
}

/// Schema version of the file, 0 when there is none yet. Leaves no trace: without a write-ahead
/// log the file is opened as if it were on a read-only medium.
fn found_version(file: &Path) -> Outcome<u32> {
    match fs::metadata(file) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        Err(e) => return Err(unusable_file(file).because(e).into()),
        Ok(m) if !m.is_file() => return Err(unusable_file(file).into()),
        Ok(m) if m.len() == 0 => return Ok(0),
        Ok(_) => {}
    }
    let conn = open_untouched(file)?;
    let version = stored_version(&conn).map_err(|e| match AppError::from(e) {
        e if e.code() == codes::WORKSPACE_UNUSABLE => Fault::from(unusable_file(file).because(e)),
        e => e.into(),
    })?;
    if version == 0 && !is_blank(&conn)? {
        return Err(unusable_file(file)
            .because("a database of something else")
            .into());
    }
    Ok(version)
}

fn unusable_file(file: &Path) -> AppError {
    unusable(file.parent().unwrap_or(file))
}

fn open_untouched(file: &Path) -> Outcome<Connection> {
    let wal = PathBuf::from(format!("{}-wal", file.display()));
    let has_log = fs::metadata(wal).is_ok_and(|m| m.len() > 0);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    match file.to_str() {
        Some(path) if !has_log => {
            let path = path
                .replace('%', "%25")
                .replace('?', "%3f")
                .replace('#', "%23");
            let path = path.replace('\\', "/");
            let root = if path.starts_with('/') { "" } else { "/" };
            let root = if Path::new(&path).is_absolute() {
                root
            } else {
                ""
            };
            let uri = format!("file:{root}{path}?immutable=1");
            Ok(Connection::open_with_flags(
                uri,
                flags | OpenFlags::SQLITE_OPEN_URI,
            )?)
        }
        _ => connection::open(file, OpenFlags::SQLITE_OPEN_READ_ONLY),
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
            back_up(&conn, folder, found)?;
        }
        set_wal(&conn)?;
        let runner = Runner::new(migrations.get_migrations()).set_grouped(true);
        runner.run(&mut conn)?;
        conn.pragma_update(None, "user_version", known)?;
        tracing::info!(from = found, to = known, "workspace schema is up to date");
    }
    drop(conn);
    sync_dir(Some(folder))?;
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

fn back_up(conn: &Connection, folder: &Path, version: u32) -> Outcome<()> {
    let backups = folder.join(BACKUPS);
    fs::create_dir_all(&backups)?;
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_millis();
    let target = backups.join(format!("workspace-{now:015}-v{version}.db"));
    let unfinished = target.with_extension("part");
    let mut copy = Connection::open(&unfinished)?;
    Backup::new(conn, &mut copy)?.run_to_completion(1_000, Duration::ZERO, None)?;
    let verdict: String = copy.query_row("PRAGMA quick_check(1)", [], |r| r.get(0))?;
    if verdict != "ok" {
        return Err(Fault::refused(codes::WORKSPACE_DAMAGED));
    }
    copy.close().map_err(|(_, e)| e)?;
    File::open(&unfinished)?.sync_all()?;
    fs::rename(&unfinished, &target)?;
    sync_dir(Some(&backups))?;
    let mut all: Vec<PathBuf> = fs::read_dir(&backups)?
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "db"))
        .collect();
    // The time stands first in the name, so names sort by age.
    all.sort();
    for old in all.iter().rev().skip(KEPT_BACKUPS) {
        fs::remove_file(old)?;
    }
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
    for table in IRREPLACEABLE {
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
mod tests;
