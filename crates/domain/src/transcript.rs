//! The texts of a recording: each run of an engine leaves one, as bytes of the recording, and one of them is what
//! people read.

use crate::{
    ChannelRole, HeardSegment, Meta, NumberStyle, RecordingId, SegmentId, Sha256, SpeakerChangeId,
    TranscriptId, Unfit, UnixMs, is_doubtful,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Who wrote the text of a live call while it went on.
pub const LIVE_ENGINE: &str = "live";
/// The ends of lines shift a little from run to run: so many thousandths less are not less speech.
const JITTER_PERMILLE: u64 = 20;
/// What was heard while a call went on is provisional. A text of the whole call takes its place unless it
/// covers less than so many thousandths of it.
const PROVISIONAL_PERMILLE: u64 = 500;

/// What a text is to its recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TranscriptStanding {
    /// What is read, searched and quoted. One text of a recording at most.
    Shown,
    /// It came later and may be the poorer one: it waits until somebody chooses.
    Beside,
    /// Another was chosen or came. It can be chosen again.
    Past,
}

/// What one run made of a recording. Its lines are bytes of the recording, and what a person corrects are
/// records of their own: neither changes with the other.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[record(fits)]
pub struct Transcript {
    /// Identity.
    pub id: TranscriptId,
    /// What was heard.
    #[field(refers(Recording), under)]
    pub recording_id: RecordingId,
    /// The program that heard it, with its version; [`LIVE_ENGINE`] while the call went on.
    pub engine: String,
    /// The model it used.
    pub model: String,
    /// The language it was told: `auto`, `zh`, `en`. Empty: not known.
    pub language: String,
    /// Whether it was to write Simplified Chinese, if that is known.
    pub simplified: Option<bool>,
    /// How it was to write numbers, if that is known.
    pub numbers: Option<NumberStyle>,
    /// When it began.
    #[ts(type = "number")]
    pub began_at: UnixMs,
    /// When it was whole.
    #[ts(type = "number")]
    pub ended_at: UnixMs,
    /// SHA-256 of the sound it was made from; empty: not known.
    pub sound_sha256: Sha256,
    /// SHA-256 of its lines, see [`written`].
    pub sha256: Sha256,
    /// How many lines it has.
    pub lines: u32,
    /// How many of them are in doubt.
    pub doubtful: u32,
    /// How much speech it covers, all channels together, in milliseconds.
    #[ts(type = "number")]
    pub heard_ms: u64,
    /// How much later its lines stand now than when they were written, in milliseconds: the sound may have been
    /// taken in anew since.
    #[ts(type = "number")]
    pub shift_ms: i64,
    /// What it is to its recording.
    pub standing: TranscriptStanding,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

impl Transcript {
    /// A text of these lines that was just made, of which nothing is known but what it holds.
    pub fn of(
        id: TranscriptId,
        recording_id: RecordingId,
        lines: &[TranscriptLine],
        sha256: Sha256,
        meta: Meta,
    ) -> Self {
        let TextMeasure {
            lines,
            doubtful,
            heard_ms,
        } = TextMeasure::of(lines);
        Self {
            id,
            recording_id,
            engine: String::new(),
            model: String::new(),
            language: String::new(),
            simplified: None,
            numbers: None,
            began_at: meta.created_at,
            ended_at: meta.created_at,
            sound_sha256: Sha256::default(),
            sha256,
            lines,
            doubtful,
            heard_ms,
            shift_ms: 0,
            standing: TranscriptStanding::Shown,
            meta,
        }
    }

    fn fits(&self) -> Result<(), Unfit> {
        match (self.began_at <= self.ended_at, self.doubtful <= self.lines) {
            (false, _) => Err(Unfit::of("ended_at")),
            (_, false) => Err(Unfit::of("doubtful")),
            _ => Ok(()),
        }
    }

    /// The same with another standing.
    pub fn now(self, standing: TranscriptStanding) -> Self {
        Self { standing, ..self }
    }

