//! The packets of one track, and the file they come from.

use super::codec::{Codec, Piece, guarded};
use super::fault::Fault;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::common::Limit;
use symphonia::core::errors::Error as Sym;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, Track, TrackType};
use symphonia::core::io::{MediaSource, MediaSourceStream};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::packet::Packet;
use symphonia::core::units::TimeBase;

/// So many errors without one packet between them end a file.
const MAX_ERRORS_IN_A_ROW: u32 = 256;

/// The packets of one track.
pub(super) struct Packets {
    reader: Box<dyn FormatReader>,
    track_id: u32,
    time_base: Option<TimeBase>,
    /// Time of the first packet.
    origin: Option<i64>,
    /// The file ended within something, or is known to.
    pub met_end: bool,
    read_to: Arc<AtomicU64>,
    len: u64,
}

pub(super) enum Next {
    Packet(Packet),
    /// A chained stream: the next link brings its own decoder.
    Codec(AudioCodecParameters),
}

impl Packets {
    /// Opens whatever container the bytes turn out to be, with its track.
    pub(super) fn open(
        file: File,
        len: u64,
        patches: Vec<(u64, [u8; 4])>,
        starts_at_zero: bool,
    ) -> Result<(Self, Track), Fault> {
        let read_to = Arc::new(AtomicU64::new(0));
        let source = Watched {
            file,
            len,
            at: 0,
            read_to: read_to.clone(),
            patches,
        };
        let mut reader = guarded(|| probe(source))?.map_err(|e| unopened(&e))?;
        let track = pick_track(&mut *reader)?;
        let packets = Self {
            time_base: track.time_base,
            track_id: track.id,
            reader,
            origin: starts_at_zero.then_some(0),
            met_end: false,
            read_to,
            len,
        };
        Ok((packets, track))
    }

    pub(super) fn next(&mut self) -> Result<Option<Next>, Fault> {
        let mut errors = 0;
        while errors <= MAX_ERRORS_IN_A_ROW {
            match guarded(|| self.reader.next_packet())? {
                Ok(Some(packet)) if packet.track_id == self.track_id => {
                    self.origin.get_or_insert(packet.pts.get());
                    return Ok(Some(Next::Packet(packet)));
                }
                // Another track's: the file is bounded, and so are they.
                Ok(Some(_)) => {}
                Ok(None) => return Ok(None),
                Err(Sym::IoError(e)) if e.kind() == io::ErrorKind::UnexpectedEof => {
                    self.met_end = true;
                    return Ok(None);
                }
                Err(Sym::IoError(e)) => return Err(Fault::Unreadable(e)),
                Err(Sym::ResetRequired) => {
                    let track = pick_track(&mut *self.reader)?;
                    self.track_id = track.id;
                    return Ok(Some(Next::Codec(audio_params(&track)?)));
                }
                Err(Sym::DecodeError(_)) => errors += 1,
                Err(e) => return Err(Fault::Broken(e.to_string())),
            }
        }
        Err(Fault::Broken("nothing but errors".into()))
    }

    /// Frames of `rate` from the first packet to the time `ts`.
    pub(super) fn frames(&self, ts: i64, rate: u32) -> u64 {
        let since = i128::from(ts) - i128::from(self.origin.unwrap_or(ts));
        self.scaled(since, rate)
    }

    pub(super) fn length(&self, packet: &Packet, rate: u32) -> u64 {
        let frames = self.scaled(i128::from(packet.block_dur().get()), rate);
        frames.min(u64::from(rate))
    }

    fn scaled(&self, time: i128, rate: u32) -> u64 {
        let (numer, denom) = match self.time_base {
            Some(base) => (i128::from(base.numer.get()), i128::from(base.denom.get())),
            None => (1, i128::from(rate)),
        };
        let frames = time
            .max(0)
            .saturating_mul(numer)
            .saturating_mul(i128::from(rate))
            / denom;
        u64::try_from(frames)
            .unwrap_or(u64::MAX >> 1)
            .min(u64::MAX >> 1)
    }

