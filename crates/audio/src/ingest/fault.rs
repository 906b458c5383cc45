//! What can be wrong with a source, before it is put into a code for people.

use qinting_desk::{AppError, Cause, Kind, codes};
use std::io;

/// Why a source cannot be taken in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error("no audio in it")]
    Empty,
    #[error("not audio")]
    NotAudio,
    #[error("breaks off after {got_ms} ms")]
    Truncated { got_ms: u64 },
    #[error("broken: {0}")]
    Broken(String),
    #[error("unsupported codec {0}")]
    Unsupported(String),
    #[error("longer than {hours} h")]
    TooLong { hours: u64 },
    #[error("bigger than {mb} MB")]
    TooBig { mb: u64 },
    #[error("{0} channels")]
    Channels(u16),
    #[error("the two files do not fit together: {0}")]
    PairMismatch(&'static str),
    #[error("cannot be opened: {0}")]
    Unreadable(io::Error),
    #[error("the disk refuses: {0}")]
    Disk(io::Error),
    #[error("stopped")]
    Cancelled,
}

impl Fault {
    /// The code that reaches a person. `name` is the file's name without its folder.
    pub(crate) fn into_app(self, name: &str) -> AppError {
        let error = match &self {
            Self::Empty => AppError::new(codes::MEDIA_EMPTY),
            Self::NotAudio => AppError::new(codes::MEDIA_NOT_AUDIO),
            Self::Truncated { got_ms } => {
                AppError::new(codes::MEDIA_TRUNCATED).with("got_ms", got_ms)
            }
            Self::Broken(_) => AppError::new(codes::MEDIA_BROKEN),
            Self::Unsupported(codec) => {
                AppError::new(codes::MEDIA_UNSUPPORTED).with("codec", codec)
            }
            Self::TooLong { hours } => AppError::new(codes::MEDIA_TOO_LONG).with("hours", hours),
            Self::TooBig { mb } => AppError::new(codes::MEDIA_TOO_BIG).with("mb", mb),
            Self::Channels(n) => AppError::new(codes::MEDIA_CHANNELS).with("channels", n),
            Self::PairMismatch(_) => AppError::new(codes::MEDIA_PAIR_MISMATCH),
            Self::Unreadable(_) => AppError::new(codes::MEDIA_UNREADABLE),
            Self::Disk(e) if is_full(e) => AppError::new(codes::DISK_FULL),
            Self::Disk(_) => AppError::new(codes::DISK_DENIED).with("path", name),
            Self::Cancelled => return AppError::new(codes::CANCELLED),
        };
        error.with("name", name).because(self)
    }
}

/// For the log: which of them, and what is no text of the file's.
impl Cause for Fault {
    fn kind(&self) -> Kind {
        match self {
            Self::Unreadable(e) | Self::Disk(e) => Cause::kind(e),
            Self::PairMismatch(why) => why.kind(),
            Self::Empty => "no audio in it".kind(),
            Self::NotAudio => "not audio".kind(),
            Self::Truncated { .. } => "breaks off".kind(),
            Self::Broken(_) => "broken".kind(),
            Self::Unsupported(_) => "unsupported codec".kind(),
            Self::TooLong { .. } => "too long".kind(),
            Self::TooBig { .. } => "too big".kind(),
            Self::Channels(_) => "channels".kind(),
            Self::Cancelled => "stopped".kind(),
        }
    }
}

fn is_full(e: &io::Error) -> bool {
    matches!(
        e.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
}
