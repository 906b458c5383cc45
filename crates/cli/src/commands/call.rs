//! `qinting call`: the door the window goes through, for scripts. A JSON object on each line of standard input is
//! a call, and each is answered by one on standard output, in the order they are done; what happens meanwhile is
//! told between them.

use crate::answer::Answer;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use parking_lot::Mutex;
use qinting_desk::{AppError, AppEvent, AppResult, codes, spawn_named};
use qinting_domain::ErrorNote;
use qinting_host::{
    Answer as Answered, Call, Door, Grant, NoHands, OpenWorkspace, Places, Setup, Start,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// The call that says of another that it is not wanted.
const CANCEL: &str = "cancel_call";
/// So many calls go on side by side; further ones wait for their turn.
const SIDE_BY_SIDE: usize = 8;

/// One line of standard input.
#[derive(Deserialize)]
struct Asked {
    /// Whatever the caller knows it by; its answer has the same.
    #[serde(default)]
    id: Value,
    /// Name of the command.
    call: String,
    /// What it asks, `null` where nothing is.
    #[serde(default)]
    request: Value,
    /// The token it was answered before, where it does what nothing takes back.
    #[serde(default)]
    confirm: Option<String>,
}

/// One line of standard output.
#[derive(Serialize)]
#[serde(untagged)]
enum Line<'a> {
    Answer { id: &'a Value, answer: &'a RawValue },
    Bytes { id: &'a Value, bytes: String },
    Error { id: &'a Value, error: &'a ErrorNote },
    Event { event: &'a AppEvent },
}

/// Says a line whole. A reader that went away hears nothing more; what was asked is done all the same.
fn say(line: &Line<'_>) {
    // Lines are plain values; they always become JSON.
    let Ok(mut text) = serde_json::to_vec(line) else {
        return;
    };
    text.push(b'\n');
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(&text).and_then(|()| out.flush());
}

pub(crate) fn run(
    workspace: PathBuf,
    models: Option<PathBuf>,
    granted: &[Grant],
) -> AppResult<Answer> {
    let setup = Setup {
        places: Places::of_this_user(),
        models,
        player: true,
        is_window: false,
    };
    let ear = |event: &AppEvent| say(&Line::Event { event });
    let opened = Arc::new(OpenWorkspace::new(setup, Arc::new(ear)));
    for Grant { name, path } in granted {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        opened.tickets().grant(name, path);
    }
    opened.start(Start::Named(workspace));
    let door = Arc::new(Door::new(opened.clone(), NoHands));
    let (calls, taken) = channel::<(Asked, Call)>();
    let taken = Arc::new(Mutex::new(taken));
    let mut hands = Vec::new();
    for _ in 0..SIDE_BY_SIDE {
        let (door, taken) = (door.clone(), taken.clone());
        hands.push(spawn_named(
            "call",
            move || answer_all(&door, &taken),
            drop,
        )?);
    }
    let read = read_all(&door, &calls);
    drop(calls);
    for hand in hands {
        // A call that died took its answer along; the others are answered.
        let _ = hand.join();
    }
    opened.close();
    read.map(|()| Answer::nothing())
}

/// Hands on what is asked, to the end of standard input.
fn read_all(door: &Door, calls: &Sender<(Asked, Call)>) -> AppResult<()> {
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(|e| {
            AppError::new(codes::INVALID)
                .with("field", "line")
                .because(e)
        })?;
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Asked>(&line) {
            // It must not wait behind what it is about.
            Ok(asked) if asked.call == CANCEL => answer(door, &asked, door.begin(CANCEL)),
            Ok(asked) => {
                let call = door.begin(known_by(&asked.id));
                let call = call.confirmed_by(asked.confirm.clone());
                // Somebody takes them as long as this goes on.
                let _ = calls.send((asked, call));
            }
            Err(e) => {
                let refused = AppError::new(codes::INVALID)
                    .with("field", "line")
                    .because(e);
                say(&Line::Error {
                    id: &Value::Null,
                    error: &refused.note,
                });
            }
        }
    }
    Ok(())
}

/// Answers calls until there is none.
fn answer_all(door: &Door, calls: &Mutex<Receiver<(Asked, Call)>>) {
    loop {
        let next = calls.lock().recv();
        let Ok((asked, call)) = next else {
            return;
        };
        answer(door, &asked, call);
    }
}

fn answer(door: &Door, asked: &Asked, call: Call) {
    let id = &asked.id;
    match door.answer(call, &asked.call, &asked.request) {
        Ok(Answered::Json(text)) => {
            // The door wrote it as JSON.
            if let Ok(answer) = RawValue::from_string(text) {
                say(&Line::Answer {
                    id,
                    answer: &answer,
                });
            }
        }
        Ok(Answered::Bytes(bytes)) => say(&Line::Bytes {
            id,
            bytes: BASE64_STANDARD.encode(bytes),
        }),
        Err(error) => say(&Line::Error { id, error: &error }),
    }
}

/// What a call is cancelled by: its id, as it was written.
fn known_by(id: &Value) -> String {
    match id {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
