//! Sound in, and ears on it, while a call goes on.

use super::*;
use qinting_app::*;
use qinting_domain::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Where the sound of one running capture goes.
#[derive(Clone, Debug)]
pub struct CapturePlan {
    /// One lane or two, in channel order.
    pub lanes: Vec<LiveLane>,
    /// Set when the sound is kept.
    pub keep: Option<KeepPlan>,
    /// Hand out [`CaptureNews::Heard`].
    pub hear: bool,
}

/// How the sound is kept.
#[derive(Clone, Debug)]
pub struct KeepPlan {
    /// The recording's own folder, which is empty.
    pub folder: Arc<dyn LiveFolder>,
    /// A file is closed and the next one begun before it gets bigger than this.
    pub part_bytes: u64,
    /// Space that is reserved at the start, in milliseconds of sound.
    pub reserve_ms: u64,
}

/// Level and shape of one lane since the last report.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneSound {
    /// Highest sample, 0–1 of full scale.
    pub peak: f32,
    /// Root mean square, 0–1 of full scale.
    pub rms: f32,
    /// At least one sample stood at full scale.
    pub clipped: bool,
    /// (min, max) of each 50 ms, full scale ±127, oldest first; for the strip of the last minute.
    pub columns: Vec<(i8, i8)>,
}

/// What a running capture tells. It comes from the capture's own threads: whoever listens puts it
/// into a queue and returns.
#[derive(Clone, Debug)]
pub enum CaptureNews {
    /// The first samples of every lane are here; the call clock stands at 0 now.
    Started,
    /// About ten times a second.
    Levels {
        /// Call clock at the end of this stretch, in milliseconds.
        position_ms: u64,
        /// By channel.
        lanes: Vec<LaneSound>,
    },
    /// Sound for the speech engine: mono, 16 kHz, in order, without holes (pauses and losses are
    /// zeros). Only with `hear`.
    Heard {
        /// Channel.
        lane: u16,
        /// Hold of the first sample on the call clock, counted in samples at 16 kHz.
        at_sample: u64,
        /// The samples.
        samples: Vec<i16>,
    },
    /// A file was begun, or more of it is safely on disk (fsync done).
    Kept {
        /// Ordinal from 1.
        ordinal: u32,
        /// File name in the folder.
        file: PartName,
        /// Samples per second and channel.
        sample_rate_hz: u32,
        /// 1 or 2.
        channels: u16,
        /// First frame of the file in the recording.
        start_frame: u64,
        /// Frames on disk.
        frames: u64,
    },
    /// A gap opened, grew an end, or both; the same `ordinal` means the same gap.
    Gap {
        /// From 0.
        ordinal: u32,
        /// Why.
        kind: GapKind,
        /// The lane, or all.
        channel: Option<u16>,
        /// Start on the call clock.
        start_ms: u64,
        /// End; `None` while it lasts.
        end_ms: Option<u64>,
    },
    /// A lane's state changed.
    Lane {
        /// Channel.
        lane: u16,
        /// Its state.
        state: LaneState,
    },
    /// Both lanes carry the same signal, or no longer do.
    SameOnBoth {
        /// Whether they do.
        is_same: bool,
    },
    /// Recording time left on the disk, told when it falls to 30 minutes and each minute after.
    Disk {
        /// Minutes.
        minutes_left: u32,
    },
    /// The capture closed itself in good order; what was kept is whole. `live.disk_closed`,
    /// `live.slept`, `disk.full`, `disk.denied`.
    Ended {
        /// Why.
        note: ErrorNote,
    },
}

/// Receives [`CaptureNews`].
pub type CaptureListener = Box<dyn Fn(CaptureNews) + Send + Sync>;

/// Sound in.
pub trait Capture: Send + Sync {
    /// The sound server of this machine, or the system's own interface where there is none, by its name;
    /// `None`: there is neither.
    fn system(&self) -> Option<String> {
        None
    }
    /// What can be captured: microphones and, where the system offers it, what it plays.
    fn sources(&self) -> AppResult<Vec<CaptureSource>>;
    /// Opens the sources and runs until it is stopped or dropped. Returns once the first samples of
    /// every lane have come; `live.source_missing` or `live.source_refused` (with `name`) otherwise.
    fn begin(&self, plan: CapturePlan, tell: CaptureListener) -> AppResult<Box<dyn CaptureRun>>;
    /// Mends a file a dead process left: its header is made to say what is on disk. Gives the
    /// frames; 0 when there is no sound in it.
    fn repair(&self, folder: &dyn LiveFolder, part: &PartName) -> AppResult<RepairedPart>;
}

