//! No hole closes up: what cannot be read becomes silence of its length, and is told.
#![allow(clippy::unwrap_used)] // helpers of a test may stop it

use crate::common::{ogg, *};
use qinting_domain::{SoundGap, SoundNotice};
use rstest::rstest;
use std::ops::Range;

fn bytes_of(name: &str) -> Vec<u8> {
    std::fs::read(fixture(name)).unwrap()
}

/// Opus of 20 ms packets, several to a page.
fn opus(per_page: usize) -> Vec<ogg::Page> {
    let packets: Vec<_> = ogg::packets(&bytes_of("tone-48k.opus"))
        .into_iter()
        .map(|p| p.1)
        .collect();
    ogg::opus_pages(&packets, per_page)
}

fn span_ms(gaps: &[SoundGap]) -> (u64, u64) {
    (gaps[0].start_ms, gaps[gaps.len() - 1].end_ms)
}

/// The tone is there before and behind, and silence between, in milliseconds.
fn assert_silent(outcome: &Outcome, silent: Range<u64>) {
    let rate = outcome.ingested.sample_rate_hz;
    let sound = outcome.channel(0);
    let at = |ms: u64| (ms * u64::from(rate) / 1000) as usize;
    let inside = &sound[at(silent.start + 30)..at(silent.end - 30).min(sound.len())];
    assert!(inside.iter().all(|&s| s == 0.0), "not silent");
    let before = &sound[at(100)..at(silent.start)];
    assert!((loudest_hz(before, rate) - 440.0).abs() < 1.0);
    if silent.end + 200 < outcome.ingested.frames * 1000 / u64::from(rate) {
        let behind = &sound[at(silent.end + 60)..at(silent.end + 200)];
        assert!(power_at(behind, rate, 440.0) > 0.01, "nothing behind it");
    }
}

#[rstest]
#[case::one_packet(1, 40..41, 20)]
#[case::half_a_second(1, 40..65, 500)]
#[case::pages(10, 5..8, 600)]
#[case::the_first_pages(10, 2..4, 400)]
fn pages_that_are_missing_leave_their_time(
    #[case] per_page: usize,
    #[case] lost: Range<usize>,
    #[case] length_ms: u64,
) {
    let pages = opus(per_page);
    let whole = take_in_bytes("a.opus", &ogg::write(&pages, 0..0)).unwrap();
    assert_eq!(whole.ingested.notices, []);
    let hurt = take_in_bytes("a.opus", &ogg::write(&pages, lost.clone())).unwrap();
    assert_eq!(hurt.ingested.frames, whole.ingested.frames);
    let [SoundNotice::Holes { count: 1, total_ms }] = hurt.ingested.notices[..] else {
        panic!("{:?}", hurt.ingested.notices);
    };
    let (start, end) = span_ms(&hurt.ingested.gaps);
    let expected = ((lost.start - 2) * per_page * 20) as u64;
    assert!(start.abs_diff(expected) <= 7, "begins at {start}");
    assert!(total_ms.abs_diff(length_ms) <= 7, "{total_ms} ms");
    assert!((end - start).abs_diff(total_ms) <= 1);
    // The decoder is lost for a moment after a hole, and then says the same as before.
    let (a, b) = (whole.channel(0), hurt.channel(0));
    let from = (end as usize + 150) * 48;
    let apart = a[from..].iter().zip(&b[from..]).map(|(a, b)| (a - b).abs());
    assert!(apart.fold(0.0, f64::max) < 0.05, "what follows has moved");
}

#[test]
fn silence_that_was_never_sent_is_silence() {
    // A sender that stops while nobody speaks numbers its pages on, but its clock jumps.
    let mut pages = opus(5);
    pages.drain(8..12);
    let hurt = take_in_bytes("a.opus", &ogg::write(&pages, 0..0)).unwrap();
    let whole = take_in_bytes("a.opus", &ogg::write(&opus(5), 0..0)).unwrap();
    assert_eq!(hurt.ingested.frames, whole.ingested.frames);
    assert_silent(&hurt, 600..1000);
}

#[test]
fn a_page_that_is_hurt_is_a_hole() {
    let mut file = ogg::write(&opus(10), 0..0);
    let whole = take_in_bytes("a.opus", &file).unwrap().ingested.frames;
    let middle = file.len() / 2;
    file[middle..middle + 40].fill(0);
    let hurt = take_in_bytes("a.opus", &file).unwrap();
    assert_eq!(hurt.ingested.frames, whole);
    assert!(matches!(
        hurt.ingested.notices[..],
        [SoundNotice::Holes {
            count: 1,
            total_ms: 180..=220
        }]
    ));
}

#[test]
fn a_missing_last_page_is_no_loss_but_told() {
    let mut pages = opus(10);
    let whole = take_in_bytes("a.opus", &ogg::write(&pages, 0..0)).unwrap();
    pages.pop();
    let got = take_in_bytes("a.opus", &ogg::write(&pages, 0..0)).unwrap();
    assert_eq!(got.ingested.notices, [SoundNotice::HeaderUnfinished]);
    assert!(got.ingested.frames < whole.ingested.frames);
}

