//! 现场: a call that is heard as it happens. Its clock counts milliseconds from the moment listening
//! began, with or without sound; everything else about it is a case with a recording like any other.

use crate::{
    CaseId, ChannelRole, LiveCallId, Meta, PersonId, RecordingId, SeatNoteId, SessionId, UnixMs,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod part_name;

pub use part_name::PartName;

/// What becomes of the sound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ListenMode {
    /// 录音: it is kept as evidence.
    Record,
    /// 只记时钟: no sound is taken; marks stand on the call clock.
    #[default]
    ClockOnly,
    /// 只留文字: it is thrown away once it is text.
    TextOnly,
}

impl ListenMode {
    /// Whether something of what was said is kept, so that people must have been told.
    pub fn keeps_words(self) -> bool {
        self != Self::ClockOnly
    }
}

/// On what ground a call may be kept (PIPL art. 13, GDPR art. 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConsentBasis {
    /// 双方已告知并同意
    BothAgreed,
    /// 履行合同所必需，隐私政策已写明
    Contract,
    /// 敏感信息，已取得单独同意
    Separate,
    /// 内部演练，没有真实客户
    Drill,
}

/// How the people on the line were told (PIPL art. 17, GDPR art. 13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoticeGiven {
    /// 语音告知, at the beginning of the call.
    Voice,
    /// 坐席口头告知
    Spoken,
    /// 书面或屏幕告知
    Written,
}

/// Where a live call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LiveState {
    /// Being listened to, or the process that did is dead and nobody has looked yet.
    Listening,
    /// Ended on purpose; what was kept is whole.
    Ended,
    /// A crash or power cut ended it; everything that was promised is there.
    Recovered,
    /// Something that was promised is not there.
    Damaged,
}

/// Which part of a source's sound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SourceSide {
    /// All of it; two channels are averaged.
    #[default]
    Whole,
    /// The first channel.
    Left,
    /// The second channel.
    Right,
}

/// Where one lane's sound comes from, as a person chose it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LiveLane {
    /// Stable id of the source.
    pub source: String,
    /// Its friendly name when it was chosen.
    pub name: String,
    /// Which part of it.
    pub side: SourceSide,
    /// Who speaks on it.
    pub role: ChannelRole,
}

/// How a call was put onto a recording that came later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AlignMethod {
    /// By the start time and the clock.
    Clock,
    /// By a number both know, and the clock.
    Anchor,
    /// By a moment both know: a marked "hello".
    Hello,
    /// By a person's hand.
    Hand,
}

/// Where the marks of a call without sound went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Alignment {
    /// The recording the marks stand on now.
    pub recording_id: RecordingId,
    /// Its case.
    pub case_id: CaseId,
    /// Recording time = session time + this, in milliseconds.
    #[ts(type = "number")]
    pub offset_ms: i64,
    /// How it was found.
    pub method: AlignMethod,
    /// 0–100.
    pub confidence: u8,
}

/// One live call. The case and the recording it belongs to exist from its first moment; the
/// recording has no sound until the call ended (`Recording::has_audio`), or never.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LiveCall {
    /// Identity.
    pub id: LiveCallId,
    /// Its case.
    #[field(belongs(Case))]
    pub case_id: CaseId,
    /// Its recording, whose time is the call clock.
    #[field(belongs(Recording))]
    pub recording_id: RecordingId,
    /// The listening session it is heard in, if any.
    #[field(refers(Session))]
    pub session_id: Option<SessionId>,
    /// What becomes of the sound.
    pub mode: ListenMode,
    /// Where it stands.
    pub state: LiveState,
    /// Wall time of call clock 0.
    #[ts(type = "number")]
    pub started_at: UnixMs,
    /// Wall time of its end.
    #[ts(type = "number | null")]
    pub ended_at: Option<UnixMs>,
    /// On what ground; always set when words are kept.
    pub consent: Option<ConsentBasis>,
    /// How people were told; always set when words are kept.
    pub notice: Option<NoticeGiven>,
    /// 师兄 at the seat.
    #[field(refers(Person))]
    pub mentor_id: Option<PersonId>,
    /// A number the later recording's facts will carry too (extension, call id, or the hash of a
    /// phone number), to find it by; may be empty.
    #[field(line, personal)]
    pub anchor: String,
    /// Where the sound comes from; empty when none is taken. A headset may bear its owner's name.
    #[field(personal)]
    pub lanes: Vec<LiveLane>,
    /// Set once its marks stand on a recording that came later.
    pub alignment: Option<Alignment>,
    /// Somebody has seen that it was cut off.
    pub acknowledged: bool,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

