//! The recording begins where the sound began: the encoder's delay and what an editor cut are not
//! in it.
#![allow(clippy::unwrap_used)] // helpers of a test may stop it

use crate::common::*;
use rstest::rstest;
use std::f64::consts::TAU;

/// How late a sine of `hz` that began at its zero stands, in milliseconds: whole periods by where
/// it is first loud, the rest by its phase.
fn late_ms(sound: &[f64], rate: u32, hz: f64) -> f64 {
    let onset = sound.iter().position(|s| s.abs() > 0.15).unwrap();
    let w = TAU * hz / f64::from(rate);
    let (mut re, mut im) = (0.0, 0.0);
    for (n, s) in sound
        .iter()
        .enumerate()
        .skip(rate as usize / 10)
        .take(rate as usize)
    {
        re += s * (w * n as f64).sin();
        im -= s * (w * n as f64).cos();
    }
    let period = 1000.0 / hz;
    let phase = im.atan2(re) / TAU * period;
    let rough = onset as f64 * 1000.0 / f64::from(rate);
    phase + ((rough - phase) / period).round() * period
}

#[rstest]
#[case::m4a("tone-44k.m4a")]
#[case::m4a_index_first("tone-44k-faststart.m4a")]
#[case::m4a_of_a_telephone("tone-8k.m4a")]
#[case::mp3("tone-44k.mp3")]
#[case::mp3_of_a_telephone("tone-8k.mp3")]
#[case::vorbis("tone-44k.ogg")]
#[case::opus("tone-48k.opus")]
#[case::flac("tone-8k.flac")]
fn the_recording_begins_where_the_sound_began(#[case] name: &str) {
    let outcome = take_in(&[fixture(name)]).unwrap();
    let rate = outcome.ingested.sample_rate_hz;
    let late = late_ms(&outcome.channel(0), rate, 440.0);
    assert!(late.abs() < 5.0, "{late:.2} ms late");
}

/// The m4a with its edit list made to begin `more` frames later.
fn edited(more: u32, length_ms: u32) -> Vec<u8> {
    let mut file = std::fs::read(fixture("tone-44k.m4a")).unwrap();
    let at = file.windows(4).position(|w| w == b"elst").unwrap() + 12;
    let from = u32::from_be_bytes(file[at + 4..at + 8].try_into().unwrap());
    file[at..at + 4].copy_from_slice(&length_ms.to_be_bytes());
    file[at + 4..at + 8].copy_from_slice(&(from + more).to_be_bytes());
    file
}

#[test]
fn what_an_editor_cut_does_not_come_back() {
    let whole = take_in(&[fixture("tone-44k.m4a")]).unwrap();
    let cut = take_in_bytes("a.m4a", &edited(22_050, 1000)).unwrap();
    assert_eq!(cut.ingested.frames, 44_100);
    assert_eq!(cut.ingested.shift_ms - whole.ingested.shift_ms, 500);
    let (a, b) = (whole.channel(0), cut.channel(0));
    assert!(a[22_050..].iter().zip(&b).all(|(a, b)| a == b));
}

#[test]
fn a_list_that_keeps_nothing_is_not_believed() {
    let whole = take_in(&[fixture("tone-44k.m4a")]).unwrap().ingested.frames;
    let got = take_in_bytes("a.m4a", &edited(10_000_000, 1000)).unwrap();
    assert!(got.ingested.frames >= whole);
}

/// The m4a with every time written in a clock twice as fast, as a container does that counts the rate
/// of HE-AAC's upper half while the decoder gives the lower.
fn counted_twice_as_fast() -> Vec<u8> {
    let mut file = std::fs::read(fixture("tone-44k.m4a")).unwrap();
    let place = |file: &[u8], name: &[u8; 4]| file.windows(4).position(|w| w == name).unwrap();
    let double = |file: &mut [u8], at: usize| {
        let four: [u8; 4] = file[at..at + 4].try_into().unwrap();
        file[at..at + 4].copy_from_slice(&(u32::from_be_bytes(four) * 2).to_be_bytes());
    };
    let header = place(&file, b"mdhd");
    double(&mut file, header + 16);
    double(&mut file, header + 20);
    let times = place(&file, b"stts");
    let rows = usize::from(file[times + 11]);
    for row in 0..rows {
        double(&mut file, times + 16 + 8 * row);
    }
    let edits = place(&file, b"elst");
    double(&mut file, edits + 16);
    file
}

#[test]
fn a_container_that_counts_twice_as_fast_as_the_sound_holds_the_same_sound() {
    let plain = take_in(&[fixture("tone-44k.m4a")]).unwrap();
    let fast = take_in_bytes("a.m4a", &counted_twice_as_fast()).unwrap();
    assert_eq!(fast.ingested.frames, plain.ingested.frames);
    assert_eq!(fast.ingested.notices, plain.ingested.notices);
    let (a, b) = (plain.channel(0), fast.channel(0));
    assert!(a.iter().zip(&b).all(|(a, b)| a == b));
}
