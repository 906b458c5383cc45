//! From who speaks when to times and counts.
//!
//! - *Overtalk*: both speak at once for 200 ms or more; whose word came later began it. Under 200 ms is the seam of
//!   two turns.
//! - *A backchannel* (嗯, 对对): less than a second, while the other one goes on around it with less than a turn's
//!   pause. It ends nobody's monologue, and nobody responds to it. A short answer before the other one goes on at once
//!   looks the same, and is taken for one.
//! - *A monologue* lasts from its first to its last sound: one pauses less than two seconds, and the other one says
//!   nothing but backchannels.
//! - *A response* is when one begins after the other has ended: the time between the two in which nobody speaks. Who
//!   begins while the other speaks does not respond, and a hold between is no waiting.
//! - *A hold* that is only possible is told, and not counted.
//! - In a *gap* (paused, lost, unreadable) nothing is known: it is no silence, ends a monologue, and is no waiting.
//! - Where there is no lane for each side, what belongs to a side is not known, and is never 0.

use super::stretches::{longest, outside, shared, total_ms, without};
use super::{Acoustics, HoldSign, LaneAcoustics, Loudness, OnHold, Stretch};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Both speak at once for this long: overtalk, in milliseconds.
pub const OVERTALK_MS: u64 = 200;
/// Who began within so much of the other did not come in while that one spoke, in milliseconds.
const TOGETHER_MS: u64 = 100;
/// Shorter than this a word beside the other's turn is a backchannel, in milliseconds.
pub const BACKCHANNEL_MS: u64 = 1_000;
/// A pause this long ends a turn, in milliseconds.
pub const TURN_PAUSE_MS: u64 = 2_000;

/// Both sides speak at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Overtalk {
    /// When.
    #[serde(flatten)]
    pub stretch: Stretch,
    /// The channel that came in while the other spoke; `None` where both began together.
    pub begun_by: Option<u16>,
}

/// How long one lets the other wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Response {
    /// How often one responded.
    pub count: u32,
    /// The median, in milliseconds.
    #[ts(type = "number")]
    pub median_ms: u64,
    /// The longest time, from the end of the other's turn to the beginning of one's own.
    pub worst: Stretch,
}

/// The figures of one side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LaneFigures {
    /// How long one speaks, in milliseconds.
    #[ts(type = "number")]
    pub talk_ms: u64,
    /// Of all that both say, in thousandths; `None` where nobody speaks.
    pub talk_permille: Option<u16>,
    /// How long one has the floor alone, in milliseconds. With the other's, overtalk, silence and what is missing it
    /// makes the length of the recording.
    #[ts(type = "number")]
    pub alone_ms: u64,
    /// The longest monologue.
    pub longest_monologue: Option<Stretch>,
    /// How long one lets the other wait; `None` where one never responds.
    pub response: Option<Response>,
    /// How often one came in while the other spoke.
    pub overtalk_begun: u32,
}

/// What is known where there is a lane for each side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TwoSides {
    /// By channel.
    pub lanes: [LaneFigures; 2],
    /// Where both speak at once, in time order.
    pub overtalk: Vec<Overtalk>,
    /// Its length together, in milliseconds.
    #[ts(type = "number")]
    pub overtalk_ms: u64,
}

/// What the sound of a recording tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SoundFigures {
    /// Length of the recording in milliseconds.
    #[ts(type = "number")]
    pub length_ms: u64,
    /// How long anybody speaks, in milliseconds.
    #[ts(type = "number")]
    pub speech_ms: u64,
    /// How long nobody does, in milliseconds. Holds are part of it.
    #[ts(type = "number")]
    pub silence_ms: u64,
    /// The longest time in which nobody speaks.
    pub longest_silence: Option<Stretch>,
    /// Where somebody was put on hold.
    pub holds: Vec<OnHold>,
    /// Length of those that are certain together, in milliseconds.
    #[ts(type = "number")]
    pub hold_ms: u64,
    /// How long there is no sound of the call, in milliseconds: paused, lost, or unreadable. With speech and silence it
    /// makes the length.
    #[ts(type = "number")]
    pub missing_ms: u64,
    /// By channel.
    pub loudness: Vec<Loudness>,
    /// What belongs to a side; `None` where there is no lane for each: that is not known.
    pub sides: Option<TwoSides>,
}

impl SoundFigures {
    /// What follows from what was measured.
    pub fn of(measured: &Acoustics) -> Self {
        let no_lane = LaneAcoustics::default();
        let lane = |n: usize| measured.lanes.get(n).unwrap_or(&no_lane);
        let speech = [lane(0).speech.as_slice(), lane(1).speech.as_slice()];
        let silences = outside(speech[0], speech[1], measured.length_ms);
        let silences = without(&silences, &measured.gaps);
        let (silence_ms, missing_ms) = (total_ms(&silences), total_ms(&measured.gaps));
        let certain = measured.holds.iter();
        let certain = certain.filter(|h| h.sign != HoldSign::Possible);
        let is_two = measured.lanes.len() == 2;
        Self {
            length_ms: measured.length_ms,
            speech_ms: measured.length_ms - silence_ms - missing_ms,
            silence_ms,
            longest_silence: longest(silences),
            hold_ms: certain.map(|h| h.stretch.len_ms()).sum(),
            missing_ms,
            holds: measured.holds.clone(),
            loudness: measured.lanes.iter().map(|lane| lane.loudness).collect(),
            sides: is_two.then(|| TwoSides::of(speech, measured)),
        }
    }
}

