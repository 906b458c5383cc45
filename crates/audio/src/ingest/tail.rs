//! Zero bytes at the end of plain samples. A copy that broke off after its size had been reserved
//! ends in them; so does a call whose line went digitally silent. What is never silence (A-law,
//! µ-law, unsigned bytes) is certain. With the others only this much can be known: on a line that
//! is never exactly silent elsewhere, a long run of exact zeros up to the very end was not heard.

use super::fault::Fault;
use super::pcm::Layout;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// A shorter run says nothing, milliseconds.
const LEAST_MS: u64 = 1000;
/// Nor does a run that is a smaller share of the whole, where zero may be silence.
const LEAST_SHARE: u64 = 10;
/// A line that was exactly silent for so long before may be silent at its end, milliseconds.
const QUIET_MS: u64 = 50;
const BLOCK: u64 = 64 << 10;

/// A run of zero bytes up to the end.
pub(crate) struct Tail {
    /// Frame that it begins with.
    pub start_frame: u64,
    certain: bool,
    quiet_frames: u64,
    run: u64,
    longest: u64,
}

/// Looks from the end; `None` where there is nothing to wonder about.
pub(crate) fn look(file: &mut File, layout: &Layout, frames: u64) -> Result<Option<Tail>, Fault> {
    let block = layout.sample.bytes() * u64::from(layout.format.channels);
    let rate = u64::from(layout.format.sample_rate_hz);
    let certain = layout.sample.zero_is_loud();
    let least = rate * LEAST_MS / 1000;
    let least = if certain {
        least
    } else {
        least.max(frames / LEAST_SHARE)
    };
    let bytes = frames * block;
    let zeros = zeros_at_end(file, layout.start, bytes)?;
    let run = zeros / block;
    // All zero is a silent line, or nothing at all; it is told elsewhere.
    if run < least || run == frames {
        return Ok(None);
    }
    Ok(Some(Tail {
        start_frame: frames - run,
        certain,
        quiet_frames: rate * QUIET_MS / 1000,
        run: 0,
        longest: 0,
    }))
}

fn zeros_at_end(file: &mut File, start: u64, bytes: u64) -> Result<u64, Fault> {
    let mut buf = vec![0u8; BLOCK as usize];
    let mut left = bytes;
    while left > 0 {
        let n = left.min(BLOCK);
        let block = &mut buf[..n as usize];
        file.seek(SeekFrom::Start(start + left - n))
            .and_then(|_| file.read_exact(block))
            .map_err(Fault::Unreadable)?;
        if let Some(last) = block.iter().rposition(|&b| b != 0) {
            return Ok(bytes - left + (n - 1 - last as u64));
        }
        left -= n;
    }
    Ok(bytes)
}

impl Tail {
    /// Takes sound before the run.
    pub(crate) fn hear(&mut self, samples: &[i16], channels: usize) {
        if self.certain {
            return;
        }
        for frame in samples.chunks_exact(channels) {
            if frame.iter().all(|&s| s == 0) {
                self.run += 1;
                self.longest = self.longest.max(self.run);
            } else {
                self.run = 0;
            }
        }
    }

    /// Whether the run stands for something that could not be read.
    pub(crate) fn is_a_hole(&self) -> bool {
        self.certain || self.longest < self.quiet_frames
    }
}
