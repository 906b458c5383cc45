//! Copies of the database in `backups/`: one before every migration, one a day, the newest seven.
//!
//! Their names sort in the order in which they were made, whatever the clock said. What a restore put
//! aside lies there too, under another name, and is never removed by us.

use crate::connection;
use crate::fault::{Fault, Outcome};
use crate::open::{stored_version, sync_dir};
use qinting_app::{AppError, Cancel, CopyRow, codes};
use qinting_domain::UnixMs;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OptionalExtension};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The folder of the copies in a workspace folder.
const BACKUPS: &str = "backups";
/// Copies that are kept.
const KEPT: usize = 7;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// Copies begin with this, and what a restore put aside with that.
const COPY: &str = "workspace-";
const ASIDE: &str = "aside-";
/// Pages that are copied at once, about a megabyte.
const PAGES: i32 = 256;
/// Between two steps whoever listens or searches gets the disk.
const BREATH: Duration = Duration::from_millis(2);
/// Whoever makes a copy holds this.
const LOCK: &str = "copying.lock";

pub(crate) fn folder_of(workspace: &Path) -> PathBuf {
    workspace.join(BACKUPS)
}

/// Makes a copy of what `conn` sees, and takes the oldest away. `conn` is in a read transaction, or
/// nobody else writes.
pub(crate) fn make(conn: &Connection, workspace: &Path, version: u32) -> Outcome<()> {
    let lock = lock(workspace)?;
    lock.lock()?;
    copy(conn, workspace, version, &Cancel::default())
}

/// Makes a copy when the newest is older than a day; tells whether it did. One that another process
/// makes is enough.
pub(crate) fn make_daily(
    conn: &Connection,
    workspace: &Path,
    now: UnixMs,
    cancel: &Cancel,
) -> Outcome<bool> {
    if !is_due(workspace, now)? || !holds_anything(conn)? {
        return Ok(false);
    }
    let lock = lock(workspace)?;
    if lock.try_lock().is_err() || !is_due(workspace, now)? {
        return Ok(false);
    }
    let snapshot = conn.unchecked_transaction()?;
    let version = stored_version(&snapshot)?;
    copy(&snapshot, workspace, version, cancel)?;
    Ok(!cancel.is_cancelled())
}

/// Whoever makes or changes a copy holds this.
pub(crate) fn lock(workspace: &Path) -> Outcome<File> {
    let folder = folder_of(workspace);
    fs::create_dir_all(&folder)?;
    Ok(File::create(folder.join(LOCK))?)
}

/// A clock that was set back makes no copy young for ever.
fn is_due(workspace: &Path, now: UnixMs) -> Outcome<bool> {
    let newest = named(workspace, COPY)?.pop();
    Ok(newest.is_none_or(|newest| (now - made_at(&newest)).abs() >= DAY_MS))
}

fn holds_anything(conn: &Connection) -> Outcome<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM \"case\") OR EXISTS (SELECT 1 FROM issue)";
    Ok(conn.query_row(sql, [], |r| r.get(0))?)
}

fn copy(conn: &Connection, workspace: &Path, version: u32, cancel: &Cancel) -> Outcome<()> {
    let folder = folder_of(workspace);
    for unfinished in files(&folder)?.iter().filter(|f| has_ending(f, "part")) {
        fs::remove_file(unfinished)?;
    }
    let target = folder.join(format!("{COPY}{}-v{version}.db", next(workspace)?));
    let unfinished = target.with_extension("part");
    if !fill(conn, &unfinished, cancel)? {
        fs::remove_file(&unfinished)?;
        return Ok(());
    }
    fs::rename(&unfinished, &target)?;
    sync_dir(Some(&folder))?;
    for old in named(workspace, COPY)?.iter().rev().skip(KEPT) {
        fs::remove_file(old)?;
    }
    Ok(())
}

/// Copies page by page into a new file, and looks whether the copy is sound: one that is not never
/// pushes a good one out. `false` when it was cancelled.
pub(crate) fn fill(conn: &Connection, target: &Path, cancel: &Cancel) -> Outcome<bool> {
    let mut copy = Connection::open(target)?;
    {
        let backup = Backup::new(conn, &mut copy)?;
        loop {
            if cancel.is_cancelled() {
                return Ok(false);
            }
            if backup.step(PAGES)? == StepResult::Done {
                break;
            }
            std::thread::sleep(BREATH);
        }
    }
    let verdict: String = copy.query_row("PRAGMA quick_check(1)", [], |r| r.get(0))?;
    if verdict != "ok" {
        return Err(Fault::refused(codes::WORKSPACE_DAMAGED));
    }
    copy.close().map_err(|(_, e)| e)?;
    File::open(target)?.sync_all()?;
    Ok(true)
}

