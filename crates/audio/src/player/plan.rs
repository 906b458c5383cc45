//! What to play next: one contiguous stretch after another, by loop, clip, and silence.

use qinting_desk::Span;
use qinting_domain::{Region, RegionKind};

/// Silence that is left on both sides of a jump, milliseconds: words keep their breath.
const LEFT_MS: u64 = 200;
/// Shorter loops would be a buzz, milliseconds.
const SHORTEST_LOOP_MS: u64 = 50;

/// The rules a run is planned by. All in milliseconds.
pub(super) struct Rules<'a> {
    pub duration_ms: u64,
    pub clip: Option<&'a Span>,
    pub loop_range: Option<&'a Span>,
    /// Set when silence is to be skipped.
    pub silences: Option<&'a [Region]>,
}

impl Rules<'_> {
    /// The next stretch from `at_ms`; `None` when there is nothing more to play.
    pub(super) fn next(&self, at_ms: f64) -> Option<(f64, f64)> {
        let until = |at: f64, end: u64| (at < end as f64).then_some((at, end as f64));
        if let Some(clip) = self.clip {
            return until(at_ms, clip.end_ms.min(self.duration_ms));
        }
        if let Some(range) = self.loop_range {
            let end = range.end_ms.min(self.duration_ms);
            if end >= range.start_ms + SHORTEST_LOOP_MS {
                return until(at_ms, end).or_else(|| until(range.start_ms as f64, end));
            }
        }
        let mut at = at_ms;
        let mut end = self.duration_ms;
        for gap in self.silences.unwrap_or_default() {
            if gap.kind != RegionKind::Silence || gap.end_ms <= gap.start_ms + 2 * LEFT_MS {
                continue;
            }
            // Silence at the very end is skipped to the end itself.
            let back = match gap.end_ms >= self.duration_ms {
                true => self.duration_ms,
                false => gap.end_ms - LEFT_MS,
            };
            let gone = gap.start_ms + LEFT_MS;
            if at >= gone as f64 && at < back as f64 {
                at = back as f64;
            } else if at < gone as f64 {
                end = end.min(gone);
                break;
            }
        }
        until(at, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn silence(start_ms: u64, end_ms: u64) -> Region {
        Region {
            kind: RegionKind::Silence,
            start_ms,
            end_ms,
        }
    }

    fn all(rules: &Rules<'_>, mut at: f64, most: usize) -> Vec<(u64, u64)> {
        let mut found = Vec::new();
        while let Some((from, to)) = rules.next(at) {
            found.push((from as u64, to as u64));
            at = to;
            if found.len() == most {
                break;
            }
        }
        found
    }

    #[test]
    fn silence_is_jumped_with_a_breath_left_on_both_sides() {
        let gaps = [
            silence(2000, 6000),
            silence(6100, 6400),
            silence(8000, 10_000),
        ];
        let mut rules = Rules {
            duration_ms: 10_000,
            clip: None,
            loop_range: None,
            silences: Some(&gaps),
        };
        assert_eq!(all(&rules, 0.0, 9), [(0, 2200), (5800, 8200)]);
        assert_eq!(all(&rules, 3000.0, 9), [(5800, 8200)]);
        rules.silences = None;
        assert_eq!(all(&rules, 0.0, 9), [(0, 10_000)]);
    }

    #[test]
    fn a_clip_is_played_whole_and_once_and_a_loop_goes_round() {
        let gaps = [silence(2000, 6000)];
        let range = Span {
            start_ms: 1000,
            end_ms: 7000,
        };
        let rules = Rules {
            duration_ms: 10_000,
            clip: Some(&range),
            loop_range: None,
            silences: Some(&gaps),
        };
        assert_eq!(all(&rules, 1000.0, 9), [(1000, 7000)]);
        let rules = Rules {
            clip: None,
            loop_range: Some(&range),
            ..rules
        };
        assert_eq!(
            all(&rules, 500.0, 3),
            [(500, 7000), (1000, 7000), (1000, 7000)]
        );
        assert_eq!(all(&rules, 9000.0, 1), [(1000, 7000)]);
        let tiny = Span {
            start_ms: 1000,
            end_ms: 1010,
        };
        let rules = Rules {
            loop_range: Some(&tiny),
            silences: None,
            ..rules
        };
        assert_eq!(all(&rules, 0.0, 9), [(0, 10_000)]);
    }
}
