//! Whisper: as OpenAI's program writes it, with those that write alike (whisper-timestamped, faster-whisper,
//! WhisperX, the web service), and whisper.cpp.

use super::{Node, WordKeys};
use crate::clock::Unit;
use crate::cut::{self, Spoken};
use crate::draft::{Draft, Told};
use crate::{ForeignWord, Format, Refusal};

const WORDS: WordKeys = WordKeys {
    text: &["word", "text"],
    start: &["start"],
    end: &["end"],
    confidence: &["probability", "confidence", "score"],
    unit: Unit::Seconds,
};

pub(super) fn read(root: Node<'_>) -> Option<Result<Draft, Refusal>> {
    if let Some(lines) = root.at("transcription").filter(|l| l.lists(&["offsets"])) {
        return Some(cpp(&root, &lines));
    }
    let has_words = root
        .at("words")
        .is_some_and(|words| words.lists(&["word", "start", "end"]));
    if has_words && root.at("segments").is_none() && root.at("text").is_some() {
        return Some(words_alone(&root));
    }
    let segments = root.at("segments").unwrap_or(root.clone());
    let is_ours = segments.lists(&["start", "end", "text"]);
    let writes_so = [
        "avg_logprob",
        "no_speech_prob",
        "tokens",
        "words",
        "confidence",
        "temperature",
    ];
    // Only Whisper's are told in seconds beyond doubt; other lines with a start and an end are anybody's.
    let is_whisper = segments
        .items()
        .next()
        .is_some_and(|first| writes_so.iter().any(|key| first.at(key).is_some()))
        || (root.at("text").is_some() && root.at("language").is_some());
    (is_ours && is_whisper).then(|| openai(&root, &segments))
}

fn openai(root: &Node<'_>, segments: &Node<'_>) -> Result<Draft, Refusal> {
    let mut draft = Draft::of(Format::Whisper);
    draft.language(Some(root.text(&["language"])));
    draft.length_ms(root.ms(&["duration"], Unit::Seconds)?);
    // The web service lists the words of all lines beside them.
    let all = root.words(&["words"], &WORDS, 0);
    let mut rest = all.into_iter().peekable();
    for segment in segments.items() {
        let logarithm = segment
            .value()
            .get("avg_logprob")
            .and_then(serde_json::Value::as_f64);
        let span = segment.span(&["start"], &["end"], Unit::Seconds)?;
        let mut words = segment.words(&["words"], &WORDS, 0);
        let until = span.map_or(0, |(_, end)| end);
        while let Some(word) = rest.next_if(|word| word.stretch.start_ms < until) {
            words.push(word);
        }
        let speaker = draft.speaker(&segment.label(&["speaker"]))?;
        draft.push(Told {
            speaker,
            words,
            // A mean of logarithms of what each token was sure of.
            confidence: segment
                .number(&["confidence"])
                .or(logarithm.map(f64::exp).filter(|sure| *sure <= 1.0)),
            ..Told::new(span, segment.text(&["text"]), segment.place())
        })?;
    }
    Ok(draft)
}

/// Words without lines.
fn words_alone(root: &Node<'_>) -> Result<Draft, Refusal> {
    let mut draft = Draft::of(Format::Whisper);
    let words = root.words(&["words"], &WORDS, 0).into_iter();
    let spoken = words.map(|word| Spoken {
        speaker: None,
        word,
    });
    cut::lines(&mut draft, spoken.collect(), &root.place())?;
    Ok(draft)
}

fn cpp(root: &Node<'_>, lines: &Node<'_>) -> Result<Draft, Refusal> {
    let mut draft = Draft::of(Format::WhisperCpp);
    let language = root.down(&["result"]).or_else(|| root.at("params"));
    draft.language(language.map(|node| node.text(&["language"])));
    draft.model(root.at("model").map(|node| node.text(&["type"])));
    for line in lines.items() {
        let offsets = line.at("offsets");
        let span = match &offsets {
            Some(offsets) => offsets.span(&["from"], &["to"], Unit::Ms)?,
            None => None,
        };
        let label = match line.label(&["speaker"]) {
            // It writes a question mark where it cannot tell.
            unknown if unknown == "?" => String::new(),
            label => label,
        };
        let speaker = draft.speaker(&label)?;
        let (words, confidence) = tokens(&line);
        draft.push(Told {
            speaker,
            words,
            confidence,
            ..Told::new(span, line.text(&["text"]), line.place())
        })?;
    }
    Ok(draft)
}

/// Words out of tokens, a Latin word being several, and how sure the tokens are together. Marks of the engine
/// (`[_BEG_]`) are none.
fn tokens(line: &Node<'_>) -> (Vec<ForeignWord>, Option<f64>) {
    let mut words: Vec<ForeignWord> = Vec::new();
    let (mut sum, mut count) = (0.0, 0_u32);
    for token in line.list("tokens") {
        let text = token.value().get("text").and_then(|t| t.as_str());
        let text = text.unwrap_or_default();
        let times = token
            .at("offsets")
            .map(|o| o.span(&["from"], &["to"], Unit::Ms));
        let Some(Ok(Some((start, end)))) = times else {
            continue;
        };
        if text.trim().is_empty() || text.starts_with("[_") || text.starts_with("<|") {
            continue;
        }
        let sure = token.number(&["p"]);
        (sum, count) = (sum + sure.unwrap_or_default(), count + 1);
        let goes_on = !text.starts_with(' ') && text.starts_with(|c: char| c.is_ascii());
        match words.last_mut().filter(|_| goes_on) {
            Some(before) => {
                before.text.push_str(text.trim_end());
                before.stretch.end_ms = end.max(before.stretch.end_ms);
            }
            None => words.push(ForeignWord {
                stretch: crate::Stretch {
                    start_ms: start,
                    end_ms: end.max(start),
                },
                text: text.trim().to_owned(),
                confidence: sure.and_then(crate::draft::probability),
            }),
        }
    }
    (words, (count > 0).then(|| sum / f64::from(count)))
}
