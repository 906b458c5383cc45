//! "Every mutation is a change": the row that is history, audit trail and undo at once.

use crate::{DeviceId, EntityKind, OpId, Origin, PersonId, Record, UnixMs};
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
    /// What they did: the code of an [`Action`](crate::Action), maybe of another version.
    pub action: String,
    /// Where it came from.
    pub origin: Origin,
    /// The machine it was done on; of what is from before machines were told apart, none.
    pub device: Option<DeviceId>,
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

/// Who set each field of a record last, by the changes of that record, oldest first: a person, the
/// machine, or the file it came from.
pub fn last_set<'c>(
    changes: impl IntoIterator<Item = &'c Change>,
) -> BTreeMap<&'c str, &'c Change> {
    let mut set = BTreeMap::new();
    for change in changes {
        set.extend(change.fields.keys().map(|name| (name.as_str(), change)));
    }
    set
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
            action: "comment.add".into(),
            origin: Origin::Person,
            device: None,
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
