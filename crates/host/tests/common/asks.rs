//! Questions that ask for everything.

use qinting_app::*;

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
