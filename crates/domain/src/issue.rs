//! The shared issue list and its life cycle 感知 → 判断 → 行动 → 验证.

use crate::{CommentId, IssueId, IssueLinkId, Meta, ObservationId, PersonId, UnixMs};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

/// The four visible stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 感知
    Sense,
    /// 判断
    Judge,
    /// 行动
    Act,
    /// 验证
    Verify,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 4] = [Self::Sense, Self::Judge, Self::Act, Self::Verify];
}

/// Where an issue stands inside its stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IssueStatus {
    /// 新建
    New,
    /// 已澄清
    Clarified,
    /// 待研判
    Triage,
    /// 已认领
    Claimed,
    /// 已合并; set by merging only.
    Merged,
    /// 不处理; needs a reason.
    Declined,
    /// 转规则提案
    RuleProposal,
    /// 处理中
    InProgress,
    /// 试点
    Pilot,
    /// 灰度
    Grey,
    /// 已全量
    Full,
    /// 待验证
    ToVerify,
    /// 已验证关闭; needs to say what was listened to.
    VerifiedClosed,
    /// 复发重开; needs a reason.
    Reopened,
}

impl IssueStatus {
    /// Every status, stage by stage; in a stage what is still to be done comes first.
    pub const ALL: [Self; 14] = [
        Self::New,
        Self::Clarified,
        Self::Triage,
        Self::Claimed,
        Self::RuleProposal,
        Self::Declined,
        Self::Merged,
        Self::InProgress,
        Self::Pilot,
        Self::Grey,
        Self::Full,
        Self::ToVerify,
        Self::Reopened,
        Self::VerifiedClosed,
    ];

    /// The stage a status belongs to.
    pub fn stage(self) -> Stage {
        match self {
            Self::New | Self::Clarified => Stage::Sense,
            Self::Triage | Self::Claimed | Self::Merged | Self::Declined | Self::RuleProposal => {
                Stage::Judge
            }
            Self::InProgress | Self::Pilot | Self::Grey | Self::Full => Stage::Act,
            Self::ToVerify | Self::VerifiedClosed | Self::Reopened => Stage::Verify,
        }
    }

    /// Nothing more is expected to happen.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Merged | Self::Declined | Self::VerifiedClosed)
    }

    /// Checks a change of status made by a person.
    ///
    /// The rules: merging has its own way in and out; an issue without evidence stays in 感知; a
    /// reason is needed to decline, to close as verified, to reopen, and to go back a stage; a
    /// verified closing comes from 待验证 or 已全量 only, because somebody must have listened again.
    pub fn check_move(self, to: Self, evidence: usize, reason: &str) -> Result<(), StatusRefusal> {
        if self == to {
            return Err(StatusRefusal::Unchanged);
        }
        if self == Self::Merged || to == Self::Merged {
            return Err(StatusRefusal::MergeOnly);
        }
        if evidence == 0 && to.stage() > Stage::Sense && to != Self::Declined {
            return Err(StatusRefusal::NoEvidence);
        }
        if to == Self::VerifiedClosed && !matches!(self, Self::ToVerify | Self::Full) {
            return Err(StatusRefusal::NotYetVerifiable);
        }
        if to == Self::Reopened
            && !matches!(self, Self::VerifiedClosed | Self::ToVerify | Self::Full)
        {
            return Err(StatusRefusal::NeverClosed);
        }
        if self.move_needs_reason(to) && reason.trim().is_empty() {
            return Err(StatusRefusal::ReasonNeeded);
        }
        Ok(())
    }

    /// Whether a move has to be explained.
    pub fn move_needs_reason(self, to: Self) -> bool {
        matches!(to, Self::Declined | Self::VerifiedClosed | Self::Reopened)
            || to.stage() < self.stage()
    }
}

/// Why a change of status is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum StatusRefusal {
    /// It already stands there.
    #[error("issue.status_unchanged")]
    Unchanged,
    /// 已合并 is reached and left by merging and undoing the merge.
    #[error("issue.merge_only")]
    MergeOnly,
    /// Without evidence an issue stays in 感知.
    #[error("issue.no_evidence")]
    NoEvidence,
    /// This move has to be explained.
    #[error("issue.reason_needed")]
    ReasonNeeded,
    /// Only what was rolled out or waits for verification can be closed as verified.
    #[error("issue.not_yet_verifiable")]
    NotYetVerifiable,
    /// Only what was closed or waits for verification can recur.
    #[error("issue.never_closed")]
    NeverClosed,
}

