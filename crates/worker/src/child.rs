//! The worker's side.

use super::facts;
use super::limits::{self, Bounds, bytes_of};
use super::line::{Hearing, Held};
use super::wire::{Ask, News, Tell, Work, from_pcm};
use crossbeam_channel::{Receiver, RecvTimeoutError, unbounded};
use parking_lot::Mutex;
use qinting_desk::{
    AppError, AppResult, Cancel, Cause, FactsRow, LiveEarsRequest, TranscribeRequest, codes,
    spawn_named,
};
use qinting_speech::{Engine, Inbox, Sound};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// The model is let go after this long without work, so that its memory goes back.
const KEEP_MODEL: Duration = Duration::from_secs(300);
/// How often it is told that bytes move.
const BEAT: Duration = Duration::from_millis(250);

/// A piece of work, and what reaches it while it goes on.
#[derive(Clone)]
struct Doing {
    id: u64,
    cancel: Cancel,
    /// Sound of a live call.
    inbox: Arc<Inbox>,
}

type Current = Arc<Mutex<Option<Doing>>>;

/// Reads requests until the host hangs up.
pub(crate) fn run() -> ExitCode {
    limits::die_with_host();
    let current: Current = Arc::default();
    let work = listen(current.clone());
    let at = current.clone();
    if let Err(e) = spawn_named("worker-beat", move || beat(&at), drop) {
        tracing::warn!(error = %e.kind(), "slow work will look like none");
    }
    let mut engine: Option<(PathBuf, Engine)> = None;
    loop {
        match work.recv_timeout(KEEP_MODEL) {
            Ok((doing, work, held)) => {
                let news = answer(&doing, work, &mut engine);
                drop(held);
                *current.lock() = None;
                tell(doing.id, news);
            }
            Err(RecvTimeoutError::Timeout) => engine = None,
            Err(RecvTimeoutError::Disconnected) => return ExitCode::SUCCESS,
        }
    }
}

/// Reads stdin on a thread of its own, so that a cancel is heard while work goes on, and sound is
/// taken as it comes.
fn listen(current: Current) -> Receiver<(Doing, Work, Held)> {
    let (send, receive) = unbounded();
    let listen = move || {
        let mut hearing = BufReader::new(Hearing::default());
        loop {
            let mut line = String::new();
            match hearing.read_line(&mut line) {
                Ok(1..) => {}
                Ok(0) | Err(_) => break,
            }
            match serde_json::from_str::<Ask>(&line) {
                Ok(Ask::Do { id, mut work }) => {
                    let held = hearing.get_mut().hand_over(&mut work);
                    let doing = Doing {
                        id,
                        cancel: Cancel::default(),
                        inbox: Arc::default(),
                    };
                    *current.lock() = Some(doing.clone());
                    if send.send((doing, work, held)).is_err() {
                        break;
                    }
                }
                Ok(ask) => tell_whoever_works(&current, ask),
                Err(e) => tracing::error!(kind = %Cause::kind(&e), "a line that is not a request"),
            }
        }
        // The host is gone: nobody waits for what is under way.
        std::process::exit(0);
    };
    if let Err(e) = spawn_named("worker-asks", listen, deaf) {
        deaf(e);
    }
    receive
}

/// Tells while bytes move: whoever waits for a slow disk must not take it for hanging.
fn beat(current: &Current) {
    let mut before = 0;
    loop {
        std::thread::sleep(BEAT);
        let now = qinting_audio::bytes_moved();
        let doing = current.lock().as_ref().map(|doing| doing.id);
        if let Some(id) = doing.filter(|_| now != before) {
            tell(id, News::Beat);
        }
        before = now;
    }
}

/// A worker that hears nothing is of no use, and would not hear its host go.
fn deaf(e: AppError) {
    tracing::error!(error = %e.kind(), "a worker that hears nothing");
    std::process::exit(1);
}

fn tell_whoever_works(current: &Current, ask: Ask) {
    let current = current.lock();
    let doing = |id: u64| current.as_ref().filter(|d| d.id == id);
    match ask {
        Ask::Cancel { id } => {
            if let Some(doing) = doing(id) {
                doing.cancel.cancel();
                doing.inbox.close();
            }
        }
        Ask::Sound {
            id,
            lane,
            at_sample,
            pcm,
        } => match (doing(id), from_pcm(&pcm)) {
            (Some(doing), Some(samples)) => doing.inbox.put(Sound {
                lane,
                at_sample,
                samples,
            }),
            (None, _) => {}
            (_, None) => tracing::error!(lane, "sound that is none"),
        },
        Ask::End { id } => {
            if let Some(doing) = doing(id) {
                doing.inbox.close();
            }
        }
        Ask::Do { .. } => {}
    }
}

fn answer(doing: &Doing, work: Work, engine: &mut Option<(PathBuf, Engine)>) -> News {
    let (id, cancel) = (doing.id, &doing.cancel);
    limits::bind(bounds_of(&work));
    let result = match work {
        Work::Hash { path } => {
            qinting_audio::hash_file(&path, cancel).map(|sha256| News::Hashed { sha256 })
        }
        Work::Lengths { paths } => {
            let known = |path: &PathBuf| qinting_audio::length_of(path).ok().flatten();
            let lengths_ms = paths.iter().map(known).collect();
            Ok(News::Measured { lengths_ms })
        }
        Work::Facts { request } => {
            let mut rows = |rows: Vec<FactsRow>| {
                // They are plain values; they always become JSON.
                let rows = serde_json::to_string(&rows).unwrap_or_default();
                tell(id, News::Facts { rows });
            };
            let told = facts::read(&request, &mut rows, cancel).map(Box::new);
            told.map(|told| News::FactsRead { told })
        }
        Work::Names { names, ways } => {
            facts::names(&names, &ways).map(|told| News::NamesRead { told })
        }
        Work::Ingest { request } => {
            let mut progress = |permille| tell(id, News::Progress { permille });
            qinting_audio::ingest(&request.for_decoder(), &mut progress, cancel)
                .map(|ingested| News::Ingested { ingested })
        }
        Work::Transcribe { request } => {
            transcribe(id, &request, cancel, engine).map(|()| News::Transcribed {
                engine: qinting_speech::engine_name(),
            })
        }
        Work::Live { request } => {
            // Two live models and one that is kept are more than somebody asked for.
            *engine = None;
            live(doing, request).map(|()| News::LiveOver)
        }
    };
    result.unwrap_or_else(|e| {
        tracing::warn!(error = %e.kind(), "work ended");
        News::Failed { note: e.note }
    })
}

fn bounds_of(work: &Work) -> Bounds {
    match work {
        Work::Hash { .. } | Work::Lengths { .. } | Work::Ingest { .. } => Bounds::MEDIA,
        Work::Facts { .. } | Work::Names { .. } => Bounds::FACTS,
        Work::Transcribe { request } => Bounds::speech(bytes_of(&[&request.model])),
        Work::Live { request } => {
            let models: [&Path; 2] = [&request.draft_model, &request.final_model];
            Bounds::speech(bytes_of(&models))
        }
    }
}

fn live(doing: &Doing, request: LiveEarsRequest) -> AppResult<()> {
    limits::give_way();
    let mut told = |heard| tell(doing.id, News::Live { heard });
    qinting_speech::listen(request, &doing.inbox, &mut told, &doing.cancel)
}

fn transcribe(
    id: u64,
    request: &TranscribeRequest,
    cancel: &Cancel,
    engine: &mut Option<(PathBuf, Engine)>,
) -> AppResult<()> {
    limits::give_way();
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
