//! Compressed sound in containers that symphonia walks: MP4, Matroska, FLAC, CAF, and the rest.
//! Their own times rule: what is missing between two packets becomes silence of its length.

use super::codec::{Codec, Piece};
use super::edits::Edits;
use super::fault::Fault;
use super::found::Found;
use super::lay::{self, Lay};
use super::packets::{Next, Packets, audio_params, first_sound};
use super::stream::{PcmFormat, PcmStream, checked_frames};
use std::fs::File;

/// A decoder that counts may end this much short of its container's count (priming, last block).
const COUNT_SLACK_FRAMES: u64 = 4608;
/// Matroska rounds to milliseconds and browsers stamp by the clock: two packets' worth.
const LOOSE_SLACK_MS: u64 = 40;
/// Other containers count in samples.
const EXACT_SLACK_MS: u64 = 5;

/// A decoder for one compressed file.
pub(crate) struct CompressedStream {
    packets: Packets,
    codec: Codec,
    format: PcmFormat,
    promise: Promise,
    /// The end that the container counts, in frames, where it does.
    counted: Option<u64>,
    lenient: bool,
    edits: Edits,
    lay: Lay,
    slack: u64,
    /// Where the last packet ended, in decoded frames.
    end: u64,
    good: u64,
    bad: u64,
    over: bool,
    cut: Option<Option<u64>>,
    unfinished: bool,
}

/// How far a container keeps its promise, as far as it can be told without decoding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Promise {
    /// Bytes that the container announces are missing at its end.
    pub cut: bool,
    /// The stream's own count of frames is exact, not an estimate from the bit rate.
    pub counted: bool,
    /// Its sizes were never finished.
    pub unfinished: bool,
    /// Its first moment is 0 even if its first packet is later.
    pub starts_at_zero: bool,
    /// What is missing is known, milliseconds.
    pub missing_ms: Option<u64>,
}

/// What is known of a source before its container is opened.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub promise: Promise,
    pub edits: Option<Edits>,
    /// Bytes that are read in place of those in the file, by their place.
    pub patches: Vec<(u64, [u8; 4])>,
}

impl CompressedStream {
    /// Opens whatever the bytes turn out to be; names play no part.
    pub(crate) fn open(file: File, len: u64, known: Known, lenient: bool) -> Result<Self, Fault> {
        let promise = known.promise;
        let opened = Packets::open(file, len, known.patches, promise.starts_at_zero);
        let (mut packets, track) = opened.map_err(|fault| match fault {
            _ if promise.cut => Fault::Truncated { got_ms: 0 },
            fault => fault,
        })?;
        packets.met_end = promise.cut;
        let mut codec = Codec::new(&audio_params(&track)?)?;
        let (at, piece) = first_sound(&mut packets, &mut codec)?;
        let rate = piece.sample_rate_hz;
        let format = PcmFormat {
            codec: packets.words(codec.word()),
            ..PcmFormat::checked(rate, piece.channels)?
        };
        let counted = packets
            .counted(&track, rate)
            .filter(|_| promise.counted || packets.is_loose());
        let slack_ms = if packets.is_loose() {
            LOOSE_SLACK_MS
        } else {
            EXACT_SLACK_MS
        };
        let edits = known
            .edits
            .map(|edits| edits.in_frames(rate))
            .map(|edits| edits.with_whole_packet(counted, piece.frames()))
            .filter(|edits| edits.keep_any(counted.unwrap_or(u64::MAX)))
            .unwrap_or_else(|| Edits::after(u64::from(codec.pre_skip), 48_000).in_frames(rate));
        let mut stream = Self {
            lay: Lay::new(&format),
            slack: slack_ms * u64::from(rate) / 1000,
            packets,
            codec,
            format,
            promise,
            counted,
            lenient,
            edits,
            end: 0,
            good: 0,
            bad: 0,
            over: false,
            cut: None,
            unfinished: false,
        };
        stream.lay.silence(stream.edits.lead);
        stream.place(at, piece);
        Ok(stream)
    }

