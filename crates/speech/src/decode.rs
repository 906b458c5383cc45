//! Whisper itself: one window in, segments out.

use crate::header;
use crate::stop::{Stop, end_loops};
use crate::threads::Threads;
use qinting_desk::Cancel;
use qinting_desk::Kind;
use qinting_desk::error::{AppError, AppResult, codes};
use std::ffi::c_void;
use std::path::Path;
use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperSegment,
    WhisperState, get_lang_str,
};

/// Shortest clip handed over, in samples (1 s): whisper.cpp reads past the end of very short ones.
const SHORTEST: usize = 16_000;
/// Samples of one of the encoder's frames, and of one step of Whisper's times (20 ms).
const FRAME: u64 = 320;
/// Frames of the encoder's whole window (30 s).
pub(crate) const WHOLE: usize = 1_500;

/// How to decode a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// Greedy, with up to two warmer tries when Whisper doubts itself.
    First,
    /// Once at T = 0.2, for what the gates doubt.
    Again,
    /// Once, greedy, as quickly as it goes: what is not believed is decoded again.
    Once,
}

/// One pass over a window.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pass<'a> {
    pub(crate) language: &'a str,
    pub(crate) effort: Effort,
    /// How many frames of 20 ms the encoder computes.
    pub(crate) frames: usize,
}

/// A time Whisper wrote between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// So many characters stand before it.
    pub(crate) at: usize,
    /// The time, in samples of the window. Not to be trusted, see [`crate::align`].
    pub(crate) sample: u64,
}

/// Text with the probability of each of its characters, 0–1.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Weighed {
    pub(crate) text: String,
    /// One per `char` of `text`.
    pub(crate) sure: Vec<f32>,
    /// Whisper's own times, in order.
    pub(crate) stamps: Vec<Stamp>,
}

impl Weighed {
    /// Keeps so many characters.
    pub(crate) fn cut(&mut self, characters: usize) {
        self.text = self.text.chars().take(characters).collect();
        self.sure.truncate(characters);
    }

    /// Goes on with what was heard from this sample of the window.
    pub(crate) fn append(&mut self, rest: Self, from: usize) {
        let begun = self.sure.len();
        self.text.push_str(&rest.text);
        self.sure.extend(rest.sure);
        self.stamps.extend(rest.stamps.iter().map(|s| Stamp {
            at: s.at + begun,
            sample: s.sample + from as u64,
        }));
    }

    /// Mean probability, 0–1.
    pub(crate) fn confidence(&self) -> f32 {
        self.sure.iter().sum::<f32>() / self.sure.len().max(1) as f32
    }
}

