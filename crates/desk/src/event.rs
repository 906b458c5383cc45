//! What a desk tells its hosts, after the commit.

use crate::doctor::shapes::MediaReading;
use crate::imports::shapes::ImportBatch;
use crate::live::shapes::{LiveDraft, LiveLevels, LiveStatus};
use crate::models::shapes::DownloadProgress;
use crate::player::shapes::PlayerState;
use crate::tickets::Ticket;
use qinting_app::RecordEvent;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What happens at a desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DeskEvent {
    /// An import moved.
    Import {
        /// The batch.
        batch: ImportBatch,
    },
    /// A download moved.
    Download {
        /// The download.
        progress: DownloadProgress,
    },
    /// The player moved.
    Player {
        /// Its state.
        state: PlayerState,
    },
    /// A live call began, changed its state, or ended (`None`).
    Live {
        /// The call that goes on.
        status: Option<Box<LiveStatus>>,
    },
    /// Levels of a live call, or of the check before one. About ten times a second.
    LiveLevels {
        /// The levels.
        levels: LiveLevels,
    },
    /// Text of an utterance that goes on, or is over and in doubt. When it is settled, `Transcript` and
    /// `LiveFinal` follow.
    LiveDraft {
        /// The text.
        draft: LiveDraft,
    },
    /// An utterance is settled: its drafts go, its segments are in the transcript.
    LiveFinal {
        /// Channel.
        lane: u16,
        /// The utterance.
        #[ts(type = "number")]
        utterance: u64,
        /// Its segments, as they stand in the transcript; empty: nothing was said.
        segments: Vec<Segment>,
    },
    /// A link was opened from outside, or a second start handed one over.
    OpenLink {
        /// Where it leads.
        link: Link,
    },
    /// Files are dragged over the window, or no longer.
    Dragged {
        /// They hover.
        over: bool,
    },
    /// Files were let go over the window.
    Dropped {
        /// Names them.
        ticket: Ticket,
    },
    /// The media folder is being read whole.
    Media {
        /// How far it is.
        reading: MediaReading,
    },
}

/// What hosts are told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum AppEvent {
    /// What became of records.
    Record(RecordEvent),
    /// What happens at the desk.
    Desk(DeskEvent),
}

impl From<RecordEvent> for AppEvent {
    fn from(event: RecordEvent) -> Self {
        Self::Record(event)
    }
}

impl From<DeskEvent> for AppEvent {
    fn from(event: DeskEvent) -> Self {
        Self::Desk(event)
    }
}

/// Receives events; called on the thread that caused them, so it must return at once.
pub type Listener = qinting_app::Hears<AppEvent>;
