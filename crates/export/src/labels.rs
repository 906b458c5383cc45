//! The words the exports use for what the program keeps as codes.

use qinting_domain::{
    Axis, ChannelRole, EntityKind, EvidenceRelation, IssueStatus, ObservationKind, Stage, Turns,
};
use serde_json::Value;

/// Said of words that were heard with little confidence.
pub const DOUBTFUL: &str = "存疑";

/// Said of a moment whose call was heard live and not kept.
pub const WITHOUT_SOUND: &str = "无录音";

/// Said in the place of times where the whole is meant.
pub const WHOLE: &str = "整通";

/// Said in their place where turns of a chat are meant.
pub fn turns(turns: Turns) -> String {
    format!("第 {} 条", turns.to_string().replace('-', "–"))
}

/// Said of a moment of which this much has no sound, in milliseconds.
pub fn partly_without_sound(ms: u64) -> String {
    let tenths = ms.div_ceil(100);
    format!("其中 {}.{} 秒{WITHOUT_SOUND}", tenths / 10, tenths % 10)
}

/// What records of the plain kinds are called.
const RECORDS: &[(EntityKind, &str)] = &[
    (EntityKind::Comment, "留言"),
    (EntityKind::Commitment, "承诺"),
    (EntityKind::Contact, "接触"),
];

/// Words for values that are not words themselves: kind, field, the value in JSON, the word.
const SAID: &[(EntityKind, &str, &str, &str)] = &[
    (EntityKind::Commitment, "kept", "true", "已兑现"),
    (EntityKind::Commitment, "kept", "false", "没兑现"),
    (EntityKind::Contact, "kind", "\"phone\"", "电话"),
    (EntityKind::Contact, "kind", "\"chat\"", "在线"),
    (EntityKind::Contact, "direction", "\"inbound\"", "呼入"),
    (EntityKind::Contact, "direction", "\"outbound\"", "呼出"),
    (EntityKind::Contact, "direction", "\"internal\"", "内部"),
    (EntityKind::Contact, "handled_by", "\"bot\"", "机器人"),
    (EntityKind::Contact, "handled_by", "\"human\"", "人工"),
    (
        EntityKind::Contact,
        "handled_by",
        "\"handed_over\"",
        "转人工",
    ),
];

/// A record of a plain kind.
pub fn record(kind: EntityKind) -> &'static str {
    let known = RECORDS.iter().find(|(k, _)| *k == kind);
    known.map_or(kind.as_str(), |(_, word)| word)
}

/// A value of a plain kind; empty says nothing.
pub(crate) fn said(kind: EntityKind, field: &str, value: &Value) -> &'static str {
    let value = value.to_string();
    let is_it = |s: &&(EntityKind, &str, &str, &str)| s.0 == kind && s.1 == field && s.2 == value;
    SAID.iter().find(is_it).map_or("", |(.., word)| word)
}

/// Kind of an observation.
pub fn kind(kind: ObservationKind) -> &'static str {
    match kind {
        ObservationKind::Problem => "问题",
        ObservationKind::Highlight => "亮点",
        ObservationKind::Quote => "金句",
        ObservationKind::Question => "疑问",
        ObservationKind::Suggestion => "建议",
    }
}

/// 理 or 情; empty when nobody said.
pub fn axis(axis: Axis) -> &'static str {
    match axis {
        Axis::Reason => "理",
        Axis::Feeling => "情",
        Axis::None => "",
    }
}

/// Stage of the life cycle.
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Sense => "感知",
        Stage::Judge => "判断",
        Stage::Act => "行动",
        Stage::Verify => "验证",
    }
}

pub(crate) const STAGES: [Stage; 4] = [Stage::Sense, Stage::Judge, Stage::Act, Stage::Verify];

/// Status of an issue.
pub fn status(status: IssueStatus) -> &'static str {
    match status {
        IssueStatus::New => "新建",
        IssueStatus::Clarified => "已澄清",
        IssueStatus::Triage => "待研判",
        IssueStatus::Claimed => "已认领",
        IssueStatus::Merged => "已合并",
        IssueStatus::Declined => "不处理",
        IssueStatus::RuleProposal => "转规则提案",
        IssueStatus::InProgress => "处理中",
        IssueStatus::Pilot => "试点",
        IssueStatus::Grey => "灰度",
        IssueStatus::Full => "已全量",
        IssueStatus::ToVerify => "待验证",
        IssueStatus::VerifiedClosed => "已验证关闭",
        IssueStatus::Reopened => "复发重开",
    }
}

/// How evidence speaks to its issue.
pub fn relation(relation: EvidenceRelation) -> &'static str {
    match relation {
        EvidenceRelation::Evidence => "证据",
        EvidenceRelation::CounterEvidence => "反证",
        EvidenceRelation::Recurrence => "复发",
        EvidenceRelation::Verification => "验证",
    }
}

/// Who speaks on a channel.
pub fn role(role: ChannelRole) -> &'static str {
    match role {
        ChannelRole::Agent => "坐席",
        ChannelRole::Customer => "客户",
        ChannelRole::Whisper => "旁听",
        ChannelRole::Unknown => "未知",
    }
}
