//! Recognised speech: read, find, correct.

use crate::app::{Seat, clean_text, only, same_rev};
use crate::{AppError, AppResult, codes, views::*};
use qinting_domain::*;

/// Places found in one transcript at most.
const MAX_HITS: u32 = 500;

impl Seat {
    /// A window of the transcript.
    pub fn segments(&self, query: SegmentQuery) -> AppResult<Vec<Segment>> {
        self.open_recording(query.recording_id)?;
        self.store()
            .segments(query.recording_id, query.offset, query.limit)
    }

    /// Start times of all segments.
    pub fn segment_starts(&self, id: RecordingId) -> AppResult<Vec<u32>> {
        self.open_recording(id)?;
        self.store().segment_starts(id)
    }

    /// Segments of one recording that contain what was typed.
    pub fn find_in_transcript(&self, search: TranscriptSearch) -> AppResult<Vec<SegmentHit>> {
        self.open_recording(search.recording_id)?;
        self.store()
            .find_in_transcript(search.recording_id, &search.text, MAX_HITS)
    }

    /// Corrects a segment; what the engine wrote is kept and can be brought back.
    pub fn edit_segment(&self, edit: SegmentEdit) -> AppResult<Segment> {
        let mut segment = self.fetch::<Segment>(edit.id)?;
        same_rev(segment.meta.rev, edit.rev)?;
        match edit.text {
            Some(text) => {
                let text = clean_text("text", &text)?.trim().to_owned();
                if text.is_empty() {
                    return Err(AppError::new(codes::INVALID).with("field", "text"));
                }
                let before = std::mem::replace(&mut segment.text, text);
                segment.text_original.get_or_insert(before);
                if segment.text_original.as_ref() == Some(&segment.text) {
                    segment.text_original = None;
                }
            }
            None => {
                if let Some(original) = segment.text_original.take() {
                    segment.text = original;
                }
            }
        }
        only::<Segment>(self.commit("segment.edit", vec![segment.into()])?)
    }

    /// Asks for text. A case that is already queued or running keeps its job.
    pub fn transcribe(&self, request: TranscribeCase) -> AppResult<Job> {
        self.app.may_write()?;
        let case = self.fetch::<Case>(request.case_id)?;
        let recording = self
            .recording_of(case.id)?
            .ok_or_else(|| AppError::new(codes::NOT_FOUND).with("kind", "recording"))?;
        self.app.needs_sound(&recording)?;
        if let Some(job) = self.store().newest_job_of(case.id)?
            && matches!(job.state, JobState::Queued | JobState::Running)
        {
            return Ok(job);
        }
        let language = request.language.unwrap_or(case.language);
        if !["auto", "zh", "en"].contains(&language.as_str()) {
            return Err(AppError::new(codes::INVALID).with("field", "language"));
        }
        // Without any model the person should hear so now, not from a failed job.
        let model = match request.model {
            Some(named) => {
                self.app.ports.models.file_of(&named)?;
                Some(named)
            }
            None => {
                let id = self
                    .default_model_id()?
                    .ok_or_else(|| AppError::new(codes::SPEECH_MODEL_MISSING))?;
                Some(id)
            }
        };
        let work = JobWork::Transcribe {
            case_id: case.id,
            recording_id: recording.id,
            model,
            language,
        };
        self.queue(work)
    }

    pub(crate) fn queue(&self, work: JobWork) -> AppResult<Job> {
        let now = self.app.now();
        let job = Job {
            id: JobId(self.app.id()),
            work,
            state: JobState::Queued,
            progress_permille: 0,
            attempt: 0,
            error: None,
            created_at: now,
            updated_at: now,
        };
        self.store().put_job(&job)?;
        self.app.feed.tell(&AppEvent::Job { job: job.clone() });
        self.app.runner.wake();
        Ok(job)
    }

    /// Jobs, newest first.
    pub fn list_jobs(&self, _: ()) -> AppResult<Vec<Job>> {
        self.store().jobs(200)
    }

    /// Stops a job that waits or runs.
    pub fn cancel_job(&self, id: JobId) -> AppResult<()> {
        let mut job = self.job(id)?;
        match job.state {
            JobState::Running if self.app.runner.cancel(id) => Ok(()),
            // Queued, or running in a process that is gone.
            JobState::Queued | JobState::Running => {
                job.state = JobState::Cancelled;
                job.updated_at = self.app.now();
                self.store().put_job(&job)?;
                self.app.feed.tell(&AppEvent::Job { job });
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Tries a failed or cancelled job again, as a new job: with the default model, which may have
    /// been changed for that very reason; where there is none, with the model it had.
    pub fn retry_job(&self, id: JobId) -> AppResult<Job> {
        let job = self.job(id)?;
        let JobWork::Transcribe {
            case_id,
            language,
            model,
            ..
        } = job.work;
        let default = self.default_model_id()?;
        self.transcribe(TranscribeCase {
            case_id,
            language: Some(language),
            model: default.or(model),
        })
    }

    fn job(&self, id: JobId) -> AppResult<Job> {
        self.store()
            .job(id)?
            .ok_or_else(|| AppError::new(codes::NOT_FOUND).with("kind", "job"))
    }
}
