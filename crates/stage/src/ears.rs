//! Ears that hear what they are told.

use parking_lot::Mutex;
use qinting_desk::*;
use qinting_domain::HeardSegment;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Ears on the call that goes on.
#[derive(Default)]
pub(crate) struct ToldEars {
    tell: Mutex<Option<Arc<LiveListener>>>,
    /// Nobody hears while sharing is paused.
    is_shut: AtomicBool,
    /// All that was settled in the last call.
    heard: Mutex<Vec<HeardSegment>>,
}

impl ToldEars {
    /// They hear this, one after the other.
    pub fn hear(&self, all: Vec<LiveHeard>) {
        let tell = self.tell.lock().clone();
        let Some(tell) = tell.filter(|_| !self.is_shut.load(Ordering::SeqCst)) else {
            return;
        };
        for heard in all {
            if let LiveHeard::Final { segments, .. } = &heard {
                self.heard.lock().extend(segments.iter().cloned());
            }
            tell(heard);
        }
    }

    /// Shuts them, or opens them again.
    pub fn shut(&self, is_shut: bool) {
        self.is_shut.store(is_shut, Ordering::SeqCst);
    }

    /// What was heard in the last call, for whoever hears it again.
    pub fn heard(&self) -> Vec<HeardSegment> {
        self.heard.lock().clone()
    }
}

/// The ears as the desk has them.
pub(crate) struct Listening(pub Arc<ToldEars>);

impl LiveEars for Listening {
    fn open(&self, _: LiveEarsRequest, tell: LiveListener) -> AppResult<Box<dyn LiveEar>> {
        self.0.heard.lock().clear();
        self.0.shut(false);
        *self.0.tell.lock() = Some(Arc::new(tell));
        self.0.hear(vec![LiveHeard::Ready]);
        Ok(Box::new(Ear(self.0.clone())))
    }
}

struct Ear(Arc<ToldEars>);

impl LiveEar for Ear {
    fn hear(&self, _: u16, _: u64, _: &[i16]) {}

    fn finish(self: Box<Self>, _: Duration) {
        self.0.tell.lock().take();
    }
}
