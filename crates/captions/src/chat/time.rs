//! When a turn was taken, as chats write it.

use super::TurnTime;
use crate::clock::of_clock;
use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, tz::Offset};

/// Bare numbers between these count seconds since 1970: 2001 to 2065. A thousand and a million times as many are
/// milliseconds and microseconds.
const SECONDS: std::ops::Range<f64> = 1e9..3e9;

/// A number that counts since 1970.
pub(super) fn of_number(number: f64) -> Option<TurnTime> {
    let ms = [1_000.0, 1.0, 1e-3]
        .iter()
        .map(|each| number * each)
        .find(|ms| SECONDS.contains(&(ms / 1_000.0)))?;
    Some(TurnTime::Utc(ms.round() as i64))
}

/// A time as text: `2026-03-06T09:15:00Z`, `2026/3/6 9:15`, `2026年3月6日 09:15:00`, `10:02:11`, a number.
pub(super) fn of_text(text: &str) -> Option<TurnTime> {
    let text = text.trim();
    if let Ok(stamp) = text.parse::<Timestamp>() {
        return Some(TurnTime::Utc(stamp.as_millisecond()));
    }
    if let Some(number) = text.parse().ok().filter(|_| is_digits(text)) {
        return of_number(number);
    }
    let (date, rest) = split_date(text);
    match date {
        Some(date) => of_day(rest).map(|time| wall(date, time)),
        None => of_day(text).map(|time| TurnTime::OfDay(time as u32)),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.len() <= 17 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

fn wall(date: Date, day_ms: u64) -> TurnTime {
    let midnight = DateTime::from_parts(date, Time::midnight());
    // The wall's own time as if it were UTC: its zone is not said.
    let midnight = Offset::UTC.to_timestamp(midnight);
    let midnight = midnight.map_or(0, |stamp| stamp.as_millisecond());
    TurnTime::Wall(midnight + day_ms as i64)
}

/// Milliseconds from midnight; nothing is midnight, `9:15 PM` and 下午9:15 are in the evening.
fn of_day(text: &str) -> Option<u64> {
    let text = text.trim().trim_start_matches(['T', ',', '，']).trim();
    if text.is_empty() {
        return Some(0);
    }
    let upper = text.to_uppercase();
    let words = [
        "PM", "P.M.", "下午", "晚上", "AM", "A.M.", "上午", "凌晨", "早上", "中午",
    ];
    let said = words.iter().position(|word| upper.contains(word));
    let digits = words
        .iter()
        .fold(upper, |text, word| text.replace(word, " "));
    let digits = digits.trim();
    // A time of day has its hours, whichever way it is written.
    let whole = match digits.matches([':', '：']).count() {
        1 => format!("{digits}:00"),
        _ => digits.to_owned(),
    };
    let ms = of_clock(&whole)?;
    let noon = 12 * 3_600_000;
    let ms = match said {
        Some(0..=3) if ms < noon => ms + noon,
        Some(4..=8) if ms >= noon => ms - noon,
        _ => ms,
    };
    (ms < 2 * noon).then_some(ms)
}

/// The date a text begins with, and what stands behind it.
fn split_date(text: &str) -> (Option<Date>, &str) {
    let mut numbers: Vec<i16> = Vec::new();
    let mut rest = text;
    while numbers.len() < 3 {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let Ok(number) = rest[..digits].parse() else {
            return (None, text);
        };
        numbers.push(number);
        rest = &rest[digits..];
        let mark = match numbers.len() {
            3 => rest.strip_prefix(['日', '号']).or(Some(rest)),
            _ => rest.strip_prefix(['-', '/', '.', '年', '月']),
        };
        match mark {
            Some(left) => rest = left,
            None => return (None, text),
        }
    }
    let small = |number: i16| i8::try_from(number).unwrap_or_default();
    let date = match numbers[..] {
        [year, month, day] if year >= 1970 => Date::new(year, small(month), small(day)).ok(),
        _ => None,
    };
    match date {
        Some(_) => (date, rest),
        None => (None, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const DAY: i64 = 1_772_755_200_000;

    #[rstest]
    #[case("2026-03-06T09:15:00Z", Some(TurnTime::Utc(DAY + 33_300_000)))]
    #[case("2026-03-06T17:15:00.250+08:00", Some(TurnTime::Utc(DAY + 33_300_250)))]
    #[case("1772788500", Some(TurnTime::Utc(DAY + 33_300_000)))]
    #[case("1772788500123", Some(TurnTime::Utc(DAY + 33_300_123)))]
    #[case("2026-03-06 09:15:00", Some(TurnTime::Wall(DAY + 33_300_000)))]
    #[case("2026/3/6 9:15", Some(TurnTime::Wall(DAY + 33_300_000)))]
    #[case("2026年3月6日 下午9:15:01", Some(TurnTime::Wall(DAY + 76_501_000)))]
    #[case("2026-03-06", Some(TurnTime::Wall(DAY)))]
    #[case("10:02:11", Some(TurnTime::OfDay(36_131_000)))]
    #[case("12:05 AM", Some(TurnTime::OfDay(300_000)))]
    #[case("中午12:05", Some(TurnTime::OfDay(43_500_000)))]
    #[case("24:00:00", None)]
    #[case("2026-13-06 09:15:00", None)]
    #[case("12", None)]
    #[case("昨天", None)]
    fn times_are_what_was_said_and_no_more(#[case] text: &str, #[case] time: Option<TurnTime>) {
        assert_eq!(of_text(text), time);
    }

    #[test]
    fn numbers_count_from_1970_in_the_unit_that_makes_sense() {
        let at = Some(TurnTime::Utc(1_772_788_500_000));
        for number in [
            1_772_788_500.0,
            1_772_788_500_000.0,
            1_772_788_500_000_000.0,
        ] {
            assert_eq!(of_number(number), at);
        }
        assert_eq!(of_number(12.0), None);
        assert_eq!(of_number(f64::NAN), None);
    }
}
