//! Numbers as tables write them.

use super::fold::{cell_text, folded};

/// Words for what is counted, after a number: `3次`.
const COUNTED: &[&str] = &["次", "个", "条", "人", "通", "times"];

/// A number with thousands separators, full-width digits, and a sign. `None` where it is none.
pub fn read_number(raw: &str) -> Option<f64> {
    let text = folded(cell_text(raw));
    let plain = without_separators(text.trim())?;
    let is_number = plain.bytes().any(|b| b.is_ascii_digit())
        && plain
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e'));
    is_number
        .then(|| plain.parse().ok())
        .flatten()
        .filter(|n: &f64| n.is_finite())
}

/// How often something was: a whole number, as `3`, `3.0` and `3次`.
pub fn read_count(raw: &str) -> Option<u32> {
    let text = folded(cell_text(raw));
    let mut text = text.trim();
    for word in COUNTED {
        text = text.strip_suffix(word).map_or(text, str::trim_end);
    }
    let number = read_number(text)?;
    let is_count = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    // The range was looked at.
    is_count.then_some(number as u32)
}

/// `1,234,567.8` without its commas; `None` where they stand elsewhere than between thousands.
fn without_separators(text: &str) -> Option<String> {
    if !text.contains(',') {
        return Some(text.to_owned());
    }
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text, None), |(w, f)| (w, Some(f)));
    let mut groups = whole.split(',');
    let first = groups.next()?.trim_start_matches(['-', '+']);
    let fits = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    (fits && !fraction.is_some_and(|f| f.contains(','))).then(|| text.replace(',', ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("312", Some(312.0))]
    #[case("1,234,567.5", Some(1_234_567.5))]
    #[case("１，２３４", Some(1_234.0))]
    #[case("-0.03000", Some(-0.03))]
    #[case("1.5e3", Some(1_500.0))]
    #[case("1,23", None)]
    #[case("1,234.5,6", None)]
    #[case("12a", None)]
    #[case("=1+1", None)]
    #[case("inf", None)]
    #[case("1e999", None)]
    #[case("-", None)]
    #[case("", None)]
    fn a_number_is_read(#[case] raw: &str, #[case] number: Option<f64>) {
        assert_eq!(read_number(raw), number);
    }

    #[rstest]
    #[case("3", Some(3))]
    #[case("3.0", Some(3))]
    #[case("３次", Some(3))]
    #[case("2 times", Some(2))]
    #[case("1,024", Some(1_024))]
    #[case("3.5", None)]
    #[case("-1", None)]
    #[case("99999999999", None)]
    #[case("几次", None)]
    fn a_count_is_whole(#[case] raw: &str, #[case] count: Option<u32>) {
        assert_eq!(read_count(raw), count);
    }
}
