//! What comes with a call from elsewhere: facts a table, a side-car or a file name tells of one contact.
//!
//! Known facts have a [`FactKey`] and a value that was understood; everything that came, understood or not, is
//! kept whole beside them.

use crate::UnixMs;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

mod join;
mod key;
mod length;
mod mask;
mod merge;
mod name;

pub use join::{CallKeys, FactsAbout, JoinedBy, KnownCalls};
pub use key::{FactKey, FactKind};
pub use length::{LengthsApart, lengths_apart, tells_length};
pub use mask::{masked_text, shown_text};
pub use merge::{Contradiction, WhichCounts, merged_facts};
pub use name::{compared_name, unescaped};

/// Most characters of a raw text that are shown with a fault.
const MOST_SHOWN: usize = 80;

/// Who called whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// 呼入: the customer called.
    Inbound,
    /// 呼出: the customer was called.
    Outbound,
    /// 内部: no customer on the line.
    Internal,
}

/// Who dealt with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HandledBy {
    /// 机器人
    Bot,
    /// 人工
    Human,
    /// 转人工: a bot first, then a person.
    HandedOver,
}

/// A fact that was understood. Of a key only values of its [`FactKey::kind`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum FactValue {
    /// A moment.
    At(UnixMs),
    /// A length in milliseconds.
    Ms(u64),
    /// How often.
    Count(u32),
    /// Who called whom.
    Direction(Direction),
    /// Who dealt with it.
    HandledBy(HandledBy),
    /// Words, without blanks around them, never empty.
    Text(String),
}

impl FactValue {
    /// Whether a key may have it.
    pub const fn fits(&self, key: FactKey) -> bool {
        matches!(
            (key.kind(), self),
            (FactKind::Time, Self::At(_))
                | (FactKind::Duration, Self::Ms(_))
                | (FactKind::Count, Self::Count(_))
                | (FactKind::Direction, Self::Direction(_))
                | (FactKind::HandledBy, Self::HandledBy(_))
                | (FactKind::Text, Self::Text(_))
        )
    }
}

/// Where in a source something stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FactPlace {
    /// A row of a table.
    Line {
        /// Line of the file it begins on, from 1.
        line: u64,
    },
    /// A record of a side-car.
    Path {
        /// As in `Response.TelCdrList[0]`; empty where the whole file is the record.
        path: String,
    },
    /// The name of the file itself.
    Name,
}

/// Where facts came from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct FactOrigin {
    /// Which of the sources of the import, from 0.
    pub source: u32,
    /// Where in it.
    pub place: FactPlace,
}

/// Why a text was not, or not simply, taken as a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FactFaultCode {
    /// No time was read out of it.
    TimeUnreadable,
    /// A time of day without a date, and no date from elsewhere.
    DateMissing,
    /// No length of time was read out of it.
    DurationUnreadable,
    /// No number was read out of it.
    NumberUnreadable,
    /// A word the profile has no meaning for.
    WordUnknown,
    /// Longer than a fact may be.
    TooLong,
    /// Which of the two numbers is the customer's cannot be told: the direction is not known.
    SidesUnknown,
    /// It ends before it begins.
    EndsBeforeBegin,
    /// Another record of the same call says otherwise.
    Contradicted,
    /// Taken: the clocks went back, and it stands for two moments; the earlier one was taken.
    TimeTwice,
    /// Taken: the clocks went forward over it; it was moved by as much.
    TimeSkipped,
    /// Taken: `10:15` was read as minutes and seconds.
    MinutesAssumed,
    /// Taken: the day and the month could be the other way round.
    DayOrMonth,
    /// Taken: the end lies on the day after, because the time of day alone was told.
    NextDay,
    /// Taken: another column of the same name says otherwise.
    DoubledOtherwise,
}

impl FactFaultCode {
    /// Whether a value was taken all the same, and this is only told.
    pub const fn is_taken(self) -> bool {
        matches!(
            self,
            Self::TimeTwice
                | Self::TimeSkipped
                | Self::MinutesAssumed
                | Self::DayOrMonth
                | Self::NextDay
                | Self::DoubledOtherwise
        )
    }
}

