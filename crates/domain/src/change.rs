//! "Every mutation is a change": the row that is history, audit trail and undo at once.

use crate::{
    DeviceId, DeviceSettings, EntityKind, OpId, Origin, PersonId, PersonSettings, Record, UnixMs,
    WorkspaceSettings,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use ts_rs::TS;
use uuid::Uuid;

/// What a change did to one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum FieldChange {
    /// Its value before and after. A record that did not exist has `null` before.
    Told {
        /// Value before.
        #[ts(type = "unknown")]
        before: Value,
        /// Value after.
        #[ts(type = "unknown")]
        after: Value,
    },
    /// Something stood there and was taken away for good. That is neither a value nor none.
    Erased {
        /// Always true.
        #[ts(type = "true")]
        erased: bool,
    },
}

impl FieldChange {
    /// Of a value that was taken away for good.
    pub const ERASED: Self = Self::Erased { erased: true };

    /// Its values, where they are still told.
    pub fn told(&self) -> Option<(&Value, &Value)> {
        match self {
            Self::Told { before, after } => Some((before, after)),
            Self::Erased { .. } => None,
        }
    }

    /// The value after, where it is still told.
    pub fn after(&self) -> Option<&Value> {
        self.told().map(|(_, after)| after)
    }
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
            (before != after).then_some((k, FieldChange::Told { before, after }))
        })
        .collect()
}

/// The state a record has to take so that `change` is undone: fields go back to what they were,
/// a record the change made becomes a tombstone at `at`. Of a list the change's own is taken back,
/// element by element; what others did to it since stays.
///
/// Refused when another field no longer holds what the change left there: somebody has written over it
/// since, and undo must not take that away; and when nothing is left to take back.
pub fn undone(current: &Record, change: &Change, at: UnixMs) -> Result<Record, NotUndone> {
    let mut fields = current.to_fields();
    let defaults = defaults_of(current.kind());
    if change.created && defaults.is_none() {
        fields.insert("deleted_at".into(), Value::from(at));
    } else {
        let rules = current.kind().fields();
        let mut is_left = change.fields.is_empty();
        for (name, field) in &change.fields {
            let (before, after) = field.told().ok_or(NotUndone::Erased)?;
            // Before the first change of settings there were the defaults; what stayed at its own was not changed.
            let before = match (&defaults, change.created) {
                (Some(defaults), true) => match defaults.get(name) {
                    Some(value) if value != after => value,
                    _ => continue,
                },
                _ => before,
            };
            // A field that records of this kind had once takes nothing back.
            let now = fields.get(name).ok_or(NotUndone::Overwritten)?;
            let back = match now == after {
                true => before.clone(),
                false => {
                    let rule = rules.iter().find(|r| r.name == name);
                    rule.and_then(|rule| rule.merged(after, before, now))
                        .or_else(|| defaults.as_ref().and_then(|_| by_name(after, before, now)))
                        .ok_or(NotUndone::Overwritten)?
                }
            };
            is_left |= back != *now;
            fields.insert(name.clone(), back);
        }
        if !is_left {
            return Err(NotUndone::Overwritten);
        }
    }
    Record::from_fields(current.kind(), fields).map_err(|_| NotUndone::Overwritten)
}

/// What a record of settings holds before anybody changed one; `None` for every other kind.
fn defaults_of(kind: EntityKind) -> Option<Map<String, Value>> {
    let defaults = match kind {
        EntityKind::WorkspaceSettings => serde_json::to_value(WorkspaceSettings::default()),
        EntityKind::PersonSettings => serde_json::to_value(PersonSettings::default()),
        EntityKind::DeviceSettings => serde_json::to_value(DeviceSettings::default()),
        _ => return None,
    };
    defaults.ok()?.as_object().cloned()
}

/// A value that holds several by name, with what a change made of it taken back name by name: what was written since
/// beside it stays. `None` where it was written over.
fn by_name(after: &Value, before: &Value, now: &Value) -> Option<Value> {
    let (after, before) = (after.as_object()?, before.as_object()?);
    let back = now.as_object()?.iter().map(|(name, now)| {
        let (after, before) = (after.get(name)?, before.get(name)?);
        let value = match (after == before, now == after) {
            (true, _) => now,
            (false, true) => before,
            (false, false) => return None,
        };
        Some((name.clone(), value.clone()))
    });
    back.collect::<Option<Map<_, _>>>().map(Value::Object)
}

