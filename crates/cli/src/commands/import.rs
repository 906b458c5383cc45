//! `qinting import`

use crate::answer::Answer;
use crate::args::Import;
use crate::progress::Progress;
use crate::{exit, screen, words};
use parking_lot::Mutex;
use qinting_desk::{
    AppEvent, AppResult, AtDesk, DeskEvent, ImportBatch, ImportFile, ImportOutcome, codes,
};
use qinting_domain::{SoundNotice, path_text};
use qinting_export::moment;
use serde::Serialize;
use std::path::PathBuf;

#[derive(Serialize)]
struct Files {
    files: Vec<File>,
    /// The first of the files in the folders that were passed over because they are no recordings.
    ignored: Vec<String>,
    /// How many there are of them.
    ignored_count: u32,
    /// Folders that were not looked into.
    unopened: Vec<String>,
}

#[derive(Serialize)]
struct File {
    path: String,
    outcome: ImportOutcome,
    case_id: Option<String>,
    duration_ms: Option<u64>,
    channels: Option<u16>,
    error: Option<words::Worded>,
    /// What a person should know about how its sound came in.
    notices: Vec<SoundNotice>,
    /// Of a duplicate: nobody speaks in it.
    wordless: bool,
}

pub(crate) fn run(at_desk: &AtDesk, args: &Import) -> AppResult<Answer> {
    let given = Given::new(&args.paths);
    let suffix_rules = if args.separate {
        Vec::new()
    } else {
        at_desk.get_settings(())?.workspace.suffix_rules
    };
    let mut found = at_desk.calls_in(&given.absolute(), &suffix_rules)?;
    for call in &mut found.calls {
        call.take_what_is_there = args.take_what_is_there;
        call.as_own_call = args.own_call;
    }
    let mut files = Vec::new();
    if !found.calls.is_empty() {
        watch(at_desk);
        let batch = at_desk.bring_in(found.calls)?;
        files = at_desk
            .import_wait(batch)?
            .files
            .into_iter()
            .map(|f| file(&given, f))
            .collect();
    }
    let as_given = |paths: Vec<PathBuf>| paths.into_iter().map(|p| given.as_given(p)).collect();
    let rejected = files.iter().any(|f| f.outcome == ImportOutcome::Rejected);
    let files = Files {
        files,
        ignored: as_given(found.ignored),
        ignored_count: found.ignored_count,
        unopened: as_given(found.unopened),
    };
    let answer = Answer::new(&files, text(&files))?;
    Ok(if rejected {
        answer.exiting(exit::SOME_REJECTED)
    } else {
        answer
    })
}

fn watch(at_desk: &AtDesk) {
    let progress = Mutex::new(Progress::new());
    at_desk.desk().on_event(Box::new(move |event| {
        if let AppEvent::Desk(DeskEvent::Import { batch }) = event {
            progress
                .lock()
                .show(&current(batch), batch.current_permille);
        }
    }));
}

fn current(batch: &ImportBatch) -> String {
    let path = batch
        .files
        .get(batch.current as usize)
        .map_or("", |f| &f.path);
    let path = path_text::from_text(path);
    let name = path_text::shown(path.file_name().unwrap_or_default());
    format!("{}/{}  {name}", batch.current + 1, batch.files.len())
}

fn file(given: &Given, file: ImportFile) -> File {
    File {
        path: given.as_given(path_text::from_text(&file.path)),
        // A batch that is over has decided on every file; nobody here can cancel it.
        outcome: file.outcome.unwrap_or(ImportOutcome::Rejected),
        case_id: file.case_id.map(|id| id.to_string()),
        duration_ms: file.duration_ms,
        channels: file.channels,
        error: file.error.as_ref().map(words::Worded::new),
        notices: file.notices,
        wordless: file.wordless,
    }
}

/// Paths as they were given beside the absolute ones the import works with.
struct Given(Vec<(PathBuf, PathBuf)>);

