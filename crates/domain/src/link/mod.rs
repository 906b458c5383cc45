//! `qinting://case/<id>`, `qinting://issue/<id>`, `qinting://session/<id>`: what a link leads to. `?w=<id>` says in
//! which workspace; `qinting://issue/7` is the issue of that number in the open one.

mod moment;
#[cfg(test)]
mod tests;
mod text;

pub use moment::MomentLink;

use crate::{IssueId, SessionId, WorkspaceId};
use serde::{Deserialize, Serialize};
use std::fmt;
use ts_rs::TS;

/// The address scheme the operating system hands to the app.
pub const LINK_SCHEME: &str = "qinting";

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Link {
    /// A moment of a case, or the whole.
    Moment(MomentLink),
    /// An issue.
    Issue {
        /// Which one.
        issue_id: IssueId,
    },
    /// A listening session.
    Session {
        /// Which one.
        session_id: SessionId,
    },
}

/// What a link says, before anybody looked whether that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    /// What it leads to.
    pub named: Named,
    /// The workspace it is of, where it says so.
    pub workspace: Option<WorkspaceId>,
}

/// How a link names what it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// By its id.
    Link(Link),
    /// An issue by its number, as people say and type it.
    IssueNumber(u32),
}

impl From<Link> for Address {
    fn from(link: Link) -> Self {
        Self {
            named: Named::Link(link),
            workspace: None,
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{LINK_SCHEME}://")?;
        let mut query = Vec::new();
        match self.named {
            Named::Link(Link::Moment(moment)) => {
                write!(f, "case/{}", moment.case_id)?;
                query = moment.query();
            }
            Named::Link(Link::Issue { issue_id }) => write!(f, "issue/{issue_id}")?,
            Named::Link(Link::Session { session_id }) => write!(f, "session/{session_id}")?,
            Named::IssueNumber(number) => write!(f, "issue/{number}")?,
        }
        query.extend(self.workspace.map(|id| format!("w={id}")));
        match query.is_empty() {
            true => Ok(()),
            false => write!(f, "?{}", query.join("&")),
        }
    }
}

impl Address {
    /// Reads a link as it comes back from chat programs and mails: percent-encoded, with a scheme in any case, and
    /// with the punctuation of the sentence it stood in. Other names in its query are passed over. Anything else
    /// gives `None`; links come from outside, so nothing is guessed.
    pub fn parse(url: &str) -> Option<Self> {
        if url.len() > text::MAX_LINK {
            return None;
        }
        let url = text::percent_decoded(url)?;
        let url = text::bare(&url);
        let (head, query) = url.split_once(['?', '#']).unwrap_or((url, ""));
        let path = text::after_ignoring_case(head, LINK_SCHEME)?;
        let path = text::after_ignoring_case(path, "://")?;
        let (kind, id) = path.trim_end_matches('/').split_once('/')?;
        let named = match kind.to_ascii_lowercase().as_str() {
            "case" => Named::Link(Link::Moment(MomentLink::of_query(id.parse().ok()?, query)?)),
            "issue" => issue_named(id)?,
            "session" => Named::Link(Link::Session {
                session_id: id.parse().ok()?,
            }),
            _ => return None,
        };
        let workspace = match text::value_of(query, "w=") {
            Some(id) => Some(id.parse().ok()?),
            None => None,
        };
        Some(Self { named, workspace })
    }

    /// Whether a text claims to be one of ours, whatever else is wrong with it.
    pub fn claims(text: &str) -> bool {
        text::after_ignoring_case(text, LINK_SCHEME).is_some_and(|rest| rest.starts_with(':'))
    }
}

/// `7` or an id. A number begins with no zero, so that each has one spelling.
fn issue_named(text: &str) -> Option<Named> {
    if let Ok(issue_id) = text.parse() {
        return Some(Named::Link(Link::Issue { issue_id }));
    }
    let is_number = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    let number = is_number.then(|| text.parse().ok()).flatten()?;
    Some(Named::IssueNumber(number))
}
