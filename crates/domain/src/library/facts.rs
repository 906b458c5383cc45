//! The facts the library is narrowed by.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the library is narrowed by: of a case itself, of its first contact, and of its first recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CaseFact {
    /// 业务线
    BusinessLine,
    /// 客户层级
    CustomerTier,
    /// Phone or chat.
    Kind,
    /// 坐席
    Agent,
    /// 热线
    Line,
    /// 技能组
    Queue,
    /// 小结
    Disposition,
    /// 满意度
    Csat,
    /// Who called whom.
    Direction,
    /// Who dealt with it.
    HandledBy,
    /// When it began, in milliseconds since 1970.
    BeganAt,
    /// Length of the recording, in milliseconds.
    Duration,
    /// How long the customer waited, in milliseconds.
    Wait,
    /// How long they spoke, in milliseconds.
    Talk,
    /// How long the customer was kept on hold, in milliseconds.
    Hold,
    /// How often it was transferred.
    Transfers,
    /// How much of what was recorded nobody speaks, in thousandths, by ear.
    Silence,
    /// How long somebody certainly was on hold, in milliseconds, by ear.
    OnHold,
    /// How often both speak at once, by ear. This and all that follow are known where there is a lane for each side.
    Overtalk,
    /// How much of all that both say the agent says, in thousandths.
    AgentShare,
    /// The agent's longest monologue, in milliseconds.
    AgentMonologue,
    /// The customer's longest monologue, in milliseconds.
    CustomerMonologue,
    /// How long the agent lets the customer wait for a word, the median, in milliseconds.
    AgentResponse,
    /// How long the customer lets the agent wait for a word, the median, in milliseconds.
    CustomerResponse,
}

impl CaseFact {
    /// All of them.
    pub const ALL: [Self; 24] = [
        Self::BusinessLine,
        Self::CustomerTier,
        Self::Kind,
        Self::Agent,
        Self::Line,
        Self::Queue,
        Self::Disposition,
        Self::Csat,
        Self::Direction,
        Self::HandledBy,
        Self::BeganAt,
        Self::Duration,
        Self::Wait,
        Self::Talk,
        Self::Hold,
        Self::Transfers,
        Self::Silence,
        Self::OnHold,
        Self::Overtalk,
        Self::AgentShare,
        Self::AgentMonologue,
        Self::CustomerMonologue,
        Self::AgentResponse,
        Self::CustomerResponse,
    ];

    /// Whether it is a number, and no word.
    pub const fn is_measured(self) -> bool {
        self.unit().is_some()
    }

    /// What its number counts; `None` of a word.
    pub const fn unit(self) -> Option<FactUnit> {
        Some(match self {
            Self::BusinessLine
            | Self::CustomerTier
            | Self::Kind
            | Self::Agent
            | Self::Line
            | Self::Queue
            | Self::Disposition
            | Self::Csat
            | Self::Direction
            | Self::HandledBy => return None,
            Self::BeganAt => FactUnit::Moment,
            Self::Duration
            | Self::Wait
            | Self::Talk
            | Self::Hold
            | Self::OnHold
            | Self::AgentMonologue
            | Self::CustomerMonologue
            | Self::AgentResponse
            | Self::CustomerResponse => FactUnit::Length,
            Self::Transfers | Self::Overtalk => FactUnit::Count,
            Self::Silence | Self::AgentShare => FactUnit::Share,
        })
    }
}

/// What the number of a fact counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactUnit {
    /// Milliseconds since 1970.
    Moment,
    /// Milliseconds.
    Length,
    /// Times.
    Count,
    /// Thousandths.
    Share,
}
