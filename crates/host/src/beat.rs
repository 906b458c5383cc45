//! While a workspace is open in a window the program says so: days in the bin count only while it
//! is there.

use qinting_desk::{AppError, AppResult, Desk, RecordEvent, spawn_named};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

/// How often. A crash loses at most this much of what was seen.
const BEAT: Duration = Duration::from_secs(300);
/// Removed words leave the indexes when a workspace is opened, and then once in this time: in a big
/// one that is minutes of quiet work.
const FORGET: Duration = Duration::from_secs(24 * 3600);

/// Beats until it is dropped.
pub(crate) struct Heart {
    _goes_on: Sender<()>,
}

impl Heart {
    /// Begins to beat for a workspace; holds on to it only for the length of a beat.
    pub fn of(desk: &Arc<Desk>) -> Self {
        let (goes_on, ends) = channel();
        let desk = Arc::downgrade(desk);
        let missed = desk.clone();
        let on_death = move |e: AppError| {
            if let Some(open) = missed.upgrade() {
                open.tell(RecordEvent::Notice { note: e.note });
            }
        };
        let beats = move || {
            let mut forgot: Option<Instant> = None;
            loop {
                if let Err(e) = beat(&desk) {
                    tracing::warn!(code = e.code(), "seen time not kept");
                }
                if forgot.is_none_or(|at| at.elapsed() >= FORGET) {
                    forgot = Some(Instant::now());
                    if let Err(e) = forget(&desk, &ends) {
                        tracing::warn!(code = e.code(), "removed words stay in the index");
                    }
                }
                match ends.recv_timeout(BEAT) {
                    Err(RecvTimeoutError::Timeout) => {}
                    Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        };
        if let Err(e) = spawn_named("beat", beats, on_death) {
            tracing::error!(code = e.code(), "days in the bin are not counted");
        }
        Self { _goes_on: goes_on }
    }
}

fn beat(desk: &Weak<Desk>) -> AppResult<()> {
    let Some(open) = desk.upgrade() else {
        return Ok(());
    };
    open.keep_heard();
    open.beat()?;
    open.empty_bin()
}

/// Traces of removed words leave the indexes, step by step.
fn forget(desk: &Weak<Desk>, ends: &Receiver<()>) -> AppResult<()> {
    loop {
        match desk.upgrade() {
            Some(open) if open.forget_step()? => {}
            _ => return Ok(()),
        }
        // Between two steps others get their turn, and a workspace that closes is let go.
        match ends.recv_timeout(Duration::from_millis(50)) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
    }
}
