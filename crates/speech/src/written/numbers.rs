//! Numbers as people say them or in digits, whichever is wanted. What is no number for certain stays:
//! words that hold a numeral, names, times, addresses.

use qinting_domain::NumberStyle;
use qinting_domain::numerals::{cardinal, digit_of, digits, is_numeral, one_by_one};

/// From so many digits on a number without a unit is read out digit by digit.
const READ_OUT: usize = 5;
/// Groups of so many digits with dashes between them are a phone number.
const PHONE: usize = 7;
/// What is counted or measured, which makes long digits before it an amount.
const UNITS: &str =
    "元块角毛度年天个人万亿千百米斤吨克升公次岁分秒小月日名件条台套平页倍户家单股张美欧";
/// Before these a lone 2 is 两.
const TWO_OF: &str = "个天块元次位件条台套年种张份家";

/// The text with its numbers in a style.
pub(super) fn styled(text: &str, style: NumberStyle) -> String {
    let chars: Vec<char> = text.chars().collect();
    match style {
        NumberStyle::AsHeard => text.to_owned(),
        NumberStyle::Said => said(&chars),
        NumberStyle::Digits => in_digits(&chars),
    }
}

fn said(text: &[char]) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    let mut at = 0;
    while at < text.len() {
        let end = end_of_written(text, at);
        if end == at {
            out.push(text[at]);
            at += 1;
            continue;
        }
        let written: String = text[at..end].iter().collect();
        let before = text[..at].iter().copied().rfind(|c| *c != ' ');
        match reading(&written, before, &text[end..]) {
            Some(said) => {
                // Between Han and digits stands a blank, between Han and Han none.
                if out.ends_with(' ') && out.trim_end().ends_with(super::is_han) {
                    out.pop();
                }
                out.push_str(&said);
                at = end;
                if text.get(at) == Some(&' ') && text.get(at + 1).is_some_and(|c| super::is_han(*c))
                {
                    at += 1;
                }
            }
            None => {
                out.push_str(&written);
                at = end;
            }
        }
    }
    out
}

/// Where what is written in digits at `from` ends, with all that belongs to it: letters and marks of
/// one word, 万 and 亿 between digits, a percent sign.
fn end_of_written(text: &[char], from: usize) -> usize {
    let is_word =
        |c: char| c.is_ascii_graphic() && !matches!(c, ',' | '!' | '?' | ';' | '(' | ')' | '"');
    let is_digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    let mut end = from;
    while let Some(c) = text.get(end) {
        let joins = match c {
            ',' => end > from && is_digit(end - 1) && is_digit(end + 1),
            '万' | '亿' => end > from && is_digit(end - 1) && is_digit(end + 1),
            '.' => is_digit(end + 1) || text.get(end + 1).is_some_and(char::is_ascii_alphabetic),
            _ => is_word(*c),
        };
        if !joins {
            break;
        }
        end += 1;
    }
    end
}

/// How a written number is said, by what stands around it, blanks aside; `None` for what is more than a number.
fn reading(written: &str, before: Option<char>, after: &[char]) -> Option<String> {
    // Part of a name: iPhone 15.
    if before.is_some_and(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    let next = after.iter().copied().find(|c| *c != ' ');
    let is_all_digits = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_digit());
    if let Some(share) = written.strip_suffix('%') {
        return Some(format!("百分之{}", amount(share)?));
    }
    let groups: Vec<&str> = written.split('-').collect();
    let is_phone = groups.len() > 1
        && groups.iter().all(|g| is_all_digits(g) && g.len() > 2)
        && !(groups.len() == 2 && groups[0].len() == 4 && groups[1].len() == 2);
    if is_phone {
        let whole = groups.concat();
        return (whole.len() >= PHONE).then(|| one_by_one(&whole));
    }
    if !is_all_digits(written) {
        return amount(written);
    }
    let has_unit = next.is_some_and(|c| UNITS.contains(c));
    let is_year = written.len() == 4 && next == Some('年');
    let is_read_out = is_year
        || (written.len() > 1 && written.starts_with('0'))
        || (written.len() >= READ_OUT && !has_unit);
    if is_read_out {
        return Some(one_by_one(written));
    }
    if written == "2" && next.is_some_and(|c| TWO_OF.contains(c)) {
        return Some("两".to_owned());
    }
    cardinal(written).or_else(|| Some(one_by_one(written)))
}

/// A number with commas, a decimal point, or 万 and 亿 in it.
fn amount(written: &str) -> Option<String> {
    let (whole, part) = match written.split_once('.') {
        Some((whole, part)) => (whole, Some(part)),
        None => (written, None),
    };
    let whole = with_units(&without_commas(whole)?)?;
    let Some(part) = part else {
        return Some(whole);
    };
    let is_decimal = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    is_decimal.then(|| format!("{whole}点{}", one_by_one(part)))
}

