//! Channels are people: pairs are joined, doubles are told.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // helpers of a test may stop it, and say so

use crate::common::*;
use qinting_desk::{Cancel, IngestRequest, codes};
use qinting_domain::SoundNotice;
use qinting_testkit::data::two_sided_call;
use rstest::rstest;
use std::path::PathBuf;

const RATE: u32 = 8000;

fn side(dir: &std::path::Path, name: &str, hz: f64, seconds: f64, rate: u32) -> PathBuf {
    let path = dir.join(name);
    std::fs::write(&path, wav16(&tone(hz, rate, seconds, 0.5), 1, rate)).unwrap();
    path
}

#[test]
fn two_mono_files_become_two_channels_in_the_order_given() {
    let dir = tempfile::tempdir().unwrap();
    let agent = side(dir.path(), "c_agent.wav", 440.0, 2.0, RATE);
    let caller = side(dir.path(), "c_caller.wav", 880.0, 1.5, RATE);
    let outcome = take_in(&[agent.clone(), caller.clone()]).unwrap();
    let got = &outcome.ingested;
    assert_eq!(
        (got.channels, got.frames, got.was_dual_mono),
        (2, 16000, false)
    );
    assert_eq!(loudest_hz(&outcome.channel(0)[..8000], RATE), 440.0);
    assert_eq!(loudest_hz(&outcome.channel(1)[..8000], RATE), 880.0);
    assert!(
        outcome.channel(1)[12000..].iter().all(|&s| s == 0.0),
        "padded with silence"
    );
    assert_eq!(got.sources.len(), 2);
    for (i, path) in [agent, caller].iter().enumerate() {
        let kept = outcome.dir.path().join(format!("source-{i}"));
        assert_eq!(std::fs::read(kept).unwrap(), std::fs::read(path).unwrap());
        assert_eq!(
            got.sources[i].name,
            path.file_name().unwrap().to_str().unwrap()
        );
    }
}

#[rstest]
#[case::the_first(16_000, 8_000)]
#[case::the_second(8_000, 16_000)]
fn a_side_of_a_lower_rate_is_brought_to_the_higher(#[case] a_rate: u32, #[case] b_rate: u32) {
    let dir = tempfile::tempdir().unwrap();
    let a = side(dir.path(), "a.wav", 440.0, 2.0, a_rate);
    let b = side(dir.path(), "b.wav", 880.0, 1.5, b_rate);
    let outcome = take_in(&[a, b]).unwrap();
    let got = &outcome.ingested;
    assert_eq!(
        (got.channels, got.sample_rate_hz, got.frames),
        (2, 16_000, 32_000)
    );
    assert_eq!(got.notices, [SoundNotice::Reshaped]);
    for (channel, hz) in [440.0, 880.0].into_iter().enumerate() {
        let sound = outcome.channel(channel);
        assert_eq!(loudest_hz(&sound[2000..18_000], 16_000), hz);
        let level = power_at(&sound[2000..18_000], 16_000, hz);
        assert!((level - 0.0625).abs() < 0.001, "{level}");
    }
    assert!(outcome.channel(1)[24_100..].iter().all(|&s| s == 0.0));
}

#[rstest]
#[case::lengths_differ_a_lot(1, 60.0, RATE, 1, 40.0, RATE, "b.wav")]
#[case::one_is_stereo(2, 2.0, RATE, 1, 2.0, RATE, "a.wav")]
fn files_that_are_not_two_sides_of_a_call_are_refused(
    #[case] a_channels: u16,
    #[case] a_s: f64,
    #[case] a_rate: u32,
    #[case] b_channels: u16,
    #[case] b_s: f64,
    #[case] b_rate: u32,
    #[case] blamed: &str,
) {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, hz, s, channels, rate| {
        let path = dir.path().join(name);
        let mono = tone(hz, rate, s, 0.5);
        let all = if channels == 2 {
            interleave(&mono, &tone(300.0, rate, s, 0.1))
        } else {
            mono
        };
        std::fs::write(&path, wav16(&all, channels, rate)).unwrap();
        path
    };
    let a = write("a.wav", 440.0, a_s, a_channels, a_rate);
    let b = write("b.wav", 880.0, b_s, b_channels, b_rate);
    let error = take_in(&[a, b]).err().unwrap();
    assert_eq!(error.code(), codes::MEDIA_PAIR_MISMATCH);
    assert_eq!(error.note.args["name"], blamed);
}

#[rstest]
#[case::exact(0.0, true)]
#[case::a_lossy_hair_apart(0.0005, true)]
// As much as coding adds, and as long as the sound: nobody can tell it from that.
#[case::coding_noise(0.05, true)]
#[case::a_second_sound(0.3, false)]
fn two_channels_of_the_same_sound_are_one(#[case] apart: f64, #[case] one: bool) {
    let left = tone(440.0, RATE, 2.0, 0.5);
    let right: Vec<f64> = left
        .iter()
        .zip(tone(313.0, RATE, 2.0, apart))
        .map(|(a, b)| a + b)
        .collect();
    let outcome = take_in_bytes("x.wav", &wav16(&interleave(&left, &right), 2, RATE)).unwrap();
    let got = &outcome.ingested;
    assert_eq!(
        (got.was_dual_mono, got.channels, got.frames),
        (one, 2 - u16::from(one), 16000)
    );
    assert_eq!(loudest_hz(&outcome.channel(0)[..8000], RATE), 440.0);
    let header = hound::WavReader::open(outcome.audio()).unwrap();
    assert_eq!(header.spec().channels, got.channels);
    assert_eq!(header.duration(), 16000);
    let left_behind: Vec<_> = std::fs::read_dir(outcome.dir.path()).unwrap().collect();
    assert_eq!(
        left_behind.len(),
        3,
        "only the source, the audio and the peaks"
    );
}

