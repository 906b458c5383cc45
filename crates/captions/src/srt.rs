//! SubRip, as leniently as players read it: numbers may be missing, hours short, points stand for commas.

use crate::cue::{self, Cue};
use crate::draft::Draft;
use crate::{ForeignText, Format, Refusal, prefix};

/// Reads cues that have no heading.
pub(crate) fn read(text: &str, format: Format) -> Result<ForeignText, Refusal> {
    let lines: Vec<&str> = text.lines().collect();
    let timed: Vec<usize> = (0..lines.len())
        .filter(|i| is_meant_as_times(&lines, *i))
        .collect();
    let mut cues = Vec::with_capacity(timed.len());
    for (nth, at) in timed.iter().enumerate() {
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let next = timed.get(nth + 1).copied();
        cues.push(Cue {
            span: cue::times(lines[*at], number)?,
            text: lines[at + 1..end_of(&lines, *at, next)].join("\n"),
            confidence: None,
            line: number,
        });
    }
    let mut draft = Draft::of(format);
    prefix::take_out(&mut draft, &mut cues)?;
    for cue in &cues {
        cue::push(&mut draft, cue)?;
    }
    draft.finish()
}

/// A line with an arrow that tells times, or should: it stands where times stand, below a number that stands
/// alone. An arrow somebody spoke of is text.
fn is_meant_as_times(lines: &[&str], at: usize) -> bool {
    let is_below_number = || at > 0 && is_number(lines[at - 1]) && starts_block(lines, at - 1);
    cue::has_arrow(lines[at]) && (cue::is_timing(lines[at]) || is_below_number())
}

/// Where the text of a cue ends: before the next one's times, and before the number above them.
fn end_of(lines: &[&str], at: usize, next: Option<usize>) -> usize {
    match next {
        Some(next) if next > at + 1 && is_number(lines[next - 1]) => next - 1,
        Some(next) => next,
        None => lines.len(),
    }
}

fn starts_block(lines: &[&str], at: usize) -> bool {
    at == 0 || lines[at - 1].trim().is_empty()
}

fn is_number(line: &str) -> bool {
    let line = line.trim().trim_start_matches('\u{FEFF}');
    !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit())
}
