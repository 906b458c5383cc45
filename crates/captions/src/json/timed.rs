//! JSON of somebody else: the longest list of objects that have a start, an end or a length, and words. What its
//! numbers count, their names say, or what is plausible.

use super::{Node, WordKeys};
use crate::clock::Unit;
use crate::draft::{Draft, Told};
use crate::{Format, NoteKind, Party, Refusal};
use std::collections::VecDeque;

/// So many values are looked at for the list.
const LOOKED_AT: usize = 20_000;
/// Somebody who speaks says so many characters in a second at most; counted as seconds, milliseconds would say one
/// in minutes.
const LEAST_PER_SECOND: f64 = 0.5;

const START_MS: &[&str] = &[
    "start_ms",
    "startMs",
    "begin_ms",
    "beginMs",
    "offset_ms",
    "StartMs",
    "startTimeMs",
];
const END_MS: &[&str] = &["end_ms", "endMs", "EndMs", "endTimeMs"];
const START: &[&str] = &[
    "start",
    "start_time",
    "startTime",
    "StartTime",
    "BeginTime",
    "begin",
    "begin_time",
    "beginTime",
    "bg",
    "from",
    "offset",
    "start_s",
    "开始时间",
    "开始",
];
const END: &[&str] = &[
    "end",
    "end_time",
    "endTime",
    "EndTime",
    "ed",
    "to",
    "end_s",
    "结束时间",
    "结束",
];
const LENGTH_MS: &[&str] = &["duration_ms", "durationMs", "length_ms"];
const LENGTH: &[&str] = &["duration", "length"];
const TEXT: &[&str] = &[
    "text",
    "sentence",
    "content",
    "transcript",
    "utterance",
    "asr_text",
    "asrText",
    "onebest",
    "Text",
    "文本",
    "内容",
    "转写文本",
];
const SPEAKER: &[&str] = &[
    "speaker",
    "speaker_label",
    "speakerLabel",
    "speaker_id",
    "speakerId",
    "speaker_role",
    "spk",
    "role",
    "party",
    "participant",
    "channel",
    "channel_id",
    "channelId",
    "角色",
    "说话人",
];
const CHANNEL: &[&str] = &["channel", "channel_id", "channelId"];

/// Lists of words are no lines.
const WORDS: &[&str] = &["words", "Words", "tokens", "word_segments", "word_info"];

pub(super) fn read(root: Node<'_>) -> Option<Result<Draft, Refusal>> {
    let lines = longest(root)?;
    Some(read_lines(&lines))
}

/// The longest list of lines, nearest to the root.
fn longest(root: Node<'_>) -> Option<Node<'_>> {
    let (mut found, mut most, mut seen) = (None, 0, 0);
    let mut waiting = VecDeque::from([root]);
    while let Some(node) = waiting.pop_front() {
        seen += 1;
        if seen > LOOKED_AT {
            break;
        }
        let length = node.value().as_array().map_or(0, Vec::len);
        if length > most && node.items().next().is_some_and(|first| is_line(&first)) {
            (found, most) = (Some(node.clone()), length);
            continue;
        }
        waiting.extend(node.items());
        let keys = node.value().as_object();
        let keys = keys.into_iter().flat_map(|all| all.keys());
        let keys = keys.filter(|key| !WORDS.contains(&key.as_str()));
        waiting.extend(keys.filter_map(|key| node.at(key)));
    }
    found
}

fn is_line(node: &Node<'_>) -> bool {
    let has = |keys: &[&[&str]]| keys.iter().any(|keys| node.first(keys).is_some());
    has(&[START_MS, START]) && has(&[END_MS, END, LENGTH_MS, LENGTH]) && !node.text(TEXT).is_empty()
}

fn read_lines(lines: &Node<'_>) -> Result<Draft, Refusal> {
    let mut draft = Draft::of(Format::TimedJson);
    let (unit, is_guessed) = unit(lines);
    if is_guessed {
        draft.note(NoteKind::UnitGuessed, None);
    }
    for line in lines.items() {
        let label = line.label(SPEAKER);
        let speaker = draft.speaker_on(&label, Party::of(&label), line.channel(CHANNEL))?;
        draft.push(Told {
            speaker,
            words: words(&line, unit),
            confidence: line.number(&["confidence", "score"]),
            ..Told::new(span(&line, unit)?, line.text(TEXT), line.place())
        })?;
    }
    Ok(draft)
}

fn span(line: &Node<'_>, unit: Unit) -> Result<Option<(u64, u64)>, Refusal> {
    let either = |ms: &[&str], other: &[&str]| -> Result<Option<u64>, Refusal> {
        match line.ms(ms, Unit::Ms)? {
            Some(time) => Ok(Some(time)),
            None => line.ms(other, unit),
        }
    };
    let (start, end) = (either(START_MS, START)?, either(END_MS, END)?);
    let length = either(LENGTH_MS, LENGTH)?;
    let reckoned = start.zip(length).map(|(start, length)| start + length);
    Ok(start.zip(end.or(reckoned)))
}

fn words(line: &Node<'_>, unit: Unit) -> Vec<crate::ForeignWord> {
    let keys = WordKeys {
        text: &["word", "text", "w"],
        start: if unit == Unit::Ms {
            &["start_ms", "start_time", "startTime", "start", "begin_time"]
        } else {
            START
        },
        end: if unit == Unit::Ms {
            &["end_ms", "end_time", "endTime", "end"]
        } else {
            END
        },
        confidence: &["confidence", "probability", "score"],
        unit,
    };
    line.words(&["words", "Words"], &keys, 0)
}

/// What bare numbers count, and whether that is a guess: whole ones count milliseconds where lines would be
/// unspeakably slow in seconds.
fn unit(lines: &Node<'_>) -> (Unit, bool) {
    let numbers: Vec<f64> = lines
        .items()
        .filter_map(|line| line.first(END).or_else(|| line.first(LENGTH)))
        .filter_map(|bare| crate::clock::plain_number(bare.value()))
        .collect();
    if numbers.is_empty() {
        return (Unit::Ms, false);
    }
    if numbers.iter().any(|number| number.fract() != 0.0) {
        return (Unit::Seconds, false);
    }
    let characters: usize = lines
        .items()
        .map(|line| line.text(TEXT).chars().count())
        .sum();
    let last = numbers.iter().copied().fold(0.0, f64::max);
    match (characters as f64) < last * LEAST_PER_SECOND {
        true => (Unit::Ms, true),
        false => (Unit::Seconds, true),
    }
}
