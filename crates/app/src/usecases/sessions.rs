//! Listening sessions: who sits down, with which calls, for which question.

use crate::app::{Seat, clean_text, required_line, same_rev};
use crate::usecases::cases::{patched, wrong_kind};
use crate::{AppError, AppResult, codes, views::*};
use qinting_domain::*;
use uuid::Uuid;

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
        let session = self.checked(session, None)?;
        self.keep_session("session.add", session)
    }

    /// Changes what is written about a session, who listens, or its list of calls.
    pub fn update_session(&self, patch: SessionPatch) -> AppResult<SessionRow> {
        let before = self.fetch::<ListeningSession>(patch.id)?;
        same_rev(before.meta.rev, patch.rev)?;
        let allowed = [
            "title",
            "theme",
            "question",
            "place",
            "starts_at",
            "facilitator_id",
            "people",
            "cases",
        ];
        let session = match patched(before.clone().into(), patch.fields, &allowed)? {
            Record::Session(s) => s,
            other => return Err(wrong_kind(&other)),
        };
        let session = self.checked(session, Some(&before))?;
        self.keep_session("session.edit", session)
    }

    /// Takes a session away. What was marked in it stays, and undo brings the session back.
    pub fn delete_session(&self, id: SessionId) -> AppResult<()> {
        let mut session = self.fetch::<ListeningSession>(id)?;
        session.meta.deleted_at = Some(self.app.now());
        self.commit("session.delete", vec![session.into()])
            .map(drop)
    }

    fn keep_session(
        &self,
        action: &'static str,
        session: ListeningSession,
    ) -> AppResult<SessionRow> {
        let id = session.id;
        self.commit(action, vec![session.into()])?;
        self.store().session_row(id)?.ok_or_else(gone)
    }

    /// The session as it is kept. Who and what it names must be there; those it named `before`
    /// may have been taken away since, and do not stand in the way of an edit.
    fn checked(
        &self,
        mut session: ListeningSession,
        before: Option<&ListeningSession>,
    ) -> AppResult<ListeningSession> {
        session.title = required_line("title", &session.title)?;
        for (field, value) in [
            ("theme", &mut session.theme),
            ("question", &mut session.question),
            ("place", &mut session.place),
        ] {
            *value = clean_text(field, value)?.trim().to_owned();
        }
        session.people = each_once(&session.people);
        session.cases = each_once(&session.cases);
        for id in &session.people {
            if !before.is_some_and(|b| b.people.contains(id)) {
                self.named("people", EntityKind::Person, id.0)?;
            }
        }
        for id in &session.cases {
            if !before.is_some_and(|b| b.plays(*id)) {
                self.named("cases", EntityKind::Case, id.0)?;
            }
        }
        if let Some(id) = session.facilitator_id
            && before.and_then(|b| b.facilitator_id) != Some(id)
        {
            self.named("facilitator_id", EntityKind::Person, id.0)?;
        }
        Ok(session)
    }

    /// Refuses a field that names what is not there.
    fn named(&self, field: &str, kind: EntityKind, id: Uuid) -> AppResult<()> {
        match self.present(kind, id) {
            Ok(_) => Ok(()),
            Err(e) if e.code() == codes::NOT_FOUND => {
                Err(AppError::new(codes::INVALID).with("field", field))
            }
            Err(e) => Err(e),
        }
    }

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
