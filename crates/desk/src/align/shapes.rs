//! Where marks of a call without sound may belong.

use qinting_app::*;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

shapes! {
    /// A recording that a call without sound may belong to.
    struct AlignCandidate {
        /// The recording.
        recording_id: RecordingId,
        /// Its case.
        case: Case,
        /// What it is the sound of.
        contact: Contact,
        /// Length.
        #[ts(type = "number")] duration_ms: u64,
        /// Recording time = session time + this.
        #[ts(type = "number")] offset_ms: i64,
        /// How that was found.
        method: AlignMethod,
        /// 0–100.
        confidence: u8,
        /// What speaks for it, as codes: `align.clock`, `align.clock_in_name`, `align.anchor`,
        /// `align.length`, `align.hello`, `align.fits`.
        reasons: Vec<ErrorNote>,
    }
    /// A call without sound and what it may belong to.
    struct AlignView {
        /// The call.
        call: LiveCall,
        /// Its case.
        case: Case,
        /// Length of the call clock.
        #[ts(type = "number")] duration_ms: u64,
        /// Its marks, on the recording they stand on now.
        marks: Vec<ObservationView>,
        /// Best first.
        candidates: Vec<AlignCandidate>,
    }
    /// Put the marks of a call without sound onto a recording.
    struct AlignRequest {
        /// The call.
        call_id: LiveCallId,
        /// The recording.
        recording_id: RecordingId,
        /// Recording time = session time + this.
        #[ts(type = "number")] offset_ms: i64,
        /// How it was found.
        method: AlignMethod,
        /// 0–100.
        confidence: u8,
    }
    /// The same moment on the call clock and in the recording.
    struct HelloRequest {
        /// The call.
        call_id: LiveCallId,
        /// The recording.
        recording_id: RecordingId,
        /// The mark that was set at the hello.
        observation_id: ObservationId,
        /// Where the hello is in the recording; `None` takes the first speech.
        #[ts(type = "number | null")] heard_ms: Option<u64>,
    }
}
