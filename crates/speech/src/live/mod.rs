//! Text of a call while it goes on: drafts while somebody speaks, of which a part is certain and
//! stays, and one final text per utterance.
//!
//! [`listen`] is the part that runs inside the worker process. What is decoded when is the policy of
//! [`session`], which knows Whisper only as [`session::Hearing`].

mod agreement;
mod doubt;
mod inbox;
mod lane;
mod pace;
mod session;
#[cfg(test)]
mod tests;
mod whisper;

pub use inbox::{Inbox, Sound};

use qinting_desk::error::{AppError, AppResult, codes};
use qinting_desk::{Cancel, LiveEarsRequest, LiveHeard};
use session::Session;
use std::time::Instant;

/// Loads the models, says `Ready`, and writes down what comes into `inbox` until it is closed; then
/// what is being said ends and gets its final text. `cancel` ends it with `cancelled`.
pub fn listen(
    request: LiveEarsRequest,
    inbox: &Inbox,
    tell: &mut dyn FnMut(LiveHeard),
    cancel: &Cancel,
) -> AppResult<()> {
    let (lanes, keep_all) = (request.lanes, request.keep_all);
    let whisper = whisper::Whisper::load(request, cancel.clone())?;
    let mut session = Session::new(whisper, lanes, keep_all);
    tell(LiveHeard::Ready);
    let begun = Instant::now();
    let now = || begun.elapsed();
    let mut is_idle = true;
    while let Some(sounds) = inbox.take(is_idle) {
        for sound in sounds {
            session.hear(sound.lane, sound.at_sample, &sound.samples, tell);
        }
        if cancel.is_cancelled() {
            return Err(AppError::new(codes::CANCELLED));
        }
        is_idle = !session.work(&now, tell)?;
    }
    session.finish(&now, tell)
}
