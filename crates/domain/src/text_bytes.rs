//! Text that comes from outside as bytes: UTF-8, or what Chinese Windows writes (GBK, GB18030,
//! UTF-16) when it is recognised beyond doubt, or refused. Nothing is ever replaced: a note of
//! question marks cannot be turned back into words.

use encoding_rs::GB18030;

/// Text that came as bytes; `None` where neither UTF-8 nor another encoding can be told with certainty. A byte
/// order mark is not part of it.
pub fn decoded(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        // Text has no zero bytes, except the upper halves of Latin letters and line ends in UTF-16.
        _ if bytes.contains(&0) => utf16_by_its_zeros(bytes),
        _ => utf8(bytes).or_else(|| gb18030(bytes)),
    }
}

fn utf8(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    (!text.contains('\0')).then(|| text.to_owned())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let text: String = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .collect::<Result<_, _>>()
        .ok()?;
    // A byte order mark in the middle, turned round, says that the halves were.
    (!text.contains(['\0', '\u{FFFE}', '\u{FFFF}'])).then_some(text)
}

/// UTF-16 without a mark: the side most zeros are on is the upper one of Latin letters and line ends.
/// Not all of them: 退 and 一 have a zero in their lower half.
fn utf16_by_its_zeros(bytes: &[u8]) -> Option<String> {
    let zeros_at = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|b| **b == 0);
    let (first, second) = (zeros_at(0).count(), zeros_at(1).count());
    let little = || utf16(bytes, u16::from_le_bytes).filter(|text| reads_well(text));
    let big = || utf16(bytes, u16::from_be_bytes).filter(|text| reads_well(text));
    match second.cmp(&first) {
        std::cmp::Ordering::Greater => little().or_else(big),
        std::cmp::Ordering::Less => big().or_else(little),
        std::cmp::Ordering::Equal => None,
    }
}

