//! The bytes rule, not what a header says of them.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // helpers of a test may stop it, and say so

use crate::common::*;
use qinting_desk::codes::*;
use qinting_domain::SoundNotice;
use qinting_testkit::data::shared;
use rstest::rstest;

const RATE: u32 = 8000;
/// Three seconds of 16-bit mono.
const BYTES: u32 = 48_000;

fn sound() -> Vec<u8> {
    bytes16(&tone(440.0, RATE, 3.0, 0.5))
}

fn plain() -> Vec<u8> {
    wav16(&tone(440.0, RATE, 3.0, 0.5), 1, RATE)
}

/// A WAV of three seconds whose header states `size` bytes of sound.
fn stating(size: u32) -> Vec<u8> {
    let mut file = plain();
    file[40..44].copy_from_slice(&size.to_le_bytes());
    file
}

fn told(bytes: &[u8]) -> (u64, Vec<SoundNotice>) {
    let outcome = take_in_bytes("call.wav", bytes).unwrap();
    let end = outcome.channel(0).len() - 8000;
    assert_eq!(loudest_hz(&outcome.channel(0)[end..], RATE), 440.0);
    (outcome.ingested.frames, outcome.ingested.notices)
}

#[rstest]
#[case::never_written(0)]
#[case::all_ones(u32::MAX)]
#[case::largest_signed(0x7FFF_FFFF)]
#[case::a_page_below_it(0x7FFF_F000)]
#[case::all_but_a_header(0xFFFF_FFDB)]
#[case::with_its_header(BYTES + 44)]
#[case::two_too_many(BYTES + 2)]
#[case::eight_too_few(BYTES - 8)]
fn sizes_that_were_never_finished_mean_to_the_end(#[case] size: u32) {
    let (frames, notices) = told(&stating(size));
    assert_eq!(frames, 24_000);
    assert_eq!(notices, [SoundNotice::HeaderUnfinished]);
}

#[test]
fn a_size_that_is_right_is_not_spoken_of() {
    assert_eq!(told(&plain()), (24_000, vec![]));
}

#[rstest]
#[case::a_list(&[b"LIST\x08\0\0\0INFOabcd".to_vec()])]
#[case::two_chunks(&[b"id3 \x04\0\0\0abcd".to_vec(), b"bext\x02\0\0\0ab".to_vec()])]
#[case::an_odd_one_without_its_padding(&[b"id3 \x03\0\0\0abc".to_vec(), b"LIST\x04\0\0\0abcd".to_vec()])]
#[case::a_tag(&[[b"TAG".to_vec(), vec![b' '; 125]].concat()])]
#[case::room(&[vec![0; 2000]])]
fn what_stands_behind_the_sound_stays_outside(#[case] rest: &[Vec<u8>]) {
    let file = [plain(), rest.concat()].concat();
    assert_eq!(told(&file), (24_000, vec![]));
}

#[test]
fn an_odd_chunk_without_its_padding_hides_no_sound() {
    let mut file = riff(&[(b"fmt ", &fmt(1, 1, RATE, 16))]);
    file.extend(b"note\x03\0\0\0abcdata");
    file.extend(BYTES.to_le_bytes());
    file.extend(sound());
    assert_eq!(told(&file), (24_000, vec![]));
}

#[rstest]
#[case::finished(u64::from(BYTES), vec![])]
#[case::never_finished(0, vec![SoundNotice::HeaderUnfinished])]
#[case::all_ones(u64::MAX, vec![SoundNotice::HeaderUnfinished])]
fn sizes_of_64_bits_are_held_against_the_bytes_too(
    #[case] size: u64,
    #[case] notices: Vec<SoundNotice>,
) {
    let ds64 = [&[0; 8][..], &size.to_le_bytes(), &[0; 12]].concat();
    let data = sound();
    let mut file = riff(&[
        (b"ds64", &ds64),
        (b"fmt ", &fmt(1, 1, RATE, 16)),
        (b"data", &data),
    ]);
    file[..4].copy_from_slice(b"RF64");
    let size_at = file.len() - data.len() - 4;
    file[size_at..size_at + 4].fill(0xFF);
    assert_eq!(told(&file), (24_000, notices));
}

