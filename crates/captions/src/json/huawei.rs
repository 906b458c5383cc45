//! 华为云: speech recognition (`result` in each segment), and call inspection (`asr_text`).

use super::{Node, WordKeys};
use crate::clock::Unit;
use crate::draft::{Draft, Told};
use crate::{Format, NoteKind, Party, Reason, Refusal};

const WORDS: WordKeys = WordKeys {
    text: &["word"],
    start: &["start_time"],
    end: &["end_time"],
    confidence: &["score"],
    unit: Unit::Ms,
};

pub(super) fn read(root: Node<'_>) -> Option<Result<Draft, Refusal>> {
    let result = root.at("result").unwrap_or(root.clone());
    let holder = [&root, &result]
        .into_iter()
        .find(|h| h.at("segments").is_some());
    let Some(segments) = holder.and_then(|holder| holder.at("segments")) else {
        let status = root.text(&["status"]);
        let is_waiting = matches!(status, "WAITING" | "PROCESSING" | "ERROR");
        let is_ours = is_waiting && root.at("job_id").or_else(|| root.at("trace_id")).is_some();
        return is_ours.then(|| Err(Refusal::of(Reason::Unfinished).showing(status)));
    };
    let is_recognition = segments.lists(&["start_time", "result"]);
    let is_inspection = segments.lists(&["start_time", "asr_text"]);
    (is_recognition || is_inspection).then(|| read_segments(&root, &segments))
}

fn read_segments(root: &Node<'_>, segments: &Node<'_>) -> Result<Draft, Refusal> {
    let mut draft = Draft::of(Format::Huawei);
    for segment in segments.items() {
        if segment.value().get("is_final").and_then(|f| f.as_bool()) == Some(false) {
            draft.note(NoteKind::InterimLeftOut, Some(segment.place()));
            continue;
        }
        let said = segment.at("result").unwrap_or(segment.clone());
        let analysed = said.at("analysis_info").unwrap_or(said.clone());
        let label = [&analysed, &segment]
            .into_iter()
            .map(|node| node.label(&["role", "speaker"]))
            .find(|label| !label.is_empty())
            .unwrap_or_default();
        let (party, channel) = side(root, &label);
        let speaker = draft.speaker_on(&label, party, channel)?;
        draft.push(Told {
            speaker,
            words: said.words(&["word_info"], &WORDS, 0),
            confidence: said.number(&["score"]),
            ..Told::new(
                segment.span(WORDS.start, WORDS.end, Unit::Ms)?,
                said.text(&["asr_text", "text"]),
                segment.place(),
            )
        })?;
    }
    Ok(draft)
}

/// Who speaks on a side of the sound, where the document says it: `left_channel: 客户`.
fn side(root: &Node<'_>, label: &str) -> (Party, Option<u16>) {
    let side = |key: &str, channel| (Party::of(root.text(&[key])), Some(channel));
    match label.to_lowercase().as_str() {
        "left" | "left_channel" => side("left_channel", 0),
        "right" | "right_channel" => side("right_channel", 1),
        _ => (Party::of(label), None),
    }
}
