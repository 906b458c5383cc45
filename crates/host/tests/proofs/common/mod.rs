//! A desk over a real workspace in a temp folder, with scripted decoding and speech, a clock that
//! stands still until told, and ids that count.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up stops right there"
)]

use parking_lot::Mutex;
use qinting_desk::*;
use qinting_domain::*;
use qinting_testkit::records::heard;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use tempfile::TempDir;
use uuid::Uuid;

pub mod align;
mod asks;
pub mod bin;
pub mod desk;
mod given;
pub mod held;
pub mod live;
mod measured;
pub mod moody;
pub mod plain_facts;

pub use asks::*;
pub use given::Given;
use measured::NoPeaks;
pub use qinting_testkit::files::digest;

pub struct Hand(pub AtomicI64);
impl Clock for Hand {
    fn now_ms(&self) -> UnixMs {
        self.0.fetch_add(1, Ordering::SeqCst)
    }
}

pub struct Count(pub AtomicU64);
impl Ids for Count {
    fn next(&self) -> Uuid {
        Uuid::from_u128(COUNTED | u128::from(self.0.fetch_add(1, Ordering::SeqCst)))
    }
}
/// What all counted ids have in common.
const COUNTED: u128 = 7 << 76;
/// Where a stage begins to count.
const FIRST_ID: u64 = 100;
/// Who is there first on a stage that nobody was on before.
pub const FIRST_PERSON: PersonId = PersonId(Uuid::from_u128(COUNTED | FIRST_ID as u128));

/// Nobody else is there.
pub struct Alone;
impl FolderRights for Alone {
    fn sharing(&self) -> Sharing {
        Sharing::Private
    }
    fn settle(&self, _: Sharing) -> AppResult<()> {
        Ok(())
    }
}

/// Takes no file.
pub struct NoFiles;
impl FilesOut for NoFiles {
    fn write(&self, _: &Path, _: &[u8]) -> AppResult<()> {
        Err(AppError::new(codes::DISK_DENIED))
    }
}

/// Decodes nothing: the file's text is its audio. `bad` in a file refuses it, `slow` waits to be
/// cancelled.
pub struct PlainDecoder;

impl MediaDecoder for PlainDecoder {
    fn ingest(
        &self,
        request: &IngestRequest,
        progress: &mut dyn FnMut(u16),
        cancel: &Cancel,
    ) -> AppResult<Ingested> {
        let request = &request.for_decoder();
        let mut sources = Vec::new();
        let mut audio = Vec::new();
        for (i, path) in request.paths.iter().enumerate() {
            let bytes = read(path)?;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            std::fs::write(request.work_dir.join(format!("source-{i}")), &bytes).unwrap();
            if text.contains("bad") {
                return Err(AppError::new(codes::MEDIA_NOT_AUDIO).with("name", "x"));
            }
            while text.contains("slow") && !cancel.is_cancelled() {
                progress(1);
                std::thread::yield_now();
            }
            if cancel.is_cancelled() {
                return Err(AppError::new(codes::CANCELLED));
            }
            sources.push(SourceFile {
                sha256: digest(&bytes),
                name: path.file_name().unwrap().to_string_lossy().into_owned(),
                bytes: bytes.len() as u64,
                codec: "plain".into(),
            });
            // What stands after a colon is the sound; what stands before is wrapping.
            audio.extend_from_slice(text.rsplit(':').next().unwrap().as_bytes());
        }
        std::fs::write(request.work_dir.join("audio.wav"), &audio).unwrap();
        std::fs::write(request.work_dir.join("audio.peaks"), b"peaks").unwrap();
        Ok(Ingested {
            sources,
            audio_sha256: digest(&audio),
            peaks_sha256: digest(b"peaks"),
            sample_rate_hz: 8000,
            channels: 2,
            frames: 8000 * 60,
            was_dual_mono: false,
            ..Ingested::default()
        })
    }

    fn hash(&self, path: &Path, _: &Cancel) -> AppResult<Sha256> {
        Ok(digest(&read(path)?))
    }
}

fn read(path: &Path) -> AppResult<Vec<u8>> {
    std::fs::read(path).map_err(|e| AppError::new(codes::MEDIA_UNREADABLE).because(e))
}

