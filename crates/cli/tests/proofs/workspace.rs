//! The workspace as the command line meets it: newer, foreign, shared, healthy.

use crate::terminal::{Terminal, rows, text};
use qinting_testkit::files::snapshot;
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::process::Stdio;

/// Where SQLite keeps the schema version in the file's header.
const USER_VERSION_AT: u64 = 60;
/// Where it says which versions may read it.
const APPLICATION_ID_AT: u64 = 68;

/// A workspace with one case that a newer version wrote; `readable` for this one.
fn newer(readable: bool) -> Terminal {
    let terminal = Terminal::new();
    terminal.one_case();
    // Whoever closes last folds the log into the file, whose header is then what counts.
    terminal.ok(["cases"]);
    let mut db = OpenOptions::new()
        .write(true)
        .open(terminal.workspace().join("workspace.db"))
        .expect("the database");
    let mut write = |at: u64, value: u32| {
        db.seek(SeekFrom::Start(at)).expect("a header");
        db.write_all(&value.to_be_bytes()).expect("a header");
    };
    write(USER_VERSION_AT, 9_999);
    if !readable {
        write(APPLICATION_ID_AT, 0);
    }
    terminal
}

#[test]
fn a_workspace_of_a_newer_version_is_refused_untouched() {
    let terminal = newer(false);
    let before = snapshot(&terminal.workspace());
    for args in [vec!["cases"], vec!["import", "files"], vec!["doctor"]] {
        let (code, answer) = terminal.json(&args);
        assert_eq!(
            (code, text(&answer["error"]["code"]).as_str()),
            (4, "workspace.newer"),
            "{args:?}"
        );
    }
    assert_eq!(snapshot(&terminal.workspace()), before);
}

#[test]
fn a_workspace_of_a_newer_version_that_lets_this_one_read_is_read() {
    let terminal = newer(true);
    let before = snapshot(&terminal.workspace());
    let cases = terminal.ok(["cases"]);
    assert_eq!(rows(&cases["cases"]).len(), 1);
    let case = text(&cases["cases"][0]["id"]);
    let (code, answer) = terminal.json(["mark", &case, "--at", "500"]);
    assert_eq!(
        (code, text(&answer["error"]["code"]).as_str()),
        (4, "workspace.newer_read")
    );
    assert_eq!(snapshot(&terminal.workspace()), before);
}

#[test]
fn a_file_is_no_workspace() {
    let terminal = Terminal::new();
    fs::write(terminal.workspace(), b"hello").expect("a file");
    let (code, answer) = terminal.json(["cases"]);
    assert_eq!(
        (code, text(&answer["error"]["code"]).as_str()),
        (4, "workspace.unusable")
    );
    assert_eq!(fs::read(terminal.workspace()).expect("the file"), b"hello");
}

#[test]
fn a_command_line_that_makes_no_sense_has_its_own_exit_code() {
    let terminal = Terminal::new();
    for args in [
        vec!["listen"],
        vec!["mark", "x"],
        vec!["transcribe"],
        vec!["export", "--format", "docx"],
    ] {
        assert_eq!(terminal.run(&args).code, 64, "{args:?}");
        let (code, answer) = terminal.json(&args);
        assert_eq!(
            (code, text(&answer["error"]["code"]).as_str()),
            (64, "cli.usage"),
            "{args:?}"
        );
    }
    assert!(!terminal.workspace().exists(), "nothing was opened");
    terminal.run(["--help"]).went_well();
}

#[test]
fn the_doctor_says_what_is_there_and_what_is_not() {
    let terminal = Terminal::new();
    terminal.one_case();
    let report = terminal.ok(["doctor"]);
    let facts = json!([
        report["healthy"],
        report["database"]["sound"],
        report["missing_media"],
        report["models"]
    ]);
    assert_eq!(facts, json!([true, true, [], []]));
    assert_eq!(report["database"]["counts"]["case"], 1);
    assert!(report["free_bytes"].as_u64() > Some(0) && report["media_bytes"].as_u64() > Some(0));

    for (zone, said) in [("Asia/Shanghai", "✓ 时区"), ("Nowhere/At_All", "! 时区")] {
        let spoken = terminal.command(["doctor"]).env("TZ", zone).output();
        let spoken = String::from_utf8_lossy(&spoken.expect("it starts").stdout).into_owned();
        assert!(spoken.contains(said), "{zone}: {spoken}");
    }

    let media = terminal.media();
    fs::remove_file(&media[0]).expect("a media file");
    let (code, ill) = terminal.json(["doctor"]);
    assert_eq!((code, &ill["healthy"]), (4, &json!(false)));
    assert_eq!(rows(&ill["missing_media"]).len(), 1);
    let spoken = terminal.run(["doctor"]);
    assert!(spoken.out.contains("✗ 录音文件"));
}

