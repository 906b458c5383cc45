//! One form for what is typed in several: full-width signs, invisible ones, the wrappings of spreadsheets.

use std::borrow::Cow;

/// What stands in cells instead of nothing.
const BLANKS: &[&str] = &[
    "-",
    "--",
    "---",
    "—",
    "——",
    "/",
    "\\n",
    "null",
    "(null)",
    "<null>",
    "none",
    "nil",
    "nan",
    "n/a",
    "#n/a",
    "#value!",
    "#ref!",
    "undefined",
    "unknown",
    "未知",
    "空",
];

/// The text of a cell without what spreadsheets wrap around it: `="0139"`, a leading `'`, tabs and marks
/// nobody sees. A formula stays the text it is; nothing is worked out.
pub fn cell_text(raw: &str) -> &str {
    // Most cells begin and end with a sign that is seen, and there are millions of them.
    if let (Some(first), Some(last)) = (raw.as_bytes().first(), raw.as_bytes().last())
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
        && !matches!(first, b'=' | b'\'')
    {
        return raw;
    }
    let text = raw.trim_matches(is_invisible);
    let inner = text
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|inner| !inner.contains('"'));
    if let Some(inner) = inner {
        return inner.trim_matches(is_invisible);
    }
    text.strip_prefix('\'').unwrap_or(text)
}

/// Whether a cell says nothing: empty, or one of the words programs write in its place (`NULL`, `N/A`, `--`).
pub fn is_blank(raw: &str) -> bool {
    let text = cell_text(raw);
    if text.is_empty() {
        return true;
    }
    // Longer ones are none of the words; most cells end here.
    text.len() <= 10 && BLANKS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
}

/// Full-width letters, digits and signs as plain ones, other blanks as blanks, small letters.
pub fn folded(text: &str) -> Cow<'_, str> {
    let is_plain = |b: u8| b.is_ascii() && !b.is_ascii_uppercase() && !b.is_ascii_control();
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().flat_map(fold).collect())
}

fn fold(c: char) -> impl Iterator<Item = char> {
    let plain = match c {
        // The full-width block lies beside ASCII, shifted.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '。' => '.',
        '、' => ',',
        '–' | '—' | '−' | '‐' | '‑' => '-',
        '﹕' | '∶' => ':',
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        c if c.is_whitespace() || c.is_control() => ' ',
        c => c,
    };
    plain.to_lowercase()
}

/// How something is written, whatever it says: digits are `9`, letters `a`, each once for a row of them. Cells of
/// one shape are told as one way of writing.
pub fn shape_of(raw: &str) -> String {
    let mut out = String::new();
    for c in folded(cell_text(raw)).chars() {
        let sign = match c {
            c if c.is_ascii_digit() => '9',
            c if c.is_ascii_alphabetic() => 'a',
            c => c,
        };
        let is_again = matches!(sign, '9' | 'a' | ' ') && out.ends_with(sign);
        if !is_again {
            out.push(sign);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::plain("13900001111", "13900001111")]
    #[case::blanks(" \t13900001111\u{a0}", "13900001111")]
    #[case::kept_as_text("=\"013900001111\"", "013900001111")]
    #[case::quoted_sign("'0139", "0139")]
    #[case::mark_of_order("\u{feff}通话ID", "通话ID")]
    #[case::right_to_left("\u{202d}139\u{202c}", "139")]
    #[case::formula("=1+1", "=1+1")]
    #[case::call_out("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0")]
    #[case::two_texts("=\"a\"&\"b\"", "=\"a\"&\"b\"")]
    fn a_cell_is_freed_of_what_spreadsheets_wrap_around_it(#[case] raw: &str, #[case] text: &str) {
        assert_eq!(cell_text(raw), text);
    }

    #[rstest]
    #[case("", true)]
    #[case(" \t", true)]
    #[case("NULL", true)]
    #[case("N/A", true)]
    #[case("—", true)]
    #[case("\\N", true)]
    #[case("0", false)]
    #[case("无", false)]
    #[case("-5", false)]
    fn a_cell_may_say_nothing_in_several_words(#[case] raw: &str, #[case] says_nothing: bool) {
        assert_eq!(is_blank(raw), says_nothing);
    }

    #[test]
    fn full_width_is_the_same_as_plain() {
        assert_eq!(
            folded("２０２６／１１／１７　９：１５ ＡＭ"),
            "2026/11/17 9:15 am"
        );
        assert!(matches!(folded("2026-11-17"), Cow::Borrowed(_)));
    }

    #[rstest]
    #[case("00:05:10", "9:9:9")]
    #[case("1:2:3", "9:9:9")]
    #[case("12分46秒", "9分9秒")]
    #[case("186", "9")]
    #[case("Tue, 10 Aug 2010", "a, 9 a 9")]
    fn a_way_of_writing_is_told_from_others(#[case] raw: &str, #[case] shape: &str) {
        assert_eq!(shape_of(raw), shape);
    }
}
