//! Where somebody speaks, by how loud it is: a measure that owes nothing to the voice activity it is
//! held against. Right on clean clips; on a telephone line good enough for a share.

use crate::speak::RATE_HZ;
use std::ops::Range;

/// Samples of a frame (10 ms).
const FRAME: usize = RATE_HZ as usize / 100;
/// Frames of a gap that is a part of speech: the closure of a plosive, a breath.
const GAP: usize = 30;
/// Frames that a sound lasts at least: shorter ones are clicks.
const LEAST: usize = 6;
/// Below this nobody speaks, in decibels of full scale.
const LEAST_DB: f32 = -70.0;
/// What quiet is, in decibels of full scale, when there is no sound at all.
const NOTHING_DB: f32 = -100.0;

/// Stretches of speech, in samples at [`RATE_HZ`].
pub(super) fn speech(samples: &[f32]) -> Vec<Range<usize>> {
    let levels: Vec<f32> = samples.chunks(FRAME).map(level).collect();
    let bound = bound(&levels);
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (n, _) in levels.iter().enumerate().filter(|(_, db)| **db > bound) {
        match runs.last_mut() {
            Some(run) if run.end == n => run.end = n + 1,
            _ => runs.push(n..n + 1),
        }
    }
    runs.retain(|run| run.len() >= LEAST);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for run in runs {
        match joined.last_mut() {
            Some(before) if run.start - before.end <= GAP => before.end = run.end,
            _ => joined.push(run),
        }
    }
    let place = |frame: usize| (frame * FRAME).min(samples.len());
    let joined = joined.into_iter();
    joined.map(|r| place(r.start)..place(r.end)).collect()
}

/// Share of the time in which somebody speaks, 0–1.
pub(super) fn share(samples: &[f32]) -> f64 {
    let spoken: usize = speech(samples).iter().map(ExactSizeIterator::len).sum();
    spoken as f64 / samples.len().max(1) as f64
}

/// Decibels of full scale.
fn level(frame: &[f32]) -> f32 {
    let power = frame.iter().map(|s| s * s).sum::<f32>() / frame.len().max(1) as f32;
    (10.0 * power.log10()).max(NOTHING_DB)
}

/// Louder than this is speech: ten decibels above what is quiet here, within reason of what is loud.
fn bound(levels: &[f32]) -> f32 {
    let mut sorted = levels.to_vec();
    sorted.sort_by(f32::total_cmp);
    let at = |permille: usize| sorted.get(sorted.len() * permille / 1_000).copied();
    let (quiet, loud) = (at(100).unwrap_or(NOTHING_DB), at(950).unwrap_or(NOTHING_DB));
    (quiet + 10.0).clamp(loud - 32.0, loud - 18.0).max(LEAST_DB)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: usize = RATE_HZ as usize / 1_000;

    /// Stretches of (milliseconds, loudness 0–1).
    fn sound(parts: &[(usize, f32)]) -> Vec<f32> {
        let tone = |n: usize, loud: f32| loud * if n % 40 < 20 { 1.0 } else { -1.0 };
        let part = |(ms, loud): &(usize, f32)| (0..ms * MS).map(|n| tone(n, *loud)).collect();
        parts.iter().flat_map(|p| -> Vec<f32> { part(p) }).collect()
    }

    #[test]
    fn speech_begins_and_ends_where_it_is_loud() {
        let found = speech(&sound(&[
            (500, 0.001),
            (700, 0.3),
            (200, 0.001),
            (600, 0.2),
            (900, 0.001),
        ]));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0], 500 * MS..2_000 * MS);
    }

    #[test]
    fn a_longer_gap_parts_it_and_a_click_is_none() {
        let found = speech(&sound(&[
            (300, 0.0),
            (500, 0.3),
            (600, 0.0),
            (20, 0.5),
            (600, 0.0),
            (500, 0.3),
            (480, 0.0),
        ]));
        assert_eq!(found, [300 * MS..800 * MS, 2_020 * MS..2_520 * MS]);
    }

    #[test]
    fn nothing_is_no_speech() {
        assert!(speech(&[]).is_empty());
        assert!(share(&vec![0.0; 16_000]) < 0.001);
    }
}
