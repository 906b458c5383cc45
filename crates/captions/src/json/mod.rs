//! JSON of engines. What it is, its keys say; each engine has a file of its own.

mod aliyun;
mod aws;
mod azure;
mod funasr;
mod google;
mod harper_valley;
mod huawei;
mod iflytek;
mod lenient;
mod node;
mod tencent;
mod timed;
mod whisper;

pub(crate) use lenient::parsed;
pub(crate) use node::{Node, WordKeys};

use crate::draft::Draft;
use crate::source::Source;
use crate::{ForeignText, NoteKind, Reason, Refusal};

/// A way to read: `None` where the document is not of that kind.
type Reader = fn(Node<'_>) -> Option<Result<Draft, Refusal>>;

/// The narrower shapes first; the last one takes lines of anybody.
const READERS: &[Reader] = &[
    aws::read,
    azure::read,
    google::read,
    tencent::read,
    iflytek::read,
    aliyun::read,
    harper_valley::read,
    huawei::read,
    funasr::read,
    whisper::read,
    timed::read,
];

/// Reads a document of JSON.
pub(crate) fn read(source: &Source) -> Result<ForeignText, Refusal> {
    let document = parsed(source.text())?;
    let root = Node::root(&document);
    let read = READERS.iter().find_map(|reader| reader(root.clone()));
    let mut draft = read.ok_or_else(|| Refusal::of(Reason::Unknown))??;
    draft.language(
        root.first(&["language", "language_code", "LanguageCode", "lang"])
            .and_then(|n| n.str()),
    );
    let mut text = draft.finish()?;
    if source.is_broken() {
        without_torn_words(&mut text)?;
    }
    Ok(text)
}

/// Whether a document is the text of a call, with places in its sound.
pub(crate) fn has_times(root: &Node<'_>) -> bool {
    let read = READERS.iter().find_map(|reader| reader(root.clone()));
    let text = read.and_then(|draft| draft.ok()?.finish().ok());
    text.is_some_and(|text| text.lines.iter().any(|line| line.stretch.is_some()))
}

/// Where bytes were torn, lines have to be whole; words that are not are left out with those around them.
fn without_torn_words(text: &mut ForeignText) -> Result<(), Refusal> {
    const TORN: char = '\u{FFFD}';
    let mut left_out = (0, None);
    for line in &mut text.lines {
        if line.text.contains(TORN) {
            return Err(Refusal::at(Reason::Encoding, line.at.clone()));
        }
        if line.words.iter().any(|word| word.text.contains(TORN)) {
            line.words.clear();
            left_out = (left_out.0 + 1, left_out.1.or(Some(line.at.clone())));
        }
    }
    if left_out.0 > 0 {
        text.notes.push(crate::Note {
            kind: NoteKind::WordsLeftOut,
            count: left_out.0,
            first: left_out.1,
        });
    }
    Ok(())
}
