//! What the use cases need from the outside. Store, audio, speech and export implement these.

use crate::error::AppResult;
use crate::views::*;
use qinting_domain::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

mod live;
mod reads;
mod store;

pub use live::*;
pub use reads::*;
pub use store::*;

/// Wall-clock time, passed in so that use cases are provable.
pub trait Clock: Send + Sync {
    /// Now, UTC.
    fn now_ms(&self) -> UnixMs;
    /// What a clock on the wall here shows ahead of UTC at a time, in milliseconds.
    fn ahead_of_utc_ms(&self, _at: UnixMs) -> i64 {
        0
    }
    /// A clock that nobody sets, in milliseconds from any beginning. It may stand still while the
    /// machine sleeps.
    fn steady_ms(&self) -> u64 {
        u64::try_from(self.now_ms()).unwrap_or(0)
    }
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
    /// Whether the other one is a clone of this flag.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
    /// Whether somebody asked.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// The content-addressed media folder of a workspace.
pub trait MediaFolder: Send + Sync {
    /// Path of stored bytes.
    fn path_of(&self, sha256: &str) -> PathBuf;
    /// A fresh folder for work in progress, on the same file system.
    fn work_dir(&self) -> AppResult<PathBuf>;
    /// Moves a finished file into place under its hash (fsync, rename). One that is there already
    /// is kept where it holds the same bytes; where it does not, the new one takes its place.
    fn adopt(&self, file: &Path, sha256: &str) -> AppResult<()>;
    /// Length of a stored file, in bytes, once it could be opened; `None` where there is none.
    fn length_of(&self, sha256: &str) -> AppResult<Option<u64>>;
    /// Reads a stored file whole and says whether its bytes are those of its name. `on_bytes` gets
    /// how many more were read. `cancelled`, or `disk.*` when the system does not give it.
    fn is_whole(
        &self,
        sha256: &str,
        on_bytes: &mut dyn FnMut(u64),
        cancel: &Cancel,
    ) -> AppResult<bool>;
    /// When files were last read whole, and what came of it. What cannot be read here counts as
    /// never.
    fn readings(&self) -> Vec<Reading>;
    /// Keeps that for the next time.
    fn keep_readings(&self, readings: &[Reading]) -> AppResult<()>;
    /// Takes away a work folder and all in it.
    fn discard(&self, work_dir: &Path);
    /// Removes left-over work folders and files no record names; returns how many.
    fn sweep(&self, in_use: &[String]) -> AppResult<u32>;
    /// The folder a live recording is written into, made where it is not there yet. Never swept.
    fn live_dir(&self, recording: RecordingId) -> AppResult<PathBuf>;
    /// Removes that folder and what is in it.
    fn drop_live(&self, recording: RecordingId) -> AppResult<()>;
    /// Bytes free on the file system and bytes used by media.
    fn space(&self) -> AppResult<(u64, u64)>;
}

/// A stored file was read whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its name.
    pub sha256: String,
    /// When.
    pub at: UnixMs,
    /// Its bytes were those of its name.
    pub whole: bool,
}

/// Number of the decoder that is at work now. It goes up when the same source would come in
/// longer, shorter or shifted, so that `doctor` can name the calls that are worth taking again.
pub const DECODER: u32 = 1;

/// The rights of the workspace's folder.
pub trait FolderRights: Send + Sync {
    /// Who may use it now.
    fn sharing(&self) -> Sharing;
    /// Takes it away from everybody else (`Private`), or keeps for good that a group shares it
    /// (`Group`). Refuses with `disk.*` codes, and with `invalid` what settles nothing.
    fn settle(&self, sharing: Sharing) -> AppResult<()>;
}

/// One source for [`MediaDecoder::ingest`]: a file, or the two mono files of one call.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct IngestRequest {
    /// One path, or two (channel 0, channel 1).
    #[serde(with = "path_text::many")]
    pub paths: Vec<PathBuf>,
    /// Where the outputs go: `source-0`, `source-1`, `audio.wav`, `audio.peaks`.
    #[serde(with = "path_text::one")]
    pub work_dir: PathBuf,
    /// Take what is there of a file that breaks off, instead of refusing it.
    pub take_what_is_there: bool,
    /// Leave two channels that carry the same as they are.
    pub keep_both_lanes: bool,
    /// Longest recording that is taken, in milliseconds; `None`: twelve hours.
    pub longest_ms: Option<u64>,
    /// Sources that were decoded before, by a program outside of ours.
    pub decoded: Vec<Decoded>,
}

/// A source that the system's ffmpeg decoded. Its copy is in the work folder already.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Decoded {
    /// Which of [`IngestRequest::paths`].
    pub source: usize,
    /// The samples, a WAV file of 16 bits.
    #[serde(with = "path_text::one")]
    pub audio: PathBuf,
    /// Where sound was missing and silence of its length stands.
    pub gaps: Vec<SoundGap>,
    /// Container and codec in words.
    pub codec: String,
}

/// What this program recorded itself, or has taken in before, is taken whatever its length
/// ([`IngestRequest::longest_ms`]).
pub const ANY_LENGTH: Option<u64> = Some(u64::MAX);

/// What decoding made of the sources.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
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
    /// Two channels that carried the same were taken as one.
    pub was_dual_mono: bool,
    /// What a person should know about how the sound came in.
    pub notices: Vec<SoundNotice>,
    /// Stretches that could not be read; silence of their length stands there.
    pub gaps: Vec<SoundGap>,
    /// How much earlier a moment stands than decoder 0 had it, in milliseconds (encoder delay and
    /// edit lists are honoured since decoder 1).
    pub shift_ms: i64,
}

impl Ingested {
    /// Length in milliseconds.
    pub fn duration_ms(&self) -> u64 {
        self.frames * 1000 / u64::from(self.sample_rate_hz.max(1))
    }
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
    /// Version of the program outside of ours that decodes what we do not; `None`: there is none.
    fn outside(&self) -> Option<String> {
        None
    }
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
    #[serde(with = "path_text::one")]
    pub audio: PathBuf,
    /// The model file.
    #[serde(with = "path_text::one")]
    pub model: PathBuf,
    /// `auto`, `zh`, `en`.
    pub language: String,
    /// Convert Traditional to Simplified.
    pub simplified: bool,
    /// How numbers stand in Chinese text.
    #[serde(default)]
    pub numbers: qinting_domain::NumberStyle,
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
    /// Case of the recording; `None` for sound that belongs to no case (a test recording).
    pub case_id: Option<CaseId>,
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

/// Files written for somebody, where they want them: outside the workspace.
pub trait FilesOut: Send + Sync {
    /// Writes `bytes` under `path`, whole or not at all where that can be: through links, with the
    /// rights of the file that was there, and straight into what is no plain file. Refuses with
    /// `disk.*` codes; `invalid` when a folder has the name.
    fn write(&self, path: &Path, bytes: &[u8]) -> AppResult<()>;
}

/// Puts findings into a format.
pub trait FindingsWriter: Send + Sync {
    /// The bytes of an export.
    fn write(&self, format: ExportFormat, findings: &Findings) -> AppResult<Vec<u8>>;
    /// The time zone that calendar times are written in: its name, or its offset where it has none;
    /// `None`: this machine does not say.
    fn zone(&self) -> Option<String>;
}
