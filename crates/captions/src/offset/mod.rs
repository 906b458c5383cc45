//! How much earlier or later a text lies than the sound, and who of it speaks on which lane: where speech was heard
//! and where lines lie overlap most. Nothing is decided here; it is shown to a person before a text is taken.

mod overlap;
#[cfg(test)]
mod tests;

use crate::{ForeignText, Stretch};
use overlap::{REACH, STEP_MS, Spans, overlaps};
use serde::{Deserialize, Serialize};

/// More speakers are not told apart: those who say most are.
const MOST_SPEAKERS: usize = 8;
/// Another place this near the best one is the same place, in milliseconds.
const NEAR_MS: i64 = 1_500;
/// Where lying as it is is so nearly the best, it stays, in thousandths of all that is said.
const AS_IT_IS: f64 = 0.01;
/// So little below the best is as good.
const AS_GOOD: f64 = 0.002;
/// By so much, of what they say, a speaker has to fit one lane better than the other.
const CLEARLY: f64 = 0.2;
/// Lengths that differ by less agree: in milliseconds, and in parts of the recording.
const LENGTHS_AGREE: (u64, u64) = (2_000, 50);

/// How a text may lie on a recording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// How much later its lines are than they say, in milliseconds.
    pub offset_ms: i64,
    /// How sure that is, 0–1000: how much of what is said falls on speech, how far the next best place is behind, and
    /// how much there is to go by.
    pub confidence: u16,
    /// How much of its lines falls on speech there, in thousandths.
    pub fit: u16,
    /// The lane each speaker is heard on, by place in [`ForeignText::speakers`]; `None`: on no one in particular.
    pub lanes: Vec<Option<u16>>,
}

/// Where a text best lies on a recording of `length_ms`, given where speech was heard on each lane, up to a minute
/// earlier or later than it says, or than it would where its clock begins with the sound. `None`: it has no times,
/// nobody speaks, or no place is better than chance.
pub fn suggest(text: &ForeignText, speech: &[Vec<Stretch>], length_ms: u64) -> Option<Suggestion> {
    let voices = voices(text);
    let lanes = lanes(speech, length_ms)?;
    let said: i64 = voices.iter().map(|(_, spans)| spans.length()).sum();
    if said == 0 {
        return None;
    }
    let mut bases = vec![0];
    if text.begins_ms > 0 {
        bases.push(-(text.begins_ms as i64) / STEP_MS);
    }
    let tried: Vec<Tried> = bases
        .into_iter()
        .map(|base| Tried::of(&voices, &lanes, base))
        .collect();
    let best = best(&tried, said)?;
    Some(told(text, &tried, best, said))
}

/// Everybody who speaks, those without a name as one, the most talkative first.
fn voices(text: &ForeignText) -> Vec<(Option<u32>, Spans)> {
    let mut stretches: Vec<(Option<u32>, Vec<Stretch>)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for line in &text.lines {
        if let Some(stretch) = line.stretch {
            let at = *places.entry(line.speaker).or_insert_with(|| {
                stretches.push((line.speaker, Vec::new()));
                stretches.len() - 1
            });
            stretches[at].1.push(stretch);
        }
    }
    let mut voices: Vec<_> = stretches
        .into_iter()
        .map(|(speaker, all)| (speaker, Spans::of(&all)))
        .collect();
    voices.sort_by_key(|(_, spans)| std::cmp::Reverse(spans.length()));
    voices.truncate(MOST_SPEAKERS);
    voices
}

/// A lane and how much of the recording is speech on it; `None` of it is all lanes together.
struct Lane {
    number: Option<u16>,
    spans: Spans,
    share: f64,
}

fn lanes(speech: &[Vec<Stretch>], length_ms: u64) -> Option<Vec<Lane>> {
    let length = (length_ms as i64 / STEP_MS).max(1) as f64;
    let lane = |number: Option<u16>, stretches: &[Stretch]| {
        let spans = Spans::of(stretches);
        let share = (spans.length() as f64 / length).min(1.0);
        Lane {
            number,
            spans,
            share,
        }
    };
    let together: Vec<Stretch> = speech.iter().flatten().copied().collect();
    let mut lanes: Vec<Lane> = match speech.len() {
        0 | 1 => Vec::new(),
        _ => (0..)
            .zip(speech)
            .map(|(number, s)| lane(Some(number), s))
            .collect(),
    };
    lanes.push(lane(None, &together));
    (!together.is_empty()).then_some(lanes)
}

/// What was found for every place around one.
struct Tried {
    /// The place in the middle, in steps.
    base: i64,
    /// By voice, then by lane: overlap and what of it is more than chance, for each place.
    voices: Vec<Voice>,
    /// What is more than chance, of all voices on their best lanes.
    totals: Vec<f64>,
}

struct Voice {
    speaker: Option<u32>,
    length: f64,
    lanes: Vec<(Option<u16>, Vec<i64>, f64)>,
}

impl Voice {
    /// Overlap with a lane beyond what any lines of that length would have.
    fn gain(&self, lane: usize, place: usize) -> f64 {
        let (_, overlaps, share) = &self.lanes[lane];
        overlaps[place] as f64 - self.length * share
    }

