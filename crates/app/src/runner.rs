//! The job runner: one job at a time, because a second heavy job on the same cores makes decoding
//! ten times slower.

use crate::app::App;
use crate::ports::*;
use crate::views::AppEvent;
use crate::{AppError, AppResult, codes, surviving};
use parking_lot::{Condvar, Mutex};
use qinting_domain::*;
use std::sync::Arc;
use std::time::Duration;

/// How often the runner looks for jobs another process queued.
const LOOK: Duration = Duration::from_secs(2);

/// What the runner is at.
#[derive(Default)]
pub(crate) struct Runner {
    state: Mutex<RunnerState>,
    bell: Condvar,
}

#[derive(Default)]
struct RunnerState {
    current: Option<(JobId, Cancel)>,
    rung: bool,
    stop: bool,
    /// The job under way was stopped for a live call and goes on when that is over.
    yields: bool,
}

impl Runner {
    /// Says that a job is waiting.
    pub(crate) fn wake(&self) {
        self.state.lock().rung = true;
        self.bell.notify_all();
    }

    /// Stops the job if it is the one being worked on here.
    pub(crate) fn cancel(&self, id: JobId) -> bool {
        match &self.state.lock().current {
            Some((current, cancel)) if *current == id => {
                cancel.cancel();
                true
            }
            _ => false,
        }
    }

    /// Puts the job under way back: a live call needs the machine.
    pub(crate) fn yield_to_live(&self) {
        let mut state = self.state.lock();
        if let Some((_, cancel)) = &state.current {
            cancel.cancel();
            state.yields = true;
        }
    }

    fn stop(&self) {
        let mut state = self.state.lock();
        state.stop = true;
        if let Some((_, cancel)) = &state.current {
            cancel.cancel();
        }
        self.bell.notify_all();
    }
}

impl App {
    /// Works on jobs until [`App::stop_jobs`]. For the one process that holds the runner's lock:
    /// what a dead process left running goes back into the queue first.
    pub fn run_jobs(self: &Arc<Self>) -> AppResult<()> {
        let again = self.ports.store.requeue_running(self.now())?;
        if again > 0 {
            tracing::info!(again, "jobs of an earlier run resume");
        }
        loop {
            if self.runner.state.lock().stop {
                return Ok(());
            }
            if self.is_live_anywhere() {
                self.rest();
                continue;
            }
            match self.ports.store.claim_job(self.now()) {
                Ok(Some(job)) => drop(self.run_job(job)),
                Ok(None) => self.rest(),
                Err(e) => {
                    tracing::error!(error = %e.kind(), "no job could be taken");
                    self.rest();
                }
            }
        }
    }

    /// Works on what is queued now and returns when nothing is left.
    pub fn drain_jobs(self: &Arc<Self>) -> AppResult<()> {
        self.drain(None)
    }

    /// Works on what is queued until `last` is over: somebody waits for that one, and the rest can
    /// wait for the window.
    pub fn drain_jobs_through(self: &Arc<Self>, last: JobId) -> AppResult<()> {
        self.drain(Some(last))
    }

    fn drain(self: &Arc<Self>, last: Option<JobId>) -> AppResult<()> {
        self.ports.store.requeue_running(self.now())?;
        while !self.runner.state.lock().stop {
            if self.is_live_anywhere() {
                self.rest();
                continue;
            }
            let Some(job) = self.ports.store.claim_job(self.now())? else {
                break;
            };
            let id = job.id;
            if self.run_job(job) != JobState::Queued && last == Some(id) {
                break;
            }
        }
        Ok(())
    }

    /// Ends the runner; a job under way goes back into the queue.
    pub fn stop_jobs(&self) {
        self.runner.stop();
    }

    fn rest(&self) {
        let mut state = self.runner.state.lock();
        if !state.rung && !state.stop {
            self.runner.bell.wait_for(&mut state, LOOK);
        }
        state.rung = false;
    }

    /// Works on a job; gives the state it is left in.
    fn run_job(self: &Arc<Self>, mut job: Job) -> JobState {
        let cancel = Cancel::default();
        {
            let mut state = self.runner.state.lock();
            state.current = Some((job.id, cancel.clone()));
            state.yields = false;
        }
        // A call that began before this job could be seen here did not stop it.
        if self.is_live() {
            self.runner.yield_to_live();
        }
        self.feed.tell(&AppEvent::Job { job: job.clone() });
        let JobWork::Transcribe {
            case_id,
            recording_id,
            model,
            language,
        } = job.work.clone();
        let run = Run {
            app: self,
            case_id,
            recording_id,
        };
        let work = || run.transcribe(&mut job, model, language, &cancel);
        let result = surviving("job", work).flatten();
        // What broke off leaves the text as it was; the next run would clear this away too.
        if result.is_err()
            && let Err(e) = self.ports.store.drop_run(recording_id)
        {
            tracing::warn!(job = %job.id, error = %e.kind(), "a broken-off run stays apart");
        }
        let goes_on_later = {
            let mut state = self.runner.state.lock();
            state.current = None;
            state.stop || state.yields
        };
        match result {
            Ok(()) => {
                job.state = JobState::Done;
                job.progress_permille = 1000;
                job.error = None;
            }
            // The app is closing, or a call is heard: the work is not refused, it waits.
            Err(e) if e.code() == codes::CANCELLED && goes_on_later => {
                job.state = JobState::Queued;
                job.progress_permille = 0;
                job.attempt = job.attempt.saturating_sub(1);
            }
            Err(e) if e.code() == codes::CANCELLED => job.state = JobState::Cancelled,
            Err(e) => {
                tracing::warn!(job = %job.id, error = %e.kind(), "job failed");
                job.state = JobState::Failed;
                job.error = Some(e.note);
            }
        }
        self.save_job(&mut job);
        self.feed.tell(&AppEvent::Transcript {
            recording_id,
            case_id,
            done: true,
        });
        job.state
    }

