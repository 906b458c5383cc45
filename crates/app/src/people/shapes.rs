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
}
