//! Times as files write them, in milliseconds.

use serde_json::Value;

/// Later than this is no place in a call: forty days, in milliseconds.
const LATEST_MS: f64 = 40.0 * 86_400_000.0;

/// What a bare number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Milliseconds.
    Ms,
    /// Seconds.
    Seconds,
    /// Hundredths: frames of ten milliseconds.
    Frames,
    /// Ten-millionths, as Windows counts.
    Ticks,
}

impl Unit {
    fn ms(self, number: f64) -> f64 {
        match self {
            Self::Ms => number,
            Self::Seconds => number * 1_000.0,
            Self::Frames => number * 10.0,
            Self::Ticks => number / 10_000.0,
        }
    }
}

/// A number of that unit; `None` where it is before the start or beyond all calls.
pub(crate) fn of_number(number: f64, unit: Unit) -> Option<u64> {
    let ms = unit.ms(number);
    (ms.is_finite() && (0.0..=LATEST_MS).contains(&ms)).then(|| ms.round() as u64)
}

/// A value of JSON that is a time: a number, a number as text, `12.400s`, `PT1M2.5S`, `00:01:02.5`, or seconds and
/// nanoseconds. What names its own unit has it, whatever `unit` says.
pub(crate) fn of_value(value: &Value, unit: Unit) -> Option<u64> {
    match value {
        Value::Number(number) => of_number(number.as_f64()?, unit),
        Value::String(text) => of_text(text.trim(), unit),
        Value::Object(parts) => {
            let part = |key: &str| parts.get(key).map_or(Some(0.0), plain_number);
            // What is zero is left out.
            let is_duration = parts
                .keys()
                .all(|key| matches!(key.as_str(), "seconds" | "nanos"));
            let seconds = part("seconds")? + part("nanos")? / 1e9;
            of_number(seconds, Unit::Seconds).filter(|_| is_duration)
        }
        Value::Null | Value::Bool(_) | Value::Array(_) => None,
    }
}

/// A number, or a number as text.
pub(crate) fn plain_number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => decimal(text.trim()),
        _ => None,
    }
}

fn of_text(text: &str, unit: Unit) -> Option<u64> {
    if let Some(number) = decimal(text) {
        return of_number(number, unit);
    }
    if let Some(seconds) = text.strip_suffix('s').and_then(decimal) {
        return of_number(seconds, Unit::Seconds);
    }
    if let Some(period) = text.strip_prefix("PT") {
        return of_period(period);
    }
    of_clock(text)
}

/// Digits with at most one point; no sign, no exponent, no word a float may be.
fn decimal(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let has_digit = text.bytes().any(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| is_plain && has_digit)
}

/// What stands behind `PT`: `1H2M3.5S`.
fn of_period(period: &str) -> Option<u64> {
    let (mut seconds, mut digits) = (0.0, String::new());
    for c in period.chars() {
        let each = match c {
            'H' => 3_600.0,
            'M' => 60.0,
            'S' => 1.0,
            _ => {
                digits.push(c);
                continue;
            }
        };
        seconds += decimal(&std::mem::take(&mut digits))? * each;
    }
    let is_whole = digits.is_empty() && !period.is_empty();
    of_number(seconds, Unit::Seconds).filter(|_| is_whole)
}

/// A time with colons: `1:02`, `00:01:02`, `0:00:28,934`, `00:01:02.5`; full-width signs count. `None` where
/// minutes or seconds run over sixty below a higher place.
pub(crate) fn of_clock(text: &str) -> Option<u64> {
    let text: String = text.chars().map(half_width).collect();
    let (whole, fraction) = match text.find(['.', ',']) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text.as_str(), ""),
    };
    let mut places: Vec<&str> = whole.split(':').collect();
    let mut thousandths = thousandths(fraction)?;
    if places.len() == 4 && fraction.is_empty() && places[3].len() == 3 {
        thousandths = number(places.pop()?)?;
    }
    let numbers: Option<Vec<u64>> = places.iter().map(|place| number(place)).collect();
    let (hours, minutes, seconds) = match *numbers? {
        [minutes, seconds] if seconds < 60 => (0, minutes, seconds),
        [hours, minutes, seconds] if minutes < 60 && seconds < 60 => (hours, minutes, seconds),
        _ => return None,
    };
    let ms = ((hours * 60 + minutes) * 60 + seconds) * 1_000 + thousandths;
    (ms as f64 <= LATEST_MS).then_some(ms)
}

/// Digits, few enough that nothing they count runs over.
fn number(text: &str) -> Option<u64> {
    let is_number = (1..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// What stands behind the point, in thousandths; what is finer is cut.
fn thousandths(fraction: &str) -> Option<u64> {
    let is_number = fraction.bytes().all(|b| b.is_ascii_digit()) && fraction.len() <= 12;
    let three: String = fraction.chars().chain("000".chars()).take(3).collect();
    three.parse().ok().filter(|_| is_number)
}

fn half_width(c: char) -> char {
    match c {
        '：' => ':',
        '．' | '。' => '.',
        '，' => ',',
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case("0:00:28,934", Some(28_934))]
    #[case("00:11.000", Some(11_000))]
    #[case("1:02", Some(62_000))]
    #[case("75:12", Some(4_512_000))]
    #[case("00:01:02", Some(62_000))]
    #[case("00：01：02，5", Some(62_500))]
    #[case("00:01:02:250", Some(62_250))]
    #[case("100:00:00.1234567", Some(360_000_123))]
    #[case("00:60", None)]
    #[case("00:60:00", None)]
    #[case("1:2:3:4", None)]
    #[case("12", None)]
    #[case("-1:02", None)]
    #[case("1:+2", None)]
    #[case(":02", None)]
    #[case("999999:00:00", None)]
    #[case("", None)]
    fn clocks_are_read_as_people_and_programs_write_them(
        #[case] text: &str,
        #[case] ms: Option<u64>,
    ) {
        assert_eq!(of_clock(text), ms);
    }

    #[rstest]
    #[case(json!(340), Unit::Ms, Some(340))]
    #[case(json!("410"), Unit::Ms, Some(410))]
    #[case(json!(0.12), Unit::Seconds, Some(120))]
    #[case(json!("7.62"), Unit::Seconds, Some(7_620))]
    #[case(json!("12.400s"), Unit::Ms, Some(12_400))]
    #[case(json!("PT1M2.5S"), Unit::Ms, Some(62_500))]
    #[case(json!("PT"), Unit::Ms, None)]
    #[case(json!("PT1M2"), Unit::Ms, None)]
    #[case(json!(700_000), Unit::Ticks, Some(70))]
    #[case(json!(13), Unit::Frames, Some(130))]
    #[case(json!({"seconds": "12", "nanos": 900_000_000}), Unit::Ms, Some(12_900))]
    #[case(json!({"nanos": 900_000_000}), Unit::Ms, Some(900))]
    #[case(json!({}), Unit::Ms, Some(0))]
    #[case(json!({"minutes": 1}), Unit::Ms, None)]
    #[case(json!(-1), Unit::Ms, None)]
    #[case(json!("1e3"), Unit::Ms, None)]
    #[case(json!("NaN"), Unit::Ms, None)]
    #[case(json!(1e300), Unit::Ms, None)]
    #[case(json!(null), Unit::Ms, None)]
    fn values_are_times_in_the_unit_of_their_format(
        #[case] value: Value,
        #[case] unit: Unit,
        #[case] ms: Option<u64>,
    ) {
        assert_eq!(of_value(&value, unit), ms);
    }
}
