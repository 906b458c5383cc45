//! Praat's TextGrid, long and short (the manual of Praat, "TextGrid file formats"): tiers of intervals. Tiers of
//! words become lines, tiers of sounds are left out; where there is none of words, each tier is somebody who speaks.

mod tokens;

use crate::clock::{Unit, of_number};
use crate::cut::{self, Spoken};
use crate::draft::{Draft, Told};
use crate::{ForeignText, ForeignWord, Format, NoteKind, Place, Reason, Refusal, Stretch};
use tokens::Tokens;

/// A tier of intervals.
struct Tier {
    name: String,
    line: u32,
    intervals: Vec<Interval>,
}

struct Interval {
    span: (f64, f64),
    text: String,
    line: u32,
}

/// What a tier holds, by its name.
#[derive(Clone, Copy, PartialEq)]
enum Holds {
    Words,
    Sounds,
    Lines,
}

/// Reads a TextGrid.
pub(crate) fn read(text: &str) -> Result<ForeignText, Refusal> {
    let mut tokens = Tokens::of(text);
    let (span, tiers, left_out) = tiers(&mut tokens)?;
    let mut draft = Draft::of(Format::TextGrid);
    let begins_ms = ms(span.0, 0)?;
    draft.begins_ms(begins_ms);
    draft.length_ms(Some(ms(span.1, 0)?.saturating_sub(begins_ms)));
    let has_words = tiers.iter().any(|tier| holds(&tier.name) == Holds::Words);
    let wanted = match has_words {
        true => Holds::Words,
        false => Holds::Lines,
    };
    for line in left_out {
        draft.note(NoteKind::TiersLeftOut, Some(Place::Line(line)));
    }
    let mut words = Vec::new();
    for tier in tiers {
        match holds(&tier.name) == wanted {
            true if has_words => words.push(spoken(&mut draft, &tier)?),
            true => push_lines(&mut draft, &tier)?,
            false if tier.intervals.iter().all(|i| is_silence(&i.text)) => {}
            false => draft.note(NoteKind::TiersLeftOut, Some(Place::Line(tier.line))),
        }
    }
    for (at, words) in words {
        cut::lines(&mut draft, words, &at)?;
    }
    draft.finish()
}

/// Start and end of the whole, its tiers of intervals, and the lines of tiers of points.
type Grid = ((f64, f64), Vec<Tier>, Vec<u32>);

fn tiers(tokens: &mut Tokens<'_>) -> Result<Grid, Refusal> {
    // The heading: what it is, twice.
    tokens.text()?;
    tokens.text()?;
    let span = (tokens.number()?, tokens.number()?);
    if !tokens.flag()? {
        return Ok((span, Vec::new(), Vec::new()));
    }
    let (mut tiers, mut points) = (Vec::new(), Vec::new());
    for _ in 0..tokens.count()? {
        let (class, line) = tokens.text()?;
        let (name, _) = tokens.text()?;
        tokens.number()?;
        tokens.number()?;
        let count = tokens.count()?;
        if class != "IntervalTier" {
            for _ in 0..count {
                tokens.number()?;
                tokens.text()?;
            }
            points.push(line);
            continue;
        }
        let mut intervals = Vec::new();
        for _ in 0..count {
            let span = (tokens.number()?, tokens.number()?);
            let (text, line) = tokens.text()?;
            intervals.push(Interval { span, text, line });
        }
        tiers.push(Tier {
            name,
            line,
            intervals,
        });
    }
    Ok((span, tiers, points))
}

fn push_lines(draft: &mut Draft, tier: &Tier) -> Result<(), Refusal> {
    let speaker = draft.speaker(&tier.name)?;
    let said = tier.intervals.iter().filter(|i| !is_silence(&i.text));
    for interval in said {
        let span = (
            ms(interval.span.0, interval.line)?,
            ms(interval.span.1, interval.line)?,
        );
        draft.push(Told {
            speaker,
            ..Told::new(Some(span), &*interval.text, Place::Line(interval.line))
        })?;
    }
    Ok(())
}

fn spoken(draft: &mut Draft, tier: &Tier) -> Result<(Place, Vec<Spoken>), Refusal> {
    let speaker = draft.speaker(speaker_of(&tier.name))?;
    let mut words = Vec::new();
    for interval in tier.intervals.iter().filter(|i| !is_silence(&i.text)) {
        let start_ms = ms(interval.span.0, interval.line)?;
        let end_ms = ms(interval.span.1, interval.line)?;
        if end_ms < start_ms {
            let at = Place::Line(interval.line);
            return Err(Refusal::at(Reason::EndBeforeStart, at));
        }
        let word = ForeignWord {
            stretch: Stretch { start_ms, end_ms },
            text: interval.text.trim().into(),
            confidence: None,
        };
        words.push(Spoken { speaker, word });
    }
    Ok((Place::Line(tier.line), words))
}

fn ms(seconds: f64, line: u32) -> Result<u64, Refusal> {
    let refused = || Refusal::at(Reason::Time, Place::Line(line)).showing(&seconds.to_string());
    of_number(seconds, Unit::Seconds).ok_or_else(refused)
}

/// `words`, `michael - words`, `word_zh` hold words; `phones` sounds.
fn holds(name: &str) -> Holds {
    let name = name.to_lowercase();
    let parts = || name.split(|c: char| !c.is_alphanumeric());
    let is = |all: &[&str]| parts().any(|part| all.contains(&part));
    if is(&["word", "words", "词", "单词"]) {
        Holds::Words
    } else if is(&[
        "phone",
        "phones",
        "phoneme",
        "phonemes",
        "phn",
        "syllable",
        "syllables",
        "tone",
        "tones",
        "音素",
        "音节",
        "声调",
        "pinyin",
        "拼音",
    ]) {
        Holds::Sounds
    } else {
        Holds::Lines
    }
}

/// Who speaks in a tier of words: what stands beside the word for words, as the Montreal Forced Aligner names them.
fn speaker_of(name: &str) -> &str {
    match name.rsplit_once(" - ") {
        Some((speaker, kind)) if holds(kind) == Holds::Words => speaker,
        _ => "",
    }
}

/// What aligners write where nobody speaks.
fn is_silence(text: &str) -> bool {
    matches!(
        text.trim().to_lowercase().as_str(),
        "" | "." | "sil" | "sp" | "spn" | "ns" | "<eps>" | "<sil>" | "[sil]" | "{sl}" | "{ns}"
    )
}
