//! Files for somebody, on a real disk.

use super::*;
use rstest::rstest;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::process::Command;
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn put(path: &Path, text: &str) -> Result<(), String> {
    Outbox
        .write(path, text.as_bytes())
        .map_err(|e| e.code().to_owned())
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).expect("a file")
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("a file").mode() & 0o7777
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let mut names: Vec<String> = entries
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn what_a_link_leads_to_gets_the_file_and_the_link_stays() {
    let dir = folder();
    let shared = dir.path().join("共享");
    fs::create_dir(&shared).expect("a folder");
    fs::write(shared.join("real.csv"), "old").expect("a file");
    let (link, chain) = (dir.path().join("link.csv"), dir.path().join("chain.csv"));
    symlink(Path::new("共享/real.csv"), &link).expect("a link");
    symlink(&link, &chain).expect("a link");
    for (path, new) in [(&link, "new"), (&chain, "newer")] {
        put(path, new).expect("it is written");
        assert_eq!(text(&shared.join("real.csv")), new);
        assert!(path.is_symlink());
    }
    assert_eq!(names(&shared), ["real.csv"]);
}

#[test]
fn a_link_to_what_is_still_to_come_leads_there() {
    let dir = folder();
    fs::create_dir(dir.path().join("later")).expect("a folder");
    let link = dir.path().join("link.csv");
    symlink("later/report.csv", &link).expect("a link");
    put(&link, "new").expect("it is written");
    assert_eq!(text(&dir.path().join("later/report.csv")), "new");
    assert!(link.is_symlink());
}

#[test]
fn both_names_of_a_file_see_what_was_written() {
    let dir = folder();
    let (one, other) = (dir.path().join("one.csv"), dir.path().join("other.csv"));
    fs::write(&one, "something that was longer").expect("a file");
    fs::hard_link(&one, &other).expect("a second name");
    put(&one, "new").expect("it is written");
    assert_eq!((text(&one), text(&other)), ("new".into(), "new".into()));
}

#[rstest]
#[case(0o600)]
#[case(0o640)]
#[case(0o666)]
fn the_rights_of_the_file_that_was_there_stay(#[case] before: u32) {
    let dir = folder();
    let path = dir.path().join("x.csv");
    fs::write(&path, "old").expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(before)).expect("rights");
    put(&path, "new").expect("it is written");
    assert_eq!((mode(&path), text(&path).as_str()), (before, "new"));
}

#[test]
fn a_file_of_the_persons_that_lies_beside_is_left_alone() {
    let dir = folder();
    let beside = dir.path().join("x.csv.part");
    fs::write(&beside, "theirs").expect("a file");
    put(&dir.path().join("x.csv"), "new").expect("it is written");
    assert_eq!(text(&beside), "theirs");
    assert!(put(&dir.path().join("gone/x.csv"), "new").is_err());
    assert_eq!(names(dir.path()), ["x.csv", "x.csv.part"]);
}

#[test]
fn six_at_once_to_one_name_all_succeed_and_one_of_them_is_there_whole() {
    let dir = folder();
    let path = dir.path().join("x.csv");
    std::thread::scope(|scope| {
        for n in 0..6 {
            let path = &path;
            scope.spawn(move || {
                for _ in 0..20 {
                    put(path, &n.to_string().repeat(50_000)).expect("it is written");
                }
            });
        }
    });
    let found = text(&path);
    assert_eq!(found, found[..1].repeat(50_000));
    assert_eq!(names(dir.path()), ["x.csv"]);
}

#[rstest]
fn a_name_as_long_as_the_disk_takes_is_written(#[values(250, 251, 253, 254, 255)] bytes: usize) {
    let dir = folder();
    let stem = bytes - 4;
    let name = "长".repeat(stem / 3) + &"x".repeat(stem % 3) + ".csv";
    assert_eq!(name.len(), bytes);
    put(&dir.path().join(&name), "new").expect("it is written");
    assert_eq!(names(dir.path()), [name]);
}

#[test]
fn what_cannot_be_written_is_told_by_its_own_code_and_name() {
    let dir = folder();
    let refused = |path: PathBuf| {
        let e = Outbox.write(&path, b"new").expect_err("it is refused");
        let name = e.note.args.get("name").cloned();
        (e.code().to_owned(), name.unwrap_or_default())
    };
    let is = |code: &str, name: &str| (code.to_owned(), name.to_owned());
    let at = |path: &str| dir.path().join(path);

    let long = "长".repeat(84) + ".csv";
    assert_eq!(refused(at(&long)), is(codes::DISK_NAME_TOO_LONG, &long));
    let deep = format!("{}x.csv", "folder/".repeat(700));
    assert_eq!(refused(at(&deep)), is(codes::DISK_PATH_TOO_LONG, "x.csv"));
    let missing = is(codes::DISK_FOLDER_MISSING, "没有的");
    assert_eq!(refused(at("没有的/x.csv")), missing);
    assert_eq!(refused(at("没有的/也没有/x.csv")), missing);
    symlink("没有的/x.csv", at("link.csv")).expect("a link");
    assert_eq!(refused(at("link.csv")), missing);
    fs::write(at("file"), "").expect("a file");
    assert_eq!(
        refused(at("file/x.csv")),
        is(codes::DISK_FOLDER_MISSING, "file")
    );
    assert_eq!(refused(at("")), is(codes::INVALID, ""));
    assert_eq!(names(dir.path()), ["file", "link.csv"]);
}

#[rstest]
#[case(rustix::io::Errno::ROFS, codes::DISK_READ_ONLY)]
#[case(rustix::io::Errno::NOSPC, codes::DISK_FULL)]
#[case(rustix::io::Errno::DQUOT, codes::DISK_FULL)]
#[case(rustix::io::Errno::ACCESS, codes::DISK_DENIED)]
fn what_a_disk_says_has_its_code(#[case] said: rustix::io::Errno, #[case] code: &str) {
    let e = io::Error::from_raw_os_error(said.raw_os_error());
    assert_eq!(AppError::of_disk(&e, Path::new("x.csv")).code(), code);
}

#[test]
fn a_pipe_and_a_device_are_written_into() {
    let dir = folder();
    let pipe = dir.path().join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo").success());
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| text(&pipe));
        put(&pipe, "new").expect("it is written");
        assert_eq!(reader.join().expect("a reader"), "new");
    });
    assert_eq!(names(dir.path()), ["pipe"]);
    put(Path::new("/dev/null"), "new").expect("it is written");
    if Path::new("/dev/full").exists() {
        assert_eq!(
            put(Path::new("/dev/full"), "new"),
            Err(codes::DISK_FULL.into())
        );
    }
    assert!(!Path::new("/dev/null").is_file());
}
