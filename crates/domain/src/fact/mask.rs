//! Names and numbers as they are shown where nobody needs them whole.

use super::FactKey;
use crate::phone::{is_phone, national};

/// Digits a text has to be taken for a number.
const DIGITS: usize = 7;

/// Of a number the first three and the last four digits (138****8000), of anything else the first character (王**).
pub fn masked_text(text: &str) -> String {
    let text = text.trim();
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    // What the source has masked already says no more than we would.
    if text.contains('*') && digits.len() <= DIGITS {
        return text.to_owned();
    }
    if digits.len() >= DIGITS {
        let (first, last) = (&digits[..3], &digits[digits.len() - 4..]);
        let dots = "*".repeat((digits.len() - DIGITS).max(2));
        let plus = if text.starts_with('+') { "+" } else { "" };
        return format!(
            "{plus}{}{dots}{}",
            String::from_iter(first),
            String::from_iter(last)
        );
    }
    match text.chars().next() {
        Some(first) if text.chars().count() > 1 => format!("{first}**"),
        Some(_) => "*".into(),
        None => String::new(),
    }
}

/// The text of a fact as it is shown where nobody needs it whole. A title is words about somebody; in a name of a
/// file, and in what was written down of a call, stands a number now and then.
pub fn shown_text(key: FactKey, text: &str) -> String {
    match key {
        FactKey::Title => masked_text(text),
        key if key.is_personal() => masked_text(text),
        FactKey::FileName | FactKey::Disposition | FactKey::Csat => masked_numbers(text),
        _ => text.to_owned(),
    }
}

/// A text with every number in it masked that has the shape of somebody's.
fn masked_numbers(text: &str) -> String {
    let is_digit = |c: char| c.is_ascii_digit();
    let mut out = String::with_capacity(text.len());
    let mut left = text;
    while let Some(from) = left.find(is_digit) {
        let digits = left[from..].find(|c| !is_digit(c));
        let to = digits.map_or(left.len(), |length| from + length);
        let run = &left[from..to];
        out.push_str(&left[..from]);
        match is_phone(&national(run), false) {
            true => out.push_str(&masked_text(run)),
            false => out.push_str(run),
        }
        left = &left[to..];
    }
    out + left
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::mobile("13800008000", "138****8000")]
    #[case::from_abroad("+86 138-0000-8000", "+861******8000")]
    #[case::short_number("8001234", "800**1234")]
    #[case::masked_before("139****2280", "139****2280")]
    #[case::masked_badly("1390000****2280", "139****2280")]
    #[case::name("王小明", "王**")]
    #[case::latin("Sarah Johnson", "S**")]
    #[case::one_character("王", "*")]
    #[case::an_agents_number("8841", "8**")]
    #[case::nothing("  ", "")]
    fn a_name_or_number_shows_its_beginning(#[case] whole: &str, #[case] shown: &str) {
        assert_eq!(masked_text(whole), shown);
    }

    #[rstest]
    #[case::a_name_of_a_file(
        FactKey::FileName,
        "2026_13800008000_8841.wav",
        "2026_138****8000_8841.wav"
    )]
    #[case::an_address(
        FactKey::FileName,
        "https://r.example.com/1700000000000000001.wav",
        "https://r.example.com/1700000000000000001.wav"
    )]
    #[case::a_word(
        FactKey::Disposition,
        "退货，回电 05718888000",
        "退货，回电 057****8000"
    )]
    #[case::a_title(FactKey::Title, "王小明要退货", "王**")]
    #[case::an_id(FactKey::CallId, "13800008000", "13800008000")]
    fn a_fact_shows_nobodys_number(#[case] key: FactKey, #[case] whole: &str, #[case] shown: &str) {
        assert_eq!(shown_text(key, whole), shown);
    }
}