/// Why a change is not taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotUndone {
    /// Somebody has written over it since.
    #[error("somebody has written over it since")]
    Overwritten,
    /// What stood there before was taken away for good.
    #[error("what stood there before was erased")]
    Erased,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CaseId, Comment, CommentId, IssueId, ListeningSession, Meta, SessionId};
    use rstest::rstest;

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
        assert_eq!(undone(&b, &c, 5), Ok(a));
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
        assert_eq!(
            undone(&c, &change(Some(&a), &b), 5),
            Err(NotUndone::Overwritten)
        );
    }

    #[test]
    fn undo_brings_back_no_field_that_records_have_no_more() {
        let now = comment("一");
        for after in [Value::Null, Value::from("二")] {
            let mut old = change(Some(&now), &comment("二"));
            let told = FieldChange::Told {
                before: Value::from(5),
                after,
            };
            old.fields = BTreeMap::from([("started_at".to_owned(), told)]);
            assert_eq!(undone(&now, &old, 5), Err(NotUndone::Overwritten));
        }
    }

    #[test]
    fn undo_does_not_bring_back_what_was_erased() {
        let (a, b) = (comment("一"), comment("二"));
        let mut erased = change(Some(&a), &b);
        erased.fields.insert("text".into(), FieldChange::ERASED);
        assert_eq!(undone(&b, &erased, 5), Err(NotUndone::Erased));
        let made = Change {
            created: true,
            ..erased
        };
        let gone = undone(&b, &made, 5).expect("a tombstone needs no value");
        assert_eq!(gone.meta().deleted_at, Some(5));
    }

    #[test]
    fn erased_is_neither_a_value_nor_none() {
        for (field, text) in [
            (FieldChange::ERASED, r#"{"erased":true}"#),
            (
                FieldChange::Told {
                    before: Value::Null,
                    after: Value::Null,
                },
                r#"{"before":null,"after":null}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&field).ok().as_deref(), Some(text));
            assert_eq!(serde_json::from_str(text).ok(), Some(field));
        }
    }

    /// A session with these calls, each a letter, and people, each a digit.
    fn session(title: &str, listed: &str) -> Record {
        let id = |c: char| Uuid::from_u128(u128::from(c));
        let (people, cases): (Vec<_>, Vec<_>) = listed.chars().partition(char::is_ascii_digit);
        ListeningSession {
            id: SessionId(Uuid::from_u128(1)),
            title: title.into(),
            theme: String::new(),
            question: String::new(),
            place: String::new(),
            starts_at: None,
            facilitator_id: None,
            people: people.into_iter().map(|c| PersonId(id(c))).collect(),
            cases: cases.into_iter().map(|c| CaseId(id(c))).collect(),
            meta: Meta::new(1, PersonId(Uuid::from_u128(9))),
        }
        .into()
    }

    #[rstest]
    #[case::nobody_did_anything_since("ab", "abx", "abx", Some("ab"))]
    #[case::what_others_added_stays("ab", "abx", "abxy", Some("aby"))]
    #[case::what_was_taken_out_stands_where_it_stood("abc", "ac", "cay", Some("caby"))]
    #[case::what_was_moved_goes_back("abc", "cab", "caby", Some("abcy"))]
    #[case::nothing_of_it_is_left("ab", "abx", "aby", None)]
    #[case::somebody_put_it_back_already("ab", "b", "bya", None)]
    #[case::people_too("a12", "a123", "a1234", Some("a124"))]
    #[case::their_order_says_nothing("a12", "a123", "a321", Some("a21"))]
    #[case::one_of_two_lists_is_enough("a12", "ax123", "a123", Some("a12"))]
    fn of_a_list_undo_takes_back_its_own(
        #[case] before: &str,
        #[case] after: &str,
        #[case] now: &str,
        #[case] back: Option<&str>,
    ) {
        let change = change(Some(&session("专场", before)), &session("专场", after));
        let undone = undone(&session("专场", now), &change, 5);
        let back = back.map(|back| session("专场", back));
        assert_eq!(undone, back.ok_or(NotUndone::Overwritten));
    }

    #[test]
    fn what_others_wrote_beside_a_list_is_not_undone_with_it() {
        let change = change(Some(&session("一", "ab")), &session("二", "abx"));
        let rewritten = session("三", "abxy");
        assert_eq!(undone(&rewritten, &change, 5), Err(NotUndone::Overwritten));
        let added = session("二", "abxy");
        assert_eq!(undone(&added, &change, 5), Ok(session("一", "aby")));
    }
}
