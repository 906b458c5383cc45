//! What was told of a live call: when, with what doubt, and what of it was left in the end.

use crate::live::Told;
use crate::text::{Certain, Line};
use qinting_desk::LiveHeard;
use qinting_testkit::text::letters;
use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

/// Speech without text that is longer than this is lost, in milliseconds: lines of two passes begin
/// and end a little apart.
const RIM_MS: u64 = 500;

/// A call as it was told.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Heard {
    /// From the end of an utterance to the first text that stood for it, doubtful or not.
    pub(super) first: Vec<Duration>,
    /// How many of these were doubtful.
    pub(super) doubtful: usize,
    /// From the doubtful text to the settled one.
    pub(super) settled: Vec<Duration>,
    /// Certain characters that a later draft of the utterance did not have.
    pub(super) taken_back: usize,
    /// Share of the time in which drafts were left out, 0–1.
    pub(super) thinned: f64,
    /// The text that was left.
    pub(super) lines: Vec<Line>,
}

/// What a message says of an utterance that is over.
struct Over {
    of: (u16, u64),
    /// End of the utterance on the call's clock; `None` when nothing was said.
    end_ms: Option<u64>,
    is_doubtful: bool,
}

fn over(heard: &LiveHeard) -> Option<Over> {
    match heard {
        LiveHeard::Doubt {
            lane,
            utterance,
            end_ms,
            ..
        } => Some(Over {
            of: (*lane, *utterance),
            end_ms: Some(*end_ms),
            is_doubtful: true,
        }),
        LiveHeard::Final {
            lane,
            utterance,
            segments,
        } => Some(Over {
            of: (*lane, *utterance),
            end_ms: segments.last().map(|s| s.end_ms),
            is_doubtful: false,
        }),
        LiveHeard::Ready
        | LiveHeard::Draft { .. }
        | LiveHeard::Lag { .. }
        | LiveHeard::Failed { .. } => None,
    }
}

/// Follows the utterances of a call through what was told until `length`.
pub(super) fn follow(told: &Told, length: Duration) -> Heard {
    let mut heard = Heard::default();
    let mut certain = Certain::default();
    // By utterance: when something first stood for it, and whether that was doubtful.
    let mut first: BTreeMap<(u16, u64), (Duration, bool)> = BTreeMap::new();
    let mut thinned_since = None;
    let mut thinned = Duration::ZERO;
    for (at, message) in told {
        if let Some(over) = over(message) {
            match (first.get(&over.of), over.end_ms) {
                (Some((since, true)), _) if !over.is_doubtful => {
                    heard.settled.push(at.saturating_sub(*since));
                }
                (None, Some(end_ms)) => {
                    first.insert(over.of, (*at, over.is_doubtful));
                    let end = Duration::from_millis(end_ms);
                    heard.first.push(at.saturating_sub(end));
                    heard.doubtful += usize::from(over.is_doubtful);
                }
                _ => {}
            }
        }
        match message {
            LiveHeard::Draft {
                lane,
                utterance,
                committed,
                ..
            } => heard.taken_back += certain.take(*lane, *utterance, committed),
            LiveHeard::Final { segments, .. } => {
                heard.lines.extend(segments.iter().map(|s| Line {
                    lane: s.channel,
                    start_ms: s.start_ms,
                    end_ms: s.end_ms,
                    text: s.text.clone(),
                }))
            }
            LiveHeard::Lag { thinned: true, .. } => {
                thinned_since.get_or_insert(*at);
            }
            LiveHeard::Lag { thinned: false, .. } => {
                // The last texts come after the call is over.
                let until = (*at).min(length);
                let since = thinned_since.take();
                thinned += since.map_or(Duration::ZERO, |s| until.saturating_sub(s));
            }
            _ => {}
        }
    }
    thinned += thinned_since.map_or(Duration::ZERO, |s| length.saturating_sub(s));
    heard.thinned = thinned.as_secs_f64() / length.as_secs_f64();
    heard
}

/// Milliseconds of the full pass's lines on which no text of the call stands, and of all of them.
pub(super) fn lost(full: &[Line], lines: &[Line], speech: &[Vec<Range<u64>>]) -> (u64, u64) {
    let (mut lost, mut all) = (0, 0);
    for said in full.iter().filter(|l| !letters(&l.text).is_empty()) {
        let mut over: Vec<&Line> = lines.iter().filter(|l| l.lane == said.lane).collect();
        over.sort_by_key(|l| l.start_ms);
        let mut at = said.start_ms;
        let spoken = &speech[usize::from(said.lane)];
        for line in over {
            lost += hole(at, line.start_ms.min(said.end_ms), spoken);
            at = at.max(line.end_ms);
        }
        lost += hole(at, said.end_ms, spoken);
        all += said.end_ms.saturating_sub(said.start_ms);
    }
    (lost, all)
}

