//! The playable WAV, read a second at a time and brought to Whisper's rate per channel.

use crate::high_pass::HighPass;
use audioadapter_buffers::owned::InterleavedOwned;
use hound::{SampleFormat, WavReader};
use qinting_desk::Kind;
use qinting_desk::error::{AppError, AppResult, codes};
use rubato::{Fft, FixedSync, Indexing, Resampler, WindowFunction};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// Samples per second the voice activity and Whisper want.
pub(crate) const RATE_HZ: u32 = 16_000;

/// Streams one recording; never holds more than about a second of it.
pub(crate) struct CallReader {
    wav: WavReader<BufReader<File>>,
    lanes: Vec<ToSixteen>,
    rate_hz: u32,
    frames: u64,
    read: u64,
}

impl CallReader {
    /// Opens a 16-bit PCM WAV of one or two channels.
    pub(crate) fn open(path: &Path) -> AppResult<Self> {
        let wav = WavReader::open(path).map_err(|e| match e {
            hound::Error::IoError(io) if io.kind() == std::io::ErrorKind::NotFound => {
                AppError::new(codes::MEDIA_MISSING)
            }
            other => AppError::new(codes::MEDIA_BROKEN).because(Kind::of(&other)),
        })?;
        let spec = wav.spec();
        let ours = spec.bits_per_sample == 16
            && spec.sample_format == SampleFormat::Int
            && (1..=2).contains(&spec.channels)
            && (8_000..=48_000).contains(&spec.sample_rate);
        if !ours {
            return Err(AppError::new(codes::MEDIA_BROKEN).because("not a playable file of ours"));
        }
        let lanes = (0..spec.channels)
            .map(|_| ToSixteen::new(spec.sample_rate))
            .collect::<AppResult<Vec<_>>>()?;
        let frames = u64::from(wav.duration());
        Ok(Self {
            wav,
            lanes,
            rate_hz: spec.sample_rate,
            frames,
            read: 0,
        })
    }

    /// Channels of the file.
    pub(crate) fn channels(&self) -> usize {
        self.lanes.len()
    }

    /// The next second of every channel at [`RATE_HZ`], within ±1; `None` at the end.
    pub(crate) fn next_block(&mut self) -> AppResult<Option<Vec<Vec<f32>>>> {
        if self.read >= self.frames {
            return Ok(None);
        }
        let want = u64::from(self.rate_hz).min(self.frames - self.read);
        let channels = self.lanes.len();
        let mut raw = vec![Vec::with_capacity(want as usize); channels];
        for (i, sample) in self
            .wav
            .samples::<i16>()
            .take(want as usize * channels)
            .enumerate()
        {
            let sample =
                sample.map_err(|e| AppError::new(codes::MEDIA_BROKEN).because(Kind::of(&e)))?;
            raw[i % channels].push(f32::from(sample) / 32_768.0);
        }
        self.read += want;
        let last = self.read >= self.frames;
        let blocks = self
            .lanes
            .iter_mut()
            .zip(&raw)
            .map(|(lane, samples)| lane.push(samples, last))
            .collect::<AppResult<Vec<_>>>()?;
        Ok(Some(blocks))
    }
}

/// One channel on its way to 16 kHz. The FFT resampler filters above the lower Nyquist frequency:
/// without that, folded noise makes voice activity miss speech.
struct ToSixteen {
    fft: Option<Fft<f32>>,
    below_voice: HighPass,
    rate_hz: u32,
    waiting: Vec<f32>,
    skip: usize,
    taken: u64,
    given: u64,
}

impl ToSixteen {
    fn new(rate_hz: u32) -> AppResult<Self> {
        let fft = if rate_hz == RATE_HZ {
            None
        } else {
            // One block of 100 ms: a long block keeps the filter's edge close to Nyquist.
            let block = (rate_hz / 10) as usize;
            let window = WindowFunction::BlackmanHarris2;
            let made = Fft::<f32>::new_custom(
                rate_hz as usize,
                RATE_HZ as usize,
                block,
                1,
                1,
                window,
                FixedSync::Input,
            );
            Some(made.map_err(|e| AppError::new(codes::SPEECH_FAILED).with("reason", e))?)
        };
        let skip = fft.as_ref().map_or(0, Resampler::output_delay);
        Ok(Self {
            fft,
            below_voice: HighPass::new(),
            rate_hz,
            waiting: Vec::new(),
            skip,
            taken: 0,
            given: 0,
        })
    }

