//! Recognised speech: read, find, correct.

use crate::acting::Acting;
use crate::app::{Seat, clean_text, only, same_rev};
use crate::{AppError, AppResult, codes, views::*};
use qinting_domain::*;

/// Places found in one transcript at most.
const MAX_HITS: u32 = 500;

impl Seat {
    /// A window of the transcript.
    pub fn segments(&self, query: SegmentQuery) -> AppResult<Vec<Segment>> {
        self.open_recording(query.recording_id)?;
        self.read(|seen| seen.segments(query.recording_id, query.offset, query.limit))
    }

    /// Start times of all segments.
    pub fn segment_starts(&self, id: RecordingId) -> AppResult<Vec<u32>> {
        self.open_recording(id)?;
        self.read(|seen| seen.segment_starts(id))
    }

    /// Segments of one recording that contain what was typed.
    pub fn find_in_transcript(&self, search: TranscriptSearch) -> AppResult<Vec<SegmentHit>> {
        self.open_recording(search.recording_id)?;
        self.read(|seen| seen.find_in_transcript(search.recording_id, &search.text, MAX_HITS))
    }

    /// Corrects a segment; what the engine wrote is kept and can be brought back.
    pub fn edit_segment(&self, edit: SegmentEdit) -> AppResult<Segment> {
        only::<Segment>(self.write(Action::SegmentEdit, |tx| {
            let mut segment = tx.fetch::<Segment>(edit.id)?;
            same_rev(segment.meta.rev, edit.rev)?;
            match &edit.text {
                Some(text) => {
                    let text = clean_text("text", text)?.trim().to_owned();
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
            Ok(vec![segment.into()])
        })?)
    }

    /// Asks for text. A case that is already queued or running keeps its job.
    pub fn transcribe(&self, request: TranscribeCase) -> AppResult<Job> {
        self.write_job(|tx| tx.text_job(&request))
    }

    /// Jobs people are told of, newest first.
    pub fn list_jobs(&self, _: ()) -> AppResult<Vec<Job>> {
        let mut jobs = self.read(|seen| seen.jobs(200))?;
        jobs.retain(Job::is_told);
        Ok(jobs)
    }

    /// Stops a job that waits or runs.
    pub fn cancel_job(&self, id: JobId) -> AppResult<()> {
        self.job(id)?;
        if self.app.runner.cancel(id) {
            return Ok(());
        }
        // Queued, or running in another process, which hears of it with its next step.
        let now = self.app.now();
        let cancelled = self.app.ports.store.write_job(&mut |reads| {
            Ok(reads.job(id)?.filter(Job::goes_on).map(|job| Job {
                state: JobState::Cancelled,
                updated_at: now,
                ..job
            }))
        })?;
        if let Some(job) = cancelled {
            self.app.tell_job(&job);
        }
        Ok(())
    }

    /// Tries a failed or cancelled job again. A text is a new job: with the default model, which may
    /// have been changed for that very reason; where there is none, with the model it had.
    pub fn retry_job(&self, id: JobId) -> AppResult<Job> {
        let job = self.job(id)?;
        let JobWork::Transcribe(text) = job.work else {
            return self.write_job(|tx| Ok(again(known(tx.job(id)?)?)));
        };
        let default = self.default_model_id()?;
        self.transcribe(TranscribeCase {
            case_id: text.case_id,
            language: Some(text.language),
            model: default.or(text.model),
        })
    }

    fn job(&self, id: JobId) -> AppResult<Job> {
        known(self.read(|seen| seen.job(id))?)
    }
}

/// A job that is there, and that this version knows.
fn known(job: Option<Job>) -> AppResult<Job> {
    job.filter(|job| job.work.kind().is_some())
        .ok_or_else(|| AppError::new(codes::NOT_FOUND).with("kind", "job"))
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

impl Acting<'_> {
    /// The job that makes a case's text: one that waits or runs already, or a new one.
    fn text_job(&self, request: &TranscribeCase) -> AppResult<Job> {
        let case = self.fetch::<Case>(request.case_id)?;
        let recording = self.recordings_of(case.id)?.into_iter().next();
        let recording =
            recording.ok_or_else(|| AppError::new(codes::NOT_FOUND).with("kind", "recording"))?;
        self.app.needs_sound(&recording)?;
        let newest = self.newest_job_of(JobKind::Transcribe, case.id)?;
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
                self.app.ports.models.file_of(named)?;
                named.clone()
            }
            None => self
                .default_model_id()?
                .ok_or_else(|| AppError::new(codes::SPEECH_MODEL_MISSING))?,
        };
        Ok(self.app.new_job(Transcribe {
            case_id: case.id,
            recording_id: recording.id,
            model: Some(model),
            language: case.language,
        }))
    }
}
