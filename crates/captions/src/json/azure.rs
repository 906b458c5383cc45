//! Azure: conversations as the language service takes them, batch transcription, fast transcription.

use super::Node;
use crate::clock::Unit;
use crate::draft::{Draft, Told};
use crate::{ForeignWord, Format, NoteKind, Party, Refusal, Stretch};

pub(super) fn read(root: Node<'_>) -> Option<Result<Draft, Refusal>> {
    if let Some(phrases) = root.at("recognizedPhrases") {
        return Some(batch(&root, &phrases));
    }
    if root.at("combinedPhrases").is_some() {
        return Some(fast(&root));
    }
    let input = root.at("analysisInput").unwrap_or(root);
    let conversations = input.at("conversations")?;
    let is_ours = conversations.lists(&["conversationItems"]);
    is_ours.then(|| conversation(&conversations))
}

/// Start and length of an object, in the finest unit it tells them.
fn span(of: &Node<'_>) -> Result<Option<(u64, u64)>, Refusal> {
    let known: [(&[&str], &[&str], Unit); 3] = [
        (&["offsetMilliseconds"], &["durationMilliseconds"], Unit::Ms),
        (&["offsetInTicks"], &["durationInTicks"], Unit::Ticks),
        // As text with its unit (PT1.5S), or ticks.
        (&["offset"], &["duration"], Unit::Ticks),
    ];
    for (start, length, unit) in known {
        if let Some((start, length)) = of.span(start, length, unit)? {
            return Ok(Some((start, start + length)));
        }
    }
    Ok(None)
}

/// A word; `None` where it has no times or says nothing.
fn word(of: Node<'_>) -> Option<ForeignWord> {
    let (start_ms, end_ms) = span(&of).ok()??;
    let text = of.text(&["word", "text", "displayText"]).trim();
    let confidence = of.number(&["confidence"]);
    (!text.is_empty()).then(|| ForeignWord {
        stretch: Stretch { start_ms, end_ms },
        text: text.to_owned(),
        confidence: confidence.and_then(crate::draft::probability),
    })
}

fn batch(root: &Node<'_>, phrases: &Node<'_>) -> Result<Draft, Refusal> {
    let mut draft = Draft::of(Format::AzureBatch);
    draft.length_ms(length(root)?);
    for phrase in phrases.items() {
        let status = phrase.text(&["recognitionStatus"]);
        // The best of what it may have been comes first.
        let best = phrase.list("nBest").next();
        let Some(best) = best.filter(|_| matches!(status, "" | "Success")) else {
            draft.note(NoteKind::EmptyLeftOut, Some(phrase.place()));
            continue;
        };
        draft.language(Some(phrase.text(&["locale"])));
        let speaker = speaker(&mut draft, &phrase)?;
        // As it is shown, where that was asked for; else as it was heard.
        let words = best.first(&["displayWords", "words"]);
        let words = words.iter().flat_map(Node::items).filter_map(word);
        let words: Vec<ForeignWord> = words.collect();
        draft.push(Told {
            speaker,
            words,
            confidence: best.number(&["confidence"]),
            ..Told::new(
                span(&phrase)?,
                best.text(&["display", "maskedITN", "itn", "lexical"]),
                phrase.place(),
            )
        })?;
    }
    Ok(draft)
}

fn length(root: &Node<'_>) -> Result<Option<u64>, Refusal> {
    let ms = root.ms(&["durationMilliseconds"], Unit::Ms)?;
    let ticks = root.ms(&["durationInTicks", "duration"], Unit::Ticks)?;
    Ok(ms.or(ticks))
}

/// Who speaks: a number of the diarization, else the channel.
fn speaker(draft: &mut Draft, phrase: &Node<'_>) -> Result<Option<u32>, Refusal> {
    let label = phrase.label(&["speaker", "channel"]);
    draft.speaker_on(&label, Party::Unknown, phrase.channel(&["channel"]))
}

fn fast(root: &Node<'_>) -> Result<Draft, Refusal> {
    let mut draft = Draft::of(Format::AzureFast);
    draft.length_ms(length(root)?);
    for phrase in root.list("phrases") {
        draft.language(Some(phrase.text(&["locale"])));
        let speaker = speaker(&mut draft, &phrase)?;
        draft.push(Told {
            speaker,
            words: phrase.list("words").filter_map(word).collect(),
            confidence: phrase.number(&["confidence"]),
            ..Told::new(span(&phrase)?, phrase.text(&["text"]), phrase.place())
        })?;
    }
    Ok(draft)
}

fn conversation(conversations: &Node<'_>) -> Result<Draft, Refusal> {
    let mut draft = Draft::of(Format::AzureConversation);
    for conversation in conversations.items() {
        draft.language(Some(conversation.text(&["language"])));
        for item in conversation.list("conversationItems") {
            let label = item.label(&["participantId"]);
            let role = item.text(&["role"]);
            let party = match Party::of(role) {
                Party::Unknown => Party::of(&label),
                said => said,
            };
            let speaker = draft.speaker_on(&label, party, None)?;
            let words: Vec<ForeignWord> = item
                .list("audioTimings")
                .chain(item.list("wordLevelTimings"))
                .filter_map(word)
                .collect();
            let timing = item.at("conversationItemLevelTiming");
            let said = timing.as_ref().map_or(Ok(None), span)?;
            let heard = words.first().zip(words.last());
            let heard = heard.map(|(a, z)| (a.stretch.start_ms, z.stretch.end_ms));
            draft.push(Told {
                speaker,
                words,
                ..Told::new(
                    said.or(heard),
                    item.text(&["text", "itn", "lexical"]),
                    item.place(),
                )
            })?;
        }
    }
    Ok(draft)
}
