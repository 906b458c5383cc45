//! A workspace database that refuses what a test wants refused, and hands on everything else.

use super::Given;
use super::live::Booth;
use parking_lot::Mutex;
use qinting_desk::*;
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
    /// How far the search index is, where that is not left to the store.
    pub index: Mutex<Option<IndexState>>,
    /// What happens just before the next operation or job is written, once.
    pub meanwhile: Mutex<Option<Meanwhile>>,
}

/// Something somebody else does.
pub type Meanwhile = Box<dyn FnOnce() + Send>;

impl Default for Mood {
    fn default() -> Self {
        Self {
            refuses: Mutex::default(),
            writes_left: AtomicI64::new(i64::MAX),
            index: Mutex::default(),
            meanwhile: Mutex::default(),
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
    "write_job",
];

impl Moody {
    fn let_others(&self) {
        let meanwhile = self.mood.meanwhile.lock().take();
        if let Some(act) = meanwhile {
            act();
        }
    }

    fn ask(&self, method: &str) -> AppResult<()> {
        let is_full =
            WRITES.contains(&method) && self.mood.writes_left.fetch_sub(1, Ordering::SeqCst) <= 0;
        if is_full || self.mood.refuses.lock().contains(&method) {
            return Err(AppError::new(codes::DISK_FULL));
        }
        Ok(())
    }
}

/// Hands a question on, after asking whether it is refused.
macro_rules! ask_first {
    ($me:ident, index_state()) => {
        match *$me.mood.index.lock() {
            Some(state) => Ok(state),
            None => $me.inner.index_state(),
        }
    };
    ($me:ident, $name:ident($($arg:ident),*)) => {{
        $me.ask(stringify!($name))?;
        $me.inner.$name($($arg),*)
    }};
}
hand_reads_on!(Moody, ask_first);

/// The same for what writes.
macro_rules! hand_on {
    ($($name:ident($($arg:ident: $type:ty),*) -> $res:ty;)*) => {$(
        fn $name(&self, $($arg: $type),*) -> $res {
            ask_first!(self, $name($($arg),*))
        }
    )*};
}

impl Store for Moody {
    fn device(&self) -> DeviceId {
        self.inner.device()
    }
    /// In these tests everybody may do everything.
    fn read(
        &self,
        who: PersonId,
        work: &mut dyn FnMut(&Actor, &dyn Reads) -> AppResult<()>,
    ) -> AppResult<()> {
        work(&Actor::free(who), self)
    }
    fn write(
        &self,
        op: OpId,
        work: &mut dyn FnMut(&dyn Reads) -> AppResult<Commit>,
    ) -> AppResult<Committed> {
        self.ask("commit")?;
        self.let_others();
        self.inner.write(op, work)
    }
    fn verify_log(&self) -> AppResult<LogCheckup> {
        self.inner.verify_log()
    }
    fn renew_index(&self, rows: u32) -> AppResult<IndexState> {
        self.ask("renew_index")?;
        self.let_others();
        match &mut *self.mood.index.lock() {
            Some(state) => {
                state.done = state.total.min(state.done + u64::from(rows));
                Ok(*state)
            }
            None => self.inner.renew_index(rows),
        }
    }
    fn write_job(
        &self,
        work: &mut dyn FnMut(&dyn Reads) -> AppResult<Option<Job>>,
    ) -> AppResult<Option<Job>> {
        self.ask("write_job")?;
        self.let_others();
        self.inner.write_job(work)
    }
    hand_on! {
        draft_text(draft: &TextDraft) -> AppResult<()>;
        forget_removed() -> AppResult<bool>;
        scrub(now: UnixMs) -> AppResult<Scrubbed>;
        keep_measured(measured: &MeasuredSound) -> AppResult<()>;
        forget_measured(recording: RecordingId) -> AppResult<()>;
        save_listen_state(case: CaseId, person: PersonId, state: &ListenState, at: UnixMs) -> AppResult<()>;
        save_seated(person: PersonId) -> AppResult<()>;
        mark_demo() -> AppResult<()>;
        claim_job(kinds: &[JobKind], at: UnixMs) -> AppResult<Claimed>;
        put_part(part: &CapturePart) -> AppResult<()>;
        drop_parts(recording: RecordingId) -> AppResult<()>;
        put_gap(gap: &CaptureGap) -> AppResult<()>;
        beat(beat: &Beat) -> AppResult<()>;
        settle_jump(counts: bool) -> AppResult<()>;
    }
}

/// Puts a moody store before the real one.
pub fn moody(given: &mut Given, mood: &Arc<Mood>) {
    given.records.store = Arc::new(Moody {
        inner: given.records.store.clone(),
        mood: mood.clone(),
    });
}

/// A booth whose database a test puts into a mood.
pub fn moody_booth() -> (Booth, Arc<Mood>) {
    let mood = Arc::new(Mood::default());
    let seen = mood.clone();
    let booth = Booth::at(tempfile::tempdir().unwrap(), move |given| {
        moody(given, &seen)
    });
    (booth, mood)
}
