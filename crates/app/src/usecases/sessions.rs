//! Listening sessions: who sits down, with which calls, for which question.

use crate::acting::Acting;
use crate::app::Seat;
use crate::{AppError, AppResult, codes, views::*};
use qinting_domain::*;

impl Seat {
    /// All sessions, newest start first.
    pub fn list_sessions(&self, _: ()) -> AppResult<Vec<SessionRow>> {
        self.store().sessions()
    }

    /// A session as its page opens.
    pub fn get_session(&self, id: SessionId) -> AppResult<SessionView> {
        self.store().session_view(id)?.ok_or_else(gone)
    }

    /// Plans a session.
    pub fn add_session(&self, new: NewSession) -> AppResult<SessionRow> {
        let session = ListeningSession {
            id: SessionId(self.app.id()),
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
        self.store().session_row(session.id)?.ok_or_else(gone)
    }

    /// Takes a session away. What was marked in it stays, and undo brings the session back.
    pub fn delete_session(&self, id: SessionId) -> AppResult<()> {
        self.take_away::<ListeningSession>(Action::SessionDelete, id)
    }
}

impl Acting<'_> {
    /// Refuses a mark for a session that is not there or does not play the case.
    pub(crate) fn check_session(&self, id: SessionId, case: CaseId) -> AppResult<()> {
        self.named("session_id", EntityKind::Session, id.0)?;
        if self.fetch::<ListeningSession>(id)?.plays(case) {
            Ok(())
        } else {
            Err(AppError::new(codes::INVALID).with("field", "session_id"))
        }
    }
}

fn gone() -> AppError {
    AppError::new(codes::NOT_FOUND).with("kind", EntityKind::Session.as_str())
}
