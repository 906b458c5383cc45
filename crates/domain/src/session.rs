//! 专场: people sit down together and listen to a list of calls with one question in mind.

use crate::{CaseId, Meta, PersonId, Role, Roles, SessionId, UnixMs};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One listening session. Text fields but the title may be empty.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ListeningSession {
    /// Identity.
    pub id: SessionId,
    /// One-line title.
    #[field(line, required, edit, search)]
    pub title: String,
    /// What the calls have in common.
    #[field(line, edit, search)]
    pub theme: String,
    /// What the people want to know when they leave.
    #[field(prose, edit, search)]
    pub question: String,
    /// Room or meeting.
    #[field(line, edit, search)]
    pub place: String,
    /// When it begins, if that is settled.
    #[ts(type = "number | null")]
    #[field(edit)]
    pub starts_at: Option<UnixMs>,
    /// Who leads it.
    #[field(refers(Person), edit, owner)]
    pub facilitator_id: Option<PersonId>,
    /// Who listens, in the order they were named, each once.
    #[field(set(Person), edit)]
    pub people: Vec<PersonId>,
    /// What is listened to, in this order, each once.
    #[field(ordered(Case), edit)]
    pub cases: Vec<CaseId>,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

impl ListeningSession {
    /// What somebody is in this session: who leads it, who sits in it.
    pub fn roles_of(&self, person: PersonId) -> Roles {
        let leads = (self.facilitator_id == Some(person)).then_some(Role::Facilitator);
        let sits = self.people.contains(&person).then_some(Role::Participant);
        leads.into_iter().chain(sits).collect()
    }

    /// Whether a case is on the list.
    pub fn plays(&self, case: CaseId) -> bool {
        self.cases.contains(&case)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn session() -> ListeningSession {
        let person = PersonId(Uuid::from_u128(1));
        ListeningSession {
            id: SessionId(Uuid::from_u128(2)),
            title: "七天专场".into(),
            theme: String::new(),
            question: "七天从哪天算起？".into(),
            place: String::new(),
            starts_at: None,
            facilitator_id: None,
            people: vec![person],
            cases: vec![CaseId(Uuid::from_u128(3))],
            meta: Meta::new(1, person),
        }
    }

    #[test]
    fn a_session_plays_what_is_on_its_list() {
        assert!(session().plays(CaseId(Uuid::from_u128(3))));
        assert!(!session().plays(CaseId(Uuid::from_u128(4))));
    }
}
