//! Walks the folders a person brought: bounded, stoppable, and by what lies in the files.

use crate::sniff::{self, Look};
use qinting_app::*;
use qinting_domain::path_text;
use std::fs::Metadata;
use std::path::{Path, PathBuf};

/// Recordings of one plan at most; more is a mistake in the folder that was chosen.
const MAX_FILES: usize = 20_000;
/// Things looked at before the same is said.
const MAX_ENTRIES: usize = 200_000;
/// Folders inside folders.
const MAX_DEPTH: usize = 32;
/// Paths of what is passed over that are kept to be listed; the rest is counted.
const LISTED: usize = 200;

/// How far a walk may go.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    pub(super) files: usize,
    pub(super) entries: usize,
    pub(super) depth: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            files: MAX_FILES,
            entries: MAX_ENTRIES,
            depth: MAX_DEPTH,
        }
    }
}

/// What a walk found.
pub(super) struct Walk<'a> {
    bounds: Bounds,
    cancel: &'a Cancel,
    entries: usize,
    /// Recordings and their bytes.
    pub(super) files: Vec<(PathBuf, u64)>,
    /// What is no recording: the first of it, and how much in all.
    pub(super) ignored: Vec<PathBuf>,
    pub(super) ignored_count: u32,
    /// Folders that were not looked into: closed to us, too deep, or a link.
    pub(super) unopened: Vec<PathBuf>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(bounds: Bounds, cancel: &'a Cancel) -> Self {
        Self {
            bounds,
            cancel,
            entries: 0,
            files: Vec::new(),
            ignored: Vec::new(),
            ignored_count: 0,
            unopened: Vec::new(),
        }
    }

    /// Takes what a person named: a file whatever it is, a folder with all in it.
    pub(super) fn named(&mut self, path: &Path) -> AppResult<()> {
        let found = meant(path);
        let path = found.as_deref().unwrap_or(path);
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => {
                let entries = std::fs::read_dir(path).map_err(|e| AppError::of_disk(&e, path))?;
                self.folder(entries, 1)
            }
            Ok(meta) => self.take(path, meta.len()),
            // A file that is named and not there gets its answer from the import, like any other
            // file that cannot be read.
            Err(_) => self.take(path, 0),
        }
    }

    fn folder(&mut self, entries: std::fs::ReadDir, depth: usize) -> AppResult<()> {
        for entry in entries.flatten() {
            self.entries += 1;
            if self.cancel.is_cancelled() {
                return Err(AppError::new(codes::CANCELLED));
            }
            if self.entries > self.bounds.entries {
                return Err(too_many(self.bounds.entries));
            }
            if !is_hidden(&entry.file_name()) {
                self.inside(&entry.path(), depth)?;
            }
        }
        Ok(())
    }

    /// Something in a folder.
    fn inside(&mut self, path: &Path, depth: usize) -> AppResult<()> {
        let Ok(meta) = std::fs::metadata(path) else {
            self.ignore(path);
            return Ok(());
        };
        if meta.is_dir() {
            // A link to a folder inside a folder could lead around in a circle.
            if depth >= self.bounds.depth || path.is_symlink() {
                self.unopened.push(path.to_owned());
                return Ok(());
            }
            return match std::fs::read_dir(path) {
                Ok(entries) => self.folder(entries, depth + 1),
                Err(_) => {
                    self.unopened.push(path.to_owned());
                    Ok(())
                }
            };
        }
        if is_recording(path, &meta) {
            return self.take(path, meta.len());
        }
        self.ignore(path);
        Ok(())
    }

    fn take(&mut self, path: &Path, bytes: u64) -> AppResult<()> {
        if self.files.len() >= self.bounds.files {
            return Err(too_many(self.bounds.files));
        }
        self.files.push((path.to_owned(), bytes));
        Ok(())
    }

    fn ignore(&mut self, path: &Path) {
        self.ignored_count = self.ignored_count.saturating_add(1);
        if self.ignored.len() < LISTED {
            self.ignored.push(path.to_owned());
        }
    }
}

fn too_many(limit: usize) -> AppError {
    AppError::new(codes::IMPORT_TOO_MANY).with("limit", limit)
}

fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Whether a file is worth an answer of the import. One that cannot be looked into is judged by its
/// name: the import then says why it cannot be read.
fn is_recording(path: &Path, meta: &Metadata) -> bool {
    if !meta.is_file() {
        return false;
    }
    let look = sniff::look_into(path).unwrap_or_else(|_| sniff::look(&[], path.extension()));
    look != Look::Other
}

/// The file that is meant by a name whose foreign bytes were lost on the way: a drop hands such
/// names over with a sign in their place. Only where one file alone can be meant.
fn meant(path: &Path) -> Option<PathBuf> {
    let lost = path.to_str()?;
    if !lost.contains(char::REPLACEMENT_CHARACTER) || path.symlink_metadata().is_ok() {
        return None;
    }
    let mut found = PathBuf::new();
    for part in path.components() {
        let next = found.join(part);
        if next.symlink_metadata().is_ok() {
            found = next;
            continue;
        }
        let name = part.as_os_str().to_str()?;
        let mut fitting = std::fs::read_dir(&found)
            .ok()?
            .flatten()
            .map(|entry| entry.file_name())
            .filter(|there| there.to_str().is_none() && there.to_string_lossy() == name);
        let only = fitting.next()?;
        if fitting.next().is_some() {
            return None;
        }
        found.push(only);
    }
    Some(found)
}

