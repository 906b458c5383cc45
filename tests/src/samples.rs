//! Sound as numbers: what was played and what was kept, held against each other sample by sample.

use std::path::{Path, PathBuf};

/// Sound that is looked for begins where it is at least this loud.
const AUDIBLE: i16 = 200;
/// So many samples tell where two stretches of sound lie together.
const NEEDLE: usize = 2_000;

/// 16-bit sound of one or more channels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// Samples per second and channel.
    pub rate_hz: u32,
    /// By channel; all of one length.
    pub channels: Vec<Vec<i16>>,
}

impl Sound {
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

    /// Writes it as a WAV file.
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
                writer.write_sample(channel[n]).expect("it takes samples");
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

    /// Seconds `from` to `to`, or what there is of them.
    pub fn cut(&self, from: f64, to: f64) -> Self {
        let at = |s: f64| ((s * f64::from(self.rate_hz)) as usize).min(self.len());
        let channels = self.channels.iter();
        Self {
            rate_hz: self.rate_hz,
            channels: channels.map(|c| c[at(from)..at(to)].to_vec()).collect(),
        }
    }

    /// The same with half a second of silence at both ends. A sound server may still change its mind
    /// about the first moment of a stream; silence takes no harm from that.
    pub fn cushioned(&self) -> Self {
        let cushion = vec![0; (self.rate_hz / 2) as usize];
        let channels = self.channels.iter();
        Self {
            rate_hz: self.rate_hz,
            channels: channels
                .map(|c| [&cushion[..], c, &cushion[..]].concat())
                .collect(),
        }
    }

    /// One channel as a sound of its own.
    pub fn side(&self, channel: usize) -> Self {
        Self {
            rate_hz: self.rate_hz,
            channels: vec![self.channels[channel].clone()],
        }
    }
}

/// Where the whole of `played` lies in `kept`, every sample in order and nothing between, or how far
/// they go together where they come apart.
///
/// # Panics
/// When nothing loud enough is in `played`.
pub fn place_of(played: &[i16], kept: &[i16]) -> Result<usize, String> {
    let start = played
        .iter()
        .position(|s| s.saturating_abs() >= AUDIBLE)
        .expect("something is played");
    let needle = &played[start..(start + NEEDLE).min(played.len())];
    let mut nearest = None;
    for found in kept
        .windows(needle.len())
        .enumerate()
        .filter(|(_, window)| *window == needle)
        .map(|(n, _)| n)
    {
        let Some(offset) = found.checked_sub(start) else {
            continue;
        };
        let together = played
            .iter()
            .zip(&kept[offset..])
            .take_while(|(p, k)| p == k)
            .count();
        if together == played.len() {
            return Ok(offset);
        }
        nearest = nearest.max(Some((together, offset)));
    }
    Err(match nearest {
        Some((together, offset)) => format!(
            "from {offset} on, {together} of {} samples are the same",
            played.len()
        ),
        None => format!(
            "its beginning is nowhere in {} samples, the loudest of which is {:?}",
            kept.len(),
            kept.iter().map(|s| s.saturating_abs()).max()
        ),
    })
}

/// All playable sound in a workspace, whatever its name.
///
/// # Panics
/// When the media folder cannot be read.
pub fn kept_in(workspace: &Path) -> Vec<PathBuf> {
    let mut found = files_below(&workspace.join("media"));
    found.retain(|file| std::fs::read(file).is_ok_and(|bytes| bytes.starts_with(b"RIFF")));
    found
}

/// Every file below a folder; none where the folder is not there.
pub fn files_below(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(len: usize) -> Vec<i16> {
        let mut n = 7u32;
        (0..len)
            .map(|_| {
                n = n.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (n >> 18) as i16
            })
            .collect()
    }

    #[test]
    fn what_was_played_is_found_where_it_lies_and_only_whole() {
        let played = noise(9_000);
        let mut kept = [&[0; 123][..], &played, &[0; 50]].concat();
        assert_eq!(place_of(&played, &kept), Ok(123));
        kept[8_000] ^= 1;
        assert!(place_of(&played, &kept).is_err_and(|why| why.contains("7877 of 9000")));
        kept[8_000] ^= 1;
        kept.insert(5_000, 0);
        assert!(place_of(&played, &kept).is_err(), "a sample was put in");
        kept.drain(5_000..5_002);
        assert!(place_of(&played, &kept).is_err(), "a sample is missing");
        assert!(place_of(&played, &[0; 20_000]).is_err());
    }
}