/// A loaded model.
pub(crate) struct Decoder {
    context: WhisperContext,
    state: WhisperState,
    text_end: i32,
    time_begin: i32,
    multilingual: bool,
    threads: Threads,
    stop: Stop,
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
            time_begin: context.token_beg(),
            multilingual: context.is_multilingual(),
            stop: Stop {
                end: context.token_eot() as usize,
                vocabulary: context.n_vocab() as usize,
            },
            context,
            state,
            threads: Threads::wanted(0, model),
        })
    }

    /// The same decoder with so many threads, which no load changes; with 0 they follow the load.
    pub(crate) fn on_threads(&mut self, asked: u16, model: &Path) {
        self.threads = Threads::wanted(asked, model);
    }

    /// The language of a window and how sure that is, 0–1. Costs one encode.
    pub(crate) fn detect(&mut self, samples: &[f32]) -> AppResult<(String, f32)> {
        if !self.multilingual {
            return Ok(("en".to_owned(), 1.0));
        }
        let samples = padded(samples);
        let threads = self.threads.now();
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
    ) -> AppResult<Weighed> {
        self.run(samples, pass, cancel)?;
        let segments = (0..self.state.full_n_segments()).filter_map(|i| self.state.get_segment(i));
        let tokens: Vec<Token> = segments.flat_map(|s| self.tokens_of(&s)).collect();
        Ok(weighed(&tokens))
    }

    fn run(&mut self, samples: &[f32], pass: Pass, cancel: &Cancel) -> AppResult<()> {
        let samples = padded(samples);
        let threads = self.threads.now();
        let params = self.params(pass, samples.len(), threads);
        let ends_loops = pass.effort == Effort::Once;
        let done = self.full(params, ends_loops, &samples, cancel);
        if cancel.is_cancelled() {
            // What an abort leaves inside a state is nowhere promised: take a new one.
            self.state = self.context.create_state().map_err(failed)?;
            return Err(AppError::new(codes::CANCELLED));
        }
        done.map_err(failed)
    }

    fn params<'a>(
        &self,
        pass: Pass<'a>,
        samples: usize,
        threads: usize,
    ) -> FullParams<'a, 'static> {
        let best_of = if pass.effort == Effort::Once { 1 } else { 2 };
        let mut p = FullParams::new(SamplingStrategy::Greedy { best_of });
        p.set_n_threads(threads as i32);
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
        if pass.frames < WHOLE {
            p.set_audio_ctx(pass.frames as i32);
        }
        // One look at the sound: whisper.cpp would encode 30 s anew for a second that its last time
        // leaves over. What is left over is looked at by [`crate::scribe`], which knows how much it is.
        p.set_single_segment(true);
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
            Effort::Once => {
                p.set_temperature(0.0);
                p.set_temperature_inc(0.0);
                p.set_max_tokens(16 + (14 * samples / SHORTEST) as i32);
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
        ends_loops: bool,
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
        if ends_loops {
            let stop: *const Stop = &self.stop;
            // SAFETY: `end_loops` only reads the `Stop` behind the pointer, which lives as long as `self`
            // and so longer than the call of `full`; the model it tells of is this context's.
            unsafe {
                params.set_filter_logits_callback(Some(end_loops));
                params.set_filter_logits_callback_user_data(stop.cast_mut().cast());
            }
        }
        self.state.full(params, samples)
    }

    fn tokens_of(&self, segment: &WhisperSegment) -> Vec<Token> {
        (0..segment.n_tokens())
            .filter_map(|i| segment.get_token(i))
            .filter_map(|token| match token.token_id() {
                id if id < self.text_end => Some(Token::Text(
                    token.to_bytes().unwrap_or_default().to_vec(),
                    token.token_probability(),
                )),
                id => u64::try_from(id - self.time_begin)
                    .ok()
                    .map(|steps| Token::Time(steps * FRAME)),
            })
            .collect()
    }
}

/// What Whisper wrote.
enum Token {
    /// Bytes of text and their probability. A character may be spread over several tokens.
    Text(Vec<u8>, f32),
    /// A time, in samples of the window.
    Time(u64),
}

/// Characters from tokens. One that is spread over several tokens is as sure as the least of them;
/// one that is not whole (the text may be cut off anywhere) is left out.
fn weighed(tokens: &[Token]) -> Weighed {
    let (mut bytes, mut by_byte, mut times) = (Vec::new(), Vec::new(), Vec::new());
    for token in tokens {
        match token {
            Token::Text(piece, sure) => {
                by_byte.extend(std::iter::repeat_n(*sure, piece.len()));
                bytes.extend_from_slice(piece);
            }
            Token::Time(sample) => times.push((bytes.len(), *sample)),
        }
    }
    let mut out = Weighed::default();
    let mut at = 0;
    let mut times = times.into_iter().peekable();
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            while let Some((_, sample)) = times.next_if(|(byte, _)| *byte <= at) {
                let at = out.sure.len();
                out.stamps.push(Stamp { at, sample });
            }
            let least = by_byte[at..at + c.len_utf8()].iter().copied();
            out.sure.push(least.fold(1.0, f32::min));
            out.text.push(c);
            at += c.len_utf8();
        }
        at += chunk.invalid().len();
    }
    let at = out.sure.len();
    out.stamps
        .extend(times.map(|(_, sample)| Stamp { at, sample }));
    out
}

/// How many frames the encoder computes for so many samples: those with sound in them and `reserve`
/// behind them, at least `least`, in steps of 64.
pub(crate) fn encoder_frames(samples: usize, reserve: usize, least: usize) -> usize {
    const STEP: usize = 64;
    let wanted = samples.div_ceil(FRAME as usize) + reserve;
    wanted.max(least).next_multiple_of(STEP).min(WHOLE)
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
}
