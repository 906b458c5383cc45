//! Calls that are written down: a text that says how long one is and what is said in it stands for its sound.
//! Decoding keeps the text, peaks are drawn from it, and whoever hears it reads it aloud.

use crate::ears::ToldEars;
use crate::sound::{CAPTURED, HZ, refusal};
use hex::encode;
use parking_lot::Mutex;
use qinting_desk::*;
use qinting_domain::acoustics::stretches::without;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use sha2::Digest as _;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How often work that is held looks whether it may go on.
const LOOK: Duration = Duration::from_millis(5);
/// Pairs of a waveform go up and down in this many steps.
const WAVE: u64 = 23;
/// How loud everybody speaks, in dB of full scale.
const SPOKEN_DBFS: f32 = -20.0;
/// Bytes before the first sample of a sound file.
const WAV_HEADER: u64 = 44;
/// What hears a written call, as a text of it is told to come from.
const READER: &str = "small-q5_1";

/// A call.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCall {
    duration_ms: u64,
    channels: u16,
    sample_rate_hz: u32,
    codec: String,
    lines: Vec<HeardSegment>,
    regions: Vec<Region>,
    /// Where somebody is on hold.
    #[serde(default)]
    holds: Vec<OnHold>,
    #[serde(default)]
    notices: Vec<SoundNotice>,
    #[serde(default)]
    gaps: Vec<SoundGap>,
    /// Its two channels are one and the same.
    #[serde(default)]
    same_on_both: bool,
    /// It breaks off: so much of it is missing, in milliseconds.
    #[serde(default)]
    missing_ms: Option<u64>,
    /// Nobody can read it, and this is why.
    #[serde(default)]
    refused: Option<ErrorNote>,
}

/// Work that takes time: it stands for as long as somebody holds it.
#[derive(Default)]
pub(crate) struct Held(AtomicBool);

impl Held {
    /// Holds it, or lets it go on.
    pub fn hold(&self, is_held: bool) {
        self.0.store(is_held, Ordering::SeqCst);
    }

    fn wait(&self, cancel: &Cancel) -> AppResult<()> {
        while self.0.load(Ordering::SeqCst) && !cancel.is_cancelled() {
            std::thread::sleep(LOOK);
        }
        match cancel.is_cancelled() {
            true => Err(AppError::new(codes::CANCELLED)),
            false => Ok(()),
        }
    }
}

fn read(place: &Path) -> AppResult<Vec<u8>> {
    std::fs::read(place).map_err(|e| AppError::new(codes::MEDIA_UNREADABLE).because(e))
}

fn call_of(bytes: &[u8]) -> AppResult<WrittenCall> {
    serde_json::from_slice(bytes).map_err(|e| AppError::new(codes::MEDIA_NOT_AUDIO).because(e))
}

fn call_in(mut bytes: Box<dyn Bytes>) -> AppResult<WrittenCall> {
    let mut text = Vec::new();
    bytes
        .read_to_end(&mut text)
        .map_err(|e| AppError::new(codes::MEDIA_UNREADABLE).because(e))?;
    call_of(&text)
}

fn digest(bytes: &[u8]) -> AppResult<Sha256> {
    let hash = encode(sha2::Sha256::digest(bytes));
    serde_json::from_value(hash.into()).map_err(|e| AppError::new(codes::INTERNAL).because(e))
}

/// Takes written calls in, and those that were captured.
pub(crate) struct Decoder {
    pub held: Arc<Held>,
    /// They know what was said in what was captured.
    pub ears: Arc<ToldEars>,
}

impl Decoder {
    fn call_of(&self, bytes: &[u8], request: &IngestRequest) -> AppResult<WrittenCall> {
        if bytes.starts_with(CAPTURED.as_bytes()) {
            return Ok(self.captured(bytes.len() as u64));
        }
        let mut call = call_of(bytes)?;
        if let Some(note) = call.refused {
            return Err(refusal(note));
        }
        if let Some(missing_ms) = call.missing_ms {
            if !request.take_what_is_there {
                let truncated = AppError::new(codes::MEDIA_TRUNCATED);
                return Err(truncated.with("got_ms", call.duration_ms));
            }
            call.notices.push(SoundNotice::CutOff {
                missing_ms: Some(missing_ms),
            });
        }
        if call.same_on_both && !request.keep_both_lanes {
            call.channels = 1;
            call.notices.push(SoundNotice::SameOnBoth);
        }
        Ok(call)
    }

