//! The keys facts stand under.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The list of keys: its name in the code, its name in files, and what kind of value it has.
macro_rules! fact_keys {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $kind:ident;)+) => {
        /// What an import can know of a contact and its case.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum FactKey {
            $($(#[$doc])* $name,)+
        }

        impl FactKey {
            /// All of them, matching keys first.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Name in profiles, in the database and in JSON.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }

            /// What kind of value it has.
            pub const fn kind(self) -> FactKind {
                match self {
                    $(Self::$name => FactKind::$kind,)+
                }
            }
        }
    };
}

fact_keys! {
    /// Name or address of the recording; compared by [`compared_name`](crate::compared_name).
    FileName = "file_name", Text;
    /// Id of the call in the system it came from.
    CallId = "call_id", Text;
    /// When it began: it rang, or was dialled.
    BeganAt = "began_at", Time;
    /// When somebody took it.
    AnsweredAt = "answered_at", Time;
    /// When it ended.
    EndedAt = "ended_at", Time;
    /// Its whole length, in milliseconds, as the source counts it.
    DurationMs = "duration_ms", Duration;
    /// How long they talked, in milliseconds.
    TalkMs = "talk_ms", Duration;
    /// How long the customer was on hold, in milliseconds.
    HoldMs = "hold_ms", Duration;
    /// How long the customer waited for somebody, in milliseconds.
    WaitMs = "wait_ms", Duration;
    /// How often it was transferred.
    Transfers = "transfers", Count;
    /// Who called whom.
    Direction = "direction", Direction;
    /// 中继号码: the number of ours that was dialled, or dialled from.
    Line = "line", Text;
    /// 坐席 name or number.
    Agent = "agent", Text;
    /// Customer as the source names them.
    Customer = "customer", Text;
    /// The customer's telephone number.
    Number = "number", Text;
    /// 技能组 / queue.
    Queue = "queue", Text;
    /// 小结 / wrap-up code.
    Disposition = "disposition", Text;
    /// 满意度, in the words or on the scale of the source.
    Csat = "csat", Text;
    /// Whether a bot or a person dealt with it.
    HandledBy = "handled_by", HandledBy;
    /// Id of the call this one came from.
    PreviousCallId = "previous_call_id", Text;
    /// 工单号: the work order or ticket.
    CaseNumber = "case_number", Text;
    /// 订单号
    OrderNumber = "order_number", Text;
    /// 业务线
    BusinessLine = "business_line", Text;
    /// 客户层级
    CustomerTier = "customer_tier", Text;
    /// What it is about, in one line.
    Title = "title", Text;
}

impl FactKey {
    /// The key of a name; `None` for a name there is none of.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|key| key.as_str() == name)
    }

    /// Whether its value tells of a person by itself, whatever a profile says: shown masked.
    pub const fn is_personal(self) -> bool {
        matches!(self, Self::Agent | Self::Customer | Self::Number)
    }
}

/// What kind of value a key has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// A moment, [`FactValue::At`](crate::FactValue::At).
    Time,
    /// A length, [`FactValue::Ms`](crate::FactValue::Ms).
    Duration,
    /// How often, [`FactValue::Count`](crate::FactValue::Count).
    Count,
    /// [`FactValue::Direction`](crate::FactValue::Direction)
    Direction,
    /// [`FactValue::HandledBy`](crate::FactValue::HandledBy)
    HandledBy,
    /// Words, [`FactValue::Text`](crate::FactValue::Text).
    Text,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_written_as_it_is_named() {
        for key in FactKey::ALL {
            let written = serde_json::to_value(key).unwrap();
            assert_eq!(written, key.as_str());
            assert_eq!(FactKey::named(key.as_str()), Some(*key));
        }
        assert_eq!(FactKey::named("began"), None);
    }
}