/// Says what it was told to say.
#[derive(Default)]
pub struct Script {
    pub says: Mutex<Vec<HeardSegment>>,
    pub dies: Mutex<bool>,
}

impl Transcriber for Script {
    fn transcribe(
        &self,
        _: &TranscribeRequest,
        on_event: &mut dyn FnMut(TranscribeEvent),
        cancel: &Cancel,
    ) -> AppResult<String> {
        for (i, segment) in self.says.lock().clone().into_iter().enumerate() {
            if cancel.is_cancelled() {
                return Err(AppError::new(codes::CANCELLED));
            }
            on_event(TranscribeEvent::Segments {
                segments: vec![segment],
            });
            on_event(TranscribeEvent::Progress {
                permille: 100 * (i as u16 + 1),
            });
        }
        if *self.dies.lock() {
            return Err(AppError::new(codes::SPEECH_WORKER_DIED).with("reason", "signal: 9"));
        }
        Ok("script".into())
    }
}

/// Models that need no files: one real one, unless a test puts others there.
pub struct Shelf {
    folder: PathBuf,
    pub rows: Mutex<Vec<ModelRow>>,
    /// Files that were named by their place.
    pub named: Mutex<Vec<PathBuf>>,
    /// The folder cannot be read.
    pub is_shut: AtomicBool,
}

/// A model that is installed.
pub fn model(id: &str, is_demo: bool) -> ModelRow {
    ModelRow {
        id: id.into(),
        name: id.into(),
        bytes: 1,
        hash: String::new(),
        languages: vec![],
        speed_hint: 0.0,
        state: ModelState::Installed,
        bytes_present: 1,
        is_default: false,
        is_demo,
    }
}

impl ModelShelf for Shelf {
    fn models(&self) -> AppResult<Vec<ModelRow>> {
        match self.is_shut.load(Ordering::SeqCst) {
            true => Err(AppError::new(codes::DISK_DENIED)),
            false => Ok(self.rows.lock().clone()),
        }
    }
    fn file_of(&self, id: &ModelId) -> AppResult<PathBuf> {
        if self.rows.lock().iter().any(|m| m.id == id.as_str()) {
            Ok(self.folder.join(id.as_str()))
        } else {
            Err(AppError::new(codes::MODEL_UNKNOWN))
        }
    }
    fn name_file(&self, path: &Path) -> AppResult<()> {
        self.named.lock().push(path.to_owned());
        Ok(())
    }
    fn file_named(&self, path: &Path) -> AppResult<PathBuf> {
        let named = self.named.lock().iter().any(|p| p == path);
        let missing = || AppError::new(codes::SPEECH_MODEL_MISSING);
        named.then(|| path.to_owned()).ok_or_else(missing)
    }
    fn download(
        &self,
        _: &str,
        _: &[String],
        _: &mut dyn FnMut(DownloadProgress),
        _: &Cancel,
    ) -> AppResult<()> {
        Err(AppError::new(codes::MODEL_UNREACHABLE))
    }
    fn add_file(&self, _: &Path) -> AppResult<ModelRow> {
        Err(AppError::new(codes::MODEL_NOT_A_MODEL))
    }
    fn remove(&self, _: &str) -> AppResult<()> {
        Ok(())
    }
    fn folder(&self) -> PathBuf {
        self.folder.clone()
    }
}

pub struct Stage {
    pub dir: TempDir,
    pub desk: Arc<Desk>,
    pub at_desk: AtDesk,
    pub store: Arc<dyn Store>,
    pub script: Arc<Script>,
    pub shelf: Arc<Shelf>,
    pub tickets: Arc<Tickets>,
    pub events: Arc<Mutex<Vec<AppEvent>>>,
}

impl Stage {
    pub fn new() -> Self {
        Self::with(tempfile::tempdir().unwrap(), |_| {})
    }

