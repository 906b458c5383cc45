use super::*;
use rstest::rstest;

fn word_of(head: &[u8], name: &str) -> String {
    match look(head, Path::new(name).extension()) {
        Look::Recording(kind) => kind.word.into(),
        Look::Named => "named".into(),
        Look::Other => "other".into(),
    }
}

/// Frames of `size` bytes with this head, one after the other.
fn frames(head: &[u8], size: usize) -> Vec<u8> {
    let mut frame = head.to_vec();
    frame.resize(size, 0x55);
    frame.repeat(HEAD_BYTES / size)
}

#[rstest]
#[case::wav(b"RIFF\0\0\0\0WAVEfmt ".to_vec(), "wav")]
#[case::rf64(b"RF64\xFF\xFF\xFF\xFFWAVEds64".to_vec(), "wav")]
#[case::film(b"RIFF\0\0\0\0AVI LIST".to_vec(), "avi")]
#[case::aiff(b"FORM\0\0\0\0AIFFCOMM".to_vec(), "aiff")]
#[case::tagged_mp3(b"ID3\x04\0\0\0\0\x02\x01".to_vec(), "mp3")]
#[case::mp3(frames(&[0xFF, 0xFB, 0x90, 0x64], 417), "mp3")]
#[case::telephone_mp3(frames(&[0xFF, 0xE3, 0x18, 0xC4], 72), "mp3")]
#[case::cut_mp3([vec![1; 300], frames(&[0xFF, 0xFB, 0x90, 0x64], 417)].concat(), "mp3")]
#[case::aac(frames(&[0xFF, 0xF1, 0x60, 0x40, 0x10, 0x1F, 0xFC], 128), "aac")]
#[case::m4a(b"\0\0\0\x20ftypM4A \0\0\0\0".to_vec(), "mp4")]
#[case::phone(b"\0\0\0\x1Cftyp3gp4\0\0\0\0".to_vec(), "mp4")]
#[case::quicktime(b"\0\x01\0\0mdat\0\0\0\0".to_vec(), "mp4")]
#[case::webm(b"\x1A\x45\xDF\xA3\x01\0\0\0".to_vec(), "mkv")]
#[case::ogg(b"OggS\0\x02\0\0\0\0".to_vec(), "ogg")]
#[case::amr(b"#!AMR\n\x3C\x48".to_vec(), "amr-nb")]
#[case::wide_amr(b"#!AMR-WB\n\x24".to_vec(), "amr-wb")]
#[case::wma(b"\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9".to_vec(), "wma")]
#[case::au(b".snd\0\0\0\x18".to_vec(), "au")]
#[case::caf(b"caff\0\x01\0\0desc".to_vec(), "caf")]
#[case::gsm(frames(&[0xD4], 33), "gsm")]
#[case::ac3(frames(&[0x0B, 0x77, 0, 0, 0x1E, 0x40], 1792), "ac3")]
#[case::wechat(b"\x02#!SILK_V3".to_vec(), "silk")]
fn the_first_bytes_tell_a_recording_whatever_its_name(#[case] head: Vec<u8>, #[case] word: &str) {
    for name in ["call", "call.dat", "call.txt"] {
        assert_eq!(word_of(&head, name), word);
    }
}

#[test]
fn speex_in_ogg_is_named() {
    let mut head = b"OggS\0\x02".to_vec();
    head.resize(28, 0);
    head.extend(b"Speex   1.2");
    assert_eq!(word_of(&head, "a.ogg"), "speex");
}

#[rstest]
#[case::text(b"Dear customer, thank you for your call".to_vec(), "a.txt")]
#[case::nothing(vec![], "a")]
#[case::zeros(vec![0; HEAD_BYTES], "a.bin")]
#[case::one_mark_by_chance([&[0xFF, 0xFB, 0x90, 0x64][..], &[7; 2000]].concat(), "a.bin")]
#[case::office(b"PK\x03\x04\x14\0".to_vec(), "a.xlsx")]
#[case::pdf(b"%PDF-1.7".to_vec(), "a.pdf")]
#[case::picture(b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(), "a.heic")]
#[case::tune(b"MThd\0\0\0\x06".to_vec(), "a.mid")]
fn anything_else_is_something_else(#[case] head: Vec<u8>, #[case] name: &str) {
    assert_eq!(word_of(&head, name), "other");
}

#[rstest]
#[case("call.g722", "g722")]
#[case("call.G729", "g729")]
#[case("call.ulaw", "ulaw")]
#[case("call.sln16", "sln")]
#[case("locked.wav", "named")]
#[case("call.AMR", "named")]
fn a_name_decides_where_bytes_say_nothing(#[case] name: &str, #[case] word: &str) {
    assert_eq!(word_of(b"\x12\x34\x56\x78 noise", name), word);
}

#[test]
fn what_is_named_like_a_recording_and_is_none_gets_an_answer_and_no_decoder() {
    for name in ["a.g722", "a.mp3"] {
        assert_eq!(word_of(b"\xFF\xD8\xFF\xE0\0\x10JFIF", name), "named");
    }
}

#[test]
fn only_the_beginning_of_a_file_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("call");
    std::fs::write(&path, [b"#!AMR\n".to_vec(), vec![0; 1 << 20]].concat()).unwrap();
    assert!(matches!(look_into(&path).unwrap(), Look::Recording(kind) if kind.word == "amr-nb"));
    assert!(look_into(folder.path()).is_err());
}
