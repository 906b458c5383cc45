//! What a host stands on that another one may have differently: time, sound and speech.

use crate::host::Options;
use crate::places::{Places, default_models};
use crate::rights;
use crate::system::{SystemClock, TimeIds};
use qinting_desk::*;
use std::sync::Arc;

/// The ports of a machine that are no matter of the workspace.
pub struct Given {
    /// The time that is written down.
    pub clock: Arc<dyn Clock>,
    /// Sound out; `None`: nothing is played here.
    pub player: Option<Arc<dyn Player>>,
    /// Sound in.
    pub capture: Arc<dyn Capture>,
    /// Decoding of foreign files.
    pub decoder: Arc<dyn MediaDecoder>,
    /// Peaks and regions.
    pub audio: Arc<dyn AudioFiles>,
    /// Speech to text.
    pub transcriber: Arc<dyn Transcriber>,
    /// Speech to text while somebody speaks.
    pub ears: Arc<dyn LiveEars>,
    /// Models on disk.
    pub models: Arc<dyn ModelShelf>,
}

impl Given {
    /// All of it as this machine has it; what the data folder of its user held open for others is closed.
    pub(crate) fn of_this_machine(options: &Options) -> Self {
        rights::close_data(&Places::of_this_user());
        let player = options.player.then(qinting_audio::start_player);
        let capture = qinting_audio::start_capture();
        Self::of(options, Arc::new(SystemClock), player, capture)
    }

    /// Decoding and speech in worker processes, with time and sound of the caller's choice.
    pub(crate) fn of(
        options: &Options,
        clock: Arc<dyn Clock>,
        player: Option<Arc<dyn Player>>,
        capture: Arc<dyn Capture>,
    ) -> Self {
        let models = options.models.clone().unwrap_or_else(default_models);
        Self {
            clock,
            player,
            capture,
            decoder: qinting_worker::decoder(),
            audio: Arc::new(qinting_audio::SoundFiles),
            transcriber: qinting_worker::transcriber(),
            ears: qinting_worker::live_ears(),
            models: Arc::new(qinting_speech::Shelf::new(models)),
        }
    }
}

/// Nobody has chosen anything yet.
pub(crate) fn no_tickets() -> Arc<Tickets> {
    Arc::new(Tickets::new(Arc::new(TimeIds::by(Arc::new(SystemClock)))))
}