/// Speech in a hole, in milliseconds: a line of the full pass may go on over a pause.
fn hole(from_ms: u64, to_ms: u64, speech: &[Range<u64>]) -> u64 {
    if to_ms.saturating_sub(from_ms) <= RIM_MS {
        return 0;
    }
    let inside = |s: &Range<u64>| s.end.min(to_ms).saturating_sub(s.start.max(from_ms));
    speech.iter().map(inside).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use qinting_domain::HeardSegment;
    use rstest::rstest;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    fn settled(utterance: u64, start_ms: u64, end_ms: u64) -> LiveHeard {
        LiveHeard::Final {
            lane: 0,
            utterance,
            segments: vec![HeardSegment {
                start_ms,
                end_ms,
                channel: 0,
                text: "okay".into(),
                confidence: 1.0,
                language: "en".into(),
            }],
        }
    }

    fn draft(committed: &str) -> LiveHeard {
        LiveHeard::Draft {
            lane: 0,
            utterance: 0,
            start_ms: 0,
            end_ms: 900,
            committed: committed.into(),
            tentative: String::new(),
        }
    }

    fn lag(thinned: bool) -> LiveHeard {
        LiveHeard::Lag {
            behind_ms: 300,
            thinned,
        }
    }

    #[test]
    fn a_final_is_late_by_the_time_since_its_utterance_ended() {
        let nothing = LiveHeard::Final {
            lane: 0,
            utterance: 1,
            segments: Vec::new(),
        };
        let told = vec![
            (ms(2_500), settled(0, 200, 1_000)),
            (ms(3_000), nothing),
            (ms(6_000), settled(2, 4_000, 5_500)),
        ];
        let heard = follow(&told, ms(10_000));
        assert_eq!(heard.first, [ms(1_500), ms(500)]);
        assert_eq!((heard.doubtful, heard.lines.len()), (0, 2));
        assert!(heard.settled.is_empty());
    }

    #[test]
    fn certain_text_that_goes_and_time_without_drafts_are_counted() {
        let told = vec![
            (ms(1_000), draft("thank you")),
            (ms(2_000), lag(true)),
            (ms(3_000), lag(true)),
            (ms(4_000), lag(false)),
            (ms(5_000), draft("thank")),
            (ms(9_000), lag(true)),
        ];
        let heard = follow(&told, ms(10_000));
        assert_eq!(heard.taken_back, 3);
        assert!((heard.thinned - 0.3).abs() < 1e-9);
    }

    #[rstest]
    #[case(&[(1_000, 5_000)], 0)]
    #[case(&[(1_400, 4_600)], 0)]
    #[case(&[(1_000, 3_000)], 2_000)]
    #[case(&[(1_000, 2_000), (3_000, 5_000)], 1_000)]
    #[case(&[(0, 6_000)], 0)]
    #[case(&[(6_000, 9_000)], 4_000)]
    #[case(&[], 4_000)]
    fn speech_on_which_no_text_stands_is_lost(#[case] lines: &[(u64, u64)], #[case] want: u64) {
        let line = |(start_ms, end_ms): &(u64, u64)| Line {
            lane: 0,
            start_ms: *start_ms,
            end_ms: *end_ms,
            text: "okay".into(),
        };
        let lines: Vec<Line> = lines.iter().map(line).collect();
        let speech = [vec![0..5_000, 5_000..9_000]];
        assert_eq!(
            lost(&[line(&(1_000, 5_000))], &lines, &speech),
            (want, 4_000)
        );
    }

    #[test]
    fn a_pause_inside_a_line_is_no_speech() {
        let line = |start_ms, end_ms| Line {
            lane: 0,
            start_ms,
            end_ms,
            text: "okay".into(),
        };
        let speech = [vec![1_000..2_000, 2_600..5_000]];
        let live = [line(1_000, 2_000), line(2_600, 5_000)];
        assert_eq!(lost(&[line(1_000, 5_000)], &live, &speech).0, 0);
    }
}
