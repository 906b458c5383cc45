//! What use cases may ask the workspace database: one port for each capability, all of them answered
//! on one state.
//!
//! Records that carry `deleted_at` are left out of every list and search, but `record` and the
//! change log still return them.

use crate::error::{AppError, AppResult};
use crate::views::*;
use qinting_domain::*;
use serde_json::Value;
use uuid::Uuid;

/// The ports, and a macro that implements them all by handing each question on. `$` is passed in.
macro_rules! reads {
    ($d:tt $($(#[$meta:meta])* $port:ident {
        $($(#[$doc:meta])* $name:ident($($arg:ident: $ty:ty),*) -> $res:ty;)+
    })+) => {
        $($(#[$meta])* pub trait $port {
            $($(#[$doc])* fn $name(&self, $($arg: $ty),*) -> AppResult<$res>;)+
        })+

        /// Everything that can be asked, on one state.
        pub trait Reads: $($port +)+ {}
        impl<T: $($port +)+> Reads for T {}

        /// Implements [`Reads`] for a type: each question becomes `$how!(self, name(arguments…))`.
        #[macro_export]
        macro_rules! hand_reads_on {
            ($d who:ty, $d how:ident) => {
                $(impl $port for $d who {
                    $(fn $name(&self, $($arg: $ty),*) -> AppResult<$res> {
                        $d how!(self, $name($($arg),*))
                    })+
                })+
            };
        }
    };
}

reads! {
    $
    /// Records of any kind, the codebook, who there is, and the change log.
    RecordReads {
        /// One record in its present state, tombstones included.
        record(kind: EntityKind, id: Uuid) -> Option<Record>;
        /// The records of a kind, tombstones left out, in whose field a value stands: see `Facts`.
        holding(kind: EntityKind, field: &'static str, value: &serde_json::Value) -> Vec<Record>;
        /// All records of a kind, tombstones left out.
        all_of(kind: EntityKind) -> Vec<Record>;
        /// Present settings (defaults for what was never set).
        settings() -> Settings;
        /// All people, by name.
        people() -> Vec<Person>;
        /// All tags (every status), by position.
        tags() -> Vec<Tag>;
        /// Changes of a record and of the links and comments that belong to it, oldest first.
        history(kind: EntityKind, id: Uuid) -> Vec<Change>;
        /// Changes of one operation, in order.
        changes_of_op(op: OpId) -> Vec<Change>;
        /// The newest operation of `actor` since `since_seq` that can still be undone (not itself an
        /// undo, not undone already).
        last_undoable(actor: PersonId, since_seq: i64) -> Option<OpId>;
        /// Sequence number of the newest change.
        head_seq() -> i64;
    }
    /// The library: cases, their recordings, and where people stand in them.
    CaseReads {
        /// The case library.
        cases(query: &CaseQuery) -> Page<CaseRow>;
        /// Business lines that cases or issues carry, most used first.
        business_lines() -> Vec<String>;
        /// Recordings of a case.
        recordings_of(case: CaseId) -> Vec<Recording>;
        /// The recording that was made from exactly these source bytes, or holds exactly this audio.
        recording_by_hash(sha256: &str) -> Option<Recording>;
        /// Recordings with sound that an older decoder than this made of files, with their cases,
        /// newest first.
        recordings_before(decoder: u32) -> Vec<(Case, Recording)>;
        /// Every recording with sound that is there or in the bin, with its case.
        recordings_with_sound() -> Vec<(Case, Recording)>;
        /// Every media hash that has to be there: of recordings that are there or in the bin.
        media_in_use() -> Vec<String>;
        /// Where a person left off in a case. Not part of the change log.
        listen_state(case: CaseId, person: PersonId) -> Option<ListenState>;
        /// How many different people have listened to a case.
        listener_count(case: CaseId) -> u32;
    }
    /// Recognised speech.
    TranscriptReads {
        /// Segments by ordinal, a window at a time.
        segments(recording: RecordingId, offset: u32, limit: u32) -> Vec<Segment>;
        /// How many segments a recording has.
        segment_count(recording: RecordingId) -> u32;
        /// Start times of all segments in order: the light index the console follows along.
        segment_starts(recording: RecordingId) -> Vec<u32>;
        /// Segments that overlap a range, in order.
        segments_between(recording: RecordingId, start_ms: u64, end_ms: u64) -> Vec<Segment>;
        /// Segments of one recording that contain the typed text.
        find_in_transcript(recording: RecordingId, typed: &str, limit: u32) -> Vec<SegmentHit>;
    }
    /// Marked moments, and notes from the seat.
    MarkReads {
        /// Observations of a case in time order, with the issues they are filed under.
        observations_of(case: CaseId) -> Vec<ObservationView>;
        /// Observations of the whole workspace, newest first.
        observations(query: &ObservationQuery) -> Page<ObservationView>;
        /// One observation with its case title, author, and issues; `None` when it is gone.
        observation_view(id: ObservationId) -> Option<ObservationView>;
        /// Notes of a case in time order, with their authors' names.
        seat_notes_of(case: CaseId) -> Vec<SeatNoteView>;
    }
    /// The shared issue list, and what each issue rests on.
    IssueReads {
        /// The issue list.
        issues(query: &IssueQuery) -> Page<IssueRow>;
        /// Counts for the side column, over all issues; `asker` and `now` for "mine" and "overdue".
        issue_facets(asker: PersonId, now: UnixMs) -> IssueFacets;
        /// Issue by its spoken number.
        issue_by_number(number: u32) -> Option<Issue>;
        /// One row of the issue list, whatever its status; `None` when it is gone.
        issue_row(id: IssueId) -> Option<IssueRow>;
        /// Live issues that were merged into this one.
        merged_into(issue: IssueId) -> Vec<IssueRef>;
        /// Evidence of an issue in the order it was added.
        evidence_of(issue: IssueId) -> Vec<EvidenceView>;
        /// All live links of an issue.
        links_of(issue: IssueId) -> Vec<IssueLink>;
        /// Comments, oldest first.
        comments_of(issue: IssueId) -> Vec<Comment>;
        /// Issues that share words with `text`, best first, closed ones last, without `except`.
        similar_issues(text: &str, except: Option<IssueId>, limit: u32) -> Vec<IssueRow>;
    }
    /// Listening sessions.
    SessionReads {
        /// All listening sessions, newest start first; one without a start counts from when it was made.
        sessions() -> Vec<SessionRow>;
        /// One row of that list; `None` when it is gone.
        session_row(id: SessionId) -> Option<SessionRow>;
        /// A session with its people, calls, moments and issues; `None` when it is gone. People and
        /// calls that were taken away since: the names stay, the calls are left out.
        session_view(id: SessionId) -> Option<SessionView>;
    }
    /// Calls heard as they happen.
    LiveReads {
        /// All live calls that are not deleted, newest first.
        live_calls() -> Vec<LiveCall>;
        /// The live call of a recording; `None` for every other recording.
        live_call_of(recording: RecordingId) -> Option<LiveCall>;
        /// Files of a recording, in order.
        parts_of(recording: RecordingId) -> Vec<CapturePart>;
        /// Gaps of a recording, in time order.
        gaps_of(recording: RecordingId) -> Vec<CaptureGap>;
        /// Every recording with sound that is no live call's own, with its case, newest first: what a
        /// call without sound may belong to.
        recordings_to_align() -> Vec<(Case, Recording)>;
    }
    /// Calls that were taken away. Deleted means in the bin: nothing here is lost by itself.
    ///
    /// A case is in the bin when it was taken away and something of it could be heard, read or seen
    /// again. The empty case of a live call whose marks stand on a recording now, and of one that never
    /// began, is not.
    BinReads {
        /// A window of the bin, what went in last first.
        bin(query: &BinQuery) -> Page<BinRow>;
        /// Whether a case is in the bin.
        is_in_bin(case: CaseId) -> bool;
        /// Recordings of a case, tombstones included.
        recordings_ever_of(case: CaseId) -> Vec<Recording>;
        /// The recording in the bin that was made from exactly these source bytes, or holds exactly
        /// this audio.
        binned_by_hash(sha256: &str) -> Option<Recording>;
        /// Every media hash that any row names, tombstones included, or that undo could bring back.
        media_named() -> Vec<String>;
        /// Live calls, those in the bin included, newest first.
        live_calls_ever() -> Vec<LiveCall>;
        /// A jump of the clock that nobody has answered yet.
        clock_jump() -> Option<ClockJump>;
    }
    /// Background work.
    JobReads {
        /// All jobs, newest first.
        jobs(limit: u32) -> Vec<Job>;
        /// One job.
        job(id: JobId) -> Option<Job>;
        /// The newest job of a kind that works on a case.
        newest_job_of(kind: JobKind, case: CaseId) -> Option<Job>;
        /// Kinds of which a job waits or runs.
        kinds_going_on() -> Vec<JobKind>;
    }
    /// What looks at the whole workspace.
    WholeReads {
        /// One search over transcripts, observations, issues, and cases.
        search(query: &SearchQuery) -> SearchResults;
        /// How far the search index is brought to the present rules.
        index_state() -> IndexState;
        /// Who sat down last.
        seated() -> Option<PersonId>;
        /// Whether this workspace is the demo. Kept in the database, so that a copied folder stays one.
        is_demo() -> bool;
        /// Everything the exports need, in one consistent read.
        findings() -> Findings;
        /// Counts, schema version, integrity (`full` runs the long check).
        database_report(full: bool) -> DatabaseReport;
    }
}

/// What the gate asks.
impl Facts for dyn Reads + '_ {
    type Fault = AppError;

    fn one(&self, kind: EntityKind, id: Uuid) -> AppResult<Option<Record>> {
        self.record(kind, id)
    }
    fn holding(
        &self,
        kind: EntityKind,
        field: &'static str,
        value: &Value,
    ) -> AppResult<Vec<Record>> {
        RecordReads::holding(self, kind, field, value)
    }
}
