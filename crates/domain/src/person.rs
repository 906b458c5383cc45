//! Who sits at a seat.

use crate::{Meta, PersonId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// What a person is in the programme, and with it what they may do once roles count: see
/// [`Actor`](crate::Actor).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 参与者: executive or manager who listens.
    Participant,
    /// 师兄: the front-line agent beside them.
    Mentor,
    /// 坐席: a front-line agent who nominates calls and answers for their own.
    Agent,
    /// 主持: organises sessions.
    Facilitator,
    /// 编审: keeps the codebook, the texts and the issue list in order.
    Curator,
    /// 问题负责人: answers for issues.
    IssueOwner,
    /// 导出: takes findings out.
    Exporter,
    /// 访客: somebody from outside.
    Guest,
    /// 管理: gives roles; may do everything.
    Administrator,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Participant,
        Self::Mentor,
        Self::Agent,
        Self::Facilitator,
        Self::Curator,
        Self::IssueOwner,
        Self::Exporter,
        Self::Guest,
        Self::Administrator,
    ];

    /// Those that whoever may add a person gives; the others let in or out, and are given by who
    /// administers.
    pub const GIVEN_FREELY: [Self; 3] = [Self::Participant, Self::Mentor, Self::Guest];

    /// Name in the database and in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Participant => "participant",
            Self::Mentor => "mentor",
            Self::Agent => "agent",
            Self::Facilitator => "facilitator",
            Self::Curator => "curator",
            Self::IssueOwner => "issue_owner",
            Self::Exporter => "exporter",
            Self::Guest => "guest",
            Self::Administrator => "administrator",
        }
    }
}

/// Roles somebody has, each once.
pub type Roles = BTreeSet<Role>;

/// A person whose actions are recorded under their name.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Person {
    /// Identity.
    #[field(owner)]
    pub id: PersonId,
    /// Name as shown.
    #[field(line, required, edit, personal, stub, search)]
    pub name: String,
    /// What they are in the programme.
    #[field(words, edit)]
    pub roles: Roles,
    /// Department, may be empty.
    #[field(line, edit, search)]
    pub org_unit: String,
    /// Set once they turned out to be somebody who was there already: whoever that is.
    #[field(refers(Person), stub)]
    pub merged_into: Option<PersonId>,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}
