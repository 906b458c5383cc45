//! Ears that say what a test tells them.

use parking_lot::Mutex;
use qinting_desk::*;
use qinting_testkit::records::heard;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Ears that say what they are told to.
#[derive(Default)]
pub struct Ears {
    tell: Mutex<Option<Arc<LiveListener>>>,
    pub asked: Mutex<Vec<LiveEarsRequest>>,
    pub heard_samples: AtomicU64,
    /// Said when no more sound comes.
    pub last_words: Mutex<Vec<LiveHeard>>,
}

impl Ears {
    pub fn say(&self, heard: LiveHeard) {
        let tell = self.tell.lock().clone();
        if let Some(tell) = tell {
            tell(heard);
        }
    }

    pub fn draft(&self, utterance: u64, committed: &str, tentative: &str) {
        self.say(LiveHeard::Draft {
            lane: 0,
            utterance,
            start_ms: 0,
            end_ms: 1_000,
            committed: committed.into(),
            tentative: tentative.into(),
        });
    }

    pub fn doubt(&self, utterance: u64, text: &str) {
        self.say(LiveHeard::Doubt {
            lane: 0,
            utterance,
            start_ms: 0,
            end_ms: 1_200,
            text: text.into(),
        });
    }
}

/// The final text of an utterance on the first lane.
pub fn spoken(utterance: u64, start_ms: u64, end_ms: u64, text: &str) -> LiveHeard {
    let segment = heard(start_ms, end_ms, 0, text);
    LiveHeard::Final {
        lane: 0,
        utterance,
        segments: if text.is_empty() {
            vec![]
        } else {
            vec![segment]
        },
    }
}

/// The ears as the app sees them.
pub struct Listening(pub Arc<Ears>);

impl LiveEars for Listening {
    fn open(&self, request: LiveEarsRequest, tell: LiveListener) -> AppResult<Box<dyn LiveEar>> {
        self.0.asked.lock().push(request);
        *self.0.tell.lock() = Some(Arc::new(tell));
        self.0.say(LiveHeard::Ready);
        Ok(Box::new(Ear(self.0.clone())))
    }
}

struct Ear(Arc<Ears>);

impl LiveEar for Ear {
    fn hear(&self, _: u16, _: u64, samples: &[i16]) {
        let count = samples.len() as u64;
        self.0.heard_samples.fetch_add(count, Ordering::SeqCst);
    }

    fn finish(self: Box<Self>, _: Duration) {
        for heard in std::mem::take(&mut *self.0.last_words.lock()) {
            self.0.say(heard);
        }
        self.0.tell.lock().take();
    }
}
