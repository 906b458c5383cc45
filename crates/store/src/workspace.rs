//! The port, method by method.

use crate::connection::Connections;
use crate::fault::{Fault, Outcome};
use crate::jobs::Runner;
use crate::media::Media;
use crate::medium::{Medium, medium_of};
use crate::{
    bin, carry, changes, commit, copies, evidence, forget, issues, jobs, library, live,
    observations, open, renewal, report, run, search, sessions, table, transcript,
};
use qinting_app::*;
use qinting_domain::*;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// An open workspace: one folder with `workspace.db` and `media/`.
///
/// Several processes may have the same workspace open; writes wait for each other, reads do not.
pub struct Workspace {
    folder: PathBuf,
    connections: Connections,
    media: Media,
    runner: Runner,
}

impl Workspace {
    /// Opens the workspace in `folder`, making folder and database where they are not there yet.
    ///
    /// Refuses with `workspace.newer` (file untouched), `workspace.unusable` (not ours),
    /// `workspace.damaged`, `workspace.busy`, `disk.full` or `disk.denied`.
    ///
    /// What lies on a medium that cannot be written, or on another machine, is opened to read: see
    /// [`Store::only_read`].
    pub fn open(folder: &Path) -> AppResult<Self> {
        Self::open_on(folder, &medium_of(folder))
    }

    /// The same on a medium of the caller's word.
    pub fn open_on(folder: &Path, medium: &Medium) -> AppResult<Self> {
        let folder = std::path::absolute(folder)
            .map_err(|e| AppError::new(codes::WORKSPACE_UNUSABLE).because(e))?;
        let connections = open::open(&folder, &open::migrations(), medium)?;
        let media = match connections.refusal() {
            None => Media::open(&folder)?,
            Some(refusal) => Media::reading(&folder, refusal.clone()),
        };
        let runner = Runner::new(&folder);
        Ok(Self {
            folder,
            connections,
            media,
            runner,
        })
    }

    /// The folder it lives in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Its media folder.
    pub fn media(&self) -> &Media {
        &self.media
    }

    /// Makes the copy of the day where it is due; tells whether it did. Reads beside everybody else.
    pub fn copy_daily(&self, now: UnixMs, cancel: &Cancel) -> AppResult<bool> {
        if self.connections.refusal().is_some() {
            return Ok(false);
        }
        let reader = self.connections.open_reader();
        let made = reader.and_then(|c| copies::make_daily(&c, &self.folder, now, cancel));
        made.map_err(noted)
    }

    /// Copies the whole workspace into a folder that is empty or not there: a snapshot of the
    /// database, and all files. Refuses with `workspace.not_one`, `workspace.network`, `disk.full`.
    pub fn copy_to(&self, folder: &Path) -> AppResult<CarriedCopy> {
        let folder = std::path::absolute(folder)
            .map_err(|e| AppError::new(codes::WORKSPACE_UNUSABLE).because(e))?;
        let reader = self.connections.open_reader();
        let carried = reader.and_then(|c| carry::carry(&c, &self.folder, &folder));
        carried.map_err(noted)
    }

    fn read<T>(&self, work: impl FnOnce(&Connection) -> Outcome<T>) -> AppResult<T> {
        self.connections.read(work).map_err(noted)
    }

    fn write<T>(&self, work: impl FnMut(&Connection) -> Outcome<T>) -> AppResult<T> {
        self.connections.write(work).map_err(noted)
    }
}

/// Passes a failure on, and leaves what the code does not say in the log.
fn noted(fault: Fault) -> AppError {
    let error = AppError::from(fault);
    tracing::debug!(error = %error.kind(), "store refused");
    error
}

