//! Models, the doctor, the workspace, and what the app tells its hosts.

use super::find::IndexState;
use super::{
    ImportBatch, LiveDraft, LiveLevels, LiveStatus, MediaReading, MediaReport, OutputDevice,
    PlayerState, RetakeCandidate,
};
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
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

choices! {
    /// Who may use the folder of a workspace, by the rights the system keeps.
    enum Sharing {
        /// The person alone.
        Private,
        /// Others could so far, and nobody has said whether that is wanted.
        Unsettled,
        /// A group of people, on purpose.
        Group,
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
    /// Whether the database is sound.
    struct DatabaseReport {
        /// Schema version of the file.
        schema_version: u32,
        /// SQLite's own version.
        sqlite_version: String,
        /// The integrity check passes.
        sound: bool,
        /// What it says otherwise (first lines).
        problems: Vec<String>,
        /// Live rows by table.
        counts: BTreeMap<String, u32>,
    }
    /// The state of everything the app rests on.
    struct DoctorReport {
        /// App version.
        version: String,
        /// Workspace folder.
        workspace: String,
        /// Database.
        database: DatabaseReport,
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
        missing_media: Vec<String>,
        /// All media files: there, as long as they were, and read whole in turn.
        media: MediaReport,
        /// Calls whose source is worth taking again: this decoder might bring them in longer, or
        /// elsewhere in time.
        to_retake: Vec<RetakeCandidate>,
        /// The search index.
        index: IndexState,
        /// Everything is well.
        healthy: bool,
    }
    /// The workspace in a few words.
    struct WorkspaceInfo {
        /// Folder.
        path: String,
        /// Cases in it.
        case_count: u32,
        /// Open issues in it.
        open_issue_count: u32,
        /// Who is at this seat.
        actor: Person,
        /// A model is installed.
        has_model: bool,
        /// App version.
        version: String,
        /// Bytes free.
        #[ts(type = "number")] free_bytes: u64,
        /// It is the demo: made to be tried and thrown away.
        is_demo: bool,
        /// Why it is only read, if that is so: `workspace.read_only`, `workspace.network` or `workspace.newer_read`.
        only_read: Option<ErrorNote>,
        /// Who may use its folder.
        sharing: Sharing,
    }
    /// What can be opened while no workspace is.
    struct Doors {
        /// The demo was opened before and is still there.
        demo_exists: bool,
        /// Where a workspace of one's own lies, or would be made.
        own_path: String,
        /// It is there already.
        own_exists: bool,
        /// Why the workspace of the last time could not be opened.
        last_problem: Option<ErrorNote>,
    }
    /// The workspace that is open now.
    struct OpenedPlace {
        /// Folder.
        path: String,
        /// It is the demo.
        is_demo: bool,
        /// The case to show first.
        start_at: Option<CaseId>,
    }
    /// A copy of the database one can go back to.
    #[derive(Default)]
    struct CopyRow {
        /// Name of its file: what a restore is asked for.
        name: String,
        /// When it was made.
        #[ts(type = "number")] made_at: UnixMs,
        /// When the last change in it was made; `None` where nothing ever changed.
        #[ts(type = "number | null")] last_change_at: Option<UnixMs>,
        /// Size of the file.
        #[ts(type = "number")] bytes: u64,
        /// Schema version.
        schema_version: u32,
        /// Cases in it.
        cases: u32,
        /// Observations in it.
        observations: u32,
        /// Issues in it.
        issues: u32,
        /// Not a copy: what an earlier restore put aside.
        is_aside: bool,
        /// It can be looked into.
        readable: bool,
    }
    /// What was copied to another folder.
    struct CarriedCopy {
        /// The new workspace folder.
        path: String,
        /// Files in it.
        files: u32,
        /// Bytes in it.
        #[ts(type = "number")] bytes: u64,
    }
    /// What was read out of a hurt database.
    #[derive(Default)]
    struct Salvaged {
        /// Rows that could be read.
        #[ts(type = "number")] saved: u64,
        /// Rows that could not.
        #[ts(type = "number")] lost: u64,
        /// Rows of those that came from the newest copy.
        #[ts(type = "number")] from_copy: u64,
        /// Rows that could be read and make no sense without a lost one.
        #[ts(type = "number")] left_out: u64,
    }
    /// Which model is used when none is named.
    struct DefaultModel {
        /// The model.
        id: String,
        /// Take it although it knows only the demo calls.
        insist: bool,
    }
    /// A record somebody touched.
    struct Touched {
        /// Kind.
        kind: EntityKind,
        /// Id.
        #[ts(type = "string")] id: uuid::Uuid,
    }
}

/// What the app tells its hosts, after the commit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AppEvent {
    /// Records changed.
    Changed {
        /// Which.
        touched: Vec<Touched>,
        /// By which operation.
        op_id: OpId,
        /// What it was, for the undo bar.
        action: String,
        /// True when a person at this seat did it (so it can be undone here).
        undoable: bool,
    },
    /// The transcript of a recording grew.
    Transcript {
        /// The recording.
        recording_id: RecordingId,
        /// Its case.
        case_id: CaseId,
        /// The run is over.
        done: bool,
    },
    /// A job moved.
    Job {
        /// The job.
        job: Job,
    },
    /// An import moved.
    Import {
        /// The batch.
        batch: ImportBatch,
    },
    /// A download moved.
    Download {
        /// The download.
        progress: DownloadProgress,
    },
    /// The player moved.
    Player {
        /// Its state.
        state: PlayerState,
    },
    /// A live call began, changed its state, or ended (`None`).
    Live {
        /// The call that goes on.
        status: Option<Box<LiveStatus>>,
    },
    /// Levels of a live call, or of the check before one. About ten times a second.
    LiveLevels {
        /// The levels.
        levels: LiveLevels,
    },
    /// Text of an utterance that goes on, or is over and in doubt. When it is settled, `Transcript` and
    /// `LiveFinal` follow.
    LiveDraft {
        /// The text.
        draft: LiveDraft,
    },
    /// An utterance is settled: its drafts go, its segments are in the transcript.
    LiveFinal {
        /// Channel.
        lane: u16,
        /// The utterance.
        #[ts(type = "number")]
        utterance: u64,
        /// Its segments, as they stand in the transcript; empty: nothing was said.
        segments: Vec<Segment>,
    },
    /// A link was opened from outside, or a second start handed one over.
    OpenLink {
        /// The moment.
        link: MomentLink,
    },
    /// The media folder is being read whole.
    Media {
        /// How far it is.
        reading: MediaReading,
    },
    /// More of the search index is renewed.
    Index {
        /// How far it is.
        state: IndexState,
    },
    /// Something a person should know that no command answers for.
    Notice {
        /// Code and arguments.
        note: ErrorNote,
    },
}
