//! What an error says of its cause: the kind of it, and never a word that came from outside.
//!
//! Messages of the system and of libraries hold paths, file names, and what stood in a file. Logs
//! hold none of that, so none of it is kept with an error either.

use crate::AppError;
use std::fmt;

/// The kind of a cause: safe to log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind(String);

impl Kind {
    /// The type of something that went wrong in a library, and nothing of what it says.
    pub fn of<T: ?Sized>(_cause: &T) -> Self {
        Self(std::any::type_name::<T>().to_owned())
    }

    /// A number of a library, such as SQLite's extended result code.
    pub fn numbered(family: &'static str, number: impl Into<i64>) -> Self {
        Self(format!("{family} {}", number.into()))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What may be named as the cause of an error. Errors of other libraries go in by [`Kind::of`] or
/// [`Kind::numbered`].
pub trait Cause {
    /// Its kind.
    fn kind(&self) -> Kind;
}

impl Cause for Kind {
    fn kind(&self) -> Kind {
        self.clone()
    }
}

/// Words of our own, written in the source.
impl Cause for &'static str {
    fn kind(&self) -> Kind {
        Kind((*self).to_owned())
    }
}

/// Words that were put together or came from outside: that there were some is all that is told.
impl Cause for String {
    fn kind(&self) -> Kind {
        Kind("words withheld".to_owned())
    }
}

impl Cause for std::io::Error {
    fn kind(&self) -> Kind {
        let kind = Self::kind(self);
        Kind(match self.raw_os_error() {
            Some(number) => format!("io {kind:?} {number}"),
            None => format!("io {kind:?}"),
        })
    }
}

impl Cause for serde_json::Error {
    fn kind(&self) -> Kind {
        let (line, column) = (self.line(), self.column());
        Kind(format!("json {:?} at {line}:{column}", self.classify()))
    }
}

impl Cause for AppError {
    fn kind(&self) -> Kind {
        Kind(self.to_string())
    }
}

macro_rules! by_reference {
    ($($cause:ty),+) => {
        $(impl Cause for &$cause {
            fn kind(&self) -> Kind {
                Cause::kind(*self)
            }
        })+
    };
}
by_reference!(std::io::Error, serde_json::Error, AppError);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes;
    use rstest::rstest;

    const SECRET: &str = "13800138000_张三.wav";

    fn not_json() -> serde_json::Error {
        serde_json::from_value::<u8>(SECRET.into()).expect_err("a text is no number")
    }

    #[rstest]
    #[case(AppError::new(codes::MEDIA_BROKEN).because(std::io::Error::other(SECRET)))]
    #[case(AppError::new(codes::INTERNAL).because(not_json()))]
    #[case(AppError::new(codes::INTERNAL).because(SECRET.to_owned()))]
    #[case(AppError::new(codes::INTERNAL).because(Kind::of(SECRET)))]
    #[case(AppError::new(codes::MEDIA_EMPTY).with("name", SECRET))]
    #[case(AppError::new(codes::CONFLICT).because(AppError::new(codes::INVALID).with("field", SECRET)))]
    fn an_error_in_a_log_names_codes_and_kinds_only(#[case] error: AppError) {
        let shown = format!("{error} {error:#}");
        assert!(!shown.contains("张三") && !shown.contains("138"), "{shown}");
        assert!(shown.contains(error.code()));
    }

    #[test]
    fn what_helps_to_mend_it_is_still_told() {
        let gone = std::fs::read("/no/such/file").expect_err("it is not there");
        let shown = AppError::new(codes::MEDIA_UNREADABLE)
            .because(&gone)
            .to_string();
        assert_eq!(shown, "media.unreadable (io NotFound 2)");
        let ours = AppError::new(codes::INTERNAL).because("a pipe is missing");
        assert_eq!(ours.to_string(), "internal (a pipe is missing)");
    }
}
