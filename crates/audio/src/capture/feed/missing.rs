//! Samples that the system dropped without handing over any.

use super::{Feed, Hole};

/// Without a word from the system, this much has to be missing before it is believed: the way
/// from a device gets longer for many reasons.
const HOLE_US: f64 = 150_000.0;
/// With one, this much.
const TOLD_HOLE_US: f64 = 5_000.0;
/// After an xrun the arrivals are watched for this long.
const XRUN_WATCH_US: u64 = 1_000_000;

impl Feed {
    /// Whether the system dropped samples without handing over any: asked four times a second.
    pub(in crate::capture) fn missing(&mut self, now_us: u64) -> Option<Hole> {
        let xruns = self.stream.as_ref()?.trouble.xruns();
        let ahead = self.line.offset_us()?;
        let usual = *self.usual_us.get_or_insert(ahead);
        if xruns != self.xruns_seen {
            self.xruns_seen = xruns;
            self.xrun.get_or_insert((now_us, usual));
        }
        let short = match self.xrun {
            Some((at_us, before)) if now_us.saturating_sub(at_us) >= XRUN_WATCH_US => {
                self.xrun = None;
                let short = before - self.line.best(3)?;
                (short > TOLD_HOLE_US).then_some(short)
            }
            Some(_) => None,
            None if usual - ahead > HOLE_US => {
                self.short_ticks += 1;
                (self.short_ticks > 1).then_some(usual - ahead)
            }
            None => {
                self.short_ticks = 0;
                self.usual_us = Some(ahead);
                None
            }
        }?;
        let frames = (short * f64::from(self.out_hz) / 1e6).round() as u64;
        let start = self.next;
        self.hole(frames);
        // From here on samples come as usual again.
        self.line.lift(short, usual);
        self.short_ticks = 0;
        Some(Hole {
            start: Some(start),
            frames,
            counted: 0,
        })
    }
}
