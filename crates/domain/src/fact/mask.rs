//! Names and numbers as they are shown where nobody needs them whole.

/// Digits a text has to be taken for a number.
const DIGITS: usize = 7;

/// Of a number the first three and the last four digits (138****8000), of anything else the first character (王**).
pub fn masked_text(text: &str) -> String {
    let text = text.trim();
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::mobile("13800008000", "138****8000")]
    #[case::from_abroad("+86 138-0000-8000", "+861******8000")]
    #[case::short_number("8001234", "800**1234")]
    #[case::name("王小明", "王**")]
    #[case::latin("Sarah Johnson", "S**")]
    #[case::one_character("王", "*")]
    #[case::an_agents_number("8841", "8**")]
    #[case::nothing("  ", "")]
    fn a_name_or_number_shows_its_beginning(#[case] whole: &str, #[case] shown: &str) {
        assert_eq!(masked_text(whole), shown);
    }
}
