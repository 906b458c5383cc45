//! Numbers as said and as digits are the same: 29度 is 二十九度, 3281138.48 is
//! 三百二十八万一千一百三十八点四八, and a telephone number is read digit by digit.

use qinting_testkit::text::{distance, letters};

const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
/// What stands after each group of four digits. Longer numbers are read digit by digit.
const GROUPS: [&str; 3] = ["", "万", "亿"];

/// A stretch of a text: what it may be read as.
struct Piece {
    readings: Vec<String>,
    chosen: usize,
}

/// Characters of `heard` that are wrong when every number is read as it fits best, on both sides.
pub(super) fn wrong(said: &str, heard: &str) -> usize {
    let mut sides = [pieces(said), pieces(heard)];
    let mut least = apart(&sides);
    for side in 0..2 {
        for at in 0..sides[side].len() {
            for reading in 0..sides[side][at].readings.len() {
                let before = std::mem::replace(&mut sides[side][at].chosen, reading);
                match apart(&sides) {
                    now if now < least => least = now,
                    _ => sides[side][at].chosen = before,
                }
            }
        }
    }
    least
}

fn apart(sides: &[Vec<Piece>; 2]) -> usize {
    let [said, heard] = sides.each_ref().map(|pieces| {
        let read = pieces.iter().map(|p| p.readings[p.chosen].as_str());
        letters(&read.collect::<String>())
    });
    distance(&said, &heard)
}

fn pieces(text: &str) -> Vec<Piece> {
    let chars: Vec<char> = text.chars().map(narrow).collect();
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let (readings, length) = if chars[at].is_ascii_digit() {
            number(&chars[at..])
        } else {
            (vec![sign(chars[at])], 1)
        };
        pieces.push(Piece {
            readings,
            chosen: 0,
        });
        at += length;
    }
    pieces
}

/// Full-width digits and marks as the narrow ones.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '．' | '％' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    }
}

/// What a sign beside a number is read as.
fn sign(c: char) -> String {
    match c {
        '°' => "度".into(),
        '℃' => "摄氏度".into(),
        other => other.into(),
    }
}

/// Readings of the number a text begins with, and how many characters it takes.
fn number(text: &[char]) -> (Vec<String>, usize) {
    let is_digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    let mut whole = String::new();
    let mut at = 0;
    while is_digit(at) {
        whole.push(text[at]);
        at += 1;
        let thousand = (1..=3).all(|n| is_digit(at + n)) && !is_digit(at + 4);
        if text.get(at) == Some(&',') && thousand {
            at += 1;
        }
    }
    let mut rest = String::new();
    if text.get(at) == Some(&'.') && is_digit(at + 1) {
        rest.push('点');
        at += 1;
        while is_digit(at) {
            rest.push_str(by_digit(&text[at].to_string()).as_str());
            at += 1;
        }
    }
    let mut front = "";
    if text.get(at) == Some(&'%') {
        front = "百分之";
        at += 1;
    }
    let readings = readings(&whole);
    let readings = readings.into_iter().map(|w| format!("{front}{w}{rest}"));
    (readings.collect(), at)
}

fn readings(digits: &str) -> Vec<String> {
    let each = by_digit(digits);
    let mut readings = vec![each.replace('一', "幺"), each.clone(), each];
    if let Some(cardinal) = cardinal(digits) {
        // Before a unit, and alone, two is said as a count.
        let counted = ["百", "千", "万", "亿"]
            .iter()
            .fold(cardinal.clone(), |text, unit| {
                text.replace(&format!("二{unit}"), &format!("两{unit}"))
            });
        let alone = if digits == "2" { "两" } else { &counted };
        readings.extend([alone.into(), counted.clone(), cardinal]);
    }
    // Figures are also left as digits where the other side has digits.
    readings.push(digits.into());
    readings.reverse();
    readings.dedup();
    readings
}

fn by_digit(digits: &str) -> String {
    let each = digits.chars().filter_map(|c| c.to_digit(10));
    each.map(|d| DIGITS[d as usize]).collect()
}

/// "三百二十八万一千一百三十八"; `None` for what nobody reads as one number.
fn cardinal(digits: &str) -> Option<String> {
    let number: u64 = digits.parse().ok()?;
    if digits.len() > 4 * GROUPS.len() || (digits.starts_with('0') && digits != "0") {
        return None;
    }
    if number == 0 {
        return Some(DIGITS[0].into());
    }
    let mut text = String::new();
    for (power, unit) in GROUPS.iter().enumerate().rev() {
        let group = number / 10_000u64.pow(power as u32) % 10_000;
        if group > 0 {
            push_group(&mut text, group);
            text.push_str(unit);
        }
    }
    let short = text.strip_prefix("一十").map(|rest| format!("十{rest}"));
    Some(short.unwrap_or(text))
}

/// Four digits with their units; zeros between two digits are said once.
fn push_group(text: &mut String, group: u64) {
    let mut skipped = false;
    for (power, unit) in ["", "十", "百", "千"].iter().enumerate().rev() {
        let digit = group / 10u64.pow(power as u32) % 10;
        if digit == 0 {
            skipped = true;
            continue;
        }
        if skipped && !text.is_empty() {
            text.push_str(DIGITS[0]);
        }
        skipped = false;
        text.push_str(DIGITS[digit as usize]);
        text.push_str(unit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("0", Some("零"))]
    #[case("7", Some("七"))]
    #[case("10", Some("十"))]
    #[case("29", Some("二十九"))]
    #[case("105", Some("一百零五"))]
    #[case("110", Some("一百一十"))]
    #[case("2008", Some("二千零八"))]
    #[case("10005", Some("一万零五"))]
    #[case("100010", Some("十万零一十"))]
    #[case("3281138", Some("三百二十八万一千一百三十八"))]
    #[case("100000000", Some("一亿"))]
    #[case("007", None)]
    #[case("1234567890123", None)]
    fn a_number_is_read_as_one(#[case] digits: &str, #[case] want: Option<&str>) {
        assert_eq!(cardinal(digits).as_deref(), want);
    }

    #[rstest]
    #[case("设定二十九度", "设定29度", 0)]
    #[case("设定二十九度", "设定29°。", 0)]
    #[case("设定29度", "设定二十九度", 0)]
    #[case("设定29度", "设定２９度", 0)]
    #[case("设定二十九度", "设定19度", 1)]
    #[case("三百二十八万一千一百三十八点四八", "3281138.48", 0)]
    #[case("三百二十八万一千一百三十八点四八", "3,281,138.48", 0)]
    #[case("三百二十八万一千一百三十八点四八", "328万1138.48", 0)]
    #[case("一三零零二五九八四八二", "1300-259-8482", 0)]
    #[case("幺三零零", "1300", 0)]
    #[case("两台冰箱两千块", "2台冰箱2000块", 0)]
    #[case("百分之五点五", "5.5%", 0)]
    #[case("三六五和十五", "365和15", 0)]
    #[case("一共三个", "共三个", 1)]
    fn numbers_count_as_they_are_said(
        #[case] said: &str,
        #[case] heard: &str,
        #[case] want: usize,
    ) {
        assert_eq!(wrong(said, heard), want);
    }
}
