//! `qinting live record`: a call, line by line, until somebody ends it.

use super::telling::{Line, Telling};
use crate::answer::Answer;
use crate::args::{Lane, Record};
use crate::{exit, find};
use qinting_app::{
    AppError, AppEvent, AppResult, Kind, LiveBegin, LiveEnded, LiveMark, LiveStatus, Seat, codes,
    spawn_named, text_in,
};
use qinting_domain::{LiveLane, SessionId};
use std::io::BufRead;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// How often the status is told.
const TOLD: Duration = Duration::from_millis(200);

/// What reaches a call that goes on.
enum Heard {
    /// The app has news.
    News(Box<AppEvent>),
    /// A line was typed; when.
    Typed(Vec<u8>, Instant),
    /// It shall end.
    End,
}

pub(crate) fn run(seat: &Seat, args: Record, json: bool) -> AppResult<Answer> {
    let (send, heard) = channel();
    on_signal(send.clone())?;
    listen(seat, send.clone());
    let limit_ms = args.seconds.map(|s| s.saturating_mul(1_000));
    let begin = begin(seat, args)?;
    let mut telling = Telling::new(json);
    let status = seat.live_begin(begin)?;
    telling.say(&Line::begun(&status))?;
    read_keys(send);
    let gone = attend(seat, &heard, limit_ms, &mut telling);
    // Whatever went wrong in telling, the call is ended in good order first.
    let ended = seat.live_stop(());
    gone?;
    match ended {
        Ok(ended) => telling.ended(&ended, 0),
        // It has ended itself: a full disk, a long sleep. What was kept is whole.
        Err(e) if e.code() == codes::LIVE_NOT_RUNNING => by_itself(seat, &status, &telling),
        Err(e) => Err(e),
    }
}

/// Stays with the call until it shall end or has ended.
fn attend(
    seat: &Seat,
    heard: &Receiver<Heard>,
    limit_ms: Option<u64>,
    telling: &mut Telling,
) -> AppResult<()> {
    let mut next = Instant::now();
    loop {
        match heard.recv_timeout(next.saturating_duration_since(Instant::now())) {
            Ok(Heard::End) => return Ok(()),
            Ok(Heard::News(event)) => telling.news(&event)?,
            Ok(Heard::Typed(line, at)) => {
                if !key(seat, &line, at, telling)? {
                    return Ok(());
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                let Some(status) = seat.live_status(())? else {
                    return Ok(());
                };
                telling.status(&status)?;
                if limit_ms.is_some_and(|limit| status.position_ms >= limit) {
                    return Ok(());
                }
                next = Instant::now() + TOLD;
            }
            // The signal handler keeps a sender for as long as the process lives.
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
    }
}

/// Does what a typed line says. `false`: it was the last one.
fn key(seat: &Seat, line: &[u8], at: Instant, telling: &mut Telling) -> AppResult<bool> {
    let line = match text_in::read(line) {
        Ok(line) => line,
        Err(e) => {
            telling.notice(&e.note)?;
            return Ok(true);
        }
    };
    let (key, text) = line.split_once(' ').unwrap_or((&line, ""));
    let done = match key.trim() {
        "m" => seat
            .live_mark(LiveMark {
                id: None,
                op_id: None,
                kind: None,
                tags: Vec::new(),
                text: Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
                ago_ms: u32::try_from(at.elapsed().as_millis()).unwrap_or(u32::MAX),
            })
            .map(|marked| Some(Line::marked(&marked))),
        "p" => seat.live_pause(()).map(|_| None),
        "r" => match seat.live_status(()) {
            Ok(Some(status)) if status.paused_since_ms.is_none() => seat.live_go_on(()),
            _ => seat.live_resume(()),
        }
        .map(|_| None),
        "q" => return Ok(false),
        _ => Ok(None),
    };
    match done {
        Ok(Some(line)) => telling.say(&line)?,
        Ok(None) => {}
        // A mark that was refused must not end the call.
        Err(e) => telling.notice(&e.note)?,
    }
    Ok(true)
}

/// What is left of a call that ended without being told to, with the exit code of the reason.
fn by_itself(seat: &Seat, status: &LiveStatus, telling: &Telling) -> AppResult<Answer> {
    let recording = find::recording(seat, status.case.id)?;
    let ended = LiveEnded {
        case_id: status.case.id,
        recording_id: recording.id,
        duration_ms: recording.duration_ms,
        has_audio: recording.has_audio(),
    };
    let code = telling.last_notice().map_or(exit::ERROR, exit::of_code);
    telling.ended(&ended, code)
}

fn begin(seat: &Seat, args: Record) -> AppResult<LiveBegin> {
    let mentor_id = args
        .mentor
        .map(|name| find::mentor(seat, &name))
        .transpose()?;
    let session: Option<SessionId> = args
        .session
        .map(|named| find::session(seat, &named))
        .transpose()?;
    Ok(LiveBegin {
        title: args.title,
        business_line: String::new(),
        agent: String::new(),
        customer: String::new(),
        mode: args.mode.into(),
        lanes: lanes(seat, &args.lanes)?,
        consent: args.consent.map(Into::into),
        notice: args.notice.map(Into::into),
        mentor_id,
        session_id: session,
        anchor: args.anchor,
    })
}

/// The sources a person names by id or, where it is the only one of that name, by name.
fn lanes(seat: &Seat, named: &[Lane]) -> AppResult<Vec<LiveLane>> {
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let sources = seat.live_choices(())?.sources;
    named
        .iter()
        .map(|lane| {
            let by_id = sources.iter().filter(|s| s.id == lane.source);
            let by_name = sources.iter().filter(|s| s.name == lane.source);
            let mut found: Vec<_> = by_id.collect();
            if found.is_empty() {
                found = by_name.collect();
            }
            let source = match found.as_slice() {
                [one] => one,
                [] => {
                    return Err(
                        AppError::new(codes::LIVE_SOURCE_MISSING).with("name", &lane.source)
                    );
                }
                _ => return Err(AppError::new(crate::words::AMBIGUOUS).with("count", found.len())),
            };
            Ok(LiveLane {
                source: source.id.clone(),
                name: source.name.clone(),
                side: lane.side,
                role: lane.role,
            })
        })
        .collect()
}

/// Ctrl+C, SIGTERM and a closed terminal end the call in good order.
fn on_signal(send: Sender<Heard>) -> AppResult<()> {
    ctrlc::set_handler(move || {
        // Nobody is left to tell when the call has ended already.
        let _ = send.send(Heard::End);
    })
    .map_err(|e| AppError::new(codes::INTERNAL).because(Kind::of(&e)))
}

fn listen(seat: &Seat, send: Sender<Heard>) {
    seat.app().on_event(Box::new(move |event| {
        let is_told = match event {
            AppEvent::LiveFinal { .. } | AppEvent::Notice { .. } => true,
            AppEvent::LiveDraft { draft } => draft.over,
            _ => false,
        };
        if is_told {
            let _ = send.send(Heard::News(Box::new(event.clone())));
        }
    }));
}

/// Lines of standard input. Where it ends, as in the background, the call goes on.
fn read_keys(send: Sender<Heard>) {
    let read = move || {
        // By bytes: what a Chinese Windows types is not UTF-8, and a line nobody can read must not
        // be the last one that is heard.
        for line in std::io::stdin().lock().split(b'\n').map_while(Result::ok) {
            if send.send(Heard::Typed(line, Instant::now())).is_err() {
                return;
            }
        }
    };
    if let Err(e) = spawn_named("keys", read, drop) {
        tracing::warn!(code = e.code(), "nobody reads what is typed");
    }
}
