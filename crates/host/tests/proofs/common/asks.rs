//! Questions that ask for everything, and requests that say only what they must.

use qinting_desk::*;
use qinting_domain::{CaseId, ObservationId, Role};

/// A session of which nothing is settled but its title and its calls.
pub fn session(title: &str, cases: &[CaseId]) -> NewSession {
    NewSession {
        title: title.into(),
        cases: cases.to_vec(),
        ..NewSession::default()
    }
}

/// An issue that says no more than it must.
pub fn new_issue(title: &str, observation_ids: Vec<ObservationId>) -> NewIssue {
    NewIssue {
        title: title.into(),
        statement: String::new(),
        business_line: String::new(),
        urgency: 0,
        difficulty: 0,
        observation_ids,
    }
}

/// The text of a case, as the workspace makes it.
pub fn text_of(case_id: CaseId) -> TranscribeCase {
    TranscribeCase {
        case_id,
        language: None,
        model: None,
    }
}

/// Somebody new.
pub fn person(name: &str) -> NewPerson {
    NewPerson {
        name: name.into(),
        roles: [Role::Participant].into(),
        org_unit: String::new(),
    }
}
