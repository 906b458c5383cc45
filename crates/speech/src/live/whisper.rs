//! Whisper as the live policy needs it: a quick model for drafts, the better one for what is over.

use super::session::{Hearing, Look};
use crate::decode::{Decoder, Effort, Pass, Weighed};
use crate::scribe::{Frames, SURE, Scribe, Simplifier, Speaker};
use crate::window::Window;
use crate::written;
use qinting_desk::error::{AppError, AppResult};
use qinting_desk::{Cancel, LiveEarsRequest};
use qinting_domain::HeardSegment;

/// One or two loaded models.
pub(super) struct Whisper {
    last: Decoder,
    /// `None`: the same model does both.
    quick: Option<Decoder>,
    simplifier: Simplifier,
    request: LiveEarsRequest,
    /// The language somebody on this call was heard to speak, until a lane's own is settled.
    guess: Option<String>,
    cancel: Cancel,
}

impl Whisper {
    pub(super) fn load(request: LiveEarsRequest, cancel: Cancel) -> AppResult<Self> {
        let is_one = request.draft_model == request.final_model;
        let load = |model| {
            let mut decoder = Decoder::load(model)?;
            decoder.on_threads(request.threads, model);
            Ok::<_, AppError>(decoder)
        };
        Ok(Self {
            last: load(&request.final_model)?,
            quick: (!is_one).then(|| load(&request.draft_model)).transpose()?,
            simplifier: Simplifier::default(),
            request,
            guess: None,
            cancel,
        })
    }

    /// A draft is too short to settle a lane's language by, and too urgent to detect it every time.
    fn language_of(&mut self, speaker: &Speaker, samples: &[f32]) -> AppResult<String> {
        if self.request.language != "auto" {
            return Ok(self.request.language.clone());
        }
        if let Some(known) = speaker.language.as_ref().or(self.guess.as_ref()) {
            return Ok(known.clone());
        }
        let quick = self.quick.as_mut().unwrap_or(&mut self.last);
        let (language, certainty) = quick.detect(samples)?;
        if certainty >= SURE {
            self.guess = Some(language.clone());
        }
        Ok(language)
    }
}

impl Hearing for Whisper {
    fn draft(&mut self, speaker: &Speaker, samples: &[f32]) -> AppResult<Weighed> {
        let language = self.language_of(speaker, samples)?;
        let quick = self.quick.as_mut().unwrap_or(&mut self.last);
        let pass = Pass {
            language: &language,
            effort: Effort::Once,
            frames: Frames::ForWhoWaits.of(samples.len()),
        };
        let heard = quick.decode(samples, pass, &self.cancel)?;
        let simplify = self.simplifier.when(self.request.simplified)?;
        Ok(written::draft(simplify, heard, &language))
    }

    fn last(
        &mut self,
        speaker: &mut Speaker,
        window: &Window,
        look: Look,
    ) -> AppResult<Vec<HeardSegment>> {
        let mut scribe = Scribe {
            decoder: &mut self.last,
            to_simplified: self.simplifier.when(self.request.simplified)?,
            numbers: self.request.numbers,
            language: &self.request.language,
            frames: match look {
                Look::First => Frames::ForWhoWaits,
                Look::Second => Frames::Longer,
            },
            cancel: &self.cancel,
        };
        let mut segments = scribe.window(speaker, window)?;
        segments.extend(scribe.finish(speaker)?);
        if let Some(settled) = &speaker.language {
            self.guess = Some(settled.clone());
        }
        Ok(segments)
    }
}
