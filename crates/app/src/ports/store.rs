//! The workspace database.

use super::{BinStore, LiveStore};
use crate::error::AppResult;
use crate::views::*;
use qinting_domain::*;
use uuid::Uuid;

/// What one operation writes. The store commits records, change rows and index rows together,
/// or nothing.
#[derive(Clone, Debug)]
pub struct Commit {
    /// Groups the changes; also makes a repeated commit harmless.
    pub op_id: OpId,
    /// Who.
    pub actor: PersonId,
    /// When.
    pub at: UnixMs,
    /// What they did, e.g. `observation.mark`.
    pub action: &'static str,
    /// Records in their new state. `meta.rev` is the revision the caller read (0: new); the store
    /// refuses with `conflict` when the row has moved on, and raises it by one.
    pub records: Vec<Record>,
    /// Set when this operation undoes another: it is then not itself offered to Ctrl+Z.
    pub undoes: Option<OpId>,
}

/// What a commit did.
#[derive(Clone, Debug)]
pub struct Committed {
    /// Sequence number of the last change row (unchanged when nothing differed).
    pub seq: i64,
    /// The records as they now stand (new `rev`, issue `number` given).
    pub records: Vec<Record>,
}

/// The workspace database. One writer; reads never wait for it.
///
/// Records that carry `deleted_at` are left out of every list and search, but `record` and the
/// change log still return them.
pub trait Store: LiveStore + BinStore + Send + Sync {
    /// Why nothing can be written, if that is so. Every method that writes then answers with it.
    fn only_read(&self) -> Option<ErrorNote> {
        None
    }

    /// Writes one operation durably (on disk before it returns).
    fn commit(&self, commit: Commit) -> AppResult<Committed>;
    /// One record in its present state, tombstones included.
    fn record(&self, kind: EntityKind, id: Uuid) -> AppResult<Option<Record>>;
    /// Present settings (defaults for what was never set).
    fn settings(&self) -> AppResult<Settings>;

    /// All people, by name.
    fn people(&self) -> AppResult<Vec<Person>>;
    /// All tags (every status), by position.
    fn tags(&self) -> AppResult<Vec<Tag>>;

    /// The case library.
    fn cases(&self, query: &CaseQuery) -> AppResult<Page<CaseRow>>;
    /// Business lines that cases or issues carry, most used first.
    fn business_lines(&self) -> AppResult<Vec<String>>;
    /// Recordings of a case.
    fn recordings_of(&self, case: CaseId) -> AppResult<Vec<Recording>>;
    /// The recording that was made from exactly these source bytes, or holds exactly this audio.
    fn recording_by_hash(&self, sha256: &str) -> AppResult<Option<Recording>>;
    /// Recordings with sound that an older decoder than this made of files, with their cases,
    /// newest first.
    fn recordings_before(&self, decoder: u32) -> AppResult<Vec<(Case, Recording)>>;
    /// Every recording with sound that is there or in the bin, with its case.
    fn recordings_with_sound(&self) -> AppResult<Vec<(Case, Recording)>>;
    /// Every media hash that has to be there: of recordings that are there or in the bin.
    fn media_in_use(&self) -> AppResult<Vec<String>>;

    /// Writes one batch of a recording's transcript in one transaction. The batches of a run share
    /// their `op_id`. Where the machine has written something before, the run is kept apart: with
    /// its last batch the old machine segments go and the new ones come, with their index rows, and
    /// until then nothing is seen of it. A first text is there batch by batch. With the last one
    /// change row on the recording says so. Segments a person corrected stay, and what was heard
    /// anew is left out where it shares more than half of the shorter one's time on the same
    /// channel.
    fn replace_transcript(&self, commit: TranscriptCommit) -> AppResult<()>;
    /// Takes away what a run that broke off kept apart; the text stays as it is.
    fn drop_run(&self, recording: RecordingId) -> AppResult<()>;
    /// Segments by ordinal, a window at a time.
    fn segments(&self, recording: RecordingId, offset: u32, limit: u32) -> AppResult<Vec<Segment>>;
    /// How many segments a recording has.
    fn segment_count(&self, recording: RecordingId) -> AppResult<u32>;
    /// Start times of all segments in order: the light index the console follows along.
    fn segment_starts(&self, recording: RecordingId) -> AppResult<Vec<u32>>;
    /// Segments that overlap a range, in order.
    fn segments_between(
        &self,
        recording: RecordingId,
        start_ms: u64,
        end_ms: u64,
    ) -> AppResult<Vec<Segment>>;
    /// Segments of one recording that contain the typed text.
    fn find_in_transcript(
        &self,
        recording: RecordingId,
        typed: &str,
        limit: u32,
    ) -> AppResult<Vec<SegmentHit>>;

    /// Observations of a case in time order, with the issues they are filed under.
    fn observations_of(&self, case: CaseId) -> AppResult<Vec<ObservationView>>;
    /// Observations of the whole workspace, newest first.
    fn observations(&self, query: &ObservationQuery) -> AppResult<Page<ObservationView>>;

