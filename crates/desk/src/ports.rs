//! What a machine with sound needs besides. Audio, speech and the worker implement these.

use crate::models::shapes::{DownloadProgress, ModelRow};
use crate::player::shapes::{LaneChoice, OutputDevice, PeaksRequest, PlayerState};
use crate::workspace::shapes::Sharing;
use qinting_app::{AppResult, Bytes, Cancel, LentFile};
use qinting_domain::*;
use std::path::{Path, PathBuf};

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

/// Files somebody brings, where they lie: outside the workspace.
pub trait FilesIn: Send + Sync {
    /// Looks at what a person named: a file whatever it is, a folder with all in it, as far as is
    /// sensible (`import.too_many` else). `cancelled`, or `disk.*` for a folder that was named and is
    /// closed.
    fn walk(&self, named: &[PathBuf], cancel: &Cancel) -> AppResult<FoundFiles>;
}

/// What lies where somebody pointed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundFiles {
    /// Recordings and their bytes.
    pub files: Vec<(PathBuf, u64)>,
    /// What is called as tables and side-cars are, and is no recording; it is among the others as well.
    pub beside: Vec<(PathBuf, u64)>,
    /// What is no recording: the first of it,
    pub ignored: Vec<PathBuf>,
    /// and how much in all.
    pub ignored_count: u32,
    /// Folders that were not looked into: closed to us, too deep, or a link.
    pub unopened: Vec<PathBuf>,
}

/// One source for [`MediaDecoder::ingest`]: a file, or the two mono files of one call.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct IngestRequest {
    /// One path, or two (channel 0, channel 1).
    #[serde(with = "path_text::many")]
    pub paths: Vec<PathBuf>,
    /// The same of files that were taken in before, in the place of `paths`.
    pub kept: Vec<LentFile>,
    /// What errors call them; empty: as they are called where they lie.
    pub names: Vec<String>,
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

impl IngestRequest {
    /// What the sources are called, in their order.
    pub fn called(&self) -> Vec<String> {
        if !self.names.is_empty() {
            return self.names.clone();
        }
        let kept = self.kept.iter().map(LentFile::for_worker);
        let places = self.paths.iter().map(PathBuf::as_path).chain(kept);
        let names = places.map(|p| p.file_name().map(path_text::shown).unwrap_or_default());
        names.collect()
    }

    /// What a decoder reads: the files that were kept stand in the place of paths.
    pub fn for_decoder(&self) -> Self {
        let mut request = self.clone();
        if !self.kept.is_empty() {
            let kept = self.kept.iter().map(|file| file.for_worker().to_owned());
            request.paths = kept.collect();
            request.kept.clear();
        }
        request
    }
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
    pub audio_sha256: Sha256,
    /// SHA-256 of `audio.peaks`.
    pub peaks_sha256: Sha256,
    /// Samples per second and channel.
    pub sample_rate_hz: u32,
    /// 1 or 2.
    pub channels: u16,
    /// Length; a frame is one sample of each channel.
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
    fn hash(&self, path: &Path, cancel: &Cancel) -> AppResult<Sha256>;
    /// How long the sound of each file is, in milliseconds, where that is known without decoding it; of one that
    /// cannot be read nothing is known. `media.worker_died`, `cancelled`.
    fn lengths(&self, paths: &[PathBuf], _cancel: &Cancel) -> AppResult<Vec<Option<u64>>> {
        Ok(vec![None; paths.len()])
    }
    /// Version of the program outside of ours that decodes what we do not; `None`: there is none.
    fn outside(&self) -> Option<String> {
        None
    }
}

