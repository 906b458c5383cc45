//! The peer: whole channels through whisper-rs, nothing else.

use crate::text::Line;
use anyhow::Context;
use std::path::Path;
use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperState,
};

/// A loaded model and what it needs to run.
pub(crate) struct Bare {
    state: WhisperState,
    threads: i32,
}

impl Bare {
    pub fn load(model: &Path) -> anyhow::Result<Self> {
        Ok(Self {
            state: state(model)?,
            threads: i32::try_from(qinting_speech::threads_for(0, model))?,
        })
    }

    /// The text of channels at 16 kHz, one whole channel after the other.
    pub fn hear(&mut self, channels: &[Vec<f32>], language: &str) -> anyhow::Result<Vec<Line>> {
        let mut lines = Vec::new();
        for (lane, samples) in (0..).zip(channels) {
            let params = params(self.threads, language);
            self.state.full(params, samples).context("decoding")?;
            for n in 0..self.state.full_n_segments() {
                let segment = self.state.get_segment(n).context("a segment")?;
                let ms = |ticks: i64| u64::try_from(ticks).unwrap_or(0) * 10;
                let text = segment.to_str_lossy().context("its text")?;
                lines.push(Line {
                    lane,
                    start_ms: ms(segment.start_timestamp()),
                    end_ms: ms(segment.end_timestamp()),
                    text: text.replace(char::REPLACEMENT_CHARACTER, "").trim().into(),
                });
            }
        }
        Ok(lines)
    }
}

/// Loads a model as the worker does.
pub(crate) fn state(model: &Path) -> anyhow::Result<WhisperState> {
    whisper_rs::install_logging_hooks();
    let mut params = WhisperContextParameters::new();
    params.flash_attn(true);
    let context = WhisperContext::new_with_params(model, params).context("the model loads")?;
    context.create_state().context("a state")
}

/// As the worker sets them.
fn params(threads: i32, language: &str) -> FullParams<'_, 'static> {
    let mut p = FullParams::new(SamplingStrategy::Greedy { best_of: 2 });
    p.set_n_threads(threads);
    p.set_language(Some(language));
    p.set_no_context(true);
    p.set_n_max_text_ctx(0);
    p.set_max_initial_ts(30.0);
    p.set_suppress_blank(true);
    p.set_suppress_nst(true);
    p.set_temperature(0.0);
    p.set_temperature_inc(0.4);
    p.set_entropy_thold(2.4);
    p.set_logprob_thold(-1.0);
    p.set_no_speech_thold(0.6);
    p.set_print_special(false);
    p.set_print_progress(false);
    p.set_print_realtime(false);
    p.set_print_timestamps(false);
    p
}
