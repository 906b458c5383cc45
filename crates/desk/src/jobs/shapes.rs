//! What is asked for in the background.

use qinting_app::*;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

shapes! {
    /// Ask for text.
    struct TranscribeCase {
        /// The case.
        case_id: CaseId,
        /// `auto`, `zh`, `en`; `None` takes the case's.
        language: Option<String>,
        /// Model id or file; `None` takes the default.
        model: Option<String>,
    }
}
