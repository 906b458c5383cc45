//! Paths as text. A path is bytes; nearly always they are UTF-8, and then the text is the path.
//! A name from an archive of a Chinese Windows is not: each byte that is no UTF-8 crosses a border
//! as one character of [`BYTES`], which comes back as the byte. No path is lost or changed on the
//! way, whatever its bytes are.

use std::ffi::{OsStr, OsString};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// The characters bytes travel as: 0x80–0xFF behind 0xEF00, a private corner of Unicode. A name
/// that holds one of them itself has it written byte by byte, so that the way back is certain.
pub const BYTES: RangeInclusive<char> = '\u{EF80}'..='\u{EFFF}';

/// A path as text that [`from_text`] reads back unchanged.
pub fn to_text(path: impl AsRef<OsStr>) -> String {
    let bytes = path.as_ref().as_encoded_bytes();
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if BYTES.contains(&c) {
                let mut buffer = [0; 4];
                text.extend(c.encode_utf8(&mut buffer).bytes().filter_map(character));
            } else {
                text.push(c);
            }
        }
        text.extend(chunk.invalid().iter().copied().filter_map(character));
    }
    text
}

/// The path a text of [`to_text`] stands for.
pub fn from_text(text: &str) -> PathBuf {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match byte(c) {
            Some(byte) => bytes.push(byte),
            None => {
                let mut buffer = [0; 4];
                bytes.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
            }
        }
    }
    PathBuf::from(system::name(bytes))
}

/// A name as well as it can be shown: UTF-8, else what a Chinese Windows would have written, else
/// with a sign for each byte nobody can read. For eyes only; it leads to no file.
pub fn shown(name: impl AsRef<OsStr>) -> String {
    let name = name.as_ref();
    if let Some(text) = name.to_str() {
        return text.to_owned();
    }
    encoding_rs::GB18030
        .decode_without_bom_handling_and_without_replacement(name.as_encoded_bytes())
        .map_or_else(
            || name.to_string_lossy().into_owned(),
            |text| text.into_owned(),
        )
}

fn character(byte: u8) -> Option<char> {
    char::from_u32(0xEF00 + u32::from(byte)).filter(|c| BYTES.contains(c))
}

fn byte(c: char) -> Option<u8> {
    BYTES.contains(&c).then(|| (u32::from(c) & 0xFF) as u8)
}

/// Bytes of a name to a name of this system.
#[cfg(unix)]
mod system {
    use super::OsString;
    use std::os::unix::ffi::OsStringExt;

    pub(super) fn name(bytes: Vec<u8>) -> OsString {
        OsString::from_vec(bytes)
    }
}

/// On Windows a name is 16-bit units; half a surrogate pair is three bytes that are no UTF-8
/// (WTF-8), which is how it came here.
#[cfg(windows)]
mod system {
    use super::OsString;
    use std::os::windows::ffi::OsStringExt;

    pub(super) fn name(bytes: Vec<u8>) -> OsString {
        let mut units: Vec<u16> = Vec::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            units.extend(chunk.valid().encode_utf16());
            // The chunks hand a half pair out byte by byte; its last two bytes carry the unit.
            match *chunk.invalid() {
                [0xED] => units.push(0xD000),
                [tail @ 0x80..=0xBF] => {
                    let unit = units.pop().unwrap_or(0);
                    units.push(match unit {
                        0xD000 => 0xD000 | u16::from(tail & 0x3F) << 6,
                        open => open | u16::from(tail & 0x3F),
                    });
                }
                _ => {}
            }
        }
        OsString::from_wide(&units)
    }
}

/// For `#[serde(with = …)]` on a path.
pub mod one {
    use super::{Path, PathBuf, from_text, to_text};
    use serde::{Deserialize, Deserializer, Serializer};

    /// As text.
    pub fn serialize<S: Serializer>(path: &Path, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&to_text(path))
    }

    /// From text.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<PathBuf, D::Error> {
        String::deserialize(from).map(|text| from_text(&text))
    }
}

