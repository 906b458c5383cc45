use super::*;
use rstest::rstest;

/// 2026-11-17 09:15:00 in Beijing.
const AT: i64 = 1_794_878_100_000;

fn beijing() -> TimeReading {
    TimeReading::in_zone(zone_named("Asia/Shanghai").unwrap())
}

fn new_york() -> TimeReading {
    TimeReading::in_zone(zone_named("America/New_York").unwrap())
}

#[rstest]
#[case::slashes("2026/11/17 9:15")]
#[case::dashes("2026-11-17 09:15:00")]
#[case::iso("2026-11-17T09:15:00+08:00")]
#[case::iso_utc("2026-11-17T01:15:00Z")]
#[case::iso_fraction("2026-11-17T01:15:00.000000Z")]
#[case::iso_named("2026-11-17T09:15:00+08:00[Asia/Shanghai]")]
#[case::iso_compact("20261117T011500Z")]
#[case::dots("2026.11.17 09.15.00")]
#[case::dashed_time("2026-11-17 09-15-00")]
#[case::underscore("2026-11-17_09:15:00")]
#[case::chinese("2026年11月17日 上午9时15分")]
#[case::chinese_close("2026年11月17日9时15分00秒")]
#[case::chinese_spoken("2026年11月17日 9点15分")]
#[case::chinese_weekday("2026年11月17日 星期二 09:15")]
#[case::chinese_blanks("2026 年 11 月 17 日 9 时 15 分".trim())]
#[case::full_width("２０２６／１１／１７　９：１５")]
#[case::before_noon("2026/11/17 上午 9:15:00")]
#[case::compact("20261117091500")]
#[case::compact_minutes("202611170915")]
#[case::compact_thousandths("20261117091500000")]
#[case::compact_parted("20261117 091500")]
#[case::compact_dashed("20261117-0915")]
#[case::mail("Tue, 17 Nov 2026 01:15:00 +0000")]
#[case::mail_gmt("Tue, 17 Nov 2026 01:15:00 GMT")]
#[case::script("Tue Nov 17 2026 09:15:00 GMT+0800 (中国标准时间)")]
#[case::c("Tue Nov 17 09:15:00 2026")]
#[case::java("Tue Nov 17 09:15:00 CST 2026")]
#[case::month_word("17-Nov-2026 09:15")]
#[case::month_word_short("17-Nov-26 9:15 AM")]
#[case::month_word_first("Nov 17, 2026 9:15 a.m.")]
#[case::month_word_whole("November 17, 2026, 09:15:00")]
#[case::web_log("17/Nov/2026:09:15:00 +0800")]
#[case::month_first("11/17/2026 9:15 AM")]
#[case::day_first("17/11/2026 09:15")]
#[case::two_digit_year("11/17/26 09:15")]
#[case::seconds("1794878100")]
#[case::seconds_fraction("1794878100.0")]
#[case::milliseconds("1794878100000")]
#[case::microseconds("1794878100000000")]
#[case::nanoseconds("1794878100000000000")]
#[case::kept_as_text("=\"2026-11-17 09:15:00\"")]
fn a_moment_is_read_in_every_shape(#[case] raw: &str) {
    let read = read_time(raw, &beijing()).map(|read| (read.at, read.told));
    assert_eq!(read, Ok((AT, None)));
}

