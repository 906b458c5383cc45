//! WebVTT (W3C, <https://www.w3.org/TR/webvtt1/>): blocks parted by empty lines, of which cues are text. A cue that
//! cannot be read is refused with its line where a browser would leave it out in silence.

use crate::cue::{self, Cue};
use crate::draft::Draft;
use crate::{ForeignText, Format, NoteKind, Place, Refusal, prefix};

/// Reads a text that begins with `WEBVTT`.
pub(crate) fn read(text: &str) -> Result<ForeignText, Refusal> {
    let mut draft = Draft::of(Format::WebVtt);
    let mut cues = Vec::new();
    let mut confidence = None;
    let lines: Vec<&str> = text.trim_start_matches('\u{FEFF}').lines().collect();
    let mut at = heading(&lines, &mut draft);
    while at < lines.len() {
        let block = block_at(&lines, at);
        let timed = block.clone().find(|i| cue::has_arrow(lines[*i]));
        let is_remark = lines.get(block.start).is_none_or(|first| is_remark(first));
        match timed {
            Some(timed) if !is_remark => {
                let number = number_of(timed);
                cues.push(Cue {
                    span: cue::times(lines[timed], number)?,
                    text: lines[timed + 1..block.end].join("\n"),
                    confidence: confidence.take(),
                    line: number,
                });
            }
            _ => {
                let remark = lines[block.clone()].join(" ");
                confidence = confidence.or(said(&remark, "Confidence:"));
                draft.language(said_word(&remark, "language:"));
                if !is_remark {
                    draft.note(
                        NoteKind::BlocksLeftOut,
                        Some(Place::Line(number_of(block.start))),
                    );
                }
            }
        }
        at = block.end.max(at + 1);
    }
    prefix::take_out(&mut draft, &mut cues)?;
    for cue in &cues {
        cue::push(&mut draft, cue)?;
    }
    draft.finish()
}

/// Reads the lines below `WEBVTT`, up to the first empty one; where the blocks begin.
fn heading(lines: &[&str], draft: &mut Draft) -> usize {
    let end = lines
        .iter()
        .position(|line| line.trim().is_empty() || cue::is_timing(line));
    let end = end.unwrap_or(lines.len());
    for line in &lines[..end] {
        draft.language(said_word(line, "Language:"));
    }
    end
}

/// The lines from there to the next empty one.
fn block_at(lines: &[&str], at: usize) -> std::ops::Range<usize> {
    let start = (at..lines.len()).find(|i| !lines[*i].trim().is_empty());
    let start = start.unwrap_or(lines.len());
    // Two lines of times without an empty one between them are two cues.
    let is_end = |i: &usize| {
        let line = lines[*i];
        let is_next = *i > start + 1 || cue::is_timing(lines[start]);
        line.trim().is_empty() || (*i > start && is_next && cue::is_timing(line))
    };
    let end = (start..lines.len()).find(is_end);
    start..end.unwrap_or(lines.len())
}

/// A block that is no cue, whatever stands in it.
fn is_remark(first: &str) -> bool {
    let word = first.split_whitespace().next().unwrap_or_default();
    matches!(word, "NOTE" | "STYLE" | "REGION") && !cue::is_timing(first)
}

/// A number a remark tells: `NOTE Confidence: 0.89`, as Microsoft's services write above each cue.
fn said(remark: &str, key: &str) -> Option<f64> {
    said_word(remark, key)?.parse().ok()
}

fn said_word<'t>(remark: &'t str, key: &str) -> Option<&'t str> {
    let (_, rest) = remark.split_once(key)?;
    rest.split_whitespace().next()
}

fn number_of(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}
