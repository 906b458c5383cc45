//! The change feed: what is told after the commit.

use crate::find::shapes::IndexState;
use crate::shape::shapes;
use parking_lot::RwLock;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Receives events; called on the thread that caused them, so it must return at once.
pub type Hears<E> = Box<dyn Fn(&E) + Send + Sync>;

/// Hands events to everybody who listens.
pub struct Feed<E> {
    listeners: RwLock<Vec<Hears<E>>>,
}

impl<E> Default for Feed<E> {
    fn default() -> Self {
        Self {
            listeners: RwLock::default(),
        }
    }
}

impl<E> Feed<E> {
    /// Adds a listener for the life of the app.
    pub fn subscribe(&self, listener: Hears<E>) {
        self.listeners.write().push(listener);
    }

    /// Tells everyone.
    pub fn tell(&self, event: &E) {
        for listener in self.listeners.read().iter() {
            listener(event);
        }
    }
}

shapes! {
    /// A record somebody touched.
    struct Touched {
        /// Kind.
        kind: EntityKind,
        /// Id.
        #[ts(type = "string")] id: uuid::Uuid,
    }
}

/// What became of records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RecordEvent {
    /// Records changed.
    Changed {
        /// Which.
        touched: Vec<Touched>,
        /// By which operation.
        op_id: OpId,
        /// What it was, for the undo bar.
        action: String,
        /// True when a person at this desk did it (so it can be undone here).
        undoable: bool,
    },
    /// The transcript of a recording grew.
    Transcript {
        /// The recording.
        recording_id: RecordingId,
        /// Its case.
        case_id: CaseId,
        /// The run is over.
        done: bool,
    },
    /// The sound of a recording was measured, or could not be read.
    Sound {
        /// The recording.
        recording_id: RecordingId,
    },
    /// A job moved.
    Job {
        /// The job.
        job: Job,
    },
    /// More of the search index is renewed.
    Index {
        /// How far it is.
        state: IndexState,
    },
    /// Something a person should know that no command answers for.
    Notice {
        /// Code and arguments.
        note: ErrorNote,
    },
}
