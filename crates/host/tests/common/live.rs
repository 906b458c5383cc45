//! Sound and ears that do what a test tells them, and a seat to listen from. A byte of a captured
//! file is a millisecond of one recording.

use super::{Count, Shelf, Stage, digest, model};
use parking_lot::Mutex;
use qinting_app::*;
use qinting_domain::*;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Samples, and so bytes of a file, per second.
const HZ: u32 = 1_000;

/// Waits until something is so.
pub fn until(what: &str, is_so: impl Fn() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < Duration::from_secs(20), "never: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

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

/// What a test's capture is at.
#[derive(Default)]
pub struct SoundState {
    pub sources: Vec<CaptureSource>,
    /// The plan of the last one that began, and how many began.
    pub plan: Option<CapturePlan>,
    pub begun: u32,
    /// Open right now.
    pub open: u32,
    /// Every beginning is refused with this.
    pub refuses: Option<&'static str>,
    /// What the store held when the last one was asked to begin.
    pub rows_at_begin: u32,
    position_ms: u64,
    /// Ordinal, first frame and frames of the file that is written.
    file: (u32, u64, u64),
    gap: Option<(u32, u64)>,
    gaps: u32,
}

/// A capture that does what it is told.
#[derive(Default)]
pub struct Sound {
    pub state: Mutex<SoundState>,
    tell: Mutex<Option<Arc<CaptureListener>>>,
    /// Counts recordings in the database when a capture begins.
    pub rows: Mutex<Option<Box<dyn Fn() -> u32 + Send + Sync>>>,
    pub stop_fails: AtomicBool,
}

impl Sound {
    pub fn say(&self, news: CaptureNews) {
        let tell = self.tell.lock().clone();
        if let Some(tell) = tell {
            tell(news);
        }
    }

    /// Somebody speaks for this long: the clock goes on, the file grows.
    pub fn pass(&self, ms: u64) {
        let (position_ms, lanes) = {
            let mut state = self.state.lock();
            state.position_ms += ms;
            state.file.2 += ms;
            if let Some(keep) = state.plan.as_ref().and_then(|p| p.keep.clone()) {
                let at = state.position_ms;
                append(&keep.folder.join(name_of(state.file.0)), ms, at);
            }
            let lanes = state.plan.as_ref().map_or(0, |p| p.lanes.len());
            (state.position_ms, lanes)
        };
        let lane = LaneSound {
            peak: 0.5,
            rms: 0.25,
            clipped: false,
            columns: vec![(-3, 4)],
        };
        self.say(CaptureNews::Levels {
            position_ms,
            lanes: vec![lane; lanes],
        });
    }

    /// The disk has what was written.
    pub fn keep(&self) {
        let (lanes, (ordinal, start_frame, frames)) = {
            let state = self.state.lock();
            let plan = state.plan.as_ref().unwrap();
            (plan.lanes.len(), state.file)
        };
        self.say(CaptureNews::Kept {
            ordinal,
            file: name_of(ordinal),
            sample_rate_hz: HZ,
            channels: lanes as u16,
            start_frame,
            frames,
        });
    }

    /// A file is closed and the next one begun.
    pub fn rotate(&self) {
        self.keep();
        let folder = {
            let mut state = self.state.lock();
            let (ordinal, start, frames) = state.file;
            state.file = (ordinal + 1, start + frames, 0);
            state.plan.as_ref().unwrap().keep.clone().unwrap().folder
        };
        let ordinal = self.state.lock().file.0;
        std::fs::write(folder.join(name_of(ordinal)), b"").unwrap();
        self.keep();
    }

    /// The capture closes itself.
    pub fn end(&self, code: &str) {
        self.keep();
        self.say(CaptureNews::Ended {
            note: ErrorNote::new(code),
        });
    }

    /// The capture's threads die without a word.
    pub fn die(&self) {
        self.tell.lock().take();
    }
}

fn name_of(ordinal: u32) -> String {
    format!("part-{ordinal:03}.wav")
}

fn append(file: &Path, ms: u64, at: u64) {
    let mut file = OpenOptions::new().append(true).open(file).unwrap();
    // No two recordings sound alike.
    file.write_all(&vec![at as u8; ms as usize]).unwrap();
}

/// The capture as the app sees it.
pub struct Device(pub Arc<Sound>);

impl Capture for Device {
    fn sources(&self) -> AppResult<Vec<CaptureSource>> {
        Ok(self.0.state.lock().sources.clone())
    }

    fn begin(&self, plan: CapturePlan, tell: CaptureListener) -> AppResult<Box<dyn CaptureRun>> {
        let sound = self.0.clone();
        if let Some(rows) = &*sound.rows.lock() {
            sound.state.lock().rows_at_begin = rows();
        }
        if let Some(code) = sound.state.lock().refuses {
            return Err(AppError::new(code).with("name", "话务盒"));
        }
        if let Some(keep) = &plan.keep {
            std::fs::write(keep.folder.join(name_of(1)), b"").unwrap();
        }
        {
            let mut state = sound.state.lock();
            state.plan = Some(plan);
            state.begun += 1;
            state.open += 1;
            state.position_ms = 0;
            state.file = (1, 0, 0);
            state.gap = None;
            state.gaps = 0;
        }
        *sound.tell.lock() = Some(Arc::new(tell));
        sound.say(CaptureNews::Started);
        Ok(Box::new(Run(sound)))
    }

    fn repair(&self, part: &Path) -> AppResult<RepairedPart> {
        let frames = std::fs::metadata(part).map_or(0, |m| m.len());
        Ok(RepairedPart {
            sample_rate_hz: HZ,
            channels: 2,
            frames,
            was_broken: true,
        })
    }

    fn room(&self, _: &Path) -> AppResult<u64> {
        Ok(1 << 40)
    }
}

struct Run(Arc<Sound>);

impl CaptureRun for Run {
    fn position_ms(&self) -> u64 {
        self.0.state.lock().position_ms
    }

    fn pause(&self) {
        let (ordinal, start_ms) = {
            let mut state = self.0.state.lock();
            let gap = (state.gaps, state.position_ms);
            state.gaps += 1;
            state.gap = Some(gap);
            gap
        };
        self.0.say(pause_gap(ordinal, start_ms, None));
    }

    fn resume(&self) {
        let (gap, end) = {
            let mut state = self.0.state.lock();
            (state.gap.take(), state.position_ms)
        };
        if let Some((ordinal, start_ms)) = gap {
            self.0.say(pause_gap(ordinal, start_ms, Some(end)));
        }
    }

    fn test(&self, ms: u32, file: &Path) -> AppResult<LiveTest> {
        std::fs::write(file, b"sound").unwrap();
        Ok(LiveTest {
            duration_ms: ms,
            lanes: Vec::new(),
            same_on_both: false,
        })
    }

    fn stop(self: Box<Self>) -> AppResult<CaptureEnd> {
        if self.0.stop_fails.load(Ordering::SeqCst) {
            return Err(AppError::new(codes::INTERNAL));
        }
        if self.0.state.lock().plan.as_ref().unwrap().keep.is_some() {
            self.0.keep();
        }
        Ok(CaptureEnd {
            duration_ms: self.position_ms(),
            ..CaptureEnd::default()
        })
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        self.0.state.lock().open -= 1;
        self.0.tell.lock().take();
    }
}

fn pause_gap(ordinal: u32, start_ms: u64, end_ms: Option<u64>) -> CaptureNews {
    CaptureNews::Gap {
        ordinal,
        kind: GapKind::Pause,
        channel: None,
        start_ms,
        end_ms,
    }
}

/// Ears that say what they are told to.
#[derive(Default)]
pub struct Ears {
    tell: Mutex<Option<Arc<LiveListener>>>,
    pub asked: Mutex<Vec<LiveEarsRequest>>,
    pub heard_samples: AtomicU64,
    /// Said when no more sound comes.
    pub last_words: Mutex<Vec<LiveHeard>>,
}

impl Ears {
    pub fn say(&self, heard: LiveHeard) {
        let tell = self.tell.lock().clone();
        if let Some(tell) = tell {
            tell(heard);
        }
    }

    pub fn draft(&self, utterance: u64, committed: &str, tentative: &str) {
        self.say(LiveHeard::Draft {
            lane: 0,
            utterance,
            start_ms: 0,
            end_ms: 1_000,
            committed: committed.into(),
            tentative: tentative.into(),
        });
    }
}

/// The final text of an utterance on the first lane.
pub fn spoken(utterance: u64, start_ms: u64, end_ms: u64, text: &str) -> LiveHeard {
    let segment = HeardSegment {
        start_ms,
        end_ms,
        channel: 0,
        text: text.into(),
        confidence: 0.9,
        language: "zh".into(),
    };
    LiveHeard::Final {
        lane: 0,
        utterance,
        segments: if text.is_empty() {
            vec![]
        } else {
            vec![segment]
        },
    }
}

/// The ears as the app sees them.
pub struct Listening(pub Arc<Ears>);

impl LiveEars for Listening {
    fn open(&self, request: LiveEarsRequest, tell: LiveListener) -> AppResult<Box<dyn LiveEar>> {
        self.0.asked.lock().push(request);
        *self.0.tell.lock() = Some(Arc::new(tell));
        self.0.say(LiveHeard::Ready);
        Ok(Box::new(Ear(self.0.clone())))
    }
}

struct Ear(Arc<Ears>);

impl LiveEar for Ear {
    fn hear(&self, _: u16, _: u64, samples: &[i16]) {
        let count = samples.len() as u64;
        self.0.heard_samples.fetch_add(count, Ordering::SeqCst);
    }

    fn finish(self: Box<Self>, _: Duration) {
        for heard in std::mem::take(&mut *self.0.last_words.lock()) {
            self.0.say(heard);
        }
        self.0.tell.lock().take();
    }
}

/// Takes captured files in, unless it was told to refuse.
#[derive(Default)]
pub struct Intake {
    pub refuses: Mutex<Option<&'static str>>,
    pub taken: AtomicU64,
}

pub struct Taking(pub Arc<Intake>);

impl MediaDecoder for Taking {
    fn ingest(
        &self,
        request: &IngestRequest,
        _: &mut dyn FnMut(u16),
        _: &Cancel,
    ) -> AppResult<Ingested> {
        if let Some(code) = *self.0.refuses.lock() {
            return Err(AppError::new(code));
        }
        let bytes = std::fs::read(&request.paths[0]).unwrap();
        let frames = bytes.len() as u64;
        let peaks = [b"peaks", &bytes[..]].concat();
        std::fs::write(request.work_dir.join("source-0"), &bytes).unwrap();
        std::fs::write(request.work_dir.join("audio.wav"), &bytes).unwrap();
        std::fs::write(request.work_dir.join("audio.peaks"), &peaks).unwrap();
        self.0.taken.fetch_add(1, Ordering::SeqCst);
        Ok(Ingested {
            sources: vec![SourceFile {
                sha256: digest(&bytes),
                name: "part-001.wav".into(),
                bytes: frames,
                codec: "wav/pcm_s16le".into(),
            }],
            audio_sha256: digest(&bytes),
            peaks_sha256: digest(&peaks),
            sample_rate_hz: HZ,
            channels: 2,
            frames,
            was_dual_mono: false,
        })
    }

    fn hash(&self, path: &Path, _: &Cancel) -> AppResult<String> {
        Ok(digest(&std::fs::read(path).unwrap()))
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

    /// In a folder of the caller's, with some ports changed.
    pub fn at(dir: TempDir, change: impl FnOnce(&mut Ports)) -> Self {
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
        let stage = Stage::with(dir, |ports| {
            ports.capture = Some(Arc::new(Device(sound.clone())));
            ports.ears = Some(Arc::new(Listening(ears.clone())));
            ports.decoder = Arc::new(Taking(intake.clone()));
            ports.clock = clock.clone();
            ports.ids = Arc::new(Count(AtomicU64::new(first_id)));
            change(ports);
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

    pub fn seat(&self) -> &Seat {
        &self.stage.seat
    }

    pub fn store(&self) -> &dyn Store {
        &*self.stage.store
    }

    /// Begins a call of two lanes.
    pub fn begin(&self, mode: ListenMode) -> LiveStatus {
        self.seat().live_begin(call(mode)).unwrap()
    }

    pub fn mark(&self, ago_ms: u32) -> Observation {
        let mark = LiveMark {
            kind: None,
            tags: vec![],
            text: None,
            ago_ms,
        };
        self.seat().live_mark(mark).unwrap().observation
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
    pub fn crash(self, change: impl FnOnce(&mut Ports)) -> Self {
        let Stage { dir, app, seat, .. } = self.stage;
        // A dead process runs no destructor.
        std::mem::forget((app, seat));
        Self::at(dir, change)
    }

    /// What the host does when a workspace is opened.
    pub fn recover(&self) {
        if let Some(found) = self.stage.app.look_for_cut_off_calls().unwrap() {
            found.take_in();
        }
    }

    pub fn told(&self, is_it: impl Fn(&AppEvent) -> bool) -> usize {
        self.stage.events.lock().iter().filter(|e| is_it(e)).count()
    }

    /// Codes of the notices so far.
    pub fn notices(&self) -> Vec<String> {
        let events = self.stage.events.lock();
        let notices = events.iter().filter_map(|e| match e {
            AppEvent::Notice { note } => Some(note.code.clone()),
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
        business_line: String::new(),
        agent: String::new(),
        customer: String::new(),
        mode,
        lanes: vec![
            lane("mic", ChannelRole::Agent),
            lane("out", ChannelRole::Customer),
        ],
        consent: Some(ConsentBasis::BothAgreed),
        notice: Some(NoticeGiven::Voice),
        mentor_id: None,
        session_id: None,
        anchor: String::new(),
    }
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
    })
}