    /// Writes how a job stands. One that somebody has cancelled meanwhile stays cancelled, unless it is
    /// done all the same.
    fn save_job(&self, job: &mut Job) {
        job.updated_at = self.now();
        let written = self.ports.store.write_job(&mut |reads| {
            let there = reads.job(job.id)?;
            let is_cancelled = there.is_some_and(|j| j.state == JobState::Cancelled);
            let stays = is_cancelled && job.state != JobState::Done;
            Ok((!stays).then(|| job.clone()))
        });
        match written {
            Ok(None) => job.state = JobState::Cancelled,
            Ok(Some(_)) => {}
            Err(e) => tracing::error!(job = %job.id, error = %e.kind(), "job row not written"),
        }
        self.feed.tell(&AppEvent::Job { job: job.clone() });
    }
}

/// One transcription under way.
struct Run<'a> {
    app: &'a Arc<App>,
    case_id: CaseId,
    recording_id: RecordingId,
}

impl Run<'_> {
    fn transcribe(
        &self,
        job: &mut Job,
        model: Option<String>,
        language: String,
        cancel: &Cancel,
    ) -> AppResult<()> {
        let app = self.app;
        let recording = match app
            .ports
            .store
            .record(EntityKind::Recording, self.recording_id.0)?
        {
            Some(Record::Recording(r)) => r,
            _ => return Err(AppError::new(codes::NOT_FOUND).with("kind", "recording")),
        };
        let model = model.ok_or_else(|| AppError::new(codes::SPEECH_MODEL_MISSING))?;
        let settings = app.ports.store.settings()?;
        let request = TranscribeRequest {
            audio: app.ports.media.path_of(&recording.audio_sha256),
            model: app.ports.models.file_of(&model)?,
            language,
            simplified: settings.simplified,
            numbers: settings.numbers,
            threads: 0,
        };
        if !request.audio.is_file() {
            return Err(AppError::new(codes::MEDIA_MISSING));
        }
        let run = OpId(app.id());
        let mut first = true;
        let mut failed: Option<AppError> = None;
        let mut on_event = |event| {
            if failed.is_some() {
                return;
            }
            let taken = match event {
                TranscribeEvent::Progress { permille } => {
                    job.progress_permille = permille.min(1000);
                    app.save_job(job);
                    // Somebody in another process may have stopped it.
                    if job.state == JobState::Cancelled {
                        cancel.cancel();
                    }
                    // A call that another process listens to needs the machine as much.
                    if app.is_live_anywhere() {
                        app.runner.yield_to_live();
                    }
                    Ok(())
                }
                TranscribeEvent::Segments { segments } => self.keep(
                    &recording,
                    &model,
                    segments,
                    (run, std::mem::take(&mut first), false),
                ),
            };
            if let Err(e) = taken {
                failed = Some(e);
                cancel.cancel();
            }
        };
        let result = app
            .ports
            .transcriber
            .transcribe(&request, &mut on_event, cancel);
        // The store's refusal is the reason; that the worker was cancelled only follows from it.
        if let Some(e) = failed {
            return Err(e);
        }
        result?;
        self.keep(&recording, &model, Vec::new(), (run, first, true))?;
        // The text is whole and kept; words that cannot be added to marks do not make it a failure.
        if let Err(e) = app.fill_quotes(&recording) {
            tracing::warn!(recording = %recording.id, error = %e.kind(), "marks got no words");
        }
        Ok(())
    }

    fn keep(
        &self,
        recording: &Recording,
        model: &str,
        segments: Vec<HeardSegment>,
        (run, first, last): (OpId, bool, bool),
    ) -> AppResult<()> {
        let app = self.app;
        app.ports.store.replace_transcript(TranscriptCommit {
            recording_id: recording.id,
            op_id: run,
            actor: recording.meta.created_by,
            device: app.about.device,
            at: app.now(),
            engine: model.to_owned(),
            segments: segments
                .into_iter()
                .map(|s| (SegmentId(app.id()), s))
                .collect(),
            first,
            last,
        })?;
        app.feed.tell(&AppEvent::Transcript {
            recording_id: self.recording_id,
            case_id: self.case_id,
            done: false,
        });
        Ok(())
    }
}
