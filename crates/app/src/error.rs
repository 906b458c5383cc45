//! Errors as they leave a use case: a code, arguments for a person, and the kind of their cause for
//! the log.

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

/// Every code that may reach a person. The UI's catalogue must word each of them in both
/// languages; a test holds the two together.
pub mod codes {
    macro_rules! codes {
        ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
            $($(#[$doc])* pub const $name: &str = $code;)+
            /// All of them, for the parity test.
            pub const ALL: &[&str] = &[$($code),+];
        };
    }
    codes! {
        /// The record is not there (any more).
        NOT_FOUND = "not_found",
        /// The call is in the bin; `case_id`.
        CASE_IN_BIN = "case.in_bin",
        /// Somebody changed the record in between.
        CONFLICT = "conflict",
        /// Who acts has none of the roles it takes; `roles`.
        ROLE_NEEDED = "role.needed",
        /// A person stopped it.
        CANCELLED = "cancelled",
        /// A value is out of its bounds; `field`.
        INVALID = "invalid",
        /// Nobody here knows a command of that name; `command`.
        COMMAND_UNKNOWN = "command.unknown",
        /// Only a window can do that; `command`.
        COMMAND_ELSEWHERE = "command.elsewhere",
        /// It does what cannot be taken back, or takes something away from here, and wants a word from the person
        /// first; `command`, `token`.
        COMMAND_CONFIRM = "command.confirm",
        /// A file or folder that was chosen is good for one deed, and this was not it.
        TICKET_SPENT = "ticket.spent",
        /// Something inside went wrong that nobody can mend from here; `ref`.
        INTERNAL = "internal",
        /// A thread of ours died at its work; `what`.
        THREAD_DIED = "thread.died",
        /// Nothing to undo.
        NOTHING_TO_UNDO = "undo.nothing",
        /// Changed since; undo would take it away.
        UNDO_OVERWRITTEN = "undo.overwritten",
        /// What stood there before was taken away for good.
        UNDO_ERASED = "undo.erased",
        /// Somebody said that it must stay; `reason`.
        PURGE_HELD = "purge.held",
        /// Workspace was written by a newer version; `found`, `known`.
        WORKSPACE_NEWER = "workspace.newer",
        /// Workspace was written by a newer version that lets this one read it; `found`, `known`.
        WORKSPACE_NEWER_READ = "workspace.newer_read",
        /// Folder is not a workspace, or cannot be made one; `path`.
        WORKSPACE_UNUSABLE = "workspace.unusable",
        /// Another window holds the workspace.
        WORKSPACE_BUSY = "workspace.busy",
        /// The database fails its integrity check.
        WORKSPACE_DAMAGED = "workspace.damaged",
        /// The database is made of something our versions do not make; `name`.
        WORKSPACE_ALTERED = "workspace.altered",
        /// No workspace is open; one has to be chosen first.
        WORKSPACE_NONE = "workspace.none",
        /// Neither a workspace nor an empty folder; `path`.
        WORKSPACE_NOT_ONE = "workspace.not_one",
        /// The workspace of the last time is not where it was; `path`.
        WORKSPACE_GONE = "workspace.gone",
        /// It lies on a medium or in a folder that cannot be written; `path`.
        WORKSPACE_READ_ONLY = "workspace.read_only",
        /// Nobody here said yet that it is theirs, so it is read and nothing else; `path`.
        WORKSPACE_QUIET = "workspace.quiet",
        /// It lies, or would lie, on another machine; `fs`, `path`.
        WORKSPACE_NETWORK = "workspace.network",
        /// No space left; `needed_mb`, `free_mb` when known.
        DISK_FULL = "disk.full",
        /// The disk refuses; `path`.
        DISK_DENIED = "disk.denied",
        /// The medium can only be read; `name`.
        DISK_READ_ONLY = "disk.read_only",
        /// A name is longer than the disk takes; `name`.
        DISK_NAME_TOO_LONG = "disk.name_too_long",
        /// The way to a file is longer than the system takes; `name`.
        DISK_PATH_TOO_LONG = "disk.path_too_long",
        /// A folder on the way is not there; `name`.
        DISK_FOLDER_MISSING = "disk.folder_missing",
        /// More in the chosen folders than one import takes; `limit`.
        IMPORT_TOO_MANY = "import.too_many",
        /// Empty file.
        MEDIA_EMPTY = "media.empty",
        /// Not audio we can read; `name`.
        MEDIA_NOT_AUDIO = "media.not_audio",
        /// Audio breaks off; `name`, `got_ms`.
        MEDIA_TRUNCATED = "media.truncated",
        /// Damaged inside; `name`.
        MEDIA_BROKEN = "media.broken",
        /// A codec we do not read; `codec`.
        MEDIA_UNSUPPORTED = "media.unsupported",
        /// A codec that the system's ffmpeg reads, and there is none; `codec`.
        MEDIA_NEEDS_FFMPEG = "media.needs_ffmpeg",
        /// Longer than the limit; `hours`.
        MEDIA_TOO_LONG = "media.too_long",
        /// Bigger than the limit; `mb`.
        MEDIA_TOO_BIG = "media.too_big",
        /// More than two channels; `channels`.
        MEDIA_CHANNELS = "media.channels",
        /// The two files of a call do not fit together.
        MEDIA_PAIR_MISMATCH = "media.pair_mismatch",
        /// The file cannot be opened.
        MEDIA_UNREADABLE = "media.unreadable",
        /// The decoding process died; `reason`.
        MEDIA_WORKER_DIED = "media.worker_died",
        /// The stored audio is gone or changed.
        MEDIA_MISSING = "media.missing",
        /// Recorded here: there is no file it was made from, so nothing to take again.
        MEDIA_NO_SOURCE = "media.no_source",
        /// It is being turned into text; taking it again would pull the sound from under that.
        MEDIA_IN_WORK = "media.in_work",
        /// No model is installed.
        SPEECH_MODEL_MISSING = "speech.model_missing",
        /// The model file cannot be read.
        SPEECH_MODEL_UNREADABLE = "speech.model_unreadable",
        /// The speech process died; `reason`.
        SPEECH_WORKER_DIED = "speech.worker_died",
        /// The program died at it again and again; `times`.
        SPEECH_GIVEN_UP = "speech.given_up",
        /// The program died again and again at something it does by itself; `times`.
        JOB_GIVEN_UP = "job.given_up",
        /// The engine gave up; `reason`.
        SPEECH_FAILED = "speech.failed",
        /// Not in the catalogue.
        MODEL_UNKNOWN = "model.unknown",
        /// No mirror answered; `host`.
        MODEL_UNREACHABLE = "model.unreachable",
        /// Server says no; `status`.
        MODEL_REFUSED = "model.refused",
        /// The way to it can be listened in on and changed; `host`.
        MODEL_NOT_SECURE = "model.not_secure",
        /// Nothing came for a while; `seconds`.
        MODEL_STALLED = "model.stalled",
        /// Bytes are not what the catalogue promises.
        MODEL_BAD_HASH = "model.bad_hash",
        /// An installed model that is not the published file any more.
        MODEL_CHANGED = "model.changed",
        /// Not a model file.
        MODEL_NOT_A_MODEL = "model.not_a_model",
        /// Knows only the demo calls, so it is not taken for others unasked; `name`.
        MODEL_DEMO_ONLY = "model.demo_only",
        /// No sound device; the clock runs silently.
        AUDIO_NO_DEVICE = "audio.no_device",
        /// The device went away.
        AUDIO_DEVICE_LOST = "audio.device_lost",
        /// A call is being listened to already.
        LIVE_RUNNING = "live.running",
        /// The program died again and again at taking in the sound of a call that was cut off; `times`.
        LIVE_GIVEN_UP = "live.given_up",
        /// No call is being listened to.
        LIVE_NOT_RUNNING = "live.not_running",
        /// Another window or program of this workspace is listening.
        LIVE_ELSEWHERE = "live.elsewhere",
        /// Words are only kept once basis and notice are chosen.
        LIVE_CONSENT_NEEDED = "live.consent_needed",
        /// A chosen source is not there; `name`.
        LIVE_SOURCE_MISSING = "live.source_missing",
        /// A source is there and gives no sound; `name`.
        LIVE_SOURCE_REFUSED = "live.source_refused",
        /// What the machine plays cannot be captured on this system.
        LIVE_NO_SYSTEM_SOUND = "live.no_system_sound",
        /// Not enough room to begin; `minutes`.
        LIVE_DISK_LOW = "live.disk_low",
        /// Closed in good order before the disk was full.
        LIVE_DISK_CLOSED = "live.disk_closed",
        /// Closed in good order: the machine slept too long; `minutes`.
        LIVE_SLEPT = "live.slept",
        /// Less on disk than was promised; `promised_ms`, `got_ms`.
        LIVE_DAMAGED = "live.damaged",
        /// The marks of this call stand on a recording with sound already, or it has sound itself.
        LIVE_HAS_AUDIO = "live.has_audio",
        /// The chord that marks from other programs cannot be had; `key`.
        LIVE_KEY_REFUSED = "live.key_refused",
        /// Already stands in that status.
        ISSUE_STATUS_UNCHANGED = "issue.status_unchanged",
        /// Merging has its own way.
        ISSUE_MERGE_ONLY = "issue.merge_only",
        /// Needs evidence first.
        ISSUE_NO_EVIDENCE = "issue.no_evidence",
        /// Needs a reason.
        ISSUE_REASON_NEEDED = "issue.reason_needed",
        /// Not rolled out yet.
        ISSUE_NOT_YET_VERIFIABLE = "issue.not_yet_verifiable",
        /// Was never closed.
        ISSUE_NEVER_CLOSED = "issue.never_closed",
        /// An issue cannot be merged into itself or into one that was merged away.
        ISSUE_MERGE_TARGET = "issue.merge_target",
        /// A link that is not ours.
        LINK_INVALID = "link.invalid",
        /// A link of another workspace; `workspace`, its id.
        LINK_ELSEWHERE = "link.elsewhere",
        /// A link of another workspace that was open here; `name`.
        LINK_ELSEWHERE_NAMED = "link.elsewhere_named",
        /// Text that came from outside is neither UTF-8 nor an encoding that can be told.
        TEXT_ENCODING = "text.encoding",
        /// The name is in use already.
        NAME_TAKEN = "name.taken",
        /// A key is taken; `action`.
        KEY_TAKEN = "key.taken",
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
