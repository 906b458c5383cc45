//! File names, people and numbers never in logs: a story full of them, told at the most talkative
//! level, and every line of the log read.

use crate::terminal::{Terminal, known, rows, short_call, text};
use qinting_desk::NewIssue;
use qinting_host::{Host, Options};
use qinting_testkit::demo_model;
use qinting_testkit::files::below;
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// What must stay out: of folders, files, people, titles, and notes.
const SEEDS: &[&str] = &[
    "王秀兰",
    "13912345678",
    "张三丰",
    "13800138000",
    "李四光",
    "13700137000",
    "赵六合",
    "13600136000",
    "孙七星",
    "13500135000",
    "周慧敏",
    "钱学森",
    "13012345678",
    "吴用",
    "郑和",
    "SeededName",
];

/// A story in a folder of somebody's name.
struct Story {
    terminal: Terminal,
    workspace: PathBuf,
    /// Everything that was logged.
    logged: String,
    /// What was said in calls, which is found out on the way.
    said: Vec<String>,
}

impl Story {
    fn begin() -> Self {
        let terminal = Terminal::new();
        let workspace = terminal.file("王秀兰_13912345678");
        Self {
            terminal,
            workspace,
            logged: String::new(),
            said: Vec::new(),
        }
    }

    /// Runs a command at the most talkative level. With `--json` whatever it has to say to people or
    /// programs goes to standard output; standard error is the log's.
    fn tell(&mut self, args: &[&dyn AsRef<OsStr>]) -> Value {
        let workspace = self.workspace.clone();
        self.tell_in(&workspace, args)
    }

    fn tell_in(&mut self, workspace: &Path, args: &[&dyn AsRef<OsStr>]) -> Value {
        let args = args.iter().map(|a| a.as_ref());
        let args = args.chain([OsStr::new("--json")]);
        let mut command = self.terminal.command_in(workspace, args);
        let out = command.env("QINTING_LOG", "trace").output();
        let out = out.expect("the binary starts");
        self.logged += &String::from_utf8_lossy(&out.stderr);
        serde_json::from_slice(&out.stdout).unwrap_or_default()
    }

    /// A file of somebody's name in the folder for files.
    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.terminal.file(name);
        fs::write(&path, bytes).expect("a file");
        path
    }

    #[track_caller]
    fn holds_nothing(&self, what: &str, where_: &str) {
        let seeds = SEEDS.iter().copied();
        for seed in seeds.chain(self.said.iter().map(String::as_str)) {
            let line = what.lines().find(|line| line.contains(seed));
            assert_eq!(line, None, "{seed:?} stands in {where_}");
        }
    }
}

#[test]
fn names_people_and_numbers_never_reach_a_log() {
    let mut story = Story::begin();
    let case = files_come_in(&mut story);
    words_are_written(&mut story, &case);
    speech_becomes_text(&mut story);
    issues_and_the_bin(&story, &case);
    what_fails(&mut story);
    out_and_back(&mut story, &case);

    let lines = story.logged.lines().count();
    let failures = story.logged.matches("command failed").count();
    assert!(
        lines > 30 && failures > 12,
        "{lines} lines:\n{}",
        story.logged
    );
    story.holds_nothing(&story.logged, "the log");
    nothing_lies_about(&story);
}

fn files_come_in(story: &mut Story) -> String {
    let whole = story
        .terminal
        .tone("张三丰_13800138000.wav", 3_000, 330.0, 2);
    let answer = story.tell(&[&"import", &whole, &"--as", &"周慧敏"]);
    let case = text(&answer["files"][0]["case_id"]);
    let bytes = fs::read(&whole).expect("a file");

    let mut tagged = bytes.clone();
    let title = "孙七星 13500135000".as_bytes();
    tagged.extend_from_slice(b"LIST");
    tagged.extend_from_slice(&(title.len() as u32 + 12).to_le_bytes());
    tagged.extend_from_slice(b"INFOINAM");
    tagged.extend_from_slice(&(title.len() as u32).to_le_bytes());
    tagged.extend_from_slice(title);
    let size = tagged.len() as u32 - 8;
    tagged[4..8].copy_from_slice(&size.to_le_bytes());

    let odd = [
        story.write("李四光_13700137000.wav", &bytes[..bytes.len() / 2]),
        story.write("李四光_13700137000 2.wav", "李四光 是谁".as_bytes()),
        story.write("李四光_13700137000.mp3", &bytes),
        story.write(
            "李四光_13700137000.ogg",
            &[b"OggS\0\x02".as_slice(), title].concat(),
        ),
        story.write("赵六合_13600136000.txt", "赵六合 13600136000".as_bytes()),
        story.write("赵六合_13600136000.wav", b""),
        story.write("孙七星_13500135000.wav", &tagged),
        story.terminal.file("吴用 不在.wav"),
    ];
    for file in &odd {
        story.tell(&[&"import", file]);
    }
    story.tell(&[&"import", &odd[0], &"--take-what-is-there"]);
    case
}

fn words_are_written(story: &mut Story, case: &str) {
    let note = "客户钱学森，手机 13012345678，很急";
    story.tell(&[
        &"mark",
        &case,
        &"--at",
        &"100",
        &"--note",
        &note,
        &"--as",
        &"周慧敏",
    ]);
    story.tell(&[&"mark", &case, &"--at", &"100", &"--tag", &"钱学森"]);
    story.tell(&[&"mark", &"郑和", &"--at", &"100"]);
    story.tell(&[&"search", &"13012345678"]);
    story.tell(&[&"search", &"\"钱学森 AND (NEAR *"]);
    story.tell(&[&"cases", &"--text", &"张三丰"]);
    story.tell(&[&"retake", &case]);
}

