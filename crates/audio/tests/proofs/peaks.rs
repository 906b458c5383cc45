//! The waveform that is drawn is the sound that is there.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // helpers of a test may stop it, and say so

use crate::common::*;
use qinting_audio::SoundFiles;
use qinting_desk::{AudioFiles, Bytes, PEAKS_LAYOUT, PeaksRequest, codes};
use rstest::rstest;
use std::io::Cursor;
use std::path::Path;

fn bytes_of(file: &Path) -> Box<dyn Bytes> {
    Box::new(std::fs::File::open(file).unwrap())
}

struct Drawn {
    channels: u32,
    columns: u32,
    start_ms: f64,
    ms_per_column: f64,
    lanes: Vec<Vec<(i8, i8)>>,
}

fn draw(outcome: &Outcome, start_ms: u64, end_ms: u64, columns: u32) -> Drawn {
    let recording = outcome.recording();
    let request = PeaksRequest {
        recording_id: recording.id,
        start_ms,
        end_ms,
        columns,
    };
    let bytes = SoundFiles
        .peaks(bytes_of(&outcome.peaks()), &recording, &request)
        .unwrap();
    let u32_at = |i: usize| u32::from_le_bytes(bytes[i..i + 4].try_into().unwrap());
    let f64_at = |i: usize| f64::from_le_bytes(bytes[i..i + 8].try_into().unwrap());
    let lanes = bytes[PEAKS_LAYOUT..]
        .chunks(columns as usize * 2)
        .map(|lane| lane.chunks(2).map(|p| (p[0] as i8, p[1] as i8)).collect())
        .collect();
    Drawn {
        channels: u32_at(0),
        columns: u32_at(4),
        start_ms: f64_at(8),
        ms_per_column: f64_at(16),
        lanes,
    }
}

/// Ten minutes, 8 kHz: lane 0 rises minute by minute, lane 1 sounds in the fifth minute only.
fn rising() -> Outcome {
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for minute in 0..10 {
        let level = f64::from(minute + 1) / 10.0;
        a.extend(tone(400.0, 8000, 60.0, level));
        b.extend(tone(300.0, 8000, 60.0, if minute == 4 { 0.5 } else { 0.0 }));
    }
    take_in_bytes("x.wav", &wav16(&interleave(&a, &b), 2, 8000)).unwrap()
}

#[rstest]
#[case::whole_call(0, 600_000, 1000)]
#[case::overview(0, 600_000, 30)]
#[case::a_minute(240_000, 300_000, 800)]
#[case::finer_than_the_peaks(299_000, 301_000, 8192)]
#[case::past_the_end(540_000, 720_000, 600)]
fn every_window_shows_the_loudness_that_is_there(
    #[case] start_ms: u64,
    #[case] end_ms: u64,
    #[case] columns: u32,
) {
    let outcome = rising();
    let drawn = draw(&outcome, start_ms, end_ms, columns);
    assert_eq!((drawn.channels, drawn.columns), (2, columns));
    assert_eq!(drawn.start_ms, start_ms as f64);
    let ms_per_column = (end_ms - start_ms) as f64 / f64::from(columns);
    assert_eq!(drawn.ms_per_column, ms_per_column);
    assert!(
        drawn
            .lanes
            .iter()
            .all(|lane| lane.len() == columns as usize)
    );
    for (i, (&(low, high), &(low1, high1))) in
        drawn.lanes[0].iter().zip(&drawn.lanes[1]).enumerate()
    {
        let from = start_ms as f64 + ms_per_column * i as f64;
        let middle = from + ms_per_column / 2.0;
        // A column that touches a change of loudness shows the louder side.
        let near_edge = (from % 60_000.0) < 200.0 || (from + ms_per_column) % 60_000.0 < 200.0;
        if near_edge || ms_per_column > 30_000.0 {
            continue;
        }
        let minute = (middle / 60_000.0) as i32;
        let level = if minute < 10 {
            f64::from(minute + 1) / 10.0 * 127.0
        } else {
            0.0
        };
        let level1 = if minute == 4 { 63.5 } else { 0.0 };
        for (got, want) in [
            (high, level),
            (low, -level),
            (high1, level1),
            (low1, -level1),
        ] {
            assert!(
                (f64::from(got) - want).abs() <= 2.0,
                "column {i}: {got} instead of {want}"
            );
        }
    }
}

#[rstest]
#[case(0, 1000, 0, "columns")]
#[case(0, 1000, 8193, "columns")]
#[case(1000, 1000, 100, "end_ms")]
fn impossible_windows_are_refused(
    #[case] start_ms: u64,
    #[case] end_ms: u64,
    #[case] columns: u32,
    #[case] field: &str,
) {
    let outcome = take_in_bytes("x.wav", &wav16(&tone(440.0, 8000, 1.0, 0.5), 1, 8000)).unwrap();
    let recording = outcome.recording();
    let request = PeaksRequest {
        recording_id: recording.id,
        start_ms,
        end_ms,
        columns,
    };
    let error = SoundFiles
        .peaks(bytes_of(&outcome.peaks()), &recording, &request)
        .err()
        .unwrap();
    assert_eq!(
        (error.code(), error.note.args["field"].as_str()),
        (codes::INVALID, field)
    );
}

#[test]
fn damaged_peaks_are_reported_and_never_misread() {
    let outcome = take_in_bytes("x.wav", &wav16(&tone(440.0, 8000, 30.0, 0.5), 1, 8000)).unwrap();
    let recording = outcome.recording();
    let request = PeaksRequest {
        recording_id: recording.id,
        start_ms: 0,
        end_ms: 30_000,
        columns: 100,
    };
    let whole = std::fs::read(outcome.peaks()).unwrap();
    let mut cases: Vec<Vec<u8>> = [0, 3, 23, 24, 100, whole.len() - 1]
        .iter()
        .map(|&n| whole[..n].to_vec())
        .collect();
    for at in 0..24 {
        let mut hurt = whole.clone();
        hurt[at] ^= 0xFF;
        cases.push(hurt);
    }
    cases.push([&whole[..], &[0]].concat());
    for (i, hurt) in cases.iter().enumerate() {
        let bytes = || Box::new(Cursor::new(hurt.clone()));
        for answer in [
            SoundFiles.peaks(bytes(), &recording, &request).err(),
            SoundFiles.regions(bytes(), &recording).err(),
        ] {
            assert_eq!(
                answer.expect("refused").code(),
                codes::MEDIA_MISSING,
                "case {i}"
            );
        }
    }
}
