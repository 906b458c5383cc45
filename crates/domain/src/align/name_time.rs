//! When a recording began, as its name says.

use crate::UnixMs;

/// Bare numbers in this range are seconds since 1970: 2014 to 2049.
const UNIX_S: std::ops::Range<i64> = 1_400_000_000..2_500_000_000;

/// A number in a name, and how many characters stand between it and the next.
struct Run {
    digits: String,
    gap: usize,
    is_before_z: bool,
}

/// Every time of day with its date that a name tells: `20261122-141310`, `2026-11-22_14.13.10`,
/// `2026年11月22日 14时13分`, `20261122141310`, `1763791990`. Recorders write the time on their
/// wall; `ahead_of_utc` says what that wall shows, in milliseconds, about the time it is given.
pub fn times_in(name: &str, ahead_of_utc: &dyn Fn(UnixMs) -> i64) -> Vec<UnixMs> {
    let runs = runs(name);
    (0..runs.len())
        .filter_map(|i| unix(&runs[i]).or_else(|| wall(&runs[i..], ahead_of_utc)))
        .collect()
}

fn runs(name: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut in_run = false;
    for c in name.chars().map(crate::text::fold) {
        match (c.is_ascii_digit(), runs.last_mut()) {
            (true, Some(run)) if in_run => run.digits.push(c),
            (true, _) => runs.push(Run {
                digits: c.to_string(),
                gap: 0,
                is_before_z: false,
            }),
            (false, Some(run)) => {
                run.is_before_z |= run.gap == 0 && c == 'z';
                run.gap += 1;
            }
            (false, None) => {}
        }
        in_run = c.is_ascii_digit();
    }
    runs
}

fn unix(run: &Run) -> Option<UnixMs> {
    let number: i64 = run.digits.parse().ok()?;
    match run.digits.len() {
        10 if UNIX_S.contains(&number) => Some(number * 1_000),
        13 if UNIX_S.contains(&(number / 1_000)) => Some(number),
        _ => None,
    }
}

/// A date and a time that follow each other.
fn wall(runs: &[Run], ahead_of_utc: &dyn Fn(UnixMs) -> i64) -> Option<UnixMs> {
    let first = &runs.first()?.digits;
    let (date, time, last) = if first.len() == 14 {
        (first[..8].to_owned(), first[8..].to_owned(), 0)
    } else {
        let (date, rest) = joined(runs, 8, &[4, 2, 2])?;
        let (time, end) =
            joined(&runs[rest..], 6, &[2, 2, 2]).or_else(|| joined(&runs[rest..], 4, &[2, 2]))?;
        // Between them stands a `T`, a blank, or `日 `.
        (runs[rest - 1].gap <= 2).then_some((date, time, rest + end - 1))?
    };
    let at = civil(&date, &time)?;
    let ahead = if runs[last].is_before_z {
        0
    } else {
        ahead_of_utc(at)
    };
    Some(at - ahead)
}

/// Digits in one run of the length `whole`, or in runs of at most the lengths `parts` with one
/// character between each two. Also how many runs that took.
fn joined(runs: &[Run], whole: usize, parts: &[usize]) -> Option<(String, usize)> {
    let first = runs.first()?;
    if first.digits.len() == whole {
        return Some((first.digits.clone(), 1));
    }
    let mut out = String::new();
    for (i, width) in parts.iter().enumerate() {
        let run = runs.get(i)?;
        let is_last = i + 1 == parts.len();
        let is_other = run.digits.len() > *width || (*width == 4 && run.digits.len() != 4);
        if is_other || (!is_last && run.gap != 1) {
            return None;
        }
        out.push_str(&format!("{:0>width$}", run.digits));
    }
    Some((out, parts.len()))
}

/// Milliseconds since 1970 of `YYYYMMDD` and `HHMM[SS]` on a clock without time zones.
fn civil(date: &str, time: &str) -> Option<UnixMs> {
    let part = |text: &str, from: usize, len: usize| -> Option<i64> {
        text.get(from..from + len)?.parse().ok()
    };
    let (year, month, day) = (part(date, 0, 4)?, part(date, 4, 2)?, part(date, 6, 2)?);
    let (hour, minute) = (part(time, 0, 2)?, part(time, 2, 2)?);
    let second = part(time, 4, 2).unwrap_or(0);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let is_time = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second);
    if !(2000..2100).contains(&year) || !(1..=days).contains(&day) || !is_time {
        return None;
    }
    Some((((days_to(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1_000)
}

/// Days from 1970-01-01. Years begin in March, so that the day a leap year adds is its last.
fn days_to(year: i64, month: i64, day: i64) -> i64 {
    let shifted = (month + 9) % 12;
    let year = year - i64::from(month < 3);
    let of_year = (153 * shifted + 2) / 5 + day - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// 2026-11-22 14:13:10 in Beijing.
    const AT: UnixMs = 1_795_327_990_000;
    const BEIJING: i64 = 8 * 3_600_000;

    #[rstest]
    #[case::compact("20261122-141310.wav", &[AT])]
    #[case::compact_t("8012_20261122T141310", &[AT])]
    #[case::compact_blank("20261122 141310", &[AT])]
    #[case::one_number("rec20261122141310.wav", &[AT])]
    #[case::parted("2026-11-22_14.13.10.mp3", &[AT])]
    #[case::parted_more("call 2026.11.22 14-13-10 out", &[AT])]
    #[case::iso("2026-11-22T14:13:10", &[AT])]
    #[case::iso_in_utc("2026-11-22T06:13:10Z", &[AT])]
    #[case::chinese("退货 2026年11月22日 14时13分10秒", &[AT])]
    #[case::full_width("２０２６１１２２－１４１３１０", &[AT])]
    #[case::date_whole_time_parted("20261122_14.13.10", &[AT])]
    #[case::minutes_only("20261122-1413", &[AT - 10_000])]
    #[case::small_numbers("2026-1-2 3:04:05", &[1_767_294_245_000])]
    #[case::unix_seconds("1795327990", &[AT])]
    #[case::unix_milliseconds("a-1795327990123-b", &[AT + 123])]
    #[case::leap_day("20280229-000000", &[1_835_366_400_000])]
    #[case::two_times("20261122-141310_20261122-141310", &[AT, AT])]
    #[case::no_such_day("20260229-141310", &[])]
    #[case::no_such_hour("20261122-251310", &[])]
    #[case::a_date_alone("20261122.wav", &[])]
    #[case::a_phone_number("13800138000.wav", &[])]
    #[case::far_apart("20261122 and then 141310", &[])]
    #[case::nothing("退款来电", &[])]
    fn a_name_tells_when_it_began(#[case] name: &str, #[case] expected: &[UnixMs]) {
        assert_eq!(times_in(name, &|_| BEIJING), expected);
    }

    proptest::proptest! {
        #[test]
        fn any_name_is_read_without_a_fault(name in "\\PC{0,40}", digits in "[0-9 :.T-]{0,40}") {
            for text in [name.as_str(), digits.as_str()] {
                for at in times_in(text, &|_| BEIJING) {
                    proptest::prop_assert!((946_000_000_000..4_103_000_000_000).contains(&at));
                }
            }
        }
    }
}
