//! The codebook.

use crate::shape::shapes;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

shapes! {
    /// A new tag.
    struct NewTag {
        /// Name.
        name: String,
        /// Colour.
        colour: TagColour,
        /// Branch.
        parent_id: Option<TagId>,
    }
    /// One record takes over from another.
    struct TagMerge {
        /// Goes.
        from: TagId,
        /// Stays.
        into: TagId,
    }
}
