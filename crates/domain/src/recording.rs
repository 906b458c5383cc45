//! Audio evidence of a case.

use crate::{CaseId, ContactId, Meta, RecordingId, Sha256, SoundGap, SoundNotice};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who speaks on a channel. "Channels are people": two channels stay two to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChannelRole {
    /// 坐席
    Agent,
    /// 客户
    Customer,
    /// A third party, e.g. a whispering coach.
    Whisper,
    /// Both sides on one channel, or not known.
    Unknown,
}

/// A file the recording was made from, kept byte for byte: see [`Blob`](crate::Blob).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SourceFile {
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: Sha256,
    /// File name as it was found (no folder).
    pub name: String,
    /// Size in bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Container and codec in words, e.g. `wav/pcm_s16le`, `mp3`.
    pub codec: String,
}

/// One recording: 1 or 2 channels of playable audio.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Recording {
    /// Identity.
    pub id: RecordingId,
    /// The case of its contact: the gate holds the two equal.
    #[field(refers(Case))]
    pub case_id: CaseId,
    /// What it is the sound of.
    #[field(refers(Contact), under)]
    pub contact_id: ContactId,
    /// The files it was made from: one, or two mono files of one call.
    #[field(personal)]
    pub sources: Vec<SourceFile>,
    /// SHA-256 of the playable audio (16-bit PCM WAV); empty while there is no
    /// sound: a live call that goes on, or one of which no sound was kept.
    pub audio_sha256: Sha256,
    /// SHA-256 of the peaks file.
    pub peaks_sha256: Sha256,
    /// Samples per second and channel of the playable audio.
    pub sample_rate_hz: u32,
    /// Channels of the playable audio: 1 or 2.
    pub channels: u16,
    /// Frames (samples per channel).
    #[ts(type = "number")]
    pub frames: u64,
    /// Length in milliseconds.
    #[ts(type = "number")]
    pub duration_ms: u64,
    /// Role of each channel, by index.
    pub roles: Vec<ChannelRole>,
    /// True when the source had two identical channels and was taken as mono.
    pub was_dual_mono: bool,
    /// What a person should know about how the sound came in.
    #[serde(default)]
    pub notices: Vec<SoundNotice>,
    /// Number of the decoder that made the playable audio; 0 is from before they were numbered.
    #[serde(default)]
    pub decoder: u32,
    /// Stretches that could not be read, in time order.
    #[serde(default)]
    #[field(derived)]
    pub gaps: Vec<SoundGap>,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

impl Recording {
    /// Whether there is sound to play.
    pub fn has_audio(&self) -> bool {
        !self.audio_sha256.is_empty()
    }

    /// Whether a title is the name of its file as an import writes it, or what the names of its two files have in
    /// common: nobody thought of it.
    pub fn lends_its_name(&self, title: &str) -> bool {
        let letters = |text: &str| -> String {
            let is_written = |c: &char| *c != '_' && !c.is_whitespace();
            text.chars().filter(is_written).collect()
        };
        let title = letters(title);
        let has_halves = self.sources.len() > 1;
        let is_it = |source: &SourceFile| {
            let name = source
                .name
                .rsplit_once('.')
                .map_or(&*source.name, |(stem, _)| stem);
            let name = letters(name);
            name == title || has_halves && name.starts_with(&title)
        };
        !title.is_empty() && self.sources.iter().any(is_it)
    }
}

/// A stretch of the recording with a meaning of its own, derived from the sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RegionKind {
    /// Nobody speaks.
    Silence,
    /// Both sides speak.
    Overtalk,
    /// 暂停共享: taken out on purpose, shown striped.
    Paused,
    /// Sound that was lost (device, sleep, overrun) or could not be read.
    Lost,
}

/// A derived stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Region {
    /// What it is.
    pub kind: RegionKind,
    /// Start in milliseconds from recording start.
    #[ts(type = "number")]
    pub start_ms: u64,
    /// End in milliseconds from recording start.
    #[ts(type = "number")]
    pub end_ms: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ContactId, PersonId};
    use rstest::rstest;
    use uuid::Uuid;

    #[rstest]
    #[case::as_the_import_writes_it("call 0341", &["call_0341.wav"], true)]
    #[case::what_two_halves_have_in_common("0341", &["0341_agent.wav", "0341_customer.wav"], true)]
    #[case::somebody_wrote_the_beginning_of_a_name("退货", &["退货投诉.wav"], false)]
    #[case::somebody_wrote_it("冰箱想退", &["call_0341.wav"], false)]
    #[case::nothing_came_of_a_file("现场", &[], false)]
    fn a_recording_lends_its_name_to_a_case_nobody_named(
        #[case] title: &str,
        #[case] names: &[&str],
        #[case] lends: bool,
    ) {
        let one = Uuid::from_u128(1);
        let source = |name: &&str| SourceFile {
            sha256: Sha256::default(),
            name: (*name).to_owned(),
            bytes: 1,
            codec: String::new(),
        };
        let recording = Recording {
            id: RecordingId(one),
            case_id: CaseId(one),
            contact_id: ContactId(one),
            sources: names.iter().map(source).collect(),
            audio_sha256: Sha256::default(),
            peaks_sha256: Sha256::default(),
            sample_rate_hz: 8_000,
            channels: 1,
            frames: 0,
            duration_ms: 0,
            roles: Vec::new(),
            was_dual_mono: false,
            notices: Vec::new(),
            decoder: 1,
            gaps: Vec::new(),
            meta: Meta::new(1, PersonId(one)),
        };
        assert_eq!(recording.lends_its_name(title), lends);
    }
}
