//! Whether the files of the media folder are what they were when they came in.

use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

choices! {
    /// What a media file is of its recording.
    enum MediaPart {
        /// A source, byte for byte as it came.
        Source,
        /// What is played.
        Audio,
        /// What the waveform is drawn from.
        Peaks,
    }
    /// What is wrong with it.
    enum MediaFault {
        /// It is not there.
        Missing,
        /// The system does not give it.
        Unreadable,
        /// It is not as long as it was.
        Size,
        /// Its bytes are not the ones that came in.
        Bytes,
    }
    /// How it becomes whole again.
    enum MediaWayOut {
        /// Importing the same file again mends it.
        ImportAgain,
        /// Its source is whole: taking it again makes the rest anew.
        TakeAgain,
        /// It was recorded here: only a backup of the media folder has it.
        Backup,
    }
}

shapes! {
    /// A media file that is not what it was.
    struct BrokenMedia {
        /// The call.
        case_id: CaseId,
        /// Its title.
        title: String,
        /// The call is in the bin.
        in_bin: bool,
        /// The recording.
        recording_id: RecordingId,
        /// What the file is.
        part: MediaPart,
        /// Name a source came with; empty for the other parts.
        name: String,
        /// What is wrong.
        fault: MediaFault,
        /// What helps.
        way_out: MediaWayOut,
    }
    /// The media folder.
    struct MediaReport {
        /// Files that have to be there; each was opened and its length looked at.
        files: u32,
        /// Files that were read whole this time.
        read: u32,
        /// Files that have not been read whole since they came in.
        unread: u32,
        /// Those that are not what they were, by call.
        broken: Vec<BrokenMedia>,
    }
    /// How far reading the media folder has come.
    struct MediaReading {
        /// Bytes that were read.
        #[ts(type = "number")] done_bytes: u64,
        /// Bytes that are to be read.
        #[ts(type = "number")] total_bytes: u64,
    }
}
