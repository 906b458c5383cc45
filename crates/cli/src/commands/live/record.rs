//! `qinting live record`: a call, line by line, until somebody ends it.

use super::telling::{Telling, ToldLine};
use crate::answer::Answer;
use crate::args::{Lane, Record};
use crate::{exit, find};
use qinting_desk::{
    AppError, AppEvent, AppResult, AtDesk, DeskEvent, Kind, LiveBegin, LiveEnded, LiveMark,
    LiveStatus, RecordEvent, codes, spawn_named, text_in,
};
use qinting_domain::{LiveLane, SessionId};
use std::io::BufRead;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// How often the status is told.
const TOLD: Duration = Duration::from_millis(200);

/// What reaches a call that goes on.
enum KeyHeard {
    /// The app has news.
    News(Box<AppEvent>),
    /// A line was typed; when.
    Typed(Vec<u8>, Instant),
    /// It shall end.
    End,
}

pub(crate) fn run(at_desk: &AtDesk, args: Record, json: bool) -> AppResult<Answer> {
    let (send, heard) = channel();
    on_signal(send.clone())?;
    listen(at_desk, send.clone());
    let limit_ms = args.seconds.map(|s| s.saturating_mul(1_000));
    let begin = begin(at_desk, args)?;
    let mut telling = Telling::new(json);
    let status = at_desk.live_begin(begin)?;
    telling.say(&ToldLine::begun(&status))?;
    read_keys(send);
    let gone = attend(at_desk, &heard, limit_ms, &mut telling);
    // Whatever went wrong in telling, the call is ended in good order first.
    let ended = at_desk.live_stop(());
    gone?;
    match ended {
        Ok(ended) => telling.ended(&ended, 0),
        // It has ended itself: a full disk, a long sleep. What was kept is whole.
        Err(e) if e.code() == codes::LIVE_NOT_RUNNING => by_itself(at_desk, &status, &telling),
        Err(e) => Err(e),
    }
}

/// Stays with the call until it shall end or has ended.
fn attend(
    at_desk: &AtDesk,
    heard: &Receiver<KeyHeard>,
    limit_ms: Option<u64>,
    telling: &mut Telling,
) -> AppResult<()> {
    let mut next = Instant::now();
    loop {
        match heard.recv_timeout(next.saturating_duration_since(Instant::now())) {
            Ok(KeyHeard::End) => return Ok(()),
            Ok(KeyHeard::News(event)) => telling.news(&event)?,
            Ok(KeyHeard::Typed(line, at)) => {
                if !key(at_desk, &line, at, telling)? {
                    return Ok(());
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                let Some(status) = at_desk.live_status(())? else {
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
fn key(at_desk: &AtDesk, line: &[u8], at: Instant, telling: &mut Telling) -> AppResult<bool> {
    let line = match text_in::read(line) {
        Ok(line) => line,
        Err(e) => {
            telling.notice(&e.note)?;
            return Ok(true);
        }
    };
    let (key, text) = line.split_once(' ').unwrap_or((&line, ""));
    let done = match key.trim() {
        "m" => at_desk
            .live_mark(LiveMark {
                id: None,
                op_id: None,
                kind: None,
                tags: Vec::new(),
                text: Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
                ago_ms: u32::try_from(at.elapsed().as_millis()).unwrap_or(u32::MAX),
            })
            .map(|marked| Some(ToldLine::marked(&marked))),
        "p" => at_desk.live_pause(()).map(|_| None),
        "r" => match at_desk.live_status(()) {
            Ok(Some(status)) if status.paused_since_ms.is_none() => at_desk.live_go_on(()),
            _ => at_desk.live_resume(()),
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
fn by_itself(at_desk: &AtDesk, status: &LiveStatus, telling: &Telling) -> AppResult<Answer> {
    let recording = find::recording(at_desk, status.case.id)?;
    let ended = LiveEnded {
        case_id: status.case.id,
        recording_id: recording.id,
        duration_ms: recording.duration_ms,
        has_audio: recording.has_audio(),
    };
    let code = telling.last_notice().map_or(exit::ERROR, exit::of_code);
    telling.ended(&ended, code)
}

fn begin(at_desk: &AtDesk, args: Record) -> AppResult<LiveBegin> {
    let mentor_id = args
        .mentor
        .map(|name| find::mentor(at_desk, &name))
        .transpose()?;
    let session: Option<SessionId> = args
        .session
        .map(|named| find::session(at_desk, &named))
        .transpose()?;
    Ok(LiveBegin {
        title: args.title,
        mode: args.mode.into(),
        lanes: lanes(at_desk, &args.lanes)?,
        consent: args.consent.map(Into::into),
        notice: args.notice.map(Into::into),
        mentor_id,
        session_id: session,
        anchor: args.anchor,
        ..LiveBegin::default()
    })
}

/// The sources a person names by id or, where it is the only one of that name, by name.
fn lanes(at_desk: &AtDesk, named: &[Lane]) -> AppResult<Vec<LiveLane>> {
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let sources = at_desk.live_choices(())?.sources;
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
fn on_signal(send: Sender<KeyHeard>) -> AppResult<()> {
    ctrlc::set_handler(move || {
        // Nobody is left to tell when the call has ended already.
        let _ = send.send(KeyHeard::End);
    })
    .map_err(|e| AppError::new(codes::INTERNAL).because(Kind::of(&e)))
}

fn listen(at_desk: &AtDesk, send: Sender<KeyHeard>) {
    at_desk.desk().on_event(Box::new(move |event| {
        let is_told = match event {
            AppEvent::Desk(DeskEvent::LiveFinal { .. })
            | AppEvent::Record(RecordEvent::Notice { .. }) => true,
            AppEvent::Desk(DeskEvent::LiveDraft { draft }) => draft.over,
            _ => false,
        };
        if is_told {
            let _ = send.send(KeyHeard::News(Box::new(event.clone())));
        }
    }));
}

/// Lines of standard input. Where it ends, as in the background, the call goes on.
fn read_keys(send: Sender<KeyHeard>) {
    let read = move || {
        // By bytes: what a Chinese Windows types is not UTF-8, and a line nobody can read must not
        // be the last one that is heard.
        for line in std::io::stdin().lock().split(b'\n').map_while(Result::ok) {
            if send.send(KeyHeard::Typed(line, Instant::now())).is_err() {
                return;
            }
        }
    };
    if let Err(e) = spawn_named("keys", read, drop) {
        tracing::warn!(code = e.code(), "nobody reads what is typed");
    }
}
