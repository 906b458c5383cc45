//! What of a window Whisper did not write down.

use crate::decode::Weighed;
use crate::vad::Span;
use crate::window::{PAD, Window};

/// Whisper's last time may lie this far before the end of what it heard, in samples (0.5 s) …
const REST_GAP: u64 = 8_000;
/// … and more speech than this behind it is heard by itself, in samples (0.8 s).
const REST_LEAST: u64 = 12_800;

/// Where Whisper stopped before the speech did. Text behind its last time is a line it did not finish:
/// it is heard from its beginning again, as whisper.cpp itself would do.
#[derive(Debug, PartialEq)]
pub(crate) struct LeftOver {
    /// In samples of the window.
    pub(crate) from: usize,
    /// So many characters are finished.
    finished: usize,
}

impl LeftOver {
    /// `begun`: where the last pass began, which must not be begun again.
    pub(crate) fn of(heard: &Weighed, window: &Window, begun: u64) -> Option<Self> {
        let last = *heard.stamps.last()?;
        let is_unfinished = last.at < heard.sure.len();
        if is_unfinished && last.sample <= begun + PAD {
            return None;
        }
        let gap = if is_unfinished { 0 } else { REST_GAP };
        let rest = Span {
            start: last.sample + gap,
            end: window.samples.len() as u64,
        };
        let islands = window.islands_inside();
        let speech: u64 = islands.iter().map(|i| i.shared(rest)).sum();
        let next = islands.iter().find(|i| i.end > rest.start)?;
        (speech >= REST_LEAST).then(|| Self {
            from: next.start.max(last.sample).saturating_sub(PAD / 2) as usize,
            finished: last.at,
        })
    }

    /// Puts what was heard of it in the place of the unfinished line; where nothing was, that line stays.
    pub(crate) fn goes_on_with(&self, rest: Weighed, heard: &mut Weighed) -> bool {
        let says = !rest.text.trim().is_empty();
        if says {
            heard.cut(self.finished);
            heard.append(rest, self.from);
        }
        says
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Stamp;
    use crate::vad::Utterance;
    use crate::window::{Packer, Tape};

    const SECOND: u64 = 16_000;

    /// 20 s of one voice.
    fn window() -> Window {
        let mut tape = Tape::default();
        tape.push(&vec![0.0; 30 * SECOND as usize]);
        let mut packer = Packer::default();
        let islands = vec![Span {
            start: SECOND,
            end: 21 * SECOND,
        }];
        let cut = false;
        packer.add(&tape, &Utterance { islands, cut });
        packer.take(0, true).unwrap()
    }

    /// A text with times in seconds before these characters.
    fn heard(text: &str, stamps: &[(usize, u64)]) -> Weighed {
        let stamp = |(at, second): &(usize, u64)| Stamp {
            at: *at,
            sample: second * SECOND,
        };
        Weighed {
            sure: vec![0.9; text.chars().count()],
            text: text.to_owned(),
            stamps: stamps.iter().map(stamp).collect(),
        }
    }

    #[test]
    fn a_line_that_was_not_finished_is_heard_from_its_beginning() {
        let mut first = heard("我想退货。冰箱", &[(0, 0), (5, 12), (5, 12)]);
        let left = LeftOver::of(&first, &window(), 0).unwrap();
        assert_eq!(left.finished, 5);
        assert!(left.from as u64 <= 12 * SECOND && left.from as u64 > 11 * SECOND);
        assert!(left.goes_on_with(heard("冰箱太大了。", &[(0, 0), (6, 8)]), &mut first));
        assert_eq!(first.text, "我想退货。冰箱太大了。");
        assert_eq!(LeftOver::of(&first, &window(), left.from as u64), None);
    }

    #[test]
    fn an_unfinished_line_stays_when_nothing_more_is_heard() {
        let mut first = heard("我想退货。冰箱", &[(0, 0), (5, 12), (5, 12)]);
        let left = LeftOver::of(&first, &window(), 0).unwrap();
        assert!(!left.goes_on_with(heard("", &[]), &mut first));
        assert_eq!(first.text, "我想退货。冰箱");
    }

    #[test]
    fn what_reaches_the_end_of_the_speech_leaves_nothing_over() {
        let whole = heard("我想退货。", &[(0, 0), (5, 20)]);
        assert_eq!(LeftOver::of(&whole, &window(), 0), None);
        let untimed = heard("我想退货。", &[(0, 0)]);
        assert_eq!(LeftOver::of(&untimed, &window(), 0), None);
    }
}
