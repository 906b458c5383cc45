//! Search.

use crate::shape::{choices, shapes};
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

choices! {
    /// What a search looks through.
    enum SearchScope {
        /// Transcripts.
        Segment,
        /// Observations.
        Observation,
        /// Issues.
        Issue,
        /// Cases.
        Case,
        /// What is kept by what it declares alone: promises and the like.
        Record,
        /// Listening sessions.
        Session,
        /// Codes of the codebook.
        Tag,
        /// People.
        Person,
    }
}

/// Hits a search gives per scope, at most.
pub const MOST_HITS: u32 = 100;

shapes! {
    /// What to look for.
    struct SearchQuery {
        /// What was typed.
        text: String,
        /// Where; empty for everywhere.
        scopes: Vec<SearchScope>,
        /// Hits per scope at most (the store caps it at 100).
        limit: u32,
    }
    /// Something that was found.
    struct SearchHit {
        /// Heading: its title or name, or that of the case, issue or session it belongs to.
        title: String,
        /// Words around the place, at most 80 characters; may be empty.
        excerpt: String,
        /// What it is, and where it leads.
        target: SearchTarget,
    }
    /// What was found.
    struct SearchResults {
        /// Hits, grouped by scope in the order issue, observation, record, session, case, tag, person, segment; newest
        /// first.
        hits: Vec<SearchHit>,
        /// Scopes in which there is more than was returned.
        more: Vec<SearchScope>,
        /// Pieces of what was typed that no search can look for, such as a lone comma.
        left_out: Vec<String>,
        /// The index is being renewed, and so much of it is: older records may be missing. Percent.
        renewing: Option<u8>,
    }
    /// How far the search index is brought to the present rules.
    #[derive(Copy)]
    struct IndexState {
        /// Rows that are.
        #[ts(type = "number")] done: u64,
        /// Rows in all.
        #[ts(type = "number")] total: u64,
    }
}

/// What was found, and where it leads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SearchTarget {
    /// A line of a transcript.
    Segment {
        /// Where it is heard.
        at: MomentLink,
        /// Who speaks.
        role: ChannelRole,
        /// Its words are in doubt: heard with little confidence, corrected by nobody.
        doubtful: bool,
    },
    /// An observation.
    Observation {
        /// Which one.
        observation_id: ObservationId,
        /// Where it stands.
        at: MomentLink,
    },
    /// What was noted at the seat.
    SeatNote {
        /// Where it stands.
        at: MomentLink,
    },
    /// An issue.
    Issue {
        /// Which one.
        issue_id: IssueId,
        /// Its number.
        number: u32,
    },
    /// A case.
    Case {
        /// Which one.
        case_id: CaseId,
    },
    /// A listening session.
    Session {
        /// Which one.
        session_id: SessionId,
    },
    /// Somebody.
    Person {
        /// Who.
        person_id: PersonId,
    },
    /// A code of the codebook.
    Tag {
        /// Which one.
        tag_id: TagId,
        /// It is offered no more.
        retired: bool,
    },
    /// A promise or the like.
    Record {
        /// What kind of record.
        record: EntityKind,
        /// What it belongs to, and is shown with.
        of: SearchOwner,
    },
}

/// What a record belongs to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SearchOwner {
    /// An issue.
    Issue {
        /// Which one.
        issue_id: IssueId,
        /// Its number.
        number: u32,
    },
    /// A listening session.
    Session {
        /// Which one.
        session_id: SessionId,
    },
    /// A case.
    Case {
        /// Which one.
        case_id: CaseId,
    },
}

impl SearchTarget {
    /// Among what it was looked for.
    pub fn scope(&self) -> SearchScope {
        match self {
            Self::Segment { .. } => SearchScope::Segment,
            Self::Observation { .. } | Self::SeatNote { .. } => SearchScope::Observation,
            Self::Issue { .. } => SearchScope::Issue,
            Self::Case { .. } => SearchScope::Case,
            Self::Session { .. } => SearchScope::Session,
            Self::Person { .. } => SearchScope::Person,
            Self::Tag { .. } => SearchScope::Tag,
            Self::Record { .. } => SearchScope::Record,
        }
    }

    /// The place in a call that it stands at, if it stands at one.
    pub fn at(&self) -> Option<MomentLink> {
        match self {
            Self::Segment { at, .. } | Self::Observation { at, .. } | Self::SeatNote { at } => {
                Some(*at)
            }
            _ => None,
        }
    }

    /// The link that leads there; none to people and codes, which have no page of their own.
    pub fn link(&self) -> Option<Link> {
        match self {
            Self::Segment { at, .. } | Self::Observation { at, .. } | Self::SeatNote { at } => {
                Some(Link::Moment(*at))
            }
            Self::Record { of, .. } => Some(of.link()),
            Self::Issue { issue_id, .. } => Some(Link::Issue {
                issue_id: *issue_id,
            }),
            Self::Session { session_id } => Some(Link::Session {
                session_id: *session_id,
            }),
            Self::Case { case_id } => Some(Link::Moment(MomentLink::to(*case_id))),
            Self::Person { .. } | Self::Tag { .. } => None,
        }
    }
}

impl SearchOwner {
    fn link(&self) -> Link {
        match *self {
            Self::Issue { issue_id, .. } => Link::Issue { issue_id },
            Self::Session { session_id } => Link::Session { session_id },
            Self::Case { case_id } => Link::Moment(MomentLink::to(case_id)),
        }
    }
}

impl IndexState {
    /// Whether every row stands by the present rules.
    pub fn is_done(&self) -> bool {
        self.done >= self.total
    }

    /// How much does, 0–99, while something does not.
    pub fn percent(&self) -> Option<u8> {
        let share = self.done.saturating_mul(100) / self.total.max(1);
        (!self.is_done()).then(|| u8::try_from(share).unwrap_or(99))
    }
}

impl SearchQuery {
    /// These words, wherever they stand, as many hits as are given at once.
    pub fn of(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            scopes: Vec::new(),
            limit: MOST_HITS,
        }
    }
}
