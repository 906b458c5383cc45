//! Files that are not what they say: each gets its own code, none of them hurts.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // helpers of a test may stop it, and say so

use crate::common::*;
use qinting_desk::codes::*;
use qinting_testkit::dice::Dice;
use rstest::rstest;
use std::time::{Duration, Instant};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0\x1f\xf3\xffa";

fn noise(n: usize, seed: u64) -> Vec<u8> {
    Dice::new(seed).bytes(n)
}

fn second() -> Vec<u8> {
    wav16(&tone(440.0, 8000, 1.0, 0.5), 1, 8000)
}

fn three_seconds() -> Vec<u8> {
    wav16(&tone(440.0, 8000, 3.0, 0.5), 1, 8000)
}

fn patched(at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut file = second();
    file[at..at + bytes.len()].copy_from_slice(bytes);
    file
}

fn cut(name: &str, share: f64) -> Vec<u8> {
    let whole = std::fs::read(fixture(name)).unwrap();
    whole[..(whole.len() as f64 * share) as usize].to_vec()
}

#[rstest]
#[case::empty(vec![], MEDIA_EMPTY)]
#[case::text("客户说要退款，这不是录音。\n".repeat(400).into_bytes(), MEDIA_NOT_AUDIO)]
#[case::picture([PNG, &noise(20_000, 7)].concat(), MEDIA_NOT_AUDIO)]
#[case::noise(noise(60_000, 99), MEDIA_NOT_AUDIO)]
#[case::header_only(second()[..44].to_vec(), MEDIA_TRUNCATED)]
#[case::no_frames(riff(&[(b"fmt ", &fmt(1, 1, 8000, 16)), (b"data", &[])]), MEDIA_EMPTY)]
#[case::claims_2_gb(patched(40, &[0, 0, 0, 0x70]), MEDIA_TRUNCATED)]
#[case::cut_in_half(three_seconds()[..24044].to_vec(), MEDIA_TRUNCATED)]
#[case::zero_rate(patched(24, &[0; 4]), MEDIA_BROKEN)]
#[case::absurd_rate(patched(24, &[0xFF; 4]), MEDIA_UNSUPPORTED)]
#[case::zero_channels(patched(22, &[0; 2]), MEDIA_BROKEN)]
#[case::many_channels(patched(22, &[0xFF; 2]), MEDIA_CHANNELS)]
#[case::impossible_bits(patched(32, &[0, 0, 77, 0]), MEDIA_BROKEN)]
#[case::unknown_codec(patched(20, &[0x60, 0x72]), MEDIA_UNSUPPORTED)]
#[case::noise_after_riff([&second()[..12], &noise(4000, 3)].concat(), MEDIA_BROKEN)]
#[case::sound_before_format(riff(&[(b"data", &[1; 800]), (b"fmt ", &fmt(1, 1, 8000, 16))]), MEDIA_BROKEN)]
#[case::two_orders_of_bytes([b"RIFX", &second()[4..]].concat(), MEDIA_TRUNCATED)]
#[case::cut_mp3(cut("tone-44k.mp3", 0.5), MEDIA_TRUNCATED)]
#[case::cut_m4a(cut("tone-44k.m4a", 0.5), MEDIA_TRUNCATED)]
#[case::cut_m4a_index_first(cut("tone-44k-faststart.m4a", 0.6), MEDIA_TRUNCATED)]
#[case::cut_flac(cut("tone-8k.flac", 0.5), MEDIA_TRUNCATED)]
#[case::cut_vorbis(cut("tone-44k.ogg", 0.7), MEDIA_TRUNCATED)]
#[case::cut_opus(cut("tone-48k.opus", 0.5), MEDIA_TRUNCATED)]
fn a_broken_file_is_named_for_what_is_wrong(#[case] bytes: Vec<u8>, #[case] code: &str) {
    let error = take_in_bytes("call.wav", &bytes).err().expect("refused");
    assert_eq!(error.code(), code, "{error}");
    assert_eq!(error.note.args["name"], "call.wav");
}

#[rstest]
#[case(three_seconds()[..24044].to_vec(), 1500..=1500)]
#[case(cut("tone-8k.flac", 0.5), 500..=1500)]
#[case(cut("tone-44k.mp3", 0.5), 500..=1500)]
#[case(cut("tone-48k.opus", 0.5), 500..=1500)]
fn a_file_that_breaks_off_tells_how_much_was_there(
    #[case] bytes: Vec<u8>,
    #[case] expected: std::ops::RangeInclusive<u64>,
) {
    let error = take_in_bytes("call", &bytes).err().unwrap();
    let got: u64 = error.note.args["got_ms"].parse().unwrap();
    assert!(expected.contains(&got), "{got} ms");
}

