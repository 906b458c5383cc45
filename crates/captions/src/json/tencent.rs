//! 腾讯云 录音文件识别: `ResultDetail`, or the lines of `Result` where it was not asked for.

use super::{Node, WordKeys};
use crate::clock::Unit;
use crate::draft::{Draft, Told};
use crate::{ForeignWord, Format, Place, Reason, Refusal, plain};

/// The documentation counts a word's times from its sentence.
const WORDS: WordKeys = WordKeys {
    text: &["Word"],
    start: &["OffsetStartMs"],
    end: &["OffsetEndMs"],
    confidence: &[],
    unit: Unit::Ms,
};
/// A sentence's words may run over its end by so much, in milliseconds.
const OVER_MS: u64 = 500;
/// `Status` of a task that is done.
const DONE: f64 = 2.0;

pub(super) fn read(root: Node<'_>) -> Option<Result<Draft, Refusal>> {
    let data = ["Response", "response"]
        .iter()
        .find_map(|key| root.down(&[key, "Data"]))
        .or_else(|| root.at("Data"))
        .unwrap_or(root);
    let is_ours = data
        .at("ResultDetail")
        .is_some_and(|d| d.lists(&["FinalSentence"]))
        || (data.at("TaskId").is_some() && data.at("StatusStr").is_some());
    is_ours.then(|| task(&data))
}

fn task(data: &Node<'_>) -> Result<Draft, Refusal> {
    if data
        .number(&["Status"])
        .is_some_and(|status| status != DONE)
    {
        return Err(Refusal::of(Reason::Unfinished).showing(data.text(&["StatusStr"])));
    }
    let mut draft = Draft::of(Format::Tencent);
    draft.length_ms(data.ms(&["AudioDuration"], Unit::Seconds)?);
    let mut has_detail = false;
    for sentence in data.list("ResultDetail") {
        has_detail = true;
        let span = sentence.span(&["StartMs"], &["EndMs"], Unit::Ms)?;
        let speaker = draft.speaker(&sentence.label(&["SpeakerId"]))?;
        draft.push(Told {
            speaker,
            words: span.map_or(Vec::new(), |span| words(&sentence, span)),
            ..Told::new(span, sentence.text(&["FinalSentence"]), sentence.place())
        })?;
    }
    if !has_detail {
        let result = data.text(&["Result"]);
        let at = |line: u32| Place::Path(format!("Data.Result:{line}"));
        plain::read_into(&mut draft, result, &at)?;
    }
    Ok(draft)
}

/// The words, from the start of their sentence; where that would lead far over its end, they count from the start of
/// the sound already.
fn words(sentence: &Node<'_>, (start, end): (u64, u64)) -> Vec<ForeignWord> {
    let relative = sentence.words(&["Words"], &WORDS, start);
    let is_over = |word: &ForeignWord| word.stretch.end_ms > end + OVER_MS;
    match relative.iter().any(is_over) {
        true => sentence.words(&["Words"], &WORDS, 0),
        false => relative,
    }
}
