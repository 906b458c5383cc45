//! Moments that are a number: seconds since 1970 and their kin, and the days of spreadsheets.

use super::{EpochUnit, ReadTime, TimeReading, TimeUnreadable, on_clock};
use jiff::civil::{Date, DateTime, date};
use jiff::{SignedDuration, Timestamp};

/// Seconds since 1970 that are believed: 1980 to 2200.
const SECONDS: std::ops::Range<i128> = 315_532_800..7_258_118_400;
/// Spreadsheet days that are believed: 1980 to 2200.
const DAYS: std::ops::Range<f64> = 29_221.0..109_575.0;
/// Day 0 of a spreadsheet. Its calendar has a 29th of February 1900; no call is that old.
const DAY_ZERO: Date = date(1899, 12, 30);

/// A number and nothing else.
pub(super) struct Bare<'a> {
    whole: &'a str,
    fraction: &'a str,
}

pub(super) fn bare(text: &str) -> Option<Bare<'_>> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_number = (1..=19).contains(&whole.len())
        && whole
            .bytes()
            .chain(fraction.bytes())
            .all(|b| b.is_ascii_digit());
    is_number.then_some(Bare { whole, fraction })
}

impl Bare<'_> {
    /// The moment it is; `None` where its digits are a date (`20261117091500`) or a time (`9.15`).
    pub fn moment(&self, reading: &TimeReading) -> Option<Result<ReadTime, TimeUnreadable>> {
        if self.whole.bytes().all(|b| b == b'0') && self.fraction.bytes().all(|b| b == b'0') {
            return Some(Err(TimeUnreadable::Zero));
        }
        let per_second: i128 = match reading.number {
            Some(EpochUnit::SpreadsheetDay) => return Some(self.spreadsheet_day(reading)),
            Some(EpochUnit::Second) => 1,
            Some(EpochUnit::Millisecond) => 1_000,
            Some(EpochUnit::Microsecond) => 1_000_000,
            None => match self.whole.len() {
                10 => 1,
                13 => 1_000,
                16 => 1_000_000,
                19 => 1_000_000_000,
                _ => return None,
            },
        };
        // At most nineteen digits.
        let value: i128 = self.whole.parse().ok()?;
        if !SECONDS.contains(&(value / per_second)) {
            return Some(Err(TimeUnreadable::NotATime));
        }
        let ms = value * 1_000 / per_second;
        let rest = if per_second == 1 {
            self.thousandths()
        } else {
            0
        };
        // The range was looked at.
        Some(Ok(taken(ms as i64 + rest)))
    }

    /// The first three digits behind the point.
    fn thousandths(&self) -> i64 {
        let three: String = self.fraction.chars().chain("000".chars()).take(3).collect();
        three.parse().unwrap_or(0)
    }

    fn spreadsheet_day(&self, reading: &TimeReading) -> Result<ReadTime, TimeUnreadable> {
        let days: f64 = format!("{}.{}0", self.whole, self.fraction)
            .parse()
            .map_err(|_| TimeUnreadable::NotATime)?;
        let is_time_alone = days < 1.0;
        let from = match (is_time_alone, DAYS.contains(&days)) {
            (true, _) => reading.date.ok_or(TimeUnreadable::DateMissing)?,
            (false, true) => DAY_ZERO,
            (false, false) => return Err(TimeUnreadable::NotATime),
        };
        let ms = (days * 86_400_000.0).round() as i64;
        let local: DateTime = from
            .to_datetime(jiff::civil::Time::midnight())
            .checked_add(SignedDuration::from_millis(ms))
            .map_err(|_| TimeUnreadable::NotATime)?;
        let (at, told) = on_clock(local, &reading.zone)?;
        Ok(ReadTime {
            told,
            is_time_alone,
            is_day_alone: !is_time_alone && ms % 86_400_000 == 0,
            ..taken(at)
        })
    }
}

fn taken(at: i64) -> ReadTime {
    debug_assert!(
        Timestamp::from_millisecond(at).is_ok(),
        "within the believed range"
    );
    ReadTime {
        at,
        told: None,
        is_time_alone: false,
        is_day_alone: false,
    }
}