/// A capture that runs.
pub trait CaptureRun: Send + Sync {
    /// Call clock, in milliseconds. Goes on through pauses and losses.
    fn position_ms(&self) -> u64;
    /// Takes no sound any more until [`CaptureRun::resume`]: what the devices deliver is thrown away
    /// unseen, the file gets silence, a gap of kind `Pause` is open.
    fn pause(&self);
    /// Goes on.
    fn resume(&self);
    /// Keeps the next `ms` milliseconds in a WAV file of their own and looks at them. Blocks that
    /// long.
    fn test(&self, ms: u32, file: &Path) -> AppResult<LiveTest>;
    /// Ends it: everything that was captured is written, flushed and synced when this returns.
    fn stop(self: Box<Self>) -> AppResult<CaptureEnd>;
}

/// What a capture left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaptureEnd {
    /// Call clock at the end, in milliseconds.
    pub duration_ms: u64,
    /// Samples that were dropped because a ring was full, over all lanes.
    pub lost_samples: u64,
    /// Highest measured difference between two lanes' clocks, in millionths.
    pub drift_ppm: i32,
}

/// A file after [`Capture::repair`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepairedPart {
    /// Samples per second and channel.
    pub sample_rate_hz: u32,
    /// 1 or 2.
    pub channels: u16,
    /// Frames that are there.
    pub frames: u64,
    /// Its header had to be changed.
    pub was_broken: bool,
}

/// With which models, and how, a live call is heard.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct LiveEarsRequest {
    /// Lanes.
    pub lanes: u16,
    /// Model for text that appears while somebody speaks.
    #[serde(with = "qinting_domain::path_text::one")]
    pub draft_model: PathBuf,
    /// Model for the final text of an utterance.
    #[serde(with = "qinting_domain::path_text::one")]
    pub final_model: PathBuf,
    /// `auto`, `zh`, `en`.
    pub language: String,
    /// Convert Traditional to Simplified.
    pub simplified: bool,
    /// How numbers stand in Chinese text.
    #[serde(default)]
    pub numbers: qinting_domain::NumberStyle,
    /// 0 chooses from the cores.
    pub threads: u16,
    /// No sound is kept, so no utterance may be left out however late it is.
    pub keep_all: bool,
}

/// Text of a call while it goes on. An utterance has any number of drafts, sometimes a text that
/// stands in doubt, and one final.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(tag = "live", rename_all = "snake_case")]
pub enum LiveHeard {
    /// The models are loaded.
    Ready,
    /// Somebody speaks: what is certain and what may still change. `committed` only ever grows
    /// within an utterance.
    Draft {
        /// Channel.
        lane: u16,
        /// Number of the utterance on its lane, from 0.
        utterance: u64,
        /// Its start on the call clock.
        start_ms: u64,
        /// End of the sound this text was made of.
        end_ms: u64,
        /// Certain.
        committed: String,
        /// May change.
        tentative: String,
    },
    /// The utterance is over; this is what stands for it, doubtful, until its [`LiveHeard::Final`],
    /// which always follows (at the latest when the call ends). No draft of it comes any more;
    /// another doubt takes the place of this one.
    Doubt {
        /// Channel.
        lane: u16,
        /// The utterance.
        utterance: u64,
        /// Its start on the call clock.
        start_ms: u64,
        /// Its end.
        end_ms: u64,
        /// What was probably said.
        text: String,
    },
    /// The utterance is over. Takes the place of its drafts, once; no segments: nothing was said.
    Final {
        /// Channel.
        lane: u16,
        /// The utterance.
        utterance: u64,
        /// Its text.
        segments: Vec<HeardSegment>,
    },
    /// How far the text is behind the sound; told when it changes by more than 200 ms and at least
    /// every second while it is above one second.
    Lag {
        /// Milliseconds.
        behind_ms: u32,
        /// Drafts are left out so that finals keep up.
        thinned: bool,
    },
    /// The engine failed; it is started again unless it failed at the start. Sound and marks go on.
    Failed {
        /// Why.
        note: ErrorNote,
    },
}

/// Receives [`LiveHeard`]; called from the ears' own thread.
pub type LiveListener = Box<dyn Fn(LiveHeard) + Send + Sync>;

/// Speech to text while somebody speaks, in the worker process.
pub trait LiveEars: Send + Sync {
    /// Starts listening. Returns at once; loading is told by [`LiveHeard::Ready`] or `Failed`.
    fn open(&self, request: LiveEarsRequest, tell: LiveListener) -> AppResult<Box<dyn LiveEar>>;
}

/// Ears on one call.
pub trait LiveEar: Send + Sync {
    /// Takes sound (16 kHz mono) and returns at once, whatever the engine is at.
    fn hear(&self, lane: u16, at_sample: u64, samples: &[i16]);
    /// No more sound comes: open utterances end. Waits at most `limit` for the last finals.
    fn finish(self: Box<Self>, limit: Duration);
}

/// The one place in a workspace from which a call is captured, over all processes.
pub trait CaptureLock: Send + Sync {
    /// Takes it; `None` while another process has it. It is given back when the value is dropped or
    /// the process ends, however it ends.
    fn take(&self) -> AppResult<Option<Box<dyn Send + Sync>>>;
}
