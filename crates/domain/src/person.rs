//! Who sits at a seat.

use crate::{Meta, PersonId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a person is in the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PersonRole {
    /// 参与者: executive or manager who listens.
    Participant,
    /// 师兄: the front-line agent beside them.
    Mentor,
    /// 主持: organises sessions.
    Facilitator,
    /// 整理: writes reports and exports.
    Analyst,
}

/// A person whose actions are recorded under their name.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Person {
    /// Identity.
    pub id: PersonId,
    /// Name as shown.
    #[field(line, required, edit, personal)]
    pub name: String,
    /// Role in the programme.
    #[field(edit)]
    pub role: PersonRole,
    /// Department, may be empty.
    #[field(line, edit)]
    pub org_unit: String,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}
