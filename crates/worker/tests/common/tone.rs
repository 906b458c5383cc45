//! Sound in a file.

use std::path::{Path, PathBuf};

/// A file with a tone of this many seconds, 8 kHz, two channels.
pub fn tone(path: &Path, seconds: u32, pitch: f32) -> PathBuf {
    let spec = hound::WavSpec {
        channels: 2,
        sample_rate: 8_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut wav = hound::WavWriter::create(path, spec).unwrap();
    for frame in 0..seconds * 8_000 {
        let at = frame as f32 / 8_000.0 * pitch * std::f32::consts::TAU;
        wav.write_sample((at.sin() * 9_000.0) as i16).unwrap();
        wav.write_sample((at.cos() * 3_000.0) as i16).unwrap();
    }
    wav.finalize().unwrap();
    path.to_owned()
}
