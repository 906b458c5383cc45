//! The Harper Valley corpus: a list of turns, each with its place in the recording. Its channels count from 1.

use super::Node;
use crate::clock::{Unit, of_value};
use crate::draft::{Draft, Told};
use crate::{ForeignWord, Format, Party, Refusal, Stretch};

pub(super) fn read(root: Node<'_>) -> Option<Result<Draft, Refusal>> {
    let is_ours = root.lists(&["offset_ms", "duration_ms", "speaker_role"]);
    is_ours.then(|| turns(&root))
}

fn turns(root: &Node<'_>) -> Result<Draft, Refusal> {
    let mut draft = Draft::of(Format::HarperValley);
    for turn in root.items() {
        let label = turn.label(&["speaker_role"]);
        let channel = turn.channel(&["channel_index"]);
        let channel = channel.and_then(|from_one| from_one.checked_sub(1));
        let speaker = draft.speaker_on(&label, Party::of(&label), channel)?;
        let start = turn.ms(&["offset_ms"], Unit::Ms)?;
        let length = turn.ms(&["duration_ms"], Unit::Ms)?;
        let span = start
            .zip(length)
            .map(|(start, length)| (start, start + length));
        let (heard, corrected) = (turn.text(&["transcript"]), turn.text(&["human_transcript"]));
        // Times are of the words the machine heard: where a person changed them, they are nobody's.
        let is_as_heard = corrected.is_empty() || corrected == heard;
        let words = start
            .filter(|_| is_as_heard)
            .map(|start| words(&turn, heard, start));
        draft.push(Told {
            speaker,
            words: words.unwrap_or_default(),
            ..Told::new(
                span,
                if corrected.is_empty() {
                    heard
                } else {
                    corrected
                },
                turn.place(),
            )
        })?;
    }
    Ok(draft)
}

fn words(turn: &Node<'_>, heard: &str, start: u64) -> Vec<ForeignWord> {
    let times = |key: &str| -> Vec<u64> {
        let all = turn.list(key);
        all.filter_map(|ms| of_value(ms.value(), Unit::Ms))
            .collect()
    };
    let (offsets, lengths) = (times("word_offsets_ms"), times("word_durations_ms"));
    let words: Vec<&str> = heard.split_whitespace().collect();
    if offsets.len() != words.len() || lengths.len() != words.len() {
        return Vec::new();
    }
    let timed = words.into_iter().zip(offsets.into_iter().zip(lengths));
    timed
        .map(|(word, (offset, length))| ForeignWord {
            stretch: Stretch {
                start_ms: start + offset,
                end_ms: start + offset + length,
            },
            text: word.to_owned(),
            confidence: None,
        })
        .collect()
}
