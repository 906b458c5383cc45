//! Headers of frames that follow each other without a container: MPEG audio and ADTS.

use symphonia::core::audio::layouts::{CHANNEL_LAYOUT_MONO, CHANNEL_LAYOUT_STEREO};
use symphonia::core::codecs::audio::well_known as known;
use symphonia::core::codecs::audio::{AudioCodecId, AudioCodecParameters};

/// Bytes that a header is read from.
pub(crate) const HEAD_BYTES: usize = 7;

/// One frame, as its header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// Bytes, with the header.
    pub size: usize,
    /// Bytes before what the decoder wants.
    pub skip: usize,
    /// Frames of sound.
    pub samples: u64,
    pub sample_rate_hz: u32,
    pub channels: u16,
    pub codec: AudioCodecId,
    /// Bytes of a frame header up to where a count may stand.
    pub count_at: usize,
}

impl Head {
    pub(crate) fn read(b: &[u8]) -> Option<Self> {
        if b.len() < HEAD_BYTES || b[0] != 0xFF {
            return None;
        }
        match b[1] & 0xF6 {
            0xF0 => adts(b),
            _ if b[1] & 0xE0 == 0xE0 => mpeg(b),
            _ => None,
        }
    }

    /// Whether another frame may follow in the same stream.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.codec == other.codec
            && (self.sample_rate_hz, self.channels) == (other.sample_rate_hz, other.channels)
    }

    pub(crate) fn params(&self) -> AudioCodecParameters {
        let mut params = AudioCodecParameters::new();
        params
            .for_codec(self.codec)
            .with_sample_rate(self.sample_rate_hz)
            .with_channels(if self.channels == 1 {
                CHANNEL_LAYOUT_MONO
            } else {
                CHANNEL_LAYOUT_STEREO
            });
        params
    }
}

/// MPEG 1, 2 and 2.5, all layers. A free bit rate is not read: its frames have no size.
fn mpeg(b: &[u8]) -> Option<Head> {
    const V1: [[u32; 15]; 3] = [
        [
            0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448,
        ],
        [
            0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384,
        ],
        [
            0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
        ],
    ];
    const V2: [[u32; 15]; 2] = [
        [
            0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256,
        ],
        [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ];
    let (version, layer) = (b[1] >> 3 & 3, 4 - (b[1] >> 1 & 3));
    let (rate_index, hz_index) = (usize::from(b[2] >> 4), usize::from(b[2] >> 2 & 3));
    if version == 1 || layer == 4 || !(1..15).contains(&rate_index) || hz_index == 3 {
        return None;
    }
    let is_v1 = version == 3;
    let kbps = match (is_v1, layer) {
        (true, _) => V1[usize::from(layer) - 1][rate_index],
        (false, 1) => V2[0][rate_index],
        (false, _) => V2[1][rate_index],
    };
    let divisor = match version {
        3 => 1,
        2 => 2,
        _ => 4,
    };
    let sample_rate_hz = [44_100, 48_000, 32_000][hz_index] / divisor;
    let padding = usize::from(b[2] >> 1 & 1);
    let bps = kbps * 1000;
    let (samples, size) = match (layer, is_v1) {
        (1, _) => (384, ((12 * bps / sample_rate_hz) as usize + padding) * 4),
        (3, false) => (576, (72 * bps / sample_rate_hz) as usize + padding),
        _ => (1152, (144 * bps / sample_rate_hz) as usize + padding),
    };
    let channels = if b[3] >> 6 == 3 { 1 } else { 2 };
    let side_info = match (is_v1, channels) {
        (true, 2) => 32,
        (true, _) | (false, 2) => 17,
        (false, _) => 9,
    };
    Some(Head {
        size,
        skip: 0,
        samples,
        sample_rate_hz,
        channels,
        codec: match layer {
            1 => known::CODEC_ID_MP1,
            2 => known::CODEC_ID_MP2,
            _ => known::CODEC_ID_MP3,
        },
        count_at: 4 + side_info,
    })
}

/// AAC with a header before every frame.
fn adts(b: &[u8]) -> Option<Head> {
    const HZ: [u32; 13] = [
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025,
        8000, 7350,
    ];
    let sample_rate_hz = *HZ.get(usize::from(b[2] >> 2 & 15))?;
    let channels = u16::from(b[2] & 1) << 2 | u16::from(b[3] >> 6);
    let size = usize::from(b[3] & 3) << 11 | usize::from(b[4]) << 3 | usize::from(b[5] >> 5);
    let skip = if b[1] & 1 == 1 { 7 } else { 9 };
    // One block to a frame, and one or two channels: all that telephones and recorders write.
    if size <= skip || b[6] & 3 != 0 || !(1..=2).contains(&channels) {
        return None;
    }
    Some(Head {
        size,
        skip,
        samples: 1024,
        sample_rate_hz,
        channels,
        codec: known::CODEC_ID_AAC,
        count_at: usize::MAX,
    })
}

/// What a first frame that carries no sound says of those that do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Frames of the stream, if it says.
    pub frames: Option<u64>,
    /// Samples of the encoder's and decoder's delay.
    pub delay: u64,
    /// Samples of padding.
    pub padding: u64,
}

/// The decoder's own delay.
const DECODER_DELAY: u64 = 529;

impl Count {
    /// Reads the count of a frame, if it is one that carries a count instead of sound.
    pub(crate) fn read(head: &Head, frame: &[u8]) -> Option<Self> {
        if head.codec != known::CODEC_ID_MP3 {
            return None;
        }
        let u32_at = |at: usize| {
            let b = frame.get(at..at + 4)?;
            Some(u32::from_be_bytes([b[0], b[1], b[2], b[3]]))
        };
        let has_crc = frame.get(1)? & 1 == 0;
        let silent = |to: usize| {
            let from = if has_crc { 6 } else { 4 };
            frame
                .get(from..to)
                .is_some_and(|b| b.iter().all(|&b| b == 0))
        };
        let at = head.count_at;
        match frame.get(at..at + 4)? {
            b"Xing" | b"Info" if silent(at) => {
                let flags = u32_at(at + 4)?;
                let frames = (flags & 1 == 1).then(|| u32_at(at + 8)).flatten();
                let fields = [(1, 4), (2, 4), (4, 100), (8, 4)];
                let skip: usize = fields
                    .iter()
                    .filter(|f| flags & f.0 != 0)
                    .map(|f| f.1)
                    .sum();
                let (delay, padding) =
                    encoder_delay(frame.get(at + 8 + skip..)).unwrap_or_default();
                Some(Self {
                    frames: frames.map(u64::from),
                    delay,
                    padding,
                })
            }
            _ if frame.get(36..40)? == b"VBRI" && silent(36) => Some(Self {
                frames: u32_at(50).map(u64::from),
                ..Self::default()
            }),
            _ => None,
        }
    }
}

/// Delay and padding from the part that encoders of the LAME kind add.
fn encoder_delay(tag: Option<&[u8]>) -> Option<(u64, u64)> {
    let tag = tag?;
    if !matches!(tag.get(..4)?, b"LAME" | b"Lavf" | b"Lavc") {
        return None;
    }
    let b = tag.get(21..24)?;
    let both = u64::from(b[0]) << 16 | u64::from(b[1]) << 8 | u64::from(b[2]);
    let (delay, padding) = (both >> 12, both & 0xFFF);
    Some((delay + DECODER_DELAY, padding.saturating_sub(DECODER_DELAY)))
}