    /// The issue list.
    fn issues(&self, query: &IssueQuery) -> AppResult<Page<IssueRow>>;
    /// Counts for the side column, over all issues; `asker` and `now` for "mine" and "overdue".
    fn issue_facets(&self, asker: PersonId, now: UnixMs) -> AppResult<IssueFacets>;
    /// Issue by its spoken number.
    fn issue_by_number(&self, number: u32) -> AppResult<Option<Issue>>;
    /// Evidence of an issue in the order it was added.
    fn evidence_of(&self, issue: IssueId) -> AppResult<Vec<EvidenceView>>;
    /// One observation with its case title, author, and issues; `None` when it is gone.
    fn observation_view(&self, id: ObservationId) -> AppResult<Option<ObservationView>>;
    /// One row of the issue list, whatever its status; `None` when it is gone.
    fn issue_row(&self, id: IssueId) -> AppResult<Option<IssueRow>>;
    /// Live issues that were merged into this one.
    fn merged_into(&self, issue: IssueId) -> AppResult<Vec<IssueRef>>;
    /// All live links of an issue.
    fn links_of(&self, issue: IssueId) -> AppResult<Vec<IssueLink>>;
    /// Comments, oldest first.
    fn comments_of(&self, issue: IssueId) -> AppResult<Vec<Comment>>;
    /// Issues that share words with `text`, best first, closed ones last, without `except`.
    fn similar_issues(
        &self,
        text: &str,
        except: Option<IssueId>,
        limit: u32,
    ) -> AppResult<Vec<IssueRow>>;

    /// All listening sessions, newest start first; one without a start counts from when it was made.
    fn sessions(&self) -> AppResult<Vec<SessionRow>>;
    /// One row of that list; `None` when it is gone.
    fn session_row(&self, id: SessionId) -> AppResult<Option<SessionRow>>;
    /// A session with its people, calls, moments and issues; `None` when it is gone. People and
    /// calls that were taken away since: the names stay, the calls are left out.
    fn session_view(&self, id: SessionId) -> AppResult<Option<SessionView>>;

    /// Changes of a record and of the links and comments that belong to it, oldest first.
    fn history(&self, kind: EntityKind, id: Uuid) -> AppResult<Vec<Change>>;
    /// Changes of one operation, in order.
    fn changes_of_op(&self, op: OpId) -> AppResult<Vec<Change>>;
    /// The newest operation of `actor` since `since_seq` that can still be undone (not itself an
    /// undo, not undone already).
    fn last_undoable(&self, actor: PersonId, since_seq: i64) -> AppResult<Option<OpId>>;
    /// Sequence number of the newest change.
    fn head_seq(&self) -> AppResult<i64>;

    /// One search over transcripts, observations, issues, and cases.
    fn search(&self, query: &SearchQuery) -> AppResult<SearchResults>;
    /// How far the search index is brought to the present rules.
    fn index_state(&self) -> AppResult<IndexState>;
    /// Brings at most `rows` more rows of it there, in one transaction.
    fn renew_index(&self, rows: u32) -> AppResult<IndexState>;

    /// Where a person left off in a case. Not part of the change log.
    fn listen_state(&self, case: CaseId, person: PersonId) -> AppResult<Option<ListenState>>;
    /// How many different people have listened to a case.
    fn listener_count(&self, case: CaseId) -> AppResult<u32>;
    /// Keeps where a person left off.
    fn save_listen_state(
        &self,
        case: CaseId,
        person: PersonId,
        state: &ListenState,
        at: UnixMs,
    ) -> AppResult<()>;

    /// Remembers who sat down last, for the next start. Not part of the change log.
    fn save_seated(&self, person: PersonId) -> AppResult<()>;
    /// Who sat down last.
    fn seated(&self) -> AppResult<Option<PersonId>>;

    /// Whether this workspace is the demo. Kept in the database, so that a copied folder stays one.
    fn is_demo(&self) -> AppResult<bool>;
    /// Makes this workspace the demo, for good. Not part of the change log.
    fn mark_demo(&self) -> AppResult<()>;

    /// Adds or replaces a job row.
    fn put_job(&self, job: &Job) -> AppResult<()>;
    /// All jobs, newest first.
    fn jobs(&self, limit: u32) -> AppResult<Vec<Job>>;
    /// One job.
    fn job(&self, id: JobId) -> AppResult<Option<Job>>;
    /// The newest job that works on a case.
    fn newest_job_of(&self, case: CaseId) -> AppResult<Option<Job>>;
    /// Takes the oldest queued job and marks it running, with one more attempt and no progress.
    fn claim_job(&self, at: UnixMs) -> AppResult<Option<Job>>;
    /// Puts jobs a dead process left running back into the queue; returns how many.
    fn requeue_running(&self, at: UnixMs) -> AppResult<u32>;

    /// Everything the exports need, in one consistent read.
    fn findings(&self) -> AppResult<Findings>;
    /// Counts, schema version, integrity (`full` runs the long check).
    fn database_report(&self, full: bool) -> AppResult<DatabaseReport>;
}

/// A finished transcript on its way into the store.
#[derive(Clone, Debug)]
pub struct TranscriptCommit {
    /// The recording.
    pub recording_id: RecordingId,
    /// Operation id; the same for all batches of a run.
    pub op_id: OpId,
    /// On whose behalf.
    pub actor: PersonId,
    /// When.
    pub at: UnixMs,
    /// Model that wrote it.
    pub engine: String,
    /// Ids for the new rows are made by the caller, one per segment.
    pub segments: Vec<(SegmentId, HeardSegment)>,
    /// False while decoding still goes on.
    pub last: bool,
    /// True for the first batch of a run.
    pub first: bool,
}
