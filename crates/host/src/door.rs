//! The one door: every command by its name, whichever host it comes through.

use crate::open_workspace::OpenWorkspace;
use crate::system::{SystemClock, TimeIds};
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

            /// Asks the person whether a command may do what nothing takes back; `named`: to what. `None` where
            /// nobody can be asked here: then whoever calls repeats the call with a token.
            fn confirms(&self, command: &str, named: &str) -> Option<bool> {
                let _ = (command, named);
                None
            }
        }
    };
}
with_window_commands!(hands);

/// What a command is marked with in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing takes it back: the door asks first.
    Destroys,
    /// Something goes where Qinting does not keep it: only with a ticket, which a person gives out.
    Leaves,
    /// A customer is shown whole: its request says what for, and that is written down first.
    Unmasks,
}

macro_rules! marked {
    ($($(#[$mark:ident])? $name:ident($request:ty) -> $answer:ty;)*) => {
        &[$($((stringify!($name), Mark::$mark),)?)*]
    };
}

/// Commands with a mark.
const MARKED: [&[(&str, Mark)]; 4] = [
    with_commands!(marked),
    with_byte_commands!(marked),
    with_place_commands!(marked),
    with_door_commands!(marked),
];

/// The commands that are marked, and with what.
pub fn marked() -> impl Iterator<Item = (&'static str, Mark)> {
    MARKED.into_iter().flatten().copied()
}

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
    ids: Arc<dyn Ids>,
    /// Calls that wait to be repeated with their token.
    unconfirmed: Mutex<Vec<Unconfirmed>>,
}

/// So many calls may wait to be repeated; the oldest one falls away.
const UNCONFIRMED: usize = 64;

/// A call that destroys, and the token it is repeated with.
struct Unconfirmed {
    token: String,
    command: String,
    request: Value,
}

/// A call that was made and is not answered yet.
#[derive(Debug)]
pub struct Call {
    id: String,
    stop: Cancel,
    confirm: Option<String>,
}

impl Call {
    /// A call where there is no door yet: nothing cancels it.
    pub fn of_nobody(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            stop: Cancel::default(),
            confirm: None,
        }
    }

    /// It repeats one that wanted a word first; the token is what that one was answered.
    pub fn confirmed_by(self, token: Option<String>) -> Self {
        Self {
            confirm: token,
            ..self
        }
    }
}

impl Door {
    /// Into what is open, and what will be, with these hands.
    pub fn new(opened: Arc<OpenWorkspace>, hands: impl Hands + 'static) -> Self {
        Self {
            opened,
            hands: Box::new(hands),
            calls: Mutex::default(),
            ids: Arc::new(TimeIds::by(Arc::new(SystemClock))),
            unconfirmed: Mutex::default(),
        }
    }

    /// A call came in. It may wait for its turn; from now on it can be cancelled by its id.
    pub fn begin(&self, id: impl Into<String>) -> Call {
        let call = Call::of_nobody(id);
        let (id, stop) = (call.id.clone(), call.stop.clone());
        self.calls.lock().insert(id, stop);
        call
    }

    /// Answers a call: parses what is asked, has one use case done, and writes its answer. Calls may come
    /// side by side. One that was cancelled stops reading and is answered so; what it has begun to write it
    /// writes.
    pub fn answer(&self, call: Call, command: &str, request: &Value) -> Result<Answer, ErrorNote> {
        let answer = match call.stop.is_cancelled() {
            true => Err(AppError::new(codes::CANCELLED)),
            false => call.stop.over(|| {
                self.confirmed(&call, command, request)?;
                self.answered(command, request)
            }),
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

    /// Somebody said that a command may do what nothing takes back; `cancelled` where they said no.
    fn confirmed(&self, call: &Call, command: &str, request: &Value) -> AppResult<()> {
        if !marked().any(|marked| marked == (command, Mark::Destroys)) {
            return Ok(());
        }
        match self.hands.confirms(command, &self.named(command, request)?) {
            Some(true) => Ok(()),
            Some(false) => Err(AppError::new(codes::CANCELLED)),
            None if self.is_repeated(call, command, request) => Ok(()),
            None => Err(AppError::new(codes::COMMAND_CONFIRM)
                .with("command", command)
                .with("token", self.wait_for(command, request))),
        }
    }

    /// What a command that destroys is about, as people call it.
    fn named(&self, command: &str, request: &Value) -> AppResult<String> {
        match command {
            "purge" => (self.opened.at_desk()?).called(&parsed(request)?),
            "remove_model" => parsed(request),
            _ => Ok(String::new()),
        }
    }

    /// Exactly this was asked before, and this is its token. It is good once.
    fn is_repeated(&self, call: &Call, command: &str, request: &Value) -> bool {
        let mut waiting = self.unconfirmed.lock();
        let at = waiting.iter().position(|u| {
            Some(&u.token) == call.confirm.as_ref() && u.command == command && u.request == *request
        });
        at.map(|at| waiting.remove(at)).is_some()
    }

    fn wait_for(&self, command: &str, request: &Value) -> String {
        let token = self.ids.next().to_string();
        let mut waiting = self.unconfirmed.lock();
        if waiting.len() == UNCONFIRMED {
            waiting.remove(0);
        }
        waiting.push(Unconfirmed {
            token: token.clone(),
            command: command.to_owned(),
            request: request.clone(),
        });
        token
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
    (fn $of:ident($door:ident) { $who:expr } $($(#[$mark:ident])? $name:ident($request:ty) -> $answer:ty;)*) => {
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
    ($($(#[$mark:ident])? $name:ident($request:ty) -> $answer:ty;)*) => {
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

    fn open_workspace(&self, ticket: Ticket) -> AppResult<OpenedPlace> {
        let folder = (self.0.tickets()).spend_one(&ticket, ChosenFor::Workspace)?;
        self.0.open_workspace(&folder)
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