#[test]
fn links_of_other_shapes_become_one() {
    let stereo = ogg::write(&opus(10), 0..0);
    let vorbis = bytes_of("tone-44k.ogg");
    let mono = bytes_of("mono.opus");
    let frames = |b: &[u8]| take_in_bytes("a", b).unwrap().ingested.frames;
    let (a, b, c) = (frames(&mono), frames(&stereo), frames(&vorbis));
    let joined = take_in_bytes("a", &[mono, vorbis, stereo].concat()).unwrap();
    let got = &joined.ingested;
    assert_eq!((got.channels, got.sample_rate_hz), (2, 48_000));
    assert_eq!(got.notices, [SoundNotice::Reshaped]);
    let expected = a + b + c * 48_000 / 44_100;
    assert!(
        got.frames.abs_diff(expected) <= 2,
        "{} of {expected}",
        got.frames
    );
    let sound = joined.channel(0);
    let middle = (a + c / 2) as usize;
    assert_eq!(loudest_hz(&sound[middle..middle + 24_000], 48_000), 440.0);
}

/// An MP3 without the frame that counts the others.
fn without_count(name: &str) -> Vec<u8> {
    let file = bytes_of(name);
    let info = file
        .windows(4)
        .position(|w| w == b"Info" || w == b"Xing")
        .unwrap();
    let starts = |at: usize| file[at] == 0xFF && file[at + 1] & 0xE0 == 0xE0;
    let second = (info..file.len()).find(|&at| starts(at)).unwrap();
    file[second..].to_vec()
}

#[rstest]
#[case::zeros(|b: &mut [u8]| b.fill(0))]
#[case::noise(|b: &mut [u8]| b.iter_mut().enumerate().for_each(|(i, b)| *b = ((i * 7919) >> 3) as u8))]
fn an_overwritten_middle_of_an_mp3_keeps_its_length(
    #[case] hurt: fn(&mut [u8]),
    #[values(true, false)] counted: bool,
    #[values(10, 25, 40)] percent: usize,
) {
    let mut file = if counted {
        bytes_of("tone-44k.mp3")
    } else {
        without_count("tone-44k.mp3")
    };
    let whole = take_in_bytes("a.mp3", &file).unwrap();
    let (from, n) = (file.len() * 3 / 10, file.len() * percent / 100);
    hurt(&mut file[from..from + n]);
    let got = take_in_bytes("a.mp3", &file).unwrap();
    let apart = got.ingested.frames.abs_diff(whole.ingested.frames);
    assert!(apart <= 1152, "{apart} frames apart");
    let (start, end) = span_ms(&got.ingested.gaps);
    let length = whole.ingested.frames * 1000 / 44_100;
    assert!(start.abs_diff(length * 3 / 10) < 90, "begins at {start}");
    assert!(
        (end - start).abs_diff(length * percent as u64 / 100) < 120,
        "{start}–{end}"
    );
    assert!(
        got.ingested
            .notices
            .iter()
            .any(|n| matches!(n, SoundNotice::Holes { .. }))
    );
    assert_silent(&got, start..end);
}

#[test]
fn zeros_at_the_end_of_an_mp3_without_a_count_are_told() {
    let mut file = without_count("tone-44k.mp3");
    let whole = take_in_bytes("a.mp3", &file).unwrap().ingested.frames;
    let from = file.len() * 4 / 10;
    file[from..].fill(0);
    let refused = take_in_bytes("a.mp3", &file);
    assert!(refused.is_err(), "more hole than sound");
    let got = take_in_bytes_as("a.mp3", &file, true).unwrap().ingested;
    assert!(got.frames.abs_diff(whole) <= 1152);
    assert!(matches!(
        got.notices[..],
        [SoundNotice::Holes { count: 1, .. }]
    ));
}

/// A frame of MP3 that holds silence: layer 3, version 1, by its bit rate and rate index.
fn silence(rate_index: u8, kbps: u32, hz_index: u8, hz: u32, mono: bool) -> Vec<u8> {
    let size = (144 * kbps * 1000 / hz) as usize;
    let mut frame = vec![0; size];
    frame[..4].copy_from_slice(&[
        0xFF,
        0xFB,
        rate_index << 4 | hz_index << 2,
        if mono { 0xC0 } else { 0 },
    ]);
    frame
}

#[test]
fn an_mp3_of_changing_bit_rate_without_a_count_keeps_its_tail() {
    let large = silence(14, 320, 0, 44_100, true).repeat(40);
    let small = silence(1, 32, 0, 44_100, true).repeat(200);
    let got = take_in_bytes("a.mp3", &[large.clone(), small.clone()].concat()).unwrap();
    assert_eq!(got.ingested.frames, 240 * 1152);
    let got = take_in_bytes("a.mp3", &[small, large].concat()).unwrap();
    assert_eq!(got.ingested.frames, 240 * 1152);
    assert_eq!(got.ingested.notices, []);
}

