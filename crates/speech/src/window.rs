//! Packs the utterances of a channel into windows Whisper hears in one go.
//!
//! Whisper encodes 30 s whatever is in them, and each side of a call is silent half the time. So
//! long silences are left out: neighbouring utterances share a window, short pauses at their
//! natural length, long ones shortened to [`PAD`] on either side. Decoding each utterance alone
//! would cost one encode each: several times a bare loop's work.

use crate::vad::{Span, Utterance};
use crate::wav::RATE_HZ;

/// Longest window in samples (29.5 s).
const LIMIT: usize = 472_000;
/// Audio kept around an utterance, in samples (0.4 s).
pub(crate) const PAD: u64 = 6_400;
/// Silence left out between two utterances must be longer than this beyond the first one's pad, in
/// samples (0.6 s): pauses up to a second stay as they are.
pub(crate) const NATURAL: u64 = 9_600;
/// An utterance may go into two windows at a pause this long, in samples (0.16 s).
const SPLIT_PAUSE: u64 = 2_560;
/// … when it is at least this long, in samples (8 s): shorter ones are a sentence or two, which stay
/// together.
const SPLIT_FROM: u64 = 8 * RATE_HZ as u64;
/// A window is closed after this much of the recording, in samples (90 s), full or not, so that
/// text from both sides keeps coming in order.
const PATIENCE: u64 = 90 * RATE_HZ as u64;

/// A run of recording copied into a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// Sample of the window it begins at.
    at: u64,
    /// What of the recording it is.
    span: Span,
}

/// Audio for one call of Whisper and the way back to the recording's time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Window {
    pub(crate) samples: Vec<f32>,
    pieces: Vec<Piece>,
    /// Speech in it, in recording samples.
    pub(crate) islands: Vec<Span>,
    /// It ends in the middle of somebody's speech.
    pub(crate) goes_on: bool,
}

impl Window {
    /// Where the recording's sample lies in the window (the nearest kept one).
    pub(crate) fn place_of(&self, sample: u64) -> u64 {
        let mut place = 0;
        for piece in &self.pieces {
            if sample < piece.span.start {
                break;
            }
            place = piece.at + (sample - piece.span.start).min(piece.span.len());
        }
        place
    }

    /// Speech in window samples, in order.
    pub(crate) fn islands_inside(&self) -> Vec<Span> {
        let inside = |s: &Span| Span {
            start: self.place_of(s.start),
            end: self.place_of(s.end),
        };
        self.islands.iter().map(inside).collect()
    }

    /// Share of a stretch of the recording in which somebody spoke, 0–1; all of it where this window
    /// knows nothing of it.
    pub(crate) fn share_of_speech(&self, span: Span) -> f32 {
        let heard: u64 = self.islands.iter().map(|i| i.shared(span)).sum();
        if heard == 0 {
            return 1.0;
        }
        heard as f32 / span.len().max(1) as f32
    }

    /// First sample of speech, in the recording.
    pub(crate) fn start(&self) -> u64 {
        self.islands.first().map_or(0, |s| s.start)
    }

    /// `spoken_to`: end of the utterance before, which must not be heard twice.
    fn add(&mut self, tape: &Tape, utterance: &Utterance, spoken_to: u64) {
        let mut from = utterance.start().saturating_sub(PAD).max(spoken_to);
        if let Some(last) = self.pieces.last() {
            let near = utterance.start().saturating_sub(last.span.end) <= NATURAL;
            from = if near {
                last.span.end
            } else {
                from.max(last.span.end)
            };
        }
        let after = if utterance.cut { 0 } else { PAD };
        let audio = tape.cut(Span {
            start: from,
            end: utterance.end() + after,
        });
        let span = Span {
            start: audio.0,
            end: audio.0 + audio.1.len() as u64,
        };
        let at = self.samples.len() as u64;
        self.samples.extend_from_slice(audio.1);
        self.islands.extend_from_slice(&utterance.islands);
        self.goes_on = utterance.cut;
        match self.pieces.last_mut() {
            Some(last) if last.span.end == span.start => last.span.end = span.end,
            _ => self.pieces.push(Piece { at, span }),
        }
    }

    /// Parts a long utterance that is too long for the room that is left, at its longest pause that fits
    /// and leaves no more than a third of the window empty.
    fn split(&self, utterance: &Utterance) -> Option<(Utterance, Utterance)> {
        if utterance.end() - utterance.start() < SPLIT_FROM {
            return None;
        }
        let part = |islands: &[Span], cut| Utterance {
            islands: islands.to_vec(),
            cut,
        };
        let (_, first, second) = (1..utterance.islands.len())
            .filter_map(|at| {
                let (before, behind) = utterance.islands.split_at(at);
                let pause = behind[0].start - before[at - 1].end;
                let first = part(before, true);
                let grown = self.grown_by(&first);
                let fits = (LIMIT * 2 / 3..=LIMIT).contains(&grown) && pause >= SPLIT_PAUSE;
                fits.then(|| (pause, first, part(behind, utterance.cut)))
            })
            .max_by_key(|(pause, ..)| *pause)?;
        Some((first, second))
    }

    fn grown_by(&self, utterance: &Utterance) -> usize {
        let whole = (utterance.end() + PAD).saturating_sub(utterance.start().saturating_sub(PAD));
        let bridge = self.pieces.last().map_or(0, |last| {
            let gap = utterance.start().saturating_sub(last.span.end);
            if gap <= NATURAL {
                gap.saturating_sub(PAD)
            } else {
                0
            }
        });
        self.samples.len() + (whole + bridge) as usize
    }
}

