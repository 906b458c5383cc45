//! Dates as a sheet keeps them: days since 1900 or 1904, a fraction for the time.

use crate::Cell;
use calamine::ExcelDateTime;
use jiff::civil::DateTime;

const DAY_MS: f64 = 86_400_000.0;

/// 10000-01-01, where Excel's dates end.
const END: f64 = 2_958_466.0;

/// Two months after the beginning of dates. A value below is a time of day or a stretch of time, whatever
/// its format: no call is of 1900.
const FIRST_DAY: f64 = 60.0;

/// The cell a number is that is shown as a date or a time. `None`: a date that is none, which is told
/// as the number it is.
pub(super) fn of_serial(at: ExcelDateTime) -> Option<Cell> {
    let value = at.as_f64();
    if at.is_duration() || value < FIRST_DAY {
        let ms = (value * DAY_MS).round();
        let is_believed = value >= 0.0 || at.is_duration();
        return (is_believed && ms.abs() < END * DAY_MS).then_some(Cell::Duration(ms as i64));
    }
    // Excel's calendar has a 29 February 1900, as the program had that it was to agree with.
    if !(FIRST_DAY + 1.0..END).contains(&value) {
        return None;
    }
    let (year, month, day, hour, minute, second, ms) = at.to_ymd_hms_milli();
    let whole = DateTime::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
        i8::try_from(hour).ok()?,
        i8::try_from(minute).ok()?,
        i8::try_from(second).ok()?,
        i32::from(ms) * 1_000_000,
    );
    let whole = whole.ok()?;
    Some(if value.fract() == 0.0 {
        Cell::Date(whole.date())
    } else {
        Cell::DateTime(whole)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType::{DateTime as Moment, TimeDelta as Elapsed};
    use calamine::{ExcelDateTime, ExcelDateTimeType};
    use rstest::rstest;

    fn said(value: f64, shape: ExcelDateTimeType, from_1904: bool) -> Option<String> {
        let at = ExcelDateTime::new(value, shape, from_1904);
        of_serial(at).map(|cell| cell.text().into_owned())
    }

    #[rstest]
    #[case::day(45245.0, Moment, "2023-11-15")]
    #[case::moment(45245.25925925926, Moment, "2023-11-15 06:13:20")]
    #[case::fewer_digits(45245.2592592593, Moment, "2023-11-15 06:13:20")]
    #[case::after_the_day_that_never_was(61.0, Moment, "1900-03-01")]
    #[case::last_day(2_958_465.0, Moment, "9999-12-31")]
    #[case::talk_time(0.0024768518518518516, Moment, "00:03:34")]
    #[case::more_than_a_day_in_hours(1.5, Elapsed, "36:00:00")]
    #[case::more_than_a_day_as_a_time(1.5, Moment, "36:00:00")]
    #[case::a_stretch_backwards(-0.5, Elapsed, "-12:00:00")]
    fn a_number_shown_as_a_date_is_that_date(
        #[case] value: f64,
        #[case] shape: ExcelDateTimeType,
        #[case] is: &str,
    ) {
        assert_eq!(said(value, shape, false).as_deref(), Some(is));
    }

    #[test]
    fn a_workbook_of_an_old_mac_counts_from_1904() {
        let at = said(43783.0, Moment, true);
        assert_eq!(at.as_deref(), Some("2023-11-15"));
    }

    #[rstest]
    #[case(60.0)]
    #[case(-1.0)]
    #[case(2_958_466.0)]
    #[case(1e300)]
    fn a_date_that_is_none_stays_a_number(#[case] value: f64) {
        assert_eq!(said(value, Moment, false), None);
    }
}
