//! Times and moments in words.

use crate::labels;
use jiff::{Timestamp, tz::TimeZone};
use qinting_domain::{Anchor, MomentLink, Observation, UnixMs};

/// A position in a recording: `m:ss`, or `h:mm:ss` from one hour on. Whole seconds, rounded down,
/// so that playing from the written time never misses the first word.
pub fn clock(ms: u64) -> String {
    let s = ms / 1000;
    match s / 3600 {
        0 => format!("{}:{:02}", s / 60, s % 60),
        h => format!("{h}:{:02}:{:02}", s / 60 % 60, s % 60),
    }
}

/// The link that opens an observation where it stands.
pub fn link(o: &Observation) -> String {
    MomentLink::to_mark(o).to_string()
}

/// Where an observation stands, in words: from when to when, which turns, or the whole.
pub fn place(o: &Observation) -> String {
    let (begin, end) = ends(o);
    match end.is_empty() {
        true => begin,
        false => format!("{begin}–{end}"),
    }
}

/// The same in two columns; what has no end says it in the first.
pub fn ends(o: &Observation) -> (String, String) {
    match o.anchor {
        Anchor::Sound => (clock(o.start_ms), clock(o.end_ms)),
        Anchor::Turns(turns) => (labels::turns(turns), String::new()),
        Anchor::Whole => (labels::WHOLE.to_owned(), String::new()),
    }
}

/// A point in calendar time, to the minute and with its offset, since an hour of autumn comes twice;
/// empty when no calendar knows it. Where the machine does not say its zone, neither do we.
pub fn date_time(at: UnixMs, zone: &TimeZone) -> String {
    if zone.is_unknown() {
        return shown(at, zone, "%Y-%m-%d %H:%M UTC（本机时区未知）");
    }
    shown(at, zone, "%Y-%m-%d %H:%M %:z")
}

/// What a zone is called, or its offset; `None` for a machine that does not say its zone.
pub fn name_of(zone: &TimeZone) -> Option<String> {
    let offset = || zone.to_offset(Timestamp::now()).to_string();
    (!zone.is_unknown()).then(|| zone.iana_name().map_or_else(offset, str::to_owned))
}

/// RFC 3339 with the offset of the zone; `Z` where the machine does not say its zone.
pub fn rfc3339(at: UnixMs, zone: &TimeZone) -> String {
    if zone.is_unknown() {
        return shown(at, zone, "%Y-%m-%dT%H:%M:%SZ");
    }
    shown(at, zone, "%Y-%m-%dT%H:%M:%S%:z")
}

/// A due day: kept as the UTC midnight of that day, so read in UTC wherever the machine stands.
pub fn day(at: UnixMs) -> String {
    shown(at, &TimeZone::UTC, "%Y-%m-%d")
}

fn shown(at: UnixMs, zone: &TimeZone, format: &str) -> String {
    Timestamp::from_millisecond(at)
        .map(|t| t.to_zoned(zone.clone()).strftime(format).to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use qinting_domain::Turns;
    use rstest::rstest;

    #[rstest]
    #[case(0, "0:00")]
    #[case(999, "0:00")]
    #[case(12_400, "0:12")]
    #[case(65_000, "1:05")]
    #[case(3_599_999, "59:59")]
    #[case(3_725_000, "1:02:05")]
    fn a_position_reads_like_a_player(#[case] ms: u64, #[case] text: &str) {
        assert_eq!(clock(ms), text);
    }

    #[rstest]
    #[case(Anchor::Sound, "0:12–0:13", "?t=12.4,13.4")]
    #[case(Anchor::Turns(Turns { first: 12, last: 14 }), "第 12–14 条", "?turn=12-14")]
    #[case(Anchor::Turns(Turns { first: 3, last: 3 }), "第 3 条", "?turn=3")]
    #[case(Anchor::Whole, "整通", "")]
    fn a_place_is_told_and_linked_as_what_it_is(
        #[case] anchor: Anchor,
        #[case] words: &str,
        #[case] tail: &str,
    ) {
        let heard = sample::findings().observations.remove(0).observation;
        let o = Observation {
            anchor,
            start_ms: 12_400,
            end_ms: 13_400,
            ..heard
        };
        assert_eq!(place(&o), words);
        assert_eq!(link(&o), format!("qinting://case/{}{tail}", o.case_id));
    }

    #[rstest]
    #[case(
        1_763_784_000_000,
        8,
        "2025-11-22 12:00 +08:00",
        "2025-11-22T12:00:00+08:00"
    )]
    #[case(1_763_784_000_000, -5, "2025-11-21 23:00 -05:00", "2025-11-21T23:00:00-05:00")]
    #[case(i64::MAX, 0, "", "")]
    fn calendar_times_follow_the_zone(
        #[case] at: UnixMs,
        #[case] offset_hours: i8,
        #[case] shown: &str,
        #[case] exact: &str,
    ) {
        let zone = TimeZone::fixed(jiff::tz::offset(offset_hours));
        assert_eq!(
            (date_time(at, &zone).as_str(), rfc3339(at, &zone).as_str()),
            (shown, exact)
        );
    }

    #[test]
    fn the_hour_that_comes_twice_is_told_apart() {
        let zone = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").expect("a rule");
        let first = 1_793_511_000_000;
        let both = [first, first + 3_600_000].map(|at| date_time(at, &zone));
        assert_eq!(both, ["2026-11-01 01:30 -04:00", "2026-11-01 01:30 -05:00"]);
    }

    #[test]
    fn a_zone_is_named_where_the_machine_says_it() {
        let east = TimeZone::fixed(jiff::tz::offset(8));
        assert_eq!(name_of(&east).as_deref(), Some("+08"));
        assert_eq!(name_of(&TimeZone::UTC).as_deref(), Some("UTC"));
        assert_eq!(name_of(&TimeZone::unknown()), None);
    }

    #[test]
    fn an_unknown_zone_is_told_and_not_taken_for_another() {
        let zone = TimeZone::unknown();
        assert_eq!(
            date_time(1_763_784_000_000, &zone),
            "2025-11-22 04:00 UTC（本机时区未知）"
        );
        assert_eq!(rfc3339(1_763_784_000_000, &zone), "2025-11-22T04:00:00Z");
    }

    #[test]
    fn a_due_day_is_the_same_day_everywhere() {
        assert_eq!(day(1_763_769_600_000), "2025-11-22");
    }
}
