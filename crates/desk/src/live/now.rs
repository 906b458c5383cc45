//! What is heard at this desk right now, and whether another process of the workspace hears a call.

use super::call::Call;
use super::checking::Check;
use super::ports::CaptureLock;
use super::shapes::LiveEnded;
use parking_lot::{Mutex, RwLock};
use qinting_app::*;
use qinting_domain::*;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// Held while this process is the one that captures in a workspace, or mends what another left.
pub(crate) type Hold = Box<dyn Send + Sync>;

/// How long somebody who begins a call waits for another process that only looked.
const TRIES: u32 = 10;
const LOOK: Duration = Duration::from_millis(50);

/// Live listening of one opened workspace.
pub(crate) struct Live {
    /// The call that goes on.
    pub(super) current: RwLock<Option<Arc<Call>>>,
    /// One call begins or ends at a time. Holds what the last one gave.
    pub(super) turn: Mutex<Option<(LiveCallId, LiveEnded)>>,
    /// Set from the moment a call is wanted: no job may start any more.
    pub(super) engaged: AtomicBool,
    pub(super) check: Mutex<Option<Arc<Check>>>,
    lock: Option<Arc<dyn CaptureLock>>,
    held: Mutex<Weak<Hold>>,
    /// Set when the workspace is left: what is being looked at can wait for the next start.
    pub(super) leaving: Cancel,
}

impl Live {
    /// Nothing is heard yet.
    pub(crate) fn new(lock: Option<Arc<dyn CaptureLock>>) -> Self {
        Self {
            current: RwLock::default(),
            turn: Mutex::default(),
            engaged: AtomicBool::new(false),
            check: Mutex::default(),
            lock,
            held: Mutex::default(),
            leaving: Cancel::default(),
        }
    }

    /// The call that goes on here.
    pub(crate) fn call(&self) -> Option<Arc<Call>> {
        self.current.read().clone()
    }

    /// Whether a call is listened to here, so that nothing else may need the machine or the
    /// workspace.
    pub(crate) fn is_on(&self) -> bool {
        self.engaged.load(Ordering::SeqCst) || self.current.read().is_some()
    }

    /// The one right to capture; `None` while another process has it.
    pub(crate) fn hold(&self) -> AppResult<Option<Arc<Hold>>> {
        let mut held = self.held.lock();
        if let Some(hold) = held.upgrade() {
            return Ok(Some(hold));
        }
        let Some(lock) = &self.lock else {
            return Ok(Some(Arc::new(Box::new(()))));
        };
        let taken = lock.take()?.map(Arc::new);
        if let Some(hold) = &taken {
            *held = Arc::downgrade(hold);
        }
        Ok(taken)
    }

    /// The same for somebody who wants to begin a call: another process may have taken it only to
    /// look whether it is free.
    pub(super) fn hold_to_begin(&self) -> AppResult<Arc<Hold>> {
        for _ in 0..TRIES {
            if let Some(hold) = self.hold()? {
                return Ok(hold);
            }
            std::thread::sleep(LOOK);
        }
        Err(AppError::new(codes::LIVE_ELSEWHERE))
    }
}

impl CallsNow for Live {
    fn on(&self, recording: RecordingId) -> Option<CallNow> {
        let call = self.call().filter(|c| c.recording_id == recording)?;
        Some(CallNow {
            position_ms: call.position_ms(),
            limit_ms: call.limit_ms(),
        })
    }

    fn attended(&self, recording: RecordingId) {
        if let Some(call) = self.call().filter(|c| c.recording_id == recording) {
            call.attended();
        }
    }

    fn is_anywhere(&self) -> bool {
        self.is_on() || matches!(self.hold(), Ok(None))
    }
}
