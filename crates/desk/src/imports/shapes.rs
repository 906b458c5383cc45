//! What an import is asked, and what became of each file.

use super::beside::{ProfileNamed, TableWays};
use crate::tickets::Ticket;
use qinting_app::*;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;
use ts_rs::TS;

/// One case to be: its files, and how they are taken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallFiles {
    /// One file, or agent and customer.
    pub paths: Vec<PathBuf>,
    /// Title it will get.
    pub title: String,
    /// Take what is there of a file that breaks off.
    pub take_what_is_there: bool,
    /// Make a case of it although the same is in the bin, or is here already and nobody speaks in it.
    pub as_own_call: bool,
    /// What tables, side-cars and its name tell of it.
    pub facts: Option<Arc<ContactFacts>>,
    /// The profile that read the first source that tells of it; empty where none did.
    pub source: String,
}

/// What calls there are among files and folders.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundCalls {
    /// Cases to be.
    pub calls: Vec<CallFiles>,
    /// The first of the files that are passed over because they are no recordings.
    pub ignored: Vec<PathBuf>,
    /// How many are passed over in all.
    pub ignored_count: u32,
    /// Folders that were not looked into: closed to us, too deep, or a link.
    pub unopened: Vec<PathBuf>,
}

choices! {
    /// What kept a file out that a person may decide about.
    enum ImportObstacle {
        /// It breaks off: what is there of it is taken, with the other file of its call.
        Truncated,
        /// The same is in the bin, or is here already and nobody speaks in it: it becomes a call of
        /// its own.
        Known,
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
    /// Files and folders a person brought.
    struct ImportPlanRequest {
        /// Names them.
        ticket: Ticket,
        /// How files of one call are recognised.
        suffix_rules: Vec<SuffixRule>,
        /// Zone of times that name none: a name of the IANA list, or an offset.
        zone: String,
        /// Which of several rows about one call counts.
        counts: WhichCounts,
        /// What a person said of single sources.
        sources: Vec<SourceAsked>,
    }
    /// What a person said of how one source is read; of the rest it is asked itself.
    struct SourceAsked {
        /// Which of the sources of the plan before.
        source: u32,
        /// The profile it is read by.
        profile: Option<ProfileNamed>,
        /// How it is read as a table.
        table: TableWays,
    }
    /// What to bring in of what a person brought, once.
    struct ImportStart {
        /// Names it. An import takes it.
        ticket: Ticket,
        /// Cases to be.
        calls: Vec<ImportCall>,
        /// On what they are brought in, and what customers were told of it: kept with every new one. What is empty is
        /// not stated.
        basis: String,
        /// See `basis`.
        notice: String,
    }
    /// A case a person wants of an import.
    struct ImportCall {
        /// One file, or agent and customer: which ones they are among all that the ticket names.
        files: Vec<u32>,
        /// Title it will get.
        title: String,
        /// Which of two words counts, where what tells of it contradicts itself; of the rest the plan says.
        decided: Vec<FactDecided>,
    }
    /// Which of the values that were said of a fact is to stand.
    struct FactDecided {
        /// The fact.
        key: FactKey,
        /// Which one, by its place in the contradiction of the plan.
        said: u32,
    }
    /// Bring a file of a batch in after all.
    struct ImportAgain {
        /// The batch.
        batch: u32,
        /// Index of the file in it.
        file: u32,
        /// In spite of what.
        although: ImportObstacle,
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
        /// Of a duplicate: nobody speaks in it, so it may be another call all the same.
        wordless: bool,
        /// How many facts its new case was told by tables, side-cars and its name.
        facts: u32,
        /// Facts that were told and that its case could not take.
        unheard: Vec<FactKey>,
        /// Of a new call of two channels: who speaks on which came from the settings.
        sides: Option<ImportSides>,
    }
    /// By what the settings say who speaks on the two channels of a new call.
    struct ImportSides {
        /// Its recording.
        recording_id: RecordingId,
        /// The profile its facts were read by; empty where none was.
        source: String,
        /// Who called whom, where that was told.
        direction: Option<Direction>,
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
        /// What became of facts told of calls that were here already, once the batch is done.
        applied: Option<FactsApplied>,
        /// Why they were not put down.
        not_applied: Option<ErrorNote>,
    }
}
