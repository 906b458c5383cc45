//! What the use cases need from the outside. Store, audio, speech and export implement these.

use crate::error::AppResult;
use crate::views::*;
use qinting_domain::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

/// Wall-clock time, passed in so that use cases are provable.
pub trait Clock: Send + Sync {
    /// Now, UTC.
    fn now_ms(&self) -> UnixMs;
}

/// New ids, passed in for the same reason.
pub trait Ids: Send + Sync {
    /// A fresh UUIDv7.
    fn next(&self) -> Uuid;
}

/// A flag somebody sets to stop a long piece of work. Clones share the flag.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks the work to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::SeqCst);
    }
    /// Whether somebody asked.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

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
pub trait Store: Send + Sync {
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
    /// Every media hash a live record names (for clean-up and doctor).
    fn media_in_use(&self) -> AppResult<Vec<String>>;

    /// Writes one batch of a recording's transcript in one transaction: with the first batch the
    /// old machine segments go; rows and index rows come; with the last one change row on the
    /// recording says so. Segments a person corrected stay, and what was heard anew is left out
    /// where it shares more than half of the shorter one's time on the same channel.
    fn replace_transcript(&self, commit: TranscriptCommit) -> AppResult<()>;
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
    /// Operation id.
    pub op_id: OpId,
    /// On whose behalf.
    pub actor: PersonId,
    /// When.
    pub at: UnixMs,
    /// Model that wrote it.
    pub engine: String,
    /// Ids for the new rows are made by the caller, one per segment.
    pub segments: Vec<(SegmentId, HeardSegment)>,
    /// False while decoding still goes on: the segments are added, nothing is removed except what
    /// an earlier run left (when `first` is set).
    pub last: bool,
    /// True for the first batch of a run.
    pub first: bool,
}

/// The content-addressed media folder of a workspace.
pub trait MediaFolder: Send + Sync {
    /// Path of stored bytes.
    fn path_of(&self, sha256: &str) -> PathBuf;
    /// A fresh folder for work in progress, on the same file system.
    fn work_dir(&self) -> AppResult<PathBuf>;
    /// Moves a finished file into place under its hash (fsync, rename). A file that is already
    /// there is kept and the new one dropped.
    fn adopt(&self, file: &Path, sha256: &str) -> AppResult<()>;
    /// Takes away a work folder and all in it.
    fn discard(&self, work_dir: &Path);
    /// Removes left-over work folders and files no record names; returns how many.
    fn sweep(&self, in_use: &[String]) -> AppResult<u32>;
    /// Bytes free on the file system and bytes used by media.
    fn space(&self) -> AppResult<(u64, u64)>;
}

/// One source for [`MediaDecoder::ingest`]: a file, or the two mono files of one call.
#[derive(Clone, Debug)]
pub struct IngestRequest {
    /// One path, or two (channel 0, channel 1).
    pub paths: Vec<PathBuf>,
    /// Where the outputs go: `source-0`, `source-1`, `audio.wav`, `audio.peaks`.
    pub work_dir: PathBuf,
}

/// What decoding made of the sources.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Ingested {
    /// The sources, copied byte for byte into `source-N`.
    pub sources: Vec<SourceFile>,
    /// SHA-256 of `audio.wav`: 16-bit PCM, native rate, 1–2 channels.
    pub audio_sha256: String,
    /// SHA-256 of `audio.peaks`.
    pub peaks_sha256: String,
    /// Samples per second and channel.
    pub sample_rate_hz: u32,
    /// 1 or 2.
    pub channels: u16,
    /// Frames.
    pub frames: u64,
    /// Two identical channels were taken as one.
    pub was_dual_mono: bool,
}

/// Turns foreign bytes into playable audio, in a child process.
pub trait MediaDecoder: Send + Sync {
    /// Streams the sources through hashing, decoding and peaks. `progress` gets thousandths.
    /// Errors carry `media.*` codes; on any error or cancel the caller discards the work folder.
    fn ingest(
        &self,
        request: &IngestRequest,
        progress: &mut dyn FnMut(u16),
        cancel: &Cancel,
    ) -> AppResult<Ingested>;
    /// SHA-256 of a file's bytes, to find duplicates before decoding.
    fn hash(&self, path: &Path, cancel: &Cancel) -> AppResult<String>;
}

/// Reads the playable audio and peaks of the media folder (our own files; safe in process).
pub trait AudioFiles: Send + Sync {
    /// Min/max pairs for a window of the recording, see [`PeaksRequest`]; layout in
    /// [`crate::views::PEAKS_LAYOUT`].
    fn peaks(
        &self,
        peaks_file: &Path,
        recording: &Recording,
        request: &PeaksRequest,
    ) -> AppResult<Vec<u8>>;
    /// Silence and overtalk, from the peaks.
    fn regions(&self, peaks_file: &Path, recording: &Recording) -> AppResult<Vec<Region>>;
}