/// Media files by what they are: sources, sound, peaks.
fn part<'a>(ill: &'a Value, part: &str) -> &'a Value {
    let broken = rows(&ill["media"]["broken"]);
    broken
        .iter()
        .find(|b| b["part"] == part)
        .unwrap_or(&Value::Null)
}

#[test]
fn the_doctor_names_the_call_of_a_file_that_went_bad_and_what_helps() {
    let terminal = Terminal::new();
    // Two files of one call: no source is what is played.
    terminal.tone("退货_agent.wav", 1_000, 330.0, 1);
    terminal.tone("退货_caller.wav", 1_000, 550.0, 1);
    let case = text(&terminal.ok(["import", "files"])["files"][0]["case_id"]);
    let well = terminal.ok(["doctor"]);
    let facts = json!([
        well["media"]["files"],
        well["media"]["read"],
        well["media"]["unread"]
    ]);
    assert_eq!(facts, json!([4, 4, 0]));
    assert_eq!(well["media"]["broken"], json!([]));

    let mut media = terminal.media();
    // The peaks are the smallest, and what is played the biggest.
    media.sort_by_key(|p| fs::metadata(p).map_or(0, |m| m.len()));
    let flip = |path: &PathBuf| {
        let mut bytes = fs::read(path).expect("a media file");
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(path, bytes).expect("written");
    };
    flip(&media[0]);
    let (code, ill) = terminal.json(["doctor", "--full"]);
    let peaks = part(&ill, "peaks");
    let facts = json!([code, peaks["case_id"], peaks["fault"], peaks["way_out"]]);
    assert_eq!(facts, json!([4, case, "bytes", "take_again"]));
    assert_eq!(ill["healthy"], false);
    let spoken = terminal.run(["doctor"]).out;
    assert!(spoken.contains("退货：波形内容变了"), "{spoken}");

    terminal.ok(["retake", &case]);
    assert_eq!(terminal.ok(["doctor"])["healthy"], true);
    // What was never touched is read in its turn too, and found.
    media[1..].iter().for_each(flip);
    let (_, ill) = terminal.json(["doctor"]);
    let facts = ["source", "audio"].map(|p| part(&ill, p)["way_out"].clone());
    assert_eq!(facts, ["import_again", "import_again"]);

    let file = fs::File::options().write(true).open(&media[3]);
    file.and_then(|f| f.set_len(100)).expect("cut short");
    let (_, ill) = terminal.json(["doctor"]);
    assert_eq!(part(&ill, "audio")["fault"], "size");
}

