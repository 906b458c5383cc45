//! Listening sessions.

use crate::cases::shapes::CaseRow;
use crate::issues::shapes::IssueRow;
use crate::marks::shapes::ObservationView;
use crate::shape::shapes;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

shapes! {
    /// One row of the list of sessions.
    struct SessionRow {
        /// The session.
        session: ListeningSession,
        /// Name of who leads it.
        facilitator: Option<String>,
        /// Names of who listens, in the session's order.
        people: Vec<String>,
        /// Calls on its list that are still in the library.
        case_count: u32,
        /// Length of those calls together.
        #[ts(type = "number")] duration_ms: u64,
        /// Moments marked in it.
        observation_count: u32,
        /// Issues that rest on them.
        issue_count: u32,
    }
    /// A session as its page opens.
    struct SessionView {
        /// The row.
        row: SessionRow,
        /// Who listens, in the session's order.
        people: Vec<Person>,
        /// What is listened to, in the session's order.
        cases: Vec<CaseRow>,
        /// Moments marked in it, by the order of the calls and then by time.
        observations: Vec<ObservationView>,
        /// Issues that rest on them, by number.
        issues: Vec<IssueRow>,
    }
    /// A new session.
    #[derive(Default)]
    struct NewSession {
        /// Title.
        title: String,
        /// What the calls have in common, may be empty.
        theme: String,
        /// What it should answer, may be empty.
        question: String,
        /// Where, may be empty.
        place: String,
        /// When it begins.
        #[ts(type = "number | null")] starts_at: Option<UnixMs>,
        /// Who leads it.
        facilitator_id: Option<PersonId>,
        /// Who listens.
        people: Vec<PersonId>,
        /// What is listened to, in order.
        cases: Vec<CaseId>,
    }
}
