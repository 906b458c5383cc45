//! The peaks file. Little-endian: magic, version, shape; then the levels. Where anything lies
//! follows from the shape alone, so a damaged file is known by its length and cannot mislead.

use qinting_desk::Bytes;
use std::io::{self, Read, Seek, SeekFrom};

const MAGIC: [u8; 4] = *b"QPKS";
const VERSION: u16 = 1;
const HEADER_BYTES: u64 = 24;
/// Frames per bucket at the finest level.
pub(super) const BUCKET_FRAMES: u32 = 256;
/// Buckets of one level that make one of the next.
pub(super) const LEVEL_FACTOR: u32 = 4;
/// The coarsest level has at most this many buckets.
const COARSEST: u64 = 512;
/// More frames than a playable WAV can hold are a damaged header.
const MAX_FRAMES: u64 = 1 << 32;

/// What the peaks are of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub channels: u16,
    pub sample_rate_hz: u32,
    pub frames: u64,
}

/// Columns wanted.
pub(super) struct Window {
    pub first_frame: f64,
    pub frames_per_column: f64,
    pub columns: usize,
}

impl Shape {
    pub(super) fn header(&self) -> [u8; HEADER_BYTES as usize] {
        let mut b = [0u8; HEADER_BYTES as usize];
        b[0..4].copy_from_slice(&MAGIC);
        b[4..6].copy_from_slice(&VERSION.to_le_bytes());
        b[6..8].copy_from_slice(&self.channels.to_le_bytes());
        b[8..12].copy_from_slice(&self.sample_rate_hz.to_le_bytes());
        b[12..16].copy_from_slice(&BUCKET_FRAMES.to_le_bytes());
        b[16..24].copy_from_slice(&self.frames.to_le_bytes());
        b
    }

    fn parse(b: &[u8; HEADER_BYTES as usize]) -> Option<Self> {
        let u16_at = |i: usize| u16::from_le_bytes([b[i], b[i + 1]]);
        let u32_at = |i: usize| u32::from_le_bytes([b[i], b[i + 1], b[i + 2], b[i + 3]]);
        let frames = u64::from(u32_at(16)) | u64::from(u32_at(20)) << 32;
        let shape = Self {
            channels: u16_at(6),
            sample_rate_hz: u32_at(8),
            frames,
        };
        let sound = b[0..4] == MAGIC
            && u16_at(4) == VERSION
            && u32_at(12) == BUCKET_FRAMES
            && (1..=2).contains(&shape.channels)
            && shape.sample_rate_hz > 0
            && frames < MAX_FRAMES;
        sound.then_some(shape)
    }

    fn buckets(&self, level: u32) -> u64 {
        let mut n = self.frames.div_ceil(u64::from(BUCKET_FRAMES));
        for _ in 0..level {
            n = n.div_ceil(u64::from(LEVEL_FACTOR));
        }
        n
    }

    pub(super) fn levels(&self) -> u32 {
        let mut levels = 1;
        while self.buckets(levels - 1) > COARSEST {
            levels += 1;
        }
        levels
    }

    /// Bytes per bucket of a level, all channels: pairs, and at the finest level loudness.
    fn level_bytes(&self, level: u32) -> u64 {
        let per_bucket = if level == 0 { 3 } else { 2 };
        self.buckets(level) * u64::from(self.channels) * per_bucket
    }

    fn pairs_at(&self, level: u32, channel: u16) -> u64 {
        let before: u64 = (0..level).map(|l| self.level_bytes(l)).sum();
        HEADER_BYTES + before + self.buckets(level) * 2 * u64::from(channel)
    }

    fn loudness_at(&self, channel: u16) -> u64 {
        HEADER_BYTES + self.buckets(0) * (2 * u64::from(self.channels) + u64::from(channel))
    }

    fn file_bytes(&self) -> u64 {
        HEADER_BYTES + (0..self.levels()).map(|l| self.level_bytes(l)).sum::<u64>()
    }
}

/// An open peaks file that is known to be whole.
pub(super) struct PeaksFile {
    file: Box<dyn Bytes>,
    shape: Shape,
}

impl PeaksFile {
    pub(super) fn open(mut file: Box<dyn Bytes>) -> io::Result<Self> {
        let mut header = [0u8; HEADER_BYTES as usize];
        file.read_exact(&mut header)?;
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, "not a whole peaks file");
        let shape = Shape::parse(&header).ok_or_else(damaged)?;
        if file.seek(SeekFrom::End(0))? != shape.file_bytes() {
            return Err(damaged());
        }
        Ok(Self { file, shape })
    }

    pub(super) fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Loudness of every finest bucket of a channel.
    pub(super) fn loudness(&mut self, channel: u16) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0u8; self.shape.buckets(0) as usize];
        self.read_at(self.shape.loudness_at(channel), &mut bytes)?;
        Ok(bytes)
    }

    /// Appends a (min, max) pair per column, from the level just finer than the columns. Columns
    /// past the end are flat.
    pub(super) fn columns(
        &mut self,
        channel: u16,
        window: &Window,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        let mut level = 0;
        let mut bucket = f64::from(BUCKET_FRAMES);
        while level + 1 < self.shape.levels()
            && bucket * f64::from(LEVEL_FACTOR) <= window.frames_per_column
        {
            level += 1;
            bucket *= f64::from(LEVEL_FACTOR);
        }
        let buckets = self.shape.buckets(level);
        let first = ((window.first_frame / bucket) as u64).min(buckets);
        let last_frame = window.first_frame + window.frames_per_column * window.columns as f64;
        let end = ((last_frame / bucket).ceil() as u64).clamp(first, buckets);
        let mut pairs = vec![0u8; ((end - first) * 2) as usize];
        self.read_at(self.shape.pairs_at(level, channel) + first * 2, &mut pairs)?;
        let pairs = pairs.as_chunks::<2>().0;
        for column in 0..window.columns {
            let from = window.first_frame + window.frames_per_column * column as f64;
            let to = from + window.frames_per_column;
            let a = (((from / bucket) as u64).saturating_sub(first) as usize).min(pairs.len());
            let b = (((to / bucket).ceil() as u64).saturating_sub(first) as usize)
                .clamp((a + 1).min(pairs.len()), pairs.len());
            let [low, high] = match &pairs[a..b] {
                [] => [0, 0],
                some => some.iter().fold([i8::MAX, i8::MIN], |[low, high], pair| {
                    [low.min(pair[0] as i8), high.max(pair[1] as i8)]
                }),
            };
            out.extend([low as u8, high as u8]);
        }
        Ok(())
    }

    fn read_at(&mut self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(at))?;
        self.file.read_exact(bytes)
    }
}
