//! The host's side of import and transcription: one piece of work after the other, and what becomes
//! of it when the worker dies.

use super::process::{Running, start};
use super::wire::{Ask, News, Work};
use crossbeam_channel::RecvTimeoutError;
use parking_lot::Mutex;
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
    running: Mutex<Option<Running>>,
    next_id: Mutex<u64>,
    died_code: &'static str,
    stall: Option<Duration>,
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
            running: Mutex::new(None),
            next_id: Mutex::new(1),
            died_code,
            stall,
        }
    }

    /// Has `work` done; hands every piece of news that is not the end to `on_news`.
    fn ask(&self, work: Work, on_news: &mut dyn FnMut(News), cancel: &Cancel) -> AppResult<News> {
        let mut slot = self.running.lock();
        let id = {
            let mut next = self.next_id.lock();
            *next += 1;
            *next
        };
        let mut running = match slot.take() {
            Some(running) => running,
            None => start()?,
        };
        let mut line = serde_json::to_vec(&Ask::Do { id, work })
            .map_err(|e| AppError::new(codes::INTERNAL).because(e))?;
        line.push(b'\n');
        if running.stdin.write_all(&line).is_err() {
            // It died between two pieces of work; that is nobody's failure.
            running = start()?;
            running
                .stdin
                .write_all(&line)
                .map_err(|e| AppError::new(self.died_code).because(e))?;
        }
        let end = self.wait(&mut running, id, on_news, cancel);
        // After a death or a broken promise the next piece of work gets a fresh process.
        if !end.as_ref().is_err_and(|e| e.code() == self.died_code) {
            *slot = Some(running);
        }
        match end? {
            News::Failed { note } => Err(note.into()),
            end => Ok(end),
        }
    }

    fn wait(
        &self,
        running: &mut Running,
        id: u64,
        on_news: &mut dyn FnMut(News),
        cancel: &Cancel,
    ) -> AppResult<News> {
        let mut asked_to_stop: Option<Instant> = None;
        let mut heard = Instant::now();
        loop {
            if cancel.is_cancelled() && asked_to_stop.is_none() {
                asked_to_stop = Some(Instant::now());
                if let Ok(mut line) = serde_json::to_vec(&Ask::Cancel { id }) {
                    line.push(b'\n');
                    let _ = running.stdin.write_all(&line);
                }
            }
            if asked_to_stop.is_some_and(|t| t.elapsed() > PATIENCE) {
                running.process.kill();
                return Ok(News::Failed {
                    note: AppError::new(codes::CANCELLED).note,
                });
            }
            if self.stall.is_some_and(|s| heard.elapsed() > s) {
                running.process.kill();
                return Err(AppError::new(self.died_code).with("reason", "stalled"));
            }
            match running.news.recv_timeout(LOOK) {
                Ok(tell) if tell.id != id => {}
                Ok(tell) => match tell.news {
                    News::Progress { .. } | News::Heard { .. } => {
                        heard = Instant::now();
                        on_news(tell.news);
                    }
                    end => return Ok(end),
                },
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(running.process.death(self.died_code));
                }
            }
        }
    }
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
            paths: request.paths.clone(),
            work_dir: request.work_dir.clone(),
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
