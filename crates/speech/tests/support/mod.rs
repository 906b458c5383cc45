//! Speech made on the spot, so that tests know every word and every onset.
#![allow(dead_code, unused_imports)] // each test binary uses its own part of this
#![allow(clippy::print_stdout)] // a skipped test must say so

mod babble;
mod quiet;
mod script;
mod voice;

pub use babble::*;
pub use quiet::*;
pub use script::*;
pub use voice::*;

use std::path::{Path, PathBuf};

/// Where real models and calls lie, when this machine has them.
pub fn test_data() -> PathBuf {
    std::env::var_os("QINTING_TEST_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    )
}

/// A file of the test data, or a printed word that the test was skipped.
pub fn data_file(name: &str) -> Option<PathBuf> {
    let path = test_data().join(name);
    if path.is_file() {
        return Some(path);
    }
    println!("SKIPPED: test data {name} is not on this machine");
    None
}

/// The demo model, which is part of the project.
pub fn demo_model() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../assets/demo/qinting-demo-q5_0.bin"
    ))
}

/// Writes 16-bit PCM.
pub fn write_wav(path: &Path, channels: &[Vec<f32>], rate_hz: u32) {
    let spec = hound::WavSpec {
        channels: channels.len() as u16,
        sample_rate: rate_hz,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut out = hound::WavWriter::create(path, spec).expect("a writable folder");
    for i in 0..channels[0].len() {
        for c in channels {
            out.write_sample((c[i].clamp(-1.0, 1.0) * 32_767.0) as i16)
                .expect("room on the disk");
        }
    }
    out.finalize().expect("room on the disk");
}

/// Reads a mono WAV as floats.
pub fn read_wav(path: &Path) -> (Vec<f32>, u32) {
    let mut wav = hound::WavReader::open(path).expect("a WAV");
    let rate = wav.spec().sample_rate;
    (
        wav.samples::<i16>()
            .map(|s| f32::from(s.expect("samples")) / 32_768.0)
            .collect(),
        rate,
    )
}

/// Letters that count: no punctuation, no spaces, lower case.
pub fn letters(text: &str) -> Vec<char> {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Edit distance.
pub fn distance<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let next = (diagonal + usize::from(x != y))
                .min(row[j] + 1)
                .min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}