/// Paths as they cross a border.
pub(super) fn texts(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(path_text::to_text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const WAV: &[u8] = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0";

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
            let path = self.0.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, bytes).unwrap();
            path
        }

        fn walk(&self, bounds: Bounds, cancel: &Cancel) -> AppResult<[Vec<String>; 3]> {
            let mut walk = Walk::new(bounds, cancel);
            walk.named(self.0.path())?;
            let names = |paths: Vec<PathBuf>| {
                let mut names: Vec<String> = paths
                    .iter()
                    .map(|p| path_text::shown(p.strip_prefix(self.0.path()).unwrap()))
                    .collect();
                names.sort();
                names
            };
            assert!(walk.ignored_count as usize >= walk.ignored.len());
            let files = walk.files.into_iter().map(|(path, _)| path).collect();
            Ok([names(files), names(walk.ignored), names(walk.unopened)])
        }
    }

    #[test]
    fn what_lies_in_a_file_decides_and_not_its_name() {
        let folder = Folder::new();
        folder.put("in/recording without ending", WAV);
        folder.put("phone.amr", b"#!AMR\n\x3C");
        folder.put("voice.slk", b"\x02#!SILK_V3");
        folder.put("locked.wav", b"\x8E\x11 not a head at all");
        folder.put("nothing.mp3", b"");
        folder.put("letter.txt", b"dear customer");
        folder.put("table.xlsx", b"PK\x03\x04");
        folder.put("photo.mp3", b"\xFF\xD8\xFF\xE0 a picture");
        folder.put(".hidden.wav", WAV);
        let found = folder.walk(Bounds::default(), &Cancel::default()).unwrap();
        assert_eq!(
            found,
            [
                vec![
                    "in/recording without ending",
                    "locked.wav",
                    "nothing.mp3",
                    "phone.amr",
                    "photo.mp3",
                    "voice.slk"
                ],
                vec!["letter.txt", "table.xlsx"],
                vec![]
            ]
        );
    }

    #[rstest]
    #[case::recordings(Bounds { files: 3, ..Bounds::default() })]
    #[case::things(Bounds { entries: 3, ..Bounds::default() })]
    fn a_folder_too_full_is_refused_by_count(#[case] bounds: Bounds) {
        let folder = Folder::new();
        for i in 0..4 {
            folder.put(&format!("{i}.wav"), WAV);
        }
        let refused = folder.walk(bounds, &Cancel::default()).unwrap_err();
        assert_eq!(refused.code(), codes::IMPORT_TOO_MANY);
        assert_eq!(refused.note.args["limit"], "3");
    }

    #[test]
    fn a_walk_can_be_stopped() {
        let folder = Folder::new();
        folder.put("a.wav", WAV);
        let cancel = Cancel::default();
        cancel.cancel();
        let stopped = folder.walk(Bounds::default(), &cancel).unwrap_err();
        assert_eq!(stopped.code(), codes::CANCELLED);
    }

    #[test]
    fn of_much_that_is_no_recording_the_first_are_listed_and_all_counted() {
        let folder = Folder::new();
        for i in 0..LISTED + 50 {
            folder.put(&format!("{i}.txt"), b"x");
        }
        let cancel = Cancel::default();
        let mut walk = Walk::new(Bounds::default(), &cancel);
        walk.named(folder.0.path()).unwrap();
        assert_eq!(walk.ignored.len(), LISTED);
        assert_eq!(walk.ignored_count as usize, LISTED + 50);
    }

    #[cfg(unix)]
    #[test]
    fn folders_that_are_not_looked_into_are_named_and_pipes_are_not_opened() {
        let folder = Folder::new();
        folder.put("a/b/deep.wav", WAV);
        std::os::unix::fs::symlink(folder.0.path(), folder.0.path().join("around")).unwrap();
        let pipe = folder.0.path().join("pipe.wav");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        let bounds = Bounds {
            depth: 2,
            ..Bounds::default()
        };
        let found = folder.walk(bounds, &Cancel::default()).unwrap();
        assert_eq!(found, [vec![], vec!["pipe.wav"], vec!["a/b", "around"]]);
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_lost_its_bytes_is_found_where_one_file_alone_can_be_meant() {
        use std::os::unix::ffi::OsStrExt;
        let folder = Folder::new();
        let gbk = |bytes: &[u8]| folder.0.path().join(std::ffi::OsStr::from_bytes(bytes));
        let refund = gbk(b"\xB8\xB0.wav");
        std::fs::write(&refund, WAV).unwrap();
        let dropped = PathBuf::from(refund.to_string_lossy().into_owned());
        assert_eq!(meant(&dropped), Some(refund));
        std::fs::write(gbk(b"\xB9\xB1.wav"), WAV).unwrap();
        assert_eq!(meant(&dropped), None);
    }
}
