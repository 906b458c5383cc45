//! The host's side of import and transcription: one piece of work after the other, and what becomes
//! of it when the worker dies.

use super::checked::{self, Broken, Kept};
use super::limits::bytes_of;
use super::line;
use super::process::{RunningWorker, Said, start};
use super::wire::{Ask, News, Work};
use crossbeam_channel::RecvTimeoutError;
use parking_lot::{Mutex, MutexGuard};
use qinting_desk::*;
use qinting_domain::Sha256;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How often a waiting host looks whether somebody wants to stop.
const LOOK: Duration = Duration::from_millis(50);
/// A cancelled worker that does not answer within this time is killed: whisper.cpp looks at its
/// abort flag only between whole encodes, and a person who stopped something waits for it.
const PATIENCE: Duration = Duration::from_secs(1);
/// Files whose length, and names of which facts are asked about at once.
const FILES_AT_ONCE: usize = 50;
const NAMES_AT_ONCE: usize = 1_000;
/// Decoding that moves no byte for this long hangs.
pub(super) const MEDIA_STALL: Duration = Duration::from_secs(60);

/// One worker, used for one piece of work at a time.
pub(crate) struct WorkerClient {
    at_work: Mutex<AtWork>,
    died_code: &'static str,
    stall: Option<Duration>,
}

/// The worker, while there is one, and the number of the last piece of work.
#[derive(Default)]
struct AtWork {
    running: Option<RunningWorker>,
    last_id: u64,
    /// What the worker bound itself for, which it cannot take back: bytes of its model.
    model_bytes: u64,
}

/// How a worker's turn at a piece of work ended. Only who answered gets the next one.
enum Turn<T> {
    Answered(RunningWorker, AppResult<T>),
    /// Somebody stopped it, and it did not listen.
    Stopped,
    /// It is gone. `of_before`: it had worked for somebody else and told nothing of this piece of work.
    Died {
        error: AppError,
        of_before: bool,
    },
}

impl WorkerClient {
    /// For foreign files: a worker that moves no byte for so long is given up.
    pub(crate) fn for_media(stall: Duration) -> Self {
        Self::new(codes::MEDIA_WORKER_DIED, Some(stall))
    }

    /// For tables and side-cars, likewise.
    pub(crate) fn for_facts() -> Self {
        Self::new(codes::FACTS_WORKER_DIED, Some(MEDIA_STALL))
    }

    /// For Whisper: a big model on an old machine may be silent for long.
    pub(crate) fn for_speech() -> Self {
        Self::new(codes::SPEECH_WORKER_DIED, None)
    }

    fn new(died_code: &'static str, stall: Option<Duration>) -> Self {
        Self {
            at_work: Mutex::default(),
            died_code,
            stall,
        }
    }

    /// Has a task done. A worker that worked before and dies without a word on this task may have died
    /// of what was before: a new one gets the task. A new one that dies has died of the task, or was
    /// killed, and that is told. One that says what cannot be true is killed.
    fn ask<T>(&self, task: Task<'_, T>, cancel: &Cancel) -> AppResult<T> {
        let Some(mut at_work) = self.turn(cancel) else {
            return Err(AppError::new(codes::CANCELLED));
        };
        if task.model_bytes > at_work.model_bytes {
            at_work.running = None;
        }
        loop {
            match self.take_turn(&mut at_work, &task, cancel)? {
                Turn::Answered(running, answer) => {
                    at_work.running = Some(running);
                    return answer;
                }
                Turn::Stopped => return Err(AppError::new(codes::CANCELLED)),
                Turn::Died {
                    error,
                    of_before: true,
                } if !cancel.is_cancelled() => {
                    tracing::warn!(
                        code = error.code(),
                        "a worker died at once; another one tries"
                    );
                }
                Turn::Died { error, .. } => return Err(error),
            }
        }
    }

