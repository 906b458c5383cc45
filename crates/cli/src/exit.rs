//! Exit codes: a contract with scripts, documented in docs/cli.md.

use qinting_desk::{AppError, codes};

/// Something went wrong that has no code of its own.
pub(crate) const ERROR: u8 = 1;
/// Some of several things were refused, the others went through.
pub(crate) const SOME_REJECTED: u8 = 2;
/// No such case, tag, or recording.
pub(crate) const NOT_FOUND: u8 = 3;
/// The workspace cannot be opened or is damaged.
pub(crate) const WORKSPACE: u8 = 4;
/// No usable model.
pub(crate) const MODEL: u8 = 5;
/// The disk is full or refuses.
pub(crate) const DISK: u8 = 6;
/// The command line makes no sense.
pub(crate) const USAGE: u8 = 64;

/// The exit code that tells a script what kind of error it was.
pub(crate) fn of(error: &AppError) -> u8 {
    of_code(error.code())
}

/// The same for an error that came as a note.
pub(crate) fn of_code(code: &str) -> u8 {
    match code {
        codes::NOT_FOUND | codes::CASE_IN_BIN => NOT_FOUND,
        codes::SPEECH_MODEL_MISSING | codes::SPEECH_MODEL_UNREADABLE => MODEL,
        codes::LIVE_SOURCE_MISSING => NOT_FOUND,
        codes::LIVE_DISK_LOW | codes::LIVE_DISK_CLOSED => DISK,
        codes::LIVE_CONSENT_NEEDED
        | codes::LINK_INVALID
        | codes::LINK_ELSEWHERE
        | codes::LINK_ELSEWHERE_NAMED
        | codes::INVALID
        | codes::TEXT_ENCODING
        | crate::words::USAGE
        | crate::words::AMBIGUOUS => USAGE,
        crate::words::NOT_THE_DEMO => WORKSPACE,
        _ if code.starts_with("workspace.") => WORKSPACE,
        _ if code.starts_with("model.") => MODEL,
        _ if code.starts_with("disk.") => DISK,
        _ => ERROR,
    }
}
