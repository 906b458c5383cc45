//! Folders with odd names are workspaces like any other, at every start; what cannot be one says why and
//! leaves nothing behind.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use qinting_app::*;
use qinting_domain::PersonId;
use qinting_store::{Device, Workspace, medium_of};
use rstest::rstest;
use std::path::{Path, PathBuf};
use uuid::Uuid;

fn open_here(folder: &Path) -> AppResult<Workspace> {
    Workspace::open_on(folder, &Device::passing(), &medium_of(folder))
}

#[rstest]
#[case::question("为什么?")]
#[case::hash("案卷#1")]
#[case::percent("100%")]
#[case::escaped("a%2fb%00")]
#[case::query("ws?immutable=1&mode=memory")]
#[case::blank(" a b ")]
#[case::quote("他说'好\"")]
#[case::scheme("file:x")]
#[cfg_attr(unix, case::backslash("a\\b"))]
#[cfg_attr(unix, case::like_a_share("\\\\server\\share"))]
#[cfg_attr(unix, case::line("a\nb"))]
fn an_odd_name_opens_at_every_start(#[case] name: &str) {
    let dir = tempfile::tempdir().unwrap();
    opens_three_times(&dir.path().join(name));
}

/// Two slashes at the start of a path name no other machine here.
#[cfg(unix)]
#[rstest]
#[case("/")]
#[case("//")]
fn more_slashes_than_one_are_one(#[case] more: &str) {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("ws");
    opens_three_times(&PathBuf::from(format!("{more}{}", folder.display())));
    assert!(folder.join("workspace.db").is_file());
}

#[cfg(unix)]
#[test]
fn a_name_that_is_not_unicode_opens_at_every_start() {
    use std::os::unix::ffi::OsStrExt;
    let dir = tempfile::tempdir().unwrap();
    // 退款 as an older system writes it.
    let name = std::ffi::OsStr::from_bytes(b"\xCD\xCB\xBF\xEE");
    opens_three_times(&dir.path().join(name));
}

fn opens_three_times(folder: &Path) {
    let person = PersonId(Uuid::from_u128(7));
    drop(open_here(folder).unwrap());
    open_here(folder).unwrap().save_seated(person).unwrap();
    let again = open_here(folder).unwrap();
    assert_eq!(again.seated().unwrap(), Some(person));
}

#[cfg(unix)]
#[rstest]
#[case::the_longest(0, None)]
#[case::longer(1, Some(codes::DISK_PATH_TOO_LONG))]
#[case::much_longer(3_000, Some(codes::DISK_PATH_TOO_LONG))]
fn a_path_that_is_too_long_is_told_as_that_and_leaves_no_folder(
    #[case] more: usize,
    #[case] refused: Option<&str>,
) {
    const BOUND: usize = 504 - "/workspace.db".len();
    let dir = tempfile::tempdir().unwrap();
    let real = dir.path().canonicalize().unwrap();
    let folder = path_of(&real, BOUND + more);
    assert_eq!(folder.as_os_str().len(), BOUND + more);
    match refused {
        None => opens_three_times(&folder),
        Some(code) => {
            let told = open_here(&folder).err().unwrap();
            assert_eq!(told.code(), code);
            assert!(told.note.args["name"].starts_with('d'));
            assert_eq!(std::fs::read_dir(&real).unwrap().count(), 0);
        }
    }
}

/// A path of exactly so many bytes.
#[cfg(unix)]
fn path_of(base: &Path, bytes: usize) -> PathBuf {
    let mut path = base.to_owned();
    while bytes - path.as_os_str().len() > 120 {
        path.push("d".repeat(60));
    }
    let rest = bytes - path.as_os_str().len() - 1;
    path.join("d".repeat(rest))
}

#[cfg(unix)]
#[rstest]
#[case(255, None)]
#[case(256, Some(codes::DISK_NAME_TOO_LONG))]
fn a_name_that_is_too_long_is_told_as_that(#[case] bytes: usize, #[case] refused: Option<&str>) {
    let dir = tempfile::tempdir().unwrap();
    let opened = open_here(&dir.path().join("n".repeat(bytes)));
    assert_eq!(opened.as_ref().err().map(|e| e.code()), refused);
    assert_eq!(
        std::fs::read_dir(dir.path()).unwrap().count(),
        usize::from(refused.is_none())
    );
}
