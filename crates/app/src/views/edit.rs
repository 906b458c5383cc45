//! New values for what is there.

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
        /// since in this field is not overwritten; changes of other fields do not matter.
        rev: u32,
    }
}

shapes! {
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
