//! Measures the playable sound of a recording.

use super::AcousticsBuilder;
use qinting_desk::{AppError, AppResult, Bytes, Cancel, codes};
use qinting_domain::{Acoustics, Recording, Stretch};
use std::io::{BufReader, Read};

/// Frames that are read at once.
const CHUNK_FRAMES: u64 = 16_384;

/// Reads the WAV of a recording once, from its beginning to its end; of `gaps` nothing is told. `media.missing` where it is another's or
/// damaged, `media.unreadable` where it breaks off, `cancelled`.
pub(crate) fn measure(
    audio: Box<dyn Bytes>,
    recording: &Recording,
    gaps: &[Stretch],
    cancel: &Cancel,
) -> AppResult<Acoustics> {
    let missing = |why: String| AppError::new(codes::MEDIA_MISSING).because(why);
    let reader =
        hound::WavReader::new(BufReader::new(audio)).map_err(|e| missing(e.to_string()))?;
    let spec = reader.spec();
    let there = (
        spec.channels,
        spec.sample_rate,
        u64::from(reader.duration()),
    );
    let wanted = (
        recording.channels,
        recording.sample_rate_hz,
        recording.frames,
    );
    let is_ours = spec.bits_per_sample == 16 && spec.sample_format == hound::SampleFormat::Int;
    if there != wanted || !is_ours || !(1..=2).contains(&spec.channels) {
        return Err(missing("sound of another recording".to_owned()));
    }
    let mut builder = AcousticsBuilder::new(spec.channels, spec.sample_rate);
    // Behind the header stand the samples; one by one, hound would take longer to read them than we to measure.
    let mut pcm = reader.into_inner();
    let (mut left, mut bytes, mut samples) = (recording.frames, Vec::new(), Vec::new());
    while left > 0 {
        if cancel.is_cancelled() {
            return Err(AppError::new(codes::CANCELLED));
        }
        let frames = left.min(CHUNK_FRAMES);
        bytes.resize(frames as usize * 2 * usize::from(spec.channels), 0);
        pcm.read_exact(&mut bytes)
            .map_err(|e| AppError::new(codes::MEDIA_UNREADABLE).because(e))?;
        samples.clear();
        samples.extend(
            bytes
                .as_chunks::<2>()
                .0
                .iter()
                .map(|b| i16::from_le_bytes(*b)),
        );
        builder.push(&samples);
        left -= frames;
    }
    Ok(builder.finish(gaps))
}
