//! Sound of a case.

use qinting_app::*;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How [`PeaksRequest`] is answered, little-endian: `u32` channels, `u32` columns, `f64` start in
/// ms, `f64` ms per column, then for each channel `columns` pairs of `i8` (min, max), full scale
/// ±127.
pub const PEAKS_LAYOUT: usize = 24;

impl PlayerState {
    /// A player that has nothing loaded.
    pub fn idle() -> Self {
        Self {
            recording_id: None,
            case_id: None,
            position_ms: 0,
            duration_ms: 0,
            playing: false,
            clip: None,
            speed: 1.0,
            skip_silence: false,
            loop_range: None,
            lanes: LaneChoice {
                muted: Vec::new(),
                solo: None,
            },
            device: None,
            silent: false,
            notice: None,
        }
    }
}

shapes! {
    /// A window of the waveform. Answered as bytes, see [`PEAKS_LAYOUT`].
    struct PeaksRequest {
        /// The recording.
        recording_id: RecordingId,
        /// Start of the window.
        #[ts(type = "number")] start_ms: u64,
        /// End of the window.
        #[ts(type = "number")] end_ms: u64,
        /// Columns wanted, at most 8192.
        columns: u32,
    }
    /// Lanes that are heard. With a solo only that lane is heard.
    struct LaneChoice {
        /// Muted channel indices.
        muted: Vec<u16>,
        /// The one lane that is heard.
        solo: Option<u16>,
    }
    /// An output the player can use.
    struct OutputDevice {
        /// Stable id.
        id: String,
        /// Friendly name.
        name: String,
        /// The system default.
        is_default: bool,
    }
    /// The player, as the UI interpolates it.
    struct PlayerState {
        /// What is loaded.
        recording_id: Option<RecordingId>,
        /// Its case.
        case_id: Option<CaseId>,
        /// Where it stands.
        #[ts(type = "number")] position_ms: u64,
        /// Length.
        #[ts(type = "number")] duration_ms: u64,
        /// Running.
        playing: bool,
        /// Set while a clip is played that stops at its end.
        clip: Option<Span>,
        /// 0.5–3.0.
        speed: f32,
        /// Jumps over silence.
        skip_silence: bool,
        /// Repeated range.
        loop_range: Option<Span>,
        /// Lanes.
        lanes: LaneChoice,
        /// Chosen device, `None` for the default.
        device: Option<String>,
        /// No device: the clock runs silently.
        silent: bool,
        /// Why, as an error code.
        notice: Option<ErrorNote>,
    }
    /// Open a case in the player.
    struct OpenPlayer {
        /// The case.
        case_id: CaseId,
        /// Where; `None` continues where this person left off.
        #[ts(type = "number | null")] at_ms: Option<u64>,
    }
}
