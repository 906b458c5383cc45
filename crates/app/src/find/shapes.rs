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
    /// Something that was found, and the moment it leads to.
    struct SearchHit {
        /// What it is.
        scope: SearchScope,
        /// The kind of it, among [`SearchScope::Record`].
        kind: Option<EntityKind>,
        /// Heading: title of the case or issue.
        title: String,
        /// Words around the place, at most 80 characters.
        excerpt: String,
        /// Who speaks, for transcripts.
        role: Option<ChannelRole>,
        /// The words of a transcript are in doubt: heard with little confidence, corrected by nobody.
        doubtful: bool,
        /// The case it leads to.
        case_id: Option<CaseId>,
        /// The moment in it.
        #[ts(type = "number | null")] start_ms: Option<u64>,
        /// The end of the moment.
        #[ts(type = "number | null")] end_ms: Option<u64>,
        /// Turns, where it stands in some.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        turns: Option<Turns>,
        /// The issue it leads to.
        issue_id: Option<IssueId>,
        /// Its number.
        issue_number: Option<u32>,
        /// The observation it leads to.
        observation_id: Option<ObservationId>,
        /// The session it leads to.
        session_id: Option<SessionId>,
    }
    /// What was found.
    struct SearchResults {
        /// Hits, grouped by scope in the order issue, observation, record, case, segment; newest first.
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
