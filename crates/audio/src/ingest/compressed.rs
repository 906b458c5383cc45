//! Everything but plain WAV, through symphonia.

use super::fault::Fault;
use super::promise::Promise;
use super::stream::{PcmFormat, PcmStream, checked_frames, round_to_i16};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::codecs::registry::CodecRegistry;
use symphonia::core::common::Limit;
use symphonia::core::errors::Error as Sym;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSource, MediaSourceStream};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::packet::Packet;

/// So many errors without one good packet between them end a file.
const MAX_ERRORS_IN_A_ROW: u32 = 256;
/// A decoder that counts may end this much short of its container's count (priming, last block).
const COUNT_SLACK_FRAMES: u64 = 4608;

static CODECS: LazyLock<CodecRegistry> = LazyLock::new(|| {
    let mut registry = CodecRegistry::new();
    symphonia::default::register_enabled_codecs(&mut registry);
    registry.register_audio_decoder::<symphonia_adapter_libopus::OpusDecoder>();
    registry
});

/// A decoder for one compressed file.
pub(crate) struct CompressedStream {
    reader: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    track_id: u32,
    format: PcmFormat,
    promise: Promise,
    /// Frames the container counts, where it does.
    counted: Option<u64>,
    frames: u64,
    good: u64,
    bad: u64,
    samples: Vec<f32>,
    /// The first packet is decoded on opening, to learn the true shape.
    first: Vec<i16>,
    read_to: Arc<AtomicU64>,
    len: u64,
}

/// What one step of decoding gave.
enum Step {
    Sound,
    Skipped,
    End,
}

impl CompressedStream {
    /// Opens whatever the bytes turn out to be; names play no part.
    pub(crate) fn open(file: File, len: u64, promise: Promise) -> Result<Self, Fault> {
        let read_to = Arc::new(AtomicU64::new(0));
        let source = Watched {
            file,
            len,
            read_to: read_to.clone(),
        };
        let mut reader = guarded(|| probe(source))?.map_err(|e| unopened(e, promise))?;
        let (track_id, params) = pick_track(&mut *reader)?;
        let decoder = make_decoder(&params)?;
        let counted = reader
            .tracks()
            .iter()
            .find(|t| t.id == track_id)
            .and_then(|t| t.num_frames)
            .filter(|_| promise.counted);
        let mut stream = Self {
            reader,
            decoder,
            track_id,
            format: PcmFormat {
                sample_rate_hz: 0,
                channels: 0,
                codec: String::new(),
            },
            promise,
            counted,
            frames: 0,
            good: 0,
            bad: 0,
            samples: Vec::new(),
            first: Vec::new(),
            read_to,
            len,
        };
        let mut first = Vec::new();
        if !stream.pull(&mut first)? {
            return Err(Fault::NotAudio);
        }
        stream.first = first;
        Ok(stream)
    }

    /// Decodes on until there is sound; false at the end.
    fn pull(&mut self, out: &mut Vec<i16>) -> Result<bool, Fault> {
        let mut errors = 0;
        loop {
            match guarded(|| self.step(out))?? {
                Step::Sound => {
                    checked_frames(self.frames, &self.format)?;
                    return Ok(true);
                }
                Step::Skipped => errors += 1,
                Step::End => return self.ended().map(|()| false),
            }
            if errors > MAX_ERRORS_IN_A_ROW {
                return Err(if self.good == 0 {
                    Fault::NotAudio
                } else {
                    Fault::Broken("nothing but errors".into())
                });
            }
        }
    }

    fn step(&mut self, out: &mut Vec<i16>) -> Result<Step, Fault> {
        let packet = match self.reader.next_packet() {
            Ok(Some(packet)) => packet,
            Ok(None) => return Ok(Step::End),
            Err(Sym::IoError(e)) if e.kind() == io::ErrorKind::UnexpectedEof => {
                self.promise.cut = true;
                return Ok(Step::End);
            }
            Err(Sym::IoError(e)) => return Err(Fault::Unreadable(e)),
            Err(Sym::ResetRequired) => {
                // A chained stream: the next link brings its own track.
                let (track_id, params) = pick_track(&mut *self.reader)?;
                self.track_id = track_id;
                self.decoder = make_decoder(&params)?;
                return Ok(Step::Skipped);
            }
            Err(Sym::DecodeError(_)) => {
                self.bad += 1;
                return Ok(Step::Skipped);
            }
            Err(e) => return Err(Fault::Broken(e.to_string())),
        };
        if packet.track_id != self.track_id {
            return Ok(Step::Skipped);
        }
        self.decode(&packet, out)
    }

    fn decode(&mut self, packet: &Packet, out: &mut Vec<i16>) -> Result<Step, Fault> {
        let codec = self.words();
        match self.decoder.decode(packet) {
            Ok(sound) => {
                let spec = sound.spec();
                let channels = u16::try_from(spec.channels().count()).unwrap_or(u16::MAX);
                let (rate, frames) = (spec.rate(), sound.frames() as u64);
                if self.good == 0 {
                    self.format = PcmFormat {
                        codec,
                        ..PcmFormat::checked(rate, channels)?
                    };
                } else if (rate, channels) != (self.format.sample_rate_hz, self.format.channels) {
                    return Err(Fault::Broken("changes its shape half-way".into()));
                }
                sound.copy_to_vec_interleaved(&mut self.samples);
                out.extend(self.samples.iter().map(|&v| round_to_i16(v)));
                self.frames += frames;
                self.good += 1;
                Ok(Step::Sound)
            }
            Err(Sym::DecodeError(_) | Sym::IoError(_)) => {
                self.bad += 1;
                self.fill_gap(packet, out);
                Ok(Step::Skipped)
            }
            Err(Sym::Unsupported(_)) => Err(Fault::Unsupported(codec)),
            Err(e) => Err(Fault::Broken(e.to_string())),
        }
    }

