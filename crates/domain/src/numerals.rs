//! Numbers in Chinese characters and in digits: 三百六十五, 三六五 and 365.

/// The characters of the ten digits, in order.
const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/// Units within four digits, from ones up.
const UNITS: [&str; 4] = ["", "十", "百", "千"];
/// Most digits a cardinal is written with: 九千九百九十九亿….
const MOST_DIGITS: usize = 12;

/// The digit a numeral stands for. 幺 is how 一 is read out in numbers.
pub fn digit_of(c: char) -> Option<u8> {
    match c {
        '〇' => Some(0),
        '幺' => Some(1),
        '两' => Some(2),
        _ => DIGITS.iter().position(|d| *d == c).map(|d| d as u8),
    }
}

/// Whether a character is a numeral, a digit or a unit (十百千万亿).
pub fn is_numeral(c: char) -> bool {
    digit_of(c).is_some() || matches!(c, '十' | '百' | '千' | '万' | '亿')
}

/// Digits read out one by one: 365 → 三六五. Other characters stay.
pub fn one_by_one(digits: &str) -> String {
    let said = |c: char| {
        let digit = c.to_digit(10).map(|d| DIGITS[d as usize]);
        digit.unwrap_or(c)
    };
    digits.chars().map(said).collect()
}

/// A whole number as it is said: 365 → 三百六十五. `None` where it is none of at most twelve digits, or
/// begins with a zero.
pub fn cardinal(digits: &str) -> Option<String> {
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if !is_number || digits.len() > MOST_DIGITS || (digits.len() > 1 && digits.starts_with('0')) {
        return None;
    }
    let value: u64 = digits.parse().ok()?;
    if value == 0 {
        return Some(DIGITS[0].to_string());
    }
    let mut said = String::new();
    // A zero is said once for any that were passed over.
    let mut owes_zero = false;
    for (unit, name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let four = value / unit % 10_000;
        owes_zero |= !said.is_empty() && four < 1_000;
        if four == 0 {
            continue;
        }
        if owes_zero {
            said.push(DIGITS[0]);
        }
        four_digits(four, &mut said);
        said.push_str(name);
        owes_zero = false;
    }
    if said.starts_with("一十") {
        said.remove(0);
    }
    Some(said)
}

/// 1–9999 without zeros before it.
fn four_digits(value: u64, said: &mut String) {
    let mut is_begun = false;
    let mut owes_zero = false;
    for (at, unit) in UNITS.iter().enumerate().rev() {
        let digit = (value / 10_u64.pow(at as u32) % 10) as usize;
        if digit == 0 {
            owes_zero = is_begun;
            continue;
        }
        if owes_zero {
            said.push(DIGITS[0]);
        }
        said.push(DIGITS[digit]);
        said.push_str(unit);
        (is_begun, owes_zero) = (true, false);
    }
}

/// What numerals say, as digits: 三百六十五 and 三六五 → 365. `None` for what is no whole number, or
/// one said loosely: 三百六, 二三十, 千万.
pub fn digits(said: &str) -> Option<String> {
    let each: Option<Vec<u8>> = said.chars().map(digit_of).collect();
    if let Some(each) = each.filter(|each| !each.is_empty()) {
        return Some(each.iter().map(|d| char::from(b'0' + d)).collect());
    }
    let (mut total, mut above, mut four, mut digit) = (0_u64, u64::MAX, 0_u64, None);
    for c in said.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' => 10_000,
            '亿' => 100_000_000,
            _ => {
                digit = Some(u64::from(digit_of(c)?));
                continue;
            }
        };
        if unit < 10_000 {
            four += digit.take().unwrap_or(1) * unit;
        } else {
            if unit >= above {
                return None;
            }
            above = unit;
            total += (four + digit.take().unwrap_or(0)).checked_mul(unit)?;
            four = 0;
        }
    }
    let value = (total + four + digit.unwrap_or(0)).to_string();
    // Whatever is said otherwise than it would be written back was said loosely.
    let plain: String = said
        .chars()
        .map(|c| if c == '两' { '二' } else { c })
        .collect();
    (cardinal(&value)? == plain).then_some(value)
}

/// The ways a number is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    /// 2365
    Digits,
    /// 二千三百六十五
    Whole,
    /// 两千三百六十五
    WholeWithTwo,
    /// 二三六五
    Each,
    /// 幺 for 一, as in phone numbers.
    EachWithYao,
}

const SPELLINGS: [Spelling; 5] = [
    Spelling::Digits,
    Spelling::Whole,
    Spelling::WholeWithTwo,
    Spelling::Each,
    Spelling::EachWithYao,
];