    /// Waits until the worker is free; `None` when somebody wants to stop meanwhile.
    fn turn(&self, cancel: &Cancel) -> Option<MutexGuard<'_, AtWork>> {
        loop {
            if let Some(at_work) = self.at_work.try_lock_for(LOOK) {
                return Some(at_work);
            }
            if cancel.is_cancelled() {
                return None;
            }
        }
    }

    fn take_turn<T>(
        &self,
        at_work: &mut AtWork,
        task: &Task<'_, T>,
        cancel: &Cancel,
    ) -> AppResult<Turn<T>> {
        let mut work = task.work.clone();
        let lent = line::opened(&mut work)?;
        at_work.last_id += 1;
        let id = at_work.last_id;
        let before = at_work.running.take();
        let worked_before = before.is_some();
        let mut running = match before {
            Some(running) => running,
            None => {
                at_work.model_bytes = task.model_bytes;
                start()?
            }
        };
        let ask = line_of(&Ask::Do { id, work })?;
        if running.line.send(&ask, &lent).is_err() {
            let error = running.process.death(self.died_code);
            return Ok(Turn::Died {
                error,
                of_before: worked_before,
            });
        }
        self.wait(running, worked_before, id, task, cancel)
    }

    fn wait<T>(
        &self,
        mut running: RunningWorker,
        mut of_before: bool,
        id: u64,
        task: &Task<'_, T>,
        cancel: &Cancel,
    ) -> AppResult<Turn<T>> {
        let mut asked_to_stop: Option<Instant> = None;
        let mut heard = Instant::now();
        loop {
            if cancel.is_cancelled() && asked_to_stop.is_none() {
                asked_to_stop = Some(Instant::now());
                // One that takes no line any more is killed soon.
                let _ = running.line.send(&line_of(&Ask::Cancel { id })?, &[]);
            }
            if asked_to_stop.is_some_and(|t| t.elapsed() > PATIENCE) {
                running.process.kill();
                return Ok(Turn::Stopped);
            }
            if self.stall.is_some_and(|s| heard.elapsed() > s) {
                return Ok(self.given_up(running, "stalled"));
            }
            let news = match running.news.recv_timeout(LOOK) {
                Ok(Said::Told(tell)) if tell.id == id => tell.news,
                Ok(Said::Told(_)) | Err(RecvTimeoutError::Timeout) => continue,
                Ok(Said::Nonsense(broken)) => return Ok(self.broke(running, &broken)),
                Err(RecvTimeoutError::Disconnected) => {
                    let error = running.process.death(self.died_code);
                    return Ok(Turn::Died { error, of_before });
                }
            };
            heard = Instant::now();
            of_before &= matches!(news, News::Beat);
            match task.take(news) {
                Ok(None) => {}
                Ok(Some(answer)) => return Ok(Turn::Answered(running, answer)),
                Err(broken) => return Ok(self.broke(running, &broken)),
            }
        }
    }

    /// A worker that says what cannot be true is not worked with any longer.
    fn broke<T>(&self, running: RunningWorker, broken: &Broken) -> Turn<T> {
        tracing::error!(promise = broken.0, "a worker broke a promise");
        self.given_up(running, "nonsense")
    }

    fn given_up<T>(&self, running: RunningWorker, reason: &str) -> Turn<T> {
        running.process.kill();
        Turn::Died {
            error: AppError::new(self.died_code).with("reason", reason),
            of_before: false,
        }
    }
}

/// A piece of work, and what is done with the answers to it.
struct Task<'a, T> {
    work: Work,
    /// Bytes of the model it takes; 0 without.
    model_bytes: u64,
    on_news: &'a dyn Fn(News) -> Kept<()>,
    accept: &'a dyn Fn(News) -> Kept<T>,
}

impl<T> Task<'_, T> {
    /// Takes news, after a check; gives the end of the work when that is what they are.
    fn take(&self, news: News) -> Kept<Option<AppResult<T>>> {
        match news {
            News::Beat => Ok(None),
            News::Progress { .. } | News::Heard { .. } | News::Facts { .. } => {
                (self.on_news)(news).map(|()| None)
            }
            News::Failed { note } => Ok(Some(Err(checked::note(note)?.into()))),
            end => Ok(Some(Ok((self.accept)(end)?))),
        }
    }
}

