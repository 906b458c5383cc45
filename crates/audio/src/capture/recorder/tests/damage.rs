//! What a dead process leaves, and what is made of it.

use super::*;
use qinting_desk::RepairedPart;
use rstest::rstest;

const FRAMES: usize = 500;

/// A file as the recorder leaves it at its end, and its sound.
fn recorded(folder: &TempDir, channels: u16) -> (Vec<u8>, Vec<i16>) {
    let recorder = Recorder::start(plan(folder, channels, 1 << 30), Box::new(|_| {})).expect("on");
    let heard = sound(FRAMES * usize::from(channels));
    recorder.write(heard.clone());
    recorder.finish().expect("a good end");
    let bytes = std::fs::read(part(folder, 1)).expect("a file");
    (bytes, heard)
}

fn with(mut bytes: Vec<u8>, at: usize, new: &[u8]) -> Vec<u8> {
    bytes[at..at + new.len()].copy_from_slice(new);
    bytes
}

fn cut(mut bytes: Vec<u8>, length: usize) -> Vec<u8> {
    bytes.truncate(length);
    bytes
}

/// One kind of damage.
type Damage = fn(Vec<u8>) -> Vec<u8>;

#[rstest]
#[case::none(|b| b, FRAMES, false)]
#[case::killed_before_the_first_flush(|b| with(with(b, 4, &[0; 4]), 40, &[0; 4]), FRAMES, true)]
#[case::killed_between_flushes(|b| with(b, 40, &400u32.to_le_bytes()), FRAMES, true)]
#[case::killed_within_a_length(|b| with(b, 4, &[0xFF, 0]), FRAMES, true)]
#[case::longer_than_the_file(|b| with(b, 40, &u32::MAX.to_le_bytes()), FRAMES, true)]
#[case::cut_within_a_frame(|b| cut(b, HEADER + 4 * 100 + 3), 100, true)]
#[case::cut_between_frames(|b| cut(b, HEADER + 4 * 100), 100, true)]
#[case::nothing_but_the_header(|b| cut(b, HEADER), 0, true)]
#[case::a_torn_sector_in_the_name(|b| with(b, 0, b"RI\0\0"), FRAMES, true)]
#[case::the_rate_is_gone(|b| with(b, 24, &[0; 3]), FRAMES, true)]
#[case::the_channels_are_gone(|b| with(b, 22, &[0; 2]), FRAMES, true)]
fn the_header_is_made_to_say_what_is_there(
    #[case] damage: Damage,
    #[case] frames: usize,
    #[case] was_broken: bool,
) {
    let folder = TempDir::new().expect("a folder");
    let (bytes, heard) = recorded(&folder, 2);
    let file = part(&folder, 1);
    std::fs::write(&file, damage(bytes)).expect("a file");
    let mended = RepairedPart {
        sample_rate_hz: RATE,
        channels: 2,
        frames: frames as u64,
        was_broken,
    };
    assert_eq!(mend_at(&file).expect("mended"), mended);
    assert_eq!(samples(&file), heard[..frames * 2]);
    let again = RepairedPart {
        was_broken: false,
        ..mended
    };
    assert_eq!(mend_at(&file).expect("well"), again, "once is enough");
}

#[rstest]
#[case::empty(b"")]
#[case::killed_within_its_header(b"RIFF\0\0\0\0WAVEfmt ")]
#[case::none_of_ours(b"a text that is rather longer than the header of a sound file would be")]
#[case::all_zeros(&[0; 4096])]
#[case::compressed_sound(b"RIFF\x64\0\0\0WAVEfmt \x14\0\0\0\x11\0\x01\0\x40\x1f\0\0\xd7\x0f\0\0\0\x01\x04\0\x02\0\xf9\x01data\0\0\0\0")]
fn a_file_without_a_recording_of_ours_has_no_frames_and_stays_as_it_is(#[case] bytes: &[u8]) {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("part-001.wav");
    std::fs::write(&file, bytes).expect("a file");
    let mended = mend_at(&file).expect("looked at");
    assert_eq!((mended.frames, mended.was_broken), (0, true));
    assert_eq!(std::fs::read(&file).expect("still there"), bytes);
}

#[test]
fn a_file_that_is_gone_has_no_frames() {
    let folder = TempDir::new().expect("a folder");
    let mended = mend_at(&folder.path().join("part-001.wav")).expect("looked for");
    assert_eq!((mended.frames, mended.was_broken), (0, true));
}

#[test]
fn however_a_file_is_mangled_no_frame_is_made_up() {
    let folder = TempDir::new().expect("a folder");
    let (mut recognised, mut lost) = (0, 0);
    for seed in 0..200u64 {
        let mut chance = Dice::new(seed);
        let channels = 1 + chance.below(2) as u16;
        let shelf = TempDir::new_in(folder.path()).expect("a folder");
        let (mut bytes, heard) = recorded(&shelf, channels);
        if chance.below(3) > 0 {
            bytes.truncate(chance.below(bytes.len() + 1));
        }
        for _ in 0..chance.below(6) {
            let at = chance.below(HEADER);
            if let Some(byte) = bytes.get_mut(at) {
                *byte = chance.below(256) as u8;
            }
        }
        let file = part(&shelf, 1);
        std::fs::write(&file, &bytes).expect("a file");
        let mended = mend_at(&file).expect("looked at");
        let body = bytes.len().saturating_sub(HEADER);
        let present = body / (2 * usize::from(channels));
        if mended.frames == 0 {
            lost += 1;
            continue;
        }
        recognised += 1;
        assert_eq!(mended.channels, channels, "seed {seed}");
        assert_eq!(mended.frames as usize, present, "seed {seed}");
        assert_eq!(
            samples(&file),
            heard[..present * usize::from(channels)],
            "seed {seed}"
        );
        assert!(!mend_at(&file).expect("well").was_broken, "seed {seed}");
    }
    assert!(recognised > 100 && lost > 10, "{recognised} {lost}");
}
