//! Lengths of time as tables write them: `5分10秒`, `00:05:10`, `312`, `PT5M10S`.

use super::fold::{cell_text, folded};
use super::number::read_number;

/// Longest that is believed: a year. What is longer is a moment, or a mistake.
const LONGEST_MS: f64 = 366.0 * 86_400_000.0;

/// What a bare number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DurationUnit {
    /// Thousandths of a second.
    Millisecond,
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days, as a spreadsheet keeps `00:05:10`.
    Day,
}

impl DurationUnit {
    /// Its length in milliseconds.
    pub const fn ms(self) -> f64 {
        match self {
            Self::Millisecond => 1.0,
            Self::Second => 1_000.0,
            Self::Minute => 60_000.0,
            Self::Hour => 3_600_000.0,
            Self::Day => 86_400_000.0,
        }
    }
}

/// How the lengths of a column are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DurationReading {
    /// What a bare number counts.
    pub unit: DurationUnit,
    /// What `10:15` is: hours and minutes when true, minutes and seconds when false, the latter and told of when
    /// nobody said.
    pub is_hours_minutes: Option<bool>,
}

impl Default for DurationReading {
    fn default() -> Self {
        Self {
            unit: DurationUnit::Second,
            is_hours_minutes: None,
        }
    }
}

/// A length that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadDuration {
    /// In milliseconds.
    pub ms: u64,
    /// `10:15` was taken for minutes and seconds without anybody having said so.
    pub is_assumed_minutes: bool,
}

/// No length of time is written there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no length of time is written there")]
pub struct DurationUnreadable;

/// The length of time a cell tells.
pub fn read_duration(
    raw: &str,
    reading: &DurationReading,
) -> Result<ReadDuration, DurationUnreadable> {
    let text = folded(cell_text(raw));
    let text = text.trim();
    let mut is_assumed_minutes = false;
    let ms = if let Some(number) = read_number(text) {
        number * reading.unit.ms()
    } else if text.contains(':') {
        let (ms, is_short) =
            of_colons(text, reading.is_hours_minutes == Some(true)).ok_or(DurationUnreadable)?;
        is_assumed_minutes = is_short && reading.is_hours_minutes.is_none();
        ms
    } else {
        of_units(text).ok_or(DurationUnreadable)?
    };
    if !(0.0..=LONGEST_MS).contains(&ms) {
        return Err(DurationUnreadable);
    }
    Ok(ReadDuration {
        // Within the range above.
        ms: ms.round() as u64,
        is_assumed_minutes,
    })
}

/// `1:02:03.5`, `02:03`, `1:00:00:00`; with whether it was one of two parts.
fn of_colons(text: &str, is_hours_minutes: bool) -> Option<(f64, bool)> {
    let parts: Vec<&str> = text.split(':').map(str::trim).collect();
    let mut numbers = Vec::with_capacity(parts.len());
    for (at, part) in parts.iter().enumerate() {
        let is_last = at + 1 == parts.len();
        let is_number = !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_digit() || (is_last && b == b'.'));
        let number: f64 = is_number.then(|| part.parse().ok()).flatten()?;
        // Only what stands first may be more than its kind holds: `75:10`.
        if at > 0 && number >= 60.0 {
            return None;
        }
        numbers.push(number);
    }
    let units: &[f64] = match (numbers.len(), is_hours_minutes) {
        (2, true) => &[3_600_000.0, 60_000.0],
        (2, false) => &[60_000.0, 1_000.0],
        (3, _) => &[3_600_000.0, 60_000.0, 1_000.0],
        (4, _) if numbers[1] < 24.0 => &[86_400_000.0, 3_600_000.0, 60_000.0, 1_000.0],
        _ => return None,
    };
    let ms = numbers
        .iter()
        .zip(units)
        .map(|(number, unit)| number * unit)
        .sum();
    Some((ms, numbers.len() == 2))
}

/// `1小时10分`, `5m10s`, `PT5M10S`, `5'10"`: numbers with their units, the larger ones first.
fn of_units(text: &str) -> Option<f64> {
    let is_iso = text.starts_with('p');
    let mut left = text.strip_prefix('p').unwrap_or(text);
    let mut is_time = !is_iso;
    let (mut total, mut above) = (0.0, f64::INFINITY);
    if left.is_empty() {
        return None;
    }
    while !left.is_empty() {
        if is_iso
            && !is_time
            && let Some(rest) = left.strip_prefix('t')
        {
            (left, is_time) = (rest, true);
            continue;
        }
        let digits = left
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(left.len());
        let number: f64 = left[..digits].parse().ok()?;
        let rest = left[digits..].trim_start();
        let word = rest
            .find(|c: char| c.is_ascii_digit() || c == ' ' || (is_iso && c == 't'))
            .unwrap_or(rest.len());
        let unit = unit_of(&rest[..word], is_time)?;
        if unit >= above {
            return None;
        }
        (total, above) = (total + number * unit, unit);
        left = rest[word..].trim_start_matches([' ', ',']);
    }
    Some(total)
}

