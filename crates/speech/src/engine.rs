//! From a playable WAV to segments: voice activity, windows, Whisper, gates.

use crate::align::{self, Placed};
use crate::decode::{Decoder, Effort, Raw, threads_for};
use crate::gate::{self, Candidate, Verdict};
use crate::vad::{Span, Utterance, VoiceActivity, ms};
use crate::wav::CallReader;
use crate::window::{NATURAL, PAD, Packer, Tape, Window};
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use qinting_app::error::{AppError, AppResult, codes};
use qinting_app::ports::{Cancel, TranscribeEvent, TranscribeRequest};
use qinting_domain::HeardSegment;
use std::path::Path;

/// From this certainty on a channel's language is settled for the file.
const SURE: f32 = 0.5;
/// What is left of the confidence in a text whose loop had to be cut.
const DOUBTFUL: f32 = 0.3;

/// The engine as it lives in the worker process: a loaded model, kept between recordings.
pub struct Engine {
    decoder: Decoder,
    to_simplified: Option<OpenCC>,
}

impl Engine {
    /// Loads a model. The file's head is checked before whisper.cpp sees it; the error is
    /// `speech.model_unreadable`.
    pub fn load(model: &Path) -> AppResult<Self> {
        Ok(Self {
            decoder: Decoder::load(model)?,
            to_simplified: None,
        })
    }

    /// Decodes a playable WAV (16-bit PCM, 8–48 kHz, one or two channels), streaming: memory does
    /// not grow with the recording. Segments come in batches, window by window, so that text
    /// appears from the beginning of the call on both channels; in time order per channel.
    /// `cancel` ends it with `cancelled` within one step of Whisper's graph; only the detection
    /// of a language (one encode) cannot be interrupted.
    pub fn transcribe(
        &mut self,
        request: &TranscribeRequest,
        on_event: &mut dyn FnMut(TranscribeEvent),
        cancel: &Cancel,
    ) -> AppResult<()> {
        let mut reader = CallReader::open(&request.audio)?;
        let length = reader.length().max(1);
        let mut lanes: Vec<Lane> = (0..reader.channels())
            .map(|i| Lane::new(i as u16))
            .collect();
        let mut run = Run {
            decoder: &mut self.decoder,
            to_simplified: simplifier(&mut self.to_simplified, request.simplified)?,
            language: &request.language,
            threads: threads_for(request.threads, &request.model),
            cancel,
        };
        let mut told = 0;
        on_event(TranscribeEvent::Progress { permille: 0 });
        loop {
            if cancel.is_cancelled() {
                return Err(AppError::new(codes::CANCELLED));
            }
            let blocks = reader.next_block()?;
            let over = blocks.is_none();
            let mut ready: Vec<(usize, Window)> = Vec::new();
            for (i, lane) in lanes.iter_mut().enumerate() {
                let block = blocks.as_ref().map(|b| b[i].as_slice());
                ready.extend(lane.hear(block).into_iter().map(|w| (i, w)));
            }
            ready.sort_by_key(|(_, window)| window.start());
            for (i, window) in ready {
                let segments = run.window(&mut lanes[i], &window)?;
                if !segments.is_empty() {
                    on_event(TranscribeEvent::Segments { segments });
                }
            }
            let done: u64 = lanes.iter().map(Lane::done_to).sum();
            let permille = (done * 1_000 / (length * lanes.len() as u64)).min(999) as u16;
            if permille > told {
                told = permille;
                on_event(TranscribeEvent::Progress { permille });
            }
            if over {
                break;
            }
        }
        on_event(TranscribeEvent::Progress { permille: 1_000 });
        Ok(())
    }
}

fn simplifier(kept: &mut Option<OpenCC>, wanted: bool) -> AppResult<Option<&OpenCC>> {
    if !wanted {
        return Ok(None);
    }
    if kept.is_none() {
        let made = OpenCC::from_config(BuiltinConfig::T2s);
        *kept = Some(made.map_err(|e| AppError::new(codes::SPEECH_FAILED).with("reason", e))?);
    }
    Ok(kept.as_ref())
}

/// One channel while its recording streams by.
struct Lane {
    channel: u16,
    activity: VoiceActivity,
    tape: Tape,
    packer: Packer,
    language: Option<String>,
    last_text: Option<String>,
    over: bool,
}

impl Lane {
    fn new(channel: u16) -> Self {
        Self {
            channel,
            activity: VoiceActivity::new(),
            tape: Tape::default(),
            packer: Packer::default(),
            language: None,
            last_text: None,
            over: false,
        }
    }

    /// Takes the next audio (`None`: the end); gives the windows that are ready.
    fn hear(&mut self, block: Option<&[f32]>) -> Vec<Window> {
        let mut utterances: Vec<Utterance> = Vec::new();
        match block {
            Some(samples) => {
                self.tape.push(samples);
                self.activity.push(samples, &mut utterances);
            }
            None => {
                self.over = true;
                self.activity.finish(&mut utterances);
            }
        }
        let mut ready: Vec<Window> = utterances
            .iter()
            .filter_map(|u| self.packer.add(&self.tape, u))
            .collect();
        ready.extend(self.packer.take(self.tape.end(), self.over));
        self.tape
            .forget(self.activity.holds_from().saturating_sub(PAD + NATURAL));
        ready
    }

