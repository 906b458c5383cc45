//! In which encoding a text is.
//!
//! A byte order mark decides. Else zeros say UTF-16. Else it is judged by samples of the whole file:
//! UTF-8 is what UTF-8 sequences outnumber, three to one, what is none (names cut in the middle of a
//! character are common, a table is not another one for them); GB18030, and with it GBK, is what is
//! Chinese of everyday when it is read so; the rest is told apart by `chardetng`, which knows what
//! languages look like and is wary of short Chinese. Where all samples are ASCII it stays open until
//! the first other byte comes, and is judged there: everything before reads alike in all of them.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// So many sequences of UTF-8 for each byte that is none.
const OUTNUMBERS: usize = 3;

/// What samples say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judged {
    /// Nothing but ASCII.
    Ascii,
    /// An encoding.
    Is(&'static Encoding),
    /// No text.
    Binary,
}

/// The encoding a byte order mark says, and how long the mark is.
pub(super) fn by_mark(start: &[u8]) -> Option<(&'static Encoding, usize)> {
    Encoding::for_bom(start)
}

/// Judges samples of one text. All but the first begin behind a line end, as far as there is one.
pub(super) fn judge(samples: &[Vec<u8>]) -> Judged {
    let bytes = || samples.iter().flatten();
    let all = bytes().count();
    let zeros = bytes().filter(|b| **b == 0).count();
    if zeros * 20 > all {
        return utf16(samples.first().map_or(&[], Vec::as_slice));
    }
    // A padded field may end in zeros; pictures and programs are full of other controls.
    let controls = bytes()
        .filter(|b| b.is_ascii_control() && !b"\0\t\n\r\x0B\x0C\x1A\x1B".contains(b))
        .count();
    if controls * 50 > all {
        return Judged::Binary;
    }
    if bytes().all(u8::is_ascii) {
        return Judged::Ascii;
    }
    if is_utf8(samples) {
        return Judged::Is(UTF_8);
    }
    if samples
        .iter()
        .fold(Chinese::default(), Chinese::see)
        .is_it()
    {
        return Judged::Is(GB18030);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for sample in samples {
        detector.feed(sample, false);
    }
    detector.feed(b"\n", true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    Judged::Is(if guess == GBK { GB18030 } else { guess })
}

/// What bytes would be in GB18030. Nearly any two are some character of it; what was Latin, Cyrillic or
/// Big5 turns into rare ones.
#[derive(Default)]
struct Chinese {
    /// The 3,755 characters of everyday, which stand together.
    everyday: usize,
    /// Other characters.
    rare: usize,
    /// Punctuation and full-width forms.
    signs: usize,
    /// Bytes that are no character.
    wrong: usize,
}

impl Chinese {
    fn see(mut self, sample: &Vec<u8>) -> Self {
        let mut rest = sample.as_slice();
        while let Some(tail) = self.take(rest) {
            rest = tail;
        }
        self
    }

    /// Takes one character from the front.
    fn take<'b>(&mut self, bytes: &'b [u8]) -> Option<&'b [u8]> {
        let (counter, length) = match bytes {
            [] => return None,
            [0..=0x7F, ..] => return Some(&bytes[1..]),
            [0x81..=0xFE, 0x30..=0x39, 0x81..=0xFE, 0x30..=0x39, ..] => (&mut self.signs, 4),
            [lead @ 0x81..=0xFE, trail @ (0x40..=0x7E | 0x80..=0xFE), ..] => {
                let counter = match (lead, *trail >= 0xA1) {
                    (0xA1..=0xA3 | 0xA6 | 0xA8 | 0xA9, true) => &mut self.signs,
                    (0xB0..=0xD7, true) => &mut self.everyday,
                    _ => &mut self.rare,
                };
                (counter, 2)
            }
            _ => (&mut self.wrong, 1),
        };
        *counter += 1;
        Some(&bytes[length..])
    }

    fn is_it(&self) -> bool {
        let characters = self.everyday + self.rare;
        self.everyday > 0
            && self.everyday * 10 >= characters * 7
            && self.signs <= characters * 8
            && self.wrong * 5 <= characters
    }
}