/// Milliseconds of a unit. Before the `T` of ISO 8601, `M` are months, which have no length.
fn unit_of(word: &str, is_time: bool) -> Option<f64> {
    let unit = match word.trim_end_matches([',', '.']) {
        "天" | "日" | "d" | "day" | "days" => DurationUnit::Day,
        "小时" | "个小时" | "时" | "h" | "hr" | "hrs" | "hour" | "hours" => {
            DurationUnit::Hour
        }
        "分" | "分钟" | "m" | "min" | "mins" | "minute" | "minutes" | "'" | "′" => {
            DurationUnit::Minute
        }
        "秒" | "秒钟" | "s" | "sec" | "secs" | "second" | "seconds" | "\"" | "″" | "''" => {
            DurationUnit::Second
        }
        "毫秒" | "ms" | "msec" | "millisecond" | "milliseconds" => DurationUnit::Millisecond,
        _ => return None,
    };
    (is_time || unit == DurationUnit::Day).then(|| unit.ms())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::chinese("5分10秒", 310_000)]
    #[case::chinese_long("1小时10分", 4_200_000)]
    #[case::chinese_words("12分钟46秒钟", 766_000)]
    #[case::chinese_full_width("５分１０秒", 310_000)]
    #[case::chinese_blanks("1 小时 2 分 3 秒", 3_723_000)]
    #[case::chinese_days("1天2小时", 93_600_000)]
    #[case::clock("00:05:10", 310_000)]
    #[case::clock_fraction("00:05:10.250", 310_250)]
    #[case::clock_long("100:00:00", 360_000_000)]
    #[case::clock_days("1:00:00:01", 86_401_000)]
    #[case::seconds("312", 312_000)]
    #[case::seconds_fraction("5.25", 5_250)]
    #[case::seconds_word("312秒", 312_000)]
    #[case::seconds_many("1,312", 1_312_000)]
    #[case::letters("5m10s", 310_000)]
    #[case::words("5 min 10 sec", 310_000)]
    #[case::long_words("1 hour, 2 minutes", 3_720_000)]
    #[case::iso("PT5M10S", 310_000)]
    #[case::iso_days("P1DT2H", 93_600_000)]
    #[case::iso_fraction("PT5.5S", 5_500)]
    #[case::quotes("5'10\"", 310_000)]
    #[case::milliseconds("250ms", 250)]
    #[case::nothing_long("0", 0)]
    fn a_length_is_read(#[case] raw: &str, #[case] ms: u64) {
        let read = read_duration(raw, &DurationReading::default());
        let is_assumed_minutes = false;
        assert_eq!(
            read,
            Ok(ReadDuration {
                ms,
                is_assumed_minutes
            })
        );
    }

    #[rstest]
    #[case::empty("")]
    #[case::words("很久")]
    #[case::backwards("10秒5分")]
    #[case::twice("5分5分")]
    #[case::sixty("00:60:10")]
    #[case::part_missing("5:")]
    #[case::five_parts("1:1:1:1:1")]
    #[case::a_date("2026-11-17")]
    #[case::a_moment("1795327990123")]
    #[case::negative("-5")]
    #[case::months("P1M")]
    #[case::bare_p("P")]
    #[case::unit_missing("5分10")]
    #[case::formula("=A1*60")]
    fn what_is_no_length_is_said_to_be_none(#[case] raw: &str) {
        assert_eq!(
            read_duration(raw, &DurationReading::default()),
            Err(DurationUnreadable)
        );
    }

    #[test]
    fn two_parts_are_minutes_and_seconds_and_that_is_told() {
        let said = |is_hours_minutes| DurationReading {
            is_hours_minutes,
            ..DurationReading::default()
        };
        let read = |reading| {
            read_duration("10:15", &reading).map(|read| (read.ms, read.is_assumed_minutes))
        };
        assert_eq!(read(said(None)), Ok((615_000, true)));
        assert_eq!(read(said(Some(false))), Ok((615_000, false)));
        assert_eq!(read(said(Some(true))), Ok((36_900_000, false)));
    }

    #[rstest]
    #[case(DurationUnit::Millisecond, "312", 312)]
    #[case(DurationUnit::Minute, "1.5", 90_000)]
    #[case(DurationUnit::Hour, "2", 7_200_000)]
    #[case(DurationUnit::Day, "0.003587962962963", 310_000)]
    #[case(DurationUnit::Millisecond, "5分10秒", 310_000)]
    fn a_bare_number_counts_what_the_column_says(
        #[case] unit: DurationUnit,
        #[case] raw: &str,
        #[case] ms: u64,
    ) {
        let reading = DurationReading {
            unit,
            ..DurationReading::default()
        };
        assert_eq!(read_duration(raw, &reading).map(|read| read.ms), Ok(ms));
    }

    proptest::proptest! {
        #[test]
        fn no_text_upsets_the_reading(raw in "\\PC{0,30}", close in "[0-9:.pPtT时分秒hms ]{0,20}") {
            for text in [raw.as_str(), close.as_str()] {
                if let Ok(read) = read_duration(text, &DurationReading::default()) {
                    proptest::prop_assert!(read.ms as f64 <= LONGEST_MS);
                }
            }
        }
    }
}
