//! The workspace database.

use crate::acoustics::MeasuredSound;
use crate::cases::shapes::ListenState;
use crate::error::AppResult;
use crate::find::shapes::IndexState;
use crate::log::LogCheckup;
use crate::reads::Reads;
use qinting_domain::*;

/// What one operation writes. The store commits records, change rows and index rows together,
/// or nothing.
#[derive(Clone, Debug)]
pub struct Commit {
    /// Groups the changes; also makes a repeated commit harmless.
    pub op_id: OpId,
    /// Whose deed it is, in history and for undo.
    pub actor: PersonId,
    /// By the clock of this machine.
    pub at: UnixMs,
    /// Where it came from.
    pub origin: Origin,
    /// What they did.
    pub action: Action,
    /// Records in their new state. `meta.rev` is the revision the caller read (0: new); the store
    /// refuses with `conflict` when the row has moved on, and raises it by one.
    pub records: Vec<Record>,
    /// Set when this operation undoes another: it is then not itself offered to Ctrl+Z.
    pub undoes: Option<OpId>,
    /// Background work that follows from it, queued with it as [`Store::write_job`] does.
    pub jobs: Vec<Job>,
    /// Bytes that lie sealed in the media folder and belong to its recordings from now on.
    pub blobs: Vec<Blob>,
}

/// What a commit did.
#[derive(Clone, Debug)]
pub struct Committed {
    /// Sequence number of the last change row (unchanged when nothing differed).
    pub seq: i64,
    /// The records as they now stand (new `rev`, issue `number` given).
    pub records: Vec<Record>,
    /// The jobs that were queued with it; none of an operation that was written before.
    pub jobs: Vec<Job>,
}

/// What a claim found.
#[derive(Clone, Debug, Default)]
pub struct Claimed {
    /// The job to work on.
    pub job: Option<Job>,
    /// Jobs at which processes died too often: they have failed.
    pub given_up: Vec<Job>,
}

/// The workspace database. One writer; reads never wait for it.
pub trait Store: Reads + Send + Sync {
    /// Why nothing can be written, if that is so. Every method that writes then answers with it.
    fn only_read(&self) -> Option<ErrorNote> {
        None
    }

    /// The installation that writes here.
    fn device(&self) -> DeviceId;

    /// Runs `work` on one state of the workspace as `who` sees it: what the gate hides from them is
    /// not there, in lists, counts, searches and histories alike.
    fn read(
        &self,
        who: PersonId,
        work: &mut dyn FnMut(&Actor, &dyn Reads) -> AppResult<()>,
    ) -> AppResult<()>;

    /// Runs `work` on a state that nobody, in this process or another, changes until what it answers is
    /// written durably (on disk before this returns). What `work` refuses leaves no trace. It may run
    /// more than once. An operation `op` that is written already is answered as it stands, without
    /// asking `work`.
    fn write(
        &self,
        op: OpId,
        work: &mut dyn FnMut(&dyn Reads) -> AppResult<Commit>,
    ) -> AppResult<Committed>;
    /// Writes one operation that rests on nothing but the revisions of its records.
    fn commit(&self, commit: Commit) -> AppResult<Committed> {
        self.write(commit.op_id, &mut |_| Ok(commit.clone()))
    }

    /// Adds lines to a text while it is made, so that it can be read as it comes; a line that is there already is
    /// not added again, nor one where somebody's correction stands. They are a text once a commit says so with a
    /// [`Transcript`], and go when one comes that does not have them. Not part of the change log.
    fn draft_text(&self, draft: &TextDraft) -> AppResult<()>;

    /// Whether the log is what was written. Reads beside everybody else.
    fn verify_log(&self) -> AppResult<LogCheckup>;

    /// Brings at most `rows` more rows of it there, in one transaction.
    fn renew_index(&self, rows: u32) -> AppResult<IndexState>;
    /// Takes traces of removed words out of the full-text indexes, a short step at a time; whether
    /// there is more to do.
    fn forget_removed(&self) -> AppResult<bool>;

    /// One step towards the end of what was taken away for good: files, older copies, traces in index and journal.
    /// Again from the start after a kill. Whoever did it has the first turn, for a while.
    fn scrub(&self, now: UnixMs) -> AppResult<Scrubbed>;

    /// Puts on record what the sound of a recording tells, in the place of what was there before, in one
    /// transaction. Of sound that the recording has no more, or of one that went, nothing is kept. Not part of the
    /// change log: it follows from the sound.
    fn keep_measured(&self, measured: &MeasuredSound) -> AppResult<()>;
    /// Forgets it: it has to be measured anew.
    fn forget_measured(&self, recording: RecordingId) -> AppResult<()>;

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
    /// Makes this workspace the demo, for good. Not part of the change log.
    fn mark_demo(&self) -> AppResult<()>;

    /// Queues the job that `work` makes of the state it is given, or writes how one stands that is
    /// there, as [`Store::write`] does; with nothing, nothing changes. Of a kind one job about the same
    /// waits or runs at a time: another one is not queued, and that one is the answer.
    fn write_job(
        &self,
        work: &mut dyn FnMut(&dyn Reads) -> AppResult<Option<Job>>,
    ) -> AppResult<Option<Job>>;
    /// Takes the most urgent, then oldest queued job of these kinds and marks it running, with one more
    /// attempt and no progress. What a dead process left running of them goes back into the queue
    /// first, or has failed where that happened too often.
    fn claim_job(&self, kinds: &[JobKind], at: UnixMs) -> AppResult<Claimed>;

    // Of live calls besides their records. Written by the machine, so not part of the change log.

    /// Adds or replaces a file's row, durably.
    fn put_part(&self, part: &CapturePart) -> AppResult<()>;
    /// Forgets the files of a recording: they have become media.
    fn drop_parts(&self, recording: RecordingId) -> AppResult<()>;
    /// Adds or replaces a gap, durably.
    fn put_gap(&self, gap: &CaptureGap) -> AppResult<()>;

    /// Keeps that the program saw time pass. Of several programs at once the time counts once.
    fn beat(&self, beat: &Beat) -> AppResult<()>;
    /// Answers it: the time of the jump counts for what was in the bin by then, or it does not.
    fn settle_jump(&self, counts: bool) -> AppResult<()>;
}

/// Lines of a text that is being made.
#[derive(Clone, Debug)]
pub struct TextDraft {
    /// The recording.
    pub recording_id: RecordingId,
    /// On whose behalf.
    pub actor: PersonId,
    /// When.
    pub at: UnixMs,
    /// Model that hears them; [`LIVE_ENGINE`] while a call goes on.
    pub engine: String,
    /// What was heard, under ids of the caller.
    pub lines: Vec<TranscriptLine>,
}

/// How far a purge came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scrubbed {
    /// There is more to do, now or when somebody else is through.
    GoesOn,
    /// Nothing is left of these.
    Done(Vec<PurgeEnd>),
}

/// What a certificate says at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurgeEnd {
    /// Which.
    pub purge: PurgeId,
    /// Copies that were written anew.
    pub copies_rewritten: u32,
    /// Copies that went.
    pub copies_dropped: u32,
    /// Texts that were looked for, if anybody knew them still.
    pub looked_for: Option<u32>,
    /// How many of them were found.
    pub still_found: Option<u32>,
}

/// Time that passed between two looks at the clocks of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beat {
    /// Wall time now.
    pub at: UnixMs,
    /// What the steady clock says has passed since the beat before, in milliseconds.
    pub elapsed_ms: u64,
    /// How much further the wall clock moved forward than that, when it is worth asking about.
    pub jump_ms: u64,
}
