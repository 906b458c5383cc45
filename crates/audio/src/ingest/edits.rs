//! Which stretches of the decoded sound are the recording: encoders put a delay in front, and
//! editors cut without touching the sound.

/// Stretches of decoded time that are kept, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edits {
    /// Units per second.
    pub timescale: u32,
    /// Silence in front.
    pub lead: u64,
    /// What is kept: from, and up to where; ascending.
    pub kept: Vec<(u64, Option<u64>)>,
}

/// A part of a packet that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// First frame, counted in the packet.
    pub from: u64,
    /// One past the last.
    pub to: u64,
    /// Where it belongs in the recording.
    pub at: u64,
}

impl Edits {
    /// All but the first `skip` units.
    pub(crate) fn after(skip: u64, timescale: u32) -> Self {
        Self {
            timescale,
            lead: 0,
            kept: vec![(skip, None)],
        }
    }

    /// The same in frames of `rate_hz`.
    pub(crate) fn in_frames(&self, rate_hz: u32) -> Self {
        let frames = |t: u64| {
            let scaled = u128::from(t) * u128::from(rate_hz);
            u64::try_from(scaled / u128::from(self.timescale.max(1))).unwrap_or(u64::MAX)
        };
        Self {
            timescale: rate_hz,
            lead: frames(self.lead),
            kept: self
                .kept
                .iter()
                .map(|&(from, to)| (frames(from), to.map(frames)))
                .collect(),
        }
    }

    /// An end inside the last packet is padding, which other players keep too: no sound is less.
    pub(crate) fn with_whole_packet(mut self, counted: Option<u64>, packet: u64) -> Self {
        if let (Some(all), Some((_, to))) = (counted, self.kept.last_mut()) {
            *to = to.filter(|to| to.saturating_add(packet) <= all);
        }
        self
    }

    /// How much earlier the sound begins than if nothing were cut, milliseconds.
    pub(crate) fn shift_ms(&self) -> i64 {
        let ms = |t: u64| (t.saturating_mul(1000) / u64::from(self.timescale.max(1))) as i64;
        self.kept.first().map_or(0, |k| ms(k.0)) - ms(self.lead)
    }

    /// What of `frames` frames from `at` on is kept.
    pub(crate) fn of(&self, at: u64, frames: u64) -> Vec<Kept> {
        let end = at.saturating_add(frames);
        let mut before = self.lead;
        let mut parts = Vec::new();
        for &(from, to) in &self.kept {
            let to = to.unwrap_or(u64::MAX);
            let (first, last) = (at.max(from), end.min(to));
            if first < last {
                parts.push(Kept {
                    from: first - at,
                    to: last - at,
                    at: before.saturating_add(first - from),
                });
            }
            before = before.saturating_add(to - from);
        }
        parts
    }

    /// Whether anything of the first `frames` frames is kept.
    pub(crate) fn keep_any(&self, frames: u64) -> bool {
        !self.of(0, frames).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_away_leaves_no_time_behind() {
        let edits = Edits {
            timescale: 1000,
            lead: 50,
            kept: vec![(100, Some(300)), (1000, None)],
        };
        assert_eq!(edits.of(0, 100), []);
        let part = |from, to, at| Kept { from, to, at };
        assert_eq!(edits.of(0, 150), [part(100, 150, 50)]);
        assert_eq!(edits.of(250, 800), [part(0, 50, 200), part(750, 800, 250)]);
        assert_eq!(edits.shift_ms(), 50);
        assert_eq!(edits.in_frames(8000).of(8000, 8), [part(0, 8, 2000)]);
    }
}
