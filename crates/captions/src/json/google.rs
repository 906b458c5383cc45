//! Google Speech-to-Text, first and second version: results of alternatives. Who speaks is told by words, in the
//! first version all of them once more in the last result.

use super::{Node, WordKeys};
use crate::clock::Unit;
use crate::cut::{self, Spoken};
use crate::draft::{Draft, Told};
use crate::{Format, NoteKind, Refusal};
use std::collections::HashMap;

const START: &[&str] = &["startTime", "startOffset", "start_time", "start_offset"];
const END: &[&str] = &["endTime", "endOffset", "end_time", "end_offset"];
const RESULT_END: &[&str] = &[
    "resultEndTime",
    "resultEndOffset",
    "result_end_time",
    "result_end_offset",
];
const TAG: &[&str] = &["speakerTag", "speakerLabel", "speaker_tag", "speaker_label"];
const CHANNEL: &[&str] = &["channelTag", "channel_tag"];

pub(super) fn read(root: Node<'_>) -> Option<Result<Draft, Refusal>> {
    let response = ["response", "transcript"]
        .iter()
        .find_map(|key| root.at(key))
        .unwrap_or(root);
    let results = response.at("results")?;
    let is_ours = results.items().any(|one| one.at("alternatives").is_some());
    is_ours.then(|| speech(&results))
}

fn speech(results: &Node<'_>) -> Result<Draft, Refusal> {
    let mut draft = Draft::of(Format::Google);
    let all: Vec<Node<'_>> = results.items().collect();
    let told: &[Node<'_>] = match tells_all_again(&all) {
        true => &all[all.len() - 1..],
        false => &all,
    };
    // A result without words tells its end only: it begins where the one before it on its channel ended.
    let mut ended: HashMap<String, u64> = HashMap::new();
    for one in &all {
        draft.language(Some(one.text(&["languageCode", "language_code"])));
    }
    for one in told {
        if one.value().get("isFinal").and_then(|f| f.as_bool()) == Some(false) {
            draft.note(NoteKind::InterimLeftOut, Some(one.place()));
            continue;
        }
        let Some(best) = one.list("alternatives").next() else {
            continue;
        };
        let channel = one.label(CHANNEL);
        let end = one.ms(RESULT_END, Unit::Seconds)?;
        let before = end.and_then(|end| ended.insert(channel.clone(), end));
        let words = words(&mut draft, &best, &channel)?;
        let is_told_apart = words.iter().any(|word| word.speaker != words[0].speaker);
        match (
            words.is_empty(),
            is_told_apart || best.text(&["transcript"]).is_empty(),
        ) {
            (false, true) => cut::lines(&mut draft, words, &best.place())?,
            (is_empty, _) => {
                let times = words.iter().map(|w| w.word.stretch);
                let heard = times.clone().map(|t| t.start_ms).min();
                let heard = heard.zip(times.map(|t| t.end_ms).max());
                let said = end.map(|end| (before.unwrap_or_default().min(end), end));
                let speaker = match is_empty {
                    true => draft.speaker(&channel)?,
                    false => words[0].speaker,
                };
                draft.push(Told {
                    speaker,
                    confidence: best.number(&["confidence"]).filter(|sure| *sure > 0.0),
                    words: words.into_iter().map(|spoken| spoken.word).collect(),
                    ..Told::new(heard.or(said), best.text(&["transcript"]), best.place())
                })?;
            }
        }
    }
    Ok(draft)
}

/// Whether the last result is all words once more, with who spoke each.
fn tells_all_again(all: &[Node<'_>]) -> bool {
    match all {
        [first, .., last] => {
            let (Some(first), Some(last)) = (first_word(first), first_word(last)) else {
                return false;
            };
            let start = |word: &Node<'_>| word.first(START).map(|time| time.value().clone());
            let is_tagged = |word: &Node<'_>| !word.label(TAG).is_empty();
            is_tagged(&last) && !is_tagged(&first) && start(&last) == start(&first)
        }
        _ => false,
    }
}

fn first_word<'v>(result: &Node<'v>) -> Option<Node<'v>> {
    let best = result.list("alternatives").next()?;
    best.list("words").next()
}

fn words(draft: &mut Draft, best: &Node<'_>, channel: &str) -> Result<Vec<Spoken>, Refusal> {
    let mut words = Vec::new();
    for word in best.list("words") {
        let tag = match word.label(TAG) {
            // Nought is nobody.
            tag if tag.is_empty() || tag == "0" => channel.to_owned(),
            tag => tag,
        };
        // What is nought is left out.
        let start = word.ms(START, Unit::Seconds)?.unwrap_or_default();
        let keys = WordKeys {
            text: &["word"],
            start: END,
            end: END,
            confidence: &["confidence"],
            unit: Unit::Seconds,
        };
        if let Some(mut found) = word.word(&keys, 0) {
            found.stretch.start_ms = start.min(found.stretch.end_ms);
            found.confidence = found.confidence.filter(|sure| *sure > 0.0);
            let speaker = draft.speaker(&tag)?;
            words.push(Spoken {
                speaker,
                word: found,
            });
        }
    }
    Ok(words)
}
