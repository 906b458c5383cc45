//! Calls that are heard as they happen.

use qinting_app::*;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

choices! {
    /// What a source is.
    enum SourceKind {
        /// A microphone or a line in: what somebody says.
        Input,
        /// What the machine plays: what the headset hears.
        System,
    }
    /// How a lane is.
    enum LaneState {
        /// Sound comes.
        Running,
        /// It comes, but nothing was heard for ten seconds: exact zeros.
        Zeros,
        /// It comes far too quiet to be understood.
        Faint,
        /// It is cut off at full scale.
        Clipping,
        /// The device is gone; it is looked for again and again.
        Lost,
    }
    /// How the text of a live call is doing.
    enum LiveTextState {
        /// Not wanted or no model.
        Off,
        /// The models are being loaded.
        Loading,
        /// Text comes.
        On,
        /// It failed; sound and marks go on.
        Failed,
    }
}

shapes! {
    /// Something that can be captured.
    struct CaptureSource {
        /// Stable id.
        id: String,
        /// Friendly name.
        name: String,
        /// What it is.
        kind: SourceKind,
        /// 1 or more.
        channels: u16,
        /// Samples per second and channel.
        sample_rate_hz: u32,
        /// The system's default of its kind.
        is_default: bool,
    }
    /// What there is to choose from before a call.
    struct LiveChoices {
        /// Sources, inputs first, defaults first.
        sources: Vec<CaptureSource>,
        /// Set when what the machine plays cannot be captured here; says why.
        no_system: Option<ErrorNote>,
        /// What was chosen last time as far as it is still there; else a sensible first choice.
        lanes: Vec<LiveLane>,
        /// The mode of the last time.
        mode: ListenMode,
        /// Whether there is a model for text.
        has_model: bool,
        /// Minutes of recording the disk still takes with the chosen lanes.
        disk_minutes: u32,
    }
    /// What the test recording says.
    struct LiveTest {
        /// Length.
        duration_ms: u32,
        /// By channel.
        lanes: Vec<LaneCheck>,
        /// Both lanes carry the same signal.
        same_on_both: bool,
    }
    /// One lane of the test.
    struct LaneCheck {
        /// Highest sample in dBFS, −120 for silence.
        peak_db: f32,
        /// Loudness in dBFS, −120 for silence.
        rms_db: f32,
        /// Nothing but silence.
        silent: bool,
        /// Cut off at full scale.
        clipped: bool,
    }
    /// Begin a live call. When nothing is said, only its clock runs.
    #[derive(Default)]
    struct LiveBegin {
        /// Title; empty takes the time of day.
        title: String,
        /// Business line of the case; may be empty.
        business_line: String,
        /// 坐席; may be empty.
        agent: String,
        /// Customer as shown; may be empty.
        customer: String,
        /// What becomes of the sound.
        mode: ListenMode,
        /// One lane or two; empty only with `clock_only`.
        lanes: Vec<LiveLane>,
        /// On what ground; needed when words are kept.
        consent: Option<ConsentBasis>,
        /// How people were told; needed when words are kept.
        notice: Option<NoticeGiven>,
        /// 师兄 at the seat.
        mentor_id: Option<PersonId>,
        /// The listening session this belongs to.
        session_id: Option<SessionId>,
        /// Number the recording can be found by later. A phone number is kept as its hash only.
        anchor: String,
    }
    /// One lane while the call goes on.
    struct LiveLaneStatus {
        /// Channel.
        channel: u16,
        /// Who speaks on it.
        role: ChannelRole,
        /// Friendly name of the source.
        name: String,
        /// Which part of it.
        side: SourceSide,
        /// How it is.
        state: LaneState,
    }
    /// Text of an utterance that is not settled yet.
    struct LiveDraft {
        /// Channel.
        lane: u16,
        /// The utterance, counted on its lane.
        #[ts(type = "number")] utterance: u64,
        /// Start on the call clock.
        #[ts(type = "number")] start_ms: u64,
        /// End of the sound it was made of.
        #[ts(type = "number")] end_ms: u64,
        /// Certain.
        committed: String,
        /// May change.
        tentative: String,
        /// The utterance is over; its text is doubtful and looked at again. Then nothing of it is
        /// committed.
        over: bool,
    }
    /// A call that is being listened to.
    struct LiveStatus {
        /// The call.
        call: LiveCall,
        /// Its case.
        case: Case,
        /// Who speaks with whom.
        contact: Contact,
        /// Name of the mentor.
        mentor: Option<String>,
        /// Call clock.
        #[ts(type = "number")] position_ms: u64,
        /// Set while sharing is paused: since when on the call clock.
        #[ts(type = "number | null")] paused_since_ms: Option<u64>,
        /// What is safely on disk, on the call clock; `None` when no sound is kept.
        #[ts(type = "number | null")] kept_ms: Option<u64>,
        /// How the text is doing.
        text: LiveTextState,
        /// How far the text is behind the sound.
        behind_ms: u32,
        /// Drafts are left out so that finals keep up.
        thinned: bool,
        /// Lanes; empty without sound.
        lanes: Vec<LiveLaneStatus>,
        /// Both lanes carry the same signal.
        same_on_both: bool,
        /// Gaps so far.
        gaps: Vec<CaptureGap>,
        /// Recording minutes left on the disk, once they are few.
        disk_minutes: Option<u32>,
        /// Utterances that are not settled.
        drafts: Vec<LiveDraft>,
        /// Set when it is ending: the file is being looked at.
        ending: bool,
        /// Set when it asks whether anybody is still there: since when, on the call clock, nobody
        /// has spoken and nothing was marked. It never ends by itself.
        #[ts(type = "number | null")] quiet_since_ms: Option<u64>,
        /// What a person should know.
        notice: Option<ErrorNote>,
    }
    /// Levels and the shape of the sound since the last time.
    struct LiveLevels {
        /// Call clock at the end of it; 0 during a check before the call.
        #[ts(type = "number")] position_ms: u64,
        /// By channel.
        lanes: Vec<LaneLevel>,
    }
    /// One lane of it.
    struct LaneLevel {
        /// Highest sample in dBFS, −120 for silence.
        peak_db: f32,
        /// Loudness in dBFS, −120 for silence.
        rms_db: f32,
        /// Cut off at full scale.
        clipped: bool,
        /// min, max, min, max … of each 50 ms, full scale ±127, oldest first.
        columns: Vec<i8>,
    }
    /// A mark on the call clock, now.
    struct LiveMark {
        /// The id it gets; made here when whoever asks makes none.
        #[serde(default)]
        #[ts(optional)]
        id: Option<ObservationId>,
        /// The operation it is, so that who asks knows its echo, and asking again is harmless.
        #[serde(default)]
        #[ts(optional)]
        op_id: Option<OpId>,
        /// `None` is a problem.
        kind: Option<ObservationKind>,
        /// Tags given in the same stroke.
        tags: Vec<TagId>,
        /// Words written in the same stroke.
        text: Option<String>,
        /// How long ago the key went down, in milliseconds.
        ago_ms: u32,
    }
    /// What stopping gave.
    struct LiveEnded {
        /// The case.
        case_id: CaseId,
        /// Its recording.
        recording_id: RecordingId,
        /// Length.
        #[ts(type = "number")] duration_ms: u64,
        /// There is sound to play.
        has_audio: bool,
    }
}