#[test]
fn what_cannot_be_opened_is_unreadable() {
    let dir = tempfile::tempdir().unwrap();
    for path in [dir.path().join("gone.wav"), dir.path().to_path_buf()] {
        let error = take_in(std::slice::from_ref(&path)).err().unwrap();
        assert_eq!(error.code(), MEDIA_UNREADABLE);
        let error = qinting_audio::hash_file(&path, &Default::default())
            .err()
            .unwrap();
        assert_eq!(error.code(), MEDIA_UNREADABLE);
    }
}

/// Sparse files: the sizes are real, the bytes cost nothing.
#[rstest]
#[case::too_big_a_source((2 << 30) + 1, 8000, MEDIA_TOO_BIG)]
#[case::thirteen_hours(44 + 13 * 3600 * 8000, 8000, MEDIA_TOO_LONG)]
fn what_is_over_the_limits_is_refused(#[case] len: u64, #[case] rate: u32, #[case] code: &str) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("long.wav");
    let mut head = riff(&[(b"fmt ", &fmt(1, 1, rate, 8)), (b"data", &[])]);
    head[40..44].copy_from_slice(&((len - 44) as u32).to_le_bytes());
    std::fs::write(&path, head).unwrap();
    std::fs::OpenOptions::new()
        .write(true)
        .open(&path)
        .unwrap()
        .set_len(len)
        .unwrap();
    assert_eq!(take_in(&[path]).err().unwrap().code(), code);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_said_to_be_full() {
    let dir = tempfile::tempdir().unwrap();
    let source = dir.path().join("a.wav");
    std::fs::write(&source, second()).unwrap();
    // Every write to this device fails the way a full disk does.
    let work = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("/dev/full", work.path().join("source-0")).unwrap();
    let request = qinting_desk::IngestRequest {
        paths: vec![source],
        work_dir: work.path().to_path_buf(),
        ..qinting_desk::IngestRequest::default()
    };
    let error = qinting_audio::ingest(&request, &mut |_| {}, &Default::default())
        .err()
        .unwrap();
    assert_eq!(error.code(), DISK_FULL);
}

#[cfg(target_os = "linux")]
fn reserved_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|l| l.starts_with("VmPeak:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Thousands of hurt headers: no panic reaches us, nothing hangs, nothing reserves memory wildly.
#[rstest]
#[case("tone.wav", 2000)]
#[case("tone-8k-ima.wav", 200)]
#[case("tone-8k.mp3", 200)]
#[case("tone-8k.m4a", 300)]
#[case("tone-8k.flac", 200)]
#[case("tone-44k.ogg", 100)]
#[case("mono.opus", 200)]
fn hurt_headers_never_hurt_us(#[case] name: &str, #[case] rounds: u64) {
    // Panics inside foreign decoders are caught; their noise is not wanted here.
    std::panic::set_hook(Box::new(|_| {}));
    let whole = if name == "tone.wav" {
        second()[..2000].to_vec()
    } else {
        std::fs::read(fixture(name)).unwrap()
    };
    let _warm = take_in_bytes(name, &whole);
    #[cfg(target_os = "linux")]
    let before = reserved_kb();
    let mut outcomes = std::collections::BTreeMap::<String, u32>::new();
    for round in 0..rounds {
        let mut hurt = whole.clone();
        let dice = noise(24, round * 7919 + 1);
        let reach = hurt.len().min(if round % 2 == 0 { 80 } else { hurt.len() });
        for hit in dice.chunks_exact(6).take(1 + (round % 4) as usize) {
            let at = usize::from(u16::from_le_bytes([hit[0], hit[1]])) % reach;
            let value = match hit[2] % 4 {
                0 => 0xFF,
                1 => 0x00,
                2 => hurt[at] ^ (1 << (hit[3] % 8)),
                _ => hit[4],
            };
            hurt[at] = value;
            if hit[5] % 3 == 0 && at + 4 <= reach {
                hurt[at..at + 4].fill(value);
            }
        }
        let started = Instant::now();
        let outcome = match take_in_bytes(name, &hurt) {
            Ok(_) => "ok".to_owned(),
            Err(e) => e.code().to_owned(),
        };
        assert!(
            started.elapsed() < Duration::from_secs(10),
            "round {round} took too long"
        );
        *outcomes.entry(outcome).or_default() += 1;
    }
    let _ = std::panic::take_hook();
    println!("{name}: {outcomes:?}");
    assert!(
        outcomes
            .keys()
            .all(|k| k == "ok" || k.starts_with("media.")),
        "{outcomes:?}"
    );
    assert!(outcomes.len() > 1, "the blows hit something: {outcomes:?}");
    #[cfg(target_os = "linux")]
    assert!(
        reserved_kb() - before < 600 << 10,
        "reserved {} MB",
        (reserved_kb() - before) >> 10
    );
}
