//! The host's side: starts the worker when it is needed, notices when it dies.

use super::SUBCOMMAND;
use super::wire::{Ask, News, Tell, Work};
use crossbeam_channel::{Receiver, RecvTimeoutError, unbounded};
use parking_lot::Mutex;
use qinting_app::*;
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often a waiting host looks whether somebody wants to stop.
const LOOK: Duration = Duration::from_millis(50);
/// A cancelled worker that does not answer within this time is killed: whisper.cpp looks at its
/// abort flag only between whole encodes, and a person who stopped something waits for it.
const PATIENCE: Duration = Duration::from_secs(1);
/// Decoding that tells nothing for this long hangs.
const DECODE_STALL: Duration = Duration::from_secs(60);
/// Lines of stderr kept for the reason of a death.
const LAST_WORDS: usize = 8;

/// A running worker process.
struct Running {
    child: Child,
    stdin: ChildStdin,
    news: Receiver<Tell>,
    last_words: Arc<Mutex<VecDeque<String>>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

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
                let _ = running.child.kill();
                return Ok(News::Failed {
                    note: AppError::new(codes::CANCELLED).note,
                });
            }
            if self.stall.is_some_and(|s| heard.elapsed() > s) {
                let _ = running.child.kill();
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
                Err(RecvTimeoutError::Disconnected) => return Err(self.death_of(running)),
            }
        }
    }

    fn death_of(&self, running: &mut Running) -> AppError {
        let reason = match running.child.wait() {
            Ok(status) => status.to_string(),
            Err(e) => e.to_string(),
        };
        let words: Vec<String> = running.last_words.lock().iter().cloned().collect();
        AppError::new(self.died_code)
            .with("reason", reason)
            .because(words.join(" | "))
    }
}

/// This program. On Linux by the link that still leads to it after an update has put another one in
/// its place: a worker of another version would not understand us.
fn this_program() -> std::io::Result<PathBuf> {
    if cfg!(target_os = "linux") {
        return Ok(PathBuf::from("/proc/self/exe"));
    }
    std::env::current_exe()
}

fn start() -> AppResult<Running> {
    let failed = |e: std::io::Error| AppError::new(codes::INTERNAL).because(e);
    let mut child = Command::new(this_program().map_err(failed)?)
        .arg(SUBCOMMAND)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
        return Err(AppError::new(codes::INTERNAL).because("a pipe is missing"));
    };
    let (send, news) = unbounded();
    std::thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            // Native code may print; what is not a line of ours is passed over.
            if let Ok(tell) = serde_json::from_str::<Tell>(&line)
                && send.send(tell).is_err()
            {
                break;
            }
        }
    });
    let last_words: Arc<Mutex<VecDeque<String>>> = Arc::default();
    let words = last_words.clone();
    std::thread::spawn(move || keep_last_words(stderr, &words));
    Ok(Running {
        child,
        stdin,
        news,
        last_words,
    })
}

fn keep_last_words(stderr: impl Read, words: &Mutex<VecDeque<String>>) {
    for line in BufReader::new(stderr).lines().map_while(Result::ok) {
        let mut words = words.lock();
        if words.len() == LAST_WORDS {
            words.pop_front();
        }
        words.push_back(line);
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
