//! A workspace database that refuses what a test wants refused, and hands on everything else.

use parking_lot::Mutex;
use qinting_app::*;
use qinting_domain::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use uuid::Uuid;

/// A store before another one.
pub struct Moody {
    pub inner: Arc<dyn Store>,
    pub mood: Arc<Mood>,
}

/// What is refused, as if the disk were full.
pub struct Mood {
    /// Methods, by name.
    pub refuses: Mutex<Vec<&'static str>>,
    /// Writes that still pass; then the disk is full.
    pub writes_left: AtomicI64,
}

impl Default for Mood {
    fn default() -> Self {
        Self {
            refuses: Mutex::default(),
            writes_left: AtomicI64::new(i64::MAX),
        }
    }
}

/// Every method that writes.
const WRITES: [&str; 6] = [
    "commit",
    "put_part",
    "drop_parts",
    "put_gap",
    "replace_transcript",
    "put_job",
];

impl Moody {
    fn ask(&self, method: &str) -> AppResult<()> {
        let is_full =
            WRITES.contains(&method) && self.mood.writes_left.fetch_sub(1, Ordering::SeqCst) <= 0;
        if is_full || self.mood.refuses.lock().contains(&method) {
            return Err(AppError::new(codes::DISK_FULL));
        }
        Ok(())
    }
}

/// Hands a method on, after asking whether it is refused.
macro_rules! hand_on {
    ($($name:ident($($arg:ident: $type:ty),*) -> $res:ty;)*) => {$(
        fn $name(&self, $($arg: $type),*) -> $res {
            self.ask(stringify!($name))?;
            self.inner.$name($($arg),*)
        }
    )*};
}

impl LiveStore for Moody {
    hand_on! {
        put_part(part: &CapturePart) -> AppResult<()>;
        parts_of(recording: RecordingId) -> AppResult<Vec<CapturePart>>;
        drop_parts(recording: RecordingId) -> AppResult<()>;
        put_gap(gap: &CaptureGap) -> AppResult<()>;
        gaps_of(recording: RecordingId) -> AppResult<Vec<CaptureGap>>;
        live_calls() -> AppResult<Vec<LiveCall>>;
        live_call_of(recording: RecordingId) -> AppResult<Option<LiveCall>>;
        recordings_to_align() -> AppResult<Vec<(Case, Recording)>>;
        seat_notes_of(case: CaseId) -> AppResult<Vec<SeatNoteView>>;
    }
}

impl BinStore for Moody {
    hand_on! {
        bin(query: &BinQuery) -> AppResult<Page<BinRow>>;
        is_in_bin(case: CaseId) -> AppResult<bool>;
        recordings_ever_of(case: CaseId) -> AppResult<Vec<Recording>>;
        binned_by_hash(sha256: &str) -> AppResult<Option<Recording>>;
        media_named() -> AppResult<Vec<String>>;
        live_calls_ever() -> AppResult<Vec<LiveCall>>;
        beat(beat: &Beat) -> AppResult<()>;
        clock_jump() -> AppResult<Option<ClockJump>>;
        settle_jump(counts: bool) -> AppResult<()>;
        forget_removed() -> AppResult<bool>;
    }
}

