//! What a walk takes, passes over and leaves closed.

use super::*;
use qinting_domain::path_text;
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
        assert!(walk.found.ignored_count as usize >= walk.found.ignored.len());
        let files = walk.found.files.into_iter().map(|(path, _)| path).collect();
        Ok([
            names(files),
            names(walk.found.ignored),
            names(walk.found.unopened),
        ])
    }
}

#[test]
fn what_may_tell_of_calls_is_kept_in_mind_and_is_no_recording() {
    let folder = Folder::new();
    folder.put("in/calls.CSV", b"a,b");
    folder.put("call.json", b"{}");
    folder.put("call.wav", WAV);
    folder.put("recording.txt", WAV);
    folder.put("letter.pdf", b"%PDF");
    let named = folder.put("named.xml", b"<a/>");
    let cancel = Cancel::default();
    let mut walk = Walk::new(Bounds::default(), &cancel);
    walk.named(folder.0.path()).unwrap();
    walk.named(&named).unwrap();
    let names = walk.found.beside.iter().map(|(path, bytes)| {
        let name = path.file_name().unwrap().to_str().unwrap();
        (name.to_owned(), *bytes)
    });
    let mut names: Vec<(String, u64)> = names.collect();
    names.sort();
    names.dedup();
    let beside = [("call.json", 2), ("calls.CSV", 3), ("named.xml", 4)];
    assert_eq!(names, beside.map(|(name, bytes)| (name.to_owned(), bytes)));
    assert_eq!(
        walk.found.ignored_count, 4,
        "a folder's import says what it passes over"
    );
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
    assert_eq!(walk.found.ignored.len(), LISTED);
    assert_eq!(walk.found.ignored_count as usize, LISTED + 50);
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
