//! The questions of the use cases, asked on one connection: of a reader, or inside the transaction
//! that writes.

use crate::fault::Outcome;
use crate::workspace::noted;
use crate::{
    acoustics, bin, blobs, cases, checkup, commit, contacts, evidence, issues, jobs, library, live,
    log, observations, purge, renewal, search, sessions, table, transcript,
};
use qinting_app::*;
use qinting_domain::*;
use rusqlite::Connection;
use uuid::Uuid;

/// One state of the database.
pub(crate) struct On<'c>(pub &'c Connection);

impl On<'_> {
    fn read<T>(&self, work: impl FnOnce(&Connection) -> Outcome<T>) -> AppResult<T> {
        work(self.0).map_err(noted)
    }
}

impl RecordReads for On<'_> {
    fn record(&self, kind: EntityKind, id: Uuid) -> AppResult<Option<Record>> {
        self.read(|c| table::read(c, kind, id))
    }
    fn holding(
        &self,
        kind: EntityKind,
        field: &'static str,
        value: &serde_json::Value,
    ) -> AppResult<Vec<Record>> {
        self.read(|c| table::holding(c, kind, field, value))
    }
    fn all_of(&self, kind: EntityKind) -> AppResult<Vec<Record>> {
        self.read(|c| table::all(c, kind))
    }
    fn workspace_id(&self) -> AppResult<WorkspaceId> {
        self.read(library::workspace_id)
    }
    fn people(&self) -> AppResult<Vec<Person>> {
        self.read(library::people)
    }
    fn names(&self) -> AppResult<std::collections::HashMap<PersonId, String>> {
        self.read(library::names)
    }
    fn tags(&self) -> AppResult<Vec<Tag>> {
        self.read(library::tags)
    }
    fn history(&self, kind: EntityKind, id: Uuid) -> AppResult<Vec<Change>> {
        self.read(|c| log::history(c, kind, id))
    }
    fn changes_of_op(&self, op: OpId) -> AppResult<Vec<Change>> {
        self.read(|c| log::of_op(c, op))
    }
    fn last_undoable(&self, actor: PersonId, since_seq: i64) -> AppResult<Option<OpId>> {
        self.read(|c| log::last_undoable(c, actor, since_seq))
    }
    fn head_seq(&self) -> AppResult<i64> {
        self.read(log::head_seq)
    }
    fn seated(&self) -> AppResult<Option<PersonId>> {
        self.read(library::seated)
    }
}

impl CaseReads for On<'_> {
    fn cases(&self, query: &CaseQuery) -> AppResult<Page<CaseRow>> {
        self.read(|c| cases::page(c, query))
    }
    fn case_ids(&self, query: &CaseQuery, most: u32) -> AppResult<Vec<CaseId>> {
        self.read(|c| cases::ids(c, query, most))
    }
    fn case_values(&self, values: &CaseValues) -> AppResult<Vec<CaseValue>> {
        self.read(|c| cases::values(c, values))
    }
    fn business_lines(&self) -> AppResult<Vec<String>> {
        self.read(library::business_lines)
    }
    fn contacts_of(&self, case: CaseId) -> AppResult<Vec<Contact>> {
        self.read(|c| contacts::of_case(c, case))
    }
    fn unmaskings_of(&self, case: CaseId) -> AppResult<Vec<Unmasking>> {
        self.read(|c| contacts::unmaskings_of(c, case))
    }
    fn recordings_of(&self, case: CaseId) -> AppResult<Vec<Recording>> {
        self.read(|c| library::recordings_of(c, case))
    }
    fn recording_by_hash(&self, sha256: &str) -> AppResult<Option<Recording>> {
        self.read(|c| library::recording_by_hash(c, sha256))
    }
    fn recordings_before(&self, decoder: u32) -> AppResult<Vec<(Case, Recording)>> {
        self.read(|c| live::recordings_before(c, decoder))
    }
    fn recordings_with_sound(&self) -> AppResult<Vec<(Case, Recording)>> {
        self.read(live::recordings_with_sound)
    }
    fn media_in_use(&self) -> AppResult<Vec<(RecordingId, Sha256)>> {
        self.read(library::media_in_use)
    }
    fn blob_of(&self, recording: RecordingId, sha256: &str) -> AppResult<Option<Blob>> {
        self.read(|c| blobs::of_recording(c, recording, sha256))
    }
    fn listen_state(&self, case: CaseId, person: PersonId) -> AppResult<Option<ListenState>> {
        self.read(|c| library::listen_state(c, case, person))
    }
    fn listener_count(&self, case: CaseId) -> AppResult<u32> {
        self.read(|c| cases::listener_count(c, case))
    }
}