/// The number of the next file: the time, or one more than the newest where the clock was set back.
/// Fifteen digits, so that names sort.
pub(crate) fn next(workspace: &Path) -> Outcome<String> {
    let newest = [COPY, ASIDE].iter().map(|kind| named(workspace, kind));
    let newest = newest.collect::<Outcome<Vec<_>>>()?;
    let newest = newest
        .iter()
        .flatten()
        .filter_map(|file| number(file))
        .max();
    let now = millis(SystemTime::now());
    Ok(format!("{:015}", newest.map_or(now, |n| now.max(n + 1))))
}

fn number(file: &Path) -> Option<i64> {
    let name = file.file_name()?.to_str()?;
    name.split('-').nth(1)?.parse().ok()
}

/// Names what is put aside now.
pub(crate) fn aside(workspace: &Path) -> Outcome<PathBuf> {
    fs::create_dir_all(folder_of(workspace))?;
    Ok(folder_of(workspace).join(format!("{ASIDE}{}-db.db", next(workspace)?)))
}

/// Whether there is a copy of the database.
pub(crate) fn has_any(workspace: &Path) -> bool {
    named(workspace, COPY).is_ok_and(|all| !all.is_empty())
}

/// A database was put aside here: its recordings are not to be swept as if nobody knew them.
pub(crate) fn has_aside(workspace: &Path) -> bool {
    named(workspace, ASIDE).is_ok_and(|all| !all.is_empty())
}

/// Everything one can go back to, newest first.
pub(crate) fn list(workspace: &Path) -> Outcome<Vec<CopyRow>> {
    let mut rows = Vec::new();
    for (kind, is_aside) in [(COPY, false), (ASIDE, true)] {
        for file in named(workspace, kind)?.into_iter().rev() {
            let mut row = CopyRow {
                name: name_of(&file),
                made_at: made_at(&file),
                bytes: fs::metadata(&file)?.len(),
                is_aside,
                ..CopyRow::default()
            };
            if let Err(e) = look_into(&file, &mut row) {
                tracing::warn!(error = %AppError::from(e).kind(), "a copy cannot be read");
            }
            rows.push(row);
        }
    }
    Ok(rows)
}

/// What a copy holds. A schema before sessions or calls has them not.
fn look_into(file: &Path, row: &mut CopyRow) -> Outcome<()> {
    let conn = connection::open_unchanging(file)?;
    row.schema_version = stored_version(&conn)?;
    let count = |table: &str| {
        let sql = format!("SELECT count(*) FROM \"{table}\" WHERE deleted_at IS NULL");
        conn.query_row(&sql, [], |r| r.get(0))
    };
    row.cases = count("case")?;
    row.observations = count("observation")?;
    row.issues = count("issue")?;
    // Before operations stood in chains, each of their changes said when it was.
    let log = match row.schema_version {
        ..12 => "change",
        _ => "op",
    };
    let last = format!("SELECT at FROM {log} ORDER BY seq DESC LIMIT 1");
    row.last_change_at = conn.query_row(&last, [], |r| r.get(0)).optional()?;
    row.readable = true;
    Ok(())
}

/// The files of all copies, and of what was put aside.
pub(crate) fn all(workspace: &Path) -> Outcome<Vec<PathBuf>> {
    let mut all = named(workspace, COPY)?;
    all.extend(named(workspace, ASIDE)?);
    Ok(all)
}

/// The file of a copy by its name; `None` for anything that is not one.
pub(crate) fn find(workspace: &Path, name: &str) -> Outcome<Option<PathBuf>> {
    let all = all(workspace)?;
    Ok(all.into_iter().find(|file| name_of(file) == name))
}

/// Files whose name begins with `kind`, in the order in which they were made.
fn named(workspace: &Path, kind: &str) -> Outcome<Vec<PathBuf>> {
    let mut all = files(&folder_of(workspace))?;
    all.retain(|f| has_ending(f, "db") && name_of(f).starts_with(kind));
    all.sort();
    Ok(all)
}

fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => Ok(entries
            .map(|e| e.map(|e| e.path()))
            .collect::<Result<_, _>>()?),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(e.into()),
    }
}

fn has_ending(file: &Path, ending: &str) -> bool {
    file.extension().is_some_and(|e| e == ending)
}

fn name_of(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn made_at(file: &Path) -> UnixMs {
    fs::metadata(file)
        .and_then(|m| m.modified())
        .map_or(0, millis)
}

fn millis(at: SystemTime) -> i64 {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
