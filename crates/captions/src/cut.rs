//! Lines out of words, where a file tells words only.

use crate::draft::{Draft, Told};
use crate::wording::{add, ends_sentence};
use crate::{ForeignWord, Place, Refusal};

/// A pause so long, in milliseconds, ends a line.
const PAUSE_MS: u64 = 800;
/// A line longer than this, in milliseconds, ends with the next word whatever is said.
const LONGEST_MS: u64 = 30_000;

/// A word with who said it.
pub(crate) struct Spoken {
    /// Who.
    pub speaker: Option<u32>,
    /// The word.
    pub word: ForeignWord,
}

/// Cuts words into lines: at another speaker, at a pause, behind a sentence.
pub(crate) fn lines(draft: &mut Draft, words: Vec<Spoken>, at: &Place) -> Result<(), Refusal> {
    let mut line: Vec<Spoken> = Vec::new();
    for word in words {
        if line.last().is_some_and(|before| {
            let start = line.first().map_or(0, |w| w.word.stretch.start_ms);
            parts(before, &word, start)
        }) {
            push(draft, std::mem::take(&mut line), at)?;
        }
        line.push(word);
    }
    push(draft, line, at)
}

/// Whether a line ends between two words; it starts at `start_ms`.
fn parts(before: &Spoken, after: &Spoken, start_ms: u64) -> bool {
    let (end_ms, next_ms) = (before.word.stretch.end_ms, after.word.stretch.start_ms);
    before.speaker != after.speaker
        || next_ms >= end_ms + PAUSE_MS
        || next_ms > start_ms + LONGEST_MS
        // A word that lies earlier than the line is of another one.
        || next_ms < start_ms
        || ends_sentence(&before.word.text)
}

fn push(draft: &mut Draft, line: Vec<Spoken>, at: &Place) -> Result<(), Refusal> {
    let Some(first) = line.first() else {
        return Ok(());
    };
    let (speaker, start_ms) = (first.speaker, first.word.stretch.start_ms);
    let ends = line.iter().map(|spoken| spoken.word.stretch.end_ms);
    let end_ms = ends.max().unwrap_or(start_ms);
    let words: Vec<ForeignWord> = line.into_iter().map(|spoken| spoken.word).collect();
    let mut text = String::new();
    words.iter().for_each(|word| add(&mut text, &word.text));
    draft.push(Told {
        speaker,
        confidence: mean(&words),
        words,
        ..Told::new(Some((start_ms, end_ms)), text, at.clone())
    })
}

/// How sure the words are together, where all of them say it.
pub(crate) fn mean(words: &[ForeignWord]) -> Option<f64> {
    let said: Option<Vec<f32>> = words.iter().map(|word| word.confidence).collect();
    let said = said.filter(|said| !said.is_empty())?;
    Some(said.iter().copied().map(f64::from).sum::<f64>() / said.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Format, Stretch};

    fn spoken(start_ms: u64, end_ms: u64, text: &str, speaker: u32) -> Spoken {
        Spoken {
            speaker: Some(speaker),
            word: ForeignWord {
                stretch: Stretch { start_ms, end_ms },
                text: text.into(),
                confidence: (start_ms > 0).then_some(0.5),
            },
        }
    }

    #[test]
    fn a_line_ends_at_a_pause_a_sentence_and_another_speaker() {
        let mut draft = Draft::of(Format::Google);
        let words = vec![
            spoken(0, 200, "您", 0),
            spoken(200, 400, "好。", 0),
            spoken(450, 600, "请", 0),
            spoken(1_399, 1_500, "讲", 0),
            spoken(2_300, 2_500, "嗯", 0),
            spoken(2_500, 2_600, "hello", 1),
            spoken(2_600, 2_900, "there", 1),
            spoken(100, 150, "早", 1),
        ];
        lines(&mut draft, words, &Place::Path("results[0]".into())).expect("lines");
        let text = draft.finish().expect("a text");
        let told: Vec<_> = text
            .lines
            .iter()
            .filter_map(|l| Some((l.stretch?.start_ms, l.stretch?.end_ms, l.text.as_str())))
            .collect();
        let expected = [
            (0, 400, "您好。"),
            (100, 150, "早"),
            (450, 1_500, "请讲"),
            (2_300, 2_500, "嗯"),
            (2_500, 2_900, "hello there"),
        ];
        assert_eq!(told, expected);
        assert_eq!(text.lines[0].confidence, None, "one word does not say");
        assert_eq!(text.lines[2].confidence, Some(0.5));
    }
}
