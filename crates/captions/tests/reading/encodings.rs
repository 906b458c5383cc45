//! Bytes as Chinese Windows, editors and Praat write them.

use crate::told::{bytes, look, told};
use encoding_rs::GB18030;
use qinting_captions::{NoteKind, read};
use rstest::rstest;

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let marked = [0xFEFF].into_iter().chain(text.encode_utf16());
    marked.flat_map(unit).collect()
}

#[rstest]
fn a_file_is_the_same_in_every_encoding(
    #[values(
        "voices.vtt",
        "lenient.srt",
        "lines.txt",
        "long.TextGrid",
        "aliyun.json",
        "somebody.json"
    )]
    name: &str,
) {
    let expected = look(name);
    let text = String::from_utf8(bytes(name)).expect("our files are UTF-8");
    let with_ends = text.replace('\n', "\r\n");
    let all = [
        format!("\u{FEFF}{with_ends}").into_bytes(),
        with_ends.clone().into_bytes(),
        GB18030.encode(&text).0.into_owned(),
        GB18030.encode(&with_ends).0.into_owned(),
        utf16(&with_ends, u16::to_le_bytes),
        utf16(&text, u16::to_be_bytes),
    ];
    for (nth, bytes) in all.iter().enumerate() {
        let text = read(&**bytes, Some(name)).unwrap_or_else(|e| panic!("{nth}: {e:?}"));
        assert_eq!(told(&text), told(&expected), "{nth}");
    }
}

/// whisper.cpp writes tokens as bytes: a character in three tokens is three torn ones.
#[test]
fn lines_of_whisper_cpp_are_whole_where_its_tokens_are_torn() {
    let whole = String::from_utf8(bytes("whisper_cpp.json")).expect("UTF-8");
    let at = whole.find("\"text\":\"您\"").expect("a token") + "\"text\":\"".len();
    let mut torn = whole.into_bytes();
    torn.truncate(torn.len());
    torn.remove(at + 2);
    let text = read(&*torn, None).expect("lines");
    assert_eq!(told(&text), ["0–2400 : Hello您好"]);
    assert!(text.lines[0].words.is_empty());
    let note = text
        .notes
        .iter()
        .find(|note| note.kind == NoteKind::WordsLeftOut);
    assert_eq!(note.map(|note| note.count), Some(1));
}
