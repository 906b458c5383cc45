//! A moment of a case as a link tells it. The `t` part follows the temporal dimension of W3C Media Fragments
//! (seconds, start and optional end).

use super::text::{self, value_of};
use super::{Address, Link};
use crate::{Anchor, CaseId, Observation, Turns};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A moment of a case; where it names none, the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MomentLink {
    /// The case.
    pub case_id: CaseId,
    /// Start in milliseconds, when the link names a moment.
    #[ts(type = "number | null")]
    pub start_ms: Option<u64>,
    /// End in milliseconds, when the link names a range.
    #[ts(type = "number | null")]
    pub end_ms: Option<u64>,
    /// Turns, when the link names some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub turns: Option<Turns>,
}

impl std::fmt::Display for MomentLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Address::from(Link::Moment(*self)).fmt(f)
    }
}

fn seconds(ms: u64) -> String {
    let text = format!("{}.{:03}", ms / 1000, ms % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl MomentLink {
    /// The whole of a case.
    pub fn to(case_id: CaseId) -> Self {
        Self {
            case_id,
            start_ms: None,
            end_ms: None,
            turns: None,
        }
    }

    /// Where a mark stands.
    pub fn to_mark(o: &Observation) -> Self {
        let whole = Self::to(o.case_id);
        match o.anchor {
            Anchor::Whole => whole,
            Anchor::Turns(turns) => Self {
                turns: Some(turns),
                ..whole
            },
            Anchor::Sound => Self {
                start_ms: Some(o.start_ms),
                end_ms: Some(o.end_ms),
                ..whole
            },
        }
    }

    /// The place in a case that a query names; `None` where what it says of one is none. `t` is read as Media
    /// Fragments reads it: `npt:` may stand in front, the start or the end may be left out, clock times are times,
    /// and of several the last one holds.
    pub(super) fn of_query(case_id: CaseId, query: &str) -> Option<Self> {
        let (start_ms, end_ms) = moment(query)?;
        let turns = match value_of(query, "turn=") {
            Some(turns) => Some(Turns::parse(turns)?),
            None => None,
        };
        Some(Self {
            case_id,
            start_ms,
            end_ms,
            turns,
        })
    }

    /// What a query says of the place: `t=12.4,18.9`, `turn=12-14`, or nothing.
    pub(super) fn query(&self) -> Vec<String> {
        let time = match (self.start_ms, self.end_ms) {
            (Some(s), Some(e)) => Some(format!("t={},{}", seconds(s), seconds(e))),
            (Some(s), None) => Some(format!("t={}", seconds(s))),
            _ => None,
        };
        let turns = self.turns.map(|turns| format!("turn={turns}"));
        time.into_iter().chain(turns).collect()
    }
}

/// Start and end that a query names. Other names in it are passed over; without `t` there are none.
fn moment(query: &str) -> Option<(Option<u64>, Option<u64>)> {
    let Some(t) = value_of(query, "t=") else {
        return Some((None, None));
    };
    let t = text::after_ignoring_case(t, "npt:").unwrap_or(t);
    let (start, end) = t.split_once(',').map_or((t, None), |(s, e)| (s, Some(e)));
    let end_ms = match end {
        Some(end) => Some(milliseconds(end)?),
        None => None,
    };
    let start_ms = match start {
        // From the beginning, which only an end can say.
        "" if end_ms.is_some() => 0,
        _ => milliseconds(start)?,
    };
    end_ms
        .is_none_or(|end| end >= start_ms)
        .then_some((Some(start_ms), end_ms))
}

/// `12.4`, `1:05`, or `1:02:03.5` as milliseconds.
fn milliseconds(text: &str) -> Option<u64> {
    let parts: Vec<&str> = text.split(':').collect();
    let (seconds, higher) = parts.split_last()?;
    let mut whole_ms = 0;
    for (i, part) in higher.iter().enumerate() {
        let value: u64 = digits(part, 6)?.parse().ok()?;
        // Only what stands in front may pass sixty.
        if higher.len() > 2 || (i > 0 && value > 59) {
            return None;
        }
        whole_ms = whole_ms * 60 + value * 60_000;
    }
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let whole: u64 = digits(whole, 12)?.parse().ok()?;
    if !higher.is_empty() && whole > 59 {
        return None;
    }
    let fraction = if fraction.is_empty() {
        "0"
    } else {
        digits(fraction, 12)?
    };
    let fraction: f64 = format!("0.{fraction}").parse().ok()?;
    // Between 0 and 1000, so nothing is cut off and nothing is negative.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let fraction_ms = (fraction * 1000.0).round() as u64;
    Some(whole_ms + whole * 1000 + fraction_ms)
}

/// The text itself, when it is made of one to `most` digits.
fn digits(text: &str, most: usize) -> Option<&str> {
    let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (is_number && text.len() <= most).then_some(text)
}
