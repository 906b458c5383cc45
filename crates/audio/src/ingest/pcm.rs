//! Plain samples as they lie in a file, whatever wraps them.

use super::fault::Fault;
use super::found::{Found, Holes};
use super::stream::{PcmFormat, PcmStream, round_to_i16};
use super::tail::{self, Tail};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// Frames per read.
const FRAMES_PER_READ: usize = 32 << 10;

/// How samples lie in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sample {
    U8,
    S16,
    S24,
    S32,
    F32,
    F64,
    ALaw,
    MuLaw,
}

impl Sample {
    pub(crate) fn bytes(self) -> u64 {
        match self {
            Self::U8 | Self::ALaw | Self::MuLaw => 1,
            Self::S16 => 2,
            Self::S24 => 3,
            Self::S32 | Self::F32 => 4,
            Self::F64 => 8,
        }
    }

    /// In words, without the order of its bytes.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::U8 => "pcm_u8",
            Self::S16 => "pcm_s16",
            Self::S24 => "pcm_s24",
            Self::S32 => "pcm_s32",
            Self::F32 => "pcm_f32",
            Self::F64 => "pcm_f64",
            Self::ALaw => "pcm_alaw",
            Self::MuLaw => "pcm_mulaw",
        }
    }

    /// Whether a zero byte is far from silence, so that a run of them was never sound.
    pub(crate) fn zero_is_loud(self) -> bool {
        matches!(self, Self::U8 | Self::ALaw | Self::MuLaw)
    }
}

/// How the samples of a file lie, and where.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub format: PcmFormat,
    pub sample: Sample,
    pub big_endian: bool,
    /// Byte that the sound begins at.
    pub start: u64,
    /// Bytes of sound.
    pub bytes: u64,
    /// The size was a placeholder or slightly wrong.
    pub unfinished: bool,
    /// It breaks off; what is missing, milliseconds.
    pub cut: Option<Option<u64>>,
}

/// A stream of plain samples.
pub(crate) struct RawPcm {
    file: File,
    layout: Layout,
    frames: u64,
    read: u64,
    raw: Vec<u8>,
    tail: Option<Tail>,
    holes: Holes,
}

impl RawPcm {
    pub(crate) fn open(mut file: File, layout: Layout) -> Result<Self, Fault> {
        let block = layout.sample.bytes() * u64::from(layout.format.channels);
        let frames = layout.bytes / block;
        if frames == 0 {
            return Err(Fault::Empty);
        }
        let tail = tail::look(&mut file, &layout, frames)?;
        file.seek(SeekFrom::Start(layout.start))
            .map_err(Fault::Unreadable)?;
        Ok(Self {
            file,
            layout,
            frames,
            read: 0,
            raw: Vec::new(),
            tail,
            holes: Holes::default(),
        })
    }

    /// A run of zero bytes up to the end: a copy that broke off after its size was reserved.
    fn mind_tail(&mut self, out: &mut [i16], frames: u64) {
        let Some(tail) = &mut self.tail else {
            return;
        };
        let channels = usize::from(self.layout.format.channels);
        let before = tail.start_frame.saturating_sub(self.read).min(frames) as usize * channels;
        let (sound, silence) = out.split_at_mut(before);
        tail.hear(sound, channels);
        if self.layout.sample.zero_is_loud() {
            silence.fill(0);
        }
        if self.read + frames == self.frames && tail.is_a_hole() {
            self.holes
                .add(tail.start_frame, self.frames - tail.start_frame);
        }
    }
}

impl PcmStream for RawPcm {
    fn frames_to_come(&self) -> Option<u64> {
        Some(self.frames)
    }

    fn format(&self) -> &PcmFormat {
        &self.layout.format
    }

    fn read(&mut self, out: &mut Vec<i16>) -> Result<bool, Fault> {
        let frames = (self.frames - self.read).min(FRAMES_PER_READ as u64);
        if frames == 0 {
            return Ok(false);
        }
        let sample = self.layout.sample;
        let bytes = frames * sample.bytes() * u64::from(self.layout.format.channels);
        self.raw.resize(bytes as usize, 0);
        self.file
            .read_exact(&mut self.raw)
            .map_err(Fault::Unreadable)?;
        if self.layout.big_endian {
            for sample in self.raw.chunks_exact_mut(sample.bytes() as usize) {
                sample.reverse();
            }
        }
        let from = out.len();
        convert(sample, &self.raw, out);
        self.mind_tail(&mut out[from..], frames);
        self.read += frames;
        Ok(true)
    }

