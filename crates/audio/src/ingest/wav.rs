//! WAV, read by ourselves: telephone recorders write sloppy headers, and hostile ones make a
//! general reader overflow. The walk trusts no size it has not held against the file.

use super::claim::{Claim, Taken};
use super::compressed::{Known, Promise};
use super::fault::Fault;
use super::pcm::{Layout, RawPcm, Sample};
use super::stream::PcmFormat;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// A file with more chunks before its audio than this is not a recording.
const MAX_CHUNKS: usize = 4096;

/// What the header walk found.
pub(crate) enum Walk {
    /// Not a WAV at all.
    NotWav,
    /// A WAV whose sound is compressed (ADPCM): its header is sound, a decoder may have it.
    Compressed(Packed),
    /// Plain samples.
    Pcm(RawPcm),
}

/// Compressed sound in a WAV.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Packed {
    /// Byte that the sound begins at; the four before it are its size.
    pub start: u64,
    /// What is taken of it.
    pub taken: Taken,
    /// Bytes per second, as the header has it.
    pub byte_rate: u64,
}

impl Packed {
    /// The general reader is shown the size that is taken, and no size around it.
    pub(crate) fn known(self) -> Known {
        let Taken {
            bytes,
            unfinished,
            missing,
        } = self.taken;
        let size = u32::try_from(bytes).unwrap_or(u32::MAX);
        Known {
            promise: Promise {
                cut: missing > 0,
                unfinished,
                missing_ms: (missing > 0).then(|| missing.saturating_mul(1000) / self.byte_rate),
                ..Promise::default()
            },
            edits: None,
            patches: vec![(4, [0xFF; 4]), (self.start - 4, size.to_le_bytes())],
        }
    }
}

/// The fields of `fmt ` that matter.
struct FmtChunk {
    tag: u16,
    channels: u16,
    sample_rate_hz: u32,
    byte_rate: u32,
    block_align: u16,
    bits: u16,
}

/// A file being walked.
struct Chunks {
    file: File,
    len: u64,
    big_endian: bool,
}

/// Walks the chunks of `file` up to its audio. A file that breaks off is refused unless `lenient`.
pub(crate) fn walk(mut file: File, len: u64, lenient: bool) -> Result<Walk, Fault> {
    let mut head = [0u8; 12];
    if len < 12 || file.read_exact(&mut head).is_err() || &head[8..12] != b"WAVE" {
        return Ok(Walk::NotWav);
    }
    let big_endian = match &head[..4] {
        b"RIFF" | b"RF64" | b"BW64" => false,
        b"RIFX" => true,
        _ => return Ok(Walk::NotWav),
    };
    let mut chunks = Chunks {
        file,
        len,
        big_endian,
    };
    let mut at = 12u64;
    let mut fmt: Option<FmtChunk> = None;
    let mut ds64_data: Option<u64> = None;
    for _ in 0..MAX_CHUNKS {
        let Some((id, size)) = chunks.head(at)? else {
            break;
        };
        let body = at + 8;
        let present = len - body;
        match &id {
            b"data" => {
                let Some(fmt) = fmt else {
                    return Err(broken("data before fmt"));
                };
                let claim = match ds64_data {
                    Some(long) if size == u32::MAX => (long, true),
                    _ => (u64::from(size), false),
                };
                return audio(chunks, &fmt, body, claim, lenient);
            }
            b"fmt " => fmt = Some(chunks.read_fmt(size, present)?),
            b"ds64" if size >= 24 && present >= 24 => ds64_data = Some(chunks.read_ds64()?),
            _ => {}
        }
        if u64::from(size) > present {
            break;
        }
        at = chunks.after(body, u64::from(size))?;
    }
    match fmt {
        Some(_) => Err(Fault::Truncated { got_ms: 0 }),
        None => Err(broken("no fmt chunk")),
    }
}

fn broken(why: &str) -> Fault {
    Fault::Broken(why.to_owned())
}

/// Names of chunks are letters, digits, blanks and marks.
fn is_name(id: [u8; 4]) -> bool {
    id.iter().all(|b| (0x20..0x7F).contains(b)) && id.iter().any(u8::is_ascii_alphanumeric)
}

impl Chunks {
    fn u16(&self, b: [u8; 2]) -> u16 {
        if self.big_endian {
            u16::from_be_bytes(b)
        } else {
            u16::from_le_bytes(b)
        }
    }

    fn u32(&self, b: [u8; 4]) -> u32 {
        if self.big_endian {
            u32::from_be_bytes(b)
        } else {
            u32::from_le_bytes(b)
        }
    }

    fn head(&mut self, at: u64) -> Result<Option<([u8; 4], u32)>, Fault> {
        if at + 8 > self.len {
            return Ok(None);
        }
        let mut head = [0u8; 8];
        self.file
            .seek(SeekFrom::Start(at))
            .and_then(|_| self.file.read_exact(&mut head))
            .map_err(Fault::Unreadable)?;
        let id = [head[0], head[1], head[2], head[3]];
        let size = self.u32([head[4], head[5], head[6], head[7]]);
        Ok(Some((id, size)))
    }