#[test]
fn people_read_tables_and_programs_that_stop_reading_are_no_failure() {
    let terminal = Terminal::new();
    terminal.one_case();
    let out = terminal.run(["cases"]).out;
    let lines: Vec<&str> = out.lines().collect();
    assert!(
        lines[0].starts_with("案例")
            && lines[1].contains("0:05")
            && lines[1].ends_with("退货 投诉"),
        "{out}"
    );

    let mut child = terminal
        .command(["cases"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn two_command_lines_share_a_workspace_and_lose_nothing() {
    let terminal = Terminal::new();
    let case = terminal.one_case();
    for n in 0..6 {
        terminal.tone(&format!("第{n}通.wav"), 700, 300.0 + 40.0 * n as f32, 1);
    }
    let importer = terminal
        .command(["import", "files", "--json"])
        .stdout(Stdio::piped())
        .spawn();
    let importer = importer.expect("the binary starts");
    let mut marks: Vec<String> = std::thread::scope(|scope| {
        let seats: Vec<_> = (0..2)
            .map(|place| {
                let (terminal, case) = (&terminal, &case);
                scope.spawn(move || {
                    let one = |n| format!("席{place} 第{n}条");
                    (0..5)
                        .map(|n| terminal.ok(["mark", case, "--at", "100", "--note", &one(n)]))
                        .map(|m| text(&m["observation"]["id"]))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        seats
            .into_iter()
            .flat_map(|s| s.join().expect("a seat"))
            .collect()
    });
    let out = importer.wait_with_output().expect("it ends");
    assert_eq!(
        out.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&out.stdout)
    );

    assert_eq!(rows(&terminal.ok(["cases"])["cases"]).len(), 7);
    let export = terminal.ok(["export", "--format", "json"]);
    let mut found: Vec<String> = rows(&export["observations"])
        .iter()
        .map(|o| text(&o["id"]))
        .collect();
    found.sort();
    marks.sort();
    assert_eq!(found, marks);
    assert_eq!(terminal.ok(["doctor"])["healthy"], true);
}

#[test]
fn an_id_end_that_fits_several_cases_is_not_guessed() {
    let terminal = Terminal::new();
    for (folder, hz) in [("a", 300.0), ("b", 500.0)] {
        fs::create_dir(terminal.file(folder)).expect("a folder");
        terminal.tone(&format!("{folder}/同名.wav"), 500, hz, 1);
    }
    terminal.ok([OsStr::new("import"), terminal.file("").as_os_str()]);
    let (code, answer) = terminal.json(["segments", "同名"]);
    assert_eq!(
        (code, text(&answer["error"]["code"]).as_str()),
        (64, "cli.ambiguous")
    );
}

#[test]
fn a_damaged_workspace_goes_back_to_the_copy_of_the_day() {
    let terminal = Terminal::new();
    let case = terminal.one_case();
    // Made beside the first command that finds something worth it, before that command ends.
    terminal.ok(["cases"]);
    terminal.ok(["mark", &case, "--at", "100", "--note", "很急"]);
    let copies = terminal.ok(["restore"]);
    let copy = &rows(&copies["copies"])[0];
    assert_eq!(
        json!([copy["cases"], copy["observations"], copy["readable"]]),
        json!([1, 0, true])
    );

    let file = terminal.workspace().join("workspace.db");
    let mut bytes = fs::read(&file).expect("the database");
    bytes
        .chunks_mut(4_096)
        .skip(1)
        .for_each(|page| page[..64].fill(0xA5));
    fs::write(&file, bytes).expect("the database");
    let (code, told) = terminal.json(["cases"]);
    assert_eq!(
        (code, text(&told["error"]["code"]).as_str()),
        (4, "workspace.damaged")
    );
    assert!(text(&told["error"]["message"]).contains("restore"));

    assert_eq!(
        terminal.ok(["restore", "newest"])["restored"]["name"],
        copy["name"]
    );
    assert_eq!(rows(&terminal.ok(["cases"])["cases"]).len(), 1);
    assert_eq!(terminal.ok(["doctor"])["healthy"], true);
    let aside = rows(&terminal.ok(["restore", "--list"])["copies"])
        .iter()
        .filter(|c| c["is_aside"] == true)
        .count();
    assert_eq!(aside, 1);
}

#[test]
fn a_workspace_is_copied_and_read_out() {
    let terminal = Terminal::new();
    let case = terminal.one_case();
    terminal.ok(["mark", &case, "--at", "100", "--note", "很急"]);
    let there = terminal.file("there");
    let copied = terminal.ok([OsStr::new("copy"), there.as_os_str()]);
    assert!(copied["files"].as_u64() > Some(3), "{copied}");
    let told = terminal.ok(["restore", "--salvage"]);
    assert_eq!(
        json!([told["salvaged"]["lost"], told["salvaged"]["left_out"]]),
        json!([0, 0])
    );
    assert_eq!(rows(&terminal.ok(["search", "很急"])["hits"]).len(), 1);
    let (code, refused) = terminal.json([OsStr::new("copy"), there.as_os_str()]);
    assert_eq!(
        (code, text(&refused["error"]["code"]).as_str()),
        (4, "workspace.not_one")
    );
}

/// A mount that is read-only binds root as well.
#[cfg(unix)]
#[test]
fn an_archive_is_looked_into_and_not_changed() {
    let terminal = Terminal::new();
    let case = terminal.one_case();
    terminal.ok(["mark", &case, "--at", "100", "--note", "很急"]);
    let mount = |args: &[&str]| {
        let done = std::process::Command::new("mount")
            .args(args)
            .arg(terminal.workspace())
            .output();
        done.is_ok_and(|o| o.status.success())
    };
    let path = terminal.workspace();
    let path = path.to_str().expect("a path of ours");
    if !mount(&["--bind", path]) {
        eprintln!("SKIPPED: nothing may be mounted here; the store's tests stand in for it");
        return;
    }
    assert!(mount(&["-o", "remount,bind,ro"]));
    let reading = [
        vec!["cases"],
        vec!["segments", case.as_str()],
        vec!["search", "很急"],
        vec!["issues"],
        vec!["export", "--format", "json"],
        vec!["doctor"],
    ]
    .map(|args| (terminal.json(&args).0, args));
    let (code, told) = terminal.json(["mark", &case, "--at", "200"]);
    let import = terminal.json(["import", "files"]);
    let _ = std::process::Command::new("umount").arg(path).output();
    for (code, args) in reading {
        assert_eq!(code, 0, "{args:?}");
    }
    assert_eq!(
        (code, text(&told["error"]["code"]).as_str()),
        (4, "workspace.read_only")
    );
    assert_eq!(text(&import.1["error"]["code"]), "workspace.read_only");
}