    fn captured(&self, frames: u64) -> WrittenCall {
        WrittenCall {
            duration_ms: frames * 1_000 / u64::from(HZ),
            channels: 2,
            sample_rate_hz: HZ,
            codec: "wav/pcm_s16le".into(),
            lines: self.ears.heard(),
            regions: Vec::new(),
            holds: Vec::new(),
            notices: Vec::new(),
            gaps: Vec::new(),
            same_on_both: false,
            missing_ms: None,
            refused: None,
        }
    }
}

impl MediaDecoder for Decoder {
    fn ingest(
        &self,
        request: &IngestRequest,
        _: &mut dyn FnMut(u16),
        cancel: &Cancel,
    ) -> AppResult<Ingested> {
        self.held.wait(cancel)?;
        let names = request.called();
        let request = &request.for_decoder();
        let kept = |name: &str, bytes: &[u8]| {
            let place = request.work_dir.join(name);
            std::fs::write(&place, bytes).map_err(|e| AppError::of_disk(&e, &place))
        };
        let mut whole: Option<WrittenCall> = None;
        let mut sources = Vec::new();
        for (i, (path, name)) in request.paths.iter().zip(names).enumerate() {
            let bytes = read(path)?;
            let call = self.call_of(&bytes, request);
            let call = call.map_err(|e| e.with("name", name.clone()))?;
            kept(&format!("source-{i}"), &bytes)?;
            sources.push(SourceFile {
                sha256: digest(&bytes)?,
                name,
                bytes: bytes.len() as u64,
                codec: call.codec.clone(),
            });
            whole = Some(match whole {
                None => call,
                Some(first) => first.beside(call),
            });
        }
        let call = whole.ok_or_else(|| AppError::new(codes::MEDIA_UNREADABLE))?;
        let text =
            serde_json::to_vec(&call).map_err(|e| AppError::new(codes::INTERNAL).because(e))?;
        let frames = call.duration_ms * u64::from(call.sample_rate_hz) / 1_000;
        let sound = as_long_as_sound(text.clone(), frames, call.channels);
        let peaks = [b" ".as_slice(), &text].concat();
        kept("audio.wav", &sound)?;
        kept("audio.peaks", &peaks)?;
        Ok(Ingested {
            sources,
            audio_sha256: digest(&sound)?,
            peaks_sha256: digest(&peaks)?,
            sample_rate_hz: call.sample_rate_hz,
            channels: call.channels,
            frames,
            was_dual_mono: call.same_on_both && call.channels == 1,
            notices: call.notices,
            gaps: call.gaps,
            ..Ingested::default()
        })
    }

    fn hash(&self, path: &Path, _: &Cancel) -> AppResult<Sha256> {
        digest(&read(path)?)
    }

    fn outside(&self) -> Option<String> {
        Some("5.1.9".into())
    }
}

/// Blanks behind a text: its file has at least the bytes that samples of 16 bits would have.
fn as_long_as_sound(mut text: Vec<u8>, frames: u64, channels: u16) -> Vec<u8> {
    let bytes = WAV_HEADER + frames * 2 * u64::from(channels);
    let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
    text.resize(bytes.max(text.len()), b' ');
    text
}

