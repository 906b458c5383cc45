//! Text of a call, asked for in the background, and jobs as people handle them.

use super::TranscribeCase;
use crate::desk::{AtDesk, Desk};
use crate::models::default_model_of;
use qinting_app::*;
use qinting_domain::*;

impl AtDesk {
    /// Asks for text. A case that is already queued or running keeps its job.
    pub fn transcribe(&self, request: TranscribeCase) -> AppResult<Job> {
        self.write_job(|tx| {
            tx.may(Action::TextAsk, None)?;
            text_job(&self.desk, tx, &request)
        })
    }

    /// Stops a job that waits or runs.
    pub fn cancel_job(&self, id: JobId) -> AppResult<()> {
        self.known_job(id)?;
        self.read(|seen| seen.may(Action::TextAsk, None))?;
        if self.desk.runner.cancel(id) {
            return Ok(());
        }
        // Queued, or running in another process, which hears of it with its next step.
        let now = self.desk.now();
        let cancelled = self.desk.ports.store.write_job(&mut |reads| {
            Ok(reads.job(id)?.filter(Job::goes_on).map(|job| Job {
                state: JobState::Cancelled,
                updated_at: now,
                ..job
            }))
        })?;
        if let Some(job) = cancelled {
            self.desk.tell_job(&job);
        }
        Ok(())
    }

    /// Tries a failed or cancelled job again. A text is a new job: with the default model, which may
    /// have been changed for that very reason; where there is none, with the model it had.
    pub fn retry_job(&self, id: JobId) -> AppResult<Job> {
        let job = self.known_job(id)?;
        let JobWork::Transcribe(text) = job.work else {
            return self.write_job(|tx| {
                tx.may(Action::TextAsk, None)?;
                Ok(again(known(tx.job(id)?)?))
            });
        };
        let default = self.default_model_id()?;
        // What it had is a word of a row: as good as nothing where nobody here named it.
        let had = text.model.filter(|had| self.desk.file_of_job(had).is_ok());
        self.transcribe(TranscribeCase {
            case_id: text.case_id,
            language: Some(text.language),
            model: default.or(had),
        })
    }
}

/// A job that is over, as if it had never been begun.
fn again(job: Job) -> Job {
    if job.goes_on() {
        return job;
    }
    Job {
        state: JobState::Queued,
        progress_permille: 0,
        attempt: 0,
        error: None,
        ..job
    }
}

/// The job that makes a case's text: one that waits or runs already, or a new one.
fn text_job(desk: &Desk, tx: &Tx<'_>, request: &TranscribeCase) -> AppResult<Job> {
    let case = tx.fetch::<Case>(request.case_id)?;
    let recording = tx.recordings_of(case.id)?.into_iter().next();
    let recording =
        recording.ok_or_else(|| AppError::new(codes::NOT_FOUND).with("kind", "recording"))?;
    desk.needs_sound(&recording)?;
    let newest = tx.newest_job_of(JobKind::Transcribe, case.id)?;
    if let Some(job) = newest.filter(Job::goes_on) {
        return Ok(job);
    }
    // A language for this once is one the case could have.
    let asked = request.language.iter();
    let asked = asked.map(|l| ("language".to_owned(), l.as_str().into()));
    let case = Record::from(case).edited(asked.collect())?;
    let case = Case::from_record(case).ok_or_else(|| AppError::new(codes::INTERNAL))?;
    // Without any model the person should hear so now, not from a failed job.
    let model = match &request.model {
        Some(named) => {
            desk.file_of_job(named)?;
            named.clone()
        }
        None => {
            default_model_of(desk, tx)?.ok_or_else(|| AppError::new(codes::SPEECH_MODEL_MISSING))?
        }
    };
    Ok(desk.new_job(Transcribe {
        case_id: case.id,
        recording_id: recording.id,
        model: Some(model),
        language: case.language,
    }))
}
