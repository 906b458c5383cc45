//! Files that a person names at the start, for calls that may use them.

use qinting_domain::path_text;
use std::ffi::OsString;
use std::path::PathBuf;

/// A file or folder, and the name a call has for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// What a call says for it, as its ticket.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
}

impl Grant {
    /// Reads `NAME=PATH`; the path may have any name a disk can hold.
    ///
    /// # Errors
    /// What it should have been.
    pub fn read(word: OsString) -> Result<Self, &'static str> {
        let text = path_text::to_text(word);
        match text.split_once('=') {
            Some((name, path)) if !name.is_empty() && !path.is_empty() => Ok(Self {
                name: name.to_owned(),
                path: path_text::from_text(path),
            }),
            _ => Err("NAME=PATH"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_is_a_name_and_whatever_stands_behind_the_first_sign() {
        let read = |word: &str| Grant::read(word.into()).ok();
        let grant = |name: &str, path: &str| {
            Some(Grant {
                name: name.into(),
                path: path.into(),
            })
        };
        assert_eq!(read("report=/a/b=c.csv"), grant("report", "/a/b=c.csv"));
        for word in ["report", "=/a", "report=", ""] {
            assert_eq!(read(word), None, "{word}");
        }
    }
}