    /// Everything before this sample is in the transcript.
    fn done_to(&self) -> u64 {
        if self.over {
            return self.tape.end();
        }
        self.packer
            .waiting_from()
            .unwrap_or_else(|| self.activity.holds_from())
    }
}

/// What one recording is decoded with.
struct Run<'a> {
    decoder: &'a mut Decoder,
    to_simplified: Option<&'a OpenCC>,
    language: &'a str,
    threads: usize,
    cancel: &'a Cancel,
}

impl Run<'_> {
    fn window(&mut self, lane: &mut Lane, window: &Window) -> AppResult<Vec<HeardSegment>> {
        let language = self.language_of(lane, window)?;
        let raws = self.decode(&window.samples, &language, Effort::First)?;
        let mut segments = Vec::new();
        for raw in &raws {
            let inside = Span {
                start: raw.start,
                end: raw.end,
            };
            for placed in align::place(window, &raw.text, inside) {
                let Some((text, confidence)) =
                    self.judged(lane, window, raw, &placed, &language)?
                else {
                    continue;
                };
                lane.last_text = Some(text.clone());
                segments.push(HeardSegment {
                    start_ms: ms(placed.span.start),
                    end_ms: ms(placed.span.end),
                    channel: lane.channel,
                    text: self
                        .to_simplified
                        .map_or(text.clone(), |cc| cc.convert(&text)),
                    confidence,
                    language: language.clone(),
                });
            }
        }
        Ok(segments)
    }

    fn decode(&mut self, samples: &[f32], language: &str, effort: Effort) -> AppResult<Vec<Raw>> {
        self.decoder
            .decode(samples, language, effort, self.threads, self.cancel)
    }

    /// The language as asked for; with `auto` it is detected on the channel's first speech and
    /// kept once it is certain: every detection costs an encode.
    fn language_of(&mut self, lane: &mut Lane, window: &Window) -> AppResult<String> {
        if self.language != "auto" {
            return Ok(self.language.to_owned());
        }
        if let Some(known) = &lane.language {
            return Ok(known.clone());
        }
        let (language, certainty) = self.decoder.detect(&window.samples, self.threads)?;
        if certainty >= SURE {
            lane.language = Some(language.clone());
        }
        Ok(language)
    }

    /// Text and confidence after the gates, or nothing.
    fn judged(
        &mut self,
        lane: &Lane,
        window: &Window,
        raw: &Raw,
        placed: &Placed,
        language: &str,
    ) -> AppResult<Option<(String, f32)>> {
        let candidate = Candidate {
            text: &placed.text,
            duration_ms: ms(placed.span.len()),
            speech_share: placed.speech_share,
            confidence: raw.confidence,
            before: lane.last_text.as_deref(),
        };
        match gate::judge(&candidate) {
            Verdict::Keep => Ok(Some((placed.text.clone(), raw.confidence))),
            Verdict::Drop(why) => {
                self.log_dropped(lane, placed, why);
                Ok(None)
            }
            Verdict::Doubt => {
                let (text, confidence) = self.heard_again(window, raw, placed, language)?;
                let again = Candidate {
                    text: &text,
                    confidence,
                    ..candidate
                };
                match gate::judge(&again) {
                    Verdict::Keep => Ok(Some((text, confidence))),
                    Verdict::Drop(why) => {
                        self.log_dropped(lane, placed, why);
                        Ok(None)
                    }
                    Verdict::Doubt => Ok(Some((gate::unlooped(&text), confidence.min(DOUBTFUL)))),
                }
            }
        }
    }

    /// Decodes the speech of one segment once more, alone.
    fn heard_again(
        &mut self,
        window: &Window,
        raw: &Raw,
        placed: &Placed,
        language: &str,
    ) -> AppResult<(String, f32)> {
        let from = window.place_of(placed.span.start.saturating_sub(PAD)) as usize;
        let to = window.place_of(placed.span.end + PAD) as usize;
        let raws = self.decode(&window.samples[from..to.max(from)], language, Effort::Again)?;
        if raws.is_empty() {
            return Ok((placed.text.clone(), raw.confidence));
        }
        let gap = if language == "zh" { "" } else { " " };
        let text = raws
            .iter()
            .map(|r| r.text.as_str())
            .collect::<Vec<_>>()
            .join(gap);
        let confidence = raws.iter().map(|r| r.confidence).sum::<f32>() / raws.len() as f32;
        Ok((text, confidence))
    }

    fn log_dropped(&self, lane: &Lane, placed: &Placed, why: &str) {
        tracing::info!(
            channel = lane.channel,
            start_ms = ms(placed.span.start),
            characters = placed.text.chars().count(),
            why,
            "left out a segment"
        );
    }
}
