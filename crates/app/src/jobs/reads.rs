//! What is asked of the database here.

use crate::error::AppResult;
use crate::port::reads;
use qinting_domain::*;

reads! {
    $ hand_job_reads
    /// Background work.
    JobReads {
        /// All jobs, newest first.
        jobs(limit: u32) -> Vec<Job>;
        /// One job.
        job(id: JobId) -> Option<Job>;
        /// The newest job of a kind that works on a case.
        newest_job_of(kind: JobKind, case: CaseId) -> Option<Job>;
        /// Kinds of which a job waits or runs.
        kinds_going_on() -> Vec<JobKind>;
    }
}