    /// Whether a later text of the same recording takes its place by itself: it covers no less speech and has
    /// no more lines in doubt. What was heard live gives way sooner.
    pub fn gives_way_to(&self, later: &Self) -> bool {
        let covers = |permille: u64| later.heard_ms * 1000 >= self.heard_ms * permille;
        match self.engine == LIVE_ENGINE {
            true => covers(PROVISIONAL_PERMILLE),
            false => covers(1000 - JITTER_PERMILLE) && later.doubtful <= self.doubtful,
        }
    }
}

/// Somebody says who speaks in a stretch, whatever its channel says. It holds for whatever text stands there.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[record(plain, fits)]
pub struct SpeakerChange {
    /// Identity.
    pub id: SpeakerChangeId,
    /// The recording.
    #[field(refers(Recording), under, given)]
    pub recording_id: RecordingId,
    /// Channel index.
    #[field(given)]
    pub channel: u16,
    /// Start in milliseconds from recording start.
    #[ts(type = "number")]
    #[field(given)]
    pub start_ms: u64,
    /// End in milliseconds from recording start.
    #[ts(type = "number")]
    #[field(given)]
    pub end_ms: u64,
    /// Who speaks.
    #[field(edit)]
    pub role: ChannelRole,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

impl SpeakerChange {
    fn fits(&self) -> Result<(), Unfit> {
        match self.start_ms < self.end_ms {
            true => Ok(()),
            false => Err(Unfit::of("end_ms")),
        }
    }
}

/// One line of a text, with the id it has wherever it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TranscriptLine {
    /// Identity.
    pub id: SegmentId,
    /// What was heard.
    #[serde(flatten)]
    pub heard: HeardSegment,
}

/// Lines as bytes: JSON, one to a line.
pub fn written(lines: &[TranscriptLine]) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = Vec::new();
    for line in lines {
        serde_json::to_writer(&mut bytes, line)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// The lines such bytes hold.
pub fn lines_of(bytes: &[u8]) -> Result<Vec<TranscriptLine>, serde_json::Error> {
    let lines = bytes.split(|b| *b == b'\n').filter(|line| !line.is_empty());
    lines.map(serde_json::from_slice).collect()
}

/// What is counted of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextMeasure {
    /// Lines.
    pub lines: u32,
    /// Lines in doubt.
    pub doubtful: u32,
    /// Speech they cover, all channels together, in milliseconds.
    pub heard_ms: u64,
}

impl TextMeasure {
    /// Counts. What lines of one channel cover twice counts once.
    pub fn of(lines: &[TranscriptLine]) -> Self {
        let mut spans: BTreeMap<u16, Vec<(u64, u64)>> = BTreeMap::new();
        for TranscriptLine { heard, .. } in lines {
            let span = (heard.start_ms, heard.end_ms);
            spans.entry(heard.channel).or_default().push(span);
        }
        let doubtful = lines
            .iter()
            .filter(|l| is_doubtful(l.heard.confidence, false));
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            lines: count(lines.len()),
            doubtful: count(doubtful.count()),
            heard_ms: spans.into_values().map(covered).sum(),
        }
    }
}

/// How much time spans cover together.
fn covered(mut spans: Vec<(u64, u64)>) -> u64 {
    spans.sort_unstable();
    let (mut sum, mut until) = (0, 0);
    for (start, end) in spans {
        sum += end.saturating_sub(start.max(until));
        until = until.max(end);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use uuid::Uuid;

    fn line(start_ms: u64, end_ms: u64, channel: u16, confidence: f32) -> TranscriptLine {
        TranscriptLine {
            id: SegmentId(Uuid::from_u128(u128::from(start_ms))),
            heard: HeardSegment {
                start_ms,
                end_ms,
                channel,
                text: "「退款」\n换行".into(),
                confidence,
                language: "zh".into(),
            },
        }
    }

    #[test]
    fn lines_come_back_from_their_bytes_as_they_were() {
        let lines = [line(0, 900, 0, 0.25), line(900, 1_800, 1, 0.75)];
        let bytes = written(&lines).unwrap();
        assert_eq!(lines_of(&bytes).unwrap(), lines);
        assert_eq!(lines_of(b"").unwrap(), []);
        assert!(lines_of(&bytes[..bytes.len() - 9]).is_err(), "cut short");
    }

    #[test]
    fn what_is_covered_twice_on_a_channel_counts_once() {
        let lines = [
            line(1_000, 3_000, 0, 0.9),
            line(0, 2_000, 0, 0.2),
            line(500, 1_500, 1, 0.9),
            line(2_500, 2_600, 0, 0.59),
        ];
        let measure = TextMeasure {
            lines: 4,
            doubtful: 2,
            heard_ms: 4_000,
        };
        assert_eq!(TextMeasure::of(&lines), measure);
    }

    fn text(engine: &str, heard_ms: u64, doubtful: u32) -> Transcript {
        let (recording, sha256) = (RecordingId(Uuid::nil()), Sha256::default());
        Transcript {
            engine: engine.into(),
            heard_ms,
            doubtful,
            ..Transcript::of(
                TranscriptId(Uuid::nil()),
                recording,
                &[],
                sha256,
                Meta::new(0, crate::PersonId(Uuid::nil())),
            )
        }
    }

    #[rstest]
    #[case::the_same("w", (60_000, 3), (60_000, 3), true)]
    #[case::more_speech("w", (60_000, 3), (70_000, 3), true)]
    #[case::ends_shift_a_little("w", (60_000, 3), (59_000, 3), true)]
    #[case::less_speech("w", (60_000, 3), (58_000, 0), false)]
    #[case::fewer_doubts("w", (60_000, 3), (60_000, 0), true)]
    #[case::more_doubts("w", (60_000, 3), (60_000, 4), false)]
    #[case::nothing_after_something("w", (60_000, 3), (0, 0), false)]
    #[case::something_after_nothing("w", (0, 0), (60_000, 0), true)]
    #[case::live_gives_way_with_more_doubts(LIVE_ENGINE, (60_000, 3), (50_000, 9), true)]
    #[case::live_stays_where_most_would_go(LIVE_ENGINE, (60_000, 3), (29_000, 0), false)]
    fn a_later_text_takes_the_place_of_one_that_is_no_better(
        #[case] engine: &str,
        #[case] shown: (u64, u32),
        #[case] later: (u64, u32),
        #[case] takes: bool,
    ) {
        let shown = text(engine, shown.0, shown.1);
        assert_eq!(shown.gives_way_to(&text("w", later.0, later.1)), takes);
    }
}
