//! What a spreadsheet would read as something other than the text it is.

use super::is_padding;

/// Digits a spreadsheet shows of a number before it writes 1.3E+11.
const SHOWN_DIGITS: usize = 11;

/// Words that stand in what is read as a day, a time, or an exponent.
const WORDS: [&str; 31] = [
    "e",
    "am",
    "pm",
    "a",
    "p",
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "rmb",
    "cny",
];

/// What is a value of its own when nothing else stands in the cell.
const VALUES: [&str; 11] = [
    "true", "false", "#n/a", "#na", "#null!", "#div/0!", "#value!", "#ref!", "#name?", "#num!",
    "#spill!",
];

/// Whether one line would not stay as it is: an order number is rounded, 3-12 becomes a day, 8E05
/// becomes 800000, (5) becomes -5. Rather too many than too few: whoever reads the sheet does not
/// see the mark that keeps a text.
pub(super) fn is_lost(line: &str) -> bool {
    let seen: String = line
        .trim_matches(is_padding)
        .chars()
        .filter(|c| !is_unseen(*c))
        .map(narrow)
        .flat_map(char::to_lowercase)
        .collect();
    if VALUES.contains(&seen.as_str()) {
        return true;
    }
    let has_digit = seen.contains(|c: char| c.is_ascii_digit());
    has_digit && is_read_as_value(&seen) && !(seen == line && is_shown_alike(&seen))
}

/// Full-width forms as the spreadsheets of East Asian locales read them.
fn narrow(c: char) -> char {
    match u32::from(c) {
        u @ 0xFF01..=0xFF5E => char::from_u32(u - 0xFEE0).unwrap_or(c),
        0x3000 | 0xA0 => ' ',
        _ => c,
    }
}

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}')
}

/// Whether everything in it may stand in a number, a day, a time, a fraction, or a sum of money.
fn is_read_as_value(seen: &str) -> bool {
    let is_sign = |c: char| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || ".,:;/+-–−%()$¥￥€£₩₹'年月日号时時分秒上下午".contains(c)
    };
    let (mut word, mut after_digit) = (String::new(), false);
    for c in seen.chars().chain([' ']) {
        // A lone letter is an exponent or half of a day only behind a number: `8e05`, not `a4`.
        let is_known = |word: &str| WORDS.contains(&word) && (word.len() > 1 || after_digit);
        if c.is_ascii_alphabetic() {
            word.push(c);
        } else if !is_sign(c) || !(word.is_empty() || is_known(&word)) {
            return false;
        } else {
            word.clear();
            after_digit |= c.is_ascii_digit();
        }
    }
    true
}

/// A number that reads the same afterwards: `8842`, `3.5`.
fn is_shown_alike(seen: &str) -> bool {
    let (whole, part) = seen.split_once('.').unwrap_or((seen, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    let is_plain = !whole.is_empty() && digits(whole) && (whole == "0" || !whole.starts_with('0'));
    let has_part = seen.len() > whole.len();
    let part_stays = !has_part || (digits(part) && !part.is_empty() && !part.ends_with('0'));
    is_plain && part_stays && whole.len() + part.len() <= SHOWN_DIGITS
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    // Days and times.
    #[case("3-12")]
    #[case("1/2")]
    #[case("11-12")]
    #[case("2026-09")]
    #[case("2026-09-14 10:30")]
    #[case("2026.9.14")]
    #[case("MAR1")]
    #[case("1-Sep")]
    #[case("SEPT2")]
    #[case("May 5, 2026")]
    #[case("10:30")]
    #[case("10:30 PM")]
    #[case("10：30")]
    #[case("2026年9月")]
    #[case("上午10时30分")]
    // Numbers.
    #[case("8E05")]
    #[case("12E3")]
    #[case("1.5e-3")]
    #[case("８Ｅ０５")]
    #[case("5%")]
    #[case("(5)")]
    #[case("（5）")]
    #[case("1,234")]
    #[case("1 1/2")]
    #[case("¥5")]
    #[case("￥5")]
    #[case("$5.00")]
    #[case("-5")]
    #[case("+86 138")]
    #[case("0021")]
    #[case("3.50")]
    #[case("138001380001")]
    #[case("6222021234567890123")]
    #[case("1234567890.12")]
    #[case(" 8842")]
    #[case("8842 ")]
    #[case("\u{3000}0021\u{A0}")]
    #[case("13800138000\u{200B}")]
    #[case("１３８００１３８０００")]
    #[case("138 0013 8000")]
    // Values.
    #[case("TRUE")]
    #[case("false")]
    #[case(" True ")]
    #[case("ＴＲＵＥ")]
    #[case("#N/A")]
    fn what_would_become_something_else_is_told(#[case] line: &str) {
        assert!(is_lost(line), "{line:?}");
    }

    #[rstest]
    #[case("")]
    #[case(" ")]
    #[case("退款没到账")]
    #[case("true story")]
    #[case("#128 退款慢")]
    #[case("8842")]
    #[case("0")]
    #[case("3.5")]
    #[case("0.25")]
    #[case("13800138000")]
    #[case("JD2026091400123456")]
    #[case("K-17")]
    #[case("3 天没到")]
    #[case("May")]
    #[case("(见附件)")]
    #[case("A4")]
    #[case("iPhone15")]
    fn what_stays_as_it_is_needs_no_mark(#[case] line: &str) {
        assert!(!is_lost(line), "{line:?}");
    }
}
