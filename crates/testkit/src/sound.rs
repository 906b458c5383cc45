//! Sound as numbers, in files and made on the spot.

use std::f64::consts::TAU;
use std::path::{Path, PathBuf};

/// What a telephone carries.
pub const TELEPHONE_HZ: u32 = 8_000;
/// Loudness of a steady tone: half of full scale.
const LEVEL: f64 = 0.5;

/// 16-bit sound of one or more channels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// Samples per second and channel.
    pub rate_hz: u32,
    /// By channel; all of one length.
    pub channels: Vec<Vec<i16>>,
}

impl Sound {
    /// One steady tone per channel (0 Hz: silence) at half of full scale.
    pub fn tones(rate_hz: u32, seconds: f64, hz: &[f64]) -> Self {
        let channels = hz.iter().map(|hz| tone(*hz, rate_hz, seconds, LEVEL));
        Self {
            rate_hz,
            channels: channels.map(|channel| whole(&channel)).collect(),
        }
    }

    /// Of samples between −1 and 1; what is beyond is cut off.
    pub fn of<S: Copy + Into<f64>>(rate_hz: u32, channels: &[Vec<S>]) -> Self {
        Self {
            rate_hz,
            channels: channels.iter().map(|channel| whole(channel)).collect(),
        }
    }

    /// Reads a WAV file of 16-bit samples.
    ///
    /// # Panics
    /// When it is something else, or breaks off.
    pub fn read(wav: &Path) -> Self {
        let mut reader = hound::WavReader::open(wav).expect("a WAV file");
        let spec = reader.spec();
        let mut channels = vec![Vec::new(); usize::from(spec.channels)];
        for (n, sample) in reader.samples::<i16>().enumerate() {
            channels[n % usize::from(spec.channels)].push(sample.expect("a whole WAV file"));
        }
        Self {
            rate_hz: spec.sample_rate,
            channels,
        }
    }

    /// Writes it as a WAV file. A channel that is shorter than the first ends in silence.
    ///
    /// # Panics
    /// When the file cannot be written.
    pub fn write(&self, wav: &Path) {
        let spec = hound::WavSpec {
            channels: u16::try_from(self.channels.len()).expect("a handful of channels"),
            sample_rate: self.rate_hz,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut writer = hound::WavWriter::create(wav, spec).expect("the WAV can be made");
        for n in 0..self.len() {
            for channel in &self.channels {
                let sample = channel.get(n).copied().unwrap_or(0);
                writer.write_sample(sample).expect("it takes samples");
            }
        }
        writer.finalize().expect("the WAV can be finished");
    }

    /// Samples per channel.
    pub fn len(&self) -> usize {
        self.channels.first().map_or(0, Vec::len)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A channel as samples between −1 and 1.
    pub fn floats(&self, channel: usize) -> Vec<f32> {
        let samples = self.channels[channel].iter();
        samples.map(|s| f32::from(*s) / 32_768.0).collect()
    }

    /// Seconds `from` to `to`, or what there is of them.
    pub fn cut(&self, from: f64, to: f64) -> Self {
        let at = |s: f64| ((s * f64::from(self.rate_hz)) as usize).min(self.len());
        self.each(|channel| channel[at(from)..at(to)].to_vec())
    }

    /// All of it, so many times.
    pub fn repeated(&self, times: usize) -> Self {
        self.each(|channel| channel.repeat(times))
    }

    /// The same with half a second of silence at both ends. A sound server may still change its mind
    /// about the first moment of a stream; silence takes no harm from that.
    pub fn cushioned(&self) -> Self {
        let cushion = vec![0; (self.rate_hz / 2) as usize];
        self.each(|channel| [&cushion[..], channel, &cushion[..]].concat())
    }

    /// One channel as a sound of its own.
    pub fn side(&self, channel: usize) -> Self {
        Self {
            rate_hz: self.rate_hz,
            channels: vec![self.channels[channel].clone()],
        }
    }

    fn each(&self, change: impl Fn(&[i16]) -> Vec<i16>) -> Self {
        Self {
            rate_hz: self.rate_hz,
            channels: self.channels.iter().map(|c| change(c)).collect(),
        }
    }
}

/// A sine of this level.
pub fn tone(hz: f64, rate_hz: u32, seconds: f64, level: f64) -> Vec<f64> {
    let n = (seconds * f64::from(rate_hz)).round() as usize;
    (0..n)
        .map(|i| level * (TAU * hz * i as f64 / f64::from(rate_hz)).sin())
        .collect()
}

/// Samples as they come from a device.
pub fn whole<S: Copy + Into<f64>>(samples: &[S]) -> Vec<i16> {
    let samples = samples.iter().map(|s| (*s).into());
    samples
        .map(|s: f64| (s.clamp(-1.0, 1.0) * 32_767.0) as i16)
        .collect()
}

/// A telephone call in one file, in which each side hums: the first at this pitch, the next at twice
/// that, so that they are two people.
pub fn hum(file: &Path, seconds: f64, hz: f64, channels: usize) -> PathBuf {
    let pitches: Vec<f64> = (1..=channels).map(|n| hz * n as f64).collect();
    Sound::tones(TELEPHONE_HZ, seconds, &pitches).write(file);
    file.to_owned()
}

/// A call in two files of which one can tell by ear where one is: the agent hums 440 Hz for the first
/// ten seconds, then the customer 620 Hz for ten, then the agent 880 Hz for ten.
pub fn humming_call(dir: &Path) -> [PathBuf; 2] {
    const SIDES: [(&str, [f64; 3]); 2] = [
        ("hum_agent.wav", [440.0, 0.0, 880.0]),
        ("hum_caller.wav", [0.0, 620.0, 0.0]),
    ];
    SIDES.map(|(name, hums)| {
        let hums = hums.map(|hz| tone(hz, TELEPHONE_HZ, 10.0, LEVEL));
        let file = dir.join(name);
        Sound::of(TELEPHONE_HZ, &[hums.concat()]).write(&file);
        file
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("sound.wav");
        let sound = Sound::tones(8_000, 0.5, &[300.0, 0.0]);
        sound.write(&file);
        let read = Sound::read(&file);
        assert_eq!(read, sound);
        assert_eq!((read.len(), read.cut(0.1, 0.3).len()), (4_000, 1_600));
        assert_eq!(read.repeated(2).cut(0.5, 1.0), sound);
        assert!(read.floats(1).iter().all(|s| *s == 0.0));
    }
}
