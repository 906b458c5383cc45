//! Stretches of a recording in which somebody speaks.

use crate::wav::RATE_HZ;

/// Where an utterance without a pause is cut, in frames: at its quietest point between the two.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut {
    pub(super) from: usize,
    pub(super) at: usize,
    /// From these lengths on, in frames, so short a pause ends an utterance, in frames.
    pub(super) pauses: &'static [(usize, u64)],
}

impl Cut {
    /// 20–28 s: Whisper hears 30 s at a time.
    pub(crate) const AS_LATE_AS_POSSIBLE: Self = Self {
        from: 1_250,
        at: 1_750,
        pauses: &[],
    };
    /// 12–15 s: somebody reads along, and text that may still change must not grow for ever. From 7 s on
    /// a pause of 224 ms is enough, from 10 s on one of 128 ms.
    pub(crate) const WHILE_SOMEBODY_WAITS: Self = Self {
        from: 750,
        at: 937,
        pauses: &[(437, 14), (625, 8)],
    };
}

/// A stretch of the recording, in samples at 16 kHz.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: u64,
    pub(crate) end: u64,
}

impl Span {
    pub(crate) fn len(self) -> u64 {
        self.end.saturating_sub(self.start)
    }
    /// Samples two stretches share.
    pub(crate) fn shared(self, other: Span) -> u64 {
        self.end
            .min(other.end)
            .saturating_sub(self.start.max(other.start))
    }
}

/// Speech between two silences, with the short pauses inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Utterance {
    /// Never empty, in order.
    pub(crate) islands: Vec<Span>,
    /// It was cut off for its length: speech goes on right behind it.
    pub(crate) cut: bool,
}

impl Utterance {
    pub(crate) fn start(&self) -> u64 {
        self.islands.first().map_or(0, |s| s.start)
    }
    pub(crate) fn end(&self) -> u64 {
        self.islands.last().map_or(0, |s| s.end)
    }
}

/// Milliseconds of a sample position at 16 kHz.
pub(crate) fn ms(samples: u64) -> u64 {
    samples * 1_000 / u64::from(RATE_HZ)
}
