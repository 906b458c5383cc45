//! What goes wrong below the port, and the code it becomes at the port.

use qinting_app::{AppError, Cause, Kind, codes};
use rusqlite::ErrorCode;
use std::io;
use thiserror::Error;

/// Result inside this crate.
pub(crate) type Outcome<T> = Result<T, Fault>;

/// A failure inside the store.
#[derive(Debug, Error)]
pub(crate) enum Fault {
    /// SQLite says no.
    #[error(transparent)]
    Sql(#[from] rusqlite::Error),
    /// A value does not become JSON or come back from it.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// The file system says no.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A migration failed.
    #[error(transparent)]
    Migration(#[from] refinery::Error),
    /// A refusal that has its code already.
    #[error("{0}")]
    Refused(AppError),
}

impl From<AppError> for Fault {
    fn from(e: AppError) -> Self {
        Self::Refused(e)
    }
}

impl Fault {
    /// A refusal with a code of [`codes`].
    pub fn refused(code: &str) -> Self {
        Self::Refused(AppError::new(code))
    }

    /// Another connection holds the lock; trying again may help.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Sql(e) if matches!(
            e.sqlite_error_code(),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
        ))
    }
}

impl From<Fault> for AppError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Refused(e) => e,
            Fault::Sql(e) => from_sql(&e),
            Fault::Io(e) => from_io(&e),
            Fault::Json(e) => internal(e),
            Fault::Migration(e) => from_migration(&e),
        }
    }
}

fn internal(cause: impl Cause) -> AppError {
    AppError::new(codes::INTERNAL)
        .with("ref", "store")
        .because(cause)
}

/// What SQLite says in numbers. Its words hold paths, and what somebody typed.
fn kind(e: &rusqlite::Error) -> Kind {
    match e.sqlite_error() {
        Some(said) => Kind::numbered("sqlite", said.extended_code),
        None => Kind::of(e),
    }
}

fn from_sql(e: &rusqlite::Error) -> AppError {
    let code = match (
        e.sqlite_error_code(),
        e.sqlite_error().map(|s| s.extended_code),
    ) {
        (Some(ErrorCode::DiskFull), _) => codes::DISK_FULL,
        (Some(ErrorCode::OperationInterrupted), _) => codes::CANCELLED,
        // The shared-memory index of the write-ahead log could not grow.
        (_, Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE)) => codes::DISK_FULL,
        (_, Some(rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY)) => codes::NOT_FOUND,
        (Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked), _) => codes::WORKSPACE_BUSY,
        (Some(ErrorCode::DatabaseCorrupt), _) => codes::WORKSPACE_DAMAGED,
        (Some(ErrorCode::NotADatabase), _) => codes::WORKSPACE_UNUSABLE,
        (Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied), _) => {
            codes::DISK_DENIED
        }
        (Some(ErrorCode::SystemIoFailure), _) => codes::DISK_DENIED,
        _ => return internal(kind(e)),
    };
    AppError::new(code).because(kind(e))
}

/// The code for a file that could not be read or written.
pub(crate) fn from_io(e: &io::Error) -> AppError {
    let code = match e.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => codes::DISK_FULL,
        io::ErrorKind::ReadOnlyFilesystem => codes::DISK_READ_ONLY,
        io::ErrorKind::NotFound => codes::NOT_FOUND,
        _ => codes::DISK_DENIED,
    };
    AppError::new(code).because(e)
}

fn from_migration(e: &refinery::Error) -> AppError {
    // Refinery hides SQLite's error one level down; a full disk must still be told as one.
    match e.kind() {
        refinery::error::Kind::Connection(_, source) => source
            .downcast_ref::<rusqlite::Error>()
            .map_or_else(|| internal(Kind::of(e)), from_sql),
        _ => internal(Kind::of(e)),
    }
}
