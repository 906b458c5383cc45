//! What can be done, as one list: the codes of the change log, and what follows from each.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use ts_rs::TS;

/// Where an operation came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Somebody did it.
    Person,
    /// The machine wrote it on its own, or says what happened in the world.
    Machine,
    /// Somebody took something back.
    Undo,
    /// It came out of a file somebody brought in.
    Import,
    /// Another machine of the company told of it.
    Sync,
}

/// The list: name, code, and origin.
macro_rules! actions {
    ($($action:ident = $code:literal by $origin:ident,)+) => {
        /// What somebody, or the machine, did.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "each variant is the action of its code")]
        pub enum Action {
            $($action,)+
        }

        impl Action {
            /// All of them.
            pub const ALL: [Self; [$($code,)+].len()] = [$(Self::$action,)+];

            /// Code in the change log; the page words it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$action => $code,)+
                }
            }

            /// Where an operation of this kind comes from when it is done here.
            pub const fn origin(self) -> Origin {
                match self {
                    $(Self::$action => Origin::$origin,)+
                }
            }
        }
    };
}

actions! {
    WorkspaceSeed = "workspace.seed" by Machine,
    PersonAdd = "person.add" by Person,
    PersonEdit = "person.edit" by Person,
    PersonMerge = "person.merge" by Person,
    TagAdd = "tag.add" by Person,
    TagEdit = "tag.edit" by Person,
    TagRetire = "tag.retire" by Person,
    TagRestore = "tag.restore" by Person,
    TagReorder = "tag.reorder" by Person,
    TagMerge = "tag.merge" by Person,
    CaseImport = "case.import" by Import,
    CaseEdit = "case.edit" by Person,
    CasesEdit = "cases.edit" by Person,
    CaseDelete = "case.delete" by Person,
    CasesDelete = "cases.delete" by Person,
    CaseRestore = "case.restore" by Person,
    CaseHold = "case.hold" by Person,
    CaseRelease = "case.release" by Person,
    ContactAdd = "contact.add" by Person,
    ContactEdit = "contact.edit" by Person,
    ContactDelete = "contact.delete" by Person,
    ContactUnmask = "contact.unmask" by Person,
    FactsApply = "facts.apply" by Import,
    FactsTake = "facts.take" by Person,
    Purge = "purge" by Person,
    BinEmpty = "bin.empty" by Machine,
    PurgeFinish = "purge.finish" by Machine,
    RecordingListen = "recording.listen" by Machine,
    RecordingRoles = "recording.roles" by Person,
    RecordingRetake = "recording.retake" by Person,
    TranscriptWrite = "transcript.write" by Machine,
    TranscriptChoose = "transcript.choose" by Person,
    SegmentEdit = "segment.edit" by Person,
    SpeakerChangeAdd = "speaker_change.add" by Person,
    SpeakerChangeEdit = "speaker_change.edit" by Person,
    SpeakerChangeDelete = "speaker_change.delete" by Person,
    SessionAdd = "session.add" by Person,
    SessionEdit = "session.edit" by Person,
    SessionDelete = "session.delete" by Person,
    ObservationMark = "observation.mark" by Person,
    ObservationEdit = "observation.edit" by Person,
    ObservationDelete = "observation.delete" by Person,
    ObservationQuote = "observation.quote" by Machine,
    IssueCreate = "issue.create" by Person,
    IssueAttach = "issue.attach" by Person,
    IssueDetach = "issue.detach" by Person,
    IssueEdit = "issue.edit" by Person,
    IssueStatus = "issue.status" by Person,
    IssueMerge = "issue.merge" by Person,
    IssueRenumber = "issue.renumber" by Person,
    CommentAdd = "comment.add" by Person,
    CommitmentAdd = "commitment.add" by Person,
    CommitmentEdit = "commitment.edit" by Person,
    CommitmentDelete = "commitment.delete" by Person,
    LiveBegin = "live.begin" by Machine,
    LiveCancel = "live.cancel" by Machine,
    LiveEnd = "live.end" by Machine,
    LiveAcknowledge = "live.acknowledge" by Machine,
    LiveSwap = "live.swap" by Person,
    LiveAlign = "live.align" by Person,
    SeatNoteAdd = "seat_note.add" by Person,
    SeatNoteDelete = "seat_note.delete" by Person,
    SettingsEdit = "settings.edit" by Person,
    PersonSettingsEdit = "person.settings" by Person,
    DeviceSettingsEdit = "device.settings" by Person,
    WorkspaceRenew = "workspace.renew" by Machine,
    TextAsk = "text.ask" by Person,
    ModelTend = "model.tend" by Person,
    FindingsExport = "findings.export" by Person,
    Undo = "undo" by Undo,
}

impl Action {
    /// Ctrl+Z takes it back. What the machine wrote on its own, and what only says what happened in
    /// the world, is shown by history and left alone: what went for good, and what somebody saw.
    pub const fn is_undoable(self) -> bool {
        matches!(self.origin(), Origin::Person | Origin::Import)
            && !matches!(self, Self::Purge | Self::ContactUnmask)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An action this version does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no action of this version")]
pub struct UnknownAction;

impl FromStr for Action {
    type Err = UnknownAction;
    fn from_str(code: &str) -> Result<Self, UnknownAction> {
        let known = Self::ALL.into_iter().find(|a| a.as_str() == code);
        known.ok_or(UnknownAction)
    }
}

/// In the change log an action is its code, which may be of another version.
impl PartialEq<Action> for String {
    fn eq(&self, other: &Action) -> bool {
        self == other.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn an_action_is_known_by_its_code_alone() {
        let codes: BTreeSet<&str> = Action::ALL.iter().map(|a| a.as_str()).collect();
        assert_eq!(codes.len(), Action::ALL.len(), "each code once");
        for action in Action::ALL {
            assert_eq!(action.as_str().parse(), Ok(action));
        }
        assert_eq!("issue.burn".parse::<Action>(), Err(UnknownAction));
    }

    #[test]
    fn what_the_machine_wrote_is_not_taken_back() {
        let left_alone: Vec<&str> = Action::ALL
            .into_iter()
            .filter(|a| !a.is_undoable())
            .map(Action::as_str)
            .collect();
        assert_eq!(
            left_alone.join(" "),
            "workspace.seed contact.unmask purge bin.empty purge.finish recording.listen transcript.write observation.quote live.begin \
             live.cancel live.end live.acknowledge workspace.renew undo"
        );
    }
}
