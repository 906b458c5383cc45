//! `qinting mark`

use crate::answer::Answer;
use crate::args::Mark;
use crate::{find, screen};
use qinting_desk::{
    AppError, AppResult, AtDesk, MarkRequest, ObservationView, Span, codes, text_in,
};
use qinting_domain::{Anchor, Axis, ObservationKind, Tag};
use qinting_export::{labels, moment};
use serde::Serialize;
use std::io::Read;

/// Read of standard input at most: more than any note that is accepted.
const MOST_BYTES: u64 = 1 << 20;

#[derive(Serialize)]
struct Marked {
    observation: Moment,
}

/// An observation as answers show it.
#[derive(Serialize)]
pub(crate) struct Moment {
    id: String,
    case_id: String,
    pub case_title: String,
    pub place: String,
    anchor: Anchor,
    start_ms: u64,
    end_ms: u64,
    pub kind: ObservationKind,
    axis: Axis,
    severity: u8,
    tags: Vec<String>,
    pub text: String,
    pub quote: String,
    pub author: String,
    link: String,
}

impl Moment {
    pub fn new(view: ObservationView, known: &[Tag]) -> Self {
        let o = view.observation;
        let names = o
            .tags
            .iter()
            .filter_map(|id| known.iter().find(|t| t.id == *id));
        Self {
            link: moment::link(&o),
            id: o.id.to_string(),
            case_id: o.case_id.to_string(),
            case_title: view.case_title,
            place: moment::place(&o),
            anchor: o.anchor,
            start_ms: o.start_ms,
            end_ms: o.end_ms,
            kind: o.kind,
            axis: o.axis,
            severity: o.severity,
            tags: names.map(|t| t.name.clone()).collect(),
            text: o.text,
            quote: o.quote,
            author: view.author,
        }
    }
}

pub(crate) fn run(at_desk: &AtDesk, args: Mark) -> AppResult<Answer> {
    let case = find::case(at_desk, &args.case)?;
    let recording = find::recording(at_desk, case)?;
    let at = args.place.at.unwrap_or(0);
    // Past the end the window's player cannot stand; here it is a slip of the finger.
    if at > recording.duration_ms {
        return Err(AppError::new(codes::INVALID).with("field", "at"));
    }
    let anchor = match args.place.turn {
        Some(turns) => Anchor::Turns(turns),
        None if args.place.whole => Anchor::Whole,
        None => Anchor::Sound,
    };
    let view = at_desk.mark(MarkRequest {
        // The moment is named, not pressed: no reaction lag.
        lag_ms: Some(0),
        kind: Some(args.kind.into()),
        tags: find::tags(at_desk, &args.tags)?,
        range: args.to.map(|end_ms| Span {
            start_ms: at,
            end_ms,
        }),
        anchor: Some(anchor),
        text: note(args.note)?,
        ..MarkRequest::at(recording.id, at)
    })?;
    let marked = Marked {
        observation: Moment::new(view, &at_desk.list_tags(())?),
    };
    Answer::new(&marked, text(&marked.observation))
}

/// A note from the command line, or all of standard input.
fn note(given: Option<String>) -> AppResult<Option<String>> {
    if given.as_deref() != Some("-") {
        return Ok(given);
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin()
        .lock()
        .take(MOST_BYTES)
        .read_to_end(&mut bytes);
    read.map_err(|e| {
        AppError::new(codes::INVALID)
            .with("field", "note")
            .because(e)
    })?;
    let text = text_in::read(&bytes)?;
    // The line end that `echo` writes is not part of the note.
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Ok(Some(text.strip_suffix('\r').unwrap_or(text).to_owned()))
}

fn text(m: &Moment) -> String {
    let tags = m
        .tags
        .iter()
        .map(|t| screen::line(t))
        .collect::<Vec<_>>()
        .join("、");
    let mut out = format!(
        "已标记 {}  {}  {tags}\n{}\n",
        m.place,
        labels::kind(m.kind),
        m.link
    );
    for words in [&m.text, &m.quote] {
        if !words.is_empty() {
            out.push_str(&format!("  {}\n", screen::short(words, 76)));
        }
    }
    out
}
