//! Puts words onto the recording.
//!
//! whisper.cpp 1.8.3 tells ends in whole seconds as often as not, and a start is the end before, seconds
//! early when somebody paused. So words are laid onto the breaths voice activity heard: each breath gets
//! about as many syllables as it is long, pauses fall where the text has a mark, and Whisper's own
//! times pull where they are near.

use crate::decode::{Stamp, Weighed};
use crate::units::{Unit, spread, units};
use crate::vad::Span;
use crate::window::Window;

/// A pause this long parts two breaths, in samples (0.2 s).
const BREATH_GAP: u64 = 3_200;
/// Text over less speech than this, by Whisper's own times, was made up.
const NO_SPEECH_SHARE: f32 = 0.2;
/// Whisper's times pull a boundary that is no further away than this, in samples (0.6 s).
const PULL: f32 = 9_600.0;
/// How much the nearest of them counts: as much as a breath whose words take half as long again as it
/// lasts.
const MOST_PULL: f32 = 2.5;

const SECOND: f32 = 16_000.0;

/// Speech between two pauses.
struct Breath {
    /// In the recording.
    islands: Vec<Span>,
    /// In the window.
    inside: Span,
    speech: u64,
}

/// Words of a window with their places, in order; what Whisper put where nobody spoke is left out.
pub(crate) fn placed(heard: &Weighed, window: &Window) -> Vec<Unit> {
    let mut all = units(&heard.text, &heard.sure);
    let nothing = over_nothing(&heard.stamps, &window.islands_inside());
    all.retain(|u| !nothing.iter().any(|n| n.contains(&u.at)));
    let breaths = breaths(window);
    if breaths.is_empty() {
        return Vec::new();
    }
    let bounds = Laying::new(&all, &breaths, &heard.stamps).bounds();
    for (pair, breath) in bounds.windows(2).zip(&breaths) {
        spread(&mut all[pair[0]..pair[1]], &breath.islands);
    }
    all
}

/// Characters Whisper wrote over silence.
fn over_nothing(stamps: &[Stamp], islands: &[Span]) -> Vec<std::ops::Range<usize>> {
    let pairs = stamps.windows(2).filter(|s| s[1].at > s[0].at);
    pairs
        .filter(|s| {
            let own = Span {
                start: s[0].sample,
                end: s[1].sample,
            };
            let heard: u64 = islands.iter().map(|i| i.shared(own)).sum();
            own.len() > 0 && (heard as f32) < NO_SPEECH_SHARE * own.len() as f32
        })
        .map(|s| s[0].at..s[1].at)
        .collect()
}

fn breaths(window: &Window) -> Vec<Breath> {
    let mut out: Vec<Breath> = Vec::new();
    for (there, here) in window.islands.iter().zip(window.islands_inside()) {
        match out.last_mut() {
            Some(last) if there.start < last.islands[last.islands.len() - 1].end + BREATH_GAP => {
                last.islands.push(*there);
                last.inside.end = here.end;
                last.speech += there.len();
            }
            _ => out.push(Breath {
                islands: vec![*there],
                inside: here,
                speech: there.len(),
            }),
        }
    }
    out
}

/// The cheapest way to share words out to breaths.
struct Laying<'a> {
    units: &'a [Unit],
    breaths: &'a [Breath],
    stamps: &'a [Stamp],
    /// Syllables before each unit.
    said: Vec<f32>,
    /// Samples a syllable takes.
    pace: f32,
    is_punctuated: bool,
}

impl<'a> Laying<'a> {
    fn new(units: &'a [Unit], breaths: &'a [Breath], stamps: &'a [Stamp]) -> Self {
        let mut said = vec![0.0];
        for unit in units {
            said.push(said[said.len() - 1] + unit.syllables());
        }
        let speech: u64 = breaths.iter().map(|b| b.speech).sum();
        Self {
            pace: speech as f32 / said[units.len()].max(1.0),
            is_punctuated: units.iter().any(|u| mark_of(u) == Mark::Sentence),
            units,
            breaths,
            stamps,
            said,
        }
    }

    /// First unit of each breath, and the number of units.
    fn bounds(&self) -> Vec<usize> {
        let (n, count) = (self.units.len(), self.breaths.len());
        let mut least = vec![vec![f32::INFINITY; n + 1]; count + 1];
        let mut from = vec![vec![0; n + 1]; count + 1];
        least[0][0] = 0.0;
        for b in 0..count {
            for to in 0..=n {
                let edge = if b + 1 < count { self.edge(b, to) } else { 0.0 };
                for first in 0..=to {
                    let cost = least[b][first] + self.misfit(b, first, to) + edge;
                    if cost < least[b + 1][to] {
                        least[b + 1][to] = cost;
                        from[b + 1][to] = first;
                    }
                }
            }
        }
        let mut bounds = vec![n];
        for b in (0..count).rev() {
            bounds.push(from[b + 1][bounds[bounds.len() - 1]]);
        }
        bounds.reverse();
        bounds
    }

    /// How badly units `first..to` fill a breath.
    fn misfit(&self, breath: usize, first: usize, to: usize) -> f32 {
        let speech = self.breaths[breath].speech as f32;
        let wanted = (self.said[to] - self.said[first]) * self.pace;
        let slack = SECOND / 4.0 + speech / 4.0;
        ((wanted - speech) / slack).powi(2)
    }