impl TwoSides {
    fn of(speech: [&[Stretch]; 2], measured: &Acoustics) -> Self {
        let gaps = measured.gaps.as_slice();
        let mut no_waiting: Vec<Stretch> = measured.holds.iter().map(|h| h.stretch).collect();
        no_waiting.extend(gaps);
        let talk_ms = speech.map(total_ms);
        let mut alone_ms = talk_ms;
        let mut overtalk = Vec::new();
        for (both, i, j) in shared(speech[0], speech[1]) {
            let begun = [speech[0][i].start_ms, speech[1][j].start_ms];
            let later = usize::from(begun[1] > begun[0]);
            if both.len_ms() < OVERTALK_MS {
                // The seam of two turns is the one's who had the floor.
                alone_ms[later] -= both.len_ms();
                continue;
            }
            alone_ms = alone_ms.map(|ms| ms - both.len_ms());
            overtalk.push(Overtalk {
                stretch: both,
                begun_by: (begun[0].abs_diff(begun[1]) >= TOGETHER_MS).then_some(later as u16),
            });
        }
        let turns = [0, 1].map(|lane| turns_of(speech[lane], speech[1 - lane]));
        let lane = |n: usize| LaneFigures {
            talk_ms: talk_ms[n],
            talk_permille: share(talk_ms[n], talk_ms[0] + talk_ms[1]),
            alone_ms: alone_ms[n],
            longest_monologue: longest(monologues(&turns[n], &turns[1 - n], gaps)),
            response: Response::of(&waits(&turns[n], &turns[1 - n], &no_waiting)),
            overtalk_begun: overtalk
                .iter()
                .filter(|o| o.begun_by == Some(n as u16))
                .count() as u32,
        };
        Self {
            lanes: [lane(0), lane(1)],
            overtalk_ms: overtalk.iter().map(|o| o.stretch.len_ms()).sum(),
            overtalk,
        }
    }
}

impl Response {
    fn of(waits: &[Stretch]) -> Option<Self> {
        let mut lengths: Vec<u64> = waits.iter().map(|w| w.len_ms()).collect();
        lengths.sort_unstable();
        let middle = lengths.len() / 2;
        let upper = *lengths.get(middle)?;
        let lower = if lengths.len() % 2 == 0 {
            lengths[middle - 1]
        } else {
            upper
        };
        Some(Self {
            count: lengths.len() as u32,
            median_ms: (lower + upper) / 2,
            worst: longest(waits.iter().copied())?,
        })
    }
}

/// In thousandths, rounded down.
fn share(part: u64, whole: u64) -> Option<u16> {
    (whole > 0).then(|| (part * 1000 / whole) as u16)
}

/// What one says that is no backchannel.
fn turns_of(own: &[Stretch], others: &[Stretch]) -> Vec<Stretch> {
    let said = own.iter().copied();
    said.filter(|s| !is_backchannel(*s, others)).collect()
}

/// Short, and the other one goes on around it.
fn is_backchannel(word: Stretch, others: &[Stretch]) -> bool {
    if word.len_ms() >= BACKCHANNEL_MS {
        return false;
    }
    let begun = others.partition_point(|o| o.start_ms < word.start_ms);
    let Some(before) = begun.checked_sub(1).map(|i| others[i]) else {
        return false;
    };
    if before.end_ms > word.end_ms {
        return before.len_ms() >= BACKCHANNEL_MS;
    }
    let Some(after) = others.get(begun) else {
        return false;
    };
    after.end_ms > word.end_ms
        && after.start_ms.saturating_sub(before.end_ms) < TURN_PAUSE_MS
        && before.len_ms().max(after.len_ms()) >= BACKCHANNEL_MS
}

/// One's speech with its pauses, as long as the other one says nothing that is known.
fn monologues(own: &[Stretch], others: &[Stretch], gaps: &[Stretch]) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    let mut said = 0;
    for part in without(own, others) {
        let begun = others.partition_point(|o| o.start_ms < part.start_ms);
        match found.last_mut() {
            Some(last)
                if said == begun && is_pause(Stretch::new(last.end_ms, part.start_ms), gaps) =>
            {
                last.end_ms = part.end_ms;
            }
            _ => found.push(part),
        }
        said = begun;
    }
    found
}

/// Short enough to be one, and nothing is missing in it.
fn is_pause(between: Stretch, gaps: &[Stretch]) -> bool {
    between.len_ms() < TURN_PAUSE_MS && !gaps.iter().any(|gap| touches(*gap, between))
}

/// From the end of the other's turn to the beginning of one's own, where nothing else came between.
fn waits(own: &[Stretch], others: &[Stretch], no_waiting: &[Stretch]) -> Vec<Stretch> {
    let begins = |(i, said): (usize, &Stretch)| {
        let begun = others.partition_point(|o| o.start_ms < said.start_ms);
        let ended = others.get(begun.checked_sub(1)?)?.end_ms;
        let together = others
            .get(begun)
            .is_some_and(|o| o.start_ms == said.start_ms);
        let goes_on = i.checked_sub(1).is_some_and(|i| own[i].end_ms >= ended);
        let wait = Stretch::new(ended, said.start_ms);
        let responds = ended <= said.start_ms && !together && !goes_on;
        (responds && !no_waiting.iter().any(|s| touches(*s, wait))).then_some(wait)
    };
    own.iter().enumerate().filter_map(begins).collect()
}

fn touches(a: Stretch, b: Stretch) -> bool {
    a.start_ms < b.end_ms && b.start_ms < a.end_ms
}

#[cfg(test)]
mod tests;
