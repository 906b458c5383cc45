//! `qinting import`

use super::planning;
use crate::answer::Answer;
use crate::args::Import;
use crate::progress::Progress;
use crate::{exit, screen, words};
use parking_lot::Mutex;
use qinting_desk::{
    AppEvent, AppResult, AtDesk, DeskEvent, FactsApplied, ImportBatch, ImportFile, ImportOutcome,
    Incoming, PlannedSource, codes,
};
use qinting_domain::{FactKey, ImportBasis, SoundNotice, path_text};
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
    /// What tables and side-cars told.
    facts: Facts,
}

#[derive(Serialize)]
struct Facts {
    sources: Vec<Source>,
    /// Rows and records about no call that is here now, and such as fit several alike.
    without_call: usize,
    undecided: usize,
    /// What became of those of calls that were here already.
    applied: Option<FactsApplied>,
    /// Why they were not put down.
    not_applied: Option<words::Worded>,
}

#[derive(Serialize)]
struct Source {
    path: String,
    /// By which profile it was read.
    profile: Option<String>,
    /// How many of its rows or records are about calls.
    joined: usize,
    /// Why nothing of it could be read.
    error: Option<words::Worded>,
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
    /// How many facts its new case was told.
    facts: u32,
    /// Facts it could not take.
    unheard: Vec<FactKey>,
}

pub(crate) fn run(at_desk: &AtDesk, args: &Import) -> AppResult<Answer> {
    let given = Given::new(&args.paths);
    let ways = planning::ways(at_desk, args)?;
    let (plan, mut incoming) = at_desk.calls_with_facts(&given.absolute(), &ways)?;
    for call in &mut incoming.calls {
        call.take_what_is_there = args.take_what_is_there;
        call.as_own_call = args.own_call;
    }
    let mut batch = None;
    if incoming != Incoming::default() {
        watch(at_desk);
        incoming.basis = ImportBasis {
            basis: args.basis.clone(),
            notice: args.notice.clone(),
        };
        let id = at_desk.bring_in_with_facts(incoming)?;
        batch = Some(at_desk.import_wait(id)?);
    }
    let source = |source: PlannedSource| Source {
        path: given.as_given(source.path),
        profile: source.told.map(|told| told.profile.name),
        joined: source.joined.values().sum(),
        error: source.error.as_ref().map(words::Worded::new),
    };
    let not_applied = batch.as_ref().and_then(|b| b.not_applied.as_ref());
    let facts = Facts {
        sources: plan.sources.into_iter().map(source).collect(),
        without_call: plan.without_call_count,
        undecided: plan.undecided_count,
        not_applied: not_applied.map(words::Worded::new),
        applied: batch.as_mut().and_then(|b| b.applied.take()),
    };
    let files = batch.into_iter().flat_map(|batch| batch.files);
    let files: Vec<File> = files.map(|f| file(&given, f)).collect();
    let as_given = |paths: Vec<PathBuf>| paths.into_iter().map(|p| given.as_given(p)).collect();
    let rejected = files.iter().any(|f| f.outcome == ImportOutcome::Rejected);
    let is_whole = !rejected && facts.not_applied.is_none();
    let files = Files {
        files,
        ignored: as_given(plan.ignored),
        ignored_count: plan.ignored_count,
        unopened: as_given(plan.unopened),
        facts,
    };
    let answer = Answer::new(&files, text(&files))?;
    Ok(if is_whole {
        answer
    } else {
        answer.exiting(exit::SOME_REJECTED)
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
        facts: file.facts,
        unheard: file.unheard,
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
    out.push_str(&told(&files.facts, &files.files));
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

/// What tables and side-cars told, and of what.
fn told(facts: &Facts, files: &[File]) -> String {
    let mut said = String::new();
    if facts.sources.is_empty() {
        return said;
    }
    let with = files.iter().filter(|f| f.facts > 0).count();
    let applied = facts.applied.as_ref();
    let (here, differing) = applied.map_or((0, 0), |a| (a.contacts, a.differences));
    said.push_str(&format!(
        "\n{with} 通带着事实进来，{here} 通已在库里的补上了；{} 条没有对上通话，{} 条对得上好几通\n\
         with facts: {with}; told of calls that were here: {here}; facts without a call: {}, fitting several: {}\n",
        facts.without_call, facts.undecided, facts.without_call, facts.undecided,
    ));
    if differing > 0 {
        said.push_str(&format!(
            "{differing} 处和你写的不同，你写的留着：qinting record told 看，也可以取导入的\n\
             Yours differs from the import's in {differing}, and stays: see qinting record told\n"
        ));
    }
    if let Some(error) = &facts.not_applied {
        said.push_str(&error.text());
        said.push('\n');
    }
    for source in facts.sources.iter() {
        if let Some(error) = &source.error {
            said.push_str(&format!("{}\n{}\n", eyes(&source.path), error.text()));
        }
    }
    said
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
    if !f.unheard.is_empty() {
        let names = f
            .unheard
            .iter()
            .map(|key| planning::fact_name(key.as_str()));
        let names: Vec<String> = names.collect();
        said.push_str(&format!(
            "没能记下 · could not be kept: {}\n",
            names.join("、")
        ));
    }
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
