//! The one door: every command by its name, whichever host it comes through.

use crate::open_workspace::OpenWorkspace;
use parking_lot::Mutex;
use qinting_desk::*;
use qinting_domain::*;
use qinting_ipc::{
    with_byte_commands, with_commands, with_door_commands, with_place_commands,
    with_window_commands,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// What a call is answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// JSON, written out.
    Json(String),
    /// Bytes as they are.
    Bytes(Vec<u8>),
}

macro_rules! hands {
    ($($name:ident($request:ty) -> $answer:ty;)*) => {
        /// What only a host with a screen, and somebody before it, can do. What a host cannot do it refuses.
        pub trait Hands: Send + Sync {
            $(
                /// The command of that name.
                fn $name(&self, request: $request) -> AppResult<$answer> {
                    let _ = request;
                    Err(AppError::new(codes::COMMAND_ELSEWHERE).with("command", stringify!($name)))
                }
            )*
        }
    };
}
with_window_commands!(hands);

/// The hands of a host without a screen.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoHands;

impl Hands for NoHands {}

/// Where every call goes in.
pub struct Door {
    opened: Arc<OpenWorkspace>,
    hands: Box<dyn Hands>,
    /// Calls that are not answered yet, by what the caller knows them by.
    calls: Mutex<HashMap<String, Cancel>>,
}

/// A call that was made and is not answered yet.
#[derive(Debug)]
pub struct Call {
    id: String,
    stop: Cancel,
}

impl Door {
    /// Into what is open, and what will be, with these hands.
    pub fn new(opened: Arc<OpenWorkspace>, hands: impl Hands + 'static) -> Self {
        Self {
            opened,
            hands: Box::new(hands),
            calls: Mutex::default(),
        }
    }

    /// A call came in. It may wait for its turn; from now on it can be cancelled by its id.
    pub fn begin(&self, id: impl Into<String>) -> Call {
        let (id, stop) = (id.into(), Cancel::default());
        self.calls.lock().insert(id.clone(), stop.clone());
        Call { id, stop }
    }

    /// Answers a call: parses what is asked, has one use case done, and writes its answer. Calls may come
    /// side by side. One that was cancelled stops reading and is answered so; what it has begun to write it
    /// writes.
    pub fn answer(&self, call: Call, command: &str, request: &Value) -> Result<Answer, ErrorNote> {
        let answer = match call.stop.is_cancelled() {
            true => Err(AppError::new(codes::CANCELLED)),
            false => call.stop.over(|| self.answered(command, request)),
        };
        self.forget(&call);
        answer.map_err(|e| {
            if e.code() == codes::INTERNAL {
                tracing::error!(command, error = %e.kind(), "command failed");
            } else {
                tracing::info!(command, code = e.code(), "command refused");
            }
            e.note
        })
    }

    fn answered(&self, command: &str, request: &Value) -> AppResult<Answer> {
        (self.of_seat(command, request))
            .or_else(|| self.of_bytes(command, request))
            .or_else(|| self.of_place(command, request))
            .or_else(|| self.of_door(command, request))
            .or_else(|| self.of_hands(command, request))
            .unwrap_or_else(|| Err(AppError::new(codes::COMMAND_UNKNOWN).with("command", command)))
    }

    /// Another call of the same id may have come since: that one stays.
    fn forget(&self, call: &Call) {
        let mut calls = self.calls.lock();
        if calls
            .get(&call.id)
            .is_some_and(|stop| stop.is_same(&call.stop))
        {
            calls.remove(&call.id);
        }
    }

    /// A call is not wanted any more. One that was answered already is none.
    fn cancel_call(&self, id: String) -> AppResult<()> {
        if let Some(stop) = self.calls.lock().get(&id) {
            stop.cancel();
        }
        Ok(())
    }
}

fn parsed<T: DeserializeOwned>(request: &Value) -> AppResult<T> {
    let read = T::deserialize(request);
    read.map_err(|e| {
        AppError::new(codes::INVALID)
            .with("field", "request")
            .because(e)
    })
}

/// What was asked goes in, what a use case answers comes out.
fn answered<Q: DeserializeOwned, A: Serialize>(
    request: &Value,
    deed: impl FnOnce(Q) -> AppResult<A>,
) -> AppResult<Answer> {
    let answer = serde_json::to_string(&deed(parsed(request)?)?);
    answer
        .map(Answer::Json)
        .map_err(|e| AppError::new(codes::INTERNAL).because(e))
}

/// Answers the commands of a list by asking the one who knows them, of a door: a method of the same name each.
macro_rules! answers {
    (fn $of:ident($door:ident) { $who:expr } $($name:ident($request:ty) -> $answer:ty;)*) => {
        impl Door {
            fn $of(&self, command: &str, request: &Value) -> Option<AppResult<Answer>> {
                let $door = self;
                let who = || -> AppResult<_> { Ok($who) };
                match command {
                    $(stringify!($name) => Some(who().and_then(|who| {
                        answered::<$request, $answer>(request, |asked| who.$name(asked))
                    })),)*
                    _ => None,
                }
            }
        }
    };
}
with_commands!(answers fn of_seat(door) { door.opened.at_desk()? });
with_place_commands!(answers fn of_place(door) { Place(&door.opened) });
with_door_commands!(answers fn of_door(door) { door });
with_window_commands!(answers fn of_hands(door) { &door.hands });

macro_rules! answers_bytes {
    ($($name:ident($request:ty) -> $answer:ty;)*) => {
        impl Door {
            fn of_bytes(&self, command: &str, request: &Value) -> Option<AppResult<Answer>> {
                match command {
                    $(stringify!($name) => Some(self.opened.at_desk().and_then(|at_desk| {
                        at_desk.$name(parsed::<$request>(request)?).map(Answer::Bytes)
                    })),)*
                    _ => None,
                }
            }
        }
    };
}
with_byte_commands!(answers_bytes);

/// Which workspace is open, as the list asks it.
struct Place<'a>(&'a OpenWorkspace);

impl Place<'_> {
    fn doors(&self, (): ()) -> AppResult<Doors> {
        Ok(self.0.doors())
    }

    fn open_demo(&self, (): ()) -> AppResult<OpenedPlace> {
        self.0.open_demo()
    }

    fn reset_demo(&self, (): ()) -> AppResult<OpenedPlace> {
        self.0.reset_demo()
    }

    fn leave_demo(&self, (): ()) -> AppResult<OpenedPlace> {
        self.0.leave_demo()
    }

    fn open_own(&self, (): ()) -> AppResult<OpenedPlace> {
        self.0.open_own()
    }

    fn open_workspace(&self, folder: String) -> AppResult<OpenedPlace> {
        self.0.open_workspace(&path_text::from_text(&folder))
    }

    fn copy_here(&self, (): ()) -> AppResult<OpenedPlace> {
        self.0.copy_here()
    }

    fn take_as_ours(&self, (): ()) -> AppResult<OpenedPlace> {
        self.0.take_as_ours()
    }

    fn list_copies(&self, (): ()) -> AppResult<Vec<CopyRow>> {
        self.0.copies()
    }

    fn restore_copy(&self, name: String) -> AppResult<OpenedPlace> {
        self.0.restore_copy(&name)
    }

    fn salvage(&self, (): ()) -> AppResult<Salvaged> {
        self.0.salvage()
    }

    fn resolve_link(&self, url: String) -> AppResult<Link> {
        self.0.resolve_link(&url)
    }
}
