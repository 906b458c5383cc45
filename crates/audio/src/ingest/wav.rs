//! WAV, read by ourselves: telephone recorders write sloppy headers, and hostile ones make a
//! general reader overflow. The walk trusts no size it has not held against the file.

use super::fault::Fault;
use super::stream::{PcmFormat, PcmStream, checked_frames, round_to_i16};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// A file with more chunks before its audio than this is not a recording.
const MAX_CHUNKS: usize = 4096;
/// Frames per read.
const FRAMES_PER_READ: usize = 32 << 10;

/// How samples lie in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sample {
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
    fn bytes(self) -> u64 {
        match self {
            Self::U8 | Self::ALaw | Self::MuLaw => 1,
            Self::S16 => 2,
            Self::S24 => 3,
            Self::S32 | Self::F32 => 4,
            Self::F64 => 8,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::U8 => "wav/pcm_u8",
            Self::S16 => "wav/pcm_s16le",
            Self::S24 => "wav/pcm_s24le",
            Self::S32 => "wav/pcm_s32le",
            Self::F32 => "wav/pcm_f32le",
            Self::F64 => "wav/pcm_f64le",
            Self::ALaw => "wav/pcm_alaw",
            Self::MuLaw => "wav/pcm_mulaw",
        }
    }
}

/// What the header walk found.
pub(crate) enum Walk {
    /// Not a WAV at all.
    NotWav,
    /// A WAV whose sound is compressed (ADPCM): its header is sound, a decoder may have it.
    Compressed,
    /// Plain samples.
    Pcm(WavStream),
}

/// The fields of `fmt ` that matter.
struct FmtChunk {
    tag: u16,
    channels: u16,
    sample_rate_hz: u32,
    block_align: u16,
    bits: u16,
}

/// A stream of plain WAV samples.
pub(crate) struct WavStream {
    file: File,
    format: PcmFormat,
    sample: Sample,
    frames: u64,
    read: u64,
    raw: Vec<u8>,
}

/// Walks the chunks of `file` up to its audio.
pub(crate) fn walk(mut file: File, len: u64) -> Result<Walk, Fault> {
    let mut head = [0u8; 12];
    if len < 12 || file.read_exact(&mut head).is_err() || &head[8..12] != b"WAVE" {
        return Ok(Walk::NotWav);
    }
    match &head[..4] {
        b"RIFF" | b"RF64" | b"BW64" => {}
        b"RIFX" => return Err(Fault::Unsupported("wav/rifx".into())),
        _ => return Ok(Walk::NotWav),
    }
    let mut at = 12u64;
    let mut fmt: Option<FmtChunk> = None;
    let mut ds64_data: Option<u64> = None;
    for _ in 0..MAX_CHUNKS {
        let (id, size) = match chunk_head(&mut file, at, len)? {
            Some(head) => head,
            None => break,
        };
        let body = at + 8;
        let present = len - body;
        match &id {
            b"data" => {
                let Some(fmt) = fmt else {
                    return Err(broken("data before fmt"));
                };
                let claimed = match ds64_data {
                    Some(long) if size == u32::MAX => long,
                    _ => u64::from(size),
                };
                return audio(file, fmt, body, claimed, present);
            }
            b"fmt " => fmt = Some(read_fmt(&mut file, size, present)?),
            b"ds64" if size >= 24 && present >= 24 => ds64_data = Some(read_ds64(&mut file)?),
            _ => {}
        }
        if u64::from(size) > present {
            break;
        }
        at = body + u64::from(size) + u64::from(size & 1);
    }
    match fmt {
        Some(_) => Err(Fault::Truncated { got_ms: 0 }),
        None => Err(broken("no fmt chunk")),
    }
}

fn broken(why: &str) -> Fault {
    Fault::Broken(why.to_owned())
}

fn chunk_head(file: &mut File, at: u64, len: u64) -> Result<Option<([u8; 4], u32)>, Fault> {
    if at + 8 > len {
        return Ok(None);
    }
    let mut head = [0u8; 8];
    file.seek(SeekFrom::Start(at)).map_err(Fault::Unreadable)?;
    file.read_exact(&mut head).map_err(Fault::Unreadable)?;
    let id = [head[0], head[1], head[2], head[3]];
    Ok(Some((
        id,
        u32::from_le_bytes([head[4], head[5], head[6], head[7]]),
    )))
}

