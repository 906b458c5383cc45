//! A customer matter that can be listened to.

use crate::{CaseId, Meta};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Facts about a case. Who spoke, when and where is told by its contacts. Text fields may be empty; nothing is guessed.
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
    /// 客户层级
    #[field(line, edit)]
    pub customer_tier: String,
    /// 工单号: its number in the system that keeps track of it.
    #[field(line, edit, search, personal)]
    pub external_id: String,
    /// 订单号: of the order it is about.
    #[field(line, edit, search, personal)]
    pub order_number: String,
    /// Language to transcribe in: `auto`, `zh`, `en`.
    #[field(one_of("auto", "zh", "en"), edit)]
    pub language: String,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

impl Case {
    /// A matter of which its title is all that is known.
    pub fn titled(id: CaseId, title: impl Into<String>, meta: Meta) -> Self {
        Self {
            id,
            title: title.into(),
            business_line: String::new(),
            customer_tier: String::new(),
            external_id: String::new(),
            order_number: String::new(),
            language: "zh".into(),
            meta,
        }
    }
}