/// A text of the source that is told about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct FactFault {
    /// What it was to be.
    pub key: FactKey,
    /// As it came, at most 80 characters of it.
    pub raw: String,
    /// Why.
    pub code: FactFaultCode,
}

impl FactFault {
    /// A fault with as much of the text as is shown.
    pub fn new(key: FactKey, raw: &str, code: FactFaultCode) -> Self {
        let mut shown: String = raw.chars().take(MOST_SHOWN).collect();
        if shown.len() < raw.len() {
            shown.pop();
            shown.push('…');
        }
        Self {
            key,
            raw: shown,
            code,
        }
    }
}

/// All that one row, record or name tells of one contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContactFacts {
    /// What was understood. Empty texts are not in it.
    pub known: BTreeMap<FactKey, FactValue>,
    /// Everything that came, as it came: also what is among the known, what nobody has a name for, and what
    /// came twice (`name`, `name (2)`). Whole numbers a page could not hold exactly are texts.
    pub rest: serde_json::Map<String, serde_json::Value>,
    /// Where it stood.
    pub origin: FactOrigin,
    /// When the source last changed it, where it says so: of two deliveries of one call the newer one counts.
    pub as_of: Option<UnixMs>,
    /// What was not, or not simply, understood.
    pub faults: Vec<FactFault>,
}

impl ContactFacts {
    /// Facts of which nothing is known yet.
    pub fn of(origin: FactOrigin) -> Self {
        Self {
            known: BTreeMap::new(),
            rest: serde_json::Map::new(),
            origin,
            as_of: None,
            faults: Vec::new(),
        }
    }

    /// The words of a key, where it has any.
    pub fn text(&self, key: FactKey) -> Option<&str> {
        match self.known.get(&key)? {
            FactValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The moment of a key, where it has one.
    pub fn at(&self, key: FactKey) -> Option<UnixMs> {
        match self.known.get(&key)? {
            FactValue::At(at) => Some(*at),
            _ => None,
        }
    }

    /// The length of a key in milliseconds, where it has one.
    pub fn ms(&self, key: FactKey) -> Option<u64> {
        match self.known.get(&key)? {
            FactValue::Ms(ms) => Some(*ms),
            _ => None,
        }
    }

    /// Who called whom, where that is known.
    pub fn direction(&self) -> Option<Direction> {
        match self.known.get(&FactKey::Direction)? {
            FactValue::Direction(direction) => Some(*direction),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_values_of_its_kind_alone() {
        assert!(FactValue::At(5).fits(FactKey::BeganAt));
        assert!(!FactValue::Ms(5).fits(FactKey::BeganAt));
        assert!(!FactValue::Text("呼入".into()).fits(FactKey::Direction));
    }

    #[test]
    fn a_fault_shows_the_beginning_of_a_long_text() {
        let long = "长".repeat(500);
        let fault = FactFault::new(FactKey::Title, &long, FactFaultCode::TooLong);
        assert_eq!(fault.raw.chars().count(), MOST_SHOWN);
        assert!(fault.raw.ends_with('…'));
        let short = FactFault::new(FactKey::BeganAt, "昨天", FactFaultCode::TimeUnreadable);
        assert_eq!(short.raw, "昨天");
    }

    #[test]
    fn facts_are_told_and_read_again() {
        let mut facts = ContactFacts::of(FactOrigin {
            source: 2,
            place: FactPlace::Line { line: 7 },
        });
        facts.known.insert(
            FactKey::Direction,
            FactValue::Direction(Direction::Outbound),
        );
        facts.known.insert(FactKey::TalkMs, FactValue::Ms(214_000));
        facts.rest.insert("呼叫方向".into(), "呼出".into());
        let told = serde_json::to_value(&facts).unwrap();
        assert_eq!(told["known"]["direction"]["value"], "outbound");
        let again: ContactFacts = serde_json::from_value(told).unwrap();
        assert_eq!(again, facts);
        assert_eq!(again.direction(), Some(Direction::Outbound));
        assert_eq!(again.ms(FactKey::TalkMs), Some(214_000));
    }
}