fn without_commas(whole: &str) -> Option<String> {
    let groups: Vec<&str> = whole.split(',').collect();
    let is_grouped = groups.iter().skip(1).all(|g| g.len() == 3);
    is_grouped.then(|| groups.concat())
}

/// 328万1138 as one number.
fn with_units(whole: &str) -> Option<String> {
    if whole.bytes().all(|b| b.is_ascii_digit()) {
        return cardinal(whole);
    }
    let mut value: u64 = 0;
    let mut rest = whole;
    for (name, unit) in [('亿', 100_000_000), ('万', 10_000)] {
        if let Some((above, below)) = rest.split_once(name) {
            value += above.parse::<u64>().ok()?.checked_mul(unit)?;
            rest = below;
            // What stands behind a unit is less than the unit.
            if rest.split(['万', '.']).next()?.len() > unit.ilog10() as usize {
                return None;
            }
        }
    }
    cardinal(&(value + rest.parse::<u64>().ok()?).to_string())
}

/// Words of numerals that are no numbers, and words that only hold some.
const WORDS: &[&str] = &[
    "三三两两",
    "一五一十",
    "七七八八",
    "五五六六",
    "一一",
    "千千万万",
    "三七二十一",
    "一二三",
    "三二一",
    "十万八千里",
    "五十步笑百步",
    "三百六十行",
    "三十六计",
    "三十而立",
    "四十不惑",
    "一百二十个心",
    "二十四孝",
    "一千零一夜",
    "七十二变",
    "百分之百",
];

fn in_digits(text: &[char]) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let begins = |word: &&&str| {
            word.chars().zip(rest).all(|(a, b)| a == *b) && word.chars().count() <= rest.len()
        };
        if let Some(word) = WORDS.iter().find(begins) {
            out.push_str(word);
            at += word.chars().count();
            continue;
        }
        let (len, written) = written_of(text, at);
        match written {
            Some(written) => out.push_str(&written),
            None => out.extend(&text[at..at + len]),
        }
        at += len;
    }
    out
}

/// How many characters at a place belong together, and the digits they are.
fn written_of(text: &[char], at: usize) -> (usize, Option<String>) {
    let numerals = |from: usize| text[from..].iter().take_while(|c| is_numeral(**c)).count();
    let string = |from: usize, len: usize| text[from..from + len].iter().collect::<String>();
    if text[at..].starts_with(&['百', '分', '之']) {
        let from = at + 3;
        let whole = numerals(from);
        let (len, share) = decimal(text, from, whole);
        let share = share.or_else(|| digits(&string(from, whole)).map(shortened));
        return (3 + len.max(whole), share.map(|s| format!("{s}%")));
    }
    let whole = numerals(at);
    if whole == 0 {
        return (1, None);
    }
    if text.get(at + whole) == Some(&'点') {
        let (len, written) = decimal(text, at, whole);
        let behind = text.get(at + len).copied();
        let measured = behind.is_some_and(|c| UNITS.contains(c) && !matches!(c, '分' | '个'));
        // 三点五 alone may be a time.
        return (len, written.filter(|_| measured || len > 4));
    }
    let said = string(at, whole);
    let before = at.checked_sub(1).map(|i| text[i]);
    let is_day = before.is_some_and(|c| matches!(c, '周' | '期' | '拜'));
    if whole < 2 || is_day {
        return (whole, None);
    }
    let is_each = said.chars().all(|c| digit_of(c).is_some());
    // Two numerals in a row are as often a guess: 七八个.
    let is_number = !is_each || whole > 2;
    (whole, digits(&said).filter(|_| is_number).map(shortened))
}

/// What stands around 点 at the end of `whole` numerals: how long it is, and its digits where it is a decimal.
fn decimal(text: &[char], from: usize, whole: usize) -> (usize, Option<String>) {
    let point = from + whole;
    if text.get(point) != Some(&'点') {
        return (whole, None);
    }
    let part = text[point + 1..]
        .iter()
        .take_while(|c| is_numeral(**c))
        .count();
    let string = |range: std::ops::Range<usize>| text[range].iter().collect::<String>();
    let each = string(point + 1..point + 1 + part);
    let is_decimal = part > 0 && each.chars().all(|c| digit_of(c).is_some());
    let is_time = text
        .get(point + 1 + part)
        .is_some_and(|c| matches!(c, '刻' | '钟' | '分' | '半'));
    let written = digits(&string(from..point))
        .zip(digits(&each))
        .filter(|_| is_decimal && !is_time)
        .map(|(whole, part)| format!("{whole}.{part}"));
    (whole + 1 + part, written)
}

