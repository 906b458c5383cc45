//! Lines that begin with their time: `[00:01:02] 角色：文本`, `00:01:02 坐席: …`, `[0:0.020,0:2.380,0]  文本` of
//! 腾讯云, `[00:00.000 --> 00:04.000]  text` of Whisper's programs, and 说话人 with a time above what they say.

use crate::clock::of_clock;
use crate::draft::{Draft, Told};
use crate::prefix::{LONGEST, named};
use crate::{ForeignText, Format, NoteKind, Place, Refusal};
use qinting_domain::text::is_han;

/// A line without an end is taken to last so long for each character or word, in milliseconds, up to the next one.
const EACH_MS: u64 = 350;
/// And at least so long.
const LEAST_MS: u64 = 1_000;

/// Whether a line begins with its time, or is a name with one.
pub(crate) fn is_timed(line: &str) -> bool {
    match timed(line) {
        // Without brackets, `10:30 再打` may be anything.
        Some(found) => {
            found.is_bracketed || found.is_long || found.is_heading || named(found.rest).is_some()
        }
        None => false,
    }
}

/// What a line with a time tells.
struct Timed<'t> {
    start_ms: u64,
    end_ms: Option<u64>,
    speaker: Option<&'t str>,
    rest: &'t str,
    is_bracketed: bool,
    /// Hours, minutes and seconds.
    is_long: bool,
    /// Name and time, and what is said stands below.
    is_heading: bool,
}

/// Reads such a text.
pub(crate) fn read(text: &str) -> Result<ForeignText, Refusal> {
    let mut draft = Draft::of(Format::PlainLines);
    read_into(&mut draft, text, &|line| Place::Line(line))?;
    draft.finish()
}

/// Reads such lines into a text; `at` names the place of a line.
pub(crate) fn read_into(
    draft: &mut Draft,
    text: &str,
    at: &dyn Fn(u32) -> Place,
) -> Result<(), Refusal> {
    let mut lines: Vec<(Told, Option<u64>)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        match timed(line).filter(|_| is_timed(line)) {
            Some(found) => {
                let (speaker, words) = match found.speaker {
                    Some(speaker) => (Some(speaker), found.rest),
                    None => named(found.rest).map_or((None, found.rest), |(n, r)| (Some(n), r)),
                };
                let span = Some((found.start_ms, found.end_ms.unwrap_or(found.start_ms)));
                let speaker = draft.speaker(speaker.unwrap_or_default())?;
                let told = Told {
                    speaker,
                    ..Told::new(span, words, at(number))
                };
                lines.push((told, found.end_ms));
            }
            // What has no time goes on with what was said before it.
            None => {
                if let Some((told, _)) = lines.last_mut() {
                    told.text.push('\n');
                    told.text.push_str(line);
                } else if !line.trim().is_empty() {
                    let told = Told::new(None, line, at(number));
                    draft.push(told)?;
                }
            }
        }
    }
    push(draft, lines)
}

/// Takes the lines; those without an end get one.
fn push(draft: &mut Draft, lines: Vec<(Told, Option<u64>)>) -> Result<(), Refusal> {
    let starts: Vec<u64> = lines
        .iter()
        .filter_map(|(told, _)| told.span)
        .map(|s| s.0)
        .collect();
    for (nth, (mut told, end)) in lines.into_iter().enumerate() {
        if let (Some((start, _)), None) = (told.span, end) {
            let lasts = (weight(&told.text) * EACH_MS).max(LEAST_MS);
            let next = starts.get(nth + 1).copied().filter(|next| *next > start);
            let end = (start + lasts).min(next.unwrap_or(u64::MAX));
            told.span = Some((start, end));
            draft.note(NoteKind::EndsReckoned, Some(told.at.clone()));
        }
        draft.push(told)?;
    }
    Ok(())
}

/// Characters of Chinese and words of Latin.
fn weight(text: &str) -> u64 {
    let han = text.chars().filter(|c| is_han(*c)).count();
    let words = text
        .split(|c: char| !c.is_alphanumeric() || is_han(c))
        .filter(|word| !word.is_empty());
    (han + words.count()) as u64
}

fn timed(line: &str) -> Option<Timed<'_>> {
    let line = line.trim();
    bracketed(line)
        .or_else(|| bare(line))
        .or_else(|| heading(line))
}

/// `[00:01:02]`, `[0:0.020,0:2.380,0]`, `[00:00.000 --> 00:04.000]`, `【00:01】`, `(00:01)`.
fn bracketed(line: &str) -> Option<Timed<'_>> {
    let inside = line.strip_prefix(['[', '【', '(', '（'])?;
    let (times, rest) = inside.split_once([']', '】', ')', '）'])?;
    let (start, end, speaker) = match times.split_once("-->") {
        Some((start, end)) => (start, Some(end), None),
        None => pair(times),
    };
    let end_ms = match end {
        Some(end) => Some(of_clock(end.trim())?),
        None => None,
    };
    Some(Timed {
        start_ms: of_clock(start.trim())?,
        end_ms,
        speaker: speaker.map(str::trim).filter(|s| !s.is_empty()),
        rest: rest.trim(),
        is_bracketed: true,
        is_long: false,
        is_heading: false,
    })
}

/// One time, or two and a speaker between commas. A comma may also stand before thousandths, which are three.
fn pair(times: &str) -> (&str, Option<&str>, Option<&str>) {
    let mut parts = times.split(',');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(start), Some(end), speaker) if of_clock(end.trim()).is_some() => {
            (start, Some(end), speaker)
        }
        _ => match times.split_once(['-', '~', '–', '—']) {
            Some((start, end)) => (start, Some(end.trim_start_matches(['-', '–', '—'])), None),
            None => (times, None, None),
        },
    }
}

/// `00:01:02 坐席: …`
fn bare(line: &str) -> Option<Timed<'_>> {
    let (time, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    Some(Timed {
        start_ms: of_clock(time)?,
        end_ms: None,
        speaker: None,
        rest: rest.trim(),
        is_bracketed: false,
        is_long: time.matches([':', '：']).count() > 1,
        is_heading: false,
    })
}

/// `说话人1 00:12`, with the words below it.
fn heading(line: &str) -> Option<Timed<'_>> {
    let (name, time) = line.rsplit_once(char::is_whitespace)?;
    let (name, time) = (
        name.trim(),
        time.trim_matches(['(', ')', '（', '）', '[', ']']),
    );
    let is_name = !name.is_empty()
        && name.chars().count() <= LONGEST
        && name.chars().any(char::is_alphabetic)
        && !name.contains(['，', '。', ',', '.', '？', '?', ':', '：']);
    Some(Timed {
        start_ms: of_clock(time).filter(|_| is_name)?,
        end_ms: None,
        speaker: Some(name),
        rest: "",
        is_bracketed: false,
        is_long: false,
        is_heading: true,
    })
}
