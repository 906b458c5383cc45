//! Words for what has only a few values, as vendors and exchanges write them.

use crate::profile::Target;
use qinting_domain::{Direction, FactKey, FactKind, HandledBy};

const INBOUND: &[&str] = &[
    "inbound",
    "in",
    "incoming",
    "callin",
    "call in",
    "call_in",
    "inbound call",
    "呼入",
    "来电",
    "进线",
    "入呼",
    "呼入电话",
    "电话呼入",
    "呼入通话",
    "入",
];
const OUTBOUND: &[&str] = &[
    "outbound",
    "out",
    "outgoing",
    "callout",
    "call out",
    "call_out",
    "outbound call",
    "呼出",
    "外呼",
    "去电",
    "出呼",
    "呼出电话",
    "电话呼出",
    "呼出通话",
    "拨出",
    "出",
    "双呼",
    "预测式外呼",
    "predictive",
    "back2back",
];
const INTERNAL: &[&str] = &["internal", "内部", "内线", "内部呼叫", "内呼", "内部通话"];

const BOT: &[&str] = &["bot", "robot", "机器人", "智能客服", "智能机器人", "ai"];
const HUMAN: &[&str] = &["human", "agent", "人工", "人工客服", "人工坐席", "坐席"];
const HANDED_OVER: &[&str] = &[
    "handed_over",
    "handed over",
    "handoff",
    "hand-off",
    "转人工",
    "机器人转人工",
    "人机协同",
];

/// The direction a folded word means.
pub(super) fn direction(word: &str) -> Option<Direction> {
    let is = |words: &[&str]| words.contains(&word);
    match () {
        () if is(INBOUND) => Some(Direction::Inbound),
        () if is(OUTBOUND) => Some(Direction::Outbound),
        () if is(INTERNAL) => Some(Direction::Internal),
        () => None,
    }
}

/// Who a folded word says dealt with it.
pub(super) fn handled_by(word: &str) -> Option<HandledBy> {
    let is = |words: &[&str]| words.contains(&word);
    match () {
        () if is(BOT) => Some(HandledBy::Bot),
        () if is(HUMAN) => Some(HandledBy::Human),
        () if is(HANDED_OVER) => Some(HandledBy::HandedOver),
        () => None,
    }
}

/// Whether a profile may give a word this meaning: what has only a few values, those; the others, any.
pub(crate) fn meaning_of(target: Target, meaning: &str) -> bool {
    let Target::Fact(key) = target else {
        return true;
    };
    match key.kind() {
        FactKind::Direction => direction(meaning).is_some(),
        FactKind::HandledBy => handled_by(meaning).is_some(),
        _ => true,
    }
}

/// Whether a key's values can be told from others by what they say, and a text is one of them.
pub(crate) fn is_word_of(key: FactKey, folded: &str) -> bool {
    match key.kind() {
        FactKind::Direction => direction(folded).is_some(),
        FactKind::HandledBy => handled_by(folded).is_some(),
        _ => false,
    }
}
