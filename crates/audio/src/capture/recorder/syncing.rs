//! Waits for the disk, so that nobody else has to.

use super::ground::OnDisk;
use super::{Item, RecorderNews, Tell};
use crossbeam_channel::{Receiver, Sender, unbounded};
use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;

/// A file to bring onto the disk, and what may be promised then.
pub(super) struct Job {
    pub(super) ordinal: u32,
    pub(super) on_disk: Arc<dyn OnDisk>,
    pub(super) kept: RecorderNews,
}

/// The thread that syncs.
pub(super) struct Syncing {
    jobs: Sender<Job>,
    thread: JoinHandle<io::Result<()>>,
}

impl Syncing {
    /// Starts it. A sync that fails ends it and is told by [`Item::Unsynced`].
    pub(super) fn start(tell: Tell, failed: Sender<Item>) -> io::Result<Self> {
        let (jobs, asked) = unbounded();
        let thread = std::thread::Builder::new()
            .name("recorder-sync".into())
            .spawn(move || {
                let outcome = run(&asked, &tell);
                if outcome.is_err() {
                    // Whoever has ended in the meantime asks for the outcome itself.
                    let _ = failed.send(Item::Unsynced);
                }
                outcome
            })?;
        Ok(Self { jobs, thread })
    }

    /// Asks for a sync and returns.
    pub(super) fn ask(&self, job: Job) {
        // A thread that has ended has said that it failed.
        let _ = self.jobs.send(job);
    }

    /// Waits for all that was asked for.
    pub(super) fn finish(self) -> io::Result<()> {
        drop(self.jobs);
        self.thread
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("the syncing thread panicked")))
    }
}

fn run(asked: &Receiver<Job>, tell: &Tell) -> io::Result<()> {
    let mut next = asked.recv().ok();
    while let Some(mut job) = next.take() {
        // One sync brings everything onto the disk that was written to a file before it, so that a
        // disk that hung for a while is not asked once for each second.
        while let Ok(later) = asked.try_recv() {
            if later.ordinal == job.ordinal {
                job = later;
            } else {
                next = Some(later);
                break;
            }
        }
        job.on_disk.sync()?;
        (tell.lock())(job.kept);
        next = next.or_else(|| asked.recv().ok());
    }
    Ok(())
}
