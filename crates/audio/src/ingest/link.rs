//! One link of an Ogg file: which codec, and the headers its decoder is made from.

use super::fault::Fault;
use super::page::{Page, Pages};
use std::fs::File;
use symphonia::core::audio::layouts::{CHANNEL_LAYOUT_MONO, CHANNEL_LAYOUT_STEREO};
use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known as known;

/// Headers are never larger together.
const MAX_HEADERS: usize = 16 << 20;
/// Links after these are not looked at for their shape.
const MAX_LINKS: usize = 1000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Opus,
    Vorbis,
    Flac,
}

/// A logical stream with sound.
pub(crate) struct Link {
    pub serial: u32,
    pub sample_rate_hz: u32,
    channels: u16,
    kind: Kind,
    /// What the decoder is made from.
    setup: Vec<u8>,
    /// Header packets that are still to come.
    wanted: u32,
    partial: Vec<u8>,
    /// Packets of sound in the page that the headers end in.
    pub left: Vec<Vec<u8>>,
}

impl Link {
    /// Reads a page that begins a logical stream; `None` if that has no sound we read.
    pub(crate) fn begin(page: &Page) -> Result<Option<Self>, Fault> {
        let packets = page.packets();
        let Some((id, true)) = packets.first() else {
            return Ok(None);
        };
        let u32_at = |at: usize| u32::from_le_bytes([id[at], id[at + 1], id[at + 2], id[at + 3]]);
        let (kind, rate, channels, wanted) = if id.starts_with(b"OpusHead") && id.len() >= 19 {
            (Kind::Opus, 48_000, u16::from(id[9]), 1)
        } else if id.starts_with(b"\x01vorbis") && id.len() >= 30 {
            (Kind::Vorbis, u32_at(12), u16::from(id[11]), 2)
        } else if id.starts_with(b"\x7FFLAC") && id.len() >= 51 {
            let streaminfo = &id[17..51];
            let rate = u32::from(streaminfo[10]) << 12
                | u32::from(streaminfo[11]) << 4
                | u32::from(streaminfo[12] >> 4);
            let channels = u16::from(streaminfo[12] >> 1 & 7) + 1;
            let wanted = u32::from(u16::from_be_bytes([id[7], id[8]]));
            (Kind::Flac, rate, channels, wanted.max(1))
        } else if id.starts_with(b"Speex   ") {
            return Err(Fault::Unsupported("ogg/speex".into()));
        } else {
            return Ok(None);
        };
        if rate == 0 || channels == 0 {
            return Err(Fault::Broken("no rate or no channels".into()));
        }
        let setup = match kind {
            Kind::Flac => id[17..51].to_vec(),
            _ => id.to_vec(),
        };
        Ok(Some(Self {
            serial: page.serial,
            sample_rate_hz: rate,
            channels,
            kind,
            setup,
            wanted,
            partial: Vec::new(),
            left: Vec::new(),
        }))
    }

    /// Takes a page of headers; gives what the decoder is made from once they are complete.
    pub(crate) fn header(&mut self, page: &Page) -> Option<AudioCodecParameters> {
        for (part, is_whole) in page.packets() {
            if self.partial.len() + part.len() > MAX_HEADERS {
                self.partial.clear();
            }
            self.partial.extend(part);
            if !is_whole {
                continue;
            }
            let packet = std::mem::take(&mut self.partial);
            if self.wanted == 0 {
                self.left.push(packet);
                continue;
            }
            self.wanted -= 1;
            if self.kind == Kind::Vorbis && packet.first() == Some(&5) {
                self.setup.extend(packet);
            }
        }
        (self.wanted == 0).then(|| self.params())
    }

    fn params(&self) -> AudioCodecParameters {
        let mut params = AudioCodecParameters::new();
        params
            .for_codec(match self.kind {
                Kind::Opus => known::CODEC_ID_OPUS,
                Kind::Vorbis => known::CODEC_ID_VORBIS,
                Kind::Flac => known::CODEC_ID_FLAC,
            })
            .with_sample_rate(self.sample_rate_hz)
            .with_extra_data(self.setup.clone().into_boxed_slice());
        match self.channels {
            1 => params.with_channels(CHANNEL_LAYOUT_MONO),
            _ => params.with_channels(CHANNEL_LAYOUT_STEREO),
        };
        params
    }

    /// Whether a packet among the sound is none: empty, or a comment.
    pub(crate) fn is_side_note(&self, packet: &[u8]) -> bool {
        match self.kind {
            Kind::Opus => packet.is_empty() || packet.starts_with(b"OpusTags"),
            Kind::Vorbis => packet.first().is_none_or(|b| b & 1 == 1),
            Kind::Flac => packet.first() != Some(&0xFF),
        }
    }
}

/// The highest rate and the most channels of all links; `None` if it is no Ogg.
pub(crate) fn widest(file: File, len: u64) -> Result<Option<(u32, u16)>, Fault> {
    let mut pages = Pages::new(file, len);
    let mut widest: Option<(u32, u16)> = None;
    let mut links = 0;
    let mut seen = false;
    while let Some(page) = pages.next()? {
        if !seen && pages.stray > 0 {
            return Ok(None);
        }
        seen = true;
        if page.first && links < MAX_LINKS {
            links += 1;
            if let Some(link) = Link::begin(&page)? {
                if link.channels > 2 {
                    return Err(Fault::Channels(link.channels));
                }
                let (rate, channels) = widest.unwrap_or_default();
                widest = Some((rate.max(link.sample_rate_hz), channels.max(link.channels)));
            }
        }
    }
    match (seen, widest) {
        (false, _) => Ok(None),
        (true, None) => Err(Fault::NotAudio),
        (true, some) => Ok(some),
    }
}