fn speech_becomes_text(story: &mut Story) {
    let model = demo_model();
    if let Some(call) = short_call(&story.terminal, 4) {
        let named = call.with_file_name("SeededName 13800138000");
        fs::rename(call, &named).expect("a folder");
        story.tell(&[&"import", &named]);
    }
    let told = story.tell(&[
        &"transcribe",
        &"--all",
        &"--language",
        &"en",
        &"--model",
        &model,
    ]);
    for one in rows(&told["transcripts"]) {
        let segments = story.tell(&[&"segments", &text(&one["case_id"])]);
        for segment in rows(&segments["segments"]) {
            // Shorter ones are words of a log line, too.
            let said = text(&segment["text"]);
            story
                .said
                .extend((said.chars().count() > 6).then_some(said));
        }
    }
}

fn issues_and_the_bin(story: &Story, case: &str) {
    let host = Host::open(Options {
        workspace: story.workspace.clone(),
        models: Some(story.terminal.models()),
        player: false,
        device: known(&story.workspace),
    });
    let host = host.expect("it opens");
    let issue = serde_json::json!({
        "title": "郑和说 13012345678 打不通",
        "statement": "钱学森打来三次",
        "business_line": "",
        "urgency": 1,
        "difficulty": 1,
        "observation_ids": [],
    });
    let issue: NewIssue = serde_json::from_value(issue).expect("a new issue");
    host.at_desk().create_issue(issue).expect("an issue");
    let case = case.parse().expect("an id");
    host.at_desk().delete_case(case).expect("it goes");
    host.close();
}

fn what_fails(story: &mut Story) {
    let bad_model = story.write("吴用_13800138000.bin", "吴用".as_bytes());
    let exported = story.terminal.file("没有这里/郑和.csv");
    let folder = story.terminal.file("王秀兰_13912345678");
    story.tell(&[&"transcribe", &"--all", &"--model", &bad_model]);
    story.tell(&[&"model", &"add", &bad_model]);
    story.tell(&[&"model", &"add", &story.terminal.file("吴用.bin")]);
    story.tell(&[&"export", &"--format", &"csv", &"--output", &exported]);
    story.tell(&[&"export", &"--format", &"md", &"--output", &folder]);
    story.tell(&[&"copy", &folder]);
    story.tell(&[&"session", &"show", &"郑和"]);
    story.tell(&[
        &"live",
        &"record",
        &"--mode",
        &"clock",
        &"--session",
        &"郑和",
    ]);
    story.tell(&[&"segments", &"吴用"]);
    story.tell(&[&"restore", &"张三丰"]);
    story.tell(&[&"bin", &"restore", &"吴用"]);
    story.tell(&[&"no such command", &"吴用"]);
    let no_workspace = story.write("孙七星_13500135000.db", b"");
    story.tell_in(&no_workspace, &[&"cases"]);
    let other = story.terminal.file("孙七星 别处");
    fs::create_dir(&other).expect("a folder");
    fs::write(other.join("workspace.db"), "孙七星".repeat(2_000)).expect("a file");
    story.tell_in(&other, &[&"cases"]);
}

fn out_and_back(story: &mut Story, case: &str) {
    for (format, name) in [
        ("json", "郑和.json"),
        ("csv", "郑和.csv"),
        ("md", "郑和.md"),
    ] {
        let out = story.terminal.file(name);
        story.tell(&[&"export", &"--format", &format, &"--output", &out]);
    }
    story.tell(&[&"issues"]);
    story.tell(&[&"bin", &"list"]);
    story.tell(&[&"bin", &"restore", &case]);
    story.tell(&[&"doctor"]);
    story.tell(&[&"copy", &story.terminal.file("王秀兰 那边")]);
    story.tell(&[&"restore", &"--salvage"]);
    let database = story.workspace.join("workspace.db");
    let mut bytes = fs::read(&database).expect("the database");
    let pages = bytes.chunks_mut(4_096).skip(1);
    pages.for_each(|page| page[..64].fill(0xA5));
    fs::write(&database, bytes).expect("the database");
    story.tell(&[&"cases"]);
    story.tell(&[&"doctor"]);
    story.tell(&[&"restore", &"newest"]);
    let listed = story.tell(&[&"cases"]);
    assert!(!rows(&listed["cases"]).is_empty(), "{listed}");
}

/// In the workspace, only what holds the work and the files as they came may hold such words; no
/// name of a file does.
fn nothing_lies_about(story: &Story) {
    let all = below(&story.workspace);
    assert!(all.len() > 5, "{all:?}");
    for file in all {
        let inside = file.strip_prefix(&story.workspace).expect("inside");
        let inside = inside.to_string_lossy().into_owned();
        story.holds_nothing(&inside, "a file's name");
        let bytes = fs::read(&file).expect("a file");
        // A text is bytes of its recording, line by line.
        let is_text = inside.starts_with("media") && bytes.starts_with(b"{\"id\":");
        let holds_work = inside.contains(".db") || inside.contains("source") || is_text;
        if !holds_work {
            story.holds_nothing(&String::from_utf8_lossy(&bytes), &inside);
        }
    }
}
