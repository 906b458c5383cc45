//! What is asked of the database here.

use super::{SessionRow, SessionView};
use crate::error::AppResult;
use crate::port::reads;
use qinting_domain::*;

reads! {
    $ hand_session_reads
    /// Listening sessions.
    SessionReads {
        /// All listening sessions, newest start first; one without a start counts from when it was made.
        sessions() -> Vec<SessionRow>;
        /// One row of that list; `None` when it is gone.
        session_row(id: SessionId) -> Option<SessionRow>;
        /// A session with its people, calls, moments and issues; `None` when it is gone. People and
        /// calls that were taken away since: the names stay, the calls are left out.
        session_view(id: SessionId) -> Option<SessionView>;
    }
}
