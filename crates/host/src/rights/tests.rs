//! Rights on a real disk.

use super::*;
use rstest::rstest;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use tempfile::TempDir;

/// A group nobody is in.
const SOME_GROUP: u32 = 64_242;

fn set(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("rights");
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).expect("it is there").mode() & 0o7777
}

/// A workspace as an older version made one, in a folder with these rights.
fn workspace(root: u32) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let at = |name: &str| dir.path().join(name);
    fs::create_dir_all(at("media/ab")).expect("a folder");
    for file in ["workspace.db", "jobs.lock", "media/ab/abcd", "letter.txt"] {
        fs::write(at(file), "x").expect("a file");
        set(&at(file), 0o644);
    }
    set(&at("media"), 0o755);
    set(&at("media/ab"), 0o755);
    set(dir.path(), root);
    dir
}

fn is_closed(dir: &TempDir) -> bool {
    let folders = ["", "media", "media/ab"].map(|name| mode(&dir.path().join(name)));
    let files =
        ["workspace.db", "jobs.lock", "media/ab/abcd"].map(|name| mode(&dir.path().join(name)));
    folders == [0o700; 3] && files == [0o600; 3]
}

#[rstest]
#[case::as_most_systems_make_them(0o755)]
#[case::for_the_own_group(0o750)]
#[case::to_pass_through(0o711)]
fn what_nobody_else_can_have_used_is_closed_without_a_question(#[case] root: u32) {
    let dir = workspace(root);
    let theirs = dir.path().join("theirs");
    fs::write(&theirs, "x").expect("a file");
    set(&theirs, 0o666);
    symlink(&theirs, dir.path().join("media/link")).expect("a link");
    assert_eq!(
        WorkspaceRights::of(dir.path(), true).sharing(),
        Sharing::Private
    );
    assert!(is_closed(&dir));
    assert_eq!(mode(&theirs), 0o666, "only what is ours is touched");
}

#[test]
fn what_is_closed_is_not_walked_again() {
    let dir = workspace(0o700);
    assert_eq!(
        WorkspaceRights::of(dir.path(), true).sharing(),
        Sharing::Private
    );
    assert_eq!(mode(&dir.path().join("workspace.db")), 0o644);
}

#[test]
fn what_others_can_write_into_is_asked_about_and_left_as_it_is_until_then() {
    let dir = workspace(0o777);
    let rights = WorkspaceRights::of(dir.path(), true);
    assert_eq!(rights.sharing(), Sharing::Unsettled);
    assert_eq!(
        (mode(dir.path()), mode(&dir.path().join("media"))),
        (0o777, 0o755)
    );
    assert_eq!(
        rights
            .settle(Sharing::Unsettled)
            .expect_err("no answer")
            .code(),
        codes::INVALID
    );
    rights.settle(Sharing::Private).expect("it is ours");
    assert!(is_closed(&dir));
    assert_eq!(
        WorkspaceRights::of(dir.path(), true).sharing(),
        Sharing::Private
    );
}

#[test]
fn what_is_shared_on_purpose_is_asked_about_once() {
    let dir = workspace(0o777);
    WorkspaceRights::of(dir.path(), true)
        .settle(Sharing::Group)
        .expect("it is ours");
    let again = WorkspaceRights::of(dir.path(), true);
    assert_eq!(again.sharing(), Sharing::Group);
    assert_eq!(mode(dir.path()), 0o777);
    // Whoever thinks better of it later can.
    again.settle(Sharing::Private).expect("it is ours");
    assert!(is_closed(&dir));
    set(dir.path(), 0o777);
    assert_eq!(
        WorkspaceRights::of(dir.path(), true).sharing(),
        Sharing::Unsettled
    );
}

#[test]
fn a_folder_of_a_group_is_asked_about() {
    for (root, expected) in [
        (0o750, Sharing::Unsettled),
        (0o2770, Sharing::Unsettled),
        (0o700, Sharing::Private),
    ] {
        let dir = workspace(0o700);
        if chown(dir.path(), None, Some(SOME_GROUP)).is_err() {
            // Only an administrator gives a folder to a group they are not in.
            return;
        }
        set(dir.path(), root);
        assert_eq!(
            WorkspaceRights::of(dir.path(), true).sharing(),
            expected,
            "{root:o}"
        );
    }
}

#[test]
fn a_private_workspace_cannot_be_opened_to_a_group_by_the_answer() {
    let dir = workspace(0o700);
    let rights = WorkspaceRights::of(dir.path(), true);
    let refused = rights
        .settle(Sharing::Group)
        .expect_err("nobody else is there");
    assert_eq!(refused.code(), codes::INVALID);
}
