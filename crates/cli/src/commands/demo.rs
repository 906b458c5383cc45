//! `qinting demo`

use crate::answer::Answer;
use crate::args::Demo;
use crate::commands::transcribe::{self, Transcript};
use crate::{exit, screen, words};
use qinting_desk::{AppError, AppResult, AtDesk, CaseQuery, ObservationQuery, codes};
use qinting_domain::path_text;
use qinting_host::{Host, Options, Places, default_models, named_workspace};
use serde::Serialize;
use std::path::{Path, PathBuf};

#[derive(Serialize)]
struct Stage {
    workspace: String,
    /// False when it was there already and was left as it is.
    built: bool,
    cases: u32,
    people: usize,
    sessions: usize,
    observations: u32,
    issues: u32,
    /// With `--text`: the calls that had no text before.
    transcripts: Option<Vec<Transcript>>,
}

pub(crate) fn run(
    args: &Demo,
    workspace: Option<PathBuf>,
    models: Option<PathBuf>,
) -> AppResult<Answer> {
    let folder = workspace
        .or_else(named_workspace)
        .unwrap_or_else(|| Places::of_this_user().demo());
    let models = models.unwrap_or_else(default_models);
    let built = build(args, &folder, &models).map_err(|e| match e.code() {
        codes::WORKSPACE_UNUSABLE => not_the_demo(&folder),
        _ => e,
    })?;
    let host = open(&folder, &models)?;
    let at_desk = host.at_desk();
    let transcripts = args
        .text
        .then(|| transcribe::the_rest(&host, &at_desk))
        .transpose()?;
    let stage = stage(&at_desk, &folder, built, transcripts)?;
    let failed = stage
        .transcripts
        .iter()
        .flatten()
        .any(|t| t.error.is_some());
    let answer = Answer::new(&stage, text(&stage))?;
    Ok(if failed {
        answer.exiting(exit::SOME_REJECTED)
    } else {
        answer
    })
}

/// Makes the demo where it is asked for; `false` when it was there already.
fn build(args: &Demo, folder: &Path, models: &Path) -> AppResult<bool> {
    let device = qinting_host::Places::of_this_user().device();
    if args.reset {
        qinting_host::demo::rebuild(folder, models, &device)?;
        return Ok(true);
    }
    if !folder.join("workspace.db").is_file() {
        qinting_host::demo::build(folder, models, &device)?;
        return Ok(true);
    }
    let there = open(folder, models)?.at_desk().workspace_info(())?;
    if there.is_demo {
        Ok(false)
    } else {
        Err(not_the_demo(folder))
    }
}

fn open(folder: &Path, models: &Path) -> AppResult<Host> {
    Host::open(Options {
        workspace: folder.to_owned(),
        models: Some(models.to_owned()),
        player: false,
        device: Places::of_this_user().device(),
    })
}

fn not_the_demo(folder: &Path) -> AppError {
    let name = path_text::to_text(folder.file_name().unwrap_or_default());
    AppError::new(words::NOT_THE_DEMO).with("path", name)
}

fn stage(
    at_desk: &AtDesk,
    folder: &Path,
    built: bool,
    transcripts: Option<Vec<Transcript>>,
) -> AppResult<Stage> {
    let none = CaseQuery {
        limit: 0,
        ..CaseQuery::default()
    };
    let marks = ObservationQuery {
        tag: None,
        kind: None,
        unfiled: false,
        offset: 0,
        limit: 0,
    };
    Ok(Stage {
        workspace: path_text::to_text(folder),
        built,
        cases: at_desk.list_cases(none)?.total,
        people: at_desk.list_people(())?.len(),
        sessions: at_desk.list_sessions(())?.len(),
        observations: at_desk.observations(marks)?.total,
        issues: super::issues::count(at_desk)?,
        transcripts,
    })
}

fn text(stage: &Stage) -> String {
    let made = if stage.built {
        "演示已建好"
    } else {
        "演示已经在了，没有动它（重建用 --reset）"
    };
    let mut out = format!(
        "{made}：{}\n{} 通来电，{} 个人，{} 场专场，{} 条观察，{} 个问题\n",
        screen::line(&path_text::shown(path_text::from_text(&stage.workspace))),
        stage.cases,
        stage.people,
        stage.sessions,
        stage.observations,
        stage.issues
    );
    if let Some(transcripts) = &stage.transcripts {
        out.push_str(&transcribe::text(transcripts));
    }
    out
}
