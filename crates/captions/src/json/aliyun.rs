//! 阿里云 录音文件识别 (asked or called back, two spellings), and the transcripts of 百炼 (DashScope).

use super::{Node, WordKeys};
use crate::clock::Unit;
use crate::draft::{Draft, Told};
use crate::{ForeignWord, Format, NoteKind, Party, Reason, Refusal};

const START: &[&str] = &["BeginTime", "begin_time"];
const END: &[&str] = &["EndTime", "end_time"];
const CHANNEL: &[&str] = &["ChannelId", "channel_id"];
const WORDS: WordKeys = WordKeys {
    text: &["Word", "word", "text"],
    start: START,
    end: END,
    confidence: &[],
    unit: Unit::Ms,
};

pub(super) fn read(root: Node<'_>) -> Option<Result<Draft, Refusal>> {
    if let Some(transcripts) = root.at("transcripts") {
        return transcripts
            .lists(&["sentences"])
            .then(|| dashscope(&root, &transcripts));
    }
    let result = root.first(&["Result", "result"]).unwrap_or(root.clone());
    let sentences = result
        .first(&["Sentences", "sentences"])
        .unwrap_or(result.clone());
    let is_ours = [START, END, CHANNEL]
        .iter()
        .all(|keys| keys.iter().any(|key| sentences.lists(&[key])));
    let status = root.text(&["StatusText", "status_text"]);
    match (is_ours, status) {
        (true, _) => Some(filetrans(&root, &result, &sentences)),
        (false, "SUCCESS_WITH_NO_VALID_FRAGMENT") => Some(Err(Refusal::of(Reason::Empty))),
        (false, "") => None,
        (false, _) if root.first(&["TaskId", "task_id"]).is_some() => {
            Some(Err(Refusal::of(Reason::Unfinished).showing(status)))
        }
        (false, _) => None,
    }
}

fn filetrans(root: &Node<'_>, result: &Node<'_>, sentences: &Node<'_>) -> Result<Draft, Refusal> {
    let mut draft = Draft::of(Format::Aliyun);
    draft.length_ms(root.ms(&["BizDuration", "biz_duration"], Unit::Ms)?);
    let mut words = Vec::new();
    for word in result.list("Words").chain(result.list("words")) {
        let channel = word.number(CHANNEL).unwrap_or_default();
        words.extend(word.word(&WORDS, 0).map(|word| (channel, word)));
    }
    // The words of all sentences are one list: each belongs to the sentence of its channel it begins in.
    words.sort_by(|(a, x), (b, y)| a.total_cmp(b).then(x.stretch.cmp(&y.stretch)));
    let mut laid = 0;
    for sentence in sentences.items() {
        let span = sentence.span(START, END, Unit::Ms)?;
        let words = span.map_or(Vec::new(), |span| {
            within(&words, sentence.number(CHANNEL).unwrap_or_default(), span)
        });
        laid += words.len();
        push(&mut draft, &sentence, span, words)?;
    }
    if laid < words.len() {
        draft.note(NoteKind::WordsLeftOut, None);
    }
    Ok(draft)
}

fn within(words: &[(f64, ForeignWord)], channel: f64, span: (u64, u64)) -> Vec<ForeignWord> {
    let start = |(on, word): &(f64, ForeignWord)| (*on, word.stretch.start_ms);
    let from = words.partition_point(|word| start(word) < (channel, span.0));
    let mine = words[from..]
        .iter()
        .take_while(|word| start(word) < (channel, span.1));
    mine.map(|(_, word)| word.clone()).collect()
}

fn push(
    draft: &mut Draft,
    sentence: &Node<'_>,
    span: Option<(u64, u64)>,
    words: Vec<ForeignWord>,
) -> Result<(), Refusal> {
    let channel = sentence.channel(CHANNEL);
    let label = sentence.label(&["SpeakerId", "speaker_id", "ChannelId", "channel_id"]);
    let speaker = draft.speaker_on(&label, Party::of(&label), channel)?;
    draft.push(Told {
        speaker,
        words,
        ..Told::new(span, sentence.text(&["Text", "text"]), sentence.place())
    })
}

fn dashscope(root: &Node<'_>, transcripts: &Node<'_>) -> Result<Draft, Refusal> {
    let mut draft = Draft::of(Format::DashScope);
    let length = root.down(&["properties"]).unwrap_or(root.clone());
    draft.length_ms(length.ms(&["original_duration_in_milliseconds"], Unit::Ms)?);
    for transcript in transcripts.items() {
        let channel = transcript.channel(CHANNEL);
        for sentence in transcript.list("sentences") {
            let label = match sentence.label(&["speaker_id"]) {
                said if said.is_empty() => transcript.label(CHANNEL),
                said => said,
            };
            let speaker = draft.speaker_on(&label, Party::of(&label), channel)?;
            draft.push(Told {
                speaker,
                words: sentence.words(&["words"], &WORDS, 0),
                ..Told::new(
                    sentence.span(START, END, Unit::Ms)?,
                    sentence.text(&["text"]),
                    sentence.place(),
                )
            })?;
        }
    }
    Ok(draft)
}