#[test]
fn two_channels_of_the_same_sound_are_told_and_stay_two_where_somebody_wants_them() {
    let dir = tempfile::tempdir().unwrap();
    let left = tone(440.0, RATE, 2.0, 0.5);
    let quieter: Vec<f64> = left.iter().map(|s| s * 0.8).collect();
    let path = dir.path().join("x.wav");
    std::fs::write(&path, wav16(&interleave(&left, &quieter), 2, RATE)).unwrap();
    let told = take_in(std::slice::from_ref(&path)).unwrap().ingested;
    assert_eq!(told.notices, [SoundNotice::SameOnBoth]);
    assert_eq!((told.channels, told.was_dual_mono), (1, true));
    let work = tempfile::tempdir().unwrap();
    let request = IngestRequest {
        paths: vec![path],
        work_dir: work.path().to_path_buf(),
        keep_both_lanes: true,
        ..IngestRequest::default()
    };
    let kept = qinting_audio::ingest(&request, &mut |_| {}, &Cancel::default()).unwrap();
    assert_eq!(kept.notices, []);
    assert_eq!((kept.channels, kept.was_dual_mono), (2, false));
}

#[test]
fn what_is_longer_than_it_may_be_is_refused_unless_it_is_our_own() {
    let dir = tempfile::tempdir().unwrap();
    let path = side(dir.path(), "a.wav", 440.0, 3.0, RATE);
    let take = |longest_ms| {
        let work = tempfile::tempdir().unwrap();
        let request = IngestRequest {
            paths: vec![path.clone()],
            work_dir: work.path().to_path_buf(),
            longest_ms,
            ..IngestRequest::default()
        };
        qinting_audio::ingest(&request, &mut |_| {}, &Cancel::default())
    };
    assert_eq!(take(Some(2_000)).unwrap_err().code(), codes::MEDIA_TOO_LONG);
    let whole = u64::from(RATE) * 3;
    assert_eq!(take(qinting_desk::ANY_LENGTH).unwrap().frames, whole);
    assert_eq!(take(None).unwrap().frames, whole);
}

#[test]
fn a_side_that_says_nothing_stays_a_side() {
    let left = tone(440.0, RATE, 1.0, 0.5);
    let right = vec![0.0; left.len()];
    let outcome = take_in_bytes("x.wav", &wav16(&interleave(&left, &right), 2, RATE)).unwrap();
    assert_eq!(outcome.ingested.channels, 2);
}

#[test]
fn more_than_two_channels_are_refused_with_their_number() {
    let error = take_in_bytes("x.wav", &wav16(&[0.1; 8000 * 6], 6, RATE))
        .err()
        .unwrap();
    assert_eq!(error.code(), codes::MEDIA_CHANNELS);
    assert_eq!(error.note.args["channels"], "6");
}

#[test]
fn progress_rises_to_the_end_and_a_stop_is_obeyed() {
    let dir = tempfile::tempdir().unwrap();
    let path = side(dir.path(), "a.wav", 440.0, 60.0, RATE);
    let request = |dir: &tempfile::TempDir| IngestRequest {
        paths: vec![path.clone()],
        work_dir: dir.path().to_path_buf(),
        ..IngestRequest::default()
    };
    let mut seen = Vec::new();
    let work = tempfile::tempdir().unwrap();
    qinting_audio::ingest(&request(&work), &mut |p| seen.push(p), &Cancel::default()).unwrap();
    assert!(seen.is_sorted() && seen.len() > 3, "{seen:?}");
    assert_eq!(seen.last(), Some(&1000));

    let cancel = Cancel::default();
    let work = tempfile::tempdir().unwrap();
    let stopper = cancel.clone();
    let error = qinting_audio::ingest(&request(&work), &mut |_| stopper.cancel(), &cancel).err();
    assert_eq!(error.unwrap().code(), codes::CANCELLED);
    let error = qinting_audio::hash_file(&path, &cancel).err();
    assert_eq!(error.unwrap().code(), codes::CANCELLED);
}

#[test]
fn the_real_call_joins_whole() {
    let Some(sides) = two_sided_call() else {
        return;
    };
    let outcome = take_in(&sides).unwrap();
    let got = &outcome.ingested;
    assert_eq!(
        (got.channels, got.sample_rate_hz, got.was_dual_mono),
        (2, 8000, false)
    );
    assert_eq!(got.frames / 8000, 245);
    let regions = qinting_desk::AudioFiles::regions(
        &qinting_audio::SoundFiles,
        Box::new(std::fs::File::open(outcome.peaks()).unwrap()),
        &outcome.recording(),
    )
    .unwrap();
    for r in &regions {
        println!(
            "{:?} {:.1}–{:.1}",
            r.kind,
            r.start_ms as f64 / 1e3,
            r.end_ms as f64 / 1e3
        );
    }
    let silent: u64 = regions
        .iter()
        .filter(|r| r.kind == qinting_domain::RegionKind::Silence)
        .map(|r| r.end_ms - r.start_ms)
        .sum();
    assert!(
        (1_000..200_000).contains(&silent),
        "{silent} ms of silence in a spoken call"
    );
}
