//! From a window of speech to the segments of a transcript: language, Whisper, places, gates. The
//! same for a recording and for what is being said right now.

use crate::align;
use crate::decode::{Decoder, Effort, Pass, WHOLE, Weighed, encoder_frames};
use crate::gate::{self, Candidate, Verdict};
use crate::left_over::LeftOver;
use crate::lines::{TextLine, lines};
use crate::units::Unit;
use crate::vad::ms;
use crate::window::{PAD, Window};
use crate::written;
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use qinting_desk::Cancel;
use qinting_desk::error::{AppError, AppResult, codes};
use qinting_domain::{HeardSegment, NumberStyle, UNCONFIRMED};

/// From this certainty on a channel's language is settled for the file.
pub(crate) const SURE: f32 = 0.5;

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

/// So often in one window.
const MOST_RESTS: usize = 3;

/// From this mean probability on, what a short encoder length gave a recording is not heard again.
const CERTAIN: f32 = 0.8;

/// How much of its window the encoder computes. Cut lengths are cheap (a third of the window costs a
/// seventh) and on a noisy line make Whisper invent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frames {
    /// For a recording: all of it, but for windows that are less than half full; what is not certain
    /// then is heard again with all of it.
    ForARecording,
    /// For what was just said.
    ForWhoWaits,
    /// For what is doubtful, while somebody waits: longer, with more silence behind it.
    Longer,
    /// All of it.
    Whole,
}

impl Frames {
    pub(crate) fn of(self, samples: usize) -> usize {
        let cut = encoder_frames(samples, 128, 512);
        match self {
            Self::ForWhoWaits => cut,
            Self::Longer => encoder_frames(samples, 400, 768),
            Self::ForARecording if cut <= WHOLE / 2 => cut,
            Self::ForARecording | Self::Whole => WHOLE,
        }
    }
}

/// What somebody said last, and in which language.
#[derive(Clone, Default)]
pub(crate) struct Speaker {
    pub(crate) channel: u16,
    /// Settled for the rest of the recording.
    pub(crate) language: Option<String>,
    pub(crate) last_text: Option<String>,
    /// The beginning of a sentence whose rest comes with the next window, and its language.
    pub(crate) held: Option<(TextLine, String)>,
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
    pub(crate) frames: Frames,
    pub(crate) cancel: &'a Cancel,
}

