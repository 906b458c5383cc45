//! The worker's side.

use super::wire::{Ask, News, Tell, Work};
use crossbeam_channel::{Receiver, RecvTimeoutError, unbounded};
use parking_lot::Mutex;
use qinting_app::{AppError, AppResult, Cancel, IngestRequest, TranscribeRequest, codes};
use qinting_speech::Engine;
use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// The model is let go after this long without work, so that its memory goes back.
const KEEP_MODEL: Duration = Duration::from_secs(300);
/// Memory a decoder may take on top of what the process starts with: hostile headers ask for
/// gigabytes.
const DECODE_MEMORY: u64 = 1 << 30;

type Current = Arc<Mutex<Option<(u64, Cancel)>>>;

/// Reads requests until the host hangs up.
pub(crate) fn run() -> ExitCode {
    // Dies with its host even when the host is killed.
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
    let current: Current = Arc::default();
    let work = listen(current.clone());
    let mut engine: Option<(PathBuf, Engine)> = None;
    loop {
        match work.recv_timeout(KEEP_MODEL) {
            Ok((id, work, cancel)) => {
                let news = answer(id, work, &cancel, &mut engine);
                *current.lock() = None;
                tell(id, news);
            }
            Err(RecvTimeoutError::Timeout) => engine = None,
            Err(RecvTimeoutError::Disconnected) => return ExitCode::SUCCESS,
        }
    }
}

/// Reads stdin on a thread of its own, so that a cancel is heard while work goes on.
fn listen(current: Current) -> Receiver<(u64, Work, Cancel)> {
    let (send, receive) = unbounded();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            let Ok(line) = line else { break };
            match serde_json::from_str::<Ask>(&line) {
                Ok(Ask::Do { id, work }) => {
                    let cancel = Cancel::default();
                    *current.lock() = Some((id, cancel.clone()));
                    if send.send((id, work, cancel)).is_err() {
                        break;
                    }
                }
                Ok(Ask::Cancel { id }) => {
                    if let Some((_, cancel)) = current.lock().as_ref().filter(|(i, _)| *i == id) {
                        cancel.cancel();
                    }
                }
                Err(e) => tracing::error!(error = %e, "a line that is not a request"),
            }
        }
        // The host is gone: nobody waits for what is under way.
        std::process::exit(0);
    });
    receive
}

fn answer(id: u64, work: Work, cancel: &Cancel, engine: &mut Option<(PathBuf, Engine)>) -> News {
    let result = match work {
        Work::Hash { path } => {
            qinting_audio::hash_file(&path, cancel).map(|sha256| News::Hashed { sha256 })
        }
        Work::Ingest { paths, work_dir } => {
            limit_memory();
            let mut progress = |permille| tell(id, News::Progress { permille });
            qinting_audio::ingest(&IngestRequest { paths, work_dir }, &mut progress, cancel)
                .map(|ingested| News::Ingested { ingested })
        }
        Work::Transcribe { request } => {
            transcribe(id, &request, cancel, engine).map(|()| News::Transcribed)
        }
    };
    result.unwrap_or_else(|e| {
        tracing::warn!(error = %e, "work ended");
        News::Failed { note: e.note }
    })
}

fn transcribe(
    id: u64,
    request: &TranscribeRequest,
    cancel: &Cancel,
    engine: &mut Option<(PathBuf, Engine)>,
) -> AppResult<()> {
    // Decoding must not take the cores from listening and marking. Refused on some systems.
    let _ = rustix::process::nice(5);
    if engine
        .as_ref()
        .is_none_or(|(path, _)| *path != request.model)
    {
        *engine = None;
        *engine = Some((request.model.clone(), Engine::load(&request.model)?));
    }
    let Some((_, engine)) = engine else {
        return Err(AppError::new(codes::INTERNAL).because("engine vanished"));
    };
    engine.transcribe(
        request,
        &mut |event| tell(id, News::Heard { event }),
        cancel,
    )
}

/// Once per process: no more than [`DECODE_MEMORY`] on top of the present size.
fn limit_memory() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
        let now: u64 = pages
            .split_whitespace()
            .next()
            .and_then(|p| p.parse().ok())
            .unwrap_or(0);
        if now == 0 {
            return;
        }
        let limit = Some(now * rustix::param::page_size() as u64 + DECODE_MEMORY);
        let limits = rustix::process::Rlimit {
            current: limit,
            maximum: limit,
        };
        let _ = rustix::process::setrlimit(rustix::process::Resource::As, limits);
    });
}

fn tell(id: u64, news: News) {
    // News are plain values; they always become JSON.
    let Ok(mut line) = serde_json::to_vec(&Tell { id, news }) else {
        return;
    };
    line.push(b'\n');
    let mut out = std::io::stdout().lock();
    if out.write_all(&line).and_then(|()| out.flush()).is_err() {
        // The host is gone.
        std::process::exit(0);
    }
}
