//! What the window's commands reach: the seat, or why there is none.

use parking_lot::Mutex;
use qinting_app::{AppError, AppResult, Seat};
use qinting_domain::{ErrorNote, MomentLink};
use qinting_host::Host;
use std::sync::Arc;
use std::time::Instant;

/// State of the window.
pub struct Desk {
    /// The opened workspace; an error note when it could not be opened, which every command then
    /// answers with, so that the page can say what is wrong.
    pub host: Result<Arc<Host>, ErrorNote>,
    seat: Option<Seat>,
    /// A link the app was started with, until the page asks for it.
    pub pending_link: Mutex<Option<MomentLink>>,
    /// When the process started.
    pub started: Instant,
}

impl Desk {
    /// A desk over an opened workspace, or over the reason why there is none.
    pub fn new(host: AppResult<Arc<Host>>, started: Instant) -> Self {
        let seat = host.as_ref().ok().map(|h| h.seat());
        let host = host.map_err(|e| {
            tracing::error!(error = %e, "workspace not opened");
            e.note
        });
        Self {
            host,
            seat,
            pending_link: Mutex::new(None),
            started,
        }
    }

    /// The seat, or the reason why there is none.
    pub fn seat(&self) -> AppResult<&Seat> {
        match (&self.seat, &self.host) {
            (Some(seat), _) => Ok(seat),
            (None, Err(note)) => Err(note.clone().into()),
            (None, Ok(_)) => Err(AppError::new(qinting_app::codes::INTERNAL)),
        }
    }
}