impl Store for Moody {
    hand_on! {
        commit(commit: Commit) -> AppResult<Committed>;
        record(kind: EntityKind, id: Uuid) -> AppResult<Option<Record>>;
        settings() -> AppResult<Settings>;
        people() -> AppResult<Vec<Person>>;
        tags() -> AppResult<Vec<Tag>>;
        cases(query: &CaseQuery) -> AppResult<Page<CaseRow>>;
        business_lines() -> AppResult<Vec<String>>;
        recordings_of(case: CaseId) -> AppResult<Vec<Recording>>;
        recording_by_hash(sha256: &str) -> AppResult<Option<Recording>>;
        recordings_before(decoder: u32) -> AppResult<Vec<(Case, Recording)>>;
        recordings_with_sound() -> AppResult<Vec<(Case, Recording)>>;
        media_in_use() -> AppResult<Vec<String>>;
        replace_transcript(commit: TranscriptCommit) -> AppResult<()>;
        drop_run(recording: RecordingId) -> AppResult<()>;
        segments(recording: RecordingId, offset: u32, limit: u32) -> AppResult<Vec<Segment>>;
        segment_count(recording: RecordingId) -> AppResult<u32>;
        segment_starts(recording: RecordingId) -> AppResult<Vec<u32>>;
        segments_between(recording: RecordingId, start_ms: u64, end_ms: u64) -> AppResult<Vec<Segment>>;
        find_in_transcript(recording: RecordingId, typed: &str, limit: u32) -> AppResult<Vec<SegmentHit>>;
        observations_of(case: CaseId) -> AppResult<Vec<ObservationView>>;
        observations(query: &ObservationQuery) -> AppResult<Page<ObservationView>>;
        issues(query: &IssueQuery) -> AppResult<Page<IssueRow>>;
        issue_facets(asker: PersonId, now: UnixMs) -> AppResult<IssueFacets>;
        issue_by_number(number: u32) -> AppResult<Option<Issue>>;
        evidence_of(issue: IssueId) -> AppResult<Vec<EvidenceView>>;
        observation_view(id: ObservationId) -> AppResult<Option<ObservationView>>;
        issue_row(id: IssueId) -> AppResult<Option<IssueRow>>;
        merged_into(issue: IssueId) -> AppResult<Vec<IssueRef>>;
        links_of(issue: IssueId) -> AppResult<Vec<IssueLink>>;
        comments_of(issue: IssueId) -> AppResult<Vec<Comment>>;
        similar_issues(text: &str, except: Option<IssueId>, limit: u32) -> AppResult<Vec<IssueRow>>;
        sessions() -> AppResult<Vec<SessionRow>>;
        session_row(id: SessionId) -> AppResult<Option<SessionRow>>;
        session_view(id: SessionId) -> AppResult<Option<SessionView>>;
        history(kind: EntityKind, id: Uuid) -> AppResult<Vec<Change>>;
        changes_of_op(op: OpId) -> AppResult<Vec<Change>>;
        last_undoable(actor: PersonId, since_seq: i64) -> AppResult<Option<OpId>>;
        head_seq() -> AppResult<i64>;
        search(query: &SearchQuery) -> AppResult<SearchResults>;
        index_state() -> AppResult<IndexState>;
        renew_index(rows: u32) -> AppResult<IndexState>;
        listen_state(case: CaseId, person: PersonId) -> AppResult<Option<ListenState>>;
        listener_count(case: CaseId) -> AppResult<u32>;
        save_listen_state(case: CaseId, person: PersonId, state: &ListenState, at: UnixMs) -> AppResult<()>;
        save_seated(person: PersonId) -> AppResult<()>;
        seated() -> AppResult<Option<PersonId>>;
        is_demo() -> AppResult<bool>;
        mark_demo() -> AppResult<()>;
        put_job(job: &Job) -> AppResult<()>;
        jobs(limit: u32) -> AppResult<Vec<Job>>;
        job(id: JobId) -> AppResult<Option<Job>>;
        newest_job_of(case: CaseId) -> AppResult<Option<Job>>;
        claim_job(at: UnixMs) -> AppResult<Option<Job>>;
        requeue_running(at: UnixMs) -> AppResult<u32>;
        findings() -> AppResult<Findings>;
        database_report(full: bool) -> AppResult<DatabaseReport>;
    }
}

/// Puts a moody store before the real one.
pub fn moody(ports: &mut Ports, mood: &Arc<Mood>) {
    ports.store = Arc::new(Moody {
        inner: ports.store.clone(),
        mood: mood.clone(),
    });
}
