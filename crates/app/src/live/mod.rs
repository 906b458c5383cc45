//! The call that is listened to now, the check before one, and what becomes of a call when it ends
//! or was cut off.
//!
//! Two threads belong to a call. The first takes what the capture and the ears tell and answers at
//! once: levels, drafts, states. The second writes: promises, gaps, final text. So a database that
//! waits, or refuses for a while, holds up neither the sound nor what a person sees.

mod adopt;
mod begin;
mod book;
mod call;
mod check;
mod clock;
mod drafts;
mod end;
mod intake;
mod levels;
mod models;
mod news;
mod parts;
mod quiet;
mod recover;
mod sources;

pub(crate) use call::Call;

use crate::app::App;
use crate::ports::Cancel;
use crate::{AppError, AppResult, codes, views::*};
use check::Check;
use parking_lot::{Mutex, RwLock};
use qinting_domain::*;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// Held while this process is the one that captures in a workspace, or mends what another left.
pub(crate) type Place = Box<dyn Send + Sync>;

/// How long somebody who begins a call waits for another process that only looked.
const PLACE_TRIES: u32 = 10;
const PLACE_LOOK: Duration = Duration::from_millis(50);

/// Live listening of one opened workspace.
#[derive(Default)]
pub(crate) struct Live {
    /// The call that goes on.
    current: RwLock<Option<Arc<Call>>>,
    /// One call begins or ends at a time. Holds what the last one gave.
    turn: Mutex<Option<(LiveCallId, LiveEnded)>>,
    /// Set from the moment a call is wanted: no job may start any more.
    engaged: AtomicBool,
    check: Mutex<Option<Arc<Check>>>,
    place: Mutex<Weak<Place>>,
    /// Set when the workspace is left: what is being looked at can wait for the next start.
    leaving: Cancel,
}

impl App {
    /// The call that goes on here.
    pub(crate) fn live_call(&self) -> Option<Arc<Call>> {
        self.live.current.read().clone()
    }

    /// The call that goes on here on a recording.
    pub(crate) fn live_on(&self, recording: RecordingId) -> Option<Arc<Call>> {
        self.live_call().filter(|c| c.recording_id == recording)
    }

    /// Whether a call is listened to here, so that nothing else may need the machine or the
    /// workspace.
    pub fn is_live(&self) -> bool {
        self.live.engaged.load(Ordering::SeqCst) || self.live.current.read().is_some()
    }

    /// Whether some process listens to a call of this workspace.
    pub(crate) fn is_live_anywhere(&self) -> bool {
        self.is_live() || matches!(self.live_place(), Ok(None))
    }

    /// The place to capture from; `None` while another process has it.
    pub(crate) fn live_place(&self) -> AppResult<Option<Arc<Place>>> {
        let mut kept = self.live.place.lock();
        if let Some(place) = kept.upgrade() {
            return Ok(Some(place));
        }
        let Some(seat) = &self.ports.live_seat else {
            return Ok(Some(Arc::new(Box::new(()))));
        };
        let taken = seat.take()?.map(Arc::new);
        if let Some(place) = &taken {
            *kept = Arc::downgrade(place);
        }
        Ok(taken)
    }

    /// The same for somebody who wants to begin a call: another process may have taken it only to
    /// look whether it is free.
    fn live_place_to_begin(&self) -> AppResult<Arc<Place>> {
        for _ in 0..PLACE_TRIES {
            if let Some(place) = self.live_place()? {
                return Ok(place);
            }
            std::thread::sleep(PLACE_LOOK);
        }
        Err(AppError::new(codes::LIVE_ELSEWHERE))
    }

    /// How far a moment of a recording may lie: to its end, and while it is being made a clip
    /// beyond now.
    pub(crate) fn limit_of(&self, recording: &Recording) -> AppResult<u64> {
        if recording.has_audio() {
            return Ok(recording.duration_ms);
        }
        if let Some(call) = self.live_on(recording.id) {
            return Ok(call.limit_ms());
        }
        Ok(match self.ports.store.live_call_of(recording.id)? {
            // Another process has it, or nobody yet has looked at what a dead one left.
            Some(call) if call.state == LiveState::Listening => {
                let since = u64::try_from(self.now() - call.started_at).unwrap_or(0);
                since.saturating_add(CLIP_AFTER_MS)
            }
            _ => recording.duration_ms,
        })
    }

    /// Refuses a recording that has nothing to play or decode.
    pub(crate) fn needs_sound(&self, recording: &Recording) -> AppResult<()> {
        if recording.has_audio() {
            return Ok(());
        }
        Err(AppError::new(if self.live_on(recording.id).is_some() {
            codes::LIVE_RUNNING
        } else {
            codes::MEDIA_MISSING
        }))
    }

    /// Refuses what would take the workspace, or the case, from under a call.
    pub fn refuse_while_live(&self) -> AppResult<()> {
        if self.is_live() {
            return Err(AppError::new(codes::LIVE_RUNNING));
        }
        Ok(())
    }
}
