//! Do lines stand where somebody speaks? Against a call of which that is known.

use crate::text::Line;

/// A pause of a lane of at least this length is no part of a line.
const PAUSE_MS: u64 = 1_500;

/// A stretch of a lane in which somebody speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) lane: u16,
    /// In milliseconds of the call.
    pub(super) start_ms: u64,
    /// In milliseconds of the call.
    pub(super) end_ms: u64,
}

/// How the lines of a call lie.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Places {
    /// Distance of the first line's start from where a clip begins, in milliseconds, by clip.
    pub(super) starts_ms: Vec<u64>,
    /// Distance of the last line's end from where a clip ends.
    pub(super) ends_ms: Vec<u64>,
    /// Lines of which a pause's length lies in a pause.
    pub(super) over_pause: usize,
    /// Clips on which no line stands.
    pub(super) without: usize,
    /// All clips.
    pub(super) clips: usize,
}

/// Looks where the lines lie. A line belongs to the clip it covers most of.
pub(super) fn of(lines: &[Line], said: &[Said], length_ms: u64) -> Places {
    let mut own: Vec<Vec<&Line>> = vec![Vec::new(); said.len()];
    for line in lines {
        let most = (0..said.len()).max_by_key(|n| (shared(line, &said[*n]), usize::MAX - n));
        if let Some(n) = most.filter(|n| shared(line, &said[*n]) > 0) {
            own[n].push(line);
        }
    }
    let pauses = pauses(said, length_ms);
    let mut places = Places {
        over_pause: lines
            .iter()
            .filter(|l| pauses.iter().any(|p| shared(l, p) >= PAUSE_MS))
            .count(),
        without: said
            .iter()
            .filter(|s| lines.iter().all(|l| shared(l, s) == 0))
            .count(),
        clips: said.len(),
        ..Places::default()
    };
    for (clip, lines) in said.iter().zip(own) {
        let first = lines.iter().map(|l| l.start_ms).min();
        let last = lines.iter().map(|l| l.end_ms).max();
        places
            .starts_ms
            .extend(first.map(|ms| ms.abs_diff(clip.start_ms)));
        places
            .ends_ms
            .extend(last.map(|ms| ms.abs_diff(clip.end_ms)));
    }
    places.starts_ms.sort_unstable();
    places.ends_ms.sort_unstable();
    places
}

/// Milliseconds a line and a stretch have in common.
fn shared(line: &Line, said: &Said) -> u64 {
    if line.lane != said.lane {
        return 0;
    }
    let (from, to) = (
        line.start_ms.max(said.start_ms),
        line.end_ms.min(said.end_ms),
    );
    to.saturating_sub(from)
}

/// What lies between the clips of each lane, where that is a pause.
fn pauses(said: &[Said], length_ms: u64) -> Vec<Said> {
    let mut pauses = Vec::new();
    let lanes = said.iter().map(|s| s.lane).max().map_or(0, |l| l + 1);
    for lane in 0..lanes {
        let mut mine: Vec<&Said> = said.iter().filter(|s| s.lane == lane).collect();
        mine.sort_by_key(|s| s.start_ms);
        let starts = mine.iter().map(|s| s.start_ms).chain([length_ms]);
        let mut start_ms = 0;
        for (n, end_ms) in starts.enumerate() {
            let pause = Said {
                lane,
                start_ms,
                end_ms,
            };
            pauses.extend(Some(pause).filter(|p| p.end_ms >= p.start_ms + PAUSE_MS));
            start_ms = mine.get(n).map_or(length_ms, |s| s.end_ms);
        }
    }
    pauses
}

/// The middle of sorted numbers.
pub(super) fn median(sorted: &[u64]) -> u64 {
    sorted.get(sorted.len() / 2).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(lane: u16, start_ms: u64, end_ms: u64) -> Line {
        Line {
            lane,
            start_ms,
            end_ms,
            text: "好".into(),
        }
    }

    fn said(lane: u16, start_ms: u64, end_ms: u64) -> Said {
        Said {
            lane,
            start_ms,
            end_ms,
        }
    }

    #[test]
    fn the_first_start_and_the_last_end_of_a_clip_are_measured_on_its_lane() {
        let clips = [said(0, 1_000, 4_000), said(1, 4_500, 6_000)];
        let lines = [
            line(0, 1_100, 2_000),
            line(0, 2_000, 3_700),
            line(1, 4_450, 6_200),
        ];
        let found = of(&lines, &clips, 8_000);
        assert_eq!(found.starts_ms, [50, 100]);
        assert_eq!(found.ends_ms, [200, 300]);
        assert_eq!((found.over_pause, found.without, found.clips), (0, 0, 2));
    }

    #[test]
    fn a_line_belongs_to_the_clip_it_covers_most_and_a_missed_clip_is_counted() {
        let clips = [
            said(0, 1_000, 2_000),
            said(0, 2_500, 5_000),
            said(0, 9_000, 9_500),
        ];
        let found = of(&[line(0, 1_500, 5_000)], &clips, 10_000);
        assert_eq!(found.starts_ms, [1_000]);
        assert_eq!(found.ends_ms, [0]);
        assert_eq!(found.without, 1);
    }

    #[test]
    fn a_line_may_not_lie_over_a_pause_of_its_lane_before_between_or_after_clips() {
        let clips = [
            said(0, 3_000, 4_000),
            said(0, 5_000, 6_000),
            said(1, 0, 10_000),
        ];
        let over = |start_ms, end_ms| of(&[line(0, start_ms, end_ms)], &clips, 10_000).over_pause;
        assert_eq!(over(1_000, 4_000), 1);
        assert_eq!(over(2_000, 4_000), 0);
        assert_eq!(over(3_000, 6_000), 0);
        assert_eq!(over(5_000, 9_000), 1);
    }
}