/// What somebody at the seat says without speaking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SeatNoteKind {
    /// 旁注
    Aside,
    /// 请你留意
    Heed,
    /// 待会儿细讲
    Later,
    /// 悄悄问一句
    Ask,
    /// 这里讲讲
    Explain,
    /// 规则在哪
    Rule,
    /// 常见吗
    Common,
}

/// A note of somebody at the seat, at a moment of a call: the mentor's remark, or a question to
/// the mentor. It interrupts nobody.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SeatNote {
    /// Identity.
    pub id: SeatNoteId,
    /// The case.
    #[field(belongs(Case), under)]
    pub case_id: CaseId,
    /// The recording its time counts from.
    #[field(belongs(Recording))]
    pub recording_id: RecordingId,
    /// Milliseconds from recording start.
    #[ts(type = "number")]
    pub at_ms: u64,
    /// Who says it; at a shared computer this need not be who is seated.
    #[field(refers(Person), owner)]
    pub author_id: PersonId,
    /// What it is.
    pub kind: SeatNoteKind,
    /// Words; empty where the kind says it all.
    #[field(line, search, personal)]
    pub text: String,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

/// Why a stretch of a recording has no sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GapKind {
    /// 暂停共享: a person stopped it, e.g. while a card number was said (PCI DSS 3.3.1).
    Pause,
    /// The device went away or was silent as a stone.
    DeviceLost,
    /// The default device changed and sound came from another one.
    DeviceChanged,
    /// Samples came faster than they were taken.
    Overrun,
    /// The machine slept.
    Sleep,
    /// Ten seconds and more of exact zeros: the line is open and dead.
    Zeros,
    /// A stretch of a file that could not be read.
    Unreadable,
}

/// A stretch of a live recording without sound. Filled with silence, so that time stays true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CaptureGap {
    /// The recording.
    pub recording_id: RecordingId,
    /// Place in the order in which gaps opened.
    pub ordinal: u32,
    /// Why.
    pub kind: GapKind,
    /// The lane, or `None` for all of them.
    pub channel: Option<u16>,
    /// Start in milliseconds from recording start.
    #[ts(type = "number")]
    pub start_ms: u64,
    /// End; `None` while it lasts.
    #[ts(type = "number | null")]
    pub end_ms: Option<u64>,
}

/// One file of a recording that is being written. The row exists before the file's first sample
/// and promises what is safely on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CapturePart {
    /// The recording.
    pub recording_id: RecordingId,
    /// From 1.
    pub ordinal: u32,
    /// File name inside the recording's folder.
    pub file: PartName,
    /// Samples per second and channel.
    pub sample_rate_hz: u32,
    /// 1 or 2.
    pub channels: u16,
    /// Frame of the recording the file begins with.
    #[ts(type = "number")]
    pub start_frame: u64,
    /// Frames that are on disk for certain.
    #[ts(type = "number")]
    pub frames: u64,
}

impl CapturePart {
    /// Where the file begins, in milliseconds from recording start.
    pub fn start_ms(&self) -> u64 {
        self.start_frame * 1000 / u64::from(self.sample_rate_hz.max(1))
    }
}

/// What is remembered of the last live call for the next one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct LiveSettings {
    /// Where the sound came from.
    pub lanes: Vec<LiveLane>,
    /// What became of the sound.
    pub mode: Option<ListenMode>,
    /// Model for the text that appears while somebody speaks; `None` takes the smallest installed
    /// one that is not for the demo only, else the default.
    pub draft_model: Option<String>,
    /// Chord that marks while another program has the keyboard, e.g. `Ctrl+Alt+M`; `None`: off.
    pub global_mark_key: Option<String>,
    /// Hours in which nobody speaks and nothing is marked, after which a call asks whether anybody
    /// is still there, 1–12; 0: never.
    pub ask_after_hours: u32,
}

impl Default for LiveSettings {
    fn default() -> Self {
        Self {
            lanes: Vec::new(),
            mode: None,
            draft_model: None,
            global_mark_key: None,
            ask_after_hours: 2,
        }
    }
}
