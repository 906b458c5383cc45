//! What is said in a call of the demo, character by character, and when each of them was told.

use super::Told;
use crate::text::{Certain, matched};
use anyhow::Context;
use qinting_desk::LiveHeard;
use qinting_testkit::text::{distance, letters};
use std::collections::BTreeMap;
use std::time::Duration;

/// How far the bounds of an utterance may lie from those of a line, in milliseconds.
const NEAR_MS: u64 = 300;

/// A character and when it was over, in milliseconds.
#[derive(Clone, Copy)]
struct Spoken {
    letter: char,
    at_ms: u64,
}

struct Line {
    lane: u16,
    start_ms: u64,
    end_ms: u64,
    letters: Vec<Spoken>,
}

/// The lines of a call.
pub(super) struct Script(Vec<Line>);

impl Script {
    pub(super) fn of(id: &str) -> anyhow::Result<Self> {
        let all: serde_json::Value = serde_json::from_str(include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../assets/demo/calls.json"
        )))?;
        let calls = all["calls"].as_array().context("calls")?;
        let call = calls.iter().find(|c| c["id"] == id).context("the call")?;
        let lines = call["lines"].as_array().context("lines")?;
        Ok(Self(lines.iter().filter_map(line).collect()))
    }

    /// The characters said on a lane between two moments.
    fn between(&self, lane: u16, start_ms: u64, end_ms: u64) -> Vec<Spoken> {
        let near = |l: &&Line| {
            l.lane == lane && l.start_ms < end_ms + NEAR_MS && start_ms < l.end_ms + NEAR_MS
        };
        let lines = self.0.iter().filter(near);
        lines.flat_map(|l| l.letters.iter().copied()).collect()
    }

    /// When the line that ends about there was over.
    fn end_near(&self, lane: u16, end_ms: u64) -> Option<u64> {
        let mine = self.0.iter().filter(|l| l.lane == lane);
        let ends = mine.map(|l| l.end_ms);
        ends.min_by_key(|e| e.abs_diff(end_ms))
            .filter(|e| e.abs_diff(end_ms) <= NEAR_MS)
    }
}

fn line(value: &serde_json::Value) -> Option<Line> {
    let (start_ms, end_ms) = (value["start_ms"].as_u64()?, value["end_ms"].as_u64()?);
    let text = letters(value["text"].as_str()?);
    let each = (end_ms - start_ms) as f64 / text.len().max(1) as f64;
    let spoken = |(i, letter): (usize, &char)| Spoken {
        letter: *letter,
        at_ms: start_ms + (each * (i + 1) as f64) as u64,
    };
    Some(Line {
        lane: u16::try_from(value["channel"].as_u64()?).ok()?,
        start_ms,
        end_ms,
        letters: text.iter().enumerate().map(spoken).collect(),
    })
}

/// What became of the characters.
#[derive(Default)]
pub(super) struct Shown {
    /// From spoken to first shown at all.
    pub(super) drafted: Vec<Duration>,
    /// From spoken to certain, or final.
    pub(super) certain: Vec<Duration>,
    /// From the end of an utterance to its final text.
    pub(super) finals: Vec<Duration>,
    /// Certain characters that a later draft of the utterance did not have.
    pub(super) taken_back: usize,
    /// Characters told of stretches in which nobody spoke.
    pub(super) out_of_nothing: usize,
    /// The final text by lane and time.
    texts: BTreeMap<(u16, u64), String>,
}

impl Shown {
    /// Characters of the script that the final text has wrong, and all of them.
    pub(super) fn wrong_of(&self, script: &Script) -> (usize, usize) {
        let (mut wrong, mut all) = (0, 0);
        for lane in 0..2 {
            let mine = script.0.iter().filter(|l| l.lane == lane);
            let said: Vec<char> = mine
                .flat_map(|l| l.letters.iter().map(|s| s.letter))
                .collect();
            let texts = self.texts.iter().filter(|((l, _), _)| *l == lane);
            let heard: Vec<char> = texts.flat_map(|(_, text)| letters(text)).collect();
            wrong += distance(&said, &heard);
            all += said.len();
        }
        (wrong, all)
    }
}

/// Follows every character of the script through what was told.
pub(super) fn follow(script: &Script, told: &Told) -> Shown {
    let mut shown = Shown::default();
    // By lane and moment of the character: first shown, first certain.
    let mut seen: BTreeMap<(u16, u64), (Option<Duration>, Option<Duration>)> = BTreeMap::new();
    let mut certain = Certain::default();
    for (at, heard) in told {
        match heard {
            LiveHeard::Draft {
                lane,
                utterance,
                start_ms,
                end_ms,
                committed,
                tentative,
            } => {
                let said = script.between(*lane, *start_ms, *end_ms);
                let text = letters(&format!("{committed}{tentative}"));
                if said.is_empty() {
                    shown.out_of_nothing += text.len();
                }
                let sure = letters(committed);
                for (place, spoken) in found(&said, &text, *end_ms) {
                    let (first, sure_at) = seen.entry((*lane, spoken.at_ms)).or_default();
                    first.get_or_insert(*at);
                    if place < sure.len() {
                        sure_at.get_or_insert(*at);
                    }
                }
                shown.taken_back += certain.take(*lane, *utterance, committed);
            }
            LiveHeard::Doubt {
                lane,
                start_ms,
                end_ms,
                text,
                ..
            } => {
                let said = script.between(*lane, *start_ms, *end_ms);
                let text = letters(text);
                if said.is_empty() {
                    shown.out_of_nothing += text.len();
                }
                for (_, spoken) in found(&said, &text, u64::MAX) {
                    let (first, _) = seen.entry((*lane, spoken.at_ms)).or_default();
                    first.get_or_insert(*at);
                }
            }
            LiveHeard::Final { lane, segments, .. } => {
                for segment in segments {
                    let said = script.between(*lane, segment.start_ms, segment.end_ms);
                    let text = letters(&segment.text);
                    if said.is_empty() {
                        shown.out_of_nothing += text.len();
                    }
                    for (_, spoken) in found(&said, &text, u64::MAX) {
                        let (first, sure_at) = seen.entry((*lane, spoken.at_ms)).or_default();
                        first.get_or_insert(*at);
                        sure_at.get_or_insert(*at);
                    }
                    let place = (*lane, segment.start_ms);
                    shown.texts.insert(place, segment.text.clone());
                }
                let end = segments
                    .last()
                    .and_then(|s| script.end_near(*lane, s.end_ms));
                let late = end.map(|e| at.saturating_sub(Duration::from_millis(e)));
                shown.finals.extend(late);
            }
            LiveHeard::Ready | LiveHeard::Lag { .. } | LiveHeard::Failed { .. } => {}
        }
    }
    for ((_, at_ms), (first, sure)) in seen {
        let since = |at: Option<Duration>| Some(at?.saturating_sub(Duration::from_millis(at_ms)));
        shown.drafted.extend(since(first));
        shown.certain.extend(since(sure));
    }
    shown
}

/// Characters of the script in a text made of the sound up to `end_ms`, with their place in it. What
/// the model guessed before it was spoken is no recognition and does not count.
fn found(said: &[Spoken], text: &[char], end_ms: u64) -> Vec<(usize, Spoken)> {
    let letters: Vec<char> = said.iter().map(|s| s.letter).collect();
    let pairs = matched(&letters, text).into_iter();
    let pairs = pairs.map(|(i, j)| (j, said[i]));
    pairs.filter(|(_, s)| s.at_ms <= end_ms).collect()
}
