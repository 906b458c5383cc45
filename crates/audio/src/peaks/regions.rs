//! Silence and overtalk, from loudness alone.

use super::file::{BUCKET_FRAMES, Shape};
use qinting_domain::{Region, RegionKind};
use std::ops::Range;

/// Loudness is judged over about this long, milliseconds.
const STEP_MS: f64 = 32.0;
/// Pauses inside speech, milliseconds.
const BRIDGED_MS: f64 = 300.0;
/// Sounds shorter than this are clicks, milliseconds.
const CLICK_MS: f64 = 80.0;
/// Nobody speaks for this long: silence, milliseconds.
const SILENCE_MS: f64 = 3000.0;
/// Both speak for this long: overtalk, milliseconds.
const OVERTALK_MS: f64 = 500.0;

/// Half decibels above −110 dBFS, see the builder.
const fn dbfs(db: i32) -> i32 {
    (db + 110) * 2
}
/// Half decibels.
const fn db(db: i32) -> i32 {
    db * 2
}

/// Finds both kinds, in time order. One lane has no overtalk.
pub(super) fn find(lanes: &[Vec<u8>], shape: &Shape) -> Vec<Region> {
    let bucket_ms = f64::from(BUCKET_FRAMES) * 1000.0 / f64::from(shape.sample_rate_hz);
    let per_step = (STEP_MS / bucket_ms).round().max(1.0) as usize;
    let step_ms = bucket_ms * per_step as f64;
    let speech: Vec<Vec<bool>> = lanes
        .iter()
        .map(|lane| speaks(&steps(lane, per_step), step_ms))
        .collect();
    let Some(n) = speech.iter().map(Vec::len).min() else {
        return Vec::new();
    };
    let duration_ms = shape.frames * 1000 / u64::from(shape.sample_rate_hz);
    let mut found = Vec::new();
    let mut add = |kind, at: &dyn Fn(usize) -> bool, least_ms: f64| {
        let flags: Vec<bool> = (0..n).map(at).collect();
        for run in runs(&flags, true) {
            let start_ms = (run.start as f64 * step_ms) as u64;
            let end_ms = ((run.end as f64 * step_ms) as u64).min(duration_ms);
            if end_ms.saturating_sub(start_ms) as f64 >= least_ms {
                found.push(Region {
                    kind,
                    start_ms,
                    end_ms,
                });
            }
        }
    };
    add(
        RegionKind::Silence,
        &|i| speech.iter().all(|lane| !lane[i]),
        SILENCE_MS,
    );
    if speech.len() == 2 {
        add(
            RegionKind::Overtalk,
            &|i| speech.iter().all(|lane| lane[i]),
            OVERTALK_MS,
        );
    }
    found.sort_by_key(|r| (r.start_ms, r.end_ms));
    found
}

/// Loudness per step: the loudest bucket in it, which is close enough to the power mean.
fn steps(lane: &[u8], per_step: usize) -> Vec<u8> {
    lane.chunks(per_step)
        .map(|few| few.iter().copied().max().unwrap_or(0))
        .collect()
}

/// Which steps hold speech: louder than the lane's own threshold, pauses bridged, clicks dropped.
fn speaks(levels: &[u8], step_ms: f64) -> Vec<bool> {
    let Some(threshold) = threshold(levels) else {
        return vec![false; levels.len()];
    };
    let mut flags: Vec<bool> = levels.iter().map(|&l| i32::from(l) >= threshold).collect();
    for click in runs(&flags, true) {
        if (click.len() as f64) * step_ms < CLICK_MS {
            flags[click].fill(false);
        }
    }
    for pause in runs(&flags, false) {
        let inside = pause.start > 0 && pause.end < flags.len();
        if inside && (pause.len() as f64) * step_ms <= BRIDGED_MS {
            flags[pause].fill(true);
        }
    }
    flags
}

/// Between the lane's noise floor and its speech; `None` when there is no speech in it.
fn threshold(levels: &[u8]) -> Option<i32> {
    let mut heard: Vec<u8> = levels.iter().copied().filter(|&l| l > 0).collect();
    if heard.is_empty() {
        return None;
    }
    heard.sort_unstable();
    let at = |share: f64| i32::from(heard[((heard.len() - 1) as f64 * share) as usize]);
    let (floor, speech) = (at(0.10), at(0.95));
    if speech < dbfs(-55) || (speech - floor < db(9) && speech < dbfs(-40)) {
        return None;
    }
    Some(
        (floor + db(9))
            .max(speech - db(32))
            .min(speech - db(9))
            .max(dbfs(-58)),
    )
}

fn runs(flags: &[bool], of: bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (i, &flag) in flags.iter().chain(std::iter::once(&!of)).enumerate() {
        match (flag == of, start) {
            (true, None) => start = Some(i),
            (false, Some(from)) => {
                found.push(from..i);
                start = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape {
        channels: 2,
        sample_rate_hz: 8000,
        frames: 8000 * 20,
    };

    /// 20 s of steps: speech at −22 dBFS in the given seconds, noise at `noise` dBFS elsewhere.
    fn lane(noise: i32, speech_s: &[Range<f64>]) -> Vec<u8> {
        (0..625)
            .map(|i| f64::from(i) * 0.032)
            .map(|s| {
                if speech_s.iter().any(|r| r.contains(&s)) {
                    dbfs(-22)
                } else {
                    dbfs(noise)
                }
            })
            .map(|level| level as u8)
            .collect()
    }

    fn spans(regions: &[Region], kind: RegionKind) -> Vec<(u64, u64)> {
        let round = |ms: u64| (ms + 50) / 100 * 100;
        regions
            .iter()
            .filter(|r| r.kind == kind)
            .map(|r| (round(r.start_ms), round(r.end_ms)))
            .collect()
    }

    #[rstest::rstest]
    #[case::clean_line(-90)]
    #[case::noisy_line(-45)]
    fn silence_is_where_both_lanes_pause_and_overtalk_where_both_speak(#[case] noise: i32) {
        let lanes = [
            lane(noise, &[0.0..6.0, 14.0..20.0]),
            lane(noise, &[5.0..9.0, 14.0..14.2, 15.0..18.0]),
        ];
        let found = find(&lanes, &SHAPE);
        assert_eq!(spans(&found, RegionKind::Silence), [(9000, 14000)]);
        assert_eq!(
            spans(&found, RegionKind::Overtalk),
            [(5000, 6000), (15000, 18000)]
        );
    }

    #[test]
    fn a_lane_that_only_hisses_does_not_speak() {
        let lanes = [lane(-50, &[]), lane(-90, &[0.0..10.0])];
        let found = find(&lanes, &SHAPE);
        assert_eq!(spans(&found, RegionKind::Overtalk), []);
        assert_eq!(spans(&found, RegionKind::Silence), [(10000, 20000)]);
    }

    #[test]
    fn a_breath_inside_a_sentence_is_not_a_pause_and_a_click_is_not_speech() {
        let lanes = [lane(-80, &[0.0..2.0, 2.2..4.0, 9.0..9.05])];
        assert_eq!(
            spans(&find(&lanes, &SHAPE), RegionKind::Silence),
            [(4000, 20000)]
        );
    }
}
