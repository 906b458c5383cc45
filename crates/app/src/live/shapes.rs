//! Calls that were heard as they happened.

use crate::shape::shapes;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

shapes! {
    /// A call that a crash or power cut ended.
    struct RecoveredCall {
        /// The call.
        call: LiveCall,
        /// Title of its case.
        title: String,
        /// Length of the sound that is there; 0 without.
        #[ts(type = "number")] length_ms: u64,
        /// Length that was promised.
        #[ts(type = "number")] promised_ms: u64,
        /// Some text is there.
        has_text: bool,
        /// Marks on it.
        observation_count: u32,
    }
}
