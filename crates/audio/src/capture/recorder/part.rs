//! One file of a recording.

use super::ground::{Ground, OnDisk, PartFile};
use super::{RecorderNews, RecorderPlan};
use hound::{SampleFormat, WavSpec, WavWriter};
use qinting_domain::PartName;
use std::io;
use std::sync::Arc;

/// Bytes before the sound.
pub(super) const HEADER_BYTES: u64 = 44;
/// RIFF counts bytes in 32 bits; hound does not look, and wraps.
pub(super) const MOST_BYTES: u64 = u32::MAX as u64;
/// Rates at which sound is kept.
pub(super) const RATES_HZ: std::ops::RangeInclusive<u32> = 8_000..=384_000;
/// Samples handed to the disk at once.
const SAMPLES_PER_WRITE: usize = 32 << 10;

/// How hound is asked to write.
pub(super) fn spec(sample_rate_hz: u32, channels: u16) -> WavSpec {
    WavSpec {
        channels,
        sample_rate: sample_rate_hz,
        bits_per_sample: 16,
        sample_format: SampleFormat::Int,
    }
}

/// A file that is being written.
pub(super) struct Part {
    pub(super) ordinal: u32,
    pub(super) file: PartName,
    /// Its first frame in the recording.
    pub(super) start_frame: u64,
    pub(super) frames: u64,
    pub(super) on_disk: Arc<dyn OnDisk>,
    /// Bytes from its beginning for which space is set aside.
    held: u64,
    spec: WavSpec,
    wav: WavWriter<Box<dyn PartFile>>,
}

impl Part {
    /// Begins a file; it and its name are on disk when this returns. `hold` bytes of sound are set
    /// aside for it where the file system can do that; elsewhere the room is only watched.
    pub(super) fn begin(
        plan: &RecorderPlan,
        ground: &dyn Ground,
        ordinal: u32,
        start_frame: u64,
        hold: u64,
    ) -> io::Result<Self> {
        let file = PartName::of(ordinal);
        let (open, on_disk) = ground.create(&file)?;
        let held = hold_space(&*on_disk, hold);
        let spec = spec(plan.sample_rate_hz, plan.channels);
        let mut wav = WavWriter::new(open, spec).map_err(plain)?;
        wav.flush().map_err(plain)?;
        on_disk.sync()?;
        ground.sync_folder()?;
        Ok(Self {
            ordinal,
            file,
            start_frame,
            frames: 0,
            on_disk,
            held,
            spec,
            wav,
        })
    }

    /// Adds whole frames. Nothing is held back: what this has taken, the system has.
    pub(super) fn append(&mut self, samples: &[i16]) -> io::Result<()> {
        for block in samples.chunks(SAMPLES_PER_WRITE) {
            // A block is far below the 4 G samples that fit.
            let mut writer = self.wav.get_i16_writer(block.len() as u32);
            block.iter().for_each(|&sample| writer.write_sample(sample));
            writer.flush().map_err(plain)?;
            self.frames += (block.len() / usize::from(self.spec.channels)) as u64;
        }
        Ok(())
    }

    /// Makes the header say what is there.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.wav.flush().map_err(plain)
    }

    /// Bytes that are still set aside for what comes.
    pub(super) fn held(&self) -> u64 {
        let written = HEADER_BYTES + self.frames * u64::from(self.spec.channels) * 2;
        self.held.saturating_sub(written)
    }

    /// What may be promised once everything written so far is on disk.
    pub(super) fn kept(&self, frames: u64) -> RecorderNews {
        RecorderNews::Kept {
            ordinal: self.ordinal,
            file: self.file.clone(),
            sample_rate_hz: self.spec.sample_rate,
            channels: self.spec.channels,
            start_frame: self.start_frame,
            frames,
        }
    }
}

fn hold_space(on_disk: &dyn OnDisk, bytes: u64) -> u64 {
    if bytes == 0 {
        return 0;
    }
    match on_disk.hold(HEADER_BYTES + bytes) {
        Ok(()) => HEADER_BYTES + bytes,
        Err(e) => {
            tracing::warn!(kind = ?e.kind(), "no space can be set aside for a recording");
            0
        }
    }
}

fn plain(e: hound::Error) -> io::Error {
    match e {
        hound::Error::IoError(e) => e,
        other => io::Error::other(other),
    }
}
