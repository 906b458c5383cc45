//! Questions that ask for everything, and requests that say only what they must.

use qinting_desk::*;
use qinting_domain::CaseId;

pub fn all_issues() -> IssueQuery {
    IssueQuery {
        text: String::new(),
        view: IssueListView::All,
        business_line: None,
        urgency: None,
        difficulty: None,
        statuses: vec![],
        owner_id: None,
        asker: None,
        now: 0,
        sort: IssueSort::Number,
        descending: false,
        offset: 0,
        limit: 100,
    }
}

pub fn everywhere(text: &str) -> SearchQuery {
    SearchQuery {
        text: text.into(),
        scopes: vec![],
        limit: 20,
    }
}

/// A session of which nothing is settled but its title and its calls.
pub fn session(title: &str, cases: &[CaseId]) -> NewSession {
    NewSession {
        title: title.into(),
        theme: String::new(),
        question: String::new(),
        place: String::new(),
        starts_at: None,
        facilitator_id: None,
        people: vec![],
        cases: cases.to_vec(),
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
