//! The case library.

use crate::shape::{MOST_ROWS, choices, shapes};
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

choices! {
    /// Where a recording's text stands.
    enum TranscriptState {
        /// No text and nothing under way.
        None,
        /// Waiting.
        Queued,
        /// Being decoded.
        Running,
        /// There.
        Done,
        /// Failed; retry.
        Failed,
    }
}

shapes! {
    /// Which values of a fact stand among the cases of a query.
    struct CaseValues {
        /// The query; what it says of this very fact is left aside.
        query: CaseQuery,
        /// A fact that is a word.
        fact: CaseFact,
        /// Only values in which this stands; empty for all.
        part: String,
    }
    /// A value of a fact, and how many cases have it.
    struct CaseValue {
        /// The value; empty: not known.
        value: String,
        /// Cases.
        count: u32,
    }
    /// Something to be set on many cases at once: what is named, and nothing else.
    struct CasesEdit {
        /// Which.
        which: CasesMeant,
        /// 业务线
        #[serde(default)]
        #[ts(optional)]
        business_line: Option<String>,
        /// 客户层级
        #[serde(default)]
        #[ts(optional)]
        customer_tier: Option<String>,
        /// 坐席 of their first contacts.
        #[serde(default)]
        #[ts(optional)]
        agent: Option<String>,
        /// 技能组 of their first contacts.
        #[serde(default)]
        #[ts(optional)]
        queue: Option<String>,
        /// 小结 of their first contacts.
        #[serde(default)]
        #[ts(optional)]
        disposition: Option<String>,
    }
    /// One row of the case library.
    struct CaseRow {
        /// The case.
        case: Case,
        /// The first of its contacts as it is shown, without what sources said of it besides (`facts`, `told`).
        contact: Option<Contact>,
        /// Its recording, if any.
        recording_id: Option<RecordingId>,
        /// Length.
        #[ts(type = "number")] duration_ms: u64,
        /// Roles by channel.
        roles: Vec<ChannelRole>,
        /// Marks on it.
        observation_count: u32,
        /// Issues that rest on it.
        issue_count: u32,
        /// People who listened.
        listener_count: u32,
        /// Text.
        transcript: TranscriptState,
        /// The live call it comes from, if any.
        live: Option<LiveCall>,
        /// There is sound to play.
        has_audio: bool,
        /// The short of what its sound tells, once that was measured.
        sound: Option<SoundSummary>,
    }
    /// Where a person left off in a case.
    struct ListenState {
        /// Position.
        #[ts(type = "number")] position_ms: u64,
        /// Speed.
        speed: f32,
    }
    /// Somebody needs the customer of a contact whole.
    struct Unmask {
        /// The contact.
        contact_id: ContactId,
        /// What for.
        reason: String,
    }
    /// That somebody saw a customer whole.
    struct UnmaskingView {
        /// When, what for, and which contact.
        unmasking: Unmasking,
        /// Who.
        author: String,
    }
    /// New roles for the channels of a recording.
    struct RolesRequest {
        /// The recording.
        recording_id: RecordingId,
        /// Role of each channel.
        roles: Vec<ChannelRole>,
    }
}

/// Cases something is done with, all at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum CasesMeant {
    /// These.
    Ids {
        /// Their ids.
        ids: Vec<CaseId>,
    },
    /// All that a query finds.
    Query {
        /// The query; its order and its window do not matter.
        query: CaseQuery,
        /// How many it found when somebody decided. Where it finds another number by now, nothing is done.
        count: u32,
    },
}

/// Values of a fact that are given at once, at most.
pub const MOST_VALUES: u32 = 50;

/// Cases something is done with at once, at most.
pub const MOST_CASES_AT_ONCE: u32 = 10_000;

/// What to show of the case library. What is not said of it is that of every case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct CaseQuery {
    /// Words in title and facts; empty for all.
    pub text: String,
    /// What it is narrowed by.
    pub filters: Vec<CaseFilter>,
    /// Order.
    pub sort: CaseSort,
    /// Turned around.
    pub reversed: bool,
    /// First row.
    pub offset: u32,
    /// Rows at most (the store caps it at 500).
    pub limit: u32,
}

/// Every case, newest first, as many as are given at once.
impl Default for CaseQuery {
    fn default() -> Self {
        Self {
            text: String::new(),
            filters: Vec::new(),
            sort: CaseSort::default(),
            reversed: false,
            offset: 0,
            limit: MOST_ROWS,
        }
    }
}
