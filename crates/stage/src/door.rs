//! The door of a stage: it answers every call of the product's door, and those that tell the stage what to do.

use crate::hands::Choices;
use crate::room::Act;
use parking_lot::{Mutex, RwLock};
use qinting_desk::{
    AppError, AppResult, ChosenFor, Clock, DeskEvent, FactsOf, LiveHeard, ModelRow, codes,
    spawn_named,
};
use qinting_domain::{ErrorNote, HeardSegment, UnixMs};
use qinting_host::{Answer, Answers, Call, answer_lines, tell_line};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

/// What a new act begins with.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Reset {
    /// Nothing is open: somebody stands before the doors.
    pub doors: bool,
    /// Nothing that was built: a workspace that is new.
    empty: bool,
    /// Nobody here said yet that the workspace is theirs.
    pub foreign: bool,
    /// Others may use its folder.
    pub shared: bool,
    /// Another folder that was built, in the place of the usual one.
    built: Option<PathBuf>,
    /// The power fails: what is played now lies as it lay, without the last so many milliseconds of sound that is
    /// captured, and somebody starts again.
    pub cut_off: Option<u64>,
    /// What the clock shows.
    pub now: Option<UnixMs>,
    models: Vec<ModelRow>,
}

/// What happens to time: it is set, then it passes.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Time {
    set: Option<UnixMs>,
    pass: u64,
}

/// A stage with one act after the other.
struct Stage {
    room: PathBuf,
    built: Option<PathBuf>,
    acts: Mutex<u32>,
    present: RwLock<Option<Arc<Act>>>,
    /// Acts that come to their end beside the next one.
    ending: Mutex<Vec<JoinHandle<()>>>,
}

/// Answers until nobody asks any more. Acts lie in `room`, each a copy of `built`.
pub(crate) fn open(room: &Path, built: Option<&Path>) -> AppResult<()> {
    let stage = Arc::new(Stage::at(room, built));
    let read = answer_lines(&stage);
    stage.leave();
    for ending in std::mem::take(&mut *stage.ending.lock()) {
        // One that died has nothing more to end.
        let _ = ending.join();
    }
    read
}

impl Answers for Stage {
    fn begin(&self, id: String) -> Call {
        match &*self.present.read() {
            Some(act) => act.door.begin(id),
            None => Call::of_nobody(id),
        }
    }

    fn answer(&self, call: Call, command: &str, request: &Value) -> Result<Answer, ErrorNote> {
        let told = match command {
            "stage_reset" => asked(request).and_then(|asked| self.reset(asked)),
            "stage_leave" => self.leave().ok_or_else(nothing),
            "stage_time" => asked(request).and_then(|asked| self.time(&asked)),
            "stage_models" => asked(request).and_then(|rows| self.models(rows)),
            "stage_let_through" => self.act().map(|act| {
                act.machine.shelf.let_through();
                Value::Null
            }),
            "stage_sound" => {
                asked(request).and_then(|told| Ok(self.act()?.machine.sound.hear_of(told)))
            }
            "stage_heard" => asked(request).and_then(|heard| self.heard(heard)),
            "stage_says" => asked(request).and_then(|lines| self.says(lines)),
            "stage_hold" => asked(request).and_then(|is_held| self.hold(is_held)),
            "stage_hold_measuring" => asked(request).and_then(|is_held| {
                self.act()?.machine.measuring.hold(is_held);
                Ok(Value::Null)
            }),
            "stage_hands" => asked(request).and_then(|choices| self.hands(choices)),
            "stage_copied" => self.act().map(|act| act.hands.copied().into()),
            "stage_facts" => asked(request).and_then(|facts| self.facts(facts)),
            "stage_drop" => asked::<Vec<String>>(request).and_then(|paths| self.drop_files(&paths)),
            _ => {
                return self
                    .act()
                    .map_err(|e| e.note)?
                    .door
                    .answer(call, command, request);
            }
        };
        told.map(|answer| Answer::Json(answer.to_string()))
            .map_err(|e| e.note)
    }
}

