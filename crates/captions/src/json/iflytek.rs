//! 讯飞 语音转写: sentences (`onebest`), and the lattice of the second version. Times of words are frames of ten
//! milliseconds from the start of their sentence.

use super::{Node, WordKeys};
use crate::clock::Unit;
use crate::draft::{Draft, Told};
use crate::{ForeignWord, Format, Party, Reason, Refusal, wording};
use std::collections::HashMap;

const WORDS: WordKeys = WordKeys {
    text: &["wordsName"],
    start: &["wordBg"],
    end: &["wordEd"],
    confidence: &["wc"],
    unit: Unit::Frames,
};
/// `status` of an order that is done.
const DONE: f64 = 4.0;

pub(super) fn read(root: Node<'_>) -> Option<Result<Draft, Refusal>> {
    let sentences = root.at("data").unwrap_or(root.clone());
    if sentences.lists(&["onebest", "bg"]) {
        return Some(onebest(&sentences));
    }
    let content = root.at("content").unwrap_or(root.clone());
    let result = content.at("orderResult").unwrap_or(content.clone());
    // Smoothed where the service was asked to, else as it was heard.
    let lattice = ["lattice", "lattice2"]
        .iter()
        .filter_map(|key| result.at(key))
        .find(|lattice| lattice.lists(&["json_1best"]));
    if let Some(lattice) = lattice {
        return Some(lattices(&content, &result, &lattice));
    }
    let order = content.at("orderInfo")?;
    let is_done = order.number(&["status"]) == Some(DONE);
    Some(Err(Refusal::of(match is_done {
        true => Reason::Empty,
        false => Reason::Unfinished,
    })))
}

fn onebest(sentences: &Node<'_>) -> Result<Draft, Refusal> {
    let mut draft = Draft::of(Format::Iflytek);
    for sentence in sentences.items() {
        let span = sentence.span(&["bg"], &["ed"], Unit::Ms)?;
        let speaker = draft.speaker(&sentence.label(&["speaker"]))?;
        let start = span.map_or(0, |(start, _)| start);
        draft.push(Told {
            speaker,
            words: sentence.words(&["wordsResultList"], &WORDS, start),
            ..Told::new(span, sentence.text(&["onebest"]), sentence.place())
        })?;
    }
    Ok(draft)
}

fn lattices(content: &Node<'_>, result: &Node<'_>, lattice: &Node<'_>) -> Result<Draft, Refusal> {
    let mut draft = Draft::of(Format::IflytekLattice);
    if let Some(order) = content.at("orderInfo") {
        draft.length_ms(order.ms(&["originalDuration"], Unit::Ms)?);
    }
    let tracks = tracks(result);
    for item in lattice.items() {
        let Some(sentence) = item.down(&["json_1best", "st"]) else {
            continue;
        };
        let span = sentence.span(&["bg"], &["ed"], Unit::Ms)?;
        let label = sentence.label(&["rl"]);
        let channel = tracks.get(&label).copied();
        let speaker = draft.speaker_on(&label, Party::Unknown, channel)?;
        let (text, words) = best(&sentence, span.map_or(0, |(start, _)| start));
        draft.push(Told {
            speaker,
            words,
            ..Told::new(span, text, sentence.place())
        })?;
    }
    Ok(draft)
}

/// Which role was heard on which track, left or right.
fn tracks(result: &Node<'_>) -> HashMap<String, u16> {
    let label = result.at("label");
    let all = label.iter().flat_map(|label| label.list("rl_track"));
    let track = |one: Node<'_>| match one.text(&["track"]) {
        "L" => Some((one.label(&["rl"]), 0)),
        "R" => Some((one.label(&["rl"]), 1)),
        _ => None,
    };
    all.filter_map(track).collect()
}

/// The text of a sentence and its words: of each place the first that is offered, but marks of paragraphs.
/// Punctuation has no time and stands with the word before it.
fn best(sentence: &Node<'_>, start_ms: u64) -> (String, Vec<ForeignWord>) {
    let (mut text, mut words) = (String::new(), Vec::<ForeignWord>::new());
    let places = sentence.list("rt").flat_map(|part| part.list("ws"));
    for place in places {
        let Some(offered) = place.list("cw").find(|one| one.text(&["wp"]) != "g") else {
            continue;
        };
        let written = offered.text(&["w"]);
        wording::add(&mut text, written);
        if let ("p", Some(before)) = (offered.text(&["wp"]), words.last_mut()) {
            before.text.push_str(written.trim());
            continue;
        }
        let times = WordKeys {
            text: &[],
            start: &["wb"],
            end: &["we"],
            ..WORDS
        };
        words.extend(timed(&place, &offered, &times, start_ms));
    }
    (text, words)
}

fn timed(
    place: &Node<'_>,
    offered: &Node<'_>,
    times: &WordKeys,
    start_ms: u64,
) -> Option<ForeignWord> {
    let span = place.span(times.start, times.end, times.unit).ok()??;
    let text = offered.text(&["w"]).trim();
    (!text.is_empty()).then(|| ForeignWord {
        stretch: crate::Stretch {
            start_ms: span.0 + start_ms,
            end_ms: span.1.max(span.0) + start_ms,
        },
        text: text.to_owned(),
        // The service writes nought where it does not say.
        confidence: offered
            .number(&["wc"])
            .filter(|sure| *sure > 0.0)
            .and_then(crate::draft::probability),
    })
}