    /// Takes samples at the file's rate, gives what is ready at 16 kHz. With `last`, what is still
    /// inside the filter comes out and the total length is exact.
    fn push(&mut self, samples: &[f32], last: bool) -> AppResult<Vec<f32>> {
        self.taken += samples.len() as u64;
        let Some(fft) = self.fft.as_mut() else {
            let mut out = samples.to_vec();
            self.below_voice.apply(&mut out);
            return Ok(out);
        };
        self.waiting.extend_from_slice(samples);
        let due = self.taken * u64::from(RATE_HZ) / u64::from(self.rate_hz);
        let mut out = Vec::new();
        loop {
            let need = fft.input_frames_next();
            let whole = self.waiting.len() >= need;
            let flushing = last && self.given + (out.len() as u64) < due;
            if !whole && !flushing {
                break;
            }
            let mut block: Vec<f32> = self.waiting.drain(..need.min(self.waiting.len())).collect();
            block.resize(need, 0.0);
            let broken =
                |e: &dyn std::fmt::Display| AppError::new(codes::SPEECH_FAILED).with("reason", e);
            let input = InterleavedOwned::new_from(block, 1, need).map_err(|e| broken(&e))?;
            let made = fft
                .process(&input, None::<&Indexing>)
                .map_err(|e| broken(&e))?
                .take_data();
            let skipped = self.skip.min(made.len());
            self.skip -= skipped;
            out.extend_from_slice(&made[skipped..]);
        }
        if last {
            out.truncate((due - self.given) as usize);
        }
        self.given += out.len() as u64;
        // Also keeps within ±1 what a sharp filter overshoots.
        self.below_voice.apply(&mut out);
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn resample(rate_hz: u32, hz: f32, seconds: u32) -> Vec<f32> {
        let n = rate_hz * seconds;
        let tone: Vec<f32> = (0..n)
            .map(|i| (i as f32 * hz * std::f32::consts::TAU / rate_hz as f32).sin() * 0.9)
            .collect();
        let mut lane = ToSixteen::new(rate_hz).unwrap();
        let mut out = Vec::new();
        let chunks: Vec<&[f32]> = tone.chunks(rate_hz as usize).collect();
        for (i, chunk) in chunks.iter().enumerate() {
            out.extend(lane.push(chunk, i + 1 == chunks.len()).unwrap());
        }
        out
    }

    fn power_at(samples: &[f32], hz: f32) -> f32 {
        let (mut re, mut im) = (0.0, 0.0);
        for (i, s) in samples.iter().enumerate() {
            let a = i as f32 * hz * std::f32::consts::TAU / RATE_HZ as f32;
            re += s * a.cos();
            im += s * a.sin();
        }
        2.0 * (re * re + im * im).sqrt() / samples.len() as f32
    }

    #[rstest]
    #[case(8_000)]
    #[case(11_025)]
    #[case(16_000)]
    #[case(22_050)]
    #[case(44_100)]
    #[case(48_000)]
    fn a_tone_keeps_its_pitch_level_length_and_place(#[case] rate_hz: u32) {
        let out = resample(rate_hz, 1_000.0, 3);
        assert_eq!(out.len(), 48_000);
        assert!((power_at(&out[8_000..40_000], 1_000.0) - 0.9).abs() < 0.02);
        // Within one sample of the source: the filter's delay is taken out.
        let shift: f32 = out[16_000..16_160]
            .iter()
            .enumerate()
            .map(|(i, s)| {
                let ideal =
                    ((16_000 + i) as f32 * 1_000.0 * std::f32::consts::TAU / 16_000.0).sin();
                (s - 0.9 * ideal).abs()
            })
            .fold(0.0, f32::max);
        let one_sample = 0.9 * 1_000.0 * std::f32::consts::TAU / RATE_HZ as f32;
        assert!(shift < one_sample, "off by {shift}");
    }

    #[test]
    fn what_lies_above_the_new_nyquist_does_not_fold_back() {
        let out = resample(48_000, 10_000.0, 2);
        assert!(power_at(&out[4_000..28_000], 6_000.0) < 0.001);
    }

    #[test]
    fn a_file_that_is_not_ours_is_refused_by_code() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.wav");
        assert_eq!(
            CallReader::open(&path).err().unwrap().code(),
            codes::MEDIA_MISSING
        );
        std::fs::write(&path, b"not a wav").unwrap();
        assert_eq!(
            CallReader::open(&path).err().unwrap().code(),
            codes::MEDIA_BROKEN
        );
    }
}
