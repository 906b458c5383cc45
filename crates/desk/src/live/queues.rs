//! What the two threads of a call are told.

use crate::live::ports::{CaptureNews, LiveHeard};
use crossbeam_channel::Sender;
use qinting_app::TextDraft;
use qinting_domain::{CaptureGap, CapturePart};

/// What is to be written.
pub(crate) enum Entry {
    Part(CapturePart),
    Gap(CaptureGap),
    Heard(HeardText),
    /// Answered with whether everything before it is written.
    Flush(Sender<bool>),
    Done,
}

/// The final text of an utterance on its way into the store.
pub(crate) struct HeardText {
    pub(super) lane: u16,
    pub(super) utterance: u64,
    pub(super) draft: TextDraft,
}

/// What the thread is told.
pub(crate) enum News {
    Sound(CaptureNews),
    /// Nothing will come from the capture any more.
    SoundGone,
    Text(LiveHeard),
    /// Everything that was told before is done when this is answered.
    Flush(Sender<()>),
    Done,
}

/// Tells the thread when the capture lets go of its listener: it ended, or its threads died.
pub(super) struct NewsLine(pub(super) Sender<News>);

impl NewsLine {
    pub(super) fn tell(&self, news: CaptureNews) {
        // After the end of a call nobody wants to know.
        let _ = self.0.send(News::Sound(news));
    }
}

impl Drop for NewsLine {
    fn drop(&mut self) {
        let _ = self.0.send(News::SoundGone);
    }
}