fn is_utf8(samples: &[Vec<u8>]) -> bool {
    let (mut sequences, mut others) = (0, 0);
    for sample in samples {
        let mut last = 0;
        for chunk in sample.utf8_chunks() {
            sequences += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            last = chunk.invalid().len();
            others += last;
        }
        // The end of a sample may cut a character.
        others -= last;
    }
    sequences > 0 && sequences >= others * OUTNUMBERS
}

/// UTF-16 without a mark: the side most zeros are on is the upper half of Latin letters, delimiters and
/// line ends. What then reads as controls is no text.
fn utf16(sample: &[u8]) -> Judged {
    let zeros_at = |parity: usize| {
        let bytes = sample.iter().skip(parity).step_by(2);
        bytes.filter(|b| **b == 0).count()
    };
    let (first, second) = (zeros_at(0), zeros_at(1));
    let encoding = if second > first * 4 {
        UTF_16LE
    } else if first > second * 4 {
        UTF_16BE
    } else {
        return Judged::Binary;
    };
    let even = &sample[..sample.len() & !1];
    let (text, _) = encoding.decode_without_bom_handling(even);
    let is_wrong = |c: &char| {
        (c.is_control() && !matches!(c, '\t' | '\r' | '\n')) || *c == '\u{FFFD}' || *c == '\u{FFFE}'
    };
    let wrong = text.chars().filter(is_wrong).count();
    if wrong * 50 > text.chars().count() {
        Judged::Binary
    } else {
        Judged::Is(encoding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, WINDOWS_1252};
    use rstest::rstest;

    const TABLE: &str = "通话ID,坐席,备注\r\n1,王小明,客户要求回电\r\n2,李四,已经解决\r\n";

    fn judged(bytes: &[u8]) -> Judged {
        judge(&[bytes.to_vec()])
    }

    #[rstest]
    #[case::header(TABLE)]
    #[case::one_name("id,agent\r\n1,王小明\r\n")]
    #[case::one_word("呼入,1\r\n")]
    fn gbk_is_told_from_utf8(#[case] text: &str) {
        let (gbk, _, _) = GB18030.encode(text);
        assert_eq!(judged(&gbk), Judged::Is(GB18030));
        assert_eq!(judged(text.as_bytes()), Judged::Is(UTF_8));
    }

    #[test]
    fn a_name_cut_in_a_character_does_not_make_it_another_encoding() {
        let mut bytes = TABLE.repeat(3).into_bytes();
        bytes.extend(b"3,\xE7\x8E,x\r\n");
        assert_eq!(judged(&bytes), Judged::Is(UTF_8));
        bytes.extend("4,王".as_bytes().iter().take(4));
        assert_eq!(judged(&bytes), Judged::Is(UTF_8));
    }

    #[test]
    fn other_old_encodings_are_told_too() {
        let rows = "1,王小明,客戶要求回電\r\n2,李四,已經解決\r\n".repeat(3);
        let text = format!("通話編號,坐席,備註\r\n{rows}");
        let (big5, _, _) = BIG5.encode(&text);
        assert_eq!(judged(&big5), Judged::Is(BIG5));
        let german = b"Gespr\xE4ch,Gr\xFC\xDFe,Stra\xDFe,M\xFCnchen\r\n".repeat(3);
        assert_eq!(judged(&german), Judged::Is(WINDOWS_1252));
    }

    #[rstest]
    #[case(u16::to_le_bytes, UTF_16LE)]
    #[case(u16::to_be_bytes, UTF_16BE)]
    fn zeros_say_utf16(#[case] half: fn(u16) -> [u8; 2], #[case] is: &'static Encoding) {
        let bytes: Vec<u8> = TABLE.encode_utf16().flat_map(half).collect();
        assert_eq!(judged(&bytes), Judged::Is(is));
    }

    #[rstest]
    #[case(b"id,agent\r\n1,Anna\r\n", Judged::Ascii)]
    #[case(
        b"padded\0\0,x\r\n1,2 and much more text in this line\r\n",
        Judged::Ascii
    )]
    #[case(b"\x01\x02\x03\x04\x05,\x06", Judged::Binary)]
    #[case(b"\0\0\0\0\x01\x01", Judged::Binary)]
    #[case(b"", Judged::Ascii)]
    fn ascii_stays_open_and_no_text_is_none(#[case] bytes: &[u8], #[case] is: Judged) {
        assert_eq!(judged(bytes), is);
    }
}
