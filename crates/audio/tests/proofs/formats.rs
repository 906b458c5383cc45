//! Every format a call may come in decodes to the sound that was put in.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // helpers of a test may stop it, and say so

use crate::common::*;
use rstest::rstest;

const RATE: u32 = 8000;

fn two_tones(seconds: f64) -> Vec<f64> {
    interleave(
        &tone(440.0, RATE, seconds, 0.5),
        &tone(880.0, RATE, seconds, 0.5),
    )
}

fn clamp_to(v: f64, full: f64) -> f64 {
    (v * full).round().clamp(-full, full - 1.0)
}

/// The nearest G.711 byte, found by asking the table both ways.
fn alaw(v: f64) -> u8 {
    nearest(v, |b| {
        let b = b ^ 0x55;
        let (seg, man) = (i32::from(b & 0x70) >> 4, i32::from(b & 0x0F));
        let m = if seg == 0 {
            man * 16 + 8
        } else {
            (man * 16 + 264) << (seg - 1)
        };
        if b & 0x80 != 0 { m } else { -m }
    })
}

fn mulaw(v: f64) -> u8 {
    nearest(v, |b| {
        let b = !b;
        let m = ((i32::from(b & 0x0F) * 8 + 132) << (i32::from(b & 0x70) >> 4)) - 132;
        if b & 0x80 != 0 { -m } else { m }
    })
}

fn nearest(v: f64, expand: impl Fn(u8) -> i32) -> u8 {
    let target = (v * 32768.0) as i32;
    (0..=255u8)
        .min_by_key(|&b| (expand(b) - target).abs())
        .unwrap()
}

fn encode(codec: &str, samples: &[f64]) -> Vec<u8> {
    samples
        .iter()
        .flat_map(|&v| match codec {
            "u8" => vec![(clamp_to(v, 128.0) + 128.0) as u8],
            "s16" => (clamp_to(v, 32768.0) as i16).to_le_bytes().to_vec(),
            "s24" => (clamp_to(v, 8_388_608.0) as i32).to_le_bytes()[..3].to_vec(),
            "s32" => (clamp_to(v, 2_147_483_648.0) as i32).to_le_bytes().to_vec(),
            "f32" => (v as f32).to_le_bytes().to_vec(),
            "f64" => v.to_le_bytes().to_vec(),
            "alaw" => vec![alaw(v)],
            "mulaw" => vec![mulaw(v)],
            other => panic!("{other}"),
        })
        .collect()
}

fn extensible(tag: u16, channels: u16, rate: u32, bits: u16) -> Vec<u8> {
    let mut b = fmt(0xFFFE, channels, rate, bits);
    b.extend(22u16.to_le_bytes());
    b.extend(bits.to_le_bytes());
    b.extend(3u32.to_le_bytes());
    b.extend(tag.to_le_bytes());
    b.extend([0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]);
    b
}

fn assert_tones(outcome: &Outcome, seconds: f64, slack_s: f64) {
    let got = &outcome.ingested;
    let (rate, channels) = (got.sample_rate_hz, got.channels);
    let length = got.frames as f64 / f64::from(rate);
    assert!(
        (length - seconds).abs() <= slack_s,
        "{length} s instead of {seconds} s"
    );
    for (channel, (hz, other)) in [(440.0, 880.0), (880.0, 440.0)].iter().enumerate() {
        if channel >= usize::from(channels) {
            break;
        }
        let sound = outcome.channel(channel);
        let middle = &sound[sound.len() / 4..sound.len() * 3 / 4];
        assert!(
            (loudest_hz(middle, rate) - hz).abs() <= 0.5,
            "channel {channel} is not {hz} Hz"
        );
        if channels == 2 {
            let leak = power_at(middle, rate, *other) / power_at(middle, rate, *hz);
            assert!(leak < 1e-3, "channel {channel} leaks {leak}");
        }
    }
}

#[rstest]
#[case("u8", 1, 8)]
#[case("s16", 1, 16)]
#[case("s24", 1, 24)]
#[case("s32", 1, 32)]
#[case("f32", 3, 32)]
#[case("f64", 3, 64)]
#[case("alaw", 6, 8)]
#[case("mulaw", 7, 8)]
fn wav_of_every_width_decodes(
    #[case] codec: &str,
    #[case] tag: u16,
    #[case] bits: u16,
    #[values(false, true)] wrapped: bool,
    #[values(1, 2)] channels: u16,
) {
    let samples = if channels == 2 {
        two_tones(1.0)
    } else {
        tone(440.0, RATE, 1.0, 0.5)
    };
    let fmt = if wrapped {
        extensible(tag, channels, RATE, bits)
    } else {
        fmt(tag, channels, RATE, bits)
    };
    let file = riff(&[
        (b"fmt ", &fmt),
        (b"fact", &[0; 4]),
        (b"data", &encode(codec, &samples)),
    ]);
    let outcome = take_in_bytes("call.wav", &file).unwrap();
    assert_tones(&outcome, 1.0, 0.0);
    assert!(outcome.ingested.sources[0].codec.starts_with("wav/pcm_"));
    let sound = outcome.channel(0);
    let worst = sound
        .iter()
        .zip(samples.iter().step_by(usize::from(channels)))
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f64::max);
    let step = match codec {
        "u8" => 1.0 / 128.0,
        "alaw" | "mulaw" => 0.03,
        _ => 1.0 / 32768.0,
    };
    assert!(worst <= step * 1.01, "off by {worst}");
}