/// One piece of decoding for the speech worker.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct TranscribeRequest {
    /// The playable WAV.
    pub audio: PathBuf,
    /// The model file.
    pub model: PathBuf,
    /// `auto`, `zh`, `en`.
    pub language: String,
    /// Convert Traditional to Simplified.
    pub simplified: bool,
    /// 0 lets the worker choose from the cores.
    pub threads: u16,
}

/// What happens while a recording is decoded.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum TranscribeEvent {
    /// Thousandths of the audio that are done.
    Progress {
        /// 0–1000.
        permille: u16,
    },
    /// New text, in time order per channel.
    Segments {
        /// The segments.
        segments: Vec<HeardSegment>,
    },
}

/// The Whisper engine in its worker process.
pub trait Transcriber: Send + Sync {
    /// Decodes a recording. Errors carry `speech.*` codes (`speech.worker_died`,
    /// `speech.model_unreadable`, `speech.model_missing`, `cancelled`).
    fn transcribe(
        &self,
        request: &TranscribeRequest,
        on_event: &mut dyn FnMut(TranscribeEvent),
        cancel: &Cancel,
    ) -> AppResult<()>;
}

/// The models folder: shared between workspaces.
pub trait ModelShelf: Send + Sync {
    /// The catalogue joined with what is on disk, plus files a person chose.
    fn models(&self) -> AppResult<Vec<ModelRow>>;
    /// File of an installed model, by id or by path.
    fn file_of(&self, id_or_path: &str) -> AppResult<PathBuf>;
    /// Fetches a model: resumes, checks size and hash, gives up on stalls, tries the next mirror.
    fn download(
        &self,
        id: &str,
        mirrors: &[String],
        progress: &mut dyn FnMut(DownloadProgress),
        cancel: &Cancel,
    ) -> AppResult<()>;
    /// Checks a local file, and takes it into the shelf.
    fn add_file(&self, path: &Path) -> AppResult<ModelRow>;
    /// Removes an installed model or a half download.
    fn remove(&self, id: &str) -> AppResult<()>;
    /// Folder the models live in.
    fn folder(&self) -> PathBuf;
}

/// What the player is asked to play.
#[derive(Clone, Debug)]
pub struct PlayerSource {
    /// For the UI to tell whose position it sees.
    pub recording_id: RecordingId,
    /// Case of the recording.
    pub case_id: CaseId,
    /// The playable WAV.
    pub audio: PathBuf,
    /// Length.
    pub duration_ms: u64,
    /// 1 or 2.
    pub channels: u16,
    /// Silence to skip when asked.
    pub silences: Vec<Region>,
}

/// The one player of this process. Commands return at once; the state arrives through the
/// listener (at least every 50 ms while playing, and after every command).
pub trait Player: Send + Sync {
    /// Loads a recording, paused at `at_ms`.
    fn open(&self, source: PlayerSource, at_ms: u64) -> AppResult<()>;
    /// Unloads.
    fn close(&self);
    /// Plays from `at_ms`, or from where it stands minus `back_step_ms`.
    fn play(&self, at_ms: Option<u64>, back_step_ms: u32);
    /// Plays `start..end` once and stops there.
    fn play_range(&self, start_ms: u64, end_ms: u64);
    /// Pauses.
    fn pause(&self);
    /// Moves.
    fn seek(&self, at_ms: u64);
    /// 0.5–3.0, pitch kept.
    fn set_speed(&self, speed: f32);
    /// Jumps over silence.
    fn set_skip_silence(&self, on: bool);
    /// Repeats a range.
    fn set_loop(&self, range: Option<(u64, u64)>);
    /// Mutes and solos lanes.
    fn set_lanes(&self, lanes: LaneChoice);
    /// Chooses an output; `None` follows the system default.
    fn set_device(&self, id: Option<String>) -> AppResult<()>;
    /// What can be played through.
    fn devices(&self) -> AppResult<Vec<OutputDevice>>;
    /// The present state.
    fn state(&self) -> PlayerState;
    /// Calls `listener` from the player's own thread on every change.
    fn on_state(&self, listener: Box<dyn Fn(PlayerState) + Send>);
}

/// Writes findings to a file.
pub trait FindingsWriter: Send + Sync {
    /// The bytes of an export.
    fn write(&self, format: ExportFormat, findings: &Findings) -> AppResult<Vec<u8>>;
}
