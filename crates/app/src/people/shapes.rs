//! People.

use crate::shape::shapes;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

shapes! {
    /// A new person.
    struct NewPerson {
        /// Name.
        name: String,
        /// Roles.
        roles: Roles,
        /// Department.
        org_unit: String,
    }
    /// Somebody turned out to be somebody else.
    struct PersonMerge {
        /// Whoever it is who was there twice.
        from: PersonId,
        /// Who they are.
        into: PersonId,
    }
}
