//! A text another engine wrote, whatever it was written in.

use crate::{Note, Party};
use qinting_domain::HeardSegment;
use serde::{Deserialize, Serialize};

/// What a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// WebVTT.
    WebVtt,
    /// SubRip.
    Srt,
    /// Praat's TextGrid, long or short.
    TextGrid,
    /// Lines that begin with their time.
    PlainLines,
    /// 阿里云 录音文件识别, asked or called back.
    Aliyun,
    /// 阿里云 百炼 (DashScope): Paraformer, Fun-ASR.
    DashScope,
    /// 腾讯云 录音文件识别.
    Tencent,
    /// 讯飞 语音转写: one sentence an object.
    Iflytek,
    /// 讯飞 语音转写, second version: a lattice.
    IflytekLattice,
    /// Amazon Transcribe.
    AwsTranscribe,
    /// Amazon Transcribe Call Analytics.
    AwsCallAnalytics,
    /// Amazon Connect Contact Lens.
    ContactLens,
    /// Azure: a conversation as it is handed to the language service.
    AzureConversation,
    /// Azure batch transcription.
    AzureBatch,
    /// Azure fast transcription.
    AzureFast,
    /// Google Speech-to-Text, first and second version.
    Google,
    /// Whisper as OpenAI's program writes it, and those that write alike.
    Whisper,
    /// whisper.cpp.
    WhisperCpp,
    /// FunASR.
    FunAsr,
    /// 华为云: speech recognition and call inspection.
    Huawei,
    /// The Harper Valley corpus.
    HarperValley,
    /// JSON of somebody else, whose lines have starts, ends and words.
    TimedJson,
}

impl Format {
    /// The engine that writes it, as it calls itself; empty: many do.
    pub fn engine(self) -> &'static str {
        match self {
            Self::WebVtt | Self::Srt | Self::TextGrid | Self::PlainLines | Self::TimedJson => "",
            Self::Aliyun => "阿里云 录音文件识别",
            Self::DashScope => "阿里云 百炼",
            Self::Tencent => "腾讯云 录音文件识别",
            Self::Iflytek | Self::IflytekLattice => "讯飞 语音转写",
            Self::AwsTranscribe => "Amazon Transcribe",
            Self::AwsCallAnalytics => "Amazon Transcribe Call Analytics",
            Self::ContactLens => "Amazon Connect Contact Lens",
            Self::AzureConversation | Self::AzureBatch | Self::AzureFast => "Azure Speech",
            Self::Google => "Google Speech-to-Text",
            Self::Whisper => "Whisper",
            Self::WhisperCpp => "whisper.cpp",
            Self::FunAsr => "FunASR",
            Self::Huawei => "华为云 语音识别",
            Self::HarperValley => "Harper Valley",
        }
    }
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A line, from 1.
    Line(u32),
    /// A value of a JSON document: `Result.Sentences[3]`.
    Path(String),
}

/// A stretch of the text's own clock, in milliseconds from where it begins to count; the start is not after the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stretch {
    /// Start in milliseconds.
    pub start_ms: u64,
    /// End in milliseconds.
    pub end_ms: u64,
}

impl Stretch {
    /// How long it is, in milliseconds.
    pub fn length_ms(self) -> u64 {
        self.end_ms.saturating_sub(self.start_ms)
    }

    /// How much of it lies in the other one, in milliseconds.
    pub fn shared_ms(self, other: Self) -> u64 {
        let end = self.end_ms.min(other.end_ms);
        end.saturating_sub(self.start_ms.max(other.start_ms))
    }
}

/// A text another engine wrote of a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForeignText {
    /// What it was written in.
    pub format: Format,
    /// The program that wrote it; empty: not known.
    pub engine: String,
    /// The model it used; empty: not said.
    pub model: String,
    /// Its language as ours are named (`zh`, `en`); empty: not said.
    pub language: String,
    /// How long the file says its sound is, in milliseconds.
    pub length_ms: Option<u64>,
    /// Where its clock begins, in milliseconds: a TextGrid may be cut out of a longer one and count on.
    pub begins_ms: u64,
    /// Who speaks, in the order they are met.
    pub speakers: Vec<Speaker>,
    /// Its lines, by their starts; one without a time stands after the one before it in the file.
    pub lines: Vec<ForeignLine>,
    /// What a person should know.
    pub notes: Vec<Note>,
}

