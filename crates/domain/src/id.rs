//! Ids (UUIDv7, made by the caller) and the columns every record carries.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use ts_rs::TS;
use uuid::Uuid;

/// Milliseconds since the Unix epoch, UTC.
pub type UnixMs = i64;

/// The list of ids. `$` is passed in, for the macro this one writes.
macro_rules! ids {
    ($d:tt $($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// Hands the types of all ids to a macro.
        #[macro_export]
        macro_rules! each_id {
            ($d with:ident) => {
                $d with! { $($crate::$name),+ }
            };
        }
    $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub Uuid);

        impl crate::Names for $name {
            fn names(
                &self,
                field: &'static str,
                kind: crate::EntityKind,
                out: &mut Vec<crate::NamedBy>,
            ) {
                out.push((field, kind, self.0));
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(s).map(Self)
            }
        }
    )+};
}

ids! {
    $
    /// One person who acts at a seat.
    PersonId,
    /// One code in the codebook.
    TagId,
    /// One customer matter that can be listened to.
    CaseId,
    /// One interaction of a case: a phone call or a chat.
    ContactId,
    /// One piece of audio evidence of a case.
    RecordingId,
    /// Some bytes of a recording.
    BlobId,
    /// One text of a recording.
    TranscriptId,
    /// One stretch of recognised speech.
    SegmentId,
    /// One word on who speaks.
    SpeakerChangeId,
    /// One marked moment and what was heard in it.
    ObservationId,
    /// One entry of the shared issue list.
    IssueId,
    /// One tie between an issue and the moment it rests on.
    IssueLinkId,
    /// One remark under an issue.
    CommentId,
    /// One listening session.
    SessionId,
    /// One call that is heard as it happens.
    LiveCallId,
    /// One note of somebody at the seat.
    SeatNoteId,
    /// One stretch somebody listened to.
    ListeningId,
    /// One promise.
    CommitmentId,
    /// One workspace, wherever its copies lie.
    WorkspaceId,
    /// One certificate of what was taken away for good.
    PurgeId,
    /// One word that a case must stay.
    HoldId,
    /// Identity of an [`Unmasking`](crate::Unmasking).
    UnmaskingId,
    /// One piece of background work.
    JobId,
    /// One installation of the program.
    DeviceId,
    /// One chain of operations: an installation, in one folder, since it last took that folder up.
    ReplicaId,
    /// One thing a person did; groups the changes that belong together.
    OpId,
}

/// The id of what is the same wherever it is made: a UUID of version 8 (RFC 9562) that follows from what it
/// is of and from nothing else.
pub fn id_of<'a>(content: impl IntoIterator<Item = &'a [u8]>) -> Uuid {
    let mut hash = Sha256::new_with_prefix(b"qinting id 1");
    for part in content {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// Columns every record carries. Deletes are tombstones (`deleted_at`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Meta {
    /// When the record was made.
    #[ts(type = "number")]
    pub created_at: UnixMs,
    /// Who made it.
    pub created_by: PersonId,
    /// When it was last changed.
    #[ts(type = "number")]
    pub updated_at: UnixMs,
    /// Grows by one with each committed change; 0 before the first commit.
    pub rev: u32,
    /// Set when the record was taken away; undo clears it.
    #[ts(type = "number | null")]
    pub deleted_at: Option<UnixMs>,
}

impl Meta {
    /// The columns of a record that is made now and was never committed.
    pub fn new(at: UnixMs, by: PersonId) -> Self {
        Self {
            created_at: at,
            created_by: by,
            updated_at: at,
            rev: 0,
            deleted_at: None,
        }
    }
}
