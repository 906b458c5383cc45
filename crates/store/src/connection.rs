//! One connection that writes, a few that read.

use crate::fault::{Fault, Outcome};
use crate::lens;
use parking_lot::Mutex;
use qinting_app::{AppError, Cancel, codes};
use qinting_domain::Actor;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// Read connections that are kept open; more are made and dropped when more threads read at once.
const KEPT_READERS: usize = 4;
/// How long SQLite itself waits for another process's lock.
const BUSY_TIMEOUT: Duration = Duration::from_millis(5_000);
/// After so many steps SQLite asks whether a read is still wanted: a fraction of a millisecond.
const STEPS: i32 = 1_000;
/// How often a write is tried when that was not enough.
const ATTEMPTS: u32 = 4;
/// Below this version two connections that write at once can damage a write-ahead log.
const OLDEST_SQLITE: i32 = 3_051_003;

/// The connections of one open workspace.
pub(crate) struct Connections {
    file: PathBuf,
    // Closed in this order: the last one to close folds the write-ahead log into the file, which a
    // connection that only reads cannot.
    readers: Mutex<Vec<Connection>>,
    /// Those that see what one person sees.
    covered: Mutex<Vec<(Actor, Connection)>>,
    writer: Writer,
}

enum Writer {
    Here(Mutex<Connection>),
    /// The file does not change while it is open.
    Nobody {
        refusal: AppError,
        /// Where the file lies, when it is a copy of our own.
        _copy: Option<TempDir>,
    },
}

impl Connections {
    /// Takes over the connection that opened the database.
    pub fn new(file: PathBuf, writer: Connection) -> Self {
        Self {
            file,
            readers: Mutex::default(),
            covered: Mutex::default(),
            writer: Writer::Here(Mutex::new(writer)),
        }
    }

    /// Reads a file nobody writes; every write is answered with `refusal`. A `copy` lives as long as
    /// the connections.
    pub fn reading(file: PathBuf, refusal: AppError, copy: Option<TempDir>) -> Self {
        Self {
            file,
            readers: Mutex::default(),
            covered: Mutex::default(),
            writer: Writer::Nobody {
                refusal,
                _copy: copy,
            },
        }
    }

    /// Why nothing is written here, if that is so.
    pub fn refusal(&self) -> Option<&AppError> {
        match &self.writer {
            Writer::Here(_) => None,
            Writer::Nobody { refusal, .. } => Some(refusal),
        }
    }

    fn writer(&self) -> Outcome<&Mutex<Connection>> {
        match &self.writer {
            Writer::Here(writer) => Ok(writer),
            Writer::Nobody { refusal, .. } => Err(refusal.clone().into()),
        }
    }

    /// Runs `work` in one transaction that is on disk when this returns, or has left no trace.
    /// `work` may run again when another process holds the lock.
    pub fn write<T>(&self, mut work: impl FnMut(&Connection) -> Outcome<T>) -> Outcome<T> {
        let writer = self.writer()?.lock();
        let mut attempt = 1;
        loop {
            match write_once(&writer, &mut work) {
                Err(e) if e.is_busy() && attempt < ATTEMPTS => {
                    tracing::warn!(attempt, "workspace is locked by another process");
                    attempt += 1;
                }
                outcome => return outcome,
            }
        }
    }

    /// The writing connection itself, for tests that take its room away.
    #[cfg(test)]
    pub fn with_writer<T>(&self, work: impl FnOnce(&Connection) -> Outcome<T>) -> Outcome<T> {
        work(&self.writer()?.lock())
    }

    /// Runs `work` on one consistent state, beside any writer.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> Outcome<T>) -> Outcome<T> {
        let kept = self.readers.lock().pop();
        let mut reader = match kept {
            Some(reader) => reader,
            None => self.open_reader()?,
        };
        let outcome = read_once(&mut reader, work);
        let mut readers = self.readers.lock();
        if readers.len() < KEPT_READERS {
            readers.push(reader);
        }
        outcome
    }

    /// The same as `actor` sees it.
    pub fn read_as<T>(
        &self,
        actor: &Actor,
        work: impl FnOnce(&Connection) -> Outcome<T>,
    ) -> Outcome<T> {
        let mut kept = self.covered.lock();
        let place = kept.iter().position(|(whose, _)| whose == actor);
        let taken = place.map(|at| kept.swap_remove(at).1);
        drop(kept);
        let mut reader = match taken {
            Some(reader) => reader,
            None => {
                let reader = self.open_reader()?;
                lens::cover(&reader, actor)?;
                reader
            }
        };
        let outcome = read_once(&mut reader, work);
        let mut kept = self.covered.lock();
        // Others sit down here now and then; whoever sat here longest ago makes room.
        if kept.len() >= KEPT_READERS {
            kept.remove(0);
        }
        kept.push((actor.clone(), reader));
        outcome
    }
}