fn read_ds64(file: &mut File) -> Result<u64, Fault> {
    let mut b = [0u8; 24];
    file.read_exact(&mut b).map_err(Fault::Unreadable)?;
    let mut data = [0u8; 8];
    data.copy_from_slice(&b[8..16]);
    Ok(u64::from_le_bytes(data))
}

fn read_fmt(file: &mut File, size: u32, present: u64) -> Result<FmtChunk, Fault> {
    if size < 16 || present < 16 {
        return Err(broken("fmt chunk too short"));
    }
    let mut b = [0u8; 40];
    let take = u64::from(size).min(present).min(40) as usize;
    file.read_exact(&mut b[..take]).map_err(Fault::Unreadable)?;
    let u16_at = |i: usize| u16::from_le_bytes([b[i], b[i + 1]]);
    let mut tag = u16_at(0);
    if tag == 0xFFFE && take == 40 {
        // The first two bytes of the sub-format GUID are the tag proper.
        tag = u16_at(24);
    }
    Ok(FmtChunk {
        tag,
        channels: u16_at(2),
        sample_rate_hz: u32::from_le_bytes([b[4], b[5], b[6], b[7]]),
        block_align: u16_at(12),
        bits: u16_at(14),
    })
}

fn sample_of(fmt: &FmtChunk) -> Result<Option<Sample>, Fault> {
    // Samples lie left-justified in whole bytes; the block says how many (20 bits in 3, 24 in 4).
    let container = match (fmt.block_align, fmt.channels) {
        (align, n) if n > 0 && align % n == 0 && align / n >= fmt.bits.div_ceil(8) => align / n,
        _ => fmt.bits.div_ceil(8),
    };
    Ok(Some(match (fmt.tag, container) {
        (1, 1) => Sample::U8,
        (1, 2) => Sample::S16,
        (1, 3) => Sample::S24,
        (1, 4) => Sample::S32,
        (3, 4) => Sample::F32,
        (3, 8) => Sample::F64,
        (6, 1) => Sample::ALaw,
        (7, 1) => Sample::MuLaw,
        (1 | 3 | 6 | 7, _) => return Err(broken("impossible sample width")),
        (0x02 | 0x11, _) => return Ok(None),
        (0x31, _) => return Err(Fault::Unsupported("wav/gsm610".into())),
        (tag, _) => return Err(Fault::Unsupported(format!("wav/{tag:#06x}"))),
    }))
}

fn audio(
    mut file: File,
    fmt: FmtChunk,
    start: u64,
    claimed: u64,
    present: u64,
) -> Result<Walk, Fault> {
    let format = PcmFormat::checked(fmt.sample_rate_hz, fmt.channels)?;
    let Some(sample) = sample_of(&fmt)? else {
        if claimed > present {
            return Err(Fault::Truncated { got_ms: 0 });
        }
        return Ok(Walk::Compressed);
    };
    let block = sample.bytes() * u64::from(fmt.channels);
    if claimed > present {
        return Err(Fault::Truncated {
            got_ms: format.frames_to_ms(present / block),
        });
    }
    let frames = claimed / block;
    if frames == 0 {
        return Err(Fault::Empty);
    }
    checked_frames(frames, &format)?;
    file.seek(SeekFrom::Start(start))
        .map_err(Fault::Unreadable)?;
    let format = PcmFormat {
        codec: sample.name().into(),
        ..format
    };
    Ok(Walk::Pcm(WavStream {
        file,
        format,
        sample,
        frames,
        read: 0,
        raw: Vec::new(),
    }))
}

impl PcmStream for WavStream {
    fn format(&self) -> &PcmFormat {
        &self.format
    }

    fn read(&mut self, out: &mut Vec<i16>) -> Result<bool, Fault> {
        let frames = (self.frames - self.read).min(FRAMES_PER_READ as u64);
        if frames == 0 {
            return Ok(false);
        }
        let bytes = frames * self.sample.bytes() * u64::from(self.format.channels);
        self.raw.resize(bytes as usize, 0);
        self.file
            .read_exact(&mut self.raw)
            .map_err(Fault::Unreadable)?;
        convert(self.sample, &self.raw, out);
        self.read += frames;
        Ok(true)
    }

    fn fraction(&self) -> f64 {
        self.read as f64 / self.frames as f64
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
