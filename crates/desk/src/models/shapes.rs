//! Models, as they are listed and fetched.

use qinting_app::*;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

choices! {
    /// Where a model stands.
    enum ModelState {
        /// Not on disk.
        Absent,
        /// Being fetched.
        Downloading,
        /// A part is on disk; the download resumes there.
        Partial,
        /// Ready.
        Installed,
    }
}

shapes! {
    /// A model of the catalogue or a file a person chose.
    struct ModelRow {
        /// Id, e.g. `small-q5_1`, or `file:<sha256 prefix>`.
        id: String,
        /// Name as shown.
        name: String,
        /// Size of the file.
        #[ts(type = "number")] bytes: u64,
        /// Expected hash: SHA-1 of the published ggml files, or SHA-256 of a chosen file.
        hash: String,
        /// Languages in words: `zh`, `en`, `multi`, `demo`.
        languages: Vec<String>,
        /// Rough minutes of audio per minute of work on two cores; 0 unknown.
        speed_hint: f32,
        /// Where it stands.
        state: ModelState,
        /// Bytes on disk of a part.
        #[ts(type = "number")] bytes_present: u64,
        /// The model used when none is named.
        is_default: bool,
        /// Knows only the demo calls' phrases.
        is_demo: bool,
    }
    /// A download under way.
    struct DownloadProgress {
        /// The model.
        id: String,
        /// Bytes on disk.
        #[ts(type = "number")] bytes_present: u64,
        /// Bytes in all.
        #[ts(type = "number")] bytes_total: u64,
        /// The host that answers.
        host: String,
        /// Finished.
        done: bool,
        /// Why it ended without the model.
        error: Option<ErrorNote>,
    }
    /// Which model is used when none is named.
    struct DefaultModel {
        /// The model.
        id: String,
        /// Take it although it knows only the demo calls.
        insist: bool,
    }
}