#[rstest]
#[case::mono_then_stereo(0, 44_100, true, 44_100)]
#[case::of_another_rate(1, 48_000, false, 48_000)]
#[case::of_a_lower_rate(2, 32_000, true, 44_100)]
fn an_announcement_joined_to_a_call_takes_its_shape(
    #[case] hz_index: u8,
    #[case] hz: u32,
    #[case] mono: bool,
    #[case] rate: u32,
) {
    let call = without_count("tone-44k.mp3");
    let whole = take_in_bytes("a.mp3", &call).unwrap();
    let alone = whole.ingested.frames;
    // Joined as people do: tag, announcement, tag, call, tag.
    let tag = [&b"ID3\x04\0\0\0\0\0\x0A"[..], &[0; 10]].concat();
    let file = [
        tag.clone(),
        silence(9, 128, hz_index, hz, mono).repeat(50),
        tag,
        call,
        [&b"TAG"[..], &[b' '; 125]].concat(),
    ]
    .concat();
    let joined = take_in_bytes("a.mp3", &file).unwrap();
    let got = &joined.ingested;
    assert_eq!((got.channels, got.sample_rate_hz), (2, rate));
    assert_eq!(got.notices, [SoundNotice::Reshaped]);
    let scaled = |frames: u64, hz: u32| frames * u64::from(rate) / u64::from(hz);
    let before = scaled(50 * 1152, hz);
    let expected = before + scaled(alone, 44_100);
    assert!(
        got.frames.abs_diff(expected) <= 2,
        "{} of {expected}",
        got.frames
    );
    for (channel, hz) in [440.0, 880.0].into_iter().enumerate() {
        let sound = joined.channel(channel);
        let call = &sound[before as usize + 8000..before as usize + 40_000];
        assert!((loudest_hz(call, rate) - hz).abs() <= 0.25);
        let alone = power_at(&whole.channel(channel)[8000..40_000], 44_100, hz);
        let level = power_at(call, rate, hz);
        assert!((level / alone - 1.0).abs() < 0.1, "{level} against {alone}");
    }
}

#[test]
fn zeros_in_an_m4a_with_its_index_in_front_are_told() {
    let mut file = bytes_of("tone-44k-faststart.m4a");
    let whole = take_in_bytes("a.m4a", &file).unwrap().ingested.frames;
    let from = file.len() * 6 / 10;
    file[from..].fill(0);
    let got = take_in_bytes("a.m4a", &file).unwrap();
    // A last packet that is read brings its padding along; one that is not has its stated length.
    assert!(got.ingested.frames.abs_diff(whole) <= 1024);
    let [SoundNotice::Holes { count: 1, total_ms }] = got.ingested.notices[..] else {
        panic!("{:?}", got.ingested.notices);
    };
    assert!((500..1000).contains(&total_ms), "{total_ms}");
    let (start, end) = span_ms(&got.ingested.gaps);
    assert_silent(&got, start..end);
}

#[test]
fn a_hole_in_a_flac_keeps_its_length() {
    let mut file = bytes_of("tone-8k.flac");
    let whole = take_in_bytes("a.flac", &file).unwrap();
    let (from, n) = (file.len() * 4 / 10, file.len() * 3 / 10);
    file[from..from + n].fill(0);
    let got = take_in_bytes("a.flac", &file).unwrap();
    assert_eq!(got.ingested.frames, whole.ingested.frames);
    assert!(matches!(
        got.ingested.notices[..],
        [SoundNotice::Holes { .. }]
    ));
}

#[rstest]
#[case::a_law_has_no_zero_bytes(6, 8, 0x55, true)]
#[case::mu_law_neither(7, 8, 0x7F, true)]
#[case::bytes_neither(1, 8, 0x80, true)]
#[case::a_line_that_is_never_silent(1, 16, 1, true)]
#[case::a_line_that_was_silent_before(1, 16, 0, false)]
fn a_copy_that_ends_in_zeros_is_told_where_that_can_be_known(
    #[case] tag: u16,
    #[case] bits: u16,
    #[case] quiet: u8,
    #[case] told: bool,
) {
    // Six seconds with a pause in the middle; the last two were never copied.
    let bytes_s = 8000 * usize::from(bits / 8);
    let mut data: Vec<u8> = (0..6 * bytes_s).map(|i| 0x20 + (i % 61) as u8).collect();
    data[2 * bytes_s..3 * bytes_s].fill(quiet);
    data[4 * bytes_s..].fill(0);
    let file = riff(&[(b"fmt ", &fmt(tag, 1, 8000, bits)), (b"data", &data)]);
    let got = take_in_bytes("a.wav", &file).unwrap();
    assert_eq!(got.ingested.frames, 48_000);
    assert!(got.channel(0)[32_000..].iter().all(|&s| s == 0.0));
    let gap = SoundGap {
        start_ms: 4000,
        end_ms: 6000,
    };
    assert_eq!(got.ingested.gaps, if told { vec![gap] } else { vec![] });
}