    /// A packet that cannot be decoded becomes silence, so that later moments keep their time.
    fn fill_gap(&mut self, packet: &Packet, out: &mut Vec<i16>) {
        if self.good == 0 {
            return;
        }
        let frames = packet.dur.get().min(u64::from(self.format.sample_rate_hz));
        out.resize(
            out.len() + frames as usize * usize::from(self.format.channels),
            0,
        );
        self.frames += frames;
    }

    fn ended(&mut self) -> Result<(), Fault> {
        let got_ms = match self.good {
            0 => 0,
            _ => self.format.frames_to_ms(self.frames),
        };
        let short = self
            .counted
            .is_some_and(|n| self.frames + COUNT_SLACK_FRAMES < n);
        match () {
            () if self.promise.cut || short => Err(Fault::Truncated { got_ms }),
            () if self.good == 0 => Err(Fault::NotAudio),
            () if self.bad > self.good => Err(Fault::Broken("more errors than sound".into())),
            () => Ok(()),
        }
    }

    /// Container and codec in words, e.g. `m4a/aac`, `mp3`.
    fn words(&self) -> String {
        let container = match self.reader.format_info().short_name {
            "isomp4" => "m4a",
            "wave" => "wav",
            other => other,
        };
        let codec = self.decoder.codec_info().short_name;
        if container == codec {
            codec.to_owned()
        } else {
            format!("{container}/{codec}")
        }
    }
}

impl PcmStream for CompressedStream {
    fn format(&self) -> &PcmFormat {
        &self.format
    }

    fn read(&mut self, out: &mut Vec<i16>) -> Result<bool, Fault> {
        if !self.first.is_empty() {
            out.append(&mut self.first);
            return Ok(true);
        }
        self.pull(out)
    }

    fn fraction(&self) -> f64 {
        match self.counted {
            Some(n) if n > 0 => (self.frames as f64 / n as f64).min(1.0),
            _ => self.read_to.load(Ordering::Relaxed) as f64 / self.len.max(1) as f64,
        }
    }
}

/// Runs foreign decoding; a panic in it is a broken file, not a dead process.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Fault::Broken("the decoder panicked".into()))
}

fn probe(source: Watched) -> Result<Box<dyn FormatReader>, Sym> {
    let stream = MediaSourceStream::new(Box::new(source), Default::default());
    let meta = MetadataOptions::default()
        .limit_tag_bytes(Limit::Maximum(64 << 10))
        .limit_visual_bytes(Limit::Maximum(0));
    symphonia::default::get_probe().probe(&Hint::new(), stream, FormatOptions::default(), meta)
}

fn unopened(e: Sym, promise: Promise) -> Fault {
    match e {
        _ if promise.cut => Fault::Truncated { got_ms: 0 },
        Sym::DecodeError(why) => Fault::Broken(why.to_owned()),
        Sym::LimitError(why) => Fault::Broken(why.to_owned()),
        // The probe reports "nothing found" as unsupported or as the end of the file.
        _ => Fault::NotAudio,
    }
}

fn pick_track(reader: &mut dyn FormatReader) -> Result<(u32, AudioCodecParameters), Fault> {
    let track = reader
        .default_track(TrackType::Audio)
        .or_else(|| reader.first_track(TrackType::Audio))
        .ok_or(Fault::NotAudio)?;
    match &track.codec_params {
        Some(CodecParameters::Audio(params)) => Ok((track.id, params.clone())),
        _ => Err(Fault::NotAudio),
    }
}

fn make_decoder(params: &AudioCodecParameters) -> Result<Box<dyn AudioDecoder>, Fault> {
    if let Some(channels) = &params.channels {
        let count = u16::try_from(channels.count()).unwrap_or(u16::MAX);
        if count > 2 {
            return Err(Fault::Channels(count));
        }
    }
    guarded(|| CODECS.make_audio_decoder(params, &AudioDecoderOptions::default()))?.map_err(|e| {
        match e {
            Sym::Unsupported(_) => Fault::Unsupported(codec_word(params)),
            other => Fault::Broken(other.to_string()),
        }
    })
}

fn codec_word(params: &AudioCodecParameters) -> String {
    use symphonia::core::codecs::audio::well_known as known;
    match params.codec {
        known::CODEC_ID_SPEEX => "speex".into(),
        known::CODEC_ID_AC3 => "ac3".into(),
        known::CODEC_ID_EAC3 => "eac3".into(),
        known::CODEC_ID_WMA => "wma".into(),
        known::CODEC_ID_ADPCM_G726 | known::CODEC_ID_ADPCM_G726LE => "g726".into(),
        known::CODEC_ID_ADPCM_G722 => "g722".into(),
        other => other.to_string(),
    }
}

/// A file that says how far it was read.
struct Watched {
    file: File,
    len: u64,
    read_to: Arc<AtomicU64>,
}

impl Read for Watched {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buf)?;
        super::moved::moved(n);
        self.read_to.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl Seek for Watched {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = self.file.seek(to)?;
        self.read_to.store(at, Ordering::Relaxed);
        Ok(at)
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
