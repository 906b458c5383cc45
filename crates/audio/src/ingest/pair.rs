//! Two mono files of one call, read in step.

use super::Blamed;
use super::fault::Fault;
use super::found::Found;
use super::stream::{PcmFormat, PcmStream};
use crate::stretch::Stretch;

/// Two files of one call may differ in length by a quarter, or by this much, milliseconds.
const PAIR_SLACK_MS: u64 = 10_000;

/// Two mono files of one call, read in step; the shorter one is padded with silence, and one of a
/// lower rate is brought to the higher.
pub(crate) struct PairReader {
    sides: [Side; 2],
    format: PcmFormat,
}

struct Side {
    stream: Box<dyn PcmStream>,
    fit: Option<Stretch>,
    waiting: Vec<i16>,
    raw: Vec<i16>,
    frames: u64,
    ended: bool,
}

impl Side {
    fn read(&mut self) -> Result<(), Fault> {
        while self.waiting.is_empty() && !self.ended {
            match &mut self.fit {
                None => self.ended = !self.stream.read(&mut self.waiting)?,
                Some(fit) => {
                    self.raw.clear();
                    if self.stream.read(&mut self.raw)? {
                        fit.push(&self.raw, &mut self.waiting);
                    } else {
                        fit.flush(&mut self.waiting);
                        self.ended = true;
                    }
                }
            }
            self.frames += self.waiting.len() as u64;
        }
        Ok(())
    }
}

impl PairReader {
    pub(crate) fn new(
        first: Box<dyn PcmStream>,
        second: Box<dyn PcmStream>,
    ) -> Result<Self, Blamed> {
        for (i, side) in [&first, &second].into_iter().enumerate() {
            if side.format().channels != 1 {
                return Err((Fault::PairMismatch("not mono"), i));
            }
        }
        let sample_rate_hz = first
            .format()
            .sample_rate_hz
            .max(second.format().sample_rate_hz);
        let format = PcmFormat {
            channels: 2,
            sample_rate_hz,
            ..first.format().clone()
        };
        let side = |stream: Box<dyn PcmStream>, i| {
            let own_hz = stream.format().sample_rate_hz;
            let fit = (own_hz != sample_rate_hz)
                .then(|| Stretch::new(1, own_hz, sample_rate_hz))
                .map(|fit| fit.ok_or((Fault::PairMismatch("sample rates differ"), i)))
                .transpose()?;
            Ok(Side {
                stream,
                fit,
                waiting: Vec::new(),
                raw: Vec::new(),
                frames: 0,
                ended: false,
            })
        };
        Ok(Self {
            sides: [side(first, 0)?, side(second, 1)?],
            format,
        })
    }

    pub(crate) fn format(&self) -> &PcmFormat {
        &self.format
    }

    pub(crate) fn fraction(&self) -> f64 {
        let [a, b] = &self.sides;
        (a.stream.fraction() + b.stream.fraction()) / 2.0
    }

    /// What was found out about either side.
    pub(crate) fn found(&self) -> Vec<Found> {
        let found = |side: &Side| Found {
            reshaped: side.fit.is_some(),
            ..side.stream.found()
        };
        self.sides.iter().map(found).collect()
    }

    /// Appends interleaved samples; false at the end.
    pub(crate) fn read(&mut self, out: &mut Vec<i16>) -> Result<bool, Blamed> {
        for (i, side) in self.sides.iter_mut().enumerate() {
            side.read().map_err(|f| (f, i))?;
        }
        let [a, b] = &mut self.sides;
        let n = match (a.waiting.len(), b.waiting.len()) {
            (0, 0) => {
                self.check_lengths()?;
                return Ok(false);
            }
            (0, n) | (n, 0) => n,
            (n, m) => n.min(m),
        };
        for i in 0..n {
            out.push(a.waiting.get(i).copied().unwrap_or(0));
            out.push(b.waiting.get(i).copied().unwrap_or(0));
        }
        for side in [a, b] {
            side.waiting.drain(..n.min(side.waiting.len()));
        }
        Ok(true)
    }

    /// One that is known to break off may be as short as it is.
    fn check_lengths(&self) -> Result<(), Blamed> {
        let [a, b] = &self.sides;
        if a.stream.found().cut.is_some() || b.stream.found().cut.is_some() {
            return Ok(());
        }
        let apart = a.frames.abs_diff(b.frames);
        if apart * 4 > a.frames.max(b.frames) && self.format.frames_to_ms(apart) > PAIR_SLACK_MS {
            return Err((
                Fault::PairMismatch("lengths differ"),
                usize::from(b.frames < a.frames),
            ));
        }
        Ok(())
    }
}
