//! A customer matter that can be listened to.

use crate::{CaseId, Meta};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Facts about a case. Who spoke and when is told by its contacts. Text fields may be empty; nothing is guessed.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Case {
    /// Identity.
    pub id: CaseId,
    /// Title as shown; taken from the file name at import.
    #[field(line, required, edit, search, personal)]
    pub title: String,
    /// 业务线
    #[field(line, edit, search)]
    pub business_line: String,
    /// 技能组 / queue.
    #[field(line, edit, search)]
    pub queue: String,
    /// 客户层级
    #[field(line, edit)]
    pub customer_tier: String,
    /// 小结 / wrap-up code.
    #[field(line, edit, search)]
    pub disposition: String,
    /// Id in the system the call came from.
    #[field(line, edit, search, personal)]
    pub external_id: String,
    /// Language to transcribe in: `auto`, `zh`, `en`.
    #[field(one_of("auto", "zh", "en"), edit)]
    pub language: String,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}
