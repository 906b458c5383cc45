//! Dates as a sheet keeps them: days since 1900 or 1904, a fraction for the time.

use super::Shape;
use crate::Cell;
use jiff::ToSpan;
use jiff::civil::{DateTime, date};

const DAY_MS: f64 = 86_400_000.0;

/// 10000-01-01, where Excel's dates end.
const END: f64 = 2_958_466.0;

/// Excel's calendar has a 29 February 1900, as the program had that it was to agree with.
const NO_DAY: f64 = 60.0;

/// The longest stretch of time that is believed: as many days as there are dates.
const LONGEST_MS: f64 = END * DAY_MS;

/// The cell a number is that is shown as a date or a time. `None`: a date that is none, which is told
/// as the number it is.
pub(crate) fn of_serial(value: f64, shape: Shape, from_1904: bool) -> Option<Cell> {
    match shape {
        Shape::Elapsed => elapsed(value),
        // Two months after the beginning of dates: nobody shows a day of 1900 without its date.
        Shape::Time if value < NO_DAY => elapsed(value),
        Shape::Date if value.fract() == 0.0 => {
            moment(value, from_1904).map(|at| Cell::Date(at.date()))
        }
        Shape::Date | Shape::Time | Shape::DateTime => moment(value, from_1904).map(Cell::DateTime),
        Shape::Number | Shape::Zeros(_) => None,
    }
}

fn elapsed(value: f64) -> Option<Cell> {
    let ms = (value * DAY_MS).round();
    (ms.abs() < LONGEST_MS).then_some(Cell::Duration(ms as i64))
}

fn moment(value: f64, from_1904: bool) -> Option<DateTime> {
    if !(0.0..END).contains(&value) {
        return None;
    }
    let epoch = match value {
        _ if from_1904 => date(1904, 1, 1),
        v if v < NO_DAY => date(1899, 12, 31),
        v if v < NO_DAY + 1.0 => return None,
        _ => date(1899, 12, 30),
    };
    let ms = (value * DAY_MS).round() as i64;
    epoch.at(0, 0, 0, 0).checked_add(ms.milliseconds()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn said(value: f64, shape: Shape, from_1904: bool) -> Option<String> {
        of_serial(value, shape, from_1904).map(|cell| cell.text().into_owned())
    }

    #[rstest]
    #[case::day(45245.0, Shape::Date, "2023-11-15")]
    #[case::midnight(45245.0, Shape::DateTime, "2023-11-15 00:00:00")]
    #[case::moment(45245.25925925926, Shape::DateTime, "2023-11-15 06:13:20")]
    #[case::fewer_digits(45245.2592592593, Shape::DateTime, "2023-11-15 06:13:20")]
    #[case::a_day_with_a_time_it_does_not_show(45245.5, Shape::Date, "2023-11-15 12:00:00")]
    #[case::first_day(1.0, Shape::Date, "1900-01-01")]
    #[case::before_the_day_that_never_was(59.0, Shape::Date, "1900-02-28")]
    #[case::after_it(61.0, Shape::Date, "1900-03-01")]
    #[case::last_day(2_958_465.0, Shape::Date, "9999-12-31")]
    #[case::talk_time(0.0024768518518518516, Shape::Time, "00:03:34")]
    #[case::more_than_a_day_in_hours(1.5, Shape::Elapsed, "36:00:00")]
    #[case::more_than_a_day_as_a_time(1.5, Shape::Time, "36:00:00")]
    #[case::a_moment_of_which_the_time_is_shown(45245.5, Shape::Time, "2023-11-15 12:00:00")]
    fn a_number_shown_as_a_date_is_that_date(
        #[case] value: f64,
        #[case] shape: Shape,
        #[case] is: &str,
    ) {
        assert_eq!(said(value, shape, false).as_deref(), Some(is));
    }

    #[test]
    fn a_workbook_of_an_old_mac_counts_from_1904() {
        let at = said(43783.0, Shape::Date, true);
        assert_eq!(at.as_deref(), Some("2023-11-15"));
    }

    #[rstest]
    #[case(60.0)]
    #[case(-1.0)]
    #[case(2_958_466.0)]
    #[case(1e300)]
    fn a_date_that_is_none_stays_a_number(#[case] value: f64) {
        assert_eq!(said(value, Shape::Date, false), None);
    }
}
