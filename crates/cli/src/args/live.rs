//! The command line of listening live.

use super::typed::Typed;
use clap::{Subcommand, ValueEnum};
use qinting_domain::{ChannelRole, ConsentBasis, ListenMode, NoticeGiven, SourceSide};

/// What is done about calls as they happen.
#[derive(Subcommand)]
pub(crate) enum Live {
    /// 列出声音来源 · List what can be captured
    Sources,
    /// 现场旁听，直到 Ctrl+C · Listen to a call until Ctrl+C
    Record(Record),
    /// 断电或崩溃后找回的 · Calls that a crash or power cut ended
    Recovered,
    /// 没有录音、等着对齐的 · Calls without sound that wait for their recording
    Waiting,
    /// 把标记对到后来的录音上 · Put the marks of a call without sound onto its recording
    Align(Align),
}

#[derive(clap::Args)]
pub(crate) struct Record {
    /// 声道，最多两条 · SOURCE[:left|:right]=agent|customer|whisper|unknown; once or twice
    #[arg(long = "lane", value_name = "LANE", value_parser = Lane::parse)]
    pub lanes: Vec<Lane>,
    /// 声音怎么处理 · What becomes of the sound
    #[arg(long, value_enum)]
    pub mode: Mode,
    /// 依据 · On what ground; needed unless only the clock runs
    #[arg(long, value_enum)]
    pub consent: Option<Consent>,
    /// 怎么告知的 · How people were told; needed unless only the clock runs
    #[arg(long, value_enum)]
    pub notice: Option<Told>,
    /// 标题 · Title [default: the time of day]
    #[arg(value_parser = Typed, long, default_value = "")]
    pub title: String,
    /// 师兄 · Name of the mentor at the seat (added if unknown)
    #[arg(value_parser = Typed, long, value_name = "NAME")]
    pub mentor: Option<String>,
    /// 专场 · Session: id, end of an id, or title
    #[arg(value_parser = Typed, long, value_name = "SESSION")]
    pub session: Option<String>,
    /// 分机、流水号或电话 · Number the recording can be found by later
    #[arg(value_parser = Typed, long, default_value = "", value_name = "NUMBER")]
    pub anchor: String,
    /// 到时自己停 · Stop by itself after this long
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub seconds: Option<u64>,
}

#[derive(clap::Args)]
pub(crate) struct Align {
    /// 没有声音的那通 · The call: id, end of an id, or title of its case
    #[arg(value_parser = Typed)]
    pub call: String,
    /// 后来的录音 · The recording's case: id, end of an id, link, or title
    #[arg(value_parser = Typed)]
    pub recording: String,
    /// 录音时间 = 现场时间 + 这么多毫秒 · Recording time = call time + MS [default: as found]
    #[arg(long, value_name = "MS", allow_negative_numbers = true)]
    pub offset: Option<i64>,
}

/// One lane as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lane {
    /// Id or name of the source.
    pub source: String,
    /// Which part of it.
    pub side: SourceSide,
    /// Who speaks on it.
    pub role: ChannelRole,
}

impl Lane {
    /// Reads `SOURCE[:left|:right]=ROLE`. The source may hold `:` and `=` itself.
    fn parse(text: &str) -> Result<Self, String> {
        let (source, role) = text
            .rsplit_once('=')
            .ok_or("SOURCE=agent|customer|whisper|unknown")?;
        let role = match role {
            "agent" => ChannelRole::Agent,
            "customer" => ChannelRole::Customer,
            "whisper" => ChannelRole::Whisper,
            "unknown" => ChannelRole::Unknown,
            _ => return Err("agent|customer|whisper|unknown".into()),
        };
        let (source, side) = match source.rsplit_once(':') {
            Some((source, "left")) => (source, SourceSide::Left),
            Some((source, "right")) => (source, SourceSide::Right),
            _ => (source, SourceSide::Whole),
        };
        if source.is_empty() {
            return Err("SOURCE".into());
        }
        Ok(Self {
            source: source.to_owned(),
            side,
            role,
        })
    }
}

/// What becomes of the sound.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Mode {
    /// 录音 · Keep it
    Record,
    /// 只留文字 · Keep only the text
    Text,
    /// 只记时钟 · Take none; marks stand on the clock
    Clock,
}

impl From<Mode> for ListenMode {
    fn from(chosen: Mode) -> Self {
        match chosen {
            Mode::Record => Self::Record,
            Mode::Text => Self::TextOnly,
            Mode::Clock => Self::ClockOnly,
        }
    }
}

choice!(Consent for ConsentBasis { BothAgreed, Contract, Separate, Drill });
choice!(Told for NoticeGiven { Voice, Spoken, Written });

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("mic=agent", "mic", SourceSide::Whole, ChannelRole::Agent)]
    #[case(
        "pulse:x.monitor:left=customer",
        "pulse:x.monitor",
        SourceSide::Left,
        ChannelRole::Customer
    )]
    #[case(
        "线路 a=b:right=whisper",
        "线路 a=b",
        SourceSide::Right,
        ChannelRole::Whisper
    )]
    #[case("pulse:x=unknown", "pulse:x", SourceSide::Whole, ChannelRole::Unknown)]
    fn a_lane_is_read_from_its_end(
        #[case] text: &str,
        #[case] source: &str,
        #[case] side: SourceSide,
        #[case] role: ChannelRole,
    ) {
        let source = source.to_owned();
        assert_eq!(Lane::parse(text), Ok(Lane { source, side, role }));
    }

    #[rstest]
    #[case("mic")]
    #[case("mic=boss")]
    #[case("=agent")]
    #[case(":left=agent")]
    fn half_a_lane_is_refused(#[case] text: &str) {
        assert!(Lane::parse(text).is_err());
    }
}
