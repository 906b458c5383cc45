//! New values for what is there.

use crate::shape::shapes;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;
use uuid::Uuid;

shapes! {
    /// New values for fields of one record; what is not named stays.
    struct RecordPatch {
        /// What kind it is.
        kind: EntityKind,
        /// Its id.
        #[ts(type = "string")] id: Uuid,
        /// By the name of the field: those that `#[field(edit)]` declares.
        fields: BTreeMap<String, FieldEdit>,
        /// The operation it is, so that who asks knows its echo, and asking again is harmless.
        #[serde(default)]
        #[ts(optional)]
        op_id: Option<OpId>,
    }
    /// A new value for one field.
    struct FieldEdit {
        /// The value; `null` clears a field that can be empty.
        #[ts(type = "unknown")] value: serde_json::Value,
        /// Revision of the record at which the value it replaces was read. What somebody changed
        /// since in this field is not overwritten: in a list both edits count, element by element.
        /// Changes of other fields do not matter.
        rev: u32,
    }
}

shapes! {
    /// A record of a plain kind that is to be made.
    struct NewRecord {
        /// What kind it is.
        kind: EntityKind,
        /// The id it gets; made here when whoever asks makes none.
        #[serde(default)]
        #[ts(optional, type = "string")]
        id: Option<Uuid>,
        /// The operation it is, so that who asks knows its echo, and asking again is harmless.
        #[serde(default)]
        #[ts(optional)]
        op_id: Option<OpId>,
        /// By the name of the field: those that are declared `edit` or `given`. The rest is empty.
        #[ts(type = "{ [field: string]: unknown }")]
        fields: BTreeMap<String, serde_json::Value>,
    }
    /// One record.
    struct RecordRef {
        /// What kind it is.
        kind: EntityKind,
        /// Its id.
        #[ts(type = "string")] id: Uuid,
    }
    /// Which records of a plain kind; without field and id all of them.
    struct RecordQuery {
        /// What kind they are.
        kind: EntityKind,
        /// A field that refers to a record, and
        field: Option<String>,
        /// the id that stands in it.
        #[ts(type = "string | null")] id: Option<Uuid>,
    }
    /// What somebody wants to do something with; nothing for what needs no record.
    struct OfferQuery {
        /// What kind it is.
        kind: Option<EntityKind>,
        /// Its id.
        #[ts(type = "string | null")] id: Option<Uuid>,
    }
    /// Something that is not offered to who sits here, and why.
    struct Withheld {
        /// Code of the action.
        action: String,
        /// Why.
        why: ErrorNote,
    }
}

impl NewRecord {
    /// A record of a plain kind, from what a person says of it.
    pub fn of(
        kind: EntityKind,
        values: impl IntoIterator<Item = (impl Into<String>, serde_json::Value)>,
    ) -> Self {
        let fields = values.into_iter().map(|(name, value)| (name.into(), value));
        Self {
            kind,
            id: None,
            op_id: None,
            fields: fields.collect(),
        }
    }
}

impl RecordPatch {
    /// New values for fields of a record as it was read.
    pub fn of<T: Kept>(
        read: &T,
        values: impl IntoIterator<Item = (impl Into<String>, serde_json::Value)>,
    ) -> Self {
        let read: Record = read.clone().into();
        let rev = read.meta().rev;
        let fields = values
            .into_iter()
            .map(|(name, value)| (name.into(), FieldEdit { value, rev }));
        Self {
            kind: read.kind(),
            id: read.uuid(),
            fields: fields.collect(),
            op_id: None,
        }
    }
}

shapes! {
    /// What Ctrl+Z did.
    struct UndoResult {
        /// The operation that was undone.
        op_id: OpId,
        /// What it was, e.g. `observation.mark`.
        action: String,
    }
}
