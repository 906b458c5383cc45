//! FunASR: `sentence_info` of a pipeline with voice activity and punctuation, or one text with a time for each
//! character.

use super::Node;
use crate::clock::{Unit, of_value};
use crate::cut::{self, Spoken};
use crate::draft::{Draft, Told};
use crate::{ForeignWord, Format, NoteKind, Refusal, Stretch};
use qinting_domain::text::units;

pub(super) fn read(root: Node<'_>) -> Option<Result<Draft, Refusal>> {
    // A list with a result for each file; one of several is not one call.
    let result = match root.value().as_array() {
        Some(all) if all.len() == 1 => root.items().next()?,
        _ => root.at("result").unwrap_or(root.clone()),
    };
    let sentences = result.first(&["sentence_info", "sentences"]);
    if let Some(sentences) = sentences.filter(|s| s.lists(&["start", "end"])) {
        return Some(with_sentences(&sentences));
    }
    let timed = result.at("timestamp")?;
    let is_ours = timed
        .items()
        .next()
        .is_some_and(|pair| pair.value().is_array());
    (is_ours && result.at("text").is_some()).then(|| whole(&result))
}

fn with_sentences(sentences: &Node<'_>) -> Result<Draft, Refusal> {
    let mut draft = Draft::of(Format::FunAsr);
    for sentence in sentences.items() {
        let text = sentence.text(&["sentence", "text", "text_seg"]);
        let words = words(&sentence, text);
        if words.is_none() && times(&sentence).next().is_some() {
            draft.note(NoteKind::WordsLeftOut, Some(sentence.place()));
        }
        let speaker = draft.speaker(&sentence.label(&["spk", "speaker"]))?;
        draft.push(Told {
            speaker,
            words: words.unwrap_or_default(),
            confidence: sentence.number(&["confidence"]),
            ..Told::new(
                sentence.span(&["start"], &["end"], Unit::Ms)?,
                text,
                sentence.place(),
            )
        })?;
    }
    Ok(draft)
}

/// One text: its lines end where its sentences do.
fn whole(result: &Node<'_>) -> Result<Draft, Refusal> {
    let mut draft = Draft::of(Format::FunAsr);
    let text = result.text(&["text"]);
    match words(result, text) {
        Some(words) => {
            let spoken = words.into_iter().map(|word| Spoken {
                speaker: None,
                word,
            });
            cut::lines(&mut draft, spoken.collect(), &result.place())?;
        }
        None => {
            draft.note(NoteKind::WordsLeftOut, Some(result.place()));
            let first = times(result).next();
            let span = first.zip(times(result).last()).map(|(a, z)| (a.0, z.1));
            draft.push(Told::new(span, text, result.place()))?;
        }
    }
    Ok(draft)
}

fn times<'v>(of: &Node<'v>) -> impl Iterator<Item = (u64, u64)> + use<'v> {
    let pairs = of.first(&["timestamp", "ts_list"]);
    let pairs = pairs.into_iter().flat_map(|pairs| pairs.items());
    pairs.filter_map(|pair| match pair.value().as_array()?.as_slice() {
        [start, end, ..] => {
            let (start, end) = (of_value(start, Unit::Ms)?, of_value(end, Unit::Ms)?);
            Some((start, end.max(start)))
        }
        _ => None,
    })
}

/// A word for each time, where they are as many as the text has characters and words; what stands between two words
/// stays with the first. `None`: they are not.
fn words(of: &Node<'_>, text: &str) -> Option<Vec<ForeignWord>> {
    let times: Vec<(u64, u64)> = times(of).collect();
    let units = units(text);
    if units.is_empty() || units.len() != times.len() {
        return None;
    }
    let ends = units
        .iter()
        .skip(1)
        .map(|unit| unit.from)
        .chain([text.len()]);
    let words = units.iter().zip(ends).zip(times);
    Some(
        words
            .map(|((unit, end), (start_ms, end_ms))| ForeignWord {
                stretch: Stretch { start_ms, end_ms },
                text: text[unit.from..end].trim().to_owned(),
                confidence: None,
            })
            .collect(),
    )
}