    /// How badly the pause behind a breath falls in front of unit `at`.
    fn edge(&self, breath: usize, at: usize) -> f32 {
        if at == 0 || at == self.units.len() {
            return 0.0;
        }
        let (before, behind) = (&self.breaths[breath], &self.breaths[breath + 1]);
        let last = before.islands[before.islands.len() - 1].end;
        let pause = behind.islands[0].start.saturating_sub(last) as f32 / SECOND;
        let broken = match mark_of(&self.units[at - 1]) {
            Mark::Sentence => 0.0,
            Mark::Clause => 0.2,
            Mark::None if self.is_punctuated => 0.4 + pause.min(1.5),
            Mark::None => 0.3,
        };
        broken - self.pull(at, before.inside.end, behind.inside.start)
    }

    /// What Whisper's own time says for a boundary in this pause of the window.
    fn pull(&self, at: usize, from: u64, to: u64) -> f32 {
        let before = &self.units[at - 1];
        let said_there = before.at + before.text.chars().count()..=self.units[at].at;
        let near = self.stamps.iter().filter(|s| said_there.contains(&s.at));
        near.map(|s| {
            let off = from
                .saturating_sub(s.sample)
                .max(s.sample.saturating_sub(to));
            MOST_PULL * (1.0 - off as f32 / PULL).max(0.0)
        })
        .fold(0.0, f32::max)
    }
}

/// What stands behind a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    /// Nothing that tells.
    None,
    /// A comma and the like.
    Clause,
    /// The end of a sentence.
    Sentence,
}

/// What stands behind a unit.
pub(crate) fn mark_of(unit: &Unit) -> Mark {
    if unit.tail.contains(['。', '？', '！', '.', '?', '!', '…']) {
        Mark::Sentence
    } else if unit
        .tail
        .contains(['，', '；', '、', '：', ',', ';', ':', '—'])
    {
        Mark::Clause
    } else {
        Mark::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::written;
    use crate::vad::Utterance;
    use crate::window::{Packer, Tape};
    use rstest::rstest;

    /// A window over 60 s of tape with speech at these seconds.
    fn window(speech: &[(f64, f64)]) -> Window {
        let at = |s: f64| (s * f64::from(SECOND)) as u64;
        let mut tape = Tape::default();
        tape.push(&vec![0.0; at(60.0) as usize]);
        let mut packer = Packer::default();
        for (start, end) in speech {
            let islands = vec![Span {
                start: at(*start),
                end: at(*end),
            }];
            let utterance = Utterance {
                islands,
                cut: false,
            };
            assert!(packer.add(&tape, &utterance).is_none());
        }
        packer.take(0, true).unwrap()
    }

    /// Text of each breath.
    fn laid(speech: &[(f64, f64)], text: &str, stamps: &[(usize, f64)]) -> Vec<String> {
        let stamps = stamps.iter().map(|(at, s)| Stamp {
            at: *at,
            sample: (s * f64::from(SECOND)) as u64,
        });
        let heard = Weighed {
            sure: vec![0.9; text.chars().count()],
            text: text.to_owned(),
            stamps: stamps.collect(),
        };
        let units = placed(&heard, &window(speech));
        speech
            .iter()
            .map(|(start, end)| {
                let inside = |u: &&Unit| {
                    let middle = (u.span.start + u.span.end) as f64 / 2.0 / f64::from(SECOND);
                    (*start..=*end).contains(&middle)
                };
                let mine: Vec<Unit> = units.iter().filter(inside).cloned().collect();
                let (text, tail) = written(&mine);
                text + tail.trim_end()
            })
            .collect()
    }

    #[rstest]
    #[case::marks(&[(10.0, 11.0), (40.0, 41.6)], "订单号呢？我现在就去找。", &["订单号呢？", "我现在就去找。"])]
    #[case::lengths(&[(10.0, 11.0), (20.0, 23.0)], "你好我想退一台冰箱可以吗", &["你好我", "想退一台冰箱可以吗"])]
    #[case::a_mark_beside_the_length(&[(10.0, 11.0), (20.0, 22.4)], "好的，我现在就去找那张订单。", &["好的，", "我现在就去找那张订单。"])]
    #[case::words(&[(1.0, 2.0), (5.0, 7.0)], "Could you hold? I will look into the system.", &["Could you hold?", "I will look into the system."])]
    #[case::a_cough(&[(1.0, 1.2), (5.0, 7.0)], "I will look into the system.", &["", "I will look into the system."])]
    fn a_breath_gets_the_words_that_fit(
        #[case] speech: &[(f64, f64)],
        #[case] text: &str,
        #[case] want: &[&str],
    ) {
        assert_eq!(laid(speech, text, &[]), want);
    }

    #[test]
    fn whispers_own_time_decides_between_two_that_fit() {
        // 10–12 s and 40–42.5 s lie at 0.4–2.4 s and 3.2–5.7 s of the window.
        let speech = &[(10.0, 12.0), (40.0, 42.5)];
        let text = "天地玄黄宇宙洪荒日月盈昃";
        assert_eq!(laid(speech, text, &[])[0].chars().count(), 5);
        let told = laid(speech, text, &[(0, 0.4), (6, 2.6), (6, 3.2), (12, 5.7)]);
        assert_eq!(told, ["天地玄黄宇宙", "洪荒日月盈昃"]);
    }

    #[test]
    fn what_stands_over_silence_is_left_out() {
        let speech = &[(10.0, 12.0), (40.0, 43.0)];
        let text = "我现在就去找谢谢观看";
        let stamps = [(0, 0.4), (6, 2.4), (6, 2.5), (10, 3.1)];
        let told = laid(speech, text, &stamps);
        assert_eq!(told.concat(), "我现在就去找");
    }
}
