//! 清除: taking something away for good, what says that it was done, and what forbids it.

use crate::{CaseId, EntityKind, HoldId, Meta, PurgeId, Sha256, Unfit, UnixMs, sha256_of};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// That something was taken away for good: what, how much, by whom and why, and how far that was looked after.
/// Ids and counts alone: of what it was nothing can be told from it.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[record(fits)]
pub struct Purge {
    /// Identity.
    pub id: PurgeId,
    /// What it was: a case, a recording, or a person.
    pub of_kind: EntityKind,
    /// Which one.
    #[ts(type = "string")]
    pub of_id: Uuid,
    /// Why.
    #[field(line, required)]
    pub reason: String,
    /// Records that lay in it, itself included.
    pub records: u32,
    /// Values that left the change log.
    pub values: u32,
    /// Which changes they left, see [`erased_digest`].
    pub erased_sha256: Sha256,
    /// Lines of text that left the transcripts.
    pub lines: u32,
    /// Files that went.
    pub files: u32,
    /// Bytes in them, as far as that was on record.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Older copies of the database it was taken out of as well.
    pub copies_rewritten: Option<u32>,
    /// Older copies that could not be written anew and went whole.
    pub copies_dropped: Option<u32>,
    /// Texts that were looked for afterwards, byte by byte, in the database and its copies. None: it was
    /// interrupted in between and nobody knew them any more.
    pub looked_for: Option<u32>,
    /// How many of them stand there still: where somebody wrote the same elsewhere, in an issue for one.
    pub still_found: Option<u32>,
    /// When the last trace was gone: files, copies, index. Until then it goes on.
    #[ts(type = "number | null")]
    pub finished_at: Option<UnixMs>,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

impl Purge {
    /// Of something that is to go.
    pub fn of(
        id: PurgeId,
        (of_kind, of_id): (EntityKind, Uuid),
        reason: String,
        meta: Meta,
    ) -> Self {
        Self {
            id,
            of_kind,
            of_id,
            reason,
            records: 0,
            values: 0,
            erased_sha256: Sha256::default(),
            lines: 0,
            files: 0,
            bytes: 0,
            copies_rewritten: None,
            copies_dropped: None,
            looked_for: None,
            still_found: None,
            finished_at: None,
            meta,
        }
    }

    fn fits(&self) -> Result<(), Unfit> {
        let can_go = matches!(
            self.of_kind,
            EntityKind::Case | EntityKind::Recording | EntityKind::Person
        );
        can_go.then_some(()).ok_or_else(|| Unfit::of("of_kind"))
    }
}

/// The reason of what left the bin because its days were over: this and how many they were.
pub const BIN_REASON: &str = "bin:";

/// What a certificate says of the changes that lost values, by their numbers in order: whoever takes a value out of
/// another change cannot hide it among them.
pub fn erased_digest(changes: impl IntoIterator<Item = i64>) -> Sha256 {
    let mut bytes = b"qinting erased 1".to_vec();
    for change in changes {
        bytes.extend(change.to_be_bytes());
    }
    sha256_of(&bytes)
}

/// 保全: a case that must not be taken away for good, and why.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Hold {
    /// Identity.
    pub id: HoldId,
    /// The case. It may lie in the bin already.
    pub case_id: CaseId,
    /// Why.
    #[field(line, required)]
    pub reason: String,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn the_changes_that_lost_values_are_known_in_their_order() {
        let digest = erased_digest([1, 2, 300]);
        assert_eq!(digest.len(), 64);
        assert_ne!(digest, erased_digest([1, 2]));
        assert_ne!(digest, erased_digest([1, 300, 2]));
    }

    #[rstest]
    #[case(EntityKind::Case, true)]
    #[case(EntityKind::Recording, true)]
    #[case(EntityKind::Person, true)]
    #[case(EntityKind::Issue, false)]
    #[case(EntityKind::Purge, false)]
    fn what_can_be_taken_away_for_good(#[case] kind: EntityKind, #[case] can: bool) {
        let meta = Meta::new(0, crate::PersonId(Uuid::nil()));
        let purge = Purge::of(
            PurgeId(Uuid::nil()),
            (kind, Uuid::nil()),
            "期满".into(),
            meta,
        );
        assert_eq!(purge.fits().is_ok(), can);
    }
}