    /// The lane it fits best, and the gain there.
    fn best(&self, place: usize) -> (usize, f64) {
        let gains = (0..self.lanes.len()).map(|lane| (lane, self.gain(lane, place)));
        gains.fold(
            (0, f64::MIN),
            |best, one| if one.1 > best.1 { one } else { best },
        )
    }
}

impl Tried {
    fn of(voices: &[(Option<u32>, Spans)], lanes: &[Lane], base: i64) -> Self {
        let voices: Vec<Voice> = voices
            .iter()
            .map(|(speaker, spans)| Voice {
                speaker: *speaker,
                length: spans.length() as f64,
                lanes: lanes
                    .iter()
                    .map(|lane| (lane.number, overlaps(spans, &lane.spans, base), lane.share))
                    .collect(),
            })
            .collect();
        let total = |place| voices.iter().map(|voice| voice.best(place).1).sum();
        let totals = (0..=2 * REACH as usize).map(total).collect();
        Self {
            base,
            voices,
            totals,
        }
    }

    /// How much later the lines are at a place, in steps.
    fn shift(&self, place: usize) -> i64 {
        self.base + place as i64 - REACH
    }
}

/// The best place: which of those tried, and where in it. Where the text lies as it is, if that is nearly as good.
fn best(tried: &[Tried], said: i64) -> Option<(usize, usize)> {
    let said = said as f64;
    let mut best = (0, 0, f64::MIN);
    for (at, one) in tried.iter().enumerate() {
        for (place, total) in one.totals.iter().enumerate() {
            if *total > best.2 {
                best = (at, place, *total);
            }
        }
    }
    let (at, place, top) = best;
    if top <= 0.0 {
        return None;
    }
    let as_it_is = REACH as usize;
    if tried[0].totals[as_it_is] >= top - said * AS_IT_IS {
        return Some((0, as_it_is));
    }
    // The middle of all that is as good: lines that reach beyond what was said have room on both sides.
    let is_as_good = |place: &usize| tried[at].totals[*place] >= top - said * AS_GOOD;
    let from = (0..=place).rev().take_while(is_as_good).last();
    let to = (place..tried[at].totals.len())
        .take_while(is_as_good)
        .last();
    Some((at, (from.unwrap_or(place) + to.unwrap_or(place)) / 2))
}

fn told(text: &ForeignText, tried: &[Tried], (at, place): (usize, usize), said: i64) -> Suggestion {
    let one = &tried[at];
    let shift = one.shift(place);
    let mut lanes = vec![None; text.speakers.len()];
    let mut on_speech = 0;
    for voice in &one.voices {
        let (best, gain) = voice.best(place);
        let (number, overlaps, _) = &voice.lanes[best];
        on_speech += overlaps[place];
        let others = (0..voice.lanes.len()).filter(|l| *l != best && voice.lanes[*l].0.is_some());
        let next = others
            .map(|lane| voice.gain(lane, place))
            .fold(f64::MIN, f64::max);
        let is_clear = gain - next >= voice.length * CLEARLY;
        if let (Some(speaker), Some(number), true) = (voice.speaker, number, is_clear) {
            lanes[speaker as usize] = Some(*number);
        }
    }
    let fit = (on_speech as f64 / said as f64).clamp(0.0, 1.0);
    let lines = text
        .lines
        .iter()
        .filter(|line| line.stretch.is_some())
        .count();
    let evidence = (lines as f64 / 8.0).min(1.0) * ((said * STEP_MS) as f64 / 10_000.0).min(1.0);
    let sure = ((fit - 0.4) / 0.4).clamp(0.0, 1.0)
        * (ahead(tried, shift, one.totals[place]) / 0.25).clamp(0.0, 1.0)
        * evidence;
    Suggestion {
        offset_ms: shift * STEP_MS,
        confidence: (sure * 1_000.0).round() as u16,
        fit: (fit * 1_000.0).round() as u16,
        lanes,
    }
}

/// How far the best place is ahead of the next best that is another one, as a part of the best.
fn ahead(tried: &[Tried], shift: i64, top: f64) -> f64 {
    let mut next: f64 = 0.0;
    for one in tried {
        for (place, total) in one.totals.iter().enumerate() {
            if (one.shift(place) - shift).abs() * STEP_MS > NEAR_MS {
                next = next.max(*total);
            }
        }
    }
    (top - next) / top
}

/// A text that is longer than the recording, or was made of a sound of another length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LengthConflict {
    /// How long the text says its sound is, or where its last line would end, in milliseconds.
    pub text_ms: u64,
    /// How long the recording is, in milliseconds.
    pub recording_ms: u64,
}

/// Whether a text and a recording contradict each other in length, the text lying `offset_ms` later than it says.
pub fn length_conflict(
    text: &ForeignText,
    offset_ms: i64,
    recording_ms: u64,
) -> Option<LengthConflict> {
    let conflict = |text_ms| LengthConflict {
        text_ms,
        recording_ms,
    };
    let agree = LENGTHS_AGREE.0.max(recording_ms / LENGTHS_AGREE.1);
    let said = text
        .length_ms
        .filter(|said| said.abs_diff(recording_ms) > agree);
    let ends = text
        .ends_ms()
        .map(|end| end.saturating_add_signed(offset_ms));
    let over = ends.filter(|end| *end > recording_ms + LENGTHS_AGREE.0);
    said.or(over).map(conflict)
}
