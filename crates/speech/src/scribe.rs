//! From a window of speech to the segments of a transcript: language, Whisper, places, gates. The
//! same for a recording and for what is being said right now.

use crate::align::{self, Placed};
use crate::decode::{Decoder, Effort, Pass, Raw};
use crate::gate::{self, Candidate, Verdict};
use crate::vad::{Span, ms};
use crate::window::{PAD, Window};
use crate::written;
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use qinting_app::error::{AppError, AppResult, codes};
use qinting_app::ports::Cancel;
use qinting_domain::{HeardSegment, NumberStyle};

/// From this certainty on a channel's language is settled for the file.
pub(crate) const SURE: f32 = 0.5;
/// What is left of the confidence in a text whose loop had to be cut.
pub(crate) const DOUBTFUL: f32 = 0.3;

/// Traditional to Simplified, made when it is first wanted.
#[derive(Default)]
pub(crate) struct Simplifier(Option<OpenCC>);

impl Simplifier {
    /// The converter, when it is wanted.
    pub(crate) fn when(&mut self, wanted: bool) -> AppResult<Option<&OpenCC>> {
        if !wanted {
            return Ok(None);
        }
        if self.0.is_none() {
            let made = OpenCC::from_config(BuiltinConfig::T2s);
            self.0 = Some(made.map_err(|e| AppError::new(codes::SPEECH_FAILED).with("reason", e))?);
        }
        Ok(self.0.as_ref())
    }
}

/// What somebody said last, and in which language.
#[derive(Default)]
pub(crate) struct Speaker {
    pub(crate) channel: u16,
    /// Settled for the rest of the recording.
    pub(crate) language: Option<String>,
    pub(crate) last_text: Option<String>,
}

impl Speaker {
    pub(crate) fn on(channel: u16) -> Self {
        Self {
            channel,
            ..Self::default()
        }
    }
}

/// What a recording is written down with.
pub(crate) struct Scribe<'a> {
    pub(crate) decoder: &'a mut Decoder,
    pub(crate) to_simplified: Option<&'a OpenCC>,
    pub(crate) numbers: NumberStyle,
    /// As it was asked for; `auto` detects.
    pub(crate) language: &'a str,
    pub(crate) threads: usize,
    /// The windows are single utterances, and somebody waits for them.
    pub(crate) is_short: bool,
    pub(crate) cancel: &'a Cancel,
}

impl Scribe<'_> {
    /// The text of a window, placed, through the gates.
    pub(crate) fn window(
        &mut self,
        speaker: &mut Speaker,
        window: &Window,
    ) -> AppResult<Vec<HeardSegment>> {
        let language = self.language_of(speaker, window)?;
        let raws = self.decode(&window.samples, &language, Effort::First)?;
        let mut segments = Vec::new();
        for raw in &raws {
            let inside = Span {
                start: raw.start,
                end: raw.end,
            };
            for placed in align::place(window, &raw.text, inside) {
                let Some((text, confidence)) =
                    self.judged(speaker, window, raw, &placed, &language)?
                else {
                    continue;
                };
                speaker.last_text = Some(text.clone());
                segments.push(HeardSegment {
                    start_ms: ms(placed.span.start),
                    end_ms: ms(placed.span.end),
                    channel: speaker.channel,
                    text: written::text(self.to_simplified, self.numbers, &text, &language),
                    confidence,
                    language: language.clone(),
                });
            }
        }
        Ok(segments)
    }

    fn decode(&mut self, samples: &[f32], language: &str, effort: Effort) -> AppResult<Vec<Raw>> {
        let pass = Pass {
            language,
            effort,
            threads: self.threads,
            is_short: self.is_short,
        };
        self.decoder.decode(samples, pass, self.cancel)
    }

    /// The language as asked for; with `auto` it is detected on the channel's first speech and
    /// kept once it is certain: every detection costs an encode.
    fn language_of(&mut self, speaker: &mut Speaker, window: &Window) -> AppResult<String> {
        if self.language != "auto" {
            return Ok(self.language.to_owned());
        }
        if let Some(known) = &speaker.language {
            return Ok(known.clone());
        }
        let (language, certainty) = self.decoder.detect(&window.samples, self.threads)?;
        if certainty >= SURE {
            speaker.language = Some(language.clone());
        }
        Ok(language)
    }

    /// Text and confidence after the gates, or nothing.
    fn judged(
        &mut self,
        speaker: &Speaker,
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
            before: speaker.last_text.as_deref(),
        };
        match gate::judge(&candidate) {
            Verdict::Keep => Ok(Some((placed.text.clone(), raw.confidence))),
            Verdict::Drop(why) => {
                self.log_dropped(speaker, placed, why);
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
                        self.log_dropped(speaker, placed, why);
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

    fn log_dropped(&self, speaker: &Speaker, placed: &Placed, why: &'static str) {
        tracing::info!(
            channel = speaker.channel,
            start_ms = ms(placed.span.start),
            characters = placed.text.chars().count(),
            reason = why,
            "left out a segment"
        );
    }
}
