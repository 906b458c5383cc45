//! "Every mutation is a change": the row that is history, audit trail and undo at once.

use crate::{EntityKind, OpId, PersonId, Record, UnixMs};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use ts_rs::TS;
use uuid::Uuid;

/// One field's value before and after. A record that did not exist has `null` before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FieldChange {
    /// Value before.
    #[ts(type = "unknown")]
    pub before: Value,
    /// Value after.
    #[ts(type = "unknown")]
    pub after: Value,
}

/// One touched record in one operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Change {
    /// Order of commits in this workspace.
    #[ts(type = "number")]
    pub seq: i64,
    /// When it was committed.
    #[ts(type = "number")]
    pub at: UnixMs,
    /// Who did it.
    pub actor: PersonId,
    /// What they did, e.g. `observation.mark`; a code the UI words.
    pub action: String,
    /// Groups the changes of one operation.
    pub op_id: OpId,
    /// Kind of record.
    pub entity: EntityKind,
    /// Its id.
    #[ts(type = "string")]
    pub entity_id: Uuid,
    /// True when the operation made the record.
    pub created: bool,
    /// Changed fields; bookkeeping columns (`rev`, `updated_at`) are left out.
    pub fields: BTreeMap<String, FieldChange>,
}

/// A finished transcript, in the change log.
pub const TRANSCRIPT_WRITE: &str = "transcript.write";
/// Moments marked before the text came got the words now heard in them.
pub const OBSERVATION_QUOTE: &str = "observation.quote";
/// A live call began: its rows are there before its sound.
pub const LIVE_BEGIN: &str = "live.begin";
/// A live call whose sound did not begin was taken back.
pub const LIVE_CANCEL: &str = "live.cancel";
/// A live call ended: what is there of it.
pub const LIVE_END: &str = "live.end";
/// Somebody has seen that a live call was cut off.
pub const LIVE_ACKNOWLEDGE: &str = "live.acknowledge";
/// The kept source of a recording was decoded anew; the copy before is named by the change alone.
pub const RECORDING_RETAKE: &str = "recording.retake";
/// What the machine writes on its own, and what only says what happened in the world: history shows
/// it, Ctrl+Z leaves it alone.
pub const BY_MACHINE: [&str; 6] = [
    TRANSCRIPT_WRITE,
    OBSERVATION_QUOTE,
    LIVE_BEGIN,
    LIVE_CANCEL,
    LIVE_END,
    LIVE_ACKNOWLEDGE,
];

/// Columns whose change says nothing to a reader of history.
pub const BOOKKEEPING: [&str; 4] = ["rev", "updated_at", "created_at", "created_by"];

/// The fields in which two states of a record differ; `before` is `None` for a new record.
pub fn diff(before: Option<&Record>, after: &Record) -> BTreeMap<String, FieldChange> {
    let old: Map<String, Value> = before.map(Record::to_fields).unwrap_or_default();
    after
        .to_fields()
        .into_iter()
        .filter(|(k, _)| !BOOKKEEPING.contains(&k.as_str()))
        .filter_map(|(k, after)| {
            let before = old.get(&k).cloned().unwrap_or(Value::Null);
            (before != after).then_some((k, FieldChange { before, after }))
        })
        .collect()
}

/// The state a record has to take so that `change` is undone: fields go back to what they were,
/// a record the change made becomes a tombstone at `at`.
///
/// Returns `None` when a field no longer holds what the change left there: somebody has written
/// over it since, and undo must not take that away.
pub fn undone(current: &Record, change: &Change, at: UnixMs) -> Option<Record> {
    let mut fields = current.to_fields();
    if change.created {
        fields.insert("deleted_at".into(), Value::from(at));
    } else {
        for (name, FieldChange { before, after }) in &change.fields {
            if fields.get(name).unwrap_or(&Value::Null) != after {
                return None;
            }
            fields.insert(name.clone(), before.clone());
        }
    }
    Record::from_fields(current.kind(), fields).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Comment, CommentId, IssueId, Meta};

    fn comment(text: &str) -> Record {
        Comment {
            id: CommentId(Uuid::from_u128(7)),
            issue_id: IssueId(Uuid::from_u128(8)),
            text: text.into(),
            meta: Meta::new(1, PersonId(Uuid::from_u128(9))),
        }
        .into()
    }

    fn change(before: Option<&Record>, after: &Record) -> Change {
        Change {
            seq: 1,
            at: 1,
            actor: PersonId(Uuid::from_u128(9)),
            action: "comment.edit".into(),
            op_id: OpId(Uuid::from_u128(10)),
            entity: EntityKind::Comment,
            entity_id: after.uuid(),
            created: before.is_none(),
            fields: diff(before, after),
        }
    }

    #[test]
    fn an_edit_is_undone_field_by_field() {
        let (a, b) = (comment("一"), comment("二"));
        let c = change(Some(&a), &b);
        assert_eq!(c.fields.keys().collect::<Vec<_>>(), ["text"]);
        assert_eq!(undone(&b, &c, 5), Some(a));
    }

    #[test]
    fn a_creation_is_undone_as_a_tombstone() {
        let a = comment("一");
        let undone = undone(&a, &change(None, &a), 5).expect("nobody wrote over it");
        assert_eq!(undone.meta().deleted_at, Some(5));
    }

    #[test]
    fn undo_never_takes_away_what_somebody_wrote_since() {
        let (a, b, c) = (comment("一"), comment("二"), comment("三"));
        assert_eq!(undone(&c, &change(Some(&a), &b), 5), None);
    }
}
