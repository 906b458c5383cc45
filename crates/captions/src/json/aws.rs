//! Amazon: Transcribe, Transcribe Call Analytics, and Contact Lens of Amazon Connect.

use super::{Node, WordKeys};
use crate::clock::Unit;
use crate::cut::{self, Spoken};
use crate::draft::{Draft, Told};
use crate::{ForeignWord, Format, NoteKind, Party, Reason, Refusal};
use std::collections::HashMap;

const OFFSET: WordKeys = WordKeys {
    text: &["Content"],
    start: &["BeginOffsetMillis"],
    end: &["EndOffsetMillis"],
    confidence: &["Confidence"],
    unit: Unit::Ms,
};
const ITEM: WordKeys = WordKeys {
    text: &[],
    start: &["start_time"],
    end: &["end_time"],
    confidence: &[],
    unit: Unit::Seconds,
};

pub(super) fn read(root: Node<'_>) -> Option<Result<Draft, Refusal>> {
    let turns = root.at("Transcript").or_else(|| root.at("Segments"));
    if let Some(turns) = turns.filter(|turns| turns.value().is_array()) {
        let first = turns.items().next().map(|turn| inner(&turn))?;
        return match first.at("BeginOffsetMillis") {
            Some(_) => Some(analysed(&root, &turns)),
            None => first
                .at("AbsoluteTime")
                .map(|_| Err(Refusal::of(Reason::Chat))),
        };
    }
    let results = root.at("results")?;
    let is_ours = results.at("transcripts").is_some() || results.at("items").is_some();
    let status = root.text(&["status"]);
    match (is_ours, status) {
        (true, "" | "COMPLETED") => Some(transcribed(&results)),
        (true, _) => Some(Err(Refusal::of(Reason::Unfinished).showing(status))),
        (false, _) => None,
    }
}

/// A turn, which comes wrapped while a call goes on.
fn inner<'v>(turn: &Node<'v>) -> Node<'v> {
    let inner = turn.first(&["Transcript", "Utterance"]);
    inner.unwrap_or(turn.clone())
}

fn analysed(root: &Node<'_>, turns: &Node<'_>) -> Result<Draft, Refusal> {
    let is_job = root.first(&["JobName", "JobStatus"]).is_some();
    let mut draft = Draft::of(match is_job {
        true => Format::AwsCallAnalytics,
        false => Format::ContactLens,
    });
    draft.language(Some(root.text(&["LanguageCode"])));
    if let Some(characteristics) = root.at("ConversationCharacteristics") {
        draft.length_ms(characteristics.ms(&["TotalConversationDurationMillis"], Unit::Ms)?);
    }
    let output = root.at("ContentMetadata");
    if output.is_some_and(|output| output.text(&["Output"]) == "Redacted") {
        draft.note(NoteKind::Redacted, None);
    }
    let parties = parties(root);
    for turn in turns.items() {
        let turn = inner(&turn);
        if turn.at("PartialContent").is_some() {
            draft.note(NoteKind::InterimLeftOut, Some(turn.place()));
            continue;
        }
        let label = turn.label(&["ParticipantRole", "ParticipantId"]);
        let party = parties.get(&label).copied().unwrap_or(Party::of(&label));
        let speaker = draft.speaker_on(&label, party, None)?;
        let words = with_punctuation(turn.list("Items"), &|item| item.word(&OFFSET, 0));
        draft.push(Told {
            speaker,
            confidence: cut::mean(&words),
            words,
            ..Told::new(
                turn.span(OFFSET.start, OFFSET.end, Unit::Ms)?,
                turn.text(OFFSET.text),
                turn.place(),
            )
        })?;
    }
    Ok(draft)
}

/// What each participant is, where they are listed with an id.
fn parties(root: &Node<'_>) -> HashMap<String, Party> {
    let all = root.list("Participants");
    all.map(|one| {
        let party = Party::of(one.text(&["ParticipantRole"]));
        (one.label(&["ParticipantId"]), party)
    })
    .collect()
}

/// Words with the punctuation behind them, which is an item without a time.
fn with_punctuation<'v>(
    items: impl Iterator<Item = Node<'v>>,
    word: &dyn Fn(&Node<'v>) -> Option<ForeignWord>,
) -> Vec<ForeignWord> {
    let mut words: Vec<ForeignWord> = Vec::new();
    for item in items {
        match item.text(&["Type", "type"]) {
            "punctuation" => {
                let mark = item.list("alternatives").next().unwrap_or(item.clone());
                if let Some(before) = words.last_mut() {
                    before
                        .text
                        .push_str(mark.text(&["content", "Content"]).trim());
                }
            }
            _ => words.extend(word(&item)),
        }
    }
    words
}