impl Given {
    fn new(paths: &[PathBuf]) -> Self {
        let absolute = |p: &PathBuf| std::path::absolute(p).unwrap_or_else(|_| p.clone());
        Self(paths.iter().map(|p| (absolute(p), p.clone())).collect())
    }

    fn absolute(&self) -> Vec<PathBuf> {
        self.0
            .iter()
            .map(|(absolute, _)| absolute.clone())
            .collect()
    }

    /// The path a person would recognise: as given, or below the folder that was given.
    fn as_given(&self, path: PathBuf) -> String {
        let shown = self.0.iter().find_map(|(absolute, given)| {
            let rest = path.strip_prefix(absolute).ok()?;
            Some(if rest.as_os_str().is_empty() {
                given.clone()
            } else {
                given.join(rest)
            })
        });
        path_text::to_text(shown.unwrap_or(path))
    }
}

/// A path for a terminal.
fn eyes(path: &str) -> String {
    screen::line(&path_text::shown(path_text::from_text(path)))
}

fn text(files: &Files) -> String {
    let rows: Vec<[String; 4]> = files
        .files
        .iter()
        .map(|f| {
            [
                outcome(f.outcome).to_owned(),
                f.duration_ms.map(moment::clock).unwrap_or_default(),
                f.case_id.clone().unwrap_or_default(),
                eyes(&f.path),
            ]
        })
        .collect();
    let mut out = screen::table(["结果", "时长", "案例", "文件"], &rows);
    let is_in_bin = |f: &File| f.outcome == ImportOutcome::InBin;
    if files.files.iter().any(is_in_bin) {
        out.push_str(
            "\n在回收站的：用 qinting bin restore 放回来；要当新的一通，导入时加 --own-call\n",
        );
        out.push_str("In the bin: put back with qinting bin restore, or import with --own-call\n");
    }
    for f in &files.files {
        let said = said(f);
        if !said.is_empty() {
            out.push_str(&format!("\n{}\n{said}", eyes(&f.path)));
        }
    }
    if files.ignored_count > 0 {
        out.push_str(&format!(
            "\n{} 个文件不是录音，略过 · passed over, not audio\n",
            files.ignored_count
        ));
    }
    for folder in &files.unopened {
        out.push_str(&format!(
            "\n没有打开这个文件夹（没有权限、太深，或是链接）· not looked into\n{}\n",
            eyes(folder)
        ));
    }
    out
}

/// What there is to know about a file besides its outcome.
fn said(f: &File) -> String {
    let mut said = String::new();
    if let Some(error) = &f.error {
        said = format!("{}\n", error.text());
        if error.code == codes::MEDIA_TRUNCATED {
            said.push_str("要收在的部分：加 --take-what-is-there · takes what is there\n");
        }
    }
    said.push_str(&words::sound_lines(&f.notices));
    match f.outcome {
        ImportOutcome::Half => {
            said.push_str("另一侧没有收进来，这一侧自成一案 · the other side did not come in; this one is a case of its own\n");
        }
        ImportOutcome::Mended => {
            said.push_str("已有，存下的文件坏了，换成了这一份；标记和文字都在 · it was here with broken files, and these took their place; marks and text stay\n");
        }
        ImportOutcome::Duplicate if f.wordless => {
            said.push_str("内容完全一样，而且里面没有人声，可能是另一通没接起来的电话：要另成一案，加 --own-call\n");
            said.push_str("the same to the byte, and nobody speaks in it: it may be another call that nobody answered; --own-call makes a case of it\n");
        }
        _ => {}
    }
    said
}

fn outcome(outcome: ImportOutcome) -> &'static str {
    match outcome {
        ImportOutcome::Imported => "已导入",
        ImportOutcome::Joined => "合成一案",
        ImportOutcome::Half => "只有一侧",
        ImportOutcome::Duplicate => "已有",
        ImportOutcome::Mended => "修好了",
        ImportOutcome::InBin => "在回收站",
        ImportOutcome::Rejected => "未收",
    }
}