impl Connections {
    /// Writes the journal into the database and empties it. `false` where somebody reads or writes in it still.
    pub fn checkpoint(&self) -> Outcome<bool> {
        let writer = self.writer()?.lock();
        let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
        Ok(writer.query_row(sql, [], |r| r.get::<_, i64>(0))? == 0)
    }

    /// A connection of its own for long reading: nobody waits for it, and it for nobody.
    pub fn open_reader(&self) -> Outcome<Connection> {
        match &self.writer {
            Writer::Here(_) => open(&self.file, OpenFlags::SQLITE_OPEN_READ_ONLY),
            Writer::Nobody { .. } => open_unchanging(&self.file),
        }
    }
}

fn write_once<T>(
    writer: &Connection,
    work: &mut impl FnMut(&Connection) -> Outcome<T>,
) -> Outcome<T> {
    let tx = Transaction::new_unchecked(writer, TransactionBehavior::Immediate)?;
    let value = work(&tx)?;
    tx.commit()?;
    Ok(value)
}

fn read_once<T>(
    reader: &mut Connection,
    work: impl FnOnce(&Connection) -> Outcome<T>,
) -> Outcome<T> {
    let Some(stop) = Cancel::of_this_call() else {
        return read_through(reader, work);
    };
    reader.progress_handler(STEPS, Some(move || stop.is_cancelled()))?;
    let outcome = read_through(reader, work);
    reader.progress_handler(0, None::<fn() -> bool>)?;
    outcome
}

fn read_through<T>(
    reader: &Connection,
    work: impl FnOnce(&Connection) -> Outcome<T>,
) -> Outcome<T> {
    let tx = reader.unchecked_transaction()?;
    let value = work(&tx)?;
    tx.commit()?;
    Ok(value)
}

/// Opens the database file with the settings every connection has. `fullfsync` is for macOS, where a
/// commit would otherwise end in the drive's cache and not on the platter.
pub(crate) fn open(file: &Path, flags: OpenFlags) -> Outcome<Connection> {
    set_up(Connection::open_with_flags(
        file,
        flags | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?)
}

/// Opens a database file that nobody changes, and leaves no trace: no lock, no file beside it.
pub(crate) fn open_unchanging(file: &Path) -> Outcome<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    set_up(Connection::open_with_flags(unchanging(file), flags)?)
}

/// A database in memory that nobody else knows, with the same settings.
pub(crate) fn in_memory() -> Outcome<Connection> {
    set_up(Connection::open_in_memory()?)
}

/// The file as a URI. Every byte that could mean something is spelt by its number, `/` too: two of
/// them at the start would name another machine.
fn unchanging(file: &Path) -> String {
    let mut uri = String::from("file:");
    for byte in file.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                uri.push(char::from(*byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri + "?immutable=1"
}

fn set_up(conn: Connection) -> Outcome<Connection> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        tracing::error!(
            version = rusqlite::version(),
            "SQLite is too old to be safe"
        );
        return Err(Fault::refused(codes::INTERNAL));
    }
    for (rule, on) in [
        // Whatever a file brings along, its schema and the tables behind its indexes are written by us only.
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        // A name in quotes is a name: one that is not there is told, and not read as a word.
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ] {
        conn.set_db_config(rule, on)?;
    }
    conn.busy_timeout(BUSY_TIMEOUT)?;
    conn.set_prepared_statement_cache_capacity(128);
    conn.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA secure_delete = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA mmap_size = 0;
         PRAGMA cache_size = -16000;
         PRAGMA temp_store = MEMORY;",
    )?;
    Ok(conn)
}