impl AcousticReads for On<'_> {
    fn sound_of(&self, recording: RecordingId) -> AppResult<Option<SoundOnRecord>> {
        self.read(|c| acoustics::of(c, recording))
    }
    fn unmeasured(&self, now: UnixMs, most: u32) -> AppResult<Vec<RecordingId>> {
        self.read(|c| acoustics::unmeasured(c, now, most))
    }
}

impl TranscriptReads for On<'_> {
    fn transcripts_of(&self, recording: RecordingId) -> AppResult<Vec<Transcript>> {
        self.read(|c| transcript::all_of(c, recording))
    }
    fn unsealed_texts(&self, of: Option<RecordingId>, most: u32) -> AppResult<Vec<RecordingId>> {
        self.read(|c| transcript::unsealed(c, of, most))
    }
    fn segments(&self, recording: RecordingId, offset: u32, limit: u32) -> AppResult<Vec<Segment>> {
        self.read(|c| transcript::window(c, recording, offset, limit))
    }
    fn segment_count(&self, recording: RecordingId) -> AppResult<u32> {
        self.read(|c| transcript::count(c, recording))
    }
    fn segment_starts(&self, recording: RecordingId) -> AppResult<Vec<u32>> {
        self.read(|c| transcript::starts(c, recording))
    }
    fn segments_between(
        &self,
        recording: RecordingId,
        start_ms: u64,
        end_ms: u64,
    ) -> AppResult<Vec<Segment>> {
        self.read(|c| transcript::between(c, recording, start_ms, end_ms))
    }
    fn find_in_transcript(
        &self,
        recording: RecordingId,
        typed: &str,
        limit: u32,
    ) -> AppResult<Vec<SegmentHit>> {
        self.read(|c| transcript::find(c, recording, typed, limit))
    }
}

impl MarkReads for On<'_> {
    fn observations_of(&self, case: CaseId) -> AppResult<Vec<ObservationView>> {
        self.read(|c| observations::of_case(c, case))
    }
    fn observations(&self, query: &ObservationQuery) -> AppResult<Page<ObservationView>> {
        self.read(|c| observations::page(c, query))
    }
    fn observation_view(&self, id: ObservationId) -> AppResult<Option<ObservationView>> {
        self.read(|c| observations::one(c, id))
    }
    fn seat_notes_of(&self, case: CaseId) -> AppResult<Vec<SeatNoteView>> {
        self.read(|c| live::notes_of(c, case))
    }
}

impl IssueReads for On<'_> {
    fn issues(&self, query: &IssueQuery) -> AppResult<Page<IssueRow>> {
        self.read(|c| issues::page(c, query))
    }
    fn issue_facets(&self, asker: PersonId, now: UnixMs) -> AppResult<IssueFacets> {
        self.read(|c| issues::facets(c, asker, now))
    }
    fn highest_issue_number(&self) -> AppResult<u32> {
        self.read(commit::highest_number)
    }
    fn issue_by_number(&self, number: u32) -> AppResult<Option<Issue>> {
        self.read(|c| issues::by_number(c, number))
    }
    fn issue_row(&self, id: IssueId) -> AppResult<Option<IssueRow>> {
        self.read(|c| issues::row(c, id))
    }
    fn merged_into(&self, issue: IssueId) -> AppResult<Vec<IssueRef>> {
        self.read(|c| issues::merged_into(c, issue))
    }
    fn evidence_of(&self, issue: IssueId) -> AppResult<Vec<EvidenceView>> {
        self.read(|c| evidence::of_issue(c, issue))
    }
    fn links_of(&self, issue: IssueId) -> AppResult<Vec<IssueLink>> {
        self.read(|c| evidence::links_of(c, issue))
    }
    fn comments_of(&self, issue: IssueId) -> AppResult<Vec<Comment>> {
        self.read(|c| evidence::comments_of(c, issue))
    }
    fn similar_issues(
        &self,
        text: &str,
        except: Option<IssueId>,
        limit: u32,
    ) -> AppResult<Vec<IssueRow>> {
        self.read(|c| evidence::similar(c, text, except, limit))
    }
}

