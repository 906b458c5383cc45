//! Whisper itself: one window in, segments out.

use crate::header;
use qinting_app::Kind;
use qinting_app::error::{AppError, AppResult, codes};
use qinting_app::ports::Cancel;
use std::ffi::c_void;
use std::path::Path;
use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperSegment,
    WhisperState, get_lang_str,
};

/// Shortest clip handed over, in samples (1 s): whisper.cpp reads past the end of very short ones.
const SHORTEST: usize = 16_000;
/// Samples of one of Whisper's time units (10 ms).
const TICK: u64 = 160;
/// More threads than this gain nothing on one window.
const MOST_THREADS: usize = 4;

/// One segment as Whisper reports it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Raw {
    pub(crate) text: String,
    /// Start in samples of the window. Not to be trusted, see [`crate::align`].
    pub(crate) start: u64,
    /// End in samples of the window.
    pub(crate) end: u64,
    /// Mean probability of its text tokens, 0–1.
    pub(crate) confidence: f32,
}

/// How to decode a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// Greedy, with up to two warmer tries when Whisper doubts itself.
    First,
    /// Once at T = 0.2, for what the gates doubt.
    Again,
    /// Once, greedy, as quickly as it goes: it is decoded again in a moment.
    Draft,
}

/// One pass over a window.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pass<'a> {
    pub(crate) language: &'a str,
    pub(crate) effort: Effort,
    pub(crate) threads: usize,
    /// The encoder looks at what is there and not at the silence up to 30 s.
    pub(crate) is_short: bool,
}

/// Text with the probability of each of its characters, 0–1.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Weighed {
    pub(crate) text: String,
    /// One per `char` of `text`.
    pub(crate) sure: Vec<f32>,
}

/// A loaded model.
pub(crate) struct Decoder {
    context: WhisperContext,
    state: WhisperState,
    text_end: i32,
    multilingual: bool,
}

impl Decoder {
    /// Loads a model file after a look at its head.
    pub(crate) fn load(model: &Path) -> AppResult<Self> {
        header::check(model)?;
        whisper_rs::install_logging_hooks();
        let unreadable = |e: whisper_rs::WhisperError| {
            AppError::new(codes::SPEECH_MODEL_UNREADABLE).because(Kind::of(&e))
        };
        let mut params = WhisperContextParameters::new();
        params.flash_attn(true);
        let context = WhisperContext::new_with_params(model, params).map_err(unreadable)?;
        let state = context.create_state().map_err(unreadable)?;
        Ok(Self {
            text_end: context.token_eot(),
            multilingual: context.is_multilingual(),
            context,
            state,
        })
    }

    /// The language of a window and how sure that is, 0–1. Costs one encode.
    pub(crate) fn detect(&mut self, samples: &[f32], threads: usize) -> AppResult<(String, f32)> {
        if !self.multilingual {
            return Ok(("en".to_owned(), 1.0));
        }
        let samples = padded(samples);
        self.state.pcm_to_mel(&samples, threads).map_err(failed)?;
        let (_, shares) = self.state.lang_detect(0, threads).map_err(failed)?;
        let named = shares
            .iter()
            .enumerate()
            .filter_map(|(id, p)| get_lang_str(id as i32).map(|name| (name, *p)));
        Ok(choose_language(named))
    }

    /// Decodes one window of at most 30 s.
    pub(crate) fn decode(
        &mut self,
        samples: &[f32],
        pass: Pass,
        cancel: &Cancel,
    ) -> AppResult<Vec<Raw>> {
        self.run(samples, pass, cancel)?;
        Ok((0..self.state.full_n_segments())
            .filter_map(|i| self.segment(i))
            .collect())
    }

    /// Decodes somebody's words so far, character by character.
    pub(crate) fn draft(
        &mut self,
        samples: &[f32],
        language: &str,
        threads: usize,
        cancel: &Cancel,
    ) -> AppResult<Weighed> {
        let pass = Pass {
            language,
            effort: Effort::Draft,
            threads,
            is_short: true,
        };
        self.run(samples, pass, cancel)?;
        let tokens = (0..self.state.full_n_segments())
            .filter_map(|i| self.state.get_segment(i))
            .flat_map(|segment| tokens_of(&segment, self.text_end));
        Ok(weighed(tokens))
    }

    fn run(&mut self, samples: &[f32], pass: Pass, cancel: &Cancel) -> AppResult<()> {
        let samples = padded(samples);
        let params = self.params(pass, samples.len());
        let done = self.full(params, &samples, cancel);
        if cancel.is_cancelled() {
            // What an abort leaves inside a state is nowhere promised: take a new one.
            self.state = self.context.create_state().map_err(failed)?;
            return Err(AppError::new(codes::CANCELLED));
        }
        done.map_err(failed)
    }

