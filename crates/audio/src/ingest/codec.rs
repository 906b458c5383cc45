//! Decoders of compressed sound, and foreign code at arm's length.

use super::fault::Fault;
use super::stream::{PcmFormat, round_to_i16};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;
use symphonia::core::codecs::audio::well_known as known;
use symphonia::core::codecs::audio::{
    AudioCodecId, AudioCodecParameters, AudioDecoder, AudioDecoderOptions,
};
use symphonia::core::codecs::registry::CodecRegistry;
use symphonia::core::errors::Error as Sym;
use symphonia::core::packet::PacketRef;
use symphonia::core::units::{Duration, Timestamp};

static CODECS: LazyLock<CodecRegistry> = LazyLock::new(|| {
    let mut registry = CodecRegistry::new();
    symphonia::default::register_enabled_codecs(&mut registry);
    registry.register_audio_decoder::<symphonia_adapter_libopus::OpusDecoder>();
    registry
});

/// A compressed packet of fewer bytes than this may be all zeros and yet whole.
const LEAST_ZEROS: usize = 16;

/// Decoded sound of one packet.
pub(crate) struct Piece {
    pub sample_rate_hz: u32,
    pub channels: u16,
    /// Interleaved.
    pub samples: Vec<i16>,
}

impl Piece {
    pub(crate) fn frames(&self) -> u64 {
        (self.samples.len() / usize::from(self.channels)) as u64
    }
}

/// One decoder. It trims nothing by itself: where sound begins and ends is the container's to say.
pub(crate) struct Codec {
    id: AudioCodecId,
    decoder: Box<dyn AudioDecoder>,
    samples: Vec<f32>,
    /// Frames of 48 kHz that belong to the encoder's delay, where the codec's own header says so.
    pub pre_skip: u32,
}

impl Codec {
    pub(crate) fn new(params: &AudioCodecParameters) -> Result<Self, Fault> {
        if let Some(channels) = &params.channels {
            let count = u16::try_from(channels.count()).unwrap_or(u16::MAX);
            if count > 2 {
                return Err(Fault::Channels(count));
            }
        }
        let mut params = params.clone();
        let pre_skip = take_pre_skip(&mut params);
        let options = AudioDecoderOptions::default();
        let decoder =
            guarded(|| CODECS.make_audio_decoder(&params, &options))?.map_err(|e| match e {
                Sym::Unsupported(_) => Fault::Unsupported(codec_word(&params)),
                other => Fault::Broken(other.to_string()),
            })?;
        Ok(Self {
            id: params.codec,
            decoder,
            samples: Vec::new(),
            pre_skip,
        })
    }

    /// The codec in a word.
    pub(crate) fn word(&self) -> &'static str {
        self.decoder.codec_info().short_name
    }

    /// Decodes a packet of `length`, in its track's units; `None` where it cannot be read.
    pub(crate) fn decode(&mut self, data: &[u8], length: u64) -> Result<Option<Piece>, Fault> {
        if data.len() >= LEAST_ZEROS && self.never_zero() && data.iter().all(|&b| b == 0) {
            return Ok(None);
        }
        guarded(|| self.decode_unguarded(data, length))?
    }

    fn decode_unguarded(&mut self, data: &[u8], length: u64) -> Result<Option<Piece>, Fault> {
        let packet = PacketRef::new(0, Timestamp::ZERO, Duration::from(length), data);
        match self.decoder.decode_ref(&packet) {
            Ok(sound) => {
                let spec = sound.spec();
                let channels = u16::try_from(spec.channels().count()).unwrap_or(u16::MAX);
                let shape = PcmFormat::checked(spec.rate(), channels)?;
                sound.copy_to_vec_interleaved(&mut self.samples);
                Ok(Some(Piece {
                    sample_rate_hz: shape.sample_rate_hz,
                    channels,
                    samples: self.samples.iter().map(|&v| round_to_i16(v)).collect(),
                }))
            }
            Err(Sym::DecodeError(_) | Sym::IoError(_)) => Ok(None),
            Err(Sym::Unsupported(_)) => Err(Fault::Unsupported(self.word().to_owned())),
            Err(e) => Err(Fault::Broken(e.to_string())),
        }
    }

    /// Forgets what came before: sound is missing in between.
    pub(crate) fn reset(&mut self) {
        self.decoder.reset();
    }

    /// Whether zero bytes cannot be a packet of this codec.
    fn never_zero(&self) -> bool {
        matches!(
            self.id,
            known::CODEC_ID_AAC
                | known::CODEC_ID_MP1
                | known::CODEC_ID_MP2
                | known::CODEC_ID_MP3
                | known::CODEC_ID_OPUS
                | known::CODEC_ID_VORBIS
                | known::CODEC_ID_FLAC
                | known::CODEC_ID_ALAC
        )
    }
}

/// The Opus decoder would take its pre-skip from the first packet alone, and beside what the
/// container says: it is taken out of the header, and left to the container.
fn take_pre_skip(params: &mut AudioCodecParameters) -> u32 {
    if params.codec != known::CODEC_ID_OPUS {
        return 0;
    }
    match params.extra_data.as_deref_mut() {
        Some(head) if head.len() >= 12 => {
            // In MP4 the header has version 0 and its bytes the other way round.
            let bytes = [head[10], head[11]];
            let skip = match head[8] {
                0 => u16::from_be_bytes(bytes),
                _ => u16::from_le_bytes(bytes),
            };
            head[10..12].fill(0);
            u32::from(skip)
        }
        _ => 0,
    }
}

/// Runs foreign decoding; a panic in it is a broken file, not a dead process.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Fault::Broken("the decoder panicked".into()))
}

fn codec_word(params: &AudioCodecParameters) -> String {
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
