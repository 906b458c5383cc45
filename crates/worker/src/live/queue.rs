//! Sound between whoever brings it and the thread that writes it to the worker. Bounded: a worker
//! that takes nothing must not fill the host's memory.

use parking_lot::{Condvar, Mutex};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Sound that waits at most, in samples over all lanes (five minutes of one): enough for a hanging
/// worker to be noticed and for the longest pause before the next one.
const MOST: usize = 300 * 16_000;

/// What the writer does next.
#[derive(Debug, PartialEq)]
pub(super) enum Brought {
    /// Sound of a lane.
    Sound {
        lane: u16,
        at_sample: u64,
        samples: Vec<i16>,
    },
    /// The last sound was brought.
    End,
    /// There is nobody to write to any more.
    Nothing,
}

#[derive(Default)]
struct Kept {
    sounds: VecDeque<(u16, u64, Vec<i16>)>,
    samples: usize,
    /// Nobody listens any more; nothing is kept.
    is_shut: bool,
    /// The last finals are waited for until then.
    finish_by: Option<Instant>,
    was_end_told: bool,
    writer_may_write: bool,
    /// Since when the writer has been writing one line.
    writing_since: Option<Instant>,
}

#[derive(Default)]
pub(super) struct Queue {
    kept: Mutex<Kept>,
    changed: Condvar,
}

impl Queue {
    /// Takes sound; never waits for more than another thread's copying.
    pub(super) fn put(&self, lane: u16, at_sample: u64, samples: &[i16]) {
        let mut kept = self.kept.lock();
        if kept.is_shut || kept.finish_by.is_some() {
            return;
        }
        kept.samples += samples.len();
        kept.sounds.push_back((lane, at_sample, samples.to_vec()));
        while kept.samples > MOST {
            let Some((.., oldest)) = kept.sounds.pop_front() else {
                break;
            };
            kept.samples -= oldest.len();
        }
        self.changed.notify_all();
    }

    /// No more sound comes, and nobody waits longer than this.
    pub(super) fn finish_by(&self, when: Instant) {
        let mut kept = self.kept.lock();
        kept.finish_by = Some(kept.finish_by.map_or(when, |before| before.min(when)));
        self.changed.notify_all();
    }

    /// Nobody waits any longer.
    pub(super) fn is_late(&self) -> bool {
        self.kept
            .lock()
            .finish_by
            .is_some_and(|by| Instant::now() >= by)
    }

    /// Waits for `pause`; ends at once, and says so, when no more sound comes.
    pub(super) fn is_over_within(&self, pause: Duration) -> bool {
        let until = Instant::now() + pause;
        let mut kept = self.kept.lock();
        while kept.finish_by.is_none() {
            if self.changed.wait_until(&mut kept, until).timed_out() {
                break;
            }
        }
        kept.finish_by.is_some()
    }

    /// Lets go of what waits.
    pub(super) fn forget(&self) {
        let mut kept = self.kept.lock();
        kept.sounds.clear();
        kept.samples = 0;
    }

    /// Lets go of what waits and takes nothing any more.
    pub(super) fn shut(&self) {
        self.kept.lock().is_shut = true;
        self.forget();
    }

    /// A worker is there to write to; its first line is the request.
    pub(super) fn writer_begins(&self) {
        let mut kept = self.kept.lock();
        kept.writer_may_write = true;
        kept.was_end_told = false;
        kept.writing_since = Some(Instant::now());
    }

    /// The worker is gone.
    pub(super) fn writer_ends(&self) {
        let mut kept = self.kept.lock();
        kept.writer_may_write = false;
        kept.writing_since = None;
        self.changed.notify_all();
    }

    /// The writer has been at one line for longer than this.
    pub(super) fn is_stalled(&self, limit: Duration) -> bool {
        let since = self.kept.lock().writing_since;
        since.is_some_and(|s| s.elapsed() > limit)
    }

    /// The last line is written; waits for the next one.
    pub(super) fn next(&self) -> Brought {
        let mut kept = self.kept.lock();
        kept.writing_since = None;
        loop {
            if !kept.writer_may_write {
                return Brought::Nothing;
            }
            if let Some((lane, at_sample, samples)) = kept.sounds.pop_front() {
                kept.samples -= samples.len();
                kept.writing_since = Some(Instant::now());
                return Brought::Sound {
                    lane,
                    at_sample,
                    samples,
                };
            }
            if kept.finish_by.is_some() && !kept.was_end_told {
                kept.was_end_told = true;
                return Brought::End;
            }
            self.changed.wait(&mut kept);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound(at_sample: u64, samples: usize) -> Brought {
        Brought::Sound {
            lane: 0,
            at_sample,
            samples: vec![7; samples],
        }
    }

    #[test]
    fn sound_comes_in_order_and_then_the_end_once() {
        let queue = Queue::default();
        queue.writer_begins();
        queue.put(0, 0, &[7; 2]);
        queue.put(0, 2, &[7; 3]);
        queue.finish_by(Instant::now());
        queue.put(0, 5, &[7; 1]);
        assert_eq!(queue.next(), sound(0, 2));
        assert_eq!(queue.next(), sound(2, 3));
        assert_eq!(queue.next(), Brought::End);
        queue.writer_ends();
        assert_eq!(queue.next(), Brought::Nothing);
    }

    #[test]
    fn the_oldest_sound_goes_when_nobody_takes_any() {
        let queue = Queue::default();
        queue.writer_begins();
        for second in 0..330 {
            queue.put(0, second * 16_000, &[7; 16_000]);
        }
        assert_eq!(queue.next(), sound(30 * 16_000, 16_000));
    }

    #[test]
    fn a_line_that_is_not_taken_is_noticed() {
        let queue = Queue::default();
        queue.writer_begins();
        assert!(queue.is_stalled(Duration::ZERO));
        assert!(!queue.is_stalled(Duration::from_secs(3_600)));
        queue.put(0, 0, &[7]);
        queue.next();
        assert!(queue.is_stalled(Duration::ZERO));
        queue.writer_ends();
        assert!(!queue.is_stalled(Duration::ZERO));
    }

    #[test]
    fn a_pause_ends_when_the_call_does() {
        let queue = Queue::default();
        assert!(!queue.is_over_within(Duration::from_millis(1)));
        queue.finish_by(Instant::now());
        assert!(queue.is_over_within(Duration::from_secs(3_600)));
    }
}
