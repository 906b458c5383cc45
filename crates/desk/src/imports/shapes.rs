//! What an import is asked, and what became of each file.

use qinting_app::*;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

choices! {
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
    #[derive(Default)]
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
