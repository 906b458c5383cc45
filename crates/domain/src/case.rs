//! A customer matter that can be listened to.

use crate::{CaseId, Meta, UnixMs};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Facts about a case. Text fields may be empty; nothing is guessed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Case {
    /// Identity.
    pub id: CaseId,
    /// Title as shown; taken from the file name at import.
    pub title: String,
    /// 业务线
    pub business_line: String,
    /// 技能组 / queue.
    pub queue: String,
    /// 坐席 name or number.
    pub agent: String,
    /// Customer as shown (may be masked by the source).
    pub customer: String,
    /// 客户层级
    pub customer_tier: String,
    /// When the call began, if known.
    #[ts(type = "number | null")]
    pub started_at: Option<UnixMs>,
    /// 小结 / wrap-up code.
    pub disposition: String,
    /// Id in the system the call came from.
    pub external_id: String,
    /// Language to transcribe in: `auto`, `zh`, `en`.
    pub language: String,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}
