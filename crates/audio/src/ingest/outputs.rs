//! The playable audio and its peaks as they are written.

use super::fault::Fault;
use super::source::hash;
use super::stream::{HOUR_MS, MAX_HOURS, PcmFormat, PcmStream, checked_length};
use crate::peaks::PeaksBuilder;
use crate::twins::OneSignal;
use qinting_desk::{Cancel, Ingested};
use qinting_domain::SoundNotice;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

const WRITE_BUFFER: usize = 256 << 10;

type Wav = hound::WavWriter<BufWriter<File>>;

/// `audio.wav` and `audio.peaks` in the making.
pub(crate) struct Outputs {
    wav_path: PathBuf,
    peaks_path: PathBuf,
    wav: Wav,
    peaks: PeaksBuilder,
    format: PcmFormat,
    frames: u64,
    longest_ms: u64,
    /// Asked where there are two channels, and nobody wants to keep them whatever they carry.
    twins: Option<OneSignal>,
}

impl Outputs {
    pub(crate) fn create(
        work_dir: &Path,
        format: &PcmFormat,
        keep_both_lanes: bool,
    ) -> Result<Self, Fault> {
        let wav_path = work_dir.join("audio.wav");
        Ok(Self {
            wav: create_wav(&wav_path, format.sample_rate_hz, format.channels)?,
            wav_path,
            peaks_path: work_dir.join("audio.peaks"),
            peaks: PeaksBuilder::new(format.channels, format.sample_rate_hz),
            format: format.clone(),
            frames: 0,
            longest_ms: MAX_HOURS * HOUR_MS,
            twins: (format.channels == 2 && !keep_both_lanes)
                .then(|| OneSignal::new(format.sample_rate_hz)),
        })
    }

    /// Takes less than this, in milliseconds.
    pub(crate) fn up_to(self, longest_ms: u64) -> Self {
        Self { longest_ms, ..self }
    }

    /// Takes interleaved samples.
    pub(crate) fn push(&mut self, samples: &[i16]) -> Result<(), Fault> {
        self.frames += samples.len() as u64 / u64::from(self.format.channels);
        checked_length(self.frames, &self.format, self.longest_ms)?;
        write_samples(&mut self.wav, samples)?;
        self.peaks.push(samples);
        if let Some(twins) = &mut self.twins {
            twins.push(samples);
        }
        Ok(())
    }

    /// Closes the files, folds two identical channels into one, and hashes what was made.
    pub(crate) fn finish(self, cancel: &Cancel) -> Result<Ingested, Fault> {
        if self.frames == 0 {
            return Err(Fault::Empty);
        }
        self.wav.finalize().map_err(wav_fault)?;
        let one = self.twins.and_then(OneSignal::lane);
        let (channels, peaks) = match one {
            Some(lane) => (1, fold_to_mono(&self.wav_path, &self.format, lane, cancel)?),
            None => (self.format.channels, self.peaks),
        };
        let mut file = BufWriter::new(File::create(&self.peaks_path).map_err(Fault::Disk)?);
        peaks
            .write_to(&mut file)
            .and_then(|()| file.flush())
            .map_err(Fault::Disk)?;
        Ok(Ingested {
            sources: Vec::new(),
            audio_sha256: hash(&self.wav_path, cancel)?,
            peaks_sha256: hash(&self.peaks_path, cancel)?,
            sample_rate_hz: self.format.sample_rate_hz,
            channels,
            frames: self.frames,
            was_dual_mono: one.is_some(),
            notices: one.map(|_| SoundNotice::SameOnBoth).into_iter().collect(),
            ..Ingested::default()
        })
    }
}

fn create_wav(path: &Path, sample_rate: u32, channels: u16) -> Result<Wav, Fault> {
    let spec = hound::WavSpec {
        channels,
        sample_rate,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let file = File::create(path).map_err(Fault::Disk)?;
    hound::WavWriter::new(BufWriter::with_capacity(WRITE_BUFFER, file), spec).map_err(wav_fault)
}

fn write_samples(wav: &mut Wav, samples: &[i16]) -> Result<(), Fault> {
    // `get_i16_writer` counts in 32 bits; a chunk is far below that.
    let mut writer = wav.get_i16_writer(samples.len() as u32);
    for &sample in samples {
        writer.write_sample(sample);
    }
    super::moved::moved(2 * samples.len());
    writer.flush().map_err(wav_fault)
}

fn wav_fault(e: hound::Error) -> Fault {
    match e {
        hound::Error::IoError(e) => Fault::Disk(e),
        other => Fault::Disk(std::io::Error::other(other)),
    }
}

/// Rewrites a two-channel file with one of its channels only.
fn fold_to_mono(
    path: &Path,
    format: &PcmFormat,
    lane: usize,
    cancel: &Cancel,
) -> Result<PeaksBuilder, Fault> {
    let folded = path.with_extension("mono");
    let len = std::fs::metadata(path).map_err(Fault::Disk)?.len();
    let file = File::open(path).map_err(Fault::Disk)?;
    let super::wav::Walk::Pcm(mut stereo) = super::wav::walk(file, len, false)? else {
        return Err(Fault::Broken("own audio unreadable".into()));
    };
    let mut wav = create_wav(&folded, format.sample_rate_hz, 1)?;
    let mut peaks = PeaksBuilder::new(1, format.sample_rate_hz);
    let (mut samples, mut first) = (Vec::new(), Vec::new());
    while stereo.read(&mut samples)? {
        if cancel.is_cancelled() {
            return Err(Fault::Cancelled);
        }
        first.clear();
        first.extend(samples.as_chunks::<2>().0.iter().map(|pair| pair[lane]));
        write_samples(&mut wav, &first)?;
        peaks.push(&first);
        samples.clear();
    }
    wav.finalize().map_err(wav_fault)?;
    std::fs::rename(&folded, path).map_err(Fault::Disk)?;
    Ok(peaks)
}
