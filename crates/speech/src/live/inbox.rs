//! Sound on its way to the engine. Whoever brings it never waits.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Sound that waits at most, in samples over all lanes (40 min): the engine takes all there is
/// between two decodings, so only one that hangs lets it come to this.
const MOST: usize = 40 * 60 * 16_000;

/// A run of samples of one lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// Lane.
    pub lane: u16,
    /// Place of the first sample on the call clock, in samples at 16 kHz.
    pub at_sample: u64,
    /// Mono, 16 kHz.
    pub samples: Vec<i16>,
}

#[derive(Default)]
struct Kept {
    sounds: VecDeque<Sound>,
    samples: usize,
    is_over: bool,
}

/// The queue between the thread that brings sound and the one that decodes.
#[derive(Default)]
pub struct Inbox {
    kept: Mutex<Kept>,
    news: Condvar,
}

impl Inbox {
    /// Brings sound; returns at once.
    pub fn put(&self, sound: Sound) {
        let mut kept = self.lock();
        kept.samples += sound.samples.len();
        kept.sounds.push_back(sound);
        while kept.samples > MOST {
            let Some(oldest) = kept.sounds.pop_front() else {
                break;
            };
            kept.samples -= oldest.samples.len();
        }
        self.news.notify_one();
    }

    /// No more sound comes.
    pub fn close(&self) {
        self.lock().is_over = true;
        self.news.notify_one();
    }

    /// All that came; waits for something when `wait`. `None` when no more comes.
    pub(super) fn take(&self, wait: bool) -> Option<VecDeque<Sound>> {
        let mut kept = self.lock();
        while wait && kept.sounds.is_empty() && !kept.is_over {
            kept = self.news.wait(kept).unwrap_or_else(PoisonError::into_inner);
        }
        if kept.sounds.is_empty() && kept.is_over {
            return None;
        }
        kept.samples = 0;
        Some(std::mem::take(&mut kept.sounds))
    }

    /// Nothing in here can be left half done by a panic.
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
