//! While a workspace is open in a window the program says so: days in the bin count only while it
//! is there.

use qinting_app::{App, AppResult};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// How often. A crash loses at most this much of what was seen.
const BEAT: Duration = Duration::from_secs(300);

/// Beats until it is dropped.
pub(crate) struct Heart {
    _goes_on: Sender<()>,
}

impl Heart {
    /// Begins to beat for a workspace; holds on to it only for the length of a beat.
    pub fn of(app: &Arc<App>) -> Self {
        let (goes_on, ends) = channel();
        let app = Arc::downgrade(app);
        std::thread::spawn(move || {
            loop {
                if let Err(e) = beat(&app, &ends) {
                    tracing::warn!(code = e.code(), "seen time not kept");
                }
                match ends.recv_timeout(BEAT) {
                    Err(RecvTimeoutError::Timeout) => {}
                    Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        });
        Self { _goes_on: goes_on }
    }
}

/// One beat, and then what nobody waits for: traces of removed words leave the indexes.
fn beat(app: &Weak<App>, ends: &Receiver<()>) -> AppResult<()> {
    let Some(open) = app.upgrade() else {
        return Ok(());
    };
    open.beat()?;
    drop(open);
    loop {
        match app.upgrade() {
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
