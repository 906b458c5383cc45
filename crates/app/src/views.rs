//! What hosts ask with and what they get: the shapes that cross to the window and to `--json`.

use qinting_domain::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// One window of a longer list, with the length of the whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// How many there are in all.
    pub total: u32,
}

macro_rules! shapes {
    ($($(#[$meta:meta])* struct $name:ident { $($(#[$fmeta:meta])* $field:ident : $ty:ty),* $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
        pub struct $name { $($(#[$fmeta])* pub $field: $ty),* }
    )+};
}

macro_rules! choices {
    ($($(#[$meta:meta])* enum $name:ident { $($(#[$vmeta:meta])* $variant:ident),* $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vmeta])* $variant),* }
    )+};
}

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
    /// Column the issue list is ordered by.
    enum IssueSort {
        /// Newest number first.
        Number,
        /// Title.
        Title,
        /// Life cycle.
        Status,
        /// Most urgent, then hardest.
        Urgency,
        /// Most cases.
        Reach,
        /// Owner's name.
        Owner,
        /// Nearest due day.
        Due,
        /// Oldest first.
        Age,
        /// Most evidence.
        Evidence,
    }
    /// Ready-made views of the issue list.
    enum IssueListView {
        /// Everything that is not closed.
        Open,
        /// Mine.
        Mine,
        /// Past due and open.
        Overdue,
        /// Waits for somebody to listen again.
        ToVerify,
        /// Came back.
        Reopened,
        /// Nobody's.
        Unowned,
        /// Closed (verified, declined).
        Closed,
        /// All, merged ones too.
        All,
    }
    /// What a search looks through.
    enum SearchScope {
        /// Transcripts.
        Segment,
        /// Observations.
        Observation,
        /// Issues.
        Issue,
        /// Cases.
        Case,
    }
    /// How findings leave.
    enum ExportFormat {
        /// Everything, for machines.
        Json,
        /// Observations as a table for spreadsheets.
        Csv,
        /// A readable text.
        Md,
    }
    /// What became of a file.
    enum ImportOutcome {
        /// A new case.
        Imported,
        /// Two mono files became one case; said of each of them.
        Joined,
        /// The audio is there already; `case_id` says where.
        Duplicate,
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
        /// The newest transcription job, if any.
        job: Option<Job>,
        /// People who listened.
        listener_count: u32,
        /// Where this person left off.
        listen_state: Option<ListenState>,
        /// Silence and overtalk.
        regions: Vec<Region>,
    }
    /// New values for a case; absent fields stay.
    struct CasePatch {
        /// The case.
        id: CaseId,
        /// Revision the values were read at.
        rev: u32,
        /// New values by field name (`title`, `business_line`, …; `started_at` a number or null).
        #[ts(type = "Partial<Omit<Case, 'id' | 'rev'>>")] fields: serde_json::Map<String, serde_json::Value>,
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
        /// Absolute paths.
        paths: Vec<String>,
        /// How files of one call are recognised.
        suffix_rules: Vec<SuffixRule>,
    }
    /// One case to be: one file, or the two files of a call.
    struct ImportItem {
        /// One path, or agent and customer.
        paths: Vec<String>,
        /// Title it will get.
        title: String,
        /// Bytes.
        #[ts(type = "number")] bytes: u64,
    }
    /// What an import would do.
    struct ImportPlan {
        /// Cases to be.
        items: Vec<ImportItem>,
        /// Files that are passed over because their name says they are not audio.
        ignored: Vec<String>,
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
    /// Ask for text.
    struct TranscribeCase {
        /// The case.
        case_id: CaseId,
        /// `auto`, `zh`, `en`; `None` takes the case's.
        language: Option<String>,
        /// Model id or file; `None` takes the default.
        model: Option<String>,
    }
    /// A window of the transcript.
    struct SegmentQuery {
        /// The recording.
        recording_id: RecordingId,
        /// First ordinal.
        offset: u32,
        /// Rows at most (the store caps it at 500).
        limit: u32,
    }
    /// New words for a segment; the engine's own are kept. `text: null` goes back to them.
    struct SegmentEdit {
        /// The segment.
        id: SegmentId,
        /// Revision it was read at.
        rev: u32,
        /// New text.
        text: Option<String>,
    }
    /// Words looked for in one transcript.
    struct TranscriptSearch {
        /// The recording.
        recording_id: RecordingId,
        /// What was typed.
        text: String,
    }
    /// A segment that contains what was typed.
    struct SegmentHit {
        /// The segment.
        id: SegmentId,
        /// Its place in the transcript.
        ordinal: u32,
        /// Its start.
        #[ts(type = "number")] start_ms: u64,
    }
    /// A window of the waveform. Answered as bytes, see [`PEAKS_LAYOUT`].
    struct PeaksRequest {
        /// The recording.
        recording_id: RecordingId,
        /// Start of the window.
        #[ts(type = "number")] start_ms: u64,
        /// End of the window.
        #[ts(type = "number")] end_ms: u64,
        /// Columns wanted, at most 8192.
        columns: u32,
    }
    /// Lanes that are heard. With a solo only that lane is heard.
    struct LaneChoice {
        /// Muted channel indices.
        muted: Vec<u16>,
        /// The one lane that is heard.
        solo: Option<u16>,
    }
    /// An output the player can use.
    struct OutputDevice {
        /// Stable id.
        id: String,
        /// Friendly name.
        name: String,
        /// The system default.
        is_default: bool,
    }
    /// A range.
    struct Span {
        /// Start.
        #[ts(type = "number")] start_ms: u64,
        /// End.
        #[ts(type = "number")] end_ms: u64,
    }
    /// The player, as the UI interpolates it.
    struct PlayerState {
        /// What is loaded.
        recording_id: Option<RecordingId>,
        /// Its case.
        case_id: Option<CaseId>,
        /// Where it stands.
        #[ts(type = "number")] position_ms: u64,
        /// Length.
        #[ts(type = "number")] duration_ms: u64,
        /// Running.
        playing: bool,
        /// Set while a clip is played that stops at its end.
        clip: Option<Span>,
        /// 0.5–3.0.
        speed: f32,
        /// Jumps over silence.
        skip_silence: bool,
        /// Repeated range.
        loop_range: Option<Span>,
        /// Lanes.
        lanes: LaneChoice,
        /// Chosen device, `None` for the default.
        device: Option<String>,
        /// No device: the clock runs silently.
        silent: bool,
        /// Why, as an error code.
        notice: Option<ErrorNote>,
    }
    /// Open a case in the player.
    struct OpenPlayer {
        /// The case.
        case_id: CaseId,
        /// Where; `None` continues where this person left off.
        #[ts(type = "number | null")] at_ms: Option<u64>,
    }
    /// Play a moment in place.
    struct PlayClip {
        /// The recording.
        recording_id: RecordingId,
        /// Start.
        #[ts(type = "number")] start_ms: u64,
        /// End.
        #[ts(type = "number")] end_ms: u64,
    }
    /// The one-key mark.
    struct MarkRequest {
        /// The recording.
        recording_id: RecordingId,
        /// Player position when the key went down.
        #[ts(type = "number")] at_ms: u64,
        /// Lag to take off; `None` takes the setting.
        lag_ms: Option<u32>,
        /// `None` is a problem.
        kind: Option<ObservationKind>,
        /// Tags given in the same stroke.
        tags: Vec<TagId>,
        /// Explicit range instead of the automatic clip.
        range: Option<Span>,
        /// Words written in the same stroke (CLI).
        text: Option<String>,
    }
    /// New values for an observation; absent fields stay.
    struct ObservationPatch {
        /// The observation.
        id: ObservationId,
        /// Revision it was read at.
        rev: u32,
        /// New start.
        #[ts(type = "number | null")] start_ms: Option<u64>,
        /// New end.
        #[ts(type = "number | null")] end_ms: Option<u64>,
        /// New kind.
        kind: Option<ObservationKind>,
        /// New axis.
        axis: Option<Axis>,
        /// New words.
        text: Option<String>,
        /// New tags.
        tags: Option<Vec<TagId>>,
        /// 0–3.
        severity: Option<u8>,
    }
    /// An observation where it is listed.
    struct ObservationView {
        /// The observation.
        observation: Observation,
        /// Title of its case.
        case_title: String,
        /// Who made it.
        author: String,
        /// Issues it is filed under.
        issues: Vec<IssueRef>,
    }
    /// An issue in a few words.
    struct IssueRef {
        /// Identity.
        id: IssueId,
        /// Number.
        number: u32,
        /// Title.
        title: String,
        /// Status.
        status: IssueStatus,
    }
    /// Which observations.
    struct ObservationQuery {
        /// Only with this tag.
        tag: Option<TagId>,
        /// Only of this kind.
        kind: Option<ObservationKind>,
        /// Only those not filed under any issue.
        unfiled: bool,
        /// First row.
        offset: u32,
        /// Rows at most.
        limit: u32,
    }
    /// A new tag.
    struct NewTag {
        /// Name.
        name: String,
        /// Colour.
        colour: TagColour,
        /// Branch.
        parent_id: Option<TagId>,
    }
    /// New values for a tag; absent fields stay.
    struct TagPatch {
        /// The tag.
        id: TagId,
        /// Revision it was read at.
        rev: u32,
        /// New name.
        name: Option<String>,
        /// New colour.
        colour: Option<TagColour>,
        /// New definition.
        definition: Option<String>,
        /// Retired or back.
        retired: Option<bool>,
    }
    /// One record takes over from another.
    struct TagMerge {
        /// Goes.
        from: TagId,
        /// Stays.
        into: TagId,
    }
    /// What to show of the issue list.
    struct IssueQuery {
        /// Words; empty for all.
        text: String,
        /// Ready-made view.
        view: IssueListView,
        /// Only this business line.
        business_line: Option<String>,
        /// Only this cell.
        urgency: Option<u8>,
        /// Only this cell.
        difficulty: Option<u8>,
        /// Only these statuses; empty for all of the view.
        statuses: Vec<IssueStatus>,
        /// Only this owner.
        owner_id: Option<PersonId>,
        /// Who asks, for "mine".
        asker: Option<PersonId>,
        /// Now, for "overdue"; filled in by the use case.
        #[ts(type = "number")] now: UnixMs,
        /// Order.
        sort: IssueSort,
        /// Turned around.
        descending: bool,
        /// First row.
        offset: u32,
        /// Rows at most (the store caps it at 500).
        limit: u32,
    }
    /// One row of the issue list.
    struct IssueRow {
        /// The issue.
        issue: Issue,
        /// Its stage.
        stage: Stage,
        /// Owner's name, empty when nobody's.
        owner: String,
        /// Pieces of evidence.
        evidence_count: u32,
        /// Distinct cases.
        case_count: u32,
        /// Distinct customers (cases without a customer count one each).
        customer_count: u32,
        /// Tags of its evidence, most frequent first, three at most.
        tags: Vec<TagId>,
        /// First piece of evidence, for replay in place.
        first_evidence: Option<PlayClip>,
    }
    /// A name and how often it occurs.
    struct Count {
        /// Name.
        name: String,
        /// Count.
        count: u32,
    }
    /// Counts for the side column of the issue list.
    struct IssueFacets {
        /// By ready-made view (`open`, `mine`, …).
        views: Vec<Count>,
        /// Open issues by business line.
        business_lines: Vec<Count>,
        /// Open issues by cell `U2D1`.
        matrix: Vec<Count>,
        /// Open issues by status.
        statuses: Vec<Count>,
    }
    /// A piece of evidence on the issue page.
    struct EvidenceView {
        /// The tie.
        link: IssueLink,
        /// The moment.
        observation: Observation,
        /// Title of its case.
        case_title: String,
        /// Customer as shown.
        customer: String,
        /// When the call began.
        #[ts(type = "number | null")] started_at: Option<UnixMs>,
        /// Who heard it.
        author: String,
        /// Words in the range, by speaker.
        lines: Vec<EvidenceLine>,
        /// Roles of the channels.
        roles: Vec<ChannelRole>,
    }
    /// One line heard in a piece of evidence.
    struct EvidenceLine {
        /// Who.
        role: ChannelRole,
        /// What.
        text: String,
    }
    /// A comment with its author.
    struct CommentView {
        /// The comment.
        comment: Comment,
        /// Who wrote it.
        author: String,
    }
    /// A change with the name of who did it.
    struct ChangeView {
        /// The change.
        change: Change,
        /// Who.
        author: String,
    }
    /// An issue as its page opens.
    struct IssueView {
        /// The row.
        row: IssueRow,
        /// Evidence.
        evidence: Vec<EvidenceView>,
        /// Comments.
        comments: Vec<CommentView>,
        /// History, newest first.
        history: Vec<ChangeView>,
        /// Issues merged into this one.
        merged: Vec<IssueRef>,
        /// When merged away: the one that took over.
        merged_into: Option<IssueRef>,
        /// Statuses it may move to now, with whether a reason is needed.
        moves: Vec<StatusMove>,
    }
    /// A status an issue may move to.
    struct StatusMove {
        /// The status.
        status: IssueStatus,
        /// A reason is needed.
        needs_reason: bool,
    }
    /// A new issue.
    struct NewIssue {
        /// Title.
        title: String,
        /// Statement, may be empty.
        statement: String,
        /// Business line, may be empty.
        business_line: String,
        /// 0–4.
        urgency: u8,
        /// 0–3.
        difficulty: u8,
        /// Moments it rests on.
        observation_ids: Vec<ObservationId>,
    }
    /// New values for an issue; absent fields stay.
    struct IssuePatch {
        /// The issue.
        id: IssueId,
        /// Revision it was read at.
        rev: u32,
        /// New values by field name (`title`, `statement`, `root_cause`, `business_line`, `owner_id`,
        /// `external_owner`, `urgency`, `difficulty`, `due`).
        #[ts(type = "Partial<Omit<Issue, 'id' | 'number' | 'status' | 'rev'>>")] fields: serde_json::Map<String, serde_json::Value>,
    }
    /// File moments under an issue that exists.
    struct AttachRequest {
        /// The issue.
        issue_id: IssueId,
        /// The moments.
        observation_ids: Vec<ObservationId>,
        /// How they speak to it; `None` is evidence.
        relation: Option<EvidenceRelation>,
    }
    /// Move an issue in its life cycle.
    struct StatusChange {
        /// The issue.
        id: IssueId,
        /// Revision it was read at.
        rev: u32,
        /// Where to.
        status: IssueStatus,
        /// Why, may be empty where the life cycle does not ask.
        reason: String,
    }
    /// One issue takes over from another.
    struct IssueMerge {
        /// Goes.
        from: IssueId,
        /// Stays.
        into: IssueId,
    }
    /// "Is there something like this already?"
    struct SimilarRequest {
        /// Title being typed.
        text: String,
        /// The moment being filed: its words and tags count too.
        observation_id: Option<ObservationId>,
        /// Leave this one out.
        except: Option<IssueId>,
    }
    /// A new comment.
    struct NewComment {
        /// The issue.
        issue_id: IssueId,
        /// The words.
        text: String,
    }
    /// What Ctrl+Z did.
    struct UndoResult {
        /// The operation that was undone.
        op_id: OpId,
        /// What it was, e.g. `observation.mark`.
        action: String,
    }
    /// A new person.
    struct NewPerson {
        /// Name.
        name: String,
        /// Role.
        role: PersonRole,
        /// Department.
        org_unit: String,
    }
    /// New values for a person; absent fields stay.
    struct PersonPatch {
        /// The person.
        id: PersonId,
        /// Revision it was read at.
        rev: u32,
        /// Name.
        name: Option<String>,
        /// Role.
        role: Option<PersonRole>,
        /// Department.
        org_unit: Option<String>,
    }
    /// What to look for.
    struct SearchQuery {
        /// What was typed.
        text: String,
        /// Where; empty for everywhere.
        scopes: Vec<SearchScope>,
        /// Hits per scope at most (the store caps it at 100).
        limit: u32,
    }
    /// Something that was found, and the moment it leads to.
    struct SearchHit {
        /// What it is.
        scope: SearchScope,
        /// Heading: title of the case or issue.
        title: String,
        /// Words around the place, at most 80 characters.
        excerpt: String,
        /// Who speaks, for transcripts.
        role: Option<ChannelRole>,
        /// The case it leads to.
        case_id: Option<CaseId>,
        /// The moment in it.
        #[ts(type = "number | null")] start_ms: Option<u64>,
        /// The end of the moment.
        #[ts(type = "number | null")] end_ms: Option<u64>,
        /// The issue it leads to.
        issue_id: Option<IssueId>,
        /// Its number.
        issue_number: Option<u32>,
        /// The observation it leads to.
        observation_id: Option<ObservationId>,
    }
    /// What was found.
    struct SearchResults {
        /// Hits, grouped by scope in the order issue, observation, case, segment; newest first.
        hits: Vec<SearchHit>,
        /// Scopes in which there is more than was returned.
        more: Vec<SearchScope>,
    }
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
        /// Bytes free on the workspace's disk.
        #[ts(type = "number")] free_bytes: u64,
        /// Bytes of media.
        #[ts(type = "number")] media_bytes: u64,
        /// Media files a record names but the folder lacks.
        missing_media: Vec<String>,
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
    }
    /// Where findings should go.
    struct ExportRequest {
        /// Format.
        format: ExportFormat,
        /// File to write.
        path: String,
    }
    /// What was written.
    struct ExportResult {
        /// The file.
        path: String,
        /// Its size.
        #[ts(type = "number")] bytes: u64,
        /// Observations in it.
        observations: u32,
        /// Issues in it.
        issues: u32,
    }
    /// Everything an export needs, in one consistent read.
    struct Findings {
        /// When it was read.
        #[ts(type = "number")] at: UnixMs,
        /// Cases that carry observations.
        cases: Vec<Case>,
        /// Observations, oldest first.
        observations: Vec<ObservationView>,
        /// Issues by number.
        issues: Vec<IssueRow>,
        /// Their evidence.
        links: Vec<IssueLink>,
        /// Tags.
        tags: Vec<Tag>,
        /// People.
        people: Vec<Person>,
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
    /// A link was opened from outside, or a second start handed one over.
    OpenLink {
        /// The moment.
        link: MomentLink,
    },
    /// Something a person should know that no command answers for.
    Notice {
        /// Code and arguments.
        note: ErrorNote,
    },
}

/// How [`PeaksRequest`] is answered, little-endian: `u32` channels, `u32` columns, `f64` start in
/// ms, `f64` ms per column, then for each channel `columns` pairs of `i8` (min, max), full scale
/// ±127.
pub const PEAKS_LAYOUT: usize = 24;
