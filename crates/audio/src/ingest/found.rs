//! What is found out about a source while it is read, and how it is told.

use qinting_domain::{SoundGap, SoundNotice};

/// So many holes are kept one by one; of what follows only number and length are.
const MAX_HOLES: usize = 1000;

/// What one stream has to tell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// The container's sizes were never finished, or slightly wrong.
    pub unfinished: bool,
    /// It breaks off before what its count promised; the milliseconds that are missing, if known.
    pub cut: Option<Option<u64>>,
    /// What could not be read.
    pub holes: Holes,
    /// Rate of the frames that `holes` counts in, Hz.
    pub sample_rate_hz: u32,
    /// Parts of it had another shape.
    pub reshaped: bool,
    /// How much earlier its sound begins than decoder 0 let it begin.
    pub shift_ms: i64,
}

impl Found {
    /// Adds gaps that a program outside of ours told, and filled with silence.
    pub(crate) fn add_gaps(&mut self, gaps: &[SoundGap]) {
        let frames = |ms: u64| ms * u64::from(self.sample_rate_hz) / 1000;
        for gap in gaps {
            let (start, end) = (frames(gap.start_ms), frames(gap.end_ms));
            self.holes.add(start, end.saturating_sub(start));
        }
    }
}

/// Stretches of silence that stand for what could not be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Holes {
    spans: Vec<(u64, u64)>,
    count: u32,
    frames: u64,
}

impl Holes {
    /// Adds one; they come in order. One that follows without a seam makes the last longer.
    pub(crate) fn add(&mut self, start: u64, frames: u64) {
        if frames == 0 {
            return;
        }
        self.frames += frames;
        match self.spans.last_mut() {
            Some((_, end)) if *end == start => {
                *end = start + frames;
                return;
            }
            _ => self.count = self.count.saturating_add(1),
        }
        if self.spans.len() < MAX_HOLES {
            self.spans.push((start, start + frames));
        }
    }
}

/// The notices, gaps and shift of a recording made of `sides`.
pub(crate) fn told(sides: &[Found]) -> (Vec<SoundNotice>, Vec<SoundGap>, i64) {
    let mut notices = Vec::new();
    if sides.iter().any(|f| f.unfinished) {
        notices.push(SoundNotice::HeaderUnfinished);
    }
    if let Some(missing_ms) = sides.iter().filter_map(|f| f.cut).max() {
        notices.push(SoundNotice::CutOff { missing_ms });
    }
    let count = sides.iter().map(|f| f.holes.count).sum();
    let in_ms = |frames: u64, f: &Found| frames * 1000 / u64::from(f.sample_rate_hz.max(1));
    if count > 0 {
        let total_ms = sides.iter().map(|f| in_ms(f.holes.frames, f)).sum();
        notices.push(SoundNotice::Holes { count, total_ms });
    }
    if sides.iter().any(|f| f.reshaped) {
        notices.push(SoundNotice::Reshaped);
    }
    let mut gaps: Vec<SoundGap> = sides
        .iter()
        .flat_map(|f| {
            f.holes.spans.iter().map(move |&(start, end)| SoundGap {
                start_ms: in_ms(start, f),
                end_ms: in_ms(end, f),
            })
        })
        .collect();
    gaps.sort_by_key(|g| (g.start_ms, g.end_ms));
    let shift_ms = sides.first().map_or(0, |f| f.shift_ms);
    (notices, gaps, shift_ms)
}
