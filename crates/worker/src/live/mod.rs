//! The host's side of a live call: a worker process of its own, kept alive as long as the call.
//!
//! Whoever brings sound only puts it into a queue. A thread writes it to the worker; another one, the
//! ears' own, takes what the worker tells, and starts the worker again when it dies.

mod queue;
mod unfinished;

use super::checked;
use super::line::Line;
use super::process::{Process, RunningWorker, Said, start};
use super::wire::{Ask, News, Tell, Work, to_pcm};
use crossbeam_channel::{Receiver, RecvTimeoutError};
use qinting_desk::*;
use queue::{Brought, Queue};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use unfinished::Unfinished;

/// How often the ears look whether somebody wants them to stop.
const LOOK: Duration = Duration::from_millis(50);
/// A worker that takes no sound for this long hangs.
const STALL: Duration = Duration::from_secs(10);
/// Waits between two starts after deaths.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// The only piece of work the process gets.
const ID: u64 = 1;

/// Ears in a worker process.
pub(crate) struct LiveWorker;

impl LiveEars for LiveWorker {
    fn open(&self, request: LiveEarsRequest, tell: LiveListener) -> AppResult<Box<dyn LiveEar>> {
        let queue = Arc::new(Queue::default());
        let tell = Arc::new(tell);
        let ears = Ears {
            unfinished: Unfinished::new(&request),
            request,
            queue: queue.clone(),
            tell: tell.clone(),
            was_ready: false,
        };
        let shut = queue.clone();
        let on_death = move |e: AppError| {
            shut.shut();
            tell(LiveHeard::Failed { note: e.note });
        };
        let thread = spawn_named("live-ears", move || ears.run(), on_death)?;
        Ok(Box::new(Ear {
            queue,
            thread: Some(thread),
        }))
    }
}

/// Where sound goes in.
struct Ear {
    queue: Arc<Queue>,
    thread: Option<JoinHandle<()>>,
}

impl LiveEar for Ear {
    fn hear(&self, lane: u16, at_sample: u64, samples: &[i16]) {
        self.queue.put(lane, at_sample, samples);
    }

    fn finish(mut self: Box<Self>, limit: Duration) {
        self.queue.finish_by(Instant::now() + limit);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the ears ended in disorder");
        }
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        // After `finish` the ears are gone already.
        self.queue.finish_by(Instant::now());
    }
}

/// How a worker's life ended.
enum End {
    /// In order, or because nobody waits any longer.
    Done,
    /// With this.
    Died(AppError),
}

/// The ears' own thread.
struct Ears {
    request: LiveEarsRequest,
    queue: Arc<Queue>,
    tell: Arc<LiveListener>,
    unfinished: Unfinished,
    was_ready: bool,
}

impl Ears {
    fn run(mut self) {
        let mut pause = FIRST_PAUSE;
        loop {
            let begun = Instant::now();
            let end = match start() {
                Ok(running) => self.live(running),
                Err(e) => End::Died(e),
            };
            for heard in self.unfinished.given_up() {
                (self.tell)(heard);
            }
            let End::Died(e) = end else { break };
            tracing::error!(error = %e.kind(), "the live worker died");
            (self.tell)(LiveHeard::Failed { note: e.note });
            if !self.was_ready {
                break;
            }
            pause = match begun.elapsed() {
                long if long > LONGEST_PAUSE => FIRST_PAUSE,
                _ => (pause * 2).min(LONGEST_PAUSE),
            };
            if self.queue.is_over_within(pause) {
                break;
            }
            // What came meanwhile is past: text goes on with what is said now. Unless it is all that
            // will ever be there of it.
            if !self.request.keep_all {
                self.queue.forget();
            }
        }
        self.queue.shut();
    }

    /// One worker, from its start to its end.
    fn live(&mut self, running: RunningWorker) -> End {
        let RunningWorker {
            process,
            line,
            news,
        } = running;
        let work = Work::Live {
            request: self.request.clone(),
        };
        let queue = self.queue.clone();
        queue.writer_begins();
        // A writer that dies closes the worker's line: the worker ends, and is started again.
        let write = move || write_all(line, work, &queue);
        let writer = match spawn_named("live-sound", write, drop) {
            Ok(writer) => writer,
            Err(e) => return End::Died(e),
        };
        let end = self.listen(process, &news);
        // A writer that waits for sound is let go; one that waits for a worker which takes none
        // gets an error, for the worker is gone.
        self.queue.writer_ends();
        let _ = writer.join();
        end
    }

    /// Takes what the worker tells, to its end.
    fn listen(&mut self, process: Process, news: &Receiver<Said>) -> End {
        loop {
            if self.queue.is_late() {
                return End::Done;
            }
            if self.queue.is_stalled(STALL) {
                let stalled = AppError::new(codes::SPEECH_WORKER_DIED).with("reason", "stalled");
                return End::Died(stalled);
            }
            let kept = match news.recv_timeout(LOOK) {
                Ok(Said::Told(Tell { id: ID, news })) => match news {
                    News::Live { heard } => checked::live(heard, self.request.lanes).map(|heard| {
                        self.was_ready |= matches!(heard, LiveHeard::Ready);
                        (self.tell)(self.unfinished.numbered(heard));
                    }),
                    News::LiveOver => return End::Done,
                    News::Failed { note } => match checked::note(note) {
                        Ok(note) => return End::Died(note.into()),
                        Err(broken) => Err(broken),
                    },
                    _ => Ok(()),
                },
                Ok(Said::Told(_)) | Err(RecvTimeoutError::Timeout) => Ok(()),
                Ok(Said::Nonsense(broken)) => Err(broken),
                Err(RecvTimeoutError::Disconnected) => {
                    return End::Died(process.death(codes::SPEECH_WORKER_DIED));
                }
            };
            if let Err(broken) = kept {
                tracing::error!(promise = broken.0, "a worker broke a promise");
                let nonsense = AppError::new(codes::SPEECH_WORKER_DIED).with("reason", "nonsense");
                return End::Died(nonsense);
            }
        }
    }
}

/// Writes the request and all sound to the worker until there is none, or the worker is gone.
fn write_all(mut to: Line, work: Work, queue: &Queue) {
    let mut ask = Ask::Do { id: ID, work };
    loop {
        // Requests are plain values; they always become JSON.
        let Ok(mut line) = serde_json::to_vec(&ask) else {
            return;
        };
        line.push(b'\n');
        if to.send(&line, &[]).is_err() {
            // The ears hear of the death themselves.
            return;
        }
        ask = match queue.next() {
            Brought::Sound {
                lane,
                at_sample,
                samples,
            } => Ask::Sound {
                id: ID,
                lane,
                at_sample,
                pcm: to_pcm(&samples),
            },
            Brought::End => Ask::End { id: ID },
            // The worker takes a closed line for the host's death: only now.
            Brought::Nothing => return,
        };
    }
}
