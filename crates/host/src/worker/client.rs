//! The host's side of import and transcription: one piece of work after the other, and what becomes
//! of it when the worker dies.

use super::process::{Running, start};
use super::wire::{Ask, News, Work};
use crossbeam_channel::RecvTimeoutError;
use parking_lot::{Mutex, MutexGuard};
use qinting_app::*;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

/// How often a waiting host looks whether somebody wants to stop.
const LOOK: Duration = Duration::from_millis(50);
/// A cancelled worker that does not answer within this time is killed: whisper.cpp looks at its
/// abort flag only between whole encodes, and a person who stopped something waits for it.
const PATIENCE: Duration = Duration::from_secs(1);
/// Decoding that tells nothing for this long hangs.
const DECODE_STALL: Duration = Duration::from_secs(60);

/// One worker, used for one piece of work at a time.
pub(crate) struct WorkerClient {
    at_work: Mutex<AtWork>,
    died_code: &'static str,
    stall: Option<Duration>,
}

/// The worker, while there is one, and the number of the last piece of work.
#[derive(Default)]
struct AtWork {
    running: Option<Running>,
    last_id: u64,
}

/// How a worker's turn at a piece of work ended. Only who answered gets the next one.
enum Turn {
    Answered(Running, News),
    /// Somebody stopped it, and it did not listen.
    Stopped,
    /// It is gone. `untold`: before it had told anything of this piece of work.
    Died {
        error: AppError,
        untold: bool,
    },
}

impl WorkerClient {
    /// For foreign files: a worker that tells nothing for a minute is given up.
    pub(crate) fn for_media() -> Self {
        Self::new(codes::MEDIA_WORKER_DIED, Some(DECODE_STALL))
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

    /// Has `work` done; hands every piece of news that is not the end to `on_news`. A worker that
    /// dies before it has told anything may have died of what was before: another one gets the work,
    /// once.
    fn ask(&self, work: Work, on_news: &mut dyn FnMut(News), cancel: &Cancel) -> AppResult<News> {
        let Some(mut at_work) = self.turn(cancel) else {
            return Err(AppError::new(codes::CANCELLED));
        };
        let mut again = true;
        loop {
            match self.take_turn(&mut at_work, &work, on_news, cancel)? {
                Turn::Answered(running, news) => {
                    at_work.running = Some(running);
                    return match news {
                        News::Failed { note } => Err(note.into()),
                        news => Ok(news),
                    };
                }
                Turn::Stopped => return Err(AppError::new(codes::CANCELLED)),
                Turn::Died { error, untold } if untold && again && !cancel.is_cancelled() => {
                    tracing::warn!(
                        code = error.code(),
                        "a worker died at once; another one tries"
                    );
                    again = false;
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

    fn take_turn(
        &self,
        at_work: &mut AtWork,
        work: &Work,
        on_news: &mut dyn FnMut(News),
        cancel: &Cancel,
    ) -> AppResult<Turn> {
        at_work.last_id += 1;
        let id = at_work.last_id;
        let mut running = match at_work.running.take() {
            Some(running) => running,
            None => start()?,
        };
        let line = line_of(&Ask::Do {
            id,
            work: work.clone(),
        })?;
        if running.stdin.write_all(&line).is_err() {
            let error = running.process.death(self.died_code);
            return Ok(Turn::Died {
                error,
                untold: true,
            });
        }
        self.wait(running, id, on_news, cancel)
    }

    fn wait(
        &self,
        mut running: Running,
        id: u64,
        on_news: &mut dyn FnMut(News),
        cancel: &Cancel,
    ) -> AppResult<Turn> {
        let mut asked_to_stop: Option<Instant> = None;
        let mut heard = Instant::now();
        let mut untold = true;
        loop {
            if cancel.is_cancelled() && asked_to_stop.is_none() {
                asked_to_stop = Some(Instant::now());
                // One that takes no line any more is killed soon.
                let _ = running.stdin.write_all(&line_of(&Ask::Cancel { id })?);
            }
            if asked_to_stop.is_some_and(|t| t.elapsed() > PATIENCE) {
                running.process.kill();
                return Ok(Turn::Stopped);
            }
            if self.stall.is_some_and(|s| heard.elapsed() > s) {
                running.process.kill();
                let error = AppError::new(self.died_code).with("reason", "stalled");
                return Ok(Turn::Died {
                    error,
                    untold: false,
                });
            }
            match running.news.recv_timeout(LOOK) {
                Ok(tell) if tell.id != id => {}
                Ok(tell) => match tell.news {
                    News::Progress { .. } | News::Heard { .. } => {
                        heard = Instant::now();
                        untold = false;
                        on_news(tell.news);
                    }
                    end => return Ok(Turn::Answered(running, end)),
                },
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    let error = running.process.death(self.died_code);
                    return Ok(Turn::Died { error, untold });
                }
            }
        }
    }
}

fn line_of(ask: &Ask) -> AppResult<Vec<u8>> {
    let mut line =
        serde_json::to_vec(ask).map_err(|e| AppError::new(codes::INTERNAL).because(e))?;
    line.push(b'\n');
    Ok(line)
}

fn broken_promise(news: News) -> AppError {
    let what = match news {
        News::Hashed { .. } => "hashed",
        News::Ingested { .. } => "ingested",
        News::Transcribed => "transcribed",
        _ => "other",
    };
    AppError::new(codes::INTERNAL).because(format!("the worker answered with {what}"))
}

impl MediaDecoder for WorkerClient {
    fn ingest(
        &self,
        request: &IngestRequest,
        progress: &mut dyn FnMut(u16),
        cancel: &Cancel,
    ) -> AppResult<Ingested> {
        let work = Work::Ingest {
            request: request.clone(),
        };
        let mut on_news = |news| {
            if let News::Progress { permille } = news {
                progress(permille);
            }
        };
        match self.ask(work, &mut on_news, cancel)? {
            News::Ingested { ingested } => Ok(ingested),
            other => Err(broken_promise(other)),
        }
    }

    fn hash(&self, path: &Path, cancel: &Cancel) -> AppResult<String> {
        match self.ask(
            Work::Hash {
                path: path.to_owned(),
            },
            &mut |_| {},
            cancel,
        )? {
            News::Hashed { sha256 } => Ok(sha256),
            other => Err(broken_promise(other)),
        }
    }
}

impl Transcriber for WorkerClient {
    fn transcribe(
        &self,
        request: &TranscribeRequest,
        on_event: &mut dyn FnMut(TranscribeEvent),
        cancel: &Cancel,
    ) -> AppResult<()> {
        let mut on_news = |news| {
            if let News::Heard { event } = news {
                on_event(event);
            }
        };
        match self.ask(
            Work::Transcribe {
                request: request.clone(),
            },
            &mut on_news,
            cancel,
        )? {
            News::Transcribed => Ok(()),
            other => Err(broken_promise(other)),
        }
    }
}
