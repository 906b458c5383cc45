//! What a workspace is opened with besides its folder.

use crate::system::{SystemClock, TimeIds};
use qinting_desk::{Capture, Clock, Player, Tickets};
use std::sync::Arc;

/// The ports that differ between a window, a command and a story that is told.
pub(crate) struct Senses {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) player: Option<Arc<dyn Player>>,
    pub(crate) capture: Arc<dyn Capture>,
    /// What somebody chose to bring in or to write to.
    pub(crate) tickets: Arc<Tickets>,
}

impl Senses {
    /// Without a player; sound comes in from where the caller says, and nobody has chosen anything yet.
    pub(crate) fn hearing(capture: Arc<dyn Capture>) -> Self {
        Self {
            clock: Arc::new(SystemClock),
            player: None,
            capture,
            tickets: no_tickets(),
        }
    }
}

/// Nobody has chosen anything yet.
pub(crate) fn no_tickets() -> Arc<Tickets> {
    Arc::new(Tickets::new(Arc::new(TimeIds::by(Arc::new(SystemClock)))))
}
