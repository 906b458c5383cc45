//! Whether the files of the media folder are what they were when they came in.

use crate::imports::shapes::RetakeCandidate;
use crate::models::shapes::ModelRow;
use crate::player::shapes::OutputDevice;
use qinting_app::*;
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
    struct MediaCheckup {
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

shapes! {
    /// The state of everything the app rests on.
    struct Checkup {
        /// App version.
        version: String,
        /// Workspace folder.
        workspace: String,
        /// Database.
        database: DatabaseCheckup,
        /// Outputs; empty means a silent clock.
        devices: Vec<OutputDevice>,
        /// Models on disk.
        models: Vec<ModelRow>,
        /// Models folder.
        models_folder: String,
        /// Version of the system's ffmpeg, which reads what phones and recorders write; `None`:
        /// there is none.
        ffmpeg: Option<String>,
        /// The time zone that calendar times of exports are in; `None`: this machine does not say, and
        /// they are in UTC.
        zone: Option<String>,
        /// Bytes free on the workspace's disk.
        #[ts(type = "number")] free_bytes: u64,
        /// Bytes of media.
        #[ts(type = "number")] media_bytes: u64,
        /// Media files a record names but the folder lacks.
        missing_media: Vec<Sha256>,
        /// All media files: there, as long as they were, and read whole in turn.
        media: MediaCheckup,
        /// Calls whose source is worth taking again: this decoder might bring them in longer, or
        /// elsewhere in time.
        to_retake: Vec<RetakeCandidate>,
        /// The search index.
        index: IndexState,
        /// Everything is well.
        healthy: bool,
    }
}
