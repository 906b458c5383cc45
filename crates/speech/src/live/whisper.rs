//! Whisper as the live policy needs it: a quick model for drafts, the better one for what is over.

use super::session::Hearing;
use crate::decode::{Decoder, Weighed, threads_for};
use crate::scribe::{SURE, Scribe, Simplifier, Speaker};
use crate::window::Window;
use crate::written;
use qinting_app::error::AppResult;
use qinting_app::ports::{Cancel, LiveEarsRequest};
use qinting_domain::HeardSegment;

/// One or two loaded models.
pub(super) struct Whisper {
    last: Decoder,
    /// `None`: the same model does both.
    quick: Option<Decoder>,
    simplifier: Simplifier,
    request: LiveEarsRequest,
    last_threads: usize,
    quick_threads: usize,
    /// The language somebody on this call was heard to speak, until a lane's own is settled.
    guess: Option<String>,
    cancel: Cancel,
}

impl Whisper {
    pub(super) fn load(request: LiveEarsRequest, cancel: Cancel) -> AppResult<Self> {
        let is_one = request.draft_model == request.final_model;
        Ok(Self {
            last: Decoder::load(&request.final_model)?,
            quick: (!is_one)
                .then(|| Decoder::load(&request.draft_model))
                .transpose()?,
            simplifier: Simplifier::default(),
            last_threads: threads_for(request.threads, &request.final_model),
            quick_threads: threads_for(request.threads, &request.draft_model),
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
        let (language, certainty) = quick.detect(samples, self.quick_threads)?;
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
        let heard = quick.draft(samples, &language, self.quick_threads, &self.cancel)?;
        let simplify = self.simplifier.when(self.request.simplified)?;
        Ok(written::draft(simplify, heard, &language))
    }

    fn last(&mut self, speaker: &mut Speaker, window: &Window) -> AppResult<Vec<HeardSegment>> {
        let mut scribe = Scribe {
            decoder: &mut self.last,
            to_simplified: self.simplifier.when(self.request.simplified)?,
            numbers: self.request.numbers,
            language: &self.request.language,
            threads: self.last_threads,
            is_short: true,
            cancel: &self.cancel,
        };
        let segments = scribe.window(speaker, window)?;
        if let Some(settled) = &speaker.language {
            self.guess = Some(settled.clone());
        }
        Ok(segments)
    }
}