impl SessionReads for On<'_> {
    fn sessions(&self) -> AppResult<Vec<SessionRow>> {
        self.read(sessions::all)
    }
    fn session_row(&self, id: SessionId) -> AppResult<Option<SessionRow>> {
        self.read(|c| sessions::row(c, id))
    }
    fn session_view(&self, id: SessionId) -> AppResult<Option<SessionView>> {
        self.read(|c| sessions::view(c, id))
    }
}

impl LiveReads for On<'_> {
    fn live_calls(&self) -> AppResult<Vec<LiveCall>> {
        self.read(live::calls)
    }
    fn live_call_of(&self, recording: RecordingId) -> AppResult<Option<LiveCall>> {
        self.read(|c| live::call_of(c, recording))
    }
    fn parts_of(&self, recording: RecordingId) -> AppResult<Vec<CapturePart>> {
        self.read(|c| live::parts_of(c, recording))
    }
    fn gaps_of(&self, recording: RecordingId) -> AppResult<Vec<CaptureGap>> {
        self.read(|c| live::gaps_of(c, recording))
    }
    fn recordings_brought_in(&self) -> AppResult<Vec<(Case, Contact, Recording)>> {
        self.read(live::recordings_brought_in)
    }
}

impl BinReads for On<'_> {
    fn bin_over(&self, bin_days: u32, most: u32) -> AppResult<Vec<CaseId>> {
        self.read(|c| bin::over(c, bin_days, most))
    }
    fn holds_of(&self, case: CaseId) -> AppResult<Vec<Hold>> {
        self.read(|c| purge::holds_of(c, case))
    }
    fn is_purged(&self, id: Uuid) -> AppResult<bool> {
        self.read(|c| purge::is_purged(c, id))
    }
    fn purges(&self, most: u32) -> AppResult<Vec<Purge>> {
        self.read(|c| purge::list(c, most))
    }
    fn purges_under_way(&self) -> AppResult<Vec<Purge>> {
        self.read(purge::under_way)
    }
    fn bin(&self, query: &BinQuery) -> AppResult<Page<BinRow>> {
        self.read(|c| bin::page(c, query))
    }
    fn is_in_bin(&self, case: CaseId) -> AppResult<bool> {
        self.read(|c| bin::holds(c, case))
    }
    fn recordings_ever_of(&self, case: CaseId) -> AppResult<Vec<Recording>> {
        self.read(|c| bin::recordings_ever_of(c, case))
    }
    fn binned_by_hash(&self, sha256: &str) -> AppResult<Option<Recording>> {
        self.read(|c| bin::recording_by_hash(c, sha256))
    }
    fn blobs(&self) -> AppResult<Vec<Blob>> {
        self.read(blobs::all)
    }
    fn live_calls_ever(&self) -> AppResult<Vec<LiveCall>> {
        self.read(bin::live_calls_ever)
    }
    fn clock_jump(&self) -> AppResult<Option<ClockJump>> {
        self.read(bin::clock_jump)
    }
}

impl JobReads for On<'_> {
    fn jobs(&self, limit: u32) -> AppResult<Vec<Job>> {
        self.read(|c| jobs::newest(c, limit))
    }
    fn job(&self, id: JobId) -> AppResult<Option<Job>> {
        self.read(|c| jobs::one(c, id))
    }
    fn newest_job_of(&self, kind: JobKind, case: CaseId) -> AppResult<Option<Job>> {
        self.read(|c| jobs::newest_of(c, kind, case))
    }
    fn kinds_going_on(&self) -> AppResult<Vec<JobKind>> {
        self.read(jobs::kinds_going_on)
    }
}

impl FindReads for On<'_> {
    fn search(&self, query: &SearchQuery) -> AppResult<SearchResults> {
        self.read(|c| search::search(c, query))
    }
    fn index_state(&self) -> AppResult<IndexState> {
        self.read(renewal::state)
    }
}

impl FindingReads for On<'_> {
    fn findings(&self) -> AppResult<Findings> {
        self.read(checkup::findings)
    }
    fn is_demo(&self) -> AppResult<bool> {
        self.read(sessions::is_demo)
    }
    fn check_database(&self, full: bool) -> AppResult<DatabaseCheckup> {
        self.read(|c| checkup::database(c, full))
    }
}
