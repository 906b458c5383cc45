//! `qinting transcribe`

use crate::answer::Answer;
use crate::args::Transcribe;
use crate::progress::Progress;
use crate::{exit, find, screen, words};
use parking_lot::Mutex;
use qinting_desk::{
    AppError, AppEvent, AppResult, AtDesk, CaseQuery, RecordEvent, TranscribeCase, TranscriptState,
};
use qinting_domain::{CaseId, Job, JobId, JobState, path_text};
use qinting_host::Host;
use serde::Serialize;
use std::path::Path;
use std::sync::Arc;

#[derive(Serialize)]
struct Done {
    transcripts: Vec<Transcript>,
}

/// What became of the text of a case.
#[derive(Serialize)]
pub(crate) struct Transcript {
    case_id: String,
    title: String,
    job_id: Option<String>,
    state: JobState,
    segments: u32,
    pub error: Option<words::Worded>,
}

pub(crate) fn run(host: &Host, at_desk: &AtDesk, args: &Transcribe) -> AppResult<Answer> {
    let cases = match &args.case {
        Some(named) => vec![find::case(at_desk, named)?],
        None => without_text(at_desk)?,
    };
    let model = (args.model.as_deref())
        .map(|named| model(at_desk, named))
        .transpose()?;
    let wanted = cases.into_iter().map(|case_id| TranscribeCase {
        case_id,
        language: args.language.clone(),
        model: model.clone(),
    });
    let transcripts = written(host, at_desk, wanted.collect(), args.all)?;
    let exit = match transcripts.iter().find_map(|t| t.error.as_ref()) {
        None => 0,
        Some(_) if args.all => exit::SOME_REJECTED,
        Some(error) => exit::of_code(&error.code),
    };
    let done = Done { transcripts };
    Ok(Answer::new(&done, text(&done.transcripts))?.exiting(exit))
}

/// Every case that has no text yet gets it, one after the other.
pub(crate) fn the_rest(host: &Host, at_desk: &AtDesk) -> AppResult<Vec<Transcript>> {
    let wanted = without_text(at_desk)?
        .into_iter()
        .map(|case_id| TranscribeCase {
            case_id,
            language: None,
            model: None,
        });
    written(host, at_desk, wanted.collect(), true)
}

/// Queues and waits, with a line of progress. `go_on`: one that fails does not keep the others.
fn written(
    host: &Host,
    at_desk: &AtDesk,
    wanted: Vec<TranscribeCase>,
    go_on: bool,
) -> AppResult<Vec<Transcript>> {
    // One reason for all of them.
    at_desk.desk().may_write()?;
    let shown = Arc::new(Mutex::new(JobShown {
        line: Progress::new(),
        job: None,
        title: String::new(),
    }));
    let listener = shown.clone();
    at_desk.desk().on_event(Box::new(move |event| {
        if let AppEvent::Record(RecordEvent::Job { job }) = event {
            listener.lock().show(job);
        }
    }));
    let all = wanted.into_iter();
    all.map(|request| one(host, at_desk, request, go_on, &shown))
        .collect()
}

/// What the progress line says.
struct JobShown {
    line: Progress,
    job: Option<JobId>,
    title: String,
}

impl JobShown {
    fn now(&mut self, job: &Job, title: &str) {
        self.job = Some(job.id);
        self.title = title.to_owned();
    }

    fn show(&mut self, job: &Job) {
        let earlier = "先做排在前面的 · working on what was queued before";
        let what = if self.job == Some(job.id) {
            &self.title
        } else {
            earlier
        };
        self.line.show(what, job.progress_permille);
    }
}

/// Cases that have a recording and no text yet.
fn without_text(at_desk: &AtDesk) -> AppResult<Vec<CaseId>> {
    let all = find::cases(at_desk, CaseQuery::default())?;
    Ok(all
        .into_iter()
        .filter(|r| r.recording_id.is_some() && r.transcript != TranscriptState::Done)
        .map(|r| r.case.id)
        .collect())
}

/// A file is named by its place, because the process that reads it may stand in another folder;
/// anything else is an id of the shelf.
fn model(at_desk: &AtDesk, named: &str) -> AppResult<String> {
    let path = Path::new(named);
    if !path.is_file() {
        return Ok(named.to_owned());
    }
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    at_desk.name_model(&path)?;
    Ok(path_text::to_text(path))
}

fn one(
    host: &Host,
    at_desk: &AtDesk,
    request: TranscribeCase,
    go_on: bool,
    shown: &Mutex<JobShown>,
) -> AppResult<Transcript> {
    let case = request.case_id;
    let view = at_desk.get_case(case)?;
    let title = view.case.title;
    let job = match view.job {
        // Written down meanwhile: what was queued before comes first.
        Some(job) if go_on && view.transcript == TranscriptState::Done => Ok(job),
        _ => at_desk.transcribe(request).and_then(|job| {
            shown.lock().now(&job, &title);
            // Another process may be the one that works: then the row tells how far it is.
            host.run_jobs_until(job.id, &mut |job: &Job| shown.lock().show(job))
        }),
    };
    let (job, error) = match job {
        Ok(job) => {
            let error = job.error.clone().map(AppError::from);
            (Some(job), error)
        }
        // One case that cannot even be queued must not keep the others waiting.
        Err(e) if go_on => (None, Some(e)),
        Err(e) => return Err(e),
    };
    Ok(Transcript {
        segments: at_desk.get_case(case)?.segment_count,
        case_id: case.to_string(),
        title,
        job_id: job.as_ref().map(|j| j.id.to_string()),
        state: job.map_or(JobState::Failed, |j| j.state),
        error: error.map(|e| words::Worded::new(&e.note)),
    })
}

pub(crate) fn text(transcripts: &[Transcript]) -> String {
    if transcripts.is_empty() {
        return "所有案例都有文字了 · every case has its text\n".into();
    }
    let mut out = String::new();
    for t in transcripts {
        let title = screen::short(&t.title, 60);
        match &t.error {
            Some(error) => out.push_str(&format!("✗ {title}\n{}\n", error.text())),
            None if t.state == JobState::Cancelled => out.push_str(&format!("- {title}  已取消\n")),
            None => out.push_str(&format!("✓ {title}  {} 段\n", t.segments)),
        }
    }
    out
}