    /// Where the next chunk begins. An odd one is followed by a byte of padding, unless its writer
    /// forgot it.
    fn after(&mut self, body: u64, size: u64) -> Result<u64, Fault> {
        let end = body + size;
        if size.is_multiple_of(2) {
            return Ok(end);
        }
        let has_name = |head: Option<([u8; 4], u32)>| head.is_some_and(|(id, _)| is_name(id));
        let is_padded = has_name(self.head(end + 1)?) || !has_name(self.head(end)?);
        Ok(end + u64::from(is_padded))
    }

    /// Whether all that lies between `at` and the end is chunks, a tag, or empty room.
    fn is_chunks(&mut self, mut at: u64) -> Result<bool, Fault> {
        let start = at;
        for _ in 0..MAX_CHUNKS {
            let Some((id, size)) = self.head(at)? else {
                return Ok(at > start || self.is_room(at)?);
            };
            let end = at + 8 + u64::from(size);
            if !is_name(id) || end > self.len + 1 {
                break;
            }
            at = self.after(at + 8, u64::from(size))?;
        }
        Ok(&self.head(start)?.unwrap_or_default().0[..3] == b"TAG" || self.is_room(start)?)
    }

    /// Whether from `at` on there are only zeros, and few.
    fn is_room(&mut self, at: u64) -> Result<bool, Fault> {
        const MOST: u64 = 4096;
        if self.len - at.min(self.len) > MOST {
            return Ok(false);
        }
        let mut rest = Vec::new();
        self.file
            .seek(SeekFrom::Start(at))
            .and_then(|_| (&mut self.file).take(MOST).read_to_end(&mut rest))
            .map_err(Fault::Unreadable)?;
        Ok(rest.iter().all(|&b| b == 0))
    }

    fn read_ds64(&mut self) -> Result<u64, Fault> {
        let mut b = [0u8; 24];
        self.file.read_exact(&mut b).map_err(Fault::Unreadable)?;
        let mut data = [0u8; 8];
        data.copy_from_slice(&b[8..16]);
        Ok(u64::from_le_bytes(data))
    }

    fn read_fmt(&mut self, size: u32, present: u64) -> Result<FmtChunk, Fault> {
        if size < 16 || present < 16 {
            return Err(broken("fmt chunk too short"));
        }
        let mut b = [0u8; 40];
        let take = u64::from(size).min(present).min(40) as usize;
        self.file
            .read_exact(&mut b[..take])
            .map_err(Fault::Unreadable)?;
        let u16_at = |i: usize| self.u16([b[i], b[i + 1]]);
        let u32_at = |i: usize| self.u32([b[i], b[i + 1], b[i + 2], b[i + 3]]);
        let mut tag = u16_at(0);
        if tag == 0xFFFE && take == 40 {
            // The first two bytes of the sub-format GUID are the tag proper.
            tag = u16_at(24);
        }
        Ok(FmtChunk {
            tag,
            channels: u16_at(2),
            sample_rate_hz: u32_at(4),
            byte_rate: u32_at(8),
            block_align: u16_at(12),
            bits: u16_at(14),
        })
    }
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
    mut chunks: Chunks,
    fmt: &FmtChunk,
    start: u64,
    (claimed, is_long): (u64, bool),
    lenient: bool,
) -> Result<Walk, Fault> {
    let format = PcmFormat::checked(fmt.sample_rate_hz, fmt.channels)?;
    let sample = sample_of(fmt)?;
    let block = sample.map(|s| s.bytes() * u64::from(fmt.channels));
    let byte_rate = match block {
        Some(block) => block * u64::from(fmt.sample_rate_hz),
        None => u64::from(fmt.byte_rate.clamp(1, 1 << 20)),
    };
    let claim = Claim {
        claimed,
        is_long,
        present: chunks.len - start,
        byte_rate,
    };
    let taken = claim.settle(|| {
        let end = chunks.after(start, claimed)?;
        chunks.is_chunks(end)
    })?;
    let missing_ms = taken.missing.saturating_mul(1000) / byte_rate;
    if taken.missing > 0 && (!lenient || taken.bytes == 0) {
        let got_ms = match block {
            Some(block) => format.frames_to_ms(taken.bytes / block),
            None => 0,
        };
        return Err(Fault::Truncated { got_ms });
    }
    let Some(sample) = sample else {
        return Ok(Walk::Compressed(Packed {
            start,
            taken,
            byte_rate,
        }));
    };
    let order = match (sample.bytes(), chunks.big_endian) {
        (1, _) => "",
        (_, false) => "le",
        (_, true) => "be",
    };
    let layout = Layout {
        format: PcmFormat {
            codec: format!("wav/{}{order}", sample.name()),
            ..format
        },
        sample,
        big_endian: chunks.big_endian,
        start,
        bytes: taken.bytes,
        unfinished: taken.unfinished,
        cut: (taken.missing > 0).then_some(Some(missing_ms)),
    };
    Ok(Walk::Pcm(RawPcm::open(chunks.file, layout)?))
}
