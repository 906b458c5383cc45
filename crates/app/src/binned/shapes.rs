//! 回收站: calls that were taken away.

use crate::shape::shapes;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

shapes! {
    /// Which window of the bin.
    struct BinQuery {
        /// First row.
        offset: u32,
        /// Rows at most (the store caps it at 500).
        limit: u32,
    }
    /// One call in the bin.
    struct BinRow {
        /// The case as it was when it was taken away.
        case: Case,
        /// The first of its contacts as it is shown, without what sources said of it besides (`facts`, `told`).
        contact: Option<Contact>,
        /// Its recording, if any.
        recording_id: Option<RecordingId>,
        /// Length.
        #[ts(type = "number")] duration_ms: u64,
        /// Marks on it.
        observation_count: u32,
        /// Issues that rest on it: with any, it never goes by itself.
        issue_count: u32,
        /// Who took it away.
        by: String,
        /// Since when it is in the bin.
        #[ts(type = "number")] since: UnixMs,
        /// Whole days of that which the program saw.
        seen_days: u32,
        /// Why it must stay, where somebody said so.
        hold: Option<String>,
    }
    /// A jump of the computer's clock while the program was there: a long sleep, or somebody set it.
    struct ClockJump {
        /// How far, in milliseconds.
        #[ts(type = "number")] ms: u64,
        /// When it was noticed.
        #[ts(type = "number")] at: UnixMs,
    }
    /// A window of the bin.
    struct BinView {
        /// The rows.
        rows: Vec<BinRow>,
        /// How many there are in all.
        total: u32,
        /// Days a call is to stay at least, from the settings.
        days: u32,
        /// A jump of the clock that waits for an answer.
        jump: Option<ClockJump>,
        /// What went for good, the newest first.
        purges: Vec<Purge>,
    }
    /// What is to go for good.
    struct PurgeRequest {
        /// A case, a recording, or a person.
        kind: EntityKind,
        /// Which one.
        #[ts(type = "string")] id: Uuid,
        /// Why: it stands in the certificate.
        reason: String,
    }
    /// A case that must stay.
    struct HoldRequest {
        /// The case; it may lie in the bin.
        case_id: CaseId,
        /// Why.
        reason: String,
    }
}