    fn step(&mut self) -> Result<(), Fault> {
        let Some(next) = self.packets.next()? else {
            self.lay.flush();
            return self.ended();
        };
        let packet = match next {
            Next::Packet(packet) => packet,
            Next::Codec(params) => {
                self.codec = Codec::new(&params)?;
                return Ok(());
            }
        };
        let rate = self.format.sample_rate_hz;
        let at = self.packets.frames(packet.pts.get(), rate);
        match self.codec.decode(&packet.data, packet.block_dur().get())? {
            Some(piece) => self.place(at, piece),
            None => {
                let frames = self.packets.length(&packet, rate);
                self.miss(at, frames);
            }
        }
        checked_frames(self.lay.at(), &self.format)
    }

    /// Lays what is kept of a decoded packet where it belongs.
    fn place(&mut self, at: u64, piece: Piece) {
        self.good += 1;
        let channels = usize::from(piece.channels);
        let (own, rate) = (piece.sample_rate_hz, self.format.sample_rate_hz);
        let frames = self.lay.scaled(piece.frames(), own);
        let at = self.without_jitter(at);
        self.end = self.end.max(at + frames);
        let index = |frame: u64| {
            let scaled = frame * u64::from(own) / u64::from(rate);
            let all = piece.samples.len();
            if frame < frames {
                (scaled as usize * channels).min(all)
            } else {
                all
            }
        };
        for kept in self.edits.of(at, frames) {
            self.lay.reach(kept.at, self.slack);
            self.lay.sound(Piece {
                samples: piece.samples[index(kept.from)..index(kept.to)].to_vec(),
                ..piece
            });
        }
    }

    /// Leaves silence of the length of a packet that cannot be decoded.
    fn miss(&mut self, at: u64, frames: u64) {
        self.bad += 1;
        let at = self.without_jitter(at);
        self.end = self.end.max(at + frames);
        for kept in self.edits.of(at, frames) {
            self.lay.reach(kept.at, self.slack);
            self.lay.hole(kept.to - kept.from);
        }
    }

    /// A packet that begins about where the last one ended begins there.
    fn without_jitter(&self, at: u64) -> u64 {
        if at > self.end + self.slack {
            at
        } else {
            self.end
        }
    }

    fn ended(&mut self) -> Result<(), Fault> {
        self.over = true;
        let got_ms = self.format.frames_to_ms(self.lay.at());
        let is_open = self.promise.unfinished || self.packets.is_unfinished();
        let broke_off = self.packets.met_end;
        let missing = self
            .counted
            .map(|n| n.saturating_sub(self.end))
            .map(|n| if n > COUNT_SLACK_FRAMES { n } else { 0 });
        // A film may be longer than its sound, and one that states no length promised none.
        let is_cut = if self.packets.is_loose() {
            broke_off && !is_open && missing != Some(0)
        } else {
            missing.map_or(broke_off, |n| n > 0)
        };
        if is_cut {
            if !self.lenient {
                return Err(Fault::Truncated { got_ms });
            }
            let missing_ms = missing.map(|n| self.format.frames_to_ms(n));
            self.cut = Some(missing_ms.or(self.promise.missing_ms));
        }
        self.unfinished = self.cut.is_none() && (broke_off || is_open);
        if self.bad > self.good && !self.lenient {
            return Err(Fault::Broken("more errors than sound".into()));
        }
        Ok(())
    }
}

impl PcmStream for CompressedStream {
    fn frames_told(&self) -> Option<u64> {
        self.counted
    }

    fn format(&self) -> &PcmFormat {
        &self.format
    }

    fn read(&mut self, out: &mut Vec<i16>) -> Result<bool, Fault> {
        lay::read(self, |s| &mut s.lay, |s| s.over, Self::step, out)
    }

    fn fraction(&self) -> f64 {
        match self.counted {
            Some(n) if n > 0 => (self.end as f64 / n as f64).min(1.0),
            _ => self.packets.fraction(),
        }
    }

    fn found(&self) -> Found {
        Found {
            unfinished: self.unfinished,
            cut: self.cut,
            holes: self.lay.holes.clone(),
            sample_rate_hz: self.format.sample_rate_hz,
            reshaped: self.lay.reshaped,
            shift_ms: self.edits.shift_ms(),
        }
    }
}