fn asked<T: DeserializeOwned>(request: &Value) -> AppResult<T> {
    T::deserialize(request).map_err(|e| AppError::new(codes::INVALID).with("field", e.to_string()))
}

fn nothing() -> AppError {
    AppError::new(codes::WORKSPACE_NONE)
}

impl Stage {
    /// One on which nothing is played yet.
    fn at(room: &Path, built: Option<&Path>) -> Self {
        Self {
            room: room.to_owned(),
            built: built.map(Path::to_owned),
            acts: Mutex::new(0),
            present: RwLock::new(None),
            ending: Mutex::default(),
        }
    }

    fn act(&self) -> AppResult<Arc<Act>> {
        self.present.read().clone().ok_or_else(nothing)
    }

    /// Begins the next act; the one before ends beside it.
    fn reset(&self, mut asked: Reset) -> AppResult<Value> {
        let mut acts = self.acts.lock();
        *acts += 1;
        let folder = self.room.join(acts.to_string());
        let present = match asked.cut_off {
            Some(_) => Some(self.act()?.folder().to_owned()),
            None => None,
        };
        let built = present.or(asked.built.clone()).or(self.built.clone());
        let built = built.filter(|_| !asked.empty && !asked.doors);
        let act = Act::begin(folder, built.as_deref(), &asked)?;
        act.machine.shelf.hold(std::mem::take(&mut asked.models));
        let before = self.present.write().replace(Arc::new(act));
        if let Some(before) = before {
            let end = move || {
                let folder = before.end();
                // What is left of it lies in the room, which goes as a whole.
                let _ = std::fs::remove_dir_all(folder);
            };
            self.ending.lock().push(spawn_named("ending", end, drop)?);
        }
        Ok(Value::Null)
    }

    /// Ends what is played; gives its folder.
    fn leave(&self) -> Option<Value> {
        let act = self.present.write().take()?;
        Some(json!(act.end()))
    }

    fn time(&self, asked: &Time) -> AppResult<Value> {
        let act = self.act()?;
        if let Some(at) = asked.set {
            act.machine.clock.set(at);
        }
        act.machine.clock.pass(asked.pass);
        act.machine.player.pass(asked.pass);
        act.machine.sound.pass(asked.pass)?;
        Ok(act.machine.clock.now_ms().into())
    }

    fn models(&self, rows: Vec<ModelRow>) -> AppResult<Value> {
        self.act()?.machine.shelf.hold(rows);
        Ok(Value::Null)
    }

    /// The ears of the call that goes on hear this.
    fn heard(&self, all: Vec<LiveHeard>) -> AppResult<Value> {
        self.act()?.machine.ears.hear(all);
        Ok(Value::Null)
    }

    /// Whatever is heard from now on says this.
    fn says(&self, lines: Vec<HeardSegment>) -> AppResult<Value> {
        self.act()?.machine.reader.say(lines);
        Ok(Value::Null)
    }

    /// Decoding and hearing stand, or go on.
    fn hold(&self, is_held: bool) -> AppResult<Value> {
        self.act()?.machine.held.hold(is_held);
        Ok(Value::Null)
    }

    fn hands(&self, choices: Choices) -> AppResult<Value> {
        self.act()?.hands.choose(choices);
        Ok(Value::Null)
    }

    /// A source tells of contacts that are in.
    fn facts(&self, facts: Vec<FactsOf>) -> AppResult<Value> {
        let applied = self.act()?.opened.at_desk()?.apply_facts(&facts)?;
        Ok(json!(applied))
    }

    /// Files are let go over the window.
    fn drop_files(&self, paths: &[String]) -> AppResult<Value> {
        let dropped = self.act()?.hands.ticket(paths, ChosenFor::Recordings);
        if let Some(ticket) = dropped {
            tell_line(&DeskEvent::Dropped { ticket }.into());
        }
        Ok(Value::Null)
    }
}

#[cfg(test)]
mod tests;