    fn fraction(&self) -> f64 {
        self.read as f64 / self.frames as f64
    }

    fn found(&self) -> Found {
        Found {
            unfinished: self.layout.unfinished,
            cut: self.layout.cut,
            holes: self.holes.clone(),
            sample_rate_hz: self.layout.format.sample_rate_hz,
            ..Found::default()
        }
    }
}

fn convert(sample: Sample, raw: &[u8], out: &mut Vec<i16>) {
    match sample {
        Sample::U8 => out.extend(raw.iter().map(|&b| (i16::from(b) - 128) << 8)),
        Sample::ALaw => out.extend(raw.iter().map(|&b| alaw(b))),
        Sample::MuLaw => out.extend(raw.iter().map(|&b| mulaw(b))),
        Sample::S16 => {
            out.extend(
                raw.as_chunks::<2>()
                    .0
                    .iter()
                    .map(|&b| i16::from_le_bytes(b)),
            );
        }
        Sample::S24 => out.extend(
            raw.as_chunks::<3>()
                .0
                .iter()
                .map(|b| shrink(i32::from_le_bytes([0, b[0], b[1], b[2]]))),
        ),
        Sample::S32 => {
            out.extend(
                raw.as_chunks::<4>()
                    .0
                    .iter()
                    .map(|&b| shrink(i32::from_le_bytes(b))),
            );
        }
        Sample::F32 => {
            out.extend(
                raw.as_chunks::<4>()
                    .0
                    .iter()
                    .map(|&b| round_to_i16(f32::from_le_bytes(b))),
            );
        }
        Sample::F64 => out.extend(
            raw.as_chunks::<8>()
                .0
                .iter()
                .map(|&b| round_to_i16(f64::from_le_bytes(b) as f32)),
        ),
    }
}

/// 32 to 16 bits, rounded; the one value that would wrap is clamped.
fn shrink(v: i32) -> i16 {
    (v.saturating_add(1 << 15) >> 16) as i16
}

/// G.711 A-law to linear.
fn alaw(byte: u8) -> i16 {
    let v = byte ^ 0x55;
    let mantissa = i16::from(v & 0x0F) << 4;
    let magnitude = match (v & 0x70) >> 4 {
        0 => mantissa + 8,
        segment => (mantissa + 0x108) << (segment - 1),
    };
    if v & 0x80 != 0 { magnitude } else { -magnitude }
}

/// G.711 µ-law to linear.
fn mulaw(byte: u8) -> i16 {
    let v = !byte;
    let magnitude = ((i16::from(v & 0x0F) << 3) + 0x84) << ((v & 0x70) >> 4);
    if v & 0x80 != 0 {
        0x84 - magnitude
    } else {
        magnitude - 0x84
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The corner values of ITU-T G.711, scaled to 16 bits.
    #[test]
    fn companded_bytes_expand_as_the_standard_says() {
        let mu = [
            (0xFF, 0),
            (0x7F, 0),
            (0x00, -32124),
            (0x80, 32124),
            (0xEF, 132),
            (0x6F, -132),
        ];
        for (byte, linear) in mu {
            assert_eq!(mulaw(byte), linear, "µ-law {byte:#x}");
        }
        let a = [
            (0xD5, 8),
            (0x55, -8),
            (0xAA, 32256),
            (0x2A, -32256),
            (0xC5, 264),
            (0x45, -264),
        ];
        for (byte, linear) in a {
            assert_eq!(alaw(byte), linear, "A-law {byte:#x}");
        }
    }

    #[test]
    fn wide_samples_are_rounded_and_clamped() {
        assert_eq!(shrink(i32::MAX), i16::MAX);
        assert_eq!(shrink(i32::MIN), i16::MIN);
        assert_eq!(shrink(0x0001_8000), 2);
        assert_eq!(shrink(0x0001_7FFF), 1);
        assert_eq!(round_to_i16(2.0), i16::MAX);
        assert_eq!(round_to_i16(-2.0), i16::MIN);
        assert_eq!(round_to_i16(f32::NAN), 0);
    }
}
