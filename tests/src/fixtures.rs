//! Audio to bring in: made here, or the shared recordings when they lie beside the checkout.

use std::path::{Path, PathBuf};

/// Writes a 16-bit WAV with one steady tone per channel (0 Hz: silence) at half of full scale.
///
/// # Panics
/// When the file cannot be written.
pub fn tones(path: &Path, rate_hz: u32, seconds: f32, hz: &[f32]) {
    let spec = hound::WavSpec {
        channels: u16::try_from(hz.len()).expect("a handful of channels"),
        sample_rate: rate_hz,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut wav = hound::WavWriter::create(path, spec).expect("the WAV can be made");
    for n in 0..(seconds * rate_hz as f32) as u32 {
        for hz in hz {
            let turn = std::f64::consts::TAU * f64::from(*hz) * f64::from(n) / f64::from(rate_hz);
            wav.write_sample((turn.sin() * 16_384.0) as i16)
                .expect("the WAV takes samples");
        }
    }
    wav.finalize().expect("the WAV can be finished");
}

/// A file of the shared test data: below `QINTING_TEST_DATA`, or in `shared/data` beside the
/// checkout. Says so when it is not there; the test that asked then has nothing to prove.
pub fn shared(path: &str) -> Option<PathBuf> {
    let data = match std::env::var_os("QINTING_TEST_DATA") {
        Some(dir) => PathBuf::from(dir),
        None => crate::root().join("../shared/data"),
    };
    let file = data.join(path);
    if !file.is_file() {
        println!("SKIPPED: {path} is not there; QINTING_TEST_DATA names the folder that has it");
        return None;
    }
    Some(std::fs::canonicalize(&file).expect("a file that is there has a path"))
}

/// The two sides of one real call: agent, caller.
pub fn two_sided_call() -> Option<[PathBuf; 2]> {
    Some([
        shared("calls/Auto_Repairs_40_UTC_agent.wav")?,
        shared("calls/Auto_Repairs_40_UTC_caller.wav")?,
    ])
}

/// The small working model that knows a few dozen Chinese phrases.
pub fn demo_model() -> Option<PathBuf> {
    shared("models/qinting-demo-v1-q5_0.bin")
}
