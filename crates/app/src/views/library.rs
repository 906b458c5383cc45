//! The case library and what comes into it.

use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

choices! {
    /// Order of the case library.
    enum CaseSort {
        /// Newest import first.
        Imported,
        /// Newest call first.
        StartedAt,
        /// By title.
        Title,
        /// Longest first.
        Duration,
        /// Most marks first.
        Marks,
    }
    /// Where a recording's text stands.
    enum TranscriptState {
        /// No text and nothing under way.
        None,
        /// Waiting.
        Queued,
        /// Being decoded.
        Running,
        /// There.
        Done,
        /// Failed; retry.
        Failed,
    }
    /// What became of a file.
    enum ImportOutcome {
        /// A new case.
        Imported,
        /// Two mono files became one case; said of each of them.
        Joined,
        /// One file of a call whose other file was refused: it is a case of its own.
        Half,
        /// The audio is there already; `case_id` says where.
        Duplicate,
        /// The audio was there already and its files had gone bad: they are whole again; `case_id`
        /// says where.
        Mended,
        /// The call is in the bin; `case_id` says which, and it can be put back.
        InBin,
        /// Refused; `error` says why.
        Rejected,
    }
    /// Where a batch stands.
    enum ImportState {
        /// Under way.
        Running,
        /// All files have an outcome.
        Done,
        /// A person stopped it; files not yet started have no outcome.
        Cancelled,
    }
}

shapes! {
    /// What to show of the case library.
    struct CaseQuery {
        /// Words in title and facts; empty for all.
        text: String,
        /// Only this business line; empty for all.
        business_line: String,
        /// Order.
        sort: CaseSort,
        /// First row.
        offset: u32,
        /// Rows at most (the store caps it at 500).
        limit: u32,
    }
    /// One row of the case library.
    struct CaseRow {
        /// The case.
        case: Case,
        /// Its recording, if any.
        recording_id: Option<RecordingId>,
        /// Length.
        #[ts(type = "number")] duration_ms: u64,
        /// Roles by channel.
        roles: Vec<ChannelRole>,
        /// Marks on it.
        observation_count: u32,
        /// Issues that rest on it.
        issue_count: u32,
        /// People who listened.
        listener_count: u32,
        /// Text.
        transcript: TranscriptState,
        /// The live call it comes from, if any.
        live: Option<LiveCall>,
        /// There is sound to play.
        has_audio: bool,
    }
    /// Where a person left off in a case.
    struct ListenState {
        /// Position.
        #[ts(type = "number")] position_ms: u64,
        /// Speed.
        speed: f32,
    }
    /// A case as the console opens it.
    struct CaseView {
        /// The case.
        case: Case,
        /// Its recording, if any.
        recording: Option<Recording>,
        /// Text.
        transcript: TranscriptState,
        /// Segments in the transcript.
        segment_count: u32,
        /// The text was made from an older copy of the sound: it was taken again since.
        text_is_older: bool,
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
    /// New roles for the channels of a recording.
    struct RolesRequest {
        /// The recording.
        recording_id: RecordingId,
        /// Role of each channel.
        roles: Vec<ChannelRole>,
    }
    /// Paths a person brought: files or folders.
    struct ImportPlanRequest {
        /// Absolute paths, as `path_text` writes them.
        paths: Vec<String>,
        /// Names this plan for `import_plan_cancel`.
        plan: u32,
        /// How files of one call are recognised.
        suffix_rules: Vec<SuffixRule>,
    }
    /// One case to be: one file, or the two files of a call.
    struct ImportItem {
        /// One path, or agent and customer, as `path_text` writes them.
        paths: Vec<String>,
        /// Title it will get.
        title: String,
        /// Bytes.
        #[ts(type = "number")] bytes: u64,
        /// Take what is there of a file that breaks off.
        #[serde(default)] take_what_is_there: bool,
        /// Make a case of it although the same is in the bin, or is here already and nobody
        /// speaks in it.
        #[serde(default)] as_own_call: bool,
    }
    /// What an import would do.
    struct ImportPlan {
        /// Cases to be.
        items: Vec<ImportItem>,
        /// The first of the files that are passed over because they are no recordings.
        ignored: Vec<String>,
        /// How many are passed over in all.
        ignored_count: u32,
        /// Folders that were not looked into: closed to us, too deep, or a link.
        unopened: Vec<String>,
    }
    /// What became of one file.
    struct ImportFile {
        /// As it was given.
        path: String,
        /// `None` while it is not decided.
        outcome: Option<ImportOutcome>,
        /// The case it is in.
        case_id: Option<CaseId>,
        /// Length.
        #[ts(type = "number | null")] duration_ms: Option<u64>,
        /// Channels of the recording.
        channels: Option<u16>,
        /// Why it was refused.
        error: Option<ErrorNote>,
        /// What a person should know about how its sound came in.
        notices: Vec<SoundNotice>,
        /// The other file of the call, where two belong together.
        other: Option<String>,
        /// Of a duplicate: nobody speaks in it, so it may be another call all the same.
        wordless: bool,
    }
    /// Decode the kept source of a recording anew.
    struct RetakeRequest {
        /// The recording.
        recording_id: RecordingId,
        /// Leave two channels that carry the same as they are.
        keep_both_lanes: bool,
    }
    /// A recording that the decoder of today might bring in longer, or elsewhere in time.
    struct RetakeCandidate {
        /// Its case.
        case_id: CaseId,
        /// The case's title.
        title: String,
        /// The recording.
        recording_id: RecordingId,
        /// Container and codec of its source.
        codec: String,
    }
    /// A batch of files on their way in.
    struct ImportBatch {
        /// Names the batch in this process.
        id: u32,
        /// Where it stands.
        state: ImportState,
        /// Every file.
        files: Vec<ImportFile>,
        /// Index of the file being read.
        current: u32,
        /// Of that file, in thousandths.
        current_permille: u16,
    }
}
