//! Zones as profiles and headings name them.

use super::fold::{cell_text, folded};
use jiff::tz::{Offset, TimeZone};

/// A place's clock: a zone of the IANA list, or an offset.
pub type Zone = TimeZone;

/// What people call Beijing's clock.
const BEIJING: &[&str] = &["北京时间", "中国标准时间", "东八区", "北京", "bjt"];

/// The zone of a name: `Asia/Shanghai`, `+08:00`, `GMT+8`, `UTC`, `北京时间`. `None` for what is none.
pub fn zone_named(name: &str) -> Option<Zone> {
    let text = folded(cell_text(name));
    let text = text.trim();
    if BEIJING.contains(&text) {
        return TimeZone::get("Asia/Shanghai").ok();
    }
    let after = ["utc", "gmt"]
        .iter()
        .find_map(|word| text.strip_prefix(word));
    match after.map(str::trim) {
        Some("") => return Some(TimeZone::UTC),
        Some(offset) => return offset_of(offset).map(TimeZone::fixed),
        None if text == "z" => return Some(TimeZone::UTC),
        None => {}
    }
    if let Some(offset) = offset_of(text) {
        return Some(TimeZone::fixed(offset));
    }
    // Names like `CET` are on the list, too; a word without a slash is too easily one that was meant otherwise.
    text.contains('/')
        .then(|| TimeZone::get(text).ok())
        .flatten()
}

/// `+08:00`, `+0800`, `-5`.
fn offset_of(text: &str) -> Option<Offset> {
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    offset(sign, &digits)
}

/// An offset of one to four digits: hours, or hours and minutes.
pub(super) fn offset(sign: i32, digits: &str) -> Option<Offset> {
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i32 = digits.parse().ok()?;
    let (hours, minutes) = if digits.len() > 2 {
        (number / 100, number % 100)
    } else {
        (number, 0)
    };
    // The furthest clocks are fourteen hours ahead.
    (hours <= 14 && minutes < 60)
        .then(|| Offset::from_seconds(sign * (hours * 3_600 + minutes * 60)).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("+08:00", Some(28_800))]
    #[case("+0800", Some(28_800))]
    #[case("GMT+8", Some(28_800))]
    #[case("UTC+05:30", Some(19_800))]
    #[case("-5", Some(-18_000))]
    #[case("UTC", Some(0))]
    #[case("Z", Some(0))]
    #[case("北京时间", Some(28_800))]
    #[case("Asia/Shanghai", Some(28_800))]
    #[case("asia/shanghai", Some(28_800))]
    #[case("America/Phoenix", Some(-25_200))]
    #[case("Mars/Olympus", None)]
    #[case("CST", None)]
    #[case("+99", None)]
    #[case("+08:75", None)]
    #[case("", None)]
    fn a_zone_is_found_by_its_name(#[case] name: &str, #[case] ahead_s: Option<i32>) {
        let now = jiff::Timestamp::from_second(1_795_327_990).unwrap();
        let zone = zone_named(name).map(|zone| zone.to_offset(now).seconds());
        assert_eq!(zone, ahead_s);
    }
}
