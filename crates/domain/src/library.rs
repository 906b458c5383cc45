//! The library of calls: what it is narrowed and ordered by, and how somebody has it shown.

mod facts;

pub use facts::*;

use crate::{SessionId, line};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// Filters that count at once, at most.
pub const CASE_FILTERS: usize = 30;
/// Values of one filter, at most.
pub const FILTER_VALUES: usize = 100;
/// Longest value of a filter, in characters.
pub const FILTER_CHARS: usize = 500;
/// Views somebody keeps, at most.
pub const CASE_VIEWS: usize = 20;
/// Longest name of a view, in characters.
pub const VIEW_NAME_CHARS: usize = 60;

/// What became of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// Something was marked in it.
    Marked,
    /// An issue rests on it.
    Filed,
    /// Somebody listened to it.
    Heard,
    /// It has text.
    HasText,
    /// There is sound to play.
    HasSound,
}

/// One thing the library is narrowed by. Several count together: a case holds to each of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum CaseFilter {
    /// A word that is one of these.
    OneOf {
        /// Which fact.
        fact: CaseFact,
        /// The words; the empty one stands for what is not known.
        values: Vec<String>,
    },
    /// A number from here to there, both included. What is not known lies nowhere.
    Between {
        /// Which fact.
        fact: CaseFact,
        /// The least; nothing for no such bound.
        #[ts(type = "number | null")]
        from: Option<i64>,
        /// The most; nothing for no such bound.
        #[ts(type = "number | null")]
        to: Option<i64>,
    },
    /// What became of it.
    Is {
        /// What.
        state: CaseState,
        /// Whether it did, or did not.
        yes: bool,
    },
    /// It is on the list of a listening session.
    InSession {
        /// Which.
        session_id: SessionId,
    },
}

impl CaseFilter {
    /// The fact it is about, if it is about one.
    pub const fn fact(&self) -> Option<CaseFact> {
        match self {
            Self::OneOf { fact, .. } | Self::Between { fact, .. } => Some(*fact),
            Self::Is { .. } | Self::InSession { .. } => None,
        }
    }

    /// Whether these can be asked together: words of a word, bounds of what has some, within the bounds of this file.
    pub fn are_fit(filters: &[Self]) -> bool {
        filters.len() <= CASE_FILTERS && filters.iter().all(Self::is_fit)
    }

    fn is_fit(&self) -> bool {
        match self {
            Self::OneOf { fact, values } => {
                let is_short = |value: &String| value.chars().count() <= FILTER_CHARS;
                !fact.is_measured() && values.len() <= FILTER_VALUES && values.iter().all(is_short)
            }
            Self::Between { fact, .. } => fact.is_measured(),
            Self::Is { .. } | Self::InSession { .. } => true,
        }
    }
}

/// Order of the library. What is not known stands last, whichever way round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CaseSort {
    /// Newest import first.
    #[default]
    Imported,
    /// Newest call first.
    StartedAt,
    /// By title.
    Title,
    /// Longest first.
    Duration,
    /// Most marks first.
    Marks,
    /// By business line.
    BusinessLine,
    /// By the customer's tier.
    CustomerTier,
    /// By agent.
    Agent,
    /// By queue.
    Queue,
    /// By wrap-up code.
    Disposition,
    /// By the customer's word on it.
    Csat,
    /// Longest wait first.
    Wait,
    /// Longest talk first.
    Talk,
    /// Longest hold first.
    Hold,
    /// Most transfers first.
    Transfers,
    /// Most silence first.
    Silence,
    /// Longest hold by ear first.
    OnHold,
    /// Most overtalk first.
    Overtalk,
    /// The greatest share of the agent first.
    AgentShare,
    /// The longest monologue of an agent first.
    AgentMonologue,
    /// The longest monologue of a customer first.
    CustomerMonologue,
    /// The agent who lets wait the longest first.
    AgentResponse,
    /// The customer who lets wait the longest first.
    CustomerResponse,
}

/// A column of the library beside the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CaseColumn {
    /// 业务线
    BusinessLine,
    /// 客户层级
    CustomerTier,
    /// Phone or chat.
    Kind,
    /// 坐席
    Agent,
    /// The customer, as shown.
    Customer,
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
    /// When it began.
    BeganAt,
    /// Length.
    Duration,
    /// How long the customer waited.
    Wait,
    /// How long they spoke.
    Talk,
    /// How long the customer was kept on hold.
    Hold,
    /// How often it was transferred.
    Transfers,
    /// Who speaks how much, as a small picture, with how much of it is silence.
    Silence,
    /// How long somebody was on hold, by ear.
    OnHold,
    /// How often both speak at once.
    Overtalk,
    /// How much of all that is said the agent says.
    AgentShare,
    /// The agent's longest monologue.
    AgentMonologue,
    /// The customer's longest monologue.
    CustomerMonologue,
    /// How long the agent lets the customer wait for a word.
    AgentResponse,
    /// How long the customer lets the agent wait for a word.
    CustomerResponse,
    /// Marks on it.
    Marks,
    /// Issues that rest on it.
    Issues,
    /// Where its text stands.
    Text,
    /// People who listened.
    Heard,
}

/// A way to see the library, under a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LibraryView {
    /// As it is listed; no two of somebody's have the same.
    pub name: String,
    /// Words in title and facts; empty for all.
    pub text: String,
    /// What it is narrowed by.
    pub filters: Vec<CaseFilter>,
    /// Order.
    pub sort: CaseSort,
    /// Turned around.
    pub reversed: bool,
    /// Columns beside the title, from the left.
    pub columns: Vec<CaseColumn>,
}

/// How somebody has the library shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct LibrarySettings {
    /// Columns beside the title, from the left, each once.
    pub columns: Vec<CaseColumn>,
    /// Views they keep, at most [`CASE_VIEWS`].
    pub views: Vec<LibraryView>,
}

impl Default for LibrarySettings {
    fn default() -> Self {
        Self {
            columns: vec![
                CaseColumn::BusinessLine,
                CaseColumn::Agent,
                CaseColumn::Customer,
                CaseColumn::BeganAt,
                CaseColumn::Duration,
                CaseColumn::Marks,
                CaseColumn::Issues,
                CaseColumn::Text,
                CaseColumn::Heard,
            ],
            views: Vec::new(),
        }
    }
}

impl LibrarySettings {
    /// Whether it can be kept: no column twice, not too many views, each with a name of its own and what can be asked.
    pub fn is_fit(&self) -> bool {
        let names: BTreeSet<&str> = self.views.iter().map(|view| view.name.as_str()).collect();
        are_once(&self.columns)
            && self.views.len() <= CASE_VIEWS
            && names.len() == self.views.len()
            && self.views.iter().all(LibraryView::is_fit)
    }
}

impl LibraryView {
    fn is_fit(&self) -> bool {
        let name = line(&self.name).filter(|name| *name == self.name && !name.is_empty());
        name.is_some_and(|name| name.chars().count() <= VIEW_NAME_CHARS)
            && self.text.chars().count() <= FILTER_CHARS
            && CaseFilter::are_fit(&self.filters)
            && are_once(&self.columns)
    }
}

fn are_once(columns: &[CaseColumn]) -> bool {
    let once: BTreeSet<&CaseColumn> = columns.iter().collect();
    once.len() == columns.len()
}

#[cfg(test)]
mod tests;