fn line_of(ask: &Ask) -> AppResult<Vec<u8>> {
    let mut line =
        serde_json::to_vec(ask).map_err(|e| AppError::new(codes::INTERNAL).because(e))?;
    line.push(b'\n');
    Ok(line)
}

impl MediaDecoder for WorkerClient {
    fn ingest(
        &self,
        request: &IngestRequest,
        progress: &mut dyn FnMut(u16),
        cancel: &Cancel,
    ) -> AppResult<Ingested> {
        let progress = RefCell::new(progress);
        let task = Task {
            work: Work::Ingest {
                request: IngestRequest {
                    names: request.called(),
                    ..request.clone()
                },
            },
            model_bytes: 0,
            on_news: &|news| {
                checked::permille(&news).map(|permille| (*progress.borrow_mut())(permille))
            },
            accept: &|news| checked::ingested(news, request.called().len()),
        };
        self.ask(task, cancel)
    }

    fn hash(&self, path: &Path, cancel: &Cancel) -> AppResult<Sha256> {
        let task = Task {
            work: Work::Hash {
                path: path.to_owned(),
            },
            model_bytes: 0,
            on_news: &|_| Err(Broken("no news of hashing")),
            accept: &checked::hash,
        };
        self.ask(task, cancel)
    }

    fn lengths(&self, paths: &[PathBuf], cancel: &Cancel) -> AppResult<Vec<Option<u64>>> {
        let mut all = Vec::new();
        for piece in paths.chunks(FILES_AT_ONCE) {
            let task = Task {
                work: Work::Lengths {
                    paths: piece.to_vec(),
                },
                model_bytes: 0,
                on_news: &|_| Err(Broken("no news of lengths")),
                accept: &|news| checked::lengths(news, piece.len()),
            };
            all.extend(self.ask(task, cancel)?);
        }
        Ok(all)
    }
}

impl Transcriber for WorkerClient {
    fn transcribe(
        &self,
        request: &TranscribeRequest,
        on_event: &mut dyn FnMut(TranscribeEvent),
        cancel: &Cancel,
    ) -> AppResult<String> {
        let on_event = RefCell::new(on_event);
        let task = Task {
            work: Work::Transcribe {
                request: request.clone(),
            },
            model_bytes: bytes_of(&[&request.model]),
            on_news: &|news| checked::event(news).map(|event| (*on_event.borrow_mut())(event)),
            accept: &checked::transcribed,
        };
        self.ask(task, cancel)
    }
}

impl FactReader for WorkerClient {
    fn read(
        &self,
        request: &FactsRequest,
        take: &mut dyn FnMut(FactsRow),
        cancel: &Cancel,
    ) -> AppResult<SourceTold> {
        let take = RefCell::new(take);
        let task = Task {
            work: Work::Facts {
                request: request.clone(),
            },
            model_bytes: 0,
            on_news: &|news| {
                let rows = checked::facts::rows(news, request.source)?;
                rows.into_iter().for_each(|row| (*take.borrow_mut())(row));
                Ok(())
            },
            accept: &checked::facts::told,
        };
        self.ask(task, cancel)
    }

    fn names(&self, names: &[String], ways: &FactWays, cancel: &Cancel) -> AppResult<NamesTold> {
        let mut all = NamesTold::default();
        // Without a name, too, it is found out whether the profiles can be followed.
        let pieces = names.chunks(NAMES_AT_ONCE).map(<[String]>::to_vec);
        let none = names.is_empty().then(Vec::new);
        for piece in pieces.chain(none) {
            let count = piece.len();
            let task = Task {
                work: Work::Names {
                    names: piece,
                    ways: ways.clone(),
                },
                model_bytes: 0,
                on_news: &|_| Err(Broken("no news of names")),
                accept: &|news| checked::facts::names(news, count),
            };
            let told = self.ask(task, cancel)?;
            all.facts.extend(told.facts);
            all.profiles = told.profiles;
            all.shipped = told.shipped;
            let is_new = |name: &String| !all.used.contains(name);
            let new: Vec<String> = told.used.into_iter().filter(is_new).collect();
            all.used.extend(new);
        }
        Ok(all)
    }
}