#[rstest]
#[case::mail("Tue, 10 Aug 2010 08:02:31 +0000", 1_281_427_351_000)]
#[case::after_noon("2026-11-17 下午9:15", AT + 43_200_000)]
#[case::pm("2026/11/17 09:15 PM", AT + 43_200_000)]
#[case::noon("2026年11月17日 中午12时15分", AT + 10_800_000)]
#[case::midnight("11/17/2026 12:15 AM", AT - 32_400_000)]
#[case::evening("2026年11月17日 晚上9点15分", AT + 43_200_000)]
#[case::half_past("2026年11月17日 9点半", AT + 900_000)]
#[case::hour_alone("2026年11月17日 9时", AT - 900_000)]
#[case::fraction("2026-11-17 09:15:00.25", AT + 250)]
#[case::fraction_comma("2026-11-17 09:15:00,250", AT + 250)]
#[case::epoch_fraction("1794878100.256", AT + 256)]
#[case::end_of_day("2026-11-16 24:00:00", AT - 33_300_000)]
#[case::leap_second("2026-11-17 09:14:60", AT - 1_000)]
#[case::day_alone("2026-11-17", AT - 33_300_000)]
#[case::day_alone_compact("20261117", AT - 33_300_000)]
#[case::day_alone_chinese("2026年11月17日", AT - 33_300_000)]
#[case::no_offset_needed("2026-11-17T09:15:00-05:00", AT + 46_800_000)]
fn a_moment_is_exact(#[case] raw: &str, #[case] at: i64) {
    assert_eq!(read_time(raw, &beijing()).map(|read| read.at), Ok(at));
}

#[rstest]
#[case::words("昨天")]
#[case::no_such_day("2026-02-29 09:15")]
#[case::no_such_month("2026-13-01")]
#[case::no_such_hour("2026-11-17 25:15")]
#[case::no_such_minute("2026-11-17 09:75")]
#[case::no_year("11月17日 09:15")]
#[case::two_dates("2026-11-17 2026-11-18")]
#[case::two_times("2026-11-17 09:15 10:15")]
#[case::a_phone_number("13900001111")]
#[case::a_far_year("20-11-17-9")]
#[case::long_ago("1901-01-01 00:00:00")]
#[case::far_ahead("9999-12-31 23:59:59")]
#[case::mixed_partings("2026-11/17")]
#[case::somebody_elses_zone("2026-11-17 09:15:00 PDT")]
#[case::formula("=NOW()")]
#[case::exponent("1.79488E+12")]
#[case::half_without_time("2026-11-17 上午")]
#[case::empty("")]
#[case::very_long(
    "2026-11-17 09:15 and so on and so on and so on, on and on and on and on, once more, on and on and on"
)]
fn what_is_no_moment_is_said_to_be_none(#[case] raw: &str) {
    assert_eq!(read_time(raw, &beijing()), Err(TimeUnreadable::NotATime));
}

#[rstest]
#[case("0")]
#[case("0.0")]
#[case("0000-00-00 00:00:00")]
#[case("1970-01-01 00:00:00")]
#[case("1970-01-01T08:00:00+08:00")]
fn what_databases_write_for_nothing_is_nothing(#[case] raw: &str) {
    assert_eq!(read_time(raw, &beijing()), Err(TimeUnreadable::Zero));
}

#[test]
fn a_time_of_day_takes_its_day_from_elsewhere() {
    assert_eq!(
        read_time("09:15", &beijing()),
        Err(TimeUnreadable::DateMissing)
    );
    let reading = TimeReading {
        date: day_of(AT, &beijing().zone),
        ..beijing()
    };
    for raw in ["09:15", "9:15:00", "上午9时15分", "9:15 AM"] {
        let read = read_time(raw, &reading).unwrap();
        assert_eq!((read.at, read.is_time_alone), (AT, true), "{raw}");
    }
}

#[test]
fn the_hour_that_comes_twice_is_the_earlier_one_and_told() {
    // The clocks of New York went back at two on the first of November 2026.
    let read = read_time("2026-11-01 01:30:00", &new_york()).unwrap();
    assert_eq!(
        (read.at, read.told),
        (1_793_511_000_000, Some(TimeTold::Twice))
    );
    let said = read_time("2026-11-01T01:30:00-05:00", &new_york()).unwrap();
    assert_eq!((said.at, said.told), (1_793_514_600_000, None));
}