/// One entry of the shared list.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Issue {
    /// Identity.
    pub id: IssueId,
    /// Number people say aloud; given by the store, 0 before the first commit.
    pub number: u32,
    /// Numbers it had before, newest last: they lead to it still.
    pub former_numbers: Vec<u32>,
    /// One-line title.
    #[field(line, required, edit, search)]
    pub title: String,
    /// What is wrong, for whom, in a few sentences.
    #[field(prose, edit, search)]
    pub statement: String,
    /// Where it comes from.
    #[field(prose, edit, search)]
    pub root_cause: String,
    /// 业务线
    #[field(line, edit)]
    pub business_line: String,
    /// Who answers for it.
    #[field(refers(Person), edit, owner)]
    pub owner_id: Option<PersonId>,
    /// An owner outside, e.g. a merchant; may be empty.
    #[field(line, edit, personal)]
    pub external_owner: String,
    /// U1 (now) – U4, 0 = not judged.
    #[field(most = 4, edit)]
    pub urgency: u8,
    /// D1 (easy) – D3, 0 = not judged.
    #[field(most = 3, edit)]
    pub difficulty: u8,
    /// Where it stands.
    pub status: IssueStatus,
    /// Reason given with the last change of status that had one.
    #[field(prose)]
    pub status_reason: String,
    /// Due day, as the UTC midnight of that calendar day.
    #[ts(type = "number | null")]
    #[field(day, edit)]
    pub due: Option<UnixMs>,
    /// Set while merged: the issue that took over.
    #[field(refers(Issue))]
    pub merged_into: Option<IssueId>,
    /// Where it stood before it was merged.
    pub status_before_merge: Option<IssueStatus>,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

impl Issue {
    /// An issue that was just raised: what nobody said yet is empty.
    pub fn new(id: IssueId, title: impl Into<String>, meta: Meta) -> Self {
        Self {
            id,
            number: 0,
            former_numbers: Vec::new(),
            title: title.into(),
            statement: String::new(),
            root_cause: String::new(),
            business_line: String::new(),
            owner_id: None,
            external_owner: String::new(),
            urgency: 0,
            difficulty: 0,
            status: IssueStatus::New,
            status_reason: String::new(),
            due: None,
            merged_into: None,
            status_before_merge: None,
            meta,
        }
    }
}

/// How a moment speaks to an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceRelation {
    /// It shows the issue.
    Evidence,
    /// It speaks against it.
    CounterEvidence,
    /// It came back.
    Recurrence,
    /// Heard again to check that it is gone.
    Verification,
}

/// An issue rests on a moment.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IssueLink {
    /// Identity.
    pub id: IssueLinkId,
    /// The issue.
    #[field(belongs(Issue), under)]
    pub issue_id: IssueId,
    /// The issue it was filed under before a merge moved it here.
    #[field(belongs(Issue))]
    pub moved_from: Option<IssueId>,
    /// The moment.
    #[field(belongs(Observation), under)]
    pub observation_id: ObservationId,
    /// How it speaks.
    pub relation: EvidenceRelation,
    /// 0–3.
    #[field(most = 3)]
    pub importance: u8,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

/// A remark under an issue.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[record(plain)]
pub struct Comment {
    /// Identity.
    pub id: CommentId,
    /// The issue.
    #[field(belongs(Issue), under, given)]
    pub issue_id: IssueId,
    /// The words.
    #[field(prose, required, given)]
    pub text: String,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

#[cfg(test)]
mod tests {
    use super::*;
    use IssueStatus::*;
    use rstest::rstest;

    #[rstest]
    #[case::sharpened(New, Clarified, 0, "", Ok(()))]
    #[case::leaves_sensing_with_evidence(Clarified, Triage, 1, "", Ok(()))]
    #[case::cannot_leave_sensing_without(New, Triage, 0, "", Err(StatusRefusal::NoEvidence))]
    #[case::declined_without_evidence_but_with_reason(New, Declined, 0, "重复", Ok(()))]
    #[case::declined_silently(Triage, Declined, 1, "  ", Err(StatusRefusal::ReasonNeeded))]
    #[case::closed_without_listening(
        InProgress,
        VerifiedClosed,
        2,
        "好了",
        Err(StatusRefusal::NotYetVerifiable)
    )]
    #[case::closed_after_listening(ToVerify, VerifiedClosed, 2, "听了五通新案", Ok(()))]
    #[case::comes_back(VerifiedClosed, Reopened, 2, "又出现", Ok(()))]
    #[case::cannot_come_back_before_it_went(
        New,
        Reopened,
        2,
        "又出现",
        Err(StatusRefusal::NeverClosed)
    )]
    #[case::back_a_stage_needs_a_reason(
        InProgress,
        Triage,
        2,
        "",
        Err(StatusRefusal::ReasonNeeded)
    )]
    #[case::merged_is_not_a_status_to_choose(New, Merged, 2, "x", Err(StatusRefusal::MergeOnly))]
    #[case::nothing_changed(New, New, 2, "", Err(StatusRefusal::Unchanged))]
    fn the_life_cycle(
        #[case] from: IssueStatus,
        #[case] to: IssueStatus,
        #[case] evidence: usize,
        #[case] reason: &str,
        #[case] expected: Result<(), StatusRefusal>,
    ) {
        assert_eq!(from.check_move(to, evidence, reason), expected);
    }

    #[test]
    fn statuses_stand_in_stage_order_and_what_is_closed_comes_last_in_each() {
        assert!(
            IssueStatus::ALL
                .windows(2)
                .all(|w| (w[0].stage(), w[0].is_closed()) <= (w[1].stage(), w[1].is_closed()))
        );
    }
}
