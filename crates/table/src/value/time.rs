//! Moments as tables, side-cars and mails write them.
//!
//! A text either names its zone or is the time on somebody's wall; whose is passed in. What is ambiguous is taken
//! one way, always the same, and told.

mod civil;
mod epoch;
mod order;
mod scan;
mod words;

pub use order::{DateOrder, OrderSeen};

use super::fold::{cell_text, folded};
use super::zone::{Zone, zone_named};
use civil::{Wall, WallZone};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};

/// Years that are believed of a call.
const YEARS: std::ops::RangeInclusive<i16> = 1980..=2199;

/// What a bare number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EpochUnit {
    /// Seconds since 1970.
    Second,
    /// Milliseconds since 1970.
    Millisecond,
    /// Microseconds since 1970.
    Microsecond,
    /// Days since the end of 1899, as a spreadsheet keeps a date.
    SpreadsheetDay,
}

/// How the times of a column are read.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeReading {
    /// The clock of a text that names none.
    pub zone: Zone,
    /// Which of `11/12/2026` is the day; `None` where nobody said: then the month, and told.
    pub order: Option<DateOrder>,
    /// What a bare number counts; `None` where nobody said: then what its length says.
    pub number: Option<EpochUnit>,
    /// The day of a text that tells the time of day alone.
    pub date: Option<Date>,
}

impl TimeReading {
    /// Nothing is known but the zone.
    pub fn in_zone(zone: Zone) -> Self {
        Self {
            zone,
            order: None,
            number: None,
            date: None,
        }
    }
}

/// What is told of a time that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeTold {
    /// The clocks went back: it was that time twice. The earlier one was taken.
    Twice,
    /// The clocks went forward over it: it was never that time. It was moved by as much.
    Skipped,
    /// Day and month could be the other way round.
    DayOrMonth,
}

/// A moment that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadTime {
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    /// What is to be told of it.
    pub told: Option<TimeTold>,
    /// Only the time of day was written; the day came from elsewhere.
    pub is_time_alone: bool,
    /// Only the day was written; it is the moment it began.
    pub is_day_alone: bool,
}

/// Why no moment was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeUnreadable {
    /// What databases write in place of nothing: `0`, `0000-00-00`, the first second of 1970.
    #[error("nothing, written as a time")]
    Zero,
    /// The time of day alone, and no day from elsewhere.
    #[error("a time of day without a day")]
    DateMissing,
    /// Not a time, or none that could be.
    #[error("no time is written there")]
    NotATime,
}

/// The moment a cell tells.
pub fn read_time(raw: &str, reading: &TimeReading) -> Result<ReadTime, TimeUnreadable> {
    let text = folded(cell_text(raw));
    let text = text.trim();
    if let Some(number) = epoch::bare(text)
        && let Some(at) = number.moment(reading)
    {
        return at;
    }
    let (text, named) = without_named_zone(text);
    let wall = civil::wall(text, reading.order).ok_or(TimeUnreadable::NotATime)?;
    if wall.is_zero {
        return Err(TimeUnreadable::Zero);
    }
    moment(&wall, named, reading)
}

/// The day it was on a clock.
pub fn day_of(at: i64, zone: &Zone) -> Option<Date> {
    let at = Timestamp::from_millisecond(at).ok()?;
    Some(zone.to_datetime(at).date())
}

/// The name in brackets at the end, and the text before: `…[Asia/Shanghai]`, `… (中国标准时间)`.
fn without_named_zone(text: &str) -> (&str, Option<Zone>) {
    for (open, close) in [('[', ']'), ('(', ')')] {
        if let Some((before, name)) = text.strip_suffix(close).and_then(|t| t.rsplit_once(open))
            && !before.trim().is_empty()
        {
            return (before.trim_end(), zone_named(name));
        }
    }
    (text, None)
}

fn moment(
    wall: &Wall,
    named: Option<Zone>,
    reading: &TimeReading,
) -> Result<ReadTime, TimeUnreadable> {
    let date = wall
        .date
        .or(reading.date)
        .ok_or(TimeUnreadable::DateMissing)?;
    let date = if wall.is_next_day {
        date.tomorrow().map_err(|_| TimeUnreadable::NotATime)?
    } else {
        date
    };
    let local = date.to_datetime(wall.time.unwrap_or_default());
    let zone = match &wall.zone {
        Some(WallZone::Offset(offset)) => TimeZone::fixed(*offset),
        Some(WallZone::Abbreviation(word)) => abbreviated(word, local, &reading.zone)?,
        None => named.unwrap_or_else(|| reading.zone.clone()),
    };
    let (at, told) = on_clock(local, &zone)?;
    Ok(ReadTime {
        at,
        told: told.or(wall.is_day_or_month.then_some(TimeTold::DayOrMonth)),
        is_time_alone: wall.date.is_none(),
        is_day_alone: wall.time.is_none(),
    })
}

/// `CST` is Beijing's and Chicago's: taken where the zone that was stated calls its time so at that moment.
fn abbreviated(word: &str, local: DateTime, zone: &Zone) -> Result<Zone, TimeUnreadable> {
    let at = zone
        .to_timestamp(local)
        .map_err(|_| TimeUnreadable::NotATime)?;
    let is_own = zone
        .to_offset_info(at)
        .abbreviation()
        .eq_ignore_ascii_case(word);
    is_own.then(|| zone.clone()).ok_or(TimeUnreadable::NotATime)
}

/// The moment a clock shows a time, and what is to be told where it shows it twice or never.
pub(super) fn on_clock(
    local: DateTime,
    zone: &Zone,
) -> Result<(i64, Option<TimeTold>), TimeUnreadable> {
    if !YEARS.contains(&local.year()) {
        let is_start = local.date() == jiff::civil::date(1970, 1, 1);
        return Err(if is_start {
            TimeUnreadable::Zero
        } else {
            TimeUnreadable::NotATime
        });
    }
    let found = zone.to_ambiguous_timestamp(local);
    let told = match found.offset() {
        AmbiguousOffset::Unambiguous { .. } => None,
        AmbiguousOffset::Gap { .. } => Some(TimeTold::Skipped),
        AmbiguousOffset::Fold { .. } => Some(TimeTold::Twice),
    };
    let at = found.compatible().map_err(|_| TimeUnreadable::NotATime)?;
    Ok((at.as_millisecond(), told))
}

#[cfg(test)]
mod tests;