/// Round ten thousands as people write them: 三百二十八万 → 328万.
fn shortened(digits: String) -> String {
    for (zeros, unit) in [("00000000", '亿'), ("0000", '万')] {
        let round = digits.strip_suffix(zeros).filter(|rest| !rest.is_empty());
        if let Some(rest) = round.filter(|rest| !rest.starts_with('0')) {
            return format!("{rest}{unit}");
        }
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("设定29度", "设定二十九度")]
    #[case("328万1138.48", "三百二十八万一千一百三十八点四八")]
    #[case("3281138.48", "三百二十八万一千一百三十八点四八")]
    #[case("1300259848", "一三零零二五九八四八")]
    #[case(
        "我的号码是13800138000，谢谢",
        "我的号码是一三八零零一三八零零零，谢谢"
    )]
    #[case("打010-88886666", "打零一零八八八八六六六六")]
    #[case("打了50%的折", "打了百分之五十的折")]
    #[case("涨了3.5%", "涨了百分之三点五")]
    #[case("2024年3月", "二零二四年三月")]
    #[case("用了20年", "用了二十年")]
    #[case("一共10000元", "一共一万元")]
    #[case("一共1,000元", "一共一千元")]
    #[case("订单 365 没到", "订单三百六十五没到")]
    #[case("订单10086没到", "订单一零零八六没到")]
    #[case("0755打来的", "零七五五打来的")]
    #[case("等了2天", "等了两天")]
    #[case("2号楼", "二号楼")]
    #[case("3.5万元", "三点五万元")]
    #[case("第15条", "第十五条")]
    #[case("12:30打来", "12:30打来")]
    #[case("2024-01打来", "2024-01打来")]
    #[case("我用 iPhone 15", "我用 iPhone 15")]
    #[case("A380坏了", "A380坏了")]
    #[case("看https://a.com/365", "看https://a.com/365")]
    #[case("没有", "没有")]
    fn digits_are_said(#[case] heard: &str, #[case] read: &str) {
        assert_eq!(styled(heard, NumberStyle::Said), read);
        assert_eq!(styled(heard, NumberStyle::AsHeard), heard);
    }

    #[rstest]
    #[case("订单三六五没到", "订单365没到")]
    #[case("等了三百六十五天", "等了365天")]
    #[case("百分之五十", "50%")]
    #[case("百分之五", "5%")]
    #[case("涨了百分之三点五", "涨了3.5%")]
    #[case("三百二十八万一千一百三十八点四八", "3281138.48")]
    #[case("三百二十八万人", "328万人")]
    #[case("二零二四年", "2024年")]
    #[case("一三零零二五九八四八二", "13002598482")]
    #[case("幺三八零零", "13800")]
    #[case("设定二十九度", "设定29度")]
    #[case("两百块", "200块")]
    #[case("三点五元", "3.5元")]
    #[case("第十五条", "第15条")]
    #[case("三点五十打来", "三点五十打来")]
    #[case("八点十五分", "八点十五分")]
    #[case("三点五个人", "三点五个人")]
    #[case("一点一点来", "一点一点来")]
    #[case("一个一些一起第一万一三星", "一个一些一起第一万一三星")]
    #[case("三三两两一五一十七七八八乱七八糟", "三三两两一五一十七七八八乱七八糟")]
    #[case("千万别万千一一说明", "千万别万千一一说明")]
    #[case("七八个二三十人三百六", "七八个二三十人三百六")]
    #[case("周一三五上班", "周一三五上班")]
    #[case("不管三七二十一", "不管三七二十一")]
    #[case("百分之百", "百分之百")]
    #[case("十分感谢", "十分感谢")]
    fn what_is_said_is_written_in_digits(#[case] heard: &str, #[case] read: &str) {
        assert_eq!(styled(heard, NumberStyle::Digits), read);
    }

    proptest::proptest! {
        #[test]
        fn an_amount_comes_back_from_being_said(value in 10_u32..100_000_000) {
            let heard = format!("一共{value}元");
            let said = styled(&heard, NumberStyle::Said);
            let back = styled(&said, NumberStyle::Digits);
            let again = styled(&back, NumberStyle::Said);
            proptest::prop_assert_eq!(&again, &said, "{}", back);
        }

        #[test]
        fn no_text_upsets_the_styles(text in "[0-9一二十百千万亿点年%,.: a分之-]{0,30}") {
            let _ = (styled(&text, NumberStyle::Said), styled(&text, NumberStyle::Digits));
        }
    }
}