#[rstest]
fn wav_of_every_rate_keeps_its_rate(#[values(8000, 11025, 16000, 22050, 44100, 48000)] rate: u32) {
    let outcome = take_in_bytes("call.wav", &wav16(&tone(440.0, rate, 1.0, 0.5), 1, rate)).unwrap();
    assert_eq!(outcome.ingested.sample_rate_hz, rate);
    assert_tones(&outcome, 1.0, 0.0);
}

#[test]
fn sixteen_bit_samples_pass_unchanged_and_the_source_is_kept_byte_for_byte() {
    let file = wav16(&two_tones(1.0), 2, RATE);
    let outcome = take_in_bytes("call.wav", &file).unwrap();
    let kept = std::fs::read(outcome.dir.path().join("source-0")).unwrap();
    let playable = std::fs::read(outcome.audio()).unwrap();
    assert_eq!(kept, file);
    assert_eq!(playable[44..], file[44..]);
    let cancel = qinting_desk::Cancel::default();
    let got = &outcome.ingested;
    assert_eq!(
        got.audio_sha256,
        qinting_audio::hash_file(&outcome.audio(), &cancel).unwrap()
    );
    assert_eq!(
        got.peaks_sha256,
        qinting_audio::hash_file(&outcome.peaks(), &cancel).unwrap()
    );
    assert_eq!(got.sources[0].name, "call.wav");
    assert_eq!(got.sources[0].bytes, file.len() as u64);
    let source = outcome.dir.path().join("source-0");
    assert_eq!(
        got.sources[0].sha256,
        qinting_audio::hash_file(&source, &cancel).unwrap()
    );
}

#[test]
fn sha_256_is_the_standard_one() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("abc");
    std::fs::write(&path, b"abc").unwrap();
    assert_eq!(
        qinting_audio::hash_file(&path, &qinting_desk::Cancel::default()).unwrap(),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

#[rstest]
#[case("tone-44k.mp3", "mp3", 44100, 0.03)]
#[case("tone-8k.mp3", "mp3", 8000, 0.15)]
#[case("tone-44k.m4a", "m4a/aac", 44100, 0.06)]
#[case("tone-44k-faststart.m4a", "m4a/aac", 44100, 0.06)]
#[case("tone-8k.m4a", "m4a/aac", 8000, 0.30)]
#[case("tone-8k.aac", "aac", 8000, 0.30)]
#[case("tone-8k.flac", "flac", 8000, 0.0)]
#[case("tone-44k.ogg", "ogg/vorbis", 44100, 0.005)]
#[case("tone-48k.opus", "ogg/opus", 48000, 0.005)]
#[case("mono.opus", "ogg/opus", 48000, 0.005)]
#[case("tone-8k-ima.wav", "wav/adpcm_ima_wav", 8000, 0.15)]
fn compressed_formats_decode_to_the_same_two_tones(
    #[case] name: &str,
    #[case] codec: &str,
    #[case] rate: u32,
    #[case] slack_s: f64,
) {
    // The name lies on purpose: content decides.
    let bytes = std::fs::read(fixture(name)).unwrap();
    let outcome = take_in_bytes("call.xyz", &bytes).unwrap();
    assert_eq!(outcome.ingested.sources[0].codec, codec);
    assert_eq!(outcome.ingested.sample_rate_hz, rate);
    if name.starts_with("mono") {
        assert_eq!(outcome.ingested.channels, 1);
    } else {
        assert_eq!(outcome.ingested.channels, 2);
        assert_tones(&outcome, 2.0, slack_s);
    }
}

#[test]
fn a_long_wav_with_64_bit_sizes_is_read() {
    let data = bytes16(&two_tones(1.0));
    let mut ds64 = Vec::new();
    for n in [data.len() as u64 + 72, data.len() as u64, 8000] {
        ds64.extend(n.to_le_bytes());
    }
    ds64.extend([0; 4]);
    let mut file = riff(&[
        (b"ds64", &ds64),
        (b"fmt ", &fmt(1, 2, RATE, 16)),
        (b"data", &data),
    ]);
    file[..4].copy_from_slice(b"RF64");
    file[4..8].fill(0xFF);
    let size_at = file.len() - data.len() - 4;
    file[size_at..size_at + 4].fill(0xFF);
    assert_tones(&take_in_bytes("call.wav", &file).unwrap(), 1.0, 0.0);
}

#[test]
fn chunks_around_the_sound_do_not_become_sound() {
    let data = bytes16(&two_tones(1.0));
    let note = vec![b'x'; 4001];
    let file = riff(&[
        (b"LIST", &note),
        (b"fmt ", &fmt(1, 2, RATE, 16)),
        (b"bext", &note),
        (b"data", &data),
        (b"LIST", &note),
    ]);
    let outcome = take_in_bytes("call.wav", &file).unwrap();
    assert_eq!(outcome.ingested.frames, 8000);
    assert_tones(&outcome, 1.0, 0.0);
}

#[test]
fn a_few_bad_frames_in_an_mp3_cost_only_themselves() {
    let whole = std::fs::read(fixture("tone-44k.mp3")).unwrap();
    let mut hurt = whole.clone();
    let middle = hurt.len() / 2;
    hurt[middle..middle + 300].fill(0);
    let a = take_in_bytes("a.mp3", &whole).unwrap().ingested.frames;
    let b = take_in_bytes("b.mp3", &hurt).unwrap();
    assert!(
        a.abs_diff(b.ingested.frames) < 44100 / 5,
        "{a} against {}",
        b.ingested.frames
    );
    assert_eq!(b.ingested.channels, 2);
}