/// Somebody who speaks in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// As the file names them: `spk_0`, `客户`, `Roger Bingham`.
    pub label: String,
    /// What they are to the call, where the file says it.
    pub party: Party,
    /// The channel of the sound from 0, where the file says it.
    pub channel: Option<u16>,
}

/// A line of such a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForeignLine {
    /// When; `None`: the file does not say.
    pub stretch: Option<Stretch>,
    /// Who, by place in [`ForeignText::speakers`]; `None`: not said.
    pub speaker: Option<u32>,
    /// What was said, on one line, never empty.
    pub text: String,
    /// Its words where the file tells them apart, in order.
    pub words: Vec<ForeignWord>,
    /// How sure the engine was, 0–1; `None`: not said.
    pub confidence: Option<f32>,
    /// Where it stood in the file.
    pub at: Place,
}

/// A word of a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForeignWord {
    /// When.
    #[serde(flatten)]
    pub stretch: Stretch,
    /// The word, with the punctuation that follows it.
    pub text: String,
    /// How sure the engine was, 0–1; `None`: not said.
    pub confidence: Option<f32>,
}

impl ForeignText {
    /// Its last end, in milliseconds of its own clock.
    pub fn ends_ms(&self) -> Option<u64> {
        self.lines
            .iter()
            .filter_map(|line| line.stretch)
            .map(|stretch| stretch.end_ms)
            .max()
    }

    /// Its lines as one of our own texts has them, `offset_ms` later than they stand here. `lanes` says on which
    /// channel each speaker is heard; who is not in it, and a line without a speaker, is heard on channel 0. Lines
    /// without a time, and those that would end at or before the start of the sound, are not among them. A line whose
    /// engine did not say how sure it was is not in doubt.
    pub fn heard(&self, offset_ms: i64, lanes: &[Option<u16>]) -> Vec<HeardSegment> {
        let lane = |speaker: Option<u32>| {
            let said = speaker.and_then(|at| lanes.get(at as usize).copied());
            said.flatten().unwrap_or_default()
        };
        let heard = self.lines.iter().filter_map(|line| {
            let stretch = line.stretch?;
            let end_ms = stretch.end_ms.checked_add_signed(offset_ms)?;
            let start_ms = stretch.start_ms.saturating_add_signed(offset_ms);
            (end_ms > 0).then(|| HeardSegment {
                start_ms,
                end_ms,
                channel: lane(line.speaker),
                text: line.text.clone(),
                confidence: line.confidence.unwrap_or(1.0),
                language: self.language.clone(),
            })
        });
        heard.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(start_ms: u64, end_ms: u64, speaker: Option<u32>) -> ForeignLine {
        ForeignLine {
            stretch: Some(Stretch { start_ms, end_ms }),
            speaker,
            text: "好的".into(),
            words: Vec::new(),
            confidence: (start_ms == 0).then_some(0.25),
            at: Place::Line(1),
        }
    }

    #[test]
    fn lines_become_ours_where_they_are_heard() {
        let untimed = ForeignLine {
            stretch: None,
            ..line(0, 0, None)
        };
        let text = ForeignText {
            format: Format::Srt,
            engine: String::new(),
            model: String::new(),
            language: "zh".into(),
            length_ms: None,
            begins_ms: 0,
            speakers: Vec::new(),
            lines: vec![
                line(0, 400, Some(0)),
                line(300, 1_500, Some(0)),
                untimed,
                line(2_000, 2_600, Some(1)),
                line(3_000, 3_400, None),
            ],
            notes: Vec::new(),
        };
        assert_eq!(text.ends_ms(), Some(3_400));
        let heard = text.heard(-500, &[Some(1), None]);
        let told: Vec<_> = heard
            .iter()
            .map(|h| (h.start_ms, h.end_ms, h.channel, h.confidence))
            .collect();
        let expected = [
            (0, 1_000, 1, 1.0),
            (1_500, 2_100, 0, 1.0),
            (2_500, 2_900, 0, 1.0),
        ];
        assert_eq!(told, expected);
        assert_eq!(text.heard(0, &[])[0].confidence, 0.25);
    }
}
