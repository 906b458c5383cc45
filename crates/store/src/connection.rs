//! One connection that writes, a few that read.

use crate::fault::{Fault, Outcome};
use parking_lot::Mutex;
use qinting_app::codes;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Read connections that are kept open; more are made and dropped when more threads read at once.
const KEPT_READERS: usize = 4;
/// How long SQLite itself waits for another process's lock.
const BUSY_TIMEOUT: Duration = Duration::from_millis(5_000);
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
    writer: Mutex<Connection>,
}

impl Connections {
    /// Takes over the connection that opened the database.
    pub fn new(file: PathBuf, writer: Connection) -> Self {
        Self {
            file,
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
        }
    }

    /// Runs `work` in one transaction that is on disk when this returns, or has left no trace.
    /// `work` may run again when another process holds the lock.
    pub fn write<T>(&self, mut work: impl FnMut(&Connection) -> Outcome<T>) -> Outcome<T> {
        let writer = self.writer.lock();
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
        work(&self.writer.lock())
    }

    /// Runs `work` on one consistent state, beside any writer.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> Outcome<T>) -> Outcome<T> {
        let kept = self.readers.lock().pop();
        let reader = match kept {
            Some(reader) => reader,
            None => open(&self.file, OpenFlags::SQLITE_OPEN_READ_ONLY)?,
        };
        let outcome = read_once(&reader, work);
        let mut readers = self.readers.lock();
        if readers.len() < KEPT_READERS {
            readers.push(reader);
        }
        outcome
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

fn read_once<T>(reader: &Connection, work: impl FnOnce(&Connection) -> Outcome<T>) -> Outcome<T> {
    let tx = reader.unchecked_transaction()?;
    let value = work(&tx)?;
    tx.commit()?;
    Ok(value)
}

/// Opens the database file with the settings every connection has. `fullfsync` is for macOS, where a
/// commit would otherwise end in the drive's cache and not on the platter.
pub(crate) fn open(file: &Path, flags: OpenFlags) -> Outcome<Connection> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        tracing::error!(
            version = rusqlite::version(),
            "SQLite is too old to be safe"
        );
        return Err(Fault::refused(codes::INTERNAL));
    }
    let conn = Connection::open_with_flags(file, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
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
