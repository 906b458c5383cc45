//! Ends a text that goes round in circles while it is being written: Whisper would fill half a window
//! with it, and what comes next waits for that.

use std::ffi::{c_int, c_void};
use whisper_rs::WhisperTokenData;
use whisper_rs::whisper_rs_sys::{whisper_context, whisper_state};

/// So often in a row makes a loop; a single token, which may be a digit or an "对", twice as often.
const TIMES: usize = 4;
/// Longest unit of a loop, in tokens.
const LONGEST: usize = 16;

/// What the filter needs to know of the model.
pub(crate) struct Stop {
    /// The token that ends a text.
    pub(crate) end: usize,
    /// How many tokens there are.
    pub(crate) vocabulary: usize,
}

/// What whisper.cpp asks before it chooses the next token.
///
/// # Safety
/// `stop` is a [`Stop`] that outlives the call; `tokens` are `n_tokens` and `logits` as many as that
/// says there are tokens in the vocabulary.
#[expect(unsafe_code, reason = "called from C")]
pub(crate) unsafe extern "C" fn end_loops(
    _: *mut whisper_context,
    _: *mut whisper_state,
    tokens: *const WhisperTokenData,
    n_tokens: c_int,
    logits: *mut f32,
    stop: *mut c_void,
) {
    let count = usize::try_from(n_tokens).unwrap_or(0);
    if tokens.is_null() || count == 0 {
        return;
    }
    // SAFETY: as promised above; whisper.cpp hands over its own vectors and touches neither meanwhile.
    let (stop, tokens) = unsafe {
        (
            &*stop.cast::<Stop>(),
            std::slice::from_raw_parts(tokens, count),
        )
    };
    // SAFETY: as above.
    let logits = unsafe { std::slice::from_raw_parts_mut(logits, stop.vocabulary) };
    let ids: Vec<i32> = tokens
        .iter()
        .map(|t| t.id)
        .filter(|id| (*id as usize) < stop.end)
        .collect();
    if goes_round(&ids) {
        for (token, logit) in logits.iter_mut().enumerate() {
            if token != stop.end {
                *logit = f32::NEG_INFINITY;
            }
        }
    }
}

/// The last tokens say the same again and again.
fn goes_round(ids: &[i32]) -> bool {
    (1..=LONGEST).any(|unit| {
        let times = if unit == 1 { 2 * TIMES } else { TIMES };
        let Some(last) = ids.len().checked_sub(unit * times).map(|from| &ids[from..]) else {
            return false;
        };
        last[unit..].iter().zip(last).all(|(a, b)| a == b)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::a_sentence(&[1, 2, 3, 4, 5, 6, 7, 8], false)]
    #[case::three_times(&[9, 1, 2, 1, 2, 1, 2], false)]
    #[case::four_times(&[9, 1, 2, 1, 2, 1, 2, 1, 2], true)]
    #[case::eight_of_a_kind(&[8; 8], true)]
    #[case::a_number_read_out(&[8, 8, 8, 8], false)]
    #[case::it_was_a_loop_and_went_on(&[1, 2, 1, 2, 1, 2, 1, 2, 3], false)]
    fn a_text_goes_round_when_it_says_the_same_four_times(#[case] ids: &[i32], #[case] want: bool) {
        assert_eq!(goes_round(ids), want);
    }
}
