//! Marking, searching, listing, exporting from the command line.

use crate::terminal::{Terminal, known, rows, text};
use qinting_desk::NewIssue;
use qinting_domain::ObservationId;
use qinting_host::{Host, Options};
use serde_json::{Value, json};
use std::io::Write;
use std::process::Stdio;

/// Texts that mean something to a database, a web page, a terminal, or a spreadsheet.
const PAYLOADS: [&str; 8] = [
    "'; DROP TABLE observation; --",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\u{202E}gnihtemos שלום \u{202C}",
    "😀👨‍👩‍👧 emoji",
    "=HYPERLINK(\"http://x\",\"y\")",
    "\u{1b}[2J\u{1b}]0;title\u{7}",
    "line one\r\nline two\n\tthree",
    "--help",
];

fn mark(terminal: &Terminal, case: &str, note: &str) -> Value {
    terminal.ok(["mark", case, "--at", "1000", "--note", note])["observation"].clone()
}

#[test]
fn a_mark_carries_its_moment_its_words_and_who_made_it() {
    let terminal = Terminal::new();
    let case = terminal.one_case();
    let args = [
        "mark",
        &case,
        "--at",
        "1200",
        "--to",
        "3400",
        "--kind",
        "highlight",
    ];
    let more = [
        "--tag",
        "退款",
        "--tag",
        "情绪",
        "--note",
        "说得好",
        "--as",
        "李静",
    ];
    let marked = terminal.ok(args.iter().chain(&more));
    let o = &marked["observation"];
    let facts = json!([
        o["case_id"],
        o["start_ms"],
        o["end_ms"],
        o["kind"],
        o["tags"],
        o["text"],
        o["author"]
    ]);
    assert_eq!(
        facts,
        json!([
            case,
            1200,
            3400,
            "highlight",
            ["退款", "情绪"],
            "说得好",
            "李静"
        ])
    );
    assert_eq!(o["link"], format!("qinting://case/{case}?t=1.2,3.4"));
    assert_eq!(terminal.ok(["cases"])["cases"][0]["observations"], 1);
}

#[test]
fn a_case_answers_to_its_id_its_link_the_end_of_its_id_and_its_title() {
    let terminal = Terminal::new();
    let case = terminal.one_case();
    let link = format!("qinting://case/{case}?t=1");
    for named in [case.as_str(), &link, &case[case.len() - 8..], "退货 投诉"] {
        assert_eq!(
            mark(&terminal, named, "")["case_id"],
            case.as_str(),
            "{named}"
        );
    }
}

#[test]
fn what_is_not_there_is_said_with_its_exit_code() {
    let terminal = Terminal::new();
    let case = terminal.one_case();
    let refusals: [(&[&str], i32, &str); 6] = [
        (&["mark", "nothing", "--at", "0"], 3, "not_found"),
        (
            &["mark", &case, "--at", "0", "--tag", "没有的"],
            3,
            "not_found",
        ),
        (
            &["segments", "0193a1b2-0000-7000-8000-000000000001"],
            3,
            "not_found",
        ),
        (&["mark", &case, "--at", "999999"], 64, "invalid"),
        (&["transcribe", &case], 5, "speech.model_missing"),
        (
            &["export", "--format", "md", "--output", "/nowhere/at/all.md"],
            6,
            "disk.folder_missing",
        ),
    ];
    for (args, exit, code) in refusals {
        let (found, answer) = terminal.json(args);
        let found_code = text(&answer["error"]["code"]);
        assert_eq!((found, found_code.as_str()), (exit, code), "{args:?}");
        assert!(!text(&answer["error"]["message"]).is_empty());
        let spoken = terminal.run(args);
        assert!(spoken.out.is_empty() && spoken.err.contains(&found_code));
    }
}