    /// Frames that the container counts.
    pub(super) fn counted(&self, track: &Track, rate: u32) -> Option<u64> {
        let media = self
            .reader
            .media_info()
            .duration
            .filter(|_| self.is_loose());
        let frames = match (track.duration.or(media), track.num_frames) {
            (Some(duration), _) => self.scaled(i128::from(duration.get()), rate),
            (None, frames) => frames?,
        };
        (frames > 0).then_some(frames)
    }

    /// Whether times are rounded, and stamped by a clock.
    pub(super) fn is_loose(&self) -> bool {
        self.reader.format_info().short_name == "matroska"
    }

    /// Whether a container that states its length once it is finished does not.
    pub(super) fn is_unfinished(&self) -> bool {
        self.is_loose() && self.reader.media_info().duration.is_none()
    }

    /// Container and codec in words, e.g. `m4a/aac`, `flac`.
    pub(super) fn words(&self, codec: &str) -> String {
        let container = match self.reader.format_info().short_name {
            "isomp4" => "m4a",
            "wave" => "wav",
            other => other,
        };
        if container == codec {
            codec.to_owned()
        } else {
            format!("{container}/{codec}")
        }
    }

    pub(super) fn fraction(&self) -> f64 {
        self.read_to.load(Ordering::Relaxed) as f64 / self.len.max(1) as f64
    }
}

/// The first packet that can be decoded, and its place.
pub(super) fn first_sound(packets: &mut Packets, codec: &mut Codec) -> Result<(u64, Piece), Fault> {
    let mut tried = 0;
    while let Some(next) = packets.next()? {
        match next {
            Next::Codec(params) => *codec = Codec::new(&params)?,
            Next::Packet(packet) => {
                if let Some(piece) = codec.decode(&packet.data, packet.block_dur().get())? {
                    let at = packets.frames(packet.pts.get(), piece.sample_rate_hz);
                    return Ok((at, piece));
                }
            }
        }
        tried += 1;
        if tried > MAX_ERRORS_IN_A_ROW {
            break;
        }
    }
    Err(if packets.met_end {
        Fault::Truncated { got_ms: 0 }
    } else {
        Fault::NotAudio
    })
}

fn probe(source: Watched) -> Result<Box<dyn FormatReader>, Sym> {
    let stream = MediaSourceStream::new(Box::new(source), Default::default());
    let meta = MetadataOptions::default()
        .limit_tag_bytes(Limit::Maximum(64 << 10))
        .limit_visual_bytes(Limit::Maximum(0));
    symphonia::default::get_probe().probe(&Hint::new(), stream, FormatOptions::default(), meta)
}

fn unopened(e: &Sym) -> Fault {
    match e {
        Sym::DecodeError(why) => Fault::Broken((*why).to_owned()),
        Sym::LimitError(why) => Fault::Broken((*why).to_owned()),
        // The probe reports "nothing found" as unsupported or as the end of the file.
        _ => Fault::NotAudio,
    }
}

fn pick_track(reader: &mut dyn FormatReader) -> Result<Track, Fault> {
    reader
        .default_track(TrackType::Audio)
        .or_else(|| reader.first_track(TrackType::Audio))
        .cloned()
        .ok_or(Fault::NotAudio)
}

pub(super) fn audio_params(track: &Track) -> Result<AudioCodecParameters, Fault> {
    match &track.codec_params {
        Some(CodecParameters::Audio(params)) => Ok(params.clone()),
        _ => Err(Fault::NotAudio),
    }
}

/// A file that says how far it was read, and has a few bytes mended.
struct Watched {
    file: File,
    len: u64,
    at: u64,
    read_to: Arc<AtomicU64>,
    patches: Vec<(u64, [u8; 4])>,
}

impl Read for Watched {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buf)?;
        super::moved::moved(n);
        for (place, bytes) in &self.patches {
            for (place, byte) in (*place..).zip(bytes) {
                if (self.at..self.at + n as u64).contains(&place) {
                    buf[(place - self.at) as usize] = *byte;
                }
            }
        }
        self.at += n as u64;
        self.read_to.store(self.at, Ordering::Relaxed);
        Ok(n)
    }
}

impl Seek for Watched {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.file.seek(to)?;
        self.read_to.store(self.at, Ordering::Relaxed);
        Ok(self.at)
    }
}

impl MediaSource for Watched {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.len)
    }
}