    fn params<'a>(&self, pass: Pass<'a>, samples: usize) -> FullParams<'a, 'static> {
        let best_of = if pass.effort == Effort::Draft { 1 } else { 2 };
        let mut p = FullParams::new(SamplingStrategy::Greedy { best_of });
        p.set_n_threads(pass.threads as i32);
        p.set_language(Some(if self.multilingual {
            pass.language
        } else {
            "en"
        }));
        // Carried-over text makes Chinese loop.
        p.set_no_context(true);
        p.set_n_max_text_ctx(0);
        // A channel may begin with half a minute of the other side.
        p.set_max_initial_ts(30.0);
        p.set_suppress_blank(true);
        p.set_suppress_nst(true);
        if pass.is_short {
            p.set_audio_ctx(encoder_frames(samples, pass.effort));
        }
        match pass.effort {
            // Steps of 0.4 up to 1.0: two more tries.
            Effort::First => {
                p.set_temperature(0.0);
                p.set_temperature_inc(0.4);
            }
            Effort::Again => {
                p.set_temperature(0.2);
                p.set_temperature_inc(0.0);
            }
            Effort::Draft => {
                p.set_temperature(0.0);
                p.set_temperature_inc(0.0);
                // One look at the sound; the rest of it belongs to the next draft.
                p.set_single_segment(true);
                p.set_max_tokens(12 + (10 * samples / SHORTEST) as i32);
            }
        }
        p.set_entropy_thold(2.4);
        p.set_logprob_thold(-1.0);
        p.set_no_speech_thold(0.6);
        p.set_print_special(false);
        p.set_print_progress(false);
        p.set_print_realtime(false);
        p.set_print_timestamps(false);
        p
    }

    #[expect(
        unsafe_code,
        reason = "whisper-rs 0.16's safe abort callback casts its box to the wrong type"
    )]
    fn full(
        &mut self,
        mut params: FullParams,
        samples: &[f32],
        cancel: &Cancel,
    ) -> Result<(), whisper_rs::WhisperError> {
        let flag: *const Cancel = cancel;
        // SAFETY: `asked_to_stop` only reads the `Cancel` behind `flag`, through a shared atomic,
        // so any of whisper's threads may call it. whisper.cpp keeps the pointer no longer than
        // the call of `full` below, and `cancel` is borrowed for longer than that.
        unsafe {
            params.set_abort_callback(Some(asked_to_stop));
            params.set_abort_callback_user_data(flag.cast_mut().cast());
        }
        self.state.full(params, samples)
    }

    fn segment(&self, index: i32) -> Option<Raw> {
        let segment = self.state.get_segment(index)?;
        let mut bytes = Vec::new();
        let (mut sum, mut count) = (0.0, 0);
        for (piece, sure) in tokens_of(&segment, self.text_end) {
            // A character may be spread over several tokens: text is only made from all of them.
            bytes.extend(piece);
            sum += sure;
            count += 1;
        }
        let text = String::from_utf8_lossy(&bytes).replace(char::REPLACEMENT_CHARACTER, "");
        let at = |ticks: i64| u64::try_from(ticks).unwrap_or(0) * TICK;
        Some(Raw {
            text: text.trim().to_owned(),
            start: at(segment.start_timestamp()),
            end: at(segment.end_timestamp()),
            confidence: if count == 0 { 0.0 } else { sum / count as f32 },
        })
    }
}

/// Bytes and probability of a segment's text tokens.
fn tokens_of(segment: &WhisperSegment, text_end: i32) -> Vec<(Vec<u8>, f32)> {
    (0..segment.n_tokens())
        .filter_map(|i| segment.get_token(i))
        .filter(|token| token.token_id() < text_end)
        .map(|token| {
            let bytes = token.to_bytes().unwrap_or_default().to_vec();
            (bytes, token.token_probability())
        })
        .collect()
}

/// Characters from tokens. One that is spread over several tokens is as sure as the least of them;
/// one that is not whole (the text may be cut off anywhere) is left out.
fn weighed(tokens: impl Iterator<Item = (Vec<u8>, f32)>) -> Weighed {
    let (mut bytes, mut by_byte) = (Vec::new(), Vec::new());
    for (piece, sure) in tokens {
        by_byte.extend(std::iter::repeat_n(sure, piece.len()));
        bytes.extend(piece);
    }
    let mut out = Weighed::default();
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            let least = by_byte[at..at + c.len_utf8()].iter().copied();
            out.sure.push(least.fold(1.0, f32::min));
            out.text.push(c);
            at += c.len_utf8();
        }
        at += chunk.invalid().len();
    }
    out
}