/// What `mark --note -` answers to bytes on its standard input.
fn noted(terminal: &Terminal, case: &str, bytes: &[u8]) -> Value {
    let mut child = terminal
        .command(["mark", case, "--at", "0", "--note", "-", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    pipe.write_all(bytes).expect("it reads");
    drop(pipe);
    let out = child.wait_with_output().expect("it ends");
    serde_json::from_slice(&out.stdout).expect("JSON")
}

#[test]
fn a_note_piped_in_is_read_whole_or_refused_and_never_ruined() {
    let terminal = Terminal::new();
    let case = terminal.one_case();
    // "客户要退款" as a Chinese console, PowerShell, and `echo` write it.
    let gbk = b"\xBF\xCD\xBB\xA7\xD2\xAA\xCD\xCB\xBF\xEE\r\n";
    let utf16 = b"\xFF\xFE\xA2\x5B\x37\x62\x81\x89\x00\x90\x3E\x6B\r\0\n\0";
    let utf8 = "\u{FEFF}客户要退款\n".as_bytes();
    for bytes in [gbk.as_slice(), utf16, utf8] {
        assert_eq!(
            noted(&terminal, &case, bytes)["observation"]["text"],
            "客户要退款"
        );
    }
    let refused = noted(&terminal, &case, b"caf\xE9 cr\xE9\xE9e");
    assert_eq!(refused["error"]["code"], "text.encoding");
    let kept = terminal.ok(["export", "--format", "json"]);
    assert_eq!(rows(&kept["observations"]).len(), 3);
}

#[cfg(unix)]
#[test]
fn words_of_the_command_line_may_come_from_a_chinese_console() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let terminal = Terminal::new();
    let case = terminal.one_case();
    mark(&terminal, &case, "要退款");
    let asked = |bytes: &[u8]| {
        let words = ["search", "--in", "observation"].map(OsStr::new);
        terminal.json(words.into_iter().chain([OsStr::from_bytes(bytes)]))
    };
    let (code, found) = asked(b"\xCD\xCB\xBF\xEE");
    assert_eq!((code, rows(&found["hits"]).len()), (0, 1), "{found:#}");
    let (code, refused) = asked(b"caf\xE9");
    assert_eq!((code, &refused["error"]["code"]), (64, &json!("cli.usage")));
}

#[test]
fn hostile_text_is_kept_and_shown_as_text() {
    let terminal = Terminal::new();
    let case = terminal.one_case();
    for payload in PAYLOADS {
        assert_eq!(mark(&terminal, &case, payload)["text"], payload);
    }
    let long = "退".repeat(33_334);
    let answer = noted(&terminal, &case, long.as_bytes());
    assert_eq!(answer["observation"]["text"], long.as_str());

    let everything = terminal.ok(["export", "--format", "json"]);
    let kept: Vec<String> = rows(&everything["observations"])
        .iter()
        .map(|o| text(&o["text"]))
        .collect();
    assert_eq!(kept.len(), PAYLOADS.len() + 1);
    assert!(PAYLOADS.iter().all(|p| kept.contains(&(*p).to_owned())));

    // What a terminal is shown holds no control character but the line end.
    for args in [
        vec!["search", "emoji"],
        vec!["search", "title"],
        vec!["search", "gnihtemos"],
    ] {
        let out = terminal.run(&args).out;
        assert!(
            out.contains("qinting://case/"),
            "{args:?} found nothing: {out}"
        );
        assert!(
            !out.chars()
                .any(|c| (c.is_control() && c != '\n') || c == '\u{202E}'),
            "{out:?}"
        );
    }
    for strange in ["'", "\"", "*", "(", "退 OR", "-x", "NEAR(", "", "😀"] {
        let (code, answer) = terminal.json(["search", strange]);
        assert_eq!(code, 0, "{strange:?}: {answer}");
    }
}

#[test]
fn a_search_leads_to_the_moment() {
    let terminal = Terminal::new();
    let case = terminal.one_case();
    terminal.ok([
        "mark",
        &case,
        "--at",
        "1000",
        "--to",
        "2000",
        "--note",
        "坐席说冰箱超过七天不能退货 order 8842",
    ]);
    for typed in ["七天", "退货", "冰", "ORDER", "8842"] {
        let found = terminal.ok(["search", typed, "--in", "observation"]);
        let hit = &found["hits"][0];
        assert_eq!(hit["scope"], "observation", "{typed}: {found}");
        assert_eq!(hit["link"], format!("qinting://case/{case}?t=1,2"));
        assert!(text(&hit["excerpt"]).contains("七天"), "{hit}");
    }
    assert_eq!(
        terminal.ok(["search", "不存在的词"]),
        json!({"hits": [], "left_out": [], "more": [], "renewing": null})
    );
    assert_eq!(terminal.ok(["search", "投诉"])["hits"][0]["scope"], "case");
}

/// Files one observation under a new issue, as the window would.
fn file_issue(terminal: &Terminal, title: &str, observation: &Value) {
    let host = Host::open(Options {
        workspace: terminal.workspace(),
        models: Some(terminal.models()),
        player: false,
        device: known(&terminal.workspace()),
    })
    .expect("the workspace opens");
    let id: ObservationId = text(&observation["id"]).parse().expect("an id");
    let new = NewIssue {
        title: title.into(),
        statement: "七天内要求退货被拒".into(),
        business_line: "家电".into(),
        urgency: 2,
        difficulty: 1,
        observation_ids: vec![id],
    };
    host.at_desk().create_issue(new).expect("an issue");
}

#[test]
fn issues_are_listed_and_exported_with_their_evidence() {
    let terminal = Terminal::new();
    let case = terminal.one_case();
    assert_eq!(terminal.ok(["issues"]), json!({"issues": []}));
    let observation = mark(&terminal, &case, "=1+1");
    file_issue(&terminal, "冰箱退货 <b>", &observation);
    mark(&terminal, &case, "还没归入的 <script>");

    let issues = terminal.ok(["issues"]);
    let i = &issues["issues"][0];
    let facts = json!([
        i["number"],
        i["title"],
        i["stage"],
        i["status"],
        i["urgency"],
        i["evidence"],
        i["cases"]
    ]);
    assert_eq!(facts, json!([1, "冰箱退货 <b>", "sense", "new", 2, 1, 1]));
    assert_eq!(
        terminal.ok(["issues", "--view", "closed"]),
        json!({"issues": []})
    );

    let json_export = terminal.ok(["export", "--format", "json"]);
    assert_eq!(
        json_export["issues"][0]["evidence"][0]["link"],
        observation["link"]
    );

    let md = terminal.run(["export", "--format", "md"]).out;
    assert!(
        md.contains("冰箱退货 &lt;b&gt;") && md.contains("未归入问题的观察"),
        "{md}"
    );
    assert!(!md.contains("<script>"));
}

#[test]
fn a_csv_export_opens_right_in_excel() {
    let terminal = Terminal::new();
    let case = terminal.one_case();
    mark(&terminal, &case, "=cmd|' /C calc'!A0");
    let target = terminal.file("所得.csv");
    let target = target.to_str().expect("a UTF-8 path");
    let written = terminal.ok(["export", "--format", "csv", "--output", target]);
    let bytes = std::fs::read(target).expect("the export");
    assert_eq!(written["bytes"], bytes.len());
    assert_eq!(written["observations"], 1);
    assert_eq!(&bytes[..3], b"\xEF\xBB\xBF");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(
        text.contains("\"案例\"") && text.contains("\"'=cmd|") && text.contains("\r\n"),
        "{text}"
    );
    assert_eq!(terminal.run(["export", "--format", "csv"]).out, text);
    assert_eq!(terminal.ok(["export", "--format", "csv"])["content"], text);
}

#[cfg(unix)]
#[test]
fn an_export_has_the_rights_the_person_gives_new_files_and_those_of_the_file_that_was_there() {
    use std::os::unix::fs::PermissionsExt;
    let terminal = Terminal::new();
    terminal.one_case();
    let target = terminal.file("所得.csv");
    let export = |umask: &str| {
        let qinting = terminal.command(["export", "--format", "csv", "--output"]);
        let mut through_a_shell = std::process::Command::new("sh");
        through_a_shell
            .env_clear()
            .envs(
                qinting
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .args(["-c", &format!("umask {umask} && exec \"$0\" \"$@\"")])
            .arg(qinting.get_program())
            .args(qinting.get_args())
            .arg(&target);
        assert!(through_a_shell.status().expect("a shell").success());
        std::fs::metadata(&target)
            .expect("the export")
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(export("027"), 0o640);
    assert_eq!(export("022"), 0o640);
    std::fs::remove_file(&target).expect("the export");
    assert_eq!(export("002"), 0o664);
}

/// Names of files need not be text.
#[cfg(unix)]
#[test]
fn what_was_written_is_told_by_a_path_that_leads_there() {
    use std::os::unix::ffi::OsStrExt;
    let terminal = Terminal::new();
    terminal.one_case();
    let out = terminal
        .file("x")
        .with_file_name(std::ffi::OsStr::from_bytes(b"out \xff.csv"));
    let mut command = terminal.command(["--json", "export", "--format", "csv", "--output"]);
    let done = command.arg(&out).output().expect("the binary starts");
    let told: Value = serde_json::from_slice(&done.stdout).expect("an object");
    assert!(out.is_file(), "{told}");
    assert_eq!(
        qinting_domain::path_text::from_text(&text(&told["path"])),
        out
    );
}
