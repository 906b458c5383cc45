//! A call as the console opens it.

use qinting_app::*;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

shapes! {
    /// A case as the console opens it.
    struct CaseView {
        /// The case.
        case: Case,
        /// Its contacts as they are shown, the first first.
        contacts: Vec<Contact>,
        /// Who saw one of them whole, the last first.
        unmasked: Vec<UnmaskingView>,
        /// Its recording, if any.
        recording: Option<Recording>,
        /// Text.
        transcript: TranscriptState,
        /// Segments in the transcript.
        segment_count: u32,
        /// The text was made from an older copy of the sound: it was taken again since.
        text_is_older: bool,
        /// The texts of its recording, the newest first: the one that is read, one that waits beside it until
        /// somebody chooses, and those of before.
        texts: Vec<Transcript>,
        /// The newest transcription job, if any.
        job: Option<Job>,
        /// People who listened.
        listener_count: u32,
        /// Where this person left off.
        listen_state: Option<ListenState>,
        /// Silence and overtalk; of a live call also what was paused or lost.
        regions: Vec<Region>,
        /// The live call it comes from, or the one whose marks were put onto its recording.
        live: Option<LiveCall>,
    }
}