#[test]
fn a_wav_with_its_bytes_the_other_way_round_is_read() {
    let mut file = plain();
    file[..4].copy_from_slice(b"RIFX");
    for (at, width) in [
        (4, 4),
        (16, 4),
        (20, 2),
        (22, 2),
        (24, 4),
        (28, 4),
        (32, 2),
        (34, 2),
        (40, 4),
    ] {
        file[at..at + width].reverse();
    }
    for sample in file[44..].chunks_exact_mut(2) {
        sample.reverse();
    }
    assert_eq!(told(&file), (24_000, vec![]));
}

#[rstest]
#[case::plain(plain()[..24_044].to_vec(), 12_000, Some(1500))]
#[case::opus(cut("tone-48k.opus", 0.5), 24_000, None)]
#[case::flac(cut("tone-8k.flac", 0.5), 4_000, Some(900))]
#[case::mp3(cut("tone-44k.mp3", 0.5), 22_050, Some(900))]
#[case::index_first(cut("tone-44k-faststart.m4a", 0.6), 22_050, Some(500))]
fn whoever_wants_takes_what_is_there(
    #[case] bytes: Vec<u8>,
    #[case] least: u64,
    #[case] missing: Option<u64>,
) {
    let refused = take_in_bytes("call", &bytes).err().unwrap();
    assert_eq!(refused.code(), MEDIA_TRUNCATED);
    let taken = take_in_bytes_as("call", &bytes, true).unwrap().ingested;
    assert!(taken.frames >= least, "{} frames", taken.frames);
    let [SoundNotice::CutOff { missing_ms }] = taken.notices[..] else {
        panic!("{:?}", taken.notices);
    };
    assert_eq!(missing_ms.is_some(), missing.is_some());
    let apart = missing_ms.unwrap_or(0).abs_diff(missing.unwrap_or(0));
    assert!(apart < 600, "{missing_ms:?} ms missing");
}

fn cut(name: &str, share: f64) -> Vec<u8> {
    let whole = std::fs::read(fixture(name)).unwrap();
    whole[..(whole.len() as f64 * share) as usize].to_vec()
}

/// Sizes of an ADPCM file that were never finished.
#[test]
fn compressed_sound_in_a_wav_is_taken_to_its_end_too() {
    let whole = std::fs::read(fixture("tone-8k-ima.wav")).unwrap();
    let data = whole.windows(4).position(|w| w == b"data").unwrap() + 4;
    let frames = take_in_bytes("a.wav", &whole).unwrap().ingested.frames;
    for size in [0, u32::MAX, 0x7FFF_F000] {
        let mut file = whole.clone();
        file[data..data + 4].copy_from_slice(&size.to_le_bytes());
        file[4..8].copy_from_slice(&size.to_le_bytes());
        let got = take_in_bytes("a.wav", &file).unwrap().ingested;
        assert_eq!(got.frames, frames, "{size:#x}");
        assert_eq!(got.notices, [SoundNotice::HeaderUnfinished]);
    }
}

/// Files that others' recorders wrote; what each is expected to give is noted beside them.
#[test]
fn the_odd_files_come_in_as_expected() {
    let Some(data) = shared("odd") else {
        return;
    };
    let expected = [
        ("derived_vbr_no_xing_45s_44k.mp3", 45.349),
        ("ax_bear-vbr-no-seek-table.mp3", 2.808),
        ("ax_bbb_1ch_8kHz_aac_lc.m4a", 3.072),
        ("derived_M1F1_8k_edit_list.m4a", 2.944),
        ("mm_ffmpeg-missing-chunksize.wav", 0.627),
        ("derived_M1F1_size_0.wav", 2.937),
        ("wf_4bit-imaadpcm-8kHz-noBext-mono-encoded.wav", 5.934),
        ("mm_no-last-page.oga", 5.638),
        ("mm_no-duration.webm", 25.5),
        ("azvm_en-US_lpcm.wav", 10.36),
        ("azvm_en-US_g711_mulaw.wav", 10.36),
        ("ax_sample_rf64.wav", 0.349),
        ("freeswitch_hello_stereo.wav", 1.277),
        ("google_two_channel_16k.wav", 6.665),
    ];
    let mut wrong = Vec::new();
    for (name, seconds) in expected {
        match take_in(&[data.join(name)]) {
            Ok(outcome) => {
                let got = outcome.ingested;
                let length = got.frames as f64 / f64::from(got.sample_rate_hz);
                println!(
                    "{name}: {length:.3} s of {seconds}, {:?}, {} ms",
                    got.notices, got.shift_ms
                );
                if (length - seconds).abs() > 0.06 {
                    wrong.push(format!("{name}: {length} s"));
                }
            }
            Err(e) => wrong.push(format!("{name}: {e}")),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