/// Reads the playable audio and peaks of the media folder (our own files; safe in process).
pub trait AudioFiles: Send + Sync {
    /// Min/max pairs for a window of the recording, see [`PeaksRequest`]; layout in
    /// [`crate::player::PEAKS_LAYOUT`].
    fn peaks(
        &self,
        peaks: Box<dyn Bytes>,
        recording: &Recording,
        request: &PeaksRequest,
    ) -> AppResult<Vec<u8>>;
    /// Silence and overtalk, from the peaks.
    fn regions(&self, peaks: Box<dyn Bytes>, recording: &Recording) -> AppResult<Vec<Region>>;
    /// What the playable audio tells without any model: who speaks when, how loud, where somebody is on hold. Reads
    /// all of it, some five hundred times as fast as it plays at least; `cancelled`. `gaps` are stretches that hold no
    /// sound of the call, in time order: of them nothing is told.
    fn acoustics(
        &self,
        audio: Box<dyn Bytes>,
        recording: &Recording,
        gaps: &[Stretch],
        cancel: &Cancel,
    ) -> AppResult<Acoustics>;
}

/// One piece of decoding for the speech worker.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct TranscribeRequest {
    /// The playable WAV.
    pub audio: LentFile,
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
    /// Decodes a recording; gives the name and version of what heard it. Errors carry `speech.*` codes (`speech.worker_died`,
    /// `speech.model_unreadable`, `speech.model_missing`, `cancelled`).
    fn transcribe(
        &self,
        request: &TranscribeRequest,
        on_event: &mut dyn FnMut(TranscribeEvent),
        cancel: &Cancel,
    ) -> AppResult<String>;
}

/// The models folder: shared between workspaces.
pub trait ModelShelf: Send + Sync {
    /// The catalogue joined with what is on disk, plus files a person chose.
    fn models(&self) -> AppResult<Vec<ModelRow>>;
    /// File of an installed model.
    fn file_of(&self, id: &ModelId) -> AppResult<PathBuf>;
    /// A person names a model file by its place: it is looked into, and known from now on.
    fn name_file(&self, path: &Path) -> AppResult<()>;
    /// A model file by its place, if a person of this installation named it.
    fn file_named(&self, path: &Path) -> AppResult<PathBuf>;
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
pub struct PlayerSource {
    /// For the UI to tell whose position it sees.
    pub recording_id: RecordingId,
    /// Case of the recording; `None` for sound that belongs to no case (a test recording).
    pub case_id: Option<CaseId>,
    /// The playable WAV.
    pub audio: Box<dyn Bytes>,
    /// Length, as it is on record.
    pub duration_ms: u64,
    /// Silence to skip when asked.
    pub silences: Vec<Region>,
}

/// The one player of this process. Commands return at once; the state arrives through the
/// listener (at least every 50 ms while playing, and after every command).
pub trait Player: Send + Sync {
    /// Loads a recording, paused at `at_ms`.
    fn open(&self, source: PlayerSource, at_ms: u64) -> AppResult<()>;
    /// Lets the recording go; nothing is loaded afterwards.
    fn close(&self);
    /// Plays from `at_ms`, or from where it stands minus `back_step_ms`.
    fn play(&self, at_ms: Option<u64>, back_step_ms: u32);
    /// Plays `start..end` once and stops there.
    fn play_range(&self, start_ms: u64, end_ms: u64);
    /// Stops and stays where it is.
    fn pause(&self);
    /// Goes to a place, the end at most, and ends the clip that is played.
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
    /// What went out to a speaker since this was asked last, in order; what still plays up to now. Waits
    /// for what was commanded before, so never from the player's own thread.
    fn take_heard(&self) -> Vec<HeardStretch>;
}

/// A stretch of a recording that went out to a speaker in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeardStretch {
    /// The recording.
    pub recording_id: RecordingId,
    /// The earliest moment that sounded, in milliseconds from recording start.
    pub from_ms: u64,
    /// Where the latest one ended.
    pub to_ms: u64,
    /// How much of the recording sounded, in milliseconds.
    pub played_ms: u64,
    /// How long that took.
    pub lasted: std::time::Duration,
    /// How long ago it ended.
    pub ended_ago: std::time::Duration,
}
