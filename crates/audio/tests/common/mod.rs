//! Sounds made on the spot, and ears for what comes back.
#![allow(dead_code)] // each test binary uses its own share of this

use qinting_desk::{AppError, Cancel, IngestRequest, Ingested};
use qinting_domain::{CaseId, Meta, PersonId, Recording, RecordingId};
use std::f64::consts::TAU;
use std::path::{Path, PathBuf};

/// A sine, full scale ±1.
pub fn tone(hz: f64, rate: u32, seconds: f64, level: f64) -> Vec<f64> {
    let n = (seconds * f64::from(rate)).round() as usize;
    (0..n)
        .map(|i| level * (TAU * hz * i as f64 / f64::from(rate)).sin())
        .collect()
}

/// Two lanes interleaved.
pub fn interleave(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).flat_map(|(&a, &b)| [a, b]).collect()
}

/// A RIFF file of chunks.
pub fn riff(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = b"WAVE".to_vec();
    for (id, bytes) in chunks {
        body.extend(*id);
        body.extend((bytes.len() as u32).to_le_bytes());
        body.extend(*bytes);
        if bytes.len() % 2 == 1 {
            body.push(0);
        }
    }
    let mut file = b"RIFF".to_vec();
    file.extend((body.len() as u32).to_le_bytes());
    file.extend(body);
    file
}

/// A `fmt ` chunk of 16 bytes.
pub fn fmt(tag: u16, channels: u16, rate: u32, bits: u16) -> Vec<u8> {
    let block = channels * bits.div_ceil(8);
    let mut b = Vec::new();
    b.extend(tag.to_le_bytes());
    b.extend(channels.to_le_bytes());
    b.extend(rate.to_le_bytes());
    b.extend((rate * u32::from(block)).to_le_bytes());
    b.extend(block.to_le_bytes());
    b.extend(bits.to_le_bytes());
    b
}

/// A 16-bit WAV of interleaved samples.
pub fn wav16(samples: &[f64], channels: u16, rate: u32) -> Vec<u8> {
    riff(&[
        (b"fmt ", &fmt(1, channels, rate, 16)),
        (b"data", &bytes16(samples)),
    ])
}

pub fn bytes16(samples: &[f64]) -> Vec<u8> {
    samples
        .iter()
        .flat_map(|s| ((s * 32767.0).round() as i16).to_le_bytes())
        .collect()
}

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

/// Where real calls lie, when they are there.
pub fn real_data() -> Option<PathBuf> {
    let dir = std::env::var_os("QINTING_TEST_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    dir.is_dir().then_some(dir)
}

/// What an ingest left behind.
pub struct Outcome {
    pub ingested: Ingested,
    pub dir: tempfile::TempDir,
}

impl Outcome {
    pub fn audio(&self) -> PathBuf {
        self.dir.path().join("audio.wav")
    }
    pub fn peaks(&self) -> PathBuf {
        self.dir.path().join("audio.peaks")
    }
    pub fn channel(&self, channel: usize) -> Vec<f64> {
        let mut reader = hound::WavReader::open(self.audio()).unwrap();
        let channels = usize::from(reader.spec().channels);
        let all: Vec<i16> = reader.samples::<i16>().map(Result::unwrap).collect();
        all.chunks(channels)
            .map(|frame| f64::from(frame[channel]) / 32768.0)
            .collect()
    }
    pub fn recording(&self) -> Recording {
        Recording {
            id: RecordingId(uuid::Uuid::from_u128(1)),
            case_id: CaseId(uuid::Uuid::from_u128(2)),
            sources: self.ingested.sources.clone(),
            audio_sha256: self.ingested.audio_sha256.clone(),
            peaks_sha256: self.ingested.peaks_sha256.clone(),
            sample_rate_hz: self.ingested.sample_rate_hz,
            channels: self.ingested.channels,
            frames: self.ingested.frames,
            duration_ms: self.ingested.frames * 1000 / u64::from(self.ingested.sample_rate_hz),
            roles: Vec::new(),
            was_dual_mono: self.ingested.was_dual_mono,
            notices: self.ingested.notices.clone(),
            decoder: qinting_desk::DECODER,
            gaps: self.ingested.gaps.clone(),
            meta: Meta::new(0, PersonId(uuid::Uuid::nil())),
        }
    }
}

pub fn take_in(paths: &[PathBuf]) -> Result<Outcome, AppError> {
    take_in_as(paths, false)
}

/// The same; `lenient` takes what is there of a file that breaks off.
pub fn take_in_as(paths: &[PathBuf], lenient: bool) -> Result<Outcome, AppError> {
    let dir = tempfile::tempdir().unwrap();
    let request = IngestRequest {
        paths: paths.to_vec(),
        work_dir: dir.path().to_path_buf(),
        take_what_is_there: lenient,
        ..IngestRequest::default()
    };
    let ingested = qinting_audio::ingest(&request, &mut |_| {}, &Cancel::default())?;
    Ok(Outcome { ingested, dir })
}

pub fn take_in_bytes(name: &str, bytes: &[u8]) -> Result<Outcome, AppError> {
    take_in_bytes_as(name, bytes, false)
}

/// The same; `lenient` takes what is there of a file that breaks off.
pub fn take_in_bytes_as(name: &str, bytes: &[u8], lenient: bool) -> Result<Outcome, AppError> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    take_in_as(&[path], lenient)
}

/// The frequency a stretch of sound is loudest at, between 100 and 2000 Hz, to a quarter.
pub fn loudest_hz(samples: &[f64], rate: u32) -> f64 {
    let rough = &samples[..samples.len().min(rate as usize / 8)];
    let whole = &samples[..samples.len().min(rate as usize)];
    let step = |part: &[f64], from: f64, to: f64, by: f64| {
        let n = ((to - from) / by) as usize;
        (0..=n)
            .map(|i| from + by * i as f64)
            .max_by(|a, b| power_at(part, rate, *a).total_cmp(&power_at(part, rate, *b)))
            .unwrap()
    };
    let coarse = step(rough, 100.0, 2000.0, 3.0);
    step(whole, coarse - 4.0, coarse + 4.0, 0.25)
}

/// Power of a stretch of sound at one frequency (a sine of level 1 has 0.25), by Goertzel's way.
pub fn power_at(samples: &[f64], rate: u32, hz: f64) -> f64 {
    let w = TAU * hz / f64::from(rate);
    let turn = 2.0 * w.cos();
    let (mut a, mut b) = (0.0, 0.0);
    for s in samples {
        (a, b) = (s + turn * a - b, a);
    }
    (a * a + b * b - turn * a * b) / (samples.len() as f64 * samples.len() as f64)
}
