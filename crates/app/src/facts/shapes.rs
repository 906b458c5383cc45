//! Facts on their way to the contacts they are of.

use crate::shape::shapes;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

shapes! {
    /// What a source says of a contact that is in already.
    struct FactsOf {
        /// The contact.
        contact_id: ContactId,
        /// What is said.
        facts: ContactFacts,
    }
    /// What became of facts that came later.
    struct FactsApplied {
        /// The operation, to undo it; none where nothing was new.
        op_id: Option<OpId>,
        /// Contacts of which something is known now that was not.
        contacts: u32,
        /// Fields in which a person's word stays, or that did not take what was said: to be seen as differences.
        differences: u32,
        /// Contacts that are not there any more.
        gone: Vec<ContactId>,
        /// What found no place, contact by contact.
        unheard: Vec<UnheardFacts>,
    }
    /// What of a source's word a contact could not take.
    struct UnheardFacts {
        /// The contact.
        contact_id: ContactId,
        /// Facts whose field takes no such value, by itself or beside the others.
        keys: Vec<FactKey>,
        /// All that was said is more than a contact keeps: the facts of it that have a field stand there.
        too_much: bool,
    }
    /// A field in which something else stands than the last import said.
    struct ToldDifference {
        /// The contact of whose import it is.
        contact_id: ContactId,
        /// Which fact.
        key: FactKey,
        /// What holds the field: that contact, or its case.
        kind: EntityKind,
        /// The field.
        field: String,
        /// What stands there.
        #[ts(type = "unknown")] mine: serde_json::Value,
        /// What the import said.
        #[ts(type = "unknown")] told: serde_json::Value,
    }
    /// Which of an import's words are to stand in their fields.
    struct TakeTold {
        /// The contact.
        contact_id: ContactId,
        /// Which; all that differ where none is named.
        keys: Option<Vec<FactKey>>,
    }
}
