//! Errors as they leave a use case: a code, arguments for a person, and the kind of their cause for
//! the log.

pub mod codes;

use crate::cause::{Cause, Kind};
use qinting_domain::{ErrorNote, Refusal};
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::Path;

/// The longest name most file systems take, in bytes.
const MAX_NAME: usize = 255;

/// Result of a use case or port.
pub type AppResult<T> = Result<T, AppError>;

/// A use case could not do its work. The note is what hosts act on and word. Shown as text, which is
/// how logs take it, an error is its code and the kind of its cause: arguments may be names, numbers
/// and paths, and stay in the note.
#[derive(Clone)]
pub struct AppError {
    /// What crosses the boundary.
    pub note: ErrorNote,
    cause: Option<Kind>,
}

impl AppError {
    /// An error with a code of [`codes`].
    pub fn new(code: &str) -> Self {
        Self {
            note: ErrorNote::new(code),
            cause: None,
        }
    }

    /// With one more argument for the wording. Never transcript text.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl ToString) -> Self {
        self.note = self.note.with(key, value);
        self
    }

    /// With the technical cause. Its kind is what the log gets to see.
    #[must_use]
    pub fn because(mut self, cause: impl Cause) -> Self {
        self.cause = Some(cause.kind());
        self
    }

    /// What a disk said when something was read from or written to `path`, as a code with the name
    /// that a person can act on: `disk.full`, `disk.read_only`, `disk.name_too_long`,
    /// `disk.path_too_long`, `disk.folder_missing`, or `disk.denied`.
    pub fn of_disk(e: &io::Error, path: &Path) -> Self {
        let name = |path: &Path| {
            let name = path.file_name().unwrap_or(path.as_os_str());
            name.to_string_lossy().into_owned()
        };
        let (code, name) = match e.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                return Self::new(codes::DISK_FULL).because(e);
            }
            ErrorKind::ReadOnlyFilesystem => (codes::DISK_READ_ONLY, name(path)),
            ErrorKind::InvalidFilename => match path.iter().find(|part| part.len() > MAX_NAME) {
                Some(long) => (
                    codes::DISK_NAME_TOO_LONG,
                    long.to_string_lossy().into_owned(),
                ),
                None => (codes::DISK_PATH_TOO_LONG, name(path)),
            },
            ErrorKind::NotFound | ErrorKind::NotADirectory => match first_missing(path) {
                Some(folder) => (codes::DISK_FOLDER_MISSING, name(folder)),
                None => return Self::new(codes::NOT_FOUND).with("kind", "file").because(e),
            },
            _ => {
                return Self::new(codes::DISK_DENIED)
                    .with("path", name(path))
                    .because(e);
            }
        };
        Self::new(code).with("name", name).because(e)
    }

    /// What a log may hold of it: its code and the kind of its cause.
    pub fn kind(&self) -> Kind {
        Cause::kind(self)
    }

    /// Its code.
    pub fn code(&self) -> &str {
        &self.note.code
    }
}

/// The outermost folder on the way to `path` that is not there.
fn first_missing(path: &Path) -> Option<&Path> {
    let folders = path.ancestors().skip(1);
    folders
        .filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())
        .last()
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.note.code)?;
        match &self.cause {
            Some(cause) => write!(f, " ({cause})"),
            None => Ok(()),
        }
    }
}

/// The same as shown: whoever logs it this way must not let arguments out either.
impl fmt::Debug for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for AppError {}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        refusal.note().into()
    }
}

impl From<ErrorNote> for AppError {
    fn from(note: ErrorNote) -> Self {
        Self { note, cause: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use qinting_domain::{CaseId, EntityKind, Role, Unfit};

    /// The gate names its refusals by itself; each has its words.
    #[test]
    fn what_the_gate_refuses_is_refused_with_a_code_of_ours() {
        let refusals = [
            Refusal::Unfit(Unfit::of("title")),
            Refusal::Gone(EntityKind::Case),
            Refusal::Binned(CaseId(uuid::Uuid::nil())),
            Refusal::Taken("退款".into()),
            Refusal::MergeTarget,
            Refusal::Role(vec![Role::Curator, Role::Administrator]),
        ];
        for refusal in refusals {
            let code = refusal.note().code;
            assert!(codes::ALL.contains(&code.as_str()), "{code}");
        }
    }
}
