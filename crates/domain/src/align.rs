//! Marks that were made without sound, and the recording of that call that is brought in later:
//! which one it is, where the marks belong in it, and how sure that is.

use crate::{AlignMethod, Case, Contact, Recording, UnixMs, clamp_range};

mod anchor;
mod name_time;

pub use anchor::{anchor_of, anchors_in};
pub use name_time::times_in;

/// What speaks for a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The call began while the recording ran.
    Clock,
    /// The same, by the time in the recording's name.
    ClockInName,
    /// A number both know.
    Anchor,
    /// Both are about as long.
    Length,
    /// A moment both know.
    Hello,
    /// All marks lie inside the recording.
    Fits,
}

impl Reason {
    /// As hosts word it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Clock => "align.clock",
            Self::ClockInName => "align.clock_in_name",
            Self::Anchor => "align.anchor",
            Self::Length => "align.length",
            Self::Hello => "align.hello",
            Self::Fits => "align.fits",
        }
    }
}

/// What is known of a call of which no sound was kept.
#[derive(Clone, Debug)]
pub struct SilentCall {
    /// Wall time of call clock 0.
    pub started_at: UnixMs,
    /// Length of the call clock.
    pub duration_ms: u64,
    /// See [`anchor_of`]; may be empty.
    pub anchor: String,
    /// Its marked moments on the call clock.
    pub marks: Vec<u64>,
}

/// What is known of a recording that may be its sound.
#[derive(Clone, Debug)]
pub struct Later {
    /// Wall time of its beginning, as its contact says.
    pub started_at: Option<UnixMs>,
    /// Times in its names.
    pub named_at: Vec<UnixMs>,
    /// What stands in its facts and names, see [`anchors_in`].
    pub anchors: Vec<String>,
    /// Length.
    pub duration_ms: u64,
    /// When it was brought in.
    pub came_at: UnixMs,
}

impl Later {
    /// Reads a recording, its contact and its case; `ahead_of_utc` as for [`times_in`].
    pub fn of(
        case: &Case,
        contact: &Contact,
        recording: &Recording,
        ahead_of_utc: &dyn Fn(UnixMs) -> i64,
    ) -> Self {
        let sources = recording.sources.iter().map(|s| s.name.as_str());
        let ids = [&case.external_id, &case.order_number, &contact.external_id];
        let names: Vec<&str> = std::iter::once(&case.title)
            .chain(ids)
            .map(String::as_str)
            .chain(sources)
            .collect();
        let facts = [
            &contact.agent,
            &contact.customer,
            &contact.number,
            &contact.queue,
        ];
        let named_at = match contact.began_at {
            // What a person or an exchange said outweighs a name.
            Some(_) => Vec::new(),
            None => names
                .iter()
                .flat_map(|name| times_in(name, ahead_of_utc))
                .collect(),
        };
        Self {
            started_at: contact.began_at,
            named_at,
            anchors: names
                .iter()
                .copied()
                .chain(facts.map(String::as_str))
                .flat_map(anchors_in)
                .collect(),
            duration_ms: recording.duration_ms,
            came_at: recording.meta.created_at,
        }
    }
}

/// Where a call's marks would stand in a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Recording time = session time + this, in milliseconds.
    pub offset_ms: i64,
    /// How it was found.
    pub method: AlignMethod,
    /// 0–100: of a hundred such findings, about so many are right.
    pub confidence: u8,
    /// What speaks for it.
    pub reasons: Vec<Reason>,
}

/// Clocks of two machines may be this far apart and still tell the same call.
const CLOCK_SLACK_MS: u64 = 120_000;
/// Nothing found by a clock is surer than this: only an ear is.
const SUREST: i32 = 97;

/// How well the clocks of both agree at an offset.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Overlap {
    None,
    /// Not at the same time, or hardly, but near enough for a wrong clock.
    Near,
    /// At least half of the shorter one.
    Most,
}

impl Overlap {
    fn of(offset_ms: i64, call_ms: u64, recording_ms: u64) -> Self {
        let (call, recording) = (i128::from(call_ms), i128::from(recording_ms));
        let start = i128::from(offset_ms);
        let both = (start + call).min(recording) - start.max(0);
        if both > 0 && both * 2 >= call.min(recording) {
            Self::Most
        } else if both > -i128::from(CLOCK_SLACK_MS) {
            Self::Near
        } else {
            Self::None
        }
    }
}