impl Store for Workspace {
    fn only_read(&self) -> Option<ErrorNote> {
        self.connections.refusal().map(|e| e.note.clone())
    }
    fn commit(&self, commit: Commit) -> AppResult<Committed> {
        self.write(|tx| commit::commit(tx, &commit))
    }
    fn record(&self, kind: EntityKind, id: Uuid) -> AppResult<Option<Record>> {
        self.read(|c| table::read(c, kind, id))
    }
    fn settings(&self) -> AppResult<Settings> {
        self.read(library::settings)
    }
    fn people(&self) -> AppResult<Vec<Person>> {
        self.read(library::people)
    }
    fn tags(&self) -> AppResult<Vec<Tag>> {
        self.read(library::tags)
    }
    fn cases(&self, query: &CaseQuery) -> AppResult<Page<CaseRow>> {
        self.read(|c| library::cases(c, query))
    }
    fn business_lines(&self) -> AppResult<Vec<String>> {
        self.read(library::business_lines)
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
    fn media_in_use(&self) -> AppResult<Vec<String>> {
        self.read(library::media_in_use)
    }

    fn replace_transcript(&self, commit: TranscriptCommit) -> AppResult<()> {
        self.write(|tx| transcript::replace(tx, &commit))
    }
    fn drop_run(&self, recording: RecordingId) -> AppResult<()> {
        self.write(|tx| run::drop_runs(tx, recording))
    }
    fn segment_count(&self, recording: RecordingId) -> AppResult<u32> {
        self.read(|c| transcript::count(c, recording))
    }
    fn segments(&self, recording: RecordingId, offset: u32, limit: u32) -> AppResult<Vec<Segment>> {
        self.read(|c| transcript::window(c, recording, offset, limit))
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

    fn observations_of(&self, case: CaseId) -> AppResult<Vec<ObservationView>> {
        self.read(|c| observations::of_case(c, case))
    }
    fn observations(&self, query: &ObservationQuery) -> AppResult<Page<ObservationView>> {
        self.read(|c| observations::page(c, query))
    }
    fn observation_view(&self, id: ObservationId) -> AppResult<Option<ObservationView>> {
        self.read(|c| observations::one(c, id))
    }

    fn issues(&self, query: &IssueQuery) -> AppResult<Page<IssueRow>> {
        self.read(|c| issues::page(c, query))
    }
    fn issue_facets(&self, asker: PersonId, now: UnixMs) -> AppResult<IssueFacets> {
        self.read(|c| issues::facets(c, asker, now))
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

    fn sessions(&self) -> AppResult<Vec<SessionRow>> {
        self.read(sessions::all)
    }
    fn session_row(&self, id: SessionId) -> AppResult<Option<SessionRow>> {
        self.read(|c| sessions::row(c, id))
    }
    fn session_view(&self, id: SessionId) -> AppResult<Option<SessionView>> {
        self.read(|c| sessions::view(c, id))
    }

    fn history(&self, kind: EntityKind, id: Uuid) -> AppResult<Vec<Change>> {
        self.read(|c| changes::history(c, kind, id))
    }
    fn changes_of_op(&self, op: OpId) -> AppResult<Vec<Change>> {
        self.read(|c| changes::of_op(c, op))
    }
    fn last_undoable(&self, actor: PersonId, since_seq: i64) -> AppResult<Option<OpId>> {
        self.read(|c| changes::last_undoable(c, actor, since_seq))
    }
    fn head_seq(&self) -> AppResult<i64> {
        self.read(changes::head_seq)
    }

    fn search(&self, query: &SearchQuery) -> AppResult<SearchResults> {
        self.read(|c| search::search(c, query))
    }
    fn index_state(&self) -> AppResult<IndexState> {
        self.read(renewal::state)
    }
    fn renew_index(&self, rows: u32) -> AppResult<IndexState> {
        self.write(|tx| renewal::step(tx, rows))
    }

    fn listen_state(&self, case: CaseId, person: PersonId) -> AppResult<Option<ListenState>> {
        self.read(|c| library::listen_state(c, case, person))
    }
    fn listener_count(&self, case: CaseId) -> AppResult<u32> {
        self.read(|c| library::listener_count(c, case))
    }
    fn save_listen_state(
        &self,
        case: CaseId,
        person: PersonId,
        state: &ListenState,
        at: UnixMs,
    ) -> AppResult<()> {
        self.write(|tx| library::save_listen_state(tx, case, person, state, at))
    }
    fn save_seated(&self, person: PersonId) -> AppResult<()> {
        self.write(|tx| library::save_seated(tx, person))
    }
    fn seated(&self) -> AppResult<Option<PersonId>> {
        self.read(library::seated)
    }

    fn is_demo(&self) -> AppResult<bool> {
        self.read(sessions::is_demo)
    }
    fn mark_demo(&self) -> AppResult<()> {
        self.write(sessions::mark_demo)
    }

    fn put_job(&self, job: &Job) -> AppResult<()> {
        if job.state == JobState::Running {
            self.runner.announce().map_err(noted)?;
        }
        self.write(|tx| jobs::put(tx, job, &self.runner))
    }
    fn jobs(&self, limit: u32) -> AppResult<Vec<Job>> {
        self.read(|c| jobs::newest(c, limit))
    }
    fn job(&self, id: JobId) -> AppResult<Option<Job>> {
        self.read(|c| jobs::one(c, id))
    }
    fn newest_job_of(&self, case: CaseId) -> AppResult<Option<Job>> {
        self.read(|c| jobs::newest_of(c, case))
    }
    fn claim_job(&self, at: UnixMs) -> AppResult<Option<Job>> {
        self.runner.announce().map_err(noted)?;
        self.write(|tx| jobs::claim(tx, at, &self.runner))
    }
    fn requeue_running(&self, at: UnixMs) -> AppResult<u32> {
        self.write(|tx| jobs::requeue(tx, at, &self.runner))
    }

    fn findings(&self) -> AppResult<Findings> {
        self.read(report::findings)
    }
    fn database_report(&self, full: bool) -> AppResult<DatabaseReport> {
        self.read(|c| report::database(c, full))
    }
}

impl LiveStore for Workspace {
    fn put_part(&self, part: &CapturePart) -> AppResult<()> {
        self.write(|tx| live::put_part(tx, part))
    }
    fn parts_of(&self, recording: RecordingId) -> AppResult<Vec<CapturePart>> {
        self.read(|c| live::parts_of(c, recording))
    }
    fn drop_parts(&self, recording: RecordingId) -> AppResult<()> {
        self.write(|tx| live::drop_parts(tx, recording))
    }
    fn put_gap(&self, gap: &CaptureGap) -> AppResult<()> {
        self.write(|tx| live::put_gap(tx, gap))
    }
    fn gaps_of(&self, recording: RecordingId) -> AppResult<Vec<CaptureGap>> {
        self.read(|c| live::gaps_of(c, recording))
    }
    fn live_calls(&self) -> AppResult<Vec<LiveCall>> {
        self.read(live::calls)
    }
    fn live_call_of(&self, recording: RecordingId) -> AppResult<Option<LiveCall>> {
        self.read(|c| live::call_of(c, recording))
    }
    fn recordings_to_align(&self) -> AppResult<Vec<(Case, Recording)>> {
        self.read(live::recordings_to_align)
    }
    fn seat_notes_of(&self, case: CaseId) -> AppResult<Vec<SeatNoteView>> {
        self.read(|c| live::notes_of(c, case))
    }
}

impl BinStore for Workspace {
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
    fn media_named(&self) -> AppResult<Vec<String>> {
        self.read(bin::media_named)
    }
    fn live_calls_ever(&self) -> AppResult<Vec<LiveCall>> {
        self.read(bin::live_calls_ever)
    }
    fn beat(&self, beat: &Beat) -> AppResult<()> {
        self.write(|tx| bin::beat(tx, beat))
    }
    fn clock_jump(&self) -> AppResult<Option<ClockJump>> {
        self.read(bin::clock_jump)
    }
    fn settle_jump(&self, counts: bool) -> AppResult<()> {
        self.write(|tx| bin::settle_jump(tx, counts))
    }
    fn forget_removed(&self) -> AppResult<bool> {
        self.write(forget::step)
    }
}

#[cfg(test)]
mod tests;
