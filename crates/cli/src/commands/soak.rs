//! `qinting soak`: works until it is killed and says what is safely on disk, line by line.
//!
//! The test that ends it at random points compares these lines with what it finds afterwards.

use crate::answer::Answer;
use crate::args::Soak;
use crate::find;
use qinting_desk::{
    AppError, AppResult, AtDesk, CallFiles, CaseQuery, MarkRequest, codes, spawn_named,
};
use qinting_domain::RecordingId;
use std::io::Write;
use std::path::PathBuf;

pub(crate) fn run(at_desk: &AtDesk, args: &Soak) -> AppResult<Answer> {
    let Some((first, rest)) = args.paths.split_first() else {
        return Err(AppError::new(crate::words::USAGE));
    };
    let recording = first_recording(at_desk, first)?;
    let (importer, rest) = (at_desk.clone(), rest.to_vec());
    let import_rest = move || {
        for path in rest {
            // A refusal shows as a missing line; the loop goes on because the test wants load.
            let _ = import(&importer, path);
        }
    };
    spawn_named("soak-import", import_rest, drop)?;
    for n in 0u64.. {
        let view = at_desk.mark(MarkRequest {
            lag_ms: Some(0),
            text: Some(format!("标记 {n}")),
            ..MarkRequest::at(recording, n % 1_000)
        })?;
        say(&format!("mark {}", view.observation.id))?;
    }
    Err(AppError::new(codes::INTERNAL))
}

/// The recording the marks go on: one that is there, or the first file.
fn first_recording(at_desk: &AtDesk, first: &std::path::Path) -> AppResult<RecordingId> {
    let there = find::cases(at_desk, CaseQuery::default())?
        .into_iter()
        .find_map(|r| r.recording_id);
    if let Some(id) = there {
        return Ok(id);
    }
    import(at_desk, first.to_owned())?;
    find::cases(at_desk, CaseQuery::default())?
        .into_iter()
        .find_map(|r| r.recording_id)
        .ok_or_else(|| AppError::new(codes::NOT_FOUND).with("kind", "recording"))
}

fn import(at_desk: &AtDesk, path: PathBuf) -> AppResult<()> {
    let batch = at_desk.bring_in(vec![CallFiles {
        paths: vec![path],
        title: "浸泡".into(),
        ..CallFiles::default()
    }])?;
    for file in at_desk.import_wait(batch)?.files {
        if let Some(case) = file.case_id {
            say(&format!("case {case}"))?;
        }
    }
    Ok(())
}

fn say(line: &str) -> AppResult<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")
        .and_then(|()| out.flush())
        .map_err(|e| AppError::new(codes::INTERNAL).because(e))
}
