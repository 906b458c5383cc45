//! Where the ear is: the spans that went out, read back against the clock.

use super::mixer::{HeardPlace, PLACES_PER_MS};
use std::collections::VecDeque;
use std::time::Instant;

/// Places this close behind the last one are jitter of the clock, not a jump back, milliseconds.
const JITTER_MS: f64 = 100.0;

/// The spans of the present run.
#[derive(Default)]
pub(super) struct Track {
    run: u32,
    spans: VecDeque<HeardPlace>,
    last_ms: f64,
}

impl Track {
    /// A new run starts: nothing of it has been heard.
    pub(super) fn start(&mut self, run: u32, at_ms: f64) {
        self.run = run;
        self.spans.clear();
        self.last_ms = at_ms;
    }

    pub(super) fn add(&mut self, heard: HeardPlace) {
        if heard.run == self.run {
            self.spans.push_back(heard);
        }
    }

    /// Milliseconds from recording start that are heard at `now`.
    pub(super) fn place_ms(&mut self, now: Instant) -> f64 {
        let mut jumped = false;
        while self.spans.len() > 1 && self.spans[1].at <= now {
            let done = self.spans.pop_front();
            jumped |= done.is_some_and(|d| self.spans[0].from < d.to);
        }
        let Some(span) = self.spans.front() else {
            return self.last_ms;
        };
        let since = now.saturating_duration_since(span.at).as_secs_f64();
        let share = match span.lasts.as_secs_f64() {
            0.0 => 1.0,
            lasts => (since / lasts).min(1.0),
        };
        let ms = (f64::from(span.from) + f64::from(span.to - span.from) * share) / PLACES_PER_MS;
        let jitter = !jumped && ms < self.last_ms && self.last_ms - ms < JITTER_MS;
        if !jitter {
            self.last_ms = ms;
        }
        self.last_ms
    }

    /// Whether everything that went out has been heard.
    pub(super) fn is_over(&self, now: Instant) -> bool {
        self.spans
            .back()
            .is_none_or(|span| span.at + span.lasts <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_place_follows_the_clock_through_spans_and_jumps() {
        let t0 = Instant::now();
        let ms = Duration::from_millis;
        let span = |at, lasts, from: u32, to: u32| HeardPlace {
            run: 3,
            at: t0 + ms(at),
            lasts: ms(lasts),
            from: from * PLACES_PER_MS as u32,
            to: to * PLACES_PER_MS as u32,
        };
        let mut track = Track::default();
        track.start(3, 500.0);
        assert_eq!(track.place_ms(t0), 500.0);
        track.add(HeardPlace {
            run: 2,
            ..span(0, 10, 9000, 9010)
        });
        track.add(span(100, 100, 500, 700)); // twice as fast
        track.add(span(200, 100, 100, 200)); // a loop begins again
        assert_eq!(track.place_ms(t0 + ms(50)), 500.0);
        assert_eq!(track.place_ms(t0 + ms(150)), 600.0);
        assert_eq!(
            track.place_ms(t0 + ms(140)),
            600.0,
            "the clock's jitter moves nothing back"
        );
        assert_eq!(track.place_ms(t0 + ms(250)), 150.0);
        assert!(!track.is_over(t0 + ms(299)));
        assert!(track.is_over(t0 + ms(300)));
        assert_eq!(track.place_ms(t0 + ms(400)), 200.0);
    }
}
