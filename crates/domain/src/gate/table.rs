//! Which role may do what: one table.

use crate::{Action, Origin, Role};

/// How far somebody may do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Not at all.
    None,
    /// With what is their own.
    Own,
    /// With everybody's.
    Any,
}

/// Everybody who listens for the company.
const LISTENERS: &[Role] = &[
    Role::Participant,
    Role::Mentor,
    Role::Facilitator,
    Role::Curator,
    Role::IssueOwner,
    Role::Exporter,
];
/// Who keeps things in order.
const KEEPERS: &[Role] = &[Role::Facilitator, Role::Curator];
const NOBODY: &[Role] = &[];

/// Who may do an action with everybody's, and who with their own. Whoever administers may everything;
/// what the machine writes asks nobody.
const fn row(action: Action) -> (&'static [Role], &'static [Role]) {
    match action {
        Action::PersonAdd => (KEEPERS, NOBODY),
        Action::PersonEdit => (KEEPERS, &Role::ALL),
        // Who somebody is decides what they may: only who gives roles says that two are one.
        Action::PersonMerge => (NOBODY, NOBODY),
        // What is gone for good is nobody's to decide but theirs who answer for the whole.
        Action::Purge | Action::CaseRelease => (NOBODY, NOBODY),
        Action::TagAdd
        | Action::TagEdit
        | Action::TagRetire
        | Action::TagRestore
        | Action::TagReorder
        | Action::TagMerge
        | Action::IssueMerge
        | Action::IssueRenumber
        | Action::RecordingRetake
        | Action::CaseRestore
        | Action::CaseHold => (KEEPERS, NOBODY),
        Action::CaseImport | Action::FactsApply => {
            (&[Role::Facilitator, Role::Curator, Role::Mentor], NOBODY)
        }
        Action::CaseEdit | Action::CasesEdit => {
            (&[Role::Facilitator, Role::Curator, Role::Mentor], LISTENERS)
        }
        Action::CaseDelete | Action::CasesDelete => (KEEPERS, LISTENERS),
        Action::ContactAdd => (LISTENERS, NOBODY),
        Action::ContactEdit | Action::FactsTake => {
            (&[Role::Facilitator, Role::Curator, Role::Mentor], LISTENERS)
        }
        Action::ContactDelete => (KEEPERS, LISTENERS),
        // A number is for who deals with its customer, and a name besides nobody's business.
        Action::ContactUnmask => (
            &[
                Role::Mentor,
                Role::Facilitator,
                Role::Curator,
                Role::IssueOwner,
            ],
            NOBODY,
        ),
        Action::RecordingRoles
        | Action::TranscriptChoose
        | Action::SegmentEdit
        | Action::SpeakerChangeAdd
        | Action::SpeakerChangeEdit
        | Action::SpeakerChangeDelete
        | Action::LiveSwap
        | Action::LiveAlign => (LISTENERS, NOBODY),
        Action::SessionAdd | Action::SessionEdit | Action::SessionDelete => {
            (&[Role::Facilitator], NOBODY)
        }
        Action::ObservationMark | Action::ObservationEdit | Action::ObservationDelete => {
            (KEEPERS, &Role::ALL)
        }
        Action::IssueCreate | Action::IssueAttach | Action::IssueDetach => (LISTENERS, NOBODY),
        Action::IssueEdit | Action::IssueStatus => (KEEPERS, LISTENERS),
        Action::CommentAdd => (LISTENERS, &[Role::Agent]),
        Action::CommitmentAdd => (LISTENERS, NOBODY),
        Action::CommitmentEdit | Action::CommitmentDelete => (KEEPERS, LISTENERS),
        Action::LiveBegin | Action::SeatNoteAdd => (LISTENERS, &[Role::Agent]),
        Action::SeatNoteDelete => (KEEPERS, &Role::ALL),
        Action::SettingsEdit | Action::DeviceSettingsEdit | Action::TextAsk | Action::ModelTend => {
            (LISTENERS, NOBODY)
        }
        Action::PersonSettingsEdit => (NOBODY, &Role::ALL),
        Action::FindingsExport => (&[Role::Exporter, Role::Facilitator, Role::Curator], NOBODY),
        Action::WorkspaceSeed
        | Action::TranscriptWrite
        | Action::ObservationQuote
        | Action::LiveCancel
        | Action::LiveEnd
        | Action::LiveAcknowledge
        | Action::WorkspaceRenew
        | Action::RecordingListen
        | Action::BinEmpty
        | Action::PurgeFinish
        | Action::Undo => (NOBODY, NOBODY),
    }
}

/// How far a role may do something.
pub fn reach(role: Role, action: Action) -> Reach {
    let (any, own) = row(action);
    if role == Role::Administrator || any.contains(&role) {
        Reach::Any
    } else if own.contains(&role) {
        Reach::Own
    } else {
        Reach::None
    }
}

/// The roles that may do something with everybody's, for who is told that they may not.
pub fn who_may(action: Action) -> Vec<Role> {
    let mut roles = row(action).0.to_vec();
    if !roles.contains(&Role::Administrator) {
        roles.push(Role::Administrator);
    }
    roles
}

impl Action {
    /// The machine's own, which asks nobody. That a live call begins is somebody's doing all the same.
    pub const fn is_of_the_machine(self) -> bool {
        matches!(self.origin(), Origin::Machine | Origin::Sync) && !matches!(self, Self::LiveBegin)
    }

    /// A person can be offered it: it is neither the machine's nor the way back.
    pub const fn is_offered(self) -> bool {
        !self.is_of_the_machine() && !matches!(self, Self::Undo)
    }
}
