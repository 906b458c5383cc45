//! Texts of an XLS: one byte a character or two, in a code page before BIFF 8, and cut into records
//! anywhere.

use super::records::u16_of;
use crate::excel::Strings;
use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257,
    WINDOWS_1258,
};

/// The encoding of a code page (MS-XLS 2.4.52).
pub(super) fn of_code_page(page: u16) -> Option<&'static Encoding> {
    Some(match page {
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 | 54936 => GB18030,
        949 => EUC_KR,
        950 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1252 | 0x8001 => WINDOWS_1252,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        65001 => UTF_8,
        _ => return None,
    })
}

/// How the texts of one workbook are written.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    /// Whether texts say themselves how wide their characters are.
    pub(super) is_biff8: bool,
    /// The code page, where there is one.
    pub(super) encoding: Option<&'static Encoding>,
}

impl Writing {
    /// A text behind its length in characters, which takes `length_bytes`.
    pub(super) fn text(&self, data: &[u8], length_bytes: usize) -> Option<String> {
        let length = match length_bytes {
            1 => usize::from(*data.first()?),
            _ => usize::from(u16_of(data, 0)?),
        };
        let data = data.get(length_bytes..)?;
        if !self.is_biff8 {
            return Some(self.decoded(data.get(..length.min(data.len()))?));
        }
        if length == 0 {
            return Some(String::new());
        }
        let (flags, data) = data.split_first()?;
        let mut text = Utf16::default();
        text.take(data, length, flags & 1 == 1);
        Some(text.finish())
    }

    /// Bytes of a code page. Small programs on web servers name none, and write UTF-8 or GBK.
    fn decoded(&self, bytes: &[u8]) -> String {
        if let Some(encoding) = self.encoding {
            return encoding.decode_without_bom_handling(bytes).0.into_owned();
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => GB18030.decode_without_bom_handling(bytes).0.into_owned(),
        }
    }
}

/// Characters on their way from UTF-16, of which a narrow one has its lower half alone.
#[derive(Default)]
struct Utf16 {
    units: Vec<u16>,
}

impl Utf16 {
    /// Takes up to `length` characters, and says how many bytes they were.
    fn take(&mut self, data: &[u8], length: usize, is_wide: bool) -> usize {
        if is_wide {
            let (pairs, _) = data.as_chunks::<2>();
            let pairs = &pairs[..length.min(pairs.len())];
            self.units
                .extend(pairs.iter().map(|pair| u16::from_le_bytes(*pair)));
            pairs.len() * 2
        } else {
            let bytes = &data[..length.min(data.len())];
            self.units.extend(bytes.iter().map(|b| u16::from(*b)));
            bytes.len()
        }
    }

    fn finish(&self) -> String {
        String::from_utf16_lossy(&self.units)
    }
}

/// All texts of a workbook, out of the records they are cut into. What is cut off at the end is not
/// there; a cell that names it is at fault.
pub(super) fn shared(pieces: Vec<&[u8]>) -> Strings {
    let mut strings = Strings::default();
    let mut cut = Cut {
        pieces,
        piece: 0,
        at: 8,
    };
    while let Some(text) = cut.text() {
        strings.push(&text);
    }
    strings
}

/// Bytes that lie in several records.
struct Cut<'s> {
    pieces: Vec<&'s [u8]>,
    piece: usize,
    at: usize,
}

impl Cut<'_> {
    /// What is left of this piece; goes on to the next where nothing is.
    fn rest(&mut self) -> Option<&[u8]> {
        while self.at >= self.pieces.get(self.piece)?.len() {
            self.at -= self.pieces[self.piece].len();
            self.piece += 1;
        }
        self.pieces[self.piece].get(self.at..)
    }

    fn u8(&mut self) -> Option<u8> {
        let byte = *self.rest()?.first()?;
        self.at += 1;
        Some(byte)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    /// The next text (MS-XLS 2.5.293): its characters, and behind them how it looks and is spoken.
    fn text(&mut self) -> Option<String> {
        let length = usize::from(self.u16()?);
        let flags = self.u8()?;
        let runs = if flags & 8 == 0 { 0 } else { self.u16()? };
        let spoken = if flags & 4 == 0 { 0 } else { self.u32()? };
        let mut text = Utf16::default();
        let mut is_wide = flags & 1 == 1;
        while text.units.len() < length {
            let left = length - text.units.len();
            let is_at_end = self.at >= self.pieces.get(self.piece)?.len();
            if is_at_end {
                // A record that goes on with characters says again how wide they are.
                is_wide = self.u8()? & 1 == 1;
            }
            let rest = self.rest()?;
            let taken = text.take(rest, left, is_wide);
            if taken == 0 {
                return None;
            }
            self.at += taken;
        }
        self.at += usize::from(runs) * 4 + usize::try_from(spoken).ok()?;
        Some(text.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(pieces: &[&[u8]]) -> Vec<String> {
        let strings = shared(pieces.to_vec());
        (0..)
            .map_while(|at| strings.get(at).map(str::to_owned))
            .collect()
    }

    const HEAD: [u8; 8] = [0; 8];

    #[test]
    fn texts_are_read_across_records_with_their_width() {
        let first = [&HEAD[..], b"\x02\0\0ab", b"\x04\0\0cd"].concat();
        // The rest of the second text has wide characters; the third is looked at and spoken.
        let second = [
            b"\x01\x2D\x4E\x87\x65".as_slice(),
            b"\x01\0\x0C\x01\0\x03\0\0\0x\0\0\0\0abc",
            b"\x01\0\0y",
        ]
        .concat();
        assert_eq!(all(&[&first, &second]), ["ab", "cd中文", "x", "y"]);
    }

    #[test]
    fn a_text_may_end_where_its_record_does() {
        let first = [&HEAD[..], b"\x02\0\0ab"].concat();
        assert_eq!(all(&[&first, b"\x01\0\0c"]), ["ab", "c"]);
    }

    #[test]
    fn what_is_cut_off_is_not_there() {
        let first = [&HEAD[..], b"\x02\0\0ab", b"\xFF\xFF\0cd"].concat();
        assert_eq!(all(&[&first]), ["ab"]);
        assert!(all(&[b""]).is_empty());
    }

    #[test]
    fn texts_before_biff_8_are_of_a_code_page_or_what_they_look_like() {
        let gbk = [b"\x04".as_slice(), b"\xD6\xD0\xCE\xC4"].concat();
        let utf8 = [b"\x06".as_slice(), "中文".as_bytes()].concat();
        let writing = |page| Writing {
            is_biff8: false,
            encoding: of_code_page(page),
        };
        assert_eq!(writing(936).text(&gbk, 1).expect("text"), "中文");
        assert_eq!(writing(0).text(&gbk, 1).expect("text"), "中文");
        assert_eq!(writing(0).text(&utf8, 1).expect("text"), "中文");
    }
}