/// A number in a spelling, in digits where that has none of at least two characters: single
/// characters are in too many words.
fn spelled(digits: &str, spelling: Spelling) -> String {
    let with_two = |mut all: String| {
        for unit in ["百", "千", "万", "亿"] {
            all = all.replace(&format!("二{unit}"), &format!("两{unit}"));
        }
        all
    };
    let said = match spelling {
        Spelling::Digits => None,
        Spelling::Whole => cardinal(digits),
        Spelling::WholeWithTwo => cardinal(digits).map(with_two),
        Spelling::Each => Some(one_by_one(digits)),
        Spelling::EachWithYao => Some(one_by_one(digits).replace('一', "幺")),
    };
    said.filter(|said| said.chars().count() > 1)
        .unwrap_or_else(|| digits.to_owned())
}

/// The same text with its numbers spelled in every other way; none where there is no number of at least
/// two characters. What is looked for is found in each of them.
pub fn other_spellings(text: &[char]) -> Vec<String> {
    let numbers = numbers_in(text);
    let mut out: Vec<String> = Vec::new();
    if numbers.is_empty() {
        return out;
    }
    let typed: String = text.iter().collect();
    for spelling in SPELLINGS {
        let mut other = String::new();
        let mut at = 0;
        for (range, digits) in &numbers {
            other.extend(&text[at..range.start]);
            other.push_str(&spelled(digits, spelling));
            at = range.end;
        }
        other.extend(&text[at..]);
        if other != typed && !out.contains(&other) {
            out.push(other);
        }
    }
    out
}

/// The stretches of a text that are digits or numerals, at least two in a row, with the digits they mean.
fn numbers_in(text: &[char]) -> Vec<(std::ops::Range<usize>, String)> {
    let mut out = Vec::new();
    let mut from = 0;
    while from < text.len() {
        let run = |is: fn(&char) -> bool| {
            text[from..]
                .iter()
                .copied()
                .take_while(is)
                .collect::<String>()
        };
        let written = run(char::is_ascii_digit);
        let said = run(|c| is_numeral(*c));
        let (len, digits) = if written.is_empty() {
            (said.chars().count(), digits(&said))
        } else {
            (written.len(), Some(written))
        };
        if let Some(digits) = digits.filter(|_| len > 1) {
            out.push((from..from + len, digits));
        }
        from += len.max(1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("0", "零")]
    #[case("10", "十")]
    #[case("29", "二十九")]
    #[case("110", "一百一十")]
    #[case("365", "三百六十五")]
    #[case("1005", "一千零五")]
    #[case("1050", "一千零五十")]
    #[case("10005", "一万零五")]
    #[case("10010", "一万零一十")]
    #[case("100000", "十万")]
    #[case("3281138", "三百二十八万一千一百三十八")]
    #[case("100010000", "一亿零一万")]
    #[case("1000000005", "十亿零五")]
    #[case("200000000", "二亿")]
    fn a_number_is_said_and_understood(#[case] written: &str, #[case] said: &str) {
        assert_eq!(cardinal(written).as_deref(), Some(said));
        assert_eq!(digits(said).as_deref(), Some(written));
    }

    #[rstest]
    #[case("三六五", Some("365"))]
    #[case("零一零", Some("010"))]
    #[case("一三零零二五九八四八二", Some("13002598482"))]
    #[case("幺三八", Some("138"))]
    #[case("两百", Some("200"))]
    #[case("两千零二十", Some("2020"))]
    #[case("三百六", None)]
    #[case("二百五", None)]
    #[case("二三十", None)]
    #[case("十五六", None)]
    #[case("千万", None)]
    #[case("万一", None)]
    #[case("一万万", None)]
    #[case("三个", None)]
    #[case("", None)]
    fn numerals_are_read_only_when_they_are_a_number(
        #[case] said: &str,
        #[case] written: Option<&str>,
    ) {
        assert_eq!(digits(said).as_deref(), written);
    }

    #[rstest]
    #[case("365", vec!["三百六十五", "三六五"])]
    #[case("三六五", vec!["365", "三百六十五"])]
    #[case("订单三百六十五天", vec!["订单365天", "订单三六五天"])]
    #[case("200", vec!["二百", "两百", "二零零"])]
    #[case("119", vec!["一百一十九", "一一九", "幺幺九"])]
    #[case("0755", vec!["零七五五"])]
    #[case("10", vec!["一零", "幺零"])]
    #[case("29度12", vec!["二十九度十二", "二九度一二", "二九度幺二"])]
    #[case("3", vec![])]
    #[case("万一一个", vec![])]
    #[case("退款", vec![])]
    fn a_number_is_spelled_in_other_ways(#[case] typed: &str, #[case] others: Vec<&str>) {
        let typed: Vec<char> = typed.chars().collect();
        assert_eq!(other_spellings(&typed), others);
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_said_is_the_number_it_was(value in 0_u64..1_000_000_000_000) {
            let written = value.to_string();
            for spelling in SPELLINGS {
                let way = spelled(&written, spelling);
                if way != written {
                    proptest::prop_assert_eq!(digits(&way), Some(written.clone()), "{}", way);
                }
            }
        }

        #[test]
        fn no_numerals_upset_the_reading(said in "[零〇一二两三九幺十百千万亿]{0,40}") {
            let _ = digits(&said);
        }
    }
}