/// Letters, Chinese, and what stands between them. Halves taken the wrong way round give controls,
/// rare scripts, and line ends that are none.
fn reads_well(text: &str) -> bool {
    let is_wrong = |c: char| {
        (c.is_control() && !matches!(c, '\t' | '\r' | '\n')) || matches!(c, '\u{A00}' | '\u{D00}')
    };
    let is_usual = |c: &char| {
        matches!(c, '\0'..='\u{24F}' | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{303F}'
            | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
    };
    let usual = text.chars().filter(is_usual).count();
    !text.contains(is_wrong) && usual * 10 >= text.chars().count() * 8
}

/// GBK and its superset, when it is Chinese as people write it. Nearly any two bytes are some
/// character of it, so being readable proves nothing: what was Latin, Cyrillic or Japanese turns
/// into rare ones.
fn gb18030(bytes: &[u8]) -> Option<String> {
    let mut seen = Seen::default();
    let mut rest = bytes;
    while let Some(tail) = seen.take(rest) {
        rest = tail;
    }
    if !rest.is_empty() || !seen.is_chinese() {
        return None;
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
    let is_private = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FFFD}');
    (!text.contains(is_private)).then(|| text.into_owned())
}

/// What the bytes would be as GB18030.
#[derive(Default)]
struct Seen {
    /// The 3,755 characters of everyday, which stand together.
    everyday: usize,
    /// The other Chinese characters, kana, Cyrillic.
    rare: usize,
    /// Punctuation, full-width forms, Greek, lines.
    signs: usize,
}

impl Seen {
    /// Takes one character from the front; `None` when there is none, or none that text has.
    fn take<'b>(&mut self, bytes: &'b [u8]) -> Option<&'b [u8]> {
        match bytes {
            [b'\t' | b'\r' | b'\n' | 0x20..=0x7E, rest @ ..] => Some(rest),
            // Four bytes, an emoji for instance. No other text looks like this.
            [
                0x81..=0xFE,
                0x30..=0x39,
                0x81..=0xFE,
                0x30..=0x39,
                rest @ ..,
            ] => Some(rest),
            [
                lead @ 0x81..=0xFE,
                trail @ (0x40..=0x7E | 0x80..=0xFE),
                rest @ ..,
            ] => {
                let counter = match (lead, *trail >= 0xA1) {
                    (0xA1..=0xA3 | 0xA6 | 0xA8 | 0xA9, true) => &mut self.signs,
                    (0xB0..=0xD7, true) => &mut self.everyday,
                    _ => &mut self.rare,
                };
                *counter += 1;
                Some(rest)
            }
            _ => None,
        }
    }

    fn is_chinese(&self) -> bool {
        let han = self.everyday + self.rare;
        self.everyday > 0 && self.everyday * 10 >= han * 7 && self.signs <= han * 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const NOTE: &str = "客户要退款，三百元。\r\n订单 JD2026 & A4";

    fn utf16_of(text: &str, unit: fn(u16) -> [u8; 2], mark: bool) -> Vec<u8> {
        let mark = mark.then_some(0xFEFF);
        mark.into_iter()
            .chain(text.encode_utf16())
            .flat_map(unit)
            .collect()
    }

    fn gbk_of(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    #[rstest]
    #[case::utf8(NOTE.into())]
    #[case::utf8_with_mark([b"\xEF\xBB\xBF", NOTE.as_bytes()].concat())]
    #[case::utf16_of_powershell(utf16_of(NOTE, u16::to_le_bytes, true))]
    #[case::utf16_the_other_way(utf16_of(NOTE, u16::to_be_bytes, true))]
    #[case::utf16_by_its_zeros(utf16_of(NOTE, u16::to_le_bytes, false))]
    #[case::utf16_by_its_zeros_the_other_way(utf16_of(NOTE, u16::to_be_bytes, false))]
    #[case::gbk_of_a_chinese_console(gbk_of(NOTE))]
    fn a_note_is_read_as_it_was_written(#[case] bytes: Vec<u8>) {
        assert_eq!(decoded(&bytes).expect("text"), NOTE);
    }

    #[rstest]
    #[case("退货退\n")]
    #[case("一一一一一\n")]
    #[case("OK\n")]
    fn zeros_in_the_lower_half_do_not_turn_a_note_round(
        #[case] note: &str,
        #[values(u16::to_le_bytes, u16::to_be_bytes)] unit: fn(u16) -> [u8; 2],
    ) {
        assert_eq!(decoded(&utf16_of(note, unit, false)).expect("text"), note);
    }

    #[rstest]
    #[case("退货")]
    #[case("好")]
    #[case("张磊说“七天内”可以退〔见附件〕……")]
    #[case("客户很满意👍，谢谢")]
    #[case("１２３４，ＯＫ：可以")]
    fn short_and_mixed_notes_in_gbk_are_read(#[case] note: &str) {
        assert_eq!(decoded(&gbk_of(note)).expect("text"), note);
    }

    #[rstest]
    #[case("")]
    #[case("plain")]
    #[case("café déçu, größer")]
    #[case("👍 שלום Привет")]
    #[case("already lost: \u{FFFD}")]
    fn utf8_stays_what_it_is(#[case] note: &str) {
        assert_eq!(decoded(note.as_bytes()).expect("text"), note);
    }

    #[rstest]
    #[case::latin_1(b"caf\xE9 cr\xE9\xE9e, d\xE9\xE7u, gr\xF6\xDFer")]
    #[case::quotes_of_windows_1252(b"\x93quoted\x94 and more")]
    #[case::cyrillic_of_windows_1251(b"\xCF\xF0\xE8\xE2\xE5\xF2, \xEA\xE0\xEA \xE4\xE5\xEB\xE0")]
    #[case::japanese_shift_jis(b"\x82\xB1\x82\xF1\x82\xC9\x82\xBF\x82\xCD")]
    #[case::traditional_big5(b"\xB0\x68\xB3\x66\xAB\xC8\xA4\xE1\xAD\x6E")]
    #[case::traditional_in_gbk(b"\xCD\xCB\xD8\x9B\xC5\x63\xB7\xF1\xD5\x88")]
    #[case::half_a_character(b"\xCD\xCB\xBB")]
    #[case::utf8_cut_in_a_character(b"abc\xE9\x80")]
    #[case::utf8_with_mark_and_more(b"\xEF\xBB\xBF\xCD\xCB\xBB\xF5")]
    #[case::half_a_unit_of_utf16(b"\xFF\xFEa\0b")]
    #[case::half_a_pair_of_utf16(b"\xFF\xFE\x3D\xD8")]
    #[case::utf32(b"\xFF\xFE\0\0a\0\0\0")]
    #[case::zeros_on_both_sides(b"a\0\0b")]
    #[case::a_zero_in_a_word(b"ab\0c\0")]
    #[case::a_picture(b"\x89PNG\r\n\x1A\n")]
    fn what_cannot_be_told_is_refused_and_not_replaced(#[case] bytes: &[u8]) {
        assert_eq!(decoded(bytes), None);
    }
}
