//! `qinting import`

use crate::answer::Answer;
use crate::args::Import;
use crate::progress::Progress;
use crate::{exit, screen, words};
use parking_lot::Mutex;
use qinting_app::{
    AppEvent, AppResult, ImportBatch, ImportFile, ImportOutcome, ImportPlanRequest, Seat,
};
use qinting_export::moment;
use serde::Serialize;
use std::path::{Path, PathBuf};

#[derive(Serialize)]
struct Files {
    files: Vec<File>,
    /// Files in the folders that were passed over because their name says they are not audio.
    ignored: Vec<String>,
}

#[derive(Serialize)]
struct File {
    path: String,
    outcome: ImportOutcome,
    case_id: Option<String>,
    duration_ms: Option<u64>,
    channels: Option<u16>,
    error: Option<words::Worded>,
}

pub(crate) fn run(seat: &Seat, args: &Import) -> AppResult<Answer> {
    let given = Given::new(&args.paths);
    let suffix_rules = if args.separate {
        Vec::new()
    } else {
        seat.get_settings(())?.suffix_rules
    };
    let mut plan = seat.import_plan(ImportPlanRequest {
        paths: given.absolute(),
        suffix_rules,
    })?;
    for item in &mut plan.items {
        item.as_own_call = args.own_call;
    }
    let mut files = Vec::new();
    if !plan.items.is_empty() {
        watch(seat);
        let batch = seat.import_start(plan.items)?;
        files = seat
            .import_wait(batch)?
            .files
            .into_iter()
            .map(|f| file(&given, f))
            .collect();
    }
    let ignored = plan.ignored.iter().map(|p| given.as_given(p)).collect();
    let rejected = files.iter().any(|f| f.outcome == ImportOutcome::Rejected);
    let files = Files { files, ignored };
    let answer = Answer::new(&files, text(&files))?;
    Ok(if rejected {
        answer.exiting(exit::SOME_REJECTED)
    } else {
        answer
    })
}

fn watch(seat: &Seat) {
    let progress = Mutex::new(Progress::new());
    seat.app().on_event(Box::new(move |event| {
        if let AppEvent::Import { batch } = event {
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
    let name = Path::new(path)
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    format!("{}/{}  {name}", batch.current + 1, batch.files.len())
}

fn file(given: &Given, file: ImportFile) -> File {
    File {
        path: given.as_given(&file.path),
        // A batch that is over has decided on every file; nobody here can cancel it.
        outcome: file.outcome.unwrap_or(ImportOutcome::Rejected),
        case_id: file.case_id.map(|id| id.to_string()),
        duration_ms: file.duration_ms,
        channels: file.channels,
        error: file.error.as_ref().map(words::Worded::new),
    }
}

/// Paths as they were given beside the absolute ones the import works with.
struct Given(Vec<(PathBuf, PathBuf)>);

impl Given {
    fn new(paths: &[PathBuf]) -> Self {
        let absolute = |p: &PathBuf| std::path::absolute(p).unwrap_or_else(|_| p.clone());
        Self(paths.iter().map(|p| (absolute(p), p.clone())).collect())
    }

    fn absolute(&self) -> Vec<String> {
        self.0
            .iter()
            .map(|(a, _)| a.to_string_lossy().into_owned())
            .collect()
    }

    /// The path a person would recognise: as given, or below the folder that was given.
    fn as_given(&self, path: &str) -> String {
        let path = Path::new(path);
        let shown = self.0.iter().find_map(|(absolute, given)| {
            let rest = path.strip_prefix(absolute).ok()?;
            Some(if rest.as_os_str().is_empty() {
                given.clone()
            } else {
                given.join(rest)
            })
        });
        shown
            .as_deref()
            .unwrap_or(path)
            .to_string_lossy()
            .into_owned()
    }
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
                screen::line(&f.path),
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
    for f in files.files.iter() {
        if let Some(error) = &f.error {
            out.push_str(&format!("\n{}\n{}\n", screen::line(&f.path), error.text()));
        }
    }
    if !files.ignored.is_empty() {
        out.push_str(&format!(
            "\n{} 个文件不是录音，略过 · passed over, not audio\n",
            files.ignored.len()
        ));
    }
    out
}

fn outcome(outcome: ImportOutcome) -> &'static str {
    match outcome {
        ImportOutcome::Imported => "已导入",
        ImportOutcome::Joined => "合成一案",
        ImportOutcome::Half => "只有一侧",
        ImportOutcome::Duplicate => "已有",
        ImportOutcome::InBin => "在回收站",
        ImportOutcome::Rejected => "未收",
    }
}