/// How a recording fits a call by what is written down about both. With nothing to go by, the
/// beginnings are laid on each other.
pub fn fit(call: &SilentCall, later: &Later) -> Fit {
    let offset_to = |at: UnixMs| call.started_at.saturating_sub(at);
    let overlap = |offset| Overlap::of(offset, call.duration_ms, later.duration_ms);
    let by_name = later
        .named_at
        .iter()
        .map(|at| offset_to(*at))
        .min_by_key(|offset| offset.unsigned_abs());
    let has_anchor = !call.anchor.is_empty() && later.anchors.contains(&call.anchor);
    let by_case = later.started_at.map(offset_to);
    let (offset_ms, clock, by_clock) = match (by_case, by_name) {
        (Some(o), _) if overlap(o) == Overlap::Most => (o, Some(Reason::Clock), 70),
        (Some(o), _) if overlap(o) == Overlap::Near => (o, Some(Reason::Clock), 35),
        (None, Some(o)) if overlap(o) == Overlap::Most => (o, Some(Reason::ClockInName), 45),
        (None, Some(o)) if overlap(o) == Overlap::Near => (o, Some(Reason::ClockInName), 20),
        _ => (0, None, 0),
    };
    let is_elsewhere = by_case.is_some() && clock.is_none();
    let mut reasons: Vec<Reason> = clock.into_iter().collect();
    let mut sure = match (has_anchor, clock) {
        (true, Some(_)) => by_clock + 20,
        (true, None) if is_elsewhere => 25,
        (true, None) => 40,
        (false, Some(_)) => by_clock,
        (false, None) if is_elsewhere => 0,
        (false, None) if later.came_at >= call.started_at => 5,
        (false, None) => 0,
    };
    if has_anchor {
        reasons.push(Reason::Anchor);
    }
    sure += weigh(call, later, offset_ms, &mut reasons, sure > 0);
    let method = match (has_anchor, clock) {
        (true, _) => AlignMethod::Anchor,
        (false, Some(_)) => AlignMethod::Clock,
        (false, None) => AlignMethod::Hand,
    };
    Fit {
        offset_ms,
        method,
        confidence: percent(sure),
        reasons,
    }
}

/// How a recording fits once a moment is known that is the same in both: `session_ms` on the
/// call clock, `heard_ms` in the recording. `by_ear`: somebody pointed at it, it was not taken
/// from where the sound begins.
pub fn fit_at(
    call: &SilentCall,
    later: &Later,
    session_ms: u64,
    heard_ms: u64,
    by_ear: bool,
) -> Fit {
    let ms = |v: u64| i64::try_from(v).unwrap_or(i64::MAX);
    let offset_ms = ms(heard_ms).saturating_sub(ms(session_ms));
    let mut reasons = vec![Reason::Hello];
    let has_anchor = !call.anchor.is_empty() && later.anchors.contains(&call.anchor);
    if has_anchor {
        reasons.push(Reason::Anchor);
    }
    let by_hello = if by_ear { 87 } else { 68 };
    let more = weigh(call, later, offset_ms, &mut reasons, true);
    Fit {
        offset_ms,
        method: AlignMethod::Hello,
        confidence: percent(by_hello + if has_anchor { 4 } else { 0 } + more.max(-20) / 2),
        reasons,
    }
}

fn percent(sure: i32) -> u8 {
    u8::try_from(sure.clamp(0, SUREST)).unwrap_or(0)
}

/// What length and marks add to, or take from, a finding. Length alone is worth little: many calls
/// are equally long.
fn weigh(
    call: &SilentCall,
    later: &Later,
    offset_ms: i64,
    reasons: &mut Vec<Reason>,
    is_found: bool,
) -> i32 {
    let mut more = 0;
    let apart = call.duration_ms.abs_diff(later.duration_ms);
    if is_found && apart <= (later.duration_ms / 10).max(15_000) {
        reasons.push(Reason::Length);
        more += 5;
    }
    let inside = |at: &&u64| {
        let there = i128::from(**at) + i128::from(offset_ms);
        (0..=i128::from(later.duration_ms)).contains(&there)
    };
    let fitting = call.marks.iter().filter(inside).count();
    if is_found && fitting == call.marks.len() && fitting > 0 {
        reasons.push(Reason::Fits);
        more += 5;
    } else if fitting * 2 < call.marks.len() {
        more -= 30;
    }
    more
}

/// Lowers what cannot be told apart: of several recordings that fit alike only one can be the right
/// one, so each is as sure as its share. One that knows the call's number is told apart from all
/// that do not. Sorts them, best first.
pub fn rank<T>(mut fits: Vec<(T, Fit)>) -> Vec<(T, Fit)> {
    /// Closer than this they are alike.
    const ALIKE: u8 = 10;
    /// What is no surer than this tells nothing that could be shared.
    const LEAST: u8 = 20;
    let knows = |fit: &Fit| fit.reasons.contains(&Reason::Anchor);
    let all: Vec<(u8, bool)> = fits.iter().map(|(_, f)| (f.confidence, knows(f))).collect();
    for (_, fit) in &mut fits {
        let (sure, knows) = (fit.confidence, knows(fit));
        let rivals = all
            .iter()
            .filter(|(c, k)| c.saturating_add(ALIKE) >= sure && (*k || !knows));
        let share = 100 / u8::try_from(rivals.count()).unwrap_or(u8::MAX).max(1);
        if sure > LEAST {
            fit.confidence = sure.min(share.max(LEAST));
        }
    }
    fits.sort_by_key(|(_, fit)| std::cmp::Reverse(fit.confidence));
    fits
}

/// A moment after it was moved, inside the recording.
pub fn shifted(at_ms: u64, by_ms: i64, duration_ms: u64) -> u64 {
    at_ms.saturating_add_signed(by_ms).min(duration_ms)
}

/// A range after it was moved. One that falls outside the recording stands at its edge: nothing is
/// dropped.
pub fn shifted_range(start_ms: u64, end_ms: u64, by_ms: i64, duration_ms: u64) -> (u64, u64) {
    clamp_range(
        start_ms.saturating_add_signed(by_ms),
        end_ms.saturating_add_signed(by_ms),
        duration_ms,
    )
}

#[cfg(test)]
mod tests;