impl Scribe<'_> {
    /// The text of a window, placed, in lines, through the gates.
    pub(crate) fn window(
        &mut self,
        speaker: &mut Speaker,
        window: &Window,
    ) -> AppResult<Vec<HeardSegment>> {
        let language = self.language_of(speaker, window)?;
        let units = self.words(window, &language)?;
        let mut lines = lines(&units);
        if let Some((held, _)) = speaker.held.take() {
            match lines.first().and_then(|first| held.joined(first)) {
                Some(joined) => lines[0] = joined,
                None => lines.insert(0, held),
            }
        }
        if window.goes_on && lines.last().is_some_and(TextLine::is_open) {
            speaker.held = lines.pop().map(|line| (line, language.clone()));
        }
        self.judged(speaker, window, lines, &language)
    }

    /// What waited for the rest of its sentence, when no more comes.
    pub(crate) fn finish(&mut self, speaker: &mut Speaker) -> AppResult<Vec<HeardSegment>> {
        let Some((held, language)) = speaker.held.take() else {
            return Ok(Vec::new());
        };
        self.judged(speaker, &Window::default(), vec![held], &language)
    }

    /// The words of a window with their places. Where Whisper stopped before the speech did, the rest
    /// is a window of its own.
    fn words(&mut self, window: &Window, language: &str) -> AppResult<Vec<Unit>> {
        let samples = &window.samples;
        let effort = self.effort();
        let mut heard = self.decode(samples, language, effort, self.frames)?;
        let was_cut = self.frames.of(samples.len()) < WHOLE;
        if self.frames == Frames::ForARecording && was_cut && !is_certain(&heard) {
            heard = self.decode(samples, language, Effort::First, Frames::Whole)?;
        }
        let mut begun = 0;
        for _ in 0..MOST_RESTS {
            let Some(left) = LeftOver::of(&heard, window, begun) else {
                break;
            };
            let from = left.from;
            begun = from as u64;
            let rest = self.decode(&samples[from..], language, effort, self.frames)?;
            if !left.goes_on_with(rest, &mut heard) {
                break;
            }
        }
        Ok(align::placed(&heard, window))
    }

    /// Who waits has no time for warmer tries.
    fn effort(&self) -> Effort {
        match self.frames {
            Frames::ForWhoWaits | Frames::Longer => Effort::Once,
            Frames::ForARecording | Frames::Whole => Effort::First,
        }
    }

    fn decode(
        &mut self,
        samples: &[f32],
        language: &str,
        effort: Effort,
        frames: Frames,
    ) -> AppResult<Weighed> {
        let pass = Pass {
            language,
            effort,
            frames: frames.of(samples.len()),
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
        let (language, certainty) = self.decoder.detect(&window.samples)?;
        if certainty >= SURE {
            speaker.language = Some(language.clone());
        }
        Ok(language)
    }

    /// Lines after the gates, as they are kept.
    fn judged(
        &mut self,
        speaker: &mut Speaker,
        window: &Window,
        lines: Vec<TextLine>,
        language: &str,
    ) -> AppResult<Vec<HeardSegment>> {
        let mut segments = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            let Some((text, confidence)) = self.credible(speaker, window, line, language)? else {
                continue;
            };
            speaker.last_text = Some(text.clone());
            let span = line.span();
            let next = lines.get(i + 1).map(|next| next.span().start);
            let pause_ms = next.map(|start| ms(start.saturating_sub(span.end)));
            let text = written::text(self.to_simplified, self.numbers, &text, language);
            segments.push(HeardSegment {
                start_ms: ms(span.start),
                end_ms: ms(span.end),
                channel: speaker.channel,
                text: written::closed(&text, pause_ms),
                confidence,
                language: language.to_owned(),
            });
        }
        Ok(segments)
    }

    /// Text and confidence after the gates, or nothing.
    fn credible(
        &mut self,
        speaker: &Speaker,
        window: &Window,
        line: &TextLine,
        language: &str,
    ) -> AppResult<Option<(String, f32)>> {
        let (first, span) = (line.text(), line.span());
        let candidate = Candidate {
            text: &first,
            duration_ms: ms(span.len()),
            speech_share: window.share_of_speech(span),
            confidence: line.sure(),
            before: speaker.last_text.as_deref(),
        };
        let doubt = |text: &str, confidence: f32| {
            let again = Candidate {
                text,
                confidence,
                ..candidate
            };
            gate::judge(&again)
        };
        let verdict = match doubt(&first, line.sure()) {
            // Where somebody waits, whoever does decides about a second look; a line this window has not
            // the sound of cannot have one.
            Verdict::Doubt
                if self.frames != Frames::ForARecording
                    || window.samples.is_empty()
                    || window.start() > span.start =>
            {
                Ok((gate::unlooped(&first), line.sure().min(UNCONFIRMED)))
            }
            Verdict::Doubt => {
                let (text, confidence) = self.heard_again(window, line, language)?;
                match doubt(&text, confidence) {
                    Verdict::Keep => Ok((text, confidence)),
                    Verdict::Drop(why) => Err(why),
                    Verdict::Doubt => Ok((gate::unlooped(&text), confidence.min(UNCONFIRMED))),
                }
            }
            Verdict::Keep => Ok((first.clone(), line.sure())),
            Verdict::Drop(why) => Err(why),
        };
        if let Err(why) = verdict {
            tracing::info!(
                channel = speaker.channel,
                start_ms = ms(span.start),
                characters = first.chars().count(),
                reason = why,
                "left out a line"
            );
        }
        Ok(verdict.ok())
    }

    /// Decodes the speech of one line once more, alone.
    fn heard_again(
        &mut self,
        window: &Window,
        line: &TextLine,
        language: &str,
    ) -> AppResult<(String, f32)> {
        let span = line.span();
        let from = window.place_of(span.start.saturating_sub(PAD)) as usize;
        let to = window.place_of(span.end + PAD) as usize;
        let alone = &window.samples[from..to.max(from)];
        let again = self.decode(alone, language, Effort::Again, Frames::Whole)?;
        if again.text.trim().is_empty() {
            return Ok((line.text(), line.sure()));
        }
        Ok((again.text.trim().to_owned(), again.confidence()))
    }
}

fn is_certain(heard: &Weighed) -> bool {
    heard.confidence() >= CERTAIN && !gate::is_doubtful(&heard.text, heard.confidence())
}
