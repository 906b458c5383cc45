//! What every decoder gives: a stream of 16-bit samples with a known shape.

use super::fault::Fault;
use super::found::Found;

/// Longest recording, hours.
pub(crate) const MAX_HOURS: u64 = 12;
/// An hour, milliseconds.
pub(crate) const HOUR_MS: u64 = 3_600_000;
/// Playable audio is a RIFF file, whose sizes are 32-bit; the rest is room for its header.
const MAX_PCM_BYTES: u64 = (4 << 30) - 4096;

/// Shape of decoded sound.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PcmFormat {
    pub sample_rate_hz: u32,
    pub channels: u16,
    /// Container and codec in words.
    pub codec: String,
}

impl PcmFormat {
    /// Refuses shapes that are not a recorded call.
    pub(crate) fn checked(sample_rate_hz: u32, channels: u16) -> Result<Self, Fault> {
        match channels {
            0 => return Err(Fault::Broken("no channels".into())),
            1 | 2 => {}
            more => return Err(Fault::Channels(more)),
        }
        match sample_rate_hz {
            0..4000 => return Err(Fault::Broken(format!("{sample_rate_hz} Hz"))),
            4000..=192_000 => {}
            more => return Err(Fault::Unsupported(format!("pcm at {more} Hz"))),
        }
        Ok(Self {
            sample_rate_hz,
            channels,
            codec: String::new(),
        })
    }

    pub(crate) fn frames_to_ms(&self, frames: u64) -> u64 {
        frames.saturating_mul(1000) / u64::from(self.sample_rate_hz)
    }
}

/// Refuses what is longer than the limits for a file from outside.
pub(crate) fn checked_frames(frames: u64, format: &PcmFormat) -> Result<(), Fault> {
    checked_length(frames, format, MAX_HOURS * HOUR_MS)
}

/// Refuses what lasts `longest_ms` or more, or would not go into one playable file.
pub(crate) fn checked_length(
    frames: u64,
    format: &PcmFormat,
    longest_ms: u64,
) -> Result<(), Fault> {
    if format.frames_to_ms(frames) >= longest_ms {
        return Err(Fault::TooLong {
            hours: longest_ms / HOUR_MS,
        });
    }
    if frames.saturating_mul(2 * u64::from(format.channels)) > MAX_PCM_BYTES {
        return Err(Fault::TooBig {
            mb: MAX_PCM_BYTES >> 20,
        });
    }
    Ok(())
}

/// A decoder that is pulled.
pub(crate) trait PcmStream {
    fn format(&self) -> &PcmFormat;
    /// Appends some interleaved samples; false at the end.
    fn read(&mut self, out: &mut Vec<i16>) -> Result<bool, Fault>;
    /// Frames there will be, where that is known before the first is read.
    fn frames_to_come(&self) -> Option<u64> {
        None
    }
    /// Frames there are by what the source says of itself, where it is to be believed without decoding.
    fn frames_told(&self) -> Option<u64> {
        self.frames_to_come()
    }
    /// How much of the source is done, 0–1.
    fn fraction(&self) -> f64;
    /// What was found out about the source. Complete once `read` gave false.
    fn found(&self) -> Found;
}

/// Full scale ±1 to 16 bits, rounded and clamped (NaN becomes 0).
pub(crate) fn round_to_i16(v: f32) -> i16 {
    (v * 32768.0).round() as i16
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const THIRTEEN_HOURS_8K: u64 = 13 * 3600 * 8000;

    #[rstest]
    #[case::from_outside(MAX_HOURS * HOUR_MS, THIRTEEN_HOURS_8K, false)]
    #[case::from_outside_and_shorter(MAX_HOURS * HOUR_MS, THIRTEEN_HOURS_8K / 2, true)]
    #[case::our_own(u64::MAX, THIRTEEN_HOURS_8K, true)]
    #[case::our_own_and_too_big_for_one_file(u64::MAX, 6 * THIRTEEN_HOURS_8K, false)]
    fn a_night_at_eight_kilohertz_is_taken_where_we_recorded_it(
        #[case] longest_ms: u64,
        #[case] frames: u64,
        #[case] taken: bool,
    ) {
        let format = PcmFormat::checked(8_000, 1).expect("a call's shape");
        assert_eq!(checked_length(frames, &format, longest_ms).is_ok(), taken);
    }
}
