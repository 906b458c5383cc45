//! Listening sessions: who sits down, with which calls, for which question.

pub(crate) mod reads;
mod shapes;

pub use reads::*;
pub use shapes::*;

use crate::acting::Acting;
use crate::error::{AppError, AppResult, codes};
use qinting_domain::*;

impl Acting {
    /// All sessions, newest start first.
    pub fn list_sessions(&self, _: ()) -> AppResult<Vec<SessionRow>> {
        self.read(|seen| seen.sessions())
    }

    /// A session as its page opens.
    pub fn get_session(&self, id: SessionId) -> AppResult<SessionView> {
        self.read(|seen| seen.session_view(id))?.ok_or_else(gone)
    }

    /// Plans a session.
    pub fn add_session(&self, new: NewSession) -> AppResult<SessionRow> {
        let session = ListeningSession {
            id: SessionId(self.app().id()),
            title: new.title,
            theme: new.theme,
            question: new.question,
            place: new.place,
            starts_at: new.starts_at,
            facilitator_id: new.facilitator_id,
            people: new.people,
            cases: new.cases,
            meta: self.new_meta(),
        };
        let session = self.add(Action::SessionAdd, &session)?;
        self.read(|seen| seen.session_row(session.id))?
            .ok_or_else(gone)
    }

    /// Whether a session is there and plays a case.
    pub fn plays(&self, id: SessionId, case: CaseId) -> bool {
        self.fetch::<ListeningSession>(id)
            .is_ok_and(|s| s.plays(case))
    }

    /// Takes a session away. What was marked in it stays, and undo brings the session back.
    pub fn delete_session(&self, id: SessionId) -> AppResult<()> {
        self.take_away::<ListeningSession>(Action::SessionDelete, id)
    }
}

fn gone() -> AppError {
    AppError::new(codes::NOT_FOUND).with("kind", EntityKind::Session.as_str())
}
