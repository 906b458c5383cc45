//! The heading of a column: one form of its name, and what it says in brackets.

use super::duration::DurationUnit;
use super::fold::{cell_text, folded};
use super::zone::{Zone, zone_named};

/// What a heading says.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// Its name as headings are compared: small letters, without blanks, signs, unit and zone.
    pub name: String,
    /// The unit it names: `通话时长(秒)`, `duration_ms`.
    pub unit: Option<DurationUnit>,
    /// The zone it names: `开始时间(UTC)`.
    pub zone: Option<Zone>,
}

/// Reads a heading.
pub fn heading(raw: &str) -> Heading {
    let text = folded(cell_text(raw));
    let (mut name, mut unit, mut zone) = (String::new(), None, None);
    let mut left = text.trim().trim_start_matches('*');
    while let Some((before, inside, after)) = bracket(left) {
        name.push_str(before);
        let inside = inside.trim();
        match (
            unit_named(inside.trim_start_matches("单位:")),
            zone_named(inside),
        ) {
            (Some(found), _) => unit = Some(found),
            (None, Some(found)) => zone = Some(found),
            // What else stands in brackets is left out with them: an example, a hint.
            (None, None) => {}
        }
        left = after;
    }
    name.push_str(left);
    let (stem, ending) = unit_at_end(name.trim());
    Heading {
        name: stem
            .chars()
            .filter(|c| c.is_alphanumeric() || *c == '#')
            .collect(),
        unit: unit.or(ending),
        zone,
    }
}

/// What stands before, in and after the first pair of brackets.
fn bracket(text: &str) -> Option<(&str, &str, &str)> {
    let open = text.find(['(', '['])?;
    let close = if text[open..].starts_with('(') {
        ')'
    } else {
        ']'
    };
    let end = open + text[open..].find(close)?;
    Some((&text[..open], &text[open + 1..end], &text[end + 1..]))
}

fn unit_named(word: &str) -> Option<DurationUnit> {
    Some(match word {
        "毫秒" | "ms" | "msec" | "millis" | "milliseconds" => DurationUnit::Millisecond,
        "秒" | "s" | "sec" | "secs" | "second" | "seconds" => DurationUnit::Second,
        "分" | "分钟" | "m" | "min" | "mins" | "minute" | "minutes" => DurationUnit::Minute,
        "小时" | "时" | "h" | "hour" | "hours" => DurationUnit::Hour,
        _ => return None,
    })
}

/// `talk_time_ms`, `duration in seconds`, `通话时长/秒`: the last word, where it is a unit longer than a letter
/// or stands after a stroke.
fn unit_at_end(name: &str) -> (&str, Option<DurationUnit>) {
    let Some((stem, last)) = name.rsplit_once(['_', ' ', '-', '/']) else {
        return (name, None);
    };
    let is_word = last.len() > 1 || name[stem.len()..].starts_with('/');
    match unit_named(last).filter(|_| is_word && !stem.is_empty()) {
        Some(unit) => {
            let stem = stem
                .strip_suffix(" in")
                .or(stem.strip_suffix("_in"))
                .unwrap_or(stem);
            (stem, Some(unit))
        }
        None => (name, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::plain("通话时长", "通话时长", None)]
    #[case::seconds("通话时长(秒)", "通话时长", Some(DurationUnit::Second))]
    #[case::full_width("通话时长（毫秒）", "通话时长", Some(DurationUnit::Millisecond))]
    #[case::said("通话时长【单位：分钟】", "通话时长", Some(DurationUnit::Minute))]
    #[case::stroke("通话时长/秒", "通话时长", Some(DurationUnit::Second))]
    #[case::english("Talk Time (ms)", "talktime", Some(DurationUnit::Millisecond))]
    #[case::suffix("handle_time_sec", "handletime", Some(DurationUnit::Second))]
    #[case::in_words("Duration in Seconds", "duration", Some(DurationUnit::Second))]
    #[case::blanks(" 坐席　工号 ", "坐席工号", None)]
    #[case::required("*开始时间", "开始时间", None)]
    #[case::hint("主叫号码(必填)", "主叫号码", None)]
    #[case::camel("StartTime", "starttime", None)]
    #[case::snake("start_time", "starttime", None)]
    #[case::unclosed("时长(秒", "时长秒", None)]
    #[case::number_sign("Call #", "call#", None)]
    #[case::unit_alone("ms", "ms", None)]
    #[case::nothing("", "", None)]
    fn a_heading_has_one_name_and_maybe_a_unit(
        #[case] raw: &str,
        #[case] name: &str,
        #[case] unit: Option<DurationUnit>,
    ) {
        let read = heading(raw);
        assert_eq!((read.name.as_str(), read.unit), (name, unit));
    }

    #[test]
    fn a_heading_may_say_which_clock() {
        assert_eq!(heading("开始时间(UTC)").zone, Some(Zone::UTC));
        assert_eq!(heading("开始时间（北京时间）").name, "开始时间");
        assert!(heading("开始时间（北京时间）").zone.is_some());
        assert_eq!(heading("开始时间").zone, None);
    }

    proptest::proptest! {
        #[test]
        fn no_heading_upsets_the_reading(raw in "\\PC{0,30}", close in "[()（）\\[\\]a-z秒_/ ]{0,12}") {
            heading(&raw);
            heading(&close);
        }
    }
}
