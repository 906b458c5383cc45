//! How much two sets of stretches overlap, for every place one of them may lie at.

use crate::Stretch;

/// Places are so far apart, in milliseconds.
pub(super) const STEP_MS: i64 = 20;
/// So many steps earlier and later are looked at: a minute.
pub(super) const REACH: i64 = 60_000 / STEP_MS;
/// Pauses shorter than this are none, in steps.
const PAUSE: i64 = 200 / STEP_MS;

/// Stretches in steps, in order, apart from each other.
pub(super) struct Spans(Vec<(i64, i64)>);

impl Spans {
    /// Laid together.
    pub fn of(stretches: &[Stretch]) -> Self {
        let step = |ms: u64| i64::try_from(ms).unwrap_or(i64::MAX) / STEP_MS;
        let mut all: Vec<(i64, i64)> = stretches
            .iter()
            .map(|s| (step(s.start_ms), step(s.end_ms)))
            .filter(|(start, end)| start < end)
            .collect();
        all.sort_unstable();
        let mut spans: Vec<(i64, i64)> = Vec::with_capacity(all.len());
        for (start, end) in all {
            match spans.last_mut() {
                Some(last) if start < last.1 + PAUSE => last.1 = last.1.max(end),
                _ => spans.push((start, end)),
            }
        }
        Self(spans)
    }

    /// How long they are together, in steps.
    pub fn length(&self) -> i64 {
        self.0.iter().map(|(start, end)| end - start).sum()
    }
}

/// The overlap, in steps, with `lines` lying at each place from [`REACH`] before `base` to [`REACH`] behind it.
///
/// Two stretches overlap by nothing, then by more with each step, by the whole shorter one, by less, by nothing: four
/// bends. All bends together, summed twice, are the overlap of all with all, so a line costs the stretches of speech
/// within a minute of it and no more.
pub(super) fn overlaps(lines: &Spans, speech: &Spans, base: i64) -> Vec<i64> {
    let places = 2 * REACH + 1;
    let mut bends = vec![0_i64; places as usize];
    // What rose before the first place.
    let (mut overlap, mut rise) = (0, 0);
    for (start, end) in lines.0.iter().map(|(s, e)| (s + base, e + base)) {
        let first = speech.0.partition_point(|(_, e)| *e < start - REACH);
        let near = speech.0[first..]
            .iter()
            .take_while(|(s, _)| *s <= end + REACH);
        for (from, to) in near {
            let meets = from - end + REACH;
            let (line, heard) = (end - start, to - from);
            let all = [
                (meets, 1),
                (meets + line.min(heard), -1),
                (meets + line.max(heard), -1),
                (meets + line + heard, 1),
            ];
            for (at, bend) in all {
                match at {
                    ..0 => (overlap, rise) = (overlap - at * bend, rise + bend),
                    _ if at < places => bends[at as usize] += bend,
                    _ => {}
                }
            }
        }
    }
    let mut out = Vec::with_capacity(bends.len());
    for bend in bends {
        out.push(overlap);
        rise += bend;
        overlap += rise;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spans(all: &[(u64, u64)]) -> Spans {
        let stretch = |(start, length): &(u64, u64)| Stretch {
            start_ms: *start,
            end_ms: start + length,
        };
        Spans::of(&all.iter().map(stretch).collect::<Vec<_>>())
    }

    fn counted(lines: &Spans, speech: &Spans, shift: i64) -> i64 {
        let mut sum = 0;
        for (start, end) in &lines.0 {
            for (from, to) in &speech.0 {
                sum += ((end + shift).min(*to) - (start + shift).max(*from)).max(0);
            }
        }
        sum
    }

    proptest! {
        #[test]
        fn what_is_summed_is_what_one_would_count(
            lines in prop::collection::vec((0..200_000_u64, 0..9_000_u64), 0..12),
            speech in prop::collection::vec((0..200_000_u64, 0..9_000_u64), 0..12),
            base in -3_000..3_000_i64,
        ) {
            let (lines, speech) = (spans(&lines), spans(&speech));
            let summed = overlaps(&lines, &speech, base);
            for place in (0..=2 * REACH).step_by(97) {
                let counted = counted(&lines, &speech, base + place - REACH);
                prop_assert_eq!(summed[place as usize], counted, "at {}", place);
            }
        }
    }
}