/// For `#[serde(with = …)]` on paths.
pub mod many {
    use super::{PathBuf, from_text, to_text};
    use serde::{Deserialize, Deserializer, Serializer};

    /// As texts.
    pub fn serialize<S: Serializer>(paths: &[PathBuf], out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(paths.iter().map(to_text))
    }

    /// From texts.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<PathBuf>, D::Error> {
        let texts = Vec::<String>::deserialize(from)?;
        Ok(texts.iter().map(|text| from_text(text)).collect())
    }
}

/// For `#[serde(with = …)]` on a path that may not be there.
pub mod perhaps {
    use super::{PathBuf, from_text, to_text};
    use serde::{Deserialize, Deserializer, Serializer};

    /// As text.
    pub fn serialize<S: Serializer>(path: &Option<PathBuf>, out: S) -> Result<S::Ok, S::Error> {
        match path {
            Some(path) => out.serialize_some(&to_text(path)),
            None => out.serialize_none(),
        }
    }

    /// From text.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<PathBuf>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        Ok(text.map(|text| from_text(&text)))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;
    use std::os::unix::ffi::{OsStrExt, OsStringExt};

    fn path(bytes: &[u8]) -> PathBuf {
        PathBuf::from(OsStr::from_bytes(bytes))
    }

    /// 退款投诉 as a Chinese Windows writes it.
    const REFUND: &[u8] = &[0xCD, 0xCB, 0xBF, 0xEE, 0xCD, 0xB6, 0xCB, 0xDF];

    #[rstest]
    #[case::plain("/calls/a.wav".as_bytes(), "/calls/a.wav")]
    #[case::chinese("/来电/退款.wav".as_bytes(), "/来电/退款.wav")]
    #[case::one_foreign_byte(b"a\xFFb", "a\u{EFFF}b")]
    #[case::the_sign_itself("\u{EF80}".as_bytes(), "\u{EFEE}\u{EFBE}\u{EF80}")]
    fn a_path_is_its_own_text_where_it_can_be(#[case] bytes: &[u8], #[case] text: &str) {
        assert_eq!(to_text(path(bytes)), text);
        assert_eq!(from_text(text), path(bytes));
    }

    #[test]
    fn a_name_of_a_chinese_windows_is_shown_and_kept() {
        let name = path(&[REFUND, b".wav"].concat());
        assert_eq!(shown(&name), "退款投诉.wav");
        assert_eq!(from_text(&to_text(&name)), name);
        assert_eq!(shown("退款投诉.wav"), "退款投诉.wav");
        assert_eq!(shown(path(b"a\xFF")), "a\u{FFFD}");
    }

    #[test]
    fn paths_cross_json() {
        #[derive(serde::Serialize, serde::Deserialize, PartialEq, Debug)]
        struct All {
            #[serde(with = "one")]
            one: PathBuf,
            #[serde(with = "many")]
            many: Vec<PathBuf>,
            #[serde(with = "perhaps")]
            perhaps: Option<PathBuf>,
            #[serde(with = "perhaps")]
            none: Option<PathBuf>,
        }
        let all = All {
            one: path(REFUND),
            many: vec![path(b"a"), path(REFUND)],
            perhaps: Some(path(REFUND)),
            none: None,
        };
        let json = serde_json::to_string(&all).unwrap();
        assert_eq!(serde_json::from_str::<All>(&json).unwrap(), all);
    }

    proptest! {
        #[test]
        fn whatever_the_bytes_the_path_comes_back(bytes: Vec<u8>) {
            let there = OsString::from_vec(bytes);
            prop_assert_eq!(from_text(&to_text(&there)).into_os_string(), there);
        }

        #[test]
        fn whatever_the_name_it_comes_back(name in "[a\u{EF7F}-\u{F001}退/]{0,12}") {
            prop_assert_eq!(from_text(&to_text(&name)), PathBuf::from(name));
        }
    }
}