/// How many of its 1,500 frames of 20 ms the encoder computes for so many samples: those with sound
/// in them, a reserve behind, in steps of 64. A final gets more reserve than a draft.
fn encoder_frames(samples: usize, effort: Effort) -> i32 {
    const STEP: usize = 64;
    const WHOLE: usize = 1_500;
    let least = if effort == Effort::Draft { 256 } else { 512 };
    let wanted = (50 * samples).div_ceil(SHORTEST) + 128;
    wanted.max(least).next_multiple_of(STEP).min(WHOLE) as i32
}

/// What whisper.cpp asks between two steps of its graph.
#[expect(unsafe_code, reason = "called from C")]
unsafe extern "C" fn asked_to_stop(flag: *mut c_void) -> bool {
    // SAFETY: `Decoder::full` passes a `Cancel` that outlives the call.
    unsafe { &*flag.cast::<Cancel>() }.is_cancelled()
}

fn failed(e: whisper_rs::WhisperError) -> AppError {
    AppError::new(codes::SPEECH_FAILED).with("reason", format!("{e:?}"))
}

fn padded(samples: &[f32]) -> std::borrow::Cow<'_, [f32]> {
    if samples.len() >= SHORTEST {
        return samples.into();
    }
    let mut longer = samples.to_vec();
    longer.resize(SHORTEST, 0.0);
    longer.into()
}

/// The likeliest language, with a preference: calls here are Chinese or English, and eight noisy
/// kilohertz make short Chinese look like a dozen neighbours. Another language must be clear.
fn choose_language<'a>(shares: impl Iterator<Item = (&'a str, f32)>) -> (String, f32) {
    const CLEAR: f32 = 0.8;
    let mut best = ("zh", -1.0);
    let mut ours = ("zh", -1.0);
    for (name, p) in shares {
        if p > best.1 {
            best = (name, p);
        }
        if matches!(name, "zh" | "en") && p > ours.1 {
            ours = (name, p);
        }
    }
    let (name, p) = if best.1 >= CLEAR { best } else { ours };
    (name.to_owned(), p.max(0.0))
}

/// Threads for one decoding with the model in `model`: `asked`, or with 0 physical cores, at most
/// [`MOST_THREADS`]. More threads than cores make whisper's spinning barriers ten times slower. A
/// toy model gets one: its steps are so small that threads would do nothing but wait for each
/// other, for minutes where something else is busy too (40 s with one, over ten minutes with two,
/// for five minutes of sound on two cores that were building a program).
pub fn threads_for(asked: u16, model: &Path) -> usize {
    let header = || header::ModelHeader::read(model).ok().flatten();
    match asked {
        0 if header().is_some_and(|h| h.is_toy()) => 1,
        0 => physical_cores().clamp(1, MOST_THREADS),
        asked => usize::from(asked),
    }
}

fn physical_cores() -> usize {
    let logical = std::thread::available_parallelism().map_or(1, usize::from);
    let mut cores = std::collections::BTreeSet::new();
    for cpu in 0..logical {
        let file = format!("/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list");
        let Ok(siblings) = std::fs::read_to_string(file) else {
            return logical;
        };
        cores.insert(siblings);
    }
    cores.len().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(&[("en", 0.1), ("zh", 0.85), ("ja", 0.05)], "zh")]
    #[case(&[("en", 0.9), ("zh", 0.05)], "en")]
    #[case(&[("en", 0.1), ("zh", 0.35), ("ko", 0.5)], "zh")]
    #[case(&[("en", 0.05), ("zh", 0.05), ("ja", 0.9)], "ja")]
    fn a_neighbour_language_must_be_clear(#[case] shares: &[(&str, f32)], #[case] want: &str) {
        assert_eq!(choose_language(shares.iter().copied()).0, want);
    }

    #[test]
    fn threads_follow_the_request_and_else_the_model_and_the_cores() {
        let demo = Path::new(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../assets/demo/qinting-demo-q5_0.bin"
        ));
        assert_eq!(threads_for(3, demo), 3);
        assert_eq!(threads_for(0, demo), 1);
        let cores = physical_cores().clamp(1, MOST_THREADS);
        assert_eq!(threads_for(0, Path::new("any other model")), cores);
    }
}