#[test]
fn the_hour_that_never_comes_is_moved_and_told() {
    // They went forward at two on the eighth of March.
    let read = read_time("2026-03-08 02:30:00", &new_york()).unwrap();
    assert_eq!(
        (read.at, read.told),
        (1_772_955_000_000, Some(TimeTold::Skipped))
    );
}

#[rstest]
#[case::stated(Some(DateOrder::DayFirst), "03/04/2026", "2026-04-03", None)]
#[case::stated_month(Some(DateOrder::MonthFirst), "03/04/2026", "2026-03-04", None)]
#[case::not_stated(None, "03/04/2026", "2026-03-04", Some(TimeTold::DayOrMonth))]
#[case::dotted(None, "03.04.2026", "2026-04-03", Some(TimeTold::DayOrMonth))]
#[case::no_doubt(None, "04/04/2026", "2026-04-04", None)]
#[case::year_first(Some(DateOrder::YearFirst), "26/03/04", "2026-03-04", None)]
#[case::year_is_long(
    Some(DateOrder::YearFirst),
    "03/04/2026",
    "2026-03-04",
    Some(TimeTold::DayOrMonth)
)]
fn day_and_month_are_told_apart_by_what_is_stated(
    #[case] order: Option<DateOrder>,
    #[case] raw: &str,
    #[case] day: &str,
    #[case] told: Option<TimeTold>,
) {
    let read = read_time(raw, &TimeReading { order, ..beijing() }).unwrap();
    let found = day_of(read.at, &beijing().zone).unwrap();
    assert_eq!((found.to_string().as_str(), read.told), (day, told));
}

#[test]
fn a_day_that_the_stated_order_does_not_allow_is_none() {
    let reading = TimeReading {
        order: Some(DateOrder::MonthFirst),
        ..beijing()
    };
    assert_eq!(
        read_time("17/11/2026", &reading),
        Err(TimeUnreadable::NotATime)
    );
}

#[test]
fn a_bare_number_counts_what_the_column_says() {
    let reading = |number| TimeReading {
        number: Some(number),
        ..beijing()
    };
    let read = |raw, number| read_time(raw, &reading(number)).map(|read| read.at);
    assert_eq!(read("1794878100", EpochUnit::Second), Ok(AT));
    assert_eq!(read("1794878100000", EpochUnit::Millisecond), Ok(AT));
    assert_eq!(
        read("46343.385416666664", EpochUnit::SpreadsheetDay),
        Ok(AT)
    );
    assert_eq!(
        read("46343", EpochUnit::SpreadsheetDay),
        Ok(AT - 33_300_000)
    );
    assert_eq!(
        read("312", EpochUnit::SpreadsheetDay),
        Err(TimeUnreadable::NotATime)
    );
    assert_eq!(
        read("0.385416666664", EpochUnit::SpreadsheetDay),
        Err(TimeUnreadable::DateMissing)
    );
    assert_eq!(
        read("1794878100", EpochUnit::Millisecond),
        Err(TimeUnreadable::NotATime)
    );
    // What is no number is read as it stands.
    assert_eq!(read("2026-11-17 09:15", EpochUnit::SpreadsheetDay), Ok(AT));
}

proptest::proptest! {
    #[test]
    fn no_text_upsets_the_reading(
        raw in "\\PC{0,40}",
        close in "[0-9]{1,4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,4}[日T ]?[上下]?午?[0-9:.时分秒 apm+-]{0,16}",
    ) {
        for text in [raw.as_str(), close.as_str()] {
            if let Ok(read) = read_time(text, &beijing()) {
                proptest::prop_assert!((300_000_000_000..7_300_000_000_000).contains(&read.at));
            }
            OrderSeen::default().see(text);
        }
    }

    #[test]
    fn a_moment_written_in_iso_is_that_moment(at in 315_619_200_000_i64..7_258_000_000_000) {
        let text = Timestamp::from_millisecond(at).unwrap().to_string();
        proptest::prop_assert_eq!(read_time(&text, &new_york()).map(|read| read.at), Ok(at));
    }
}
