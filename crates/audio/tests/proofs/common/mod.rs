//! Files made byte by byte, and what an ingest makes of them.

use qinting_desk::{AppError, Cancel, IngestRequest, Ingested};
use qinting_domain::{CaseId, ContactId, Meta, PersonId, Recording, RecordingId};
use qinting_testkit::sound::Sound;
use std::path::{Path, PathBuf};

pub mod ear;
pub mod heard;
pub mod ogg;
pub mod room;

pub use qinting_testkit::hear::{loudest_hz, power_at, sounding};
pub use qinting_testkit::sound::tone;

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
        let samples = Sound::read(&self.audio()).floats(channel);
        samples.into_iter().map(f64::from).collect()
    }
    pub fn recording(&self) -> Recording {
        Recording {
            id: RecordingId(uuid::Uuid::from_u128(1)),
            case_id: CaseId(uuid::Uuid::from_u128(2)),
            contact_id: ContactId(uuid::Uuid::from_u128(3)),
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