/// The last stretch of a channel's audio.
#[derive(Default)]
pub(crate) struct Tape {
    start: u64,
    samples: Vec<f32>,
}

impl Tape {
    /// The first sample will be this one.
    pub(crate) fn starting_at(sample: u64) -> Self {
        Self {
            start: sample,
            samples: Vec::new(),
        }
    }

    pub(crate) fn push(&mut self, samples: &[f32]) {
        self.samples.extend_from_slice(samples);
    }

    pub(crate) fn end(&self) -> u64 {
        self.start + self.samples.len() as u64
    }

    /// Forgets what lies before `sample`.
    pub(crate) fn forget(&mut self, sample: u64) {
        let n = (sample.saturating_sub(self.start) as usize).min(self.samples.len());
        self.samples.drain(..n);
        self.start += n as u64;
    }

    /// What is there of a stretch, and where it begins.
    pub(crate) fn cut(&self, span: Span) -> (u64, &[f32]) {
        let from = span.start.clamp(self.start, self.end());
        let to = span.end.clamp(from, self.end());
        (
            from,
            &self.samples[(from - self.start) as usize..(to - self.start) as usize],
        )
    }
}

/// Fills windows with the utterances of one channel.
#[derive(Default)]
pub(crate) struct Packer {
    open: Option<Window>,
    spoken_to: u64,
}

impl Packer {
    /// Nothing before this sample is heard.
    pub(crate) fn after(sample: u64) -> Self {
        Self {
            open: None,
            spoken_to: sample,
        }
    }

    /// Takes an utterance; gives the window that had no room for it, or not for all of it: a window
    /// costs the same however full it is, so it takes what goes in up to a pause.
    pub(crate) fn add(&mut self, tape: &Tape, utterance: &Utterance) -> Option<Window> {
        let is_too_much = |w: &&mut Window| w.grown_by(utterance) > LIMIT;
        let mut rest = utterance.clone();
        let full = self.open.as_mut().filter(is_too_much).map(|open| {
            if let Some((first, second)) = open.split(utterance) {
                open.add(tape, &first, self.spoken_to);
                self.spoken_to = first.end();
                rest = second;
            }
        });
        let full = full.and_then(|()| self.open.take());
        self.open
            .get_or_insert_default()
            .add(tape, &rest, self.spoken_to);
        self.spoken_to = rest.end();
        full
    }

    /// Gives the open window when it has waited long enough, or when `all` is over.
    pub(crate) fn take(&mut self, now: u64, all: bool) -> Option<Window> {
        self.open
            .take_if(|w| all || now.saturating_sub(w.start()) >= PATIENCE)
    }

    /// End of the last utterance it took; nothing before this is heard again.
    pub(crate) fn spoken_to(&self) -> u64 {
        self.spoken_to
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = RATE_HZ as u64;

    fn tape(seconds: u64) -> Tape {
        let mut tape = Tape::default();
        // Every sample tells its own place.
        tape.push(&(0..seconds * SECOND).map(|i| i as f32).collect::<Vec<_>>());
        tape
    }

    fn utterance(start: u64, end: u64) -> Utterance {
        Utterance {
            islands: vec![Span { start, end }],
            cut: false,
        }
    }

    #[test]
    fn long_silences_are_left_out_and_short_pauses_kept() {
        let (tape, mut packer) = (tape(60), Packer::default());
        for (start, end) in [
            (SECOND, 2 * SECOND),
            (45_000, 60_000),
            (50 * SECOND, 51 * SECOND),
        ] {
            assert!(packer.add(&tape, &utterance(start, end)).is_none());
        }
        let window = packer.take(0, true).unwrap();
        // 0.6 s to 4.15 s in one run, then 49.6 s to 51.4 s.
        let runs = (60_000 + PAD - (SECOND - PAD)) + (SECOND + 2 * PAD);
        assert_eq!(window.samples.len() as u64, runs);
        for island in &window.islands {
            let place = window.place_of(island.start) as usize;
            assert_eq!(window.samples[place], island.start as f32);
        }
    }

    #[test]
    fn no_window_is_longer_than_whisper_hears() {
        let (tape, mut packer) = (tape(400), Packer::default());
        let mut windows = Vec::new();
        for i in 0..40 {
            let start = i * 10 * SECOND + SECOND;
            windows.extend(packer.add(&tape, &utterance(start, start + 5 * SECOND)));
        }
        windows.extend(packer.take(0, true));
        assert_eq!(windows.iter().map(|w| w.islands.len()).sum::<usize>(), 40);
        assert!(windows.iter().all(|w| w.samples.len() <= LIMIT));
        assert!(
            windows.len() <= 8,
            "5.8 s each: five to a window, {} windows",
            windows.len()
        );
    }

    #[test]
    fn an_utterance_cut_for_its_length_is_not_heard_twice() {
        let (tape, mut packer) = (tape(60), Packer::default());
        let mut first = utterance(SECOND, 25 * SECOND);
        first.cut = true;
        assert!(packer.add(&tape, &first).is_none());
        let window = packer
            .add(&tape, &utterance(25 * SECOND, 40 * SECOND))
            .unwrap();
        assert_eq!(window.samples.last(), Some(&((25 * SECOND - 1) as f32)));
        let rest = packer.take(0, true).unwrap();
        assert_eq!(rest.samples.first(), Some(&((25 * SECOND) as f32)));
    }

    #[test]
    fn a_window_does_not_wait_for_ever() {
        let (tape, mut packer) = (tape(10), Packer::default());
        packer.add(&tape, &utterance(SECOND, 2 * SECOND));
        assert!(packer.take(60 * SECOND, false).is_none());
        assert!(packer.take(92 * SECOND, false).is_some());
    }
}
