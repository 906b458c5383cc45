//! Sound and ears that do what a test tells them, and somebody who listens.

mod ears;
mod sound;

pub use ears::*;
pub use sound::*;

use super::{Count, Given, Shelf, Stage, model};
use parking_lot::Mutex;
use qinting_desk::*;
use qinting_domain::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use tempfile::TempDir;

pub use qinting_testkit::wait::until;

/// A clock that both hands of are set by a test.
pub struct TwoClocks {
    pub wall: AtomicI64,
    pub steady: AtomicU64,
}

impl TwoClocks {
    pub fn pass(&self, ms: u64) {
        self.wall.fetch_add(ms as i64, Ordering::SeqCst);
        self.steady.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for TwoClocks {
    fn now_ms(&self) -> UnixMs {
        self.wall.load(Ordering::SeqCst)
    }
    fn steady_ms(&self) -> u64 {
        self.steady.load(Ordering::SeqCst)
    }
}

/// A place that another process takes and gives back.
#[derive(Default)]
pub struct Door(pub AtomicBool);
impl CaptureLock for Door {
    fn take(&self) -> AppResult<Option<Box<dyn Send + Sync>>> {
        let is_taken = self.0.load(Ordering::SeqCst);
        Ok((!is_taken).then(|| Box::new(()) as Box<dyn Send + Sync>))
    }
}

/// A desk to listen live from.
pub struct Booth {
    pub stage: Stage,
    pub sound: Arc<Sound>,
    pub ears: Arc<Ears>,
    pub intake: Arc<Intake>,
    pub clock: Arc<TwoClocks>,
}

impl Booth {
    pub fn new() -> Self {
        Self::at(tempfile::tempdir().unwrap(), |_| {})
    }

    /// In a folder of the caller's, with some given changed.
    pub fn at(dir: TempDir, change: impl FnOnce(&mut Given)) -> Self {
        let sound = Arc::new(Sound::default());
        sound.state.lock().sources = vec![
            source("mic", SourceKind::Input, 1),
            source("out", SourceKind::System, 2),
        ];
        let (ears, intake) = (Arc::new(Ears::default()), Arc::new(Intake::default()));
        let clock = Arc::new(TwoClocks {
            wall: AtomicI64::new(1_763_000_000_000),
            steady: AtomicU64::new(5_000),
        });
        let first_id = 100 + 1_000_000 * starts();
        let stage = Stage::with(dir, |given| {
            given.capture = Some(Arc::new(Device(sound.clone())));
            given.ears = Some(Arc::new(Listening(ears.clone())));
            given.decoder = Arc::new(Taking(intake.clone()));
            given.records.clock = clock.clone();
            given.records.ids = Arc::new(Count(AtomicU64::new(first_id)));
            change(given);
        });
        let store = stage.store.clone();
        *sound.rows.lock() = Some(Box::new(move || {
            let calls = store.live_calls().unwrap();
            calls.len() as u32
        }));
        Self {
            stage,
            sound,
            ears,
            intake,
            clock,
        }
    }

    pub fn at_desk(&self) -> &AtDesk {
        &self.stage.at_desk
    }

    pub fn store(&self) -> &dyn Store {
        &*self.stage.store
    }

    /// Begins a call of two lanes.
    pub fn begin(&self, mode: ListenMode) -> LiveStatus {
        self.at_desk().live_begin(call(mode)).unwrap()
    }

    pub fn mark(&self, ago_ms: u32) -> Observation {
        let mark = LiveMark {
            id: None,
            op_id: None,
            kind: None,
            tags: vec![],
            text: None,
            ago_ms,
        };
        self.at_desk().live_mark(mark).unwrap().observation
    }

    pub fn recording(&self, id: RecordingId) -> Recording {
        match self.store().record(EntityKind::Recording, id.0).unwrap() {
            Some(Record::Recording(r)) => r,
            other => panic!("no recording: {other:?}"),
        }
    }

    pub fn live_call(&self, id: LiveCallId) -> LiveCall {
        match self.store().record(EntityKind::LiveCall, id.0).unwrap() {
            Some(Record::LiveCall(c)) => c,
            other => panic!("no live call: {other:?}"),
        }
    }

    /// Files with sound anywhere in the workspace.
    pub fn sound_files(&self) -> usize {
        fn count(dir: &Path) -> usize {
            let Ok(entries) = std::fs::read_dir(dir) else {
                return 0;
            };
            let each = entries.flatten().map(|e| match e.path() {
                path if path.is_dir() => count(&path),
                path => usize::from(path.file_name().is_some_and(|n| n != ".lock")),
            });
            each.sum()
        }
        ["media", "live"]
            .map(|part| count(&self.stage.dir.path().join("ws").join(part)))
            .iter()
            .sum()
    }

    /// The process dies: nothing is said, nothing is closed. The next one comes to the same folder.
    pub fn crash(self, change: impl FnOnce(&mut Given)) -> Self {
        let Stage {
            dir, desk, at_desk, ..
        } = self.stage;
        // A dead process runs no destructor.
        std::mem::forget((desk, at_desk));
        Self::at(dir, change)
    }

    /// What the host does when a workspace is opened.
    pub fn recover(&self) {
        self.stage.desk.look_for_cut_off_calls().unwrap();
        self.stage.desk.drain_beside().unwrap();
    }

    pub fn told(&self, is_it: impl Fn(&AppEvent) -> bool) -> usize {
        self.stage.events.lock().iter().filter(|e| is_it(e)).count()
    }

    /// Codes of the notices so far.
    pub fn notices(&self) -> Vec<String> {
        let events = self.stage.events.lock();
        let notices = events.iter().filter_map(|e| match e {
            AppEvent::Record(RecordEvent::Notice { note }) => Some(note.code.clone()),
            _ => None,
        });
        notices.collect()
    }
}

/// Counts starts, so that none of them gives out an id of another.
fn starts() -> u64 {
    static STARTS: AtomicU64 = AtomicU64::new(1);
    STARTS.fetch_add(1, Ordering::SeqCst)
}

fn source(id: &str, kind: SourceKind, channels: u16) -> CaptureSource {
    CaptureSource {
        id: id.into(),
        name: id.into(),
        kind,
        channels,
        sample_rate_hz: 48_000,
        is_default: true,
    }
}

pub fn lane(source: &str, role: ChannelRole) -> LiveLane {
    LiveLane {
        source: source.into(),
        name: source.into(),
        side: SourceSide::Whole,
        role,
    }
}

/// A call between microphone and headset, everybody told.
pub fn call(mode: ListenMode) -> LiveBegin {
    LiveBegin {
        title: "退货".into(),
        mode,
        lanes: vec![
            lane("mic", ChannelRole::Agent),
            lane("out", ChannelRole::Customer),
        ],
        consent: Some(ConsentBasis::BothAgreed),
        notice: Some(NoticeGiven::Voice),
        ..LiveBegin::default()
    }
}

/// A call of ten seconds that are safe and one that is not, with a mark, cut off.
pub fn cut_off() -> (Booth, LiveCall, PathBuf) {
    cut_off_at(Booth::new())
}

/// The same at a booth of the caller's.
pub fn cut_off_at(booth: Booth) -> (Booth, LiveCall, PathBuf) {
    let call = booth.begin(ListenMode::Record).call;
    booth.sound.pass(10_000);
    booth.sound.keep();
    let promised = || booth.store().parts_of(call.recording_id).unwrap()[0].frames;
    until("the promise is on record", || promised() == 10_000);
    booth.mark(0);
    booth.sound.pass(1_000);
    let live = booth.stage.dir.path().join("ws/live");
    let file = live
        .join(call.recording_id.to_string())
        .join("part-001.wav");
    (booth, call, file)
}

/// A model shelf with these (id, bytes, knows only the demo).
pub fn shelf(folder: &Path, models: &[(&str, u64, bool)]) -> Arc<Shelf> {
    let rows = models.iter().map(|(id, bytes, demo)| ModelRow {
        bytes: *bytes,
        ..model(id, *demo)
    });
    Arc::new(Shelf {
        folder: folder.to_owned(),
        rows: Mutex::new(rows.collect()),
        named: Mutex::default(),
        is_shut: std::sync::atomic::AtomicBool::new(false),
    })
}
