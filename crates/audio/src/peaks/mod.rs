//! The waveform as it is drawn, and what can be told from it.

mod build;
mod file;
mod regions;

pub(crate) use build::PeaksBuilder;

use crate::acoustics;
use file::PeaksFile;
use qinting_desk::{
    AppError, AppResult, AudioFiles, Bytes, Cancel, PEAKS_LAYOUT, PeaksRequest, codes,
};
use qinting_domain::{Acoustics, Recording, Region, Stretch};

/// Most columns one request may ask for.
const MAX_COLUMNS: u32 = 8192;

/// Reads the files of a recording. Opens, answers, closes: nothing is held between requests.
#[derive(Clone, Copy, Debug, Default)]
pub struct SoundFiles;

impl AudioFiles for SoundFiles {
    fn peaks(
        &self,
        peaks: Box<dyn Bytes>,
        recording: &Recording,
        request: &PeaksRequest,
    ) -> AppResult<Vec<u8>> {
        if request.columns == 0 || request.columns > MAX_COLUMNS {
            return Err(AppError::new(codes::INVALID).with("field", "columns"));
        }
        if request.end_ms <= request.start_ms {
            return Err(AppError::new(codes::INVALID).with("field", "end_ms"));
        }
        let mut file = open(peaks, recording)?;
        let columns = request.columns as usize;
        let ms_per_column = (request.end_ms - request.start_ms) as f64 / columns as f64;
        let channels = file.shape().channels;
        let mut out = Vec::with_capacity(PEAKS_LAYOUT + columns * 2 * usize::from(channels));
        out.extend(u32::from(channels).to_le_bytes());
        out.extend(request.columns.to_le_bytes());
        out.extend((request.start_ms as f64).to_le_bytes());
        out.extend(ms_per_column.to_le_bytes());
        let frames_per_ms = f64::from(file.shape().sample_rate_hz) / 1000.0;
        let window = file::Window {
            first_frame: request.start_ms as f64 * frames_per_ms,
            frames_per_column: ms_per_column * frames_per_ms,
            columns,
        };
        for channel in 0..channels {
            file.columns(channel, &window, &mut out).map_err(gone)?;
        }
        Ok(out)
    }

    fn regions(&self, peaks: Box<dyn Bytes>, recording: &Recording) -> AppResult<Vec<Region>> {
        let mut file = open(peaks, recording)?;
        let shape = file.shape().clone();
        let mut lanes = Vec::new();
        for channel in 0..shape.channels {
            lanes.push(file.loudness(channel).map_err(gone)?);
        }
        Ok(regions::find(&lanes, &shape))
    }

    fn acoustics(
        &self,
        audio: Box<dyn Bytes>,
        recording: &Recording,
        gaps: &[Stretch],
        cancel: &Cancel,
    ) -> AppResult<Acoustics> {
        acoustics::measure(audio, recording, gaps, cancel)
    }
}

fn open(peaks: Box<dyn Bytes>, recording: &Recording) -> AppResult<PeaksFile> {
    let file = PeaksFile::open(peaks).map_err(gone)?;
    let shape = file.shape();
    let theirs = (
        recording.channels,
        recording.sample_rate_hz,
        recording.frames,
    );
    if (shape.channels, shape.sample_rate_hz, shape.frames) != theirs {
        return Err(gone("peaks of another recording"));
    }
    Ok(file)
}

/// Damaged peaks are as good as none: their hash is on record, so this is tampering or a failing disk, and
/// the remedy is the same.
fn gone(why: impl qinting_desk::Cause) -> AppError {
    AppError::new(codes::MEDIA_MISSING).because(why)
}