    /// A stage in a folder that may have been used before, with other ports.
    pub fn with(dir: TempDir, change: impl FnOnce(&mut Given)) -> Self {
        let workspace = dir.path().join("ws");
        let script = Arc::new(Script::default());
        let shelf = Arc::new(Shelf {
            folder: dir.path().to_owned(),
            rows: Mutex::new(vec![model("tiny", false)]),
            named: Mutex::default(),
            is_shut: AtomicBool::new(false),
        });
        let records = Ports {
            store: Arc::new(
                qinting_store::Workspace::open_on(
                    &workspace,
                    &qinting_store::Device::passing(),
                    &qinting_store::Medium::Writable,
                )
                .unwrap(),
            ),
            writer: Arc::new(qinting_export::Writer),
            files_out: Arc::new(NoFiles),
            clock: Arc::new(Hand(AtomicI64::new(1_763_000_000_000))),
            ids: Arc::new(Count(AtomicU64::new(FIRST_ID))),
        };
        let tickets = Arc::new(Tickets::new(Arc::new(Count(AtomicU64::new(1 << 40)))));
        let machine = Machine {
            media: Arc::new(qinting_store::Media::open(&workspace).unwrap()),
            rights: Arc::new(Alone),
            files_in: Arc::new(qinting_host::Disks),
            facts: plain_facts::PlainFacts::of(),
            tickets: tickets.clone(),
            decoder: Arc::new(PlainDecoder),
            audio: Arc::new(NoPeaks),
            transcriber: script.clone(),
            models: shelf.clone(),
            player: None,
            capture: None,
            ears: None,
            capture_lock: None,
        };
        let mut given = Given { records, machine };
        change(&mut given);
        let Given { records, machine } = given;
        let store = records.store.clone();
        let about = About {
            workspace: "ws".into(),
            version: "0".into(),
            ..About::default()
        };
        let desk = Desk::start(records, machine, about).unwrap();
        let events: Arc<Mutex<Vec<AppEvent>>> = Arc::default();
        let heard = events.clone();
        desk.on_event(Box::new(move |e| heard.lock().push(e.clone())));
        let at_desk = AtDesk::new(desk.clone(), desk.whoever_sits_here().unwrap());
        Self {
            dir,
            desk,
            at_desk,
            store,
            script,
            shelf,
            events,
            tickets,
        }
    }

    /// Writes a file to import and returns its path.
    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    }

    /// How this workspace knows the two files of a call.
    pub fn suffix_rules(&self) -> Vec<SuffixRule> {
        let settings = self.at_desk.get_settings(()).unwrap();
        settings.workspace.suffix_rules
    }

    pub fn import(&self, paths: &[String]) -> ImportBatch {
        let rules = self.suffix_rules();
        let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        let found = self.at_desk.calls_in(&paths, &rules).unwrap();
        let id = self.at_desk.bring_in(found.calls).unwrap();
        self.at_desk.import_wait(id).unwrap()
    }

    /// A case with a recording of one minute.
    pub fn case(&self, name: &str) -> (CaseId, RecordingId) {
        let batch = self.import(&[self.file(&format!("{name}.wav"), name)]);
        let case = batch.files[0].case_id.unwrap();
        (
            case,
            self.at_desk.get_case(case).unwrap().recording.unwrap().id,
        )
    }

    pub fn says(&self, lines: &[(u64, u64, u16, &str)]) {
        *self.script.says.lock() = lines
            .iter()
            .map(|(start_ms, end_ms, channel, text)| heard(*start_ms, *end_ms, *channel, text))
            .collect();
    }

    pub fn mark(&self, recording_id: RecordingId, at_ms: u64) -> ObservationView {
        self.at_desk
            .mark(MarkRequest::at(recording_id, at_ms))
            .unwrap()
    }

    pub fn issue(&self, title: &str, observation_ids: Vec<ObservationId>) -> IssueRow {
        let new = new_issue(title, observation_ids);
        self.at_desk.create_issue(new).unwrap()
    }
}

/// The code of a refusal, `ok` when it was none.
pub fn code<T>(result: AppResult<T>) -> String {
    result
        .err()
        .map(|e| e.code().to_owned())
        .unwrap_or_else(|| "ok".into())
}

/// Code and named field of a refusal.
pub fn refused<T>(result: AppResult<T>) -> (String, String) {
    let note = result.err().map(|e| e.note);
    let field = note.as_ref().and_then(|n| n.args.get("field")).cloned();
    (
        note.map_or_else(|| "ok".into(), |n| n.code),
        field.unwrap_or_default(),
    )
}
