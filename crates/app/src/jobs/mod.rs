//! Background work: what is queued, and how it is written down. Who works on it is the host's machine.

pub(crate) mod reads;

pub use reads::*;

use crate::acting::Acting;
use crate::error::{AppError, AppResult, codes};
use crate::workspace::App;
use qinting_domain::*;

impl Acting {
    /// Jobs people are told of, newest first.
    pub fn list_jobs(&self, _: ()) -> AppResult<Vec<Job>> {
        let mut jobs = self.read(|seen| seen.jobs(200))?;
        jobs.retain(Job::is_told);
        Ok(jobs)
    }

    /// A job that is there, and that this version knows.
    pub fn known_job(&self, id: JobId) -> AppResult<Job> {
        known(self.read(|seen| seen.job(id))?)
    }
}

/// A job that is there, and that this version knows.
pub fn known(job: Option<Job>) -> AppResult<Job> {
    job.filter(|job| job.work.kind().is_some())
        .ok_or_else(|| AppError::new(codes::NOT_FOUND).with("kind", "job"))
}

impl App {
    /// Queues what the machine has to do by itself, unless it is queued already.
    pub fn queue(&self, work: impl Into<JobWork>) -> AppResult<()> {
        self.may_write()?;
        let job = self.new_job(work);
        let queued = self.ports.store.write_job(&mut |_| Ok(Some(job.clone())))?;
        if let Some(job) = queued {
            self.tell_queued(&job);
        }
        Ok(())
    }

    /// A new job.
    pub fn new_job(&self, work: impl Into<JobWork>) -> Job {
        Job::new(JobId(self.id()), work, self.now())
    }

    /// Writes how a job stands. One that somebody has cancelled meanwhile stays cancelled, unless it is
    /// done all the same.
    pub fn save_job(&self, job: &mut Job) {
        job.updated_at = self.now();
        let written = self.ports.store.write_job(&mut |reads| {
            // What nobody asked for leaves no row when it is cancelled.
            let there = reads.job(job.id)?;
            let is_done = job.state == JobState::Done;
            let goes_on = there.filter(|j| is_done || j.state != JobState::Cancelled);
            Ok(goes_on.map(|_| job.clone()))
        });
        match written {
            Ok(None) if job.state != JobState::Done => job.state = JobState::Cancelled,
            Ok(_) => {}
            Err(e) => tracing::error!(job = %job.id, error = %e.kind(), "job row not written"),
        }
        self.tell_job(job);
    }
}