impl WrittenCall {
    /// Who speaks on a channel, by its lines.
    fn lane(&self, channel: u16, gaps: &[Stretch]) -> LaneAcoustics {
        let own = self.lines.iter().filter(|line| line.channel == channel);
        let mut said: Vec<Stretch> = own
            .map(|line| Stretch::new(line.start_ms, line.end_ms.min(self.duration_ms)))
            .filter(|line| line.len_ms() > 0)
            .collect();
        said.sort_by_key(|line| line.start_ms);
        let mut speech: Vec<Stretch> = Vec::new();
        for line in said {
            match speech.last_mut() {
                Some(last) if line.start_ms <= last.end_ms => {
                    last.end_ms = last.end_ms.max(line.end_ms);
                }
                _ => speech.push(line),
            }
        }
        let speech = without(&speech, gaps);
        let speech_dbfs = (!speech.is_empty()).then_some(SPOKEN_DBFS);
        let loudness = Loudness {
            speech_dbfs,
            ..Loudness::default()
        };
        LaneAcoustics { speech, loudness }
    }

    /// Two files of one call become its two sides.
    fn beside(mut self, other: Self) -> Self {
        self.channels = 2;
        self.duration_ms = self.duration_ms.max(other.duration_ms);
        let others = other.lines.into_iter();
        self.lines
            .extend(others.map(|line| HeardSegment { channel: 1, ..line }));
        self.lines.sort_by_key(|line| line.start_ms);
        self
    }
}

/// Draws written calls, and measures who speaks in them.
pub(crate) struct Peaks {
    pub held: Arc<Held>,
}

impl AudioFiles for Peaks {
    fn peaks(
        &self,
        peaks: Box<dyn Bytes>,
        _: &Recording,
        request: &PeaksRequest,
    ) -> AppResult<Vec<u8>> {
        let call = call_in(peaks)?;
        let columns = request.columns;
        let each_ms =
            (request.end_ms.saturating_sub(request.start_ms)) as f64 / f64::from(columns.max(1));
        let mut drawn = Vec::new();
        drawn.extend(u32::from(call.channels).to_le_bytes());
        drawn.extend(columns.to_le_bytes());
        drawn.extend((request.start_ms as f64).to_le_bytes());
        drawn.extend(each_ms.to_le_bytes());
        for channel in 0..u64::from(call.channels) {
            for column in 0..u64::from(columns) {
                // Any shape will do, as long as it is the same each time.
                let height = ((column * 7 + channel * 5) % WAVE) as u8 * 4;
                drawn.extend([height.wrapping_neg(), height]);
            }
        }
        Ok(drawn)
    }

    fn regions(&self, peaks: Box<dyn Bytes>, _: &Recording) -> AppResult<Vec<Region>> {
        Ok(call_in(peaks)?.regions)
    }

    fn acoustics(
        &self,
        audio: Box<dyn Bytes>,
        _: &Recording,
        gaps: &[Stretch],
        cancel: &Cancel,
    ) -> AppResult<Acoustics> {
        self.held.wait(cancel)?;
        let call = call_in(audio)?;
        Ok(Acoustics {
            length_ms: call.duration_ms,
            lanes: (0..call.channels)
                .map(|lane| call.lane(lane, gaps))
                .collect(),
            holds: call.holds,
            gaps: gaps.to_vec(),
        })
    }
}

/// Reads written calls aloud.
pub(crate) struct Reader {
    held: Arc<Held>,
    says: Mutex<Option<Vec<HeardSegment>>>,
}

impl Reader {
    /// One who reads what is written.
    pub fn held_by(held: Arc<Held>) -> Self {
        Self {
            held,
            says: Mutex::default(),
        }
    }

    /// From now on they read this in the place of what is written.
    pub fn say(&self, lines: Vec<HeardSegment>) {
        *self.says.lock() = Some(lines);
    }
}

impl Transcriber for Reader {
    fn transcribe(
        &self,
        request: &TranscribeRequest,
        on_event: &mut dyn FnMut(TranscribeEvent),
        cancel: &Cancel,
    ) -> AppResult<String> {
        self.held.wait(cancel)?;
        let call = call_of(&read(request.audio.for_worker())?)?;
        let segments = self.says.lock().clone().unwrap_or(call.lines);
        on_event(TranscribeEvent::Segments { segments });
        on_event(TranscribeEvent::Progress { permille: 1_000 });
        Ok(READER.to_owned())
    }
}
