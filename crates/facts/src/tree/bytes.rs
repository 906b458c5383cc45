//! Bytes as text, in the encodings side-cars come in.

use super::{TreeFault, TreeReason};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// How far in an XML declaration can stand.
const DECLARED_WITHIN: usize = 256;

/// The text of some bytes: by their mark of order, UTF-16 by its zeros, UTF-8, what an XML declaration names,
/// GB18030. Strictly: bytes that are in none of them are no text.
///
/// # Errors
/// [`TreeReason::NotText`]
pub fn text(bytes: &[u8]) -> Result<Cow<'_, str>, TreeFault> {
    let not_text = || TreeFault::whole(TreeReason::NotText);
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strictly(encoding, &bytes[mark..]).ok_or_else(not_text);
    }
    if let Some(encoding) = by_zeros(bytes) {
        return strictly(encoding, bytes).ok_or_else(not_text);
    }
    let utf8 = strictly(UTF_8, bytes);
    let declared = declared(bytes).filter(|encoding| *encoding != UTF_8);
    match (utf8, declared) {
        // Declared otherwise and written as UTF-8 all the same: Chinese in UTF-8 is never by chance.
        (Some(text), Some(encoding)) => {
            let is_certain =
                text.is_ascii() || text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            Ok(if is_certain {
                text
            } else {
                strictly(encoding, bytes).unwrap_or(text)
            })
        }
        (Some(text), None) => Ok(text),
        (None, declared) => declared
            .and_then(|encoding| strictly(encoding, bytes))
            .or_else(|| strictly(GB18030, bytes))
            .ok_or_else(not_text),
    }
}

fn strictly<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        // A zero is in no text; it is in everything else.
        .filter(|text| !text.contains('\0'))
}

/// UTF-16 without a mark begins with two ASCII characters in every side-car.
fn by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes.get(..4)? {
        [a, 0, b, 0] if *a != 0 && *b != 0 => Some(UTF_16LE),
        [0, a, 0, b] if *a != 0 && *b != 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// What `<?xml … encoding="GBK"?>` names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARED_WITHIN)];
    let head = String::from_utf8_lossy(head);
    let declaration = head.trim_start().strip_prefix("<?xml")?;
    let (declaration, _) = declaration.split_once("?>")?;
    let (_, after) = declaration.split_once("encoding")?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = value[1..].split(quote).next()?;
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn utf16(text: &str, mark: &str) -> Vec<u8> {
        format!("{mark}{text}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect()
    }

    #[test]
    fn the_same_text_is_read_in_every_encoding() {
        let written = r#"{"坐席": "林小满"}"#;
        let gbk = GB18030.encode(written).0.into_owned();
        let big_endian: Vec<u8> = written.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            written.as_bytes().to_vec(),
            format!("\u{feff}{written}").into_bytes(),
            gbk,
            utf16(written, "\u{feff}"),
            utf16(written, ""),
            big_endian,
        ] {
            assert_eq!(text(&bytes).as_deref(), Ok(written));
        }
    }

    #[rstest]
    #[case::as_declared("GBK", "<a>诺</a>", true)]
    #[case::utf8_all_the_same("GBK", "<a>林小满</a>", false)]
    #[case::other_words("gb2312", "<a>坐席</a>", true)]
    fn a_declared_encoding_is_honoured(
        #[case] label: &str,
        #[case] body: &str,
        #[case] is_gbk: bool,
    ) {
        let written = format!("<?xml version=\"1.0\" encoding=\"{label}\"?>{body}");
        let bytes = if is_gbk {
            GB18030.encode(&written).0.into_owned()
        } else {
            written.clone().into_bytes()
        };
        assert_eq!(text(&bytes).as_deref(), Ok(written.as_str()));
    }

    #[rstest]
    #[case::sound(b"RIFF\x24\x00\x00\x00WAVEfmt ")]
    #[case::broken_utf16(b"\xff\xfe\x00\xd8a\x00")]
    #[case::neither(b"{\"a\": \"\xff\xff\"}")]
    fn what_is_no_text_is_refused(#[case] bytes: &[u8]) {
        assert_eq!(text(bytes), Err(TreeFault::whole(TreeReason::NotText)));
    }
}