/// A word of Transcribe: its times beside what it may be.
fn item_word(item: &Node<'_>) -> Option<ForeignWord> {
    let best = item.list("alternatives").next()?;
    let span = item.span(ITEM.start, ITEM.end, ITEM.unit).ok()??;
    let confidence = best.number(&["confidence"]);
    Some(ForeignWord {
        stretch: crate::Stretch {
            start_ms: span.0,
            end_ms: span.1.max(span.0),
        },
        text: best.text(&["content"]).to_owned(),
        confidence: confidence.and_then(crate::draft::probability),
    })
}

fn transcribed(results: &Node<'_>) -> Result<Draft, Refusal> {
    let mut draft = Draft::of(Format::AwsTranscribe);
    draft.language(Some(results.text(&["language_code"])));
    let segments = results.at("audio_segments");
    if segments.as_ref().is_some_and(|s| s.lists(&["transcript"])) {
        segments_of(&mut draft, results)?;
        return Ok(draft);
    }
    let channels = results.down(&["channel_labels", "channels"]);
    let labels = speakers(results);
    match channels.filter(|channels| channels.lists(&["items"])) {
        Some(channels) => {
            for channel in channels.items() {
                let label = channel.label(&["channel_label"]);
                spoken(&mut draft, &channel, &|_| label.clone())?;
            }
        }
        None => spoken(&mut draft, results, &|item| {
            let said = item.label(&["speaker_label"]);
            match said.is_empty() {
                true => labels
                    .get(item.text(&["start_time"]))
                    .cloned()
                    .unwrap_or_default(),
                false => said,
            }
        })?,
    }
    Ok(draft)
}

/// Who speaks from which time on: older results list it beside the words.
fn speakers(results: &Node<'_>) -> HashMap<String, String> {
    let labels = results.at("speaker_labels");
    let segments = labels.iter().flat_map(|labels| labels.list("segments"));
    segments
        .flat_map(|segment| segment.list("items").collect::<Vec<_>>())
        .map(|item| (item.label(&["start_time"]), item.label(&["speaker_label"])))
        .collect()
}

/// Lines out of the items below `of`.
fn spoken(
    draft: &mut Draft,
    of: &Node<'_>,
    label: &dyn Fn(&Node<'_>) -> String,
) -> Result<(), Refusal> {
    let mut words: Vec<Spoken> = Vec::new();
    for item in of.list("items") {
        if item.text(&["type"]) == "punctuation" {
            let mark = item.list("alternatives").next();
            if let (Some(mark), Some(before)) = (mark, words.last_mut()) {
                before.word.text.push_str(mark.text(&["content"]));
            }
            continue;
        }
        if let Some(word) = item_word(&item) {
            let label = label(&item);
            let speaker = draft.speaker_on(&label, Party::of(&label), channel_of(&label))?;
            words.push(Spoken { speaker, word });
        }
    }
    cut::lines(draft, words, &of.place())
}

/// `ch_0`
fn channel_of(label: &str) -> Option<u16> {
    label.strip_prefix("ch_")?.parse().ok()
}

fn segments_of(draft: &mut Draft, results: &Node<'_>) -> Result<(), Refusal> {
    let items: HashMap<String, Node<'_>> = results
        .list("items")
        .map(|item| (item.label(&["id"]), item))
        .collect();
    for segment in results.list("audio_segments") {
        let label = segment.label(&["speaker_label", "channel_label"]);
        let speaker = draft.speaker_on(&label, Party::of(&label), channel_of(&label))?;
        let ids = segment.at("items");
        let mine = ids.iter().flat_map(Node::items).filter_map(|id| {
            let id = id.value().to_string();
            items.get(id.trim_matches('"')).cloned()
        });
        let words = with_punctuation(mine, &item_word);
        draft.push(Told {
            speaker,
            confidence: cut::mean(&words),
            words,
            ..Told::new(
                segment.span(ITEM.start, ITEM.end, ITEM.unit)?,
                segment.text(&["transcript"]),
                segment.place(),
            )
        })?;
    }
    Ok(())
}
