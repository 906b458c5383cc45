//! Sound that is a text: who speaks in it can be told beforehand.

use qinting_desk::*;
use qinting_domain::acoustics::stretches::without;
use qinting_domain::*;
use std::io::Read;

/// Draws nothing, and measures that the first side speaks for as many seconds as its text has bytes. `deaf` in a
/// text cannot be read, and `panic` is what nobody thought of.
pub struct NoPeaks;
impl AudioFiles for NoPeaks {
    fn peaks(&self, _: Box<dyn Bytes>, _: &Recording, _: &PeaksRequest) -> AppResult<Vec<u8>> {
        Ok(Vec::new())
    }
    fn regions(&self, _: Box<dyn Bytes>, _: &Recording) -> AppResult<Vec<Region>> {
        Ok(Vec::new())
    }
    fn acoustics(
        &self,
        mut audio: Box<dyn Bytes>,
        recording: &Recording,
        gaps: &[Stretch],
        _: &Cancel,
    ) -> AppResult<Acoustics> {
        let mut text = String::new();
        let read = audio.read_to_string(&mut text);
        read.map_err(|e| AppError::new(codes::MEDIA_UNREADABLE).because(e))?;
        assert!(!text.contains("panic"), "as it must");
        if text.contains("deaf") {
            return Err(AppError::new(codes::MEDIA_UNREADABLE));
        }
        let length_ms = recording.duration_ms;
        let mut lanes = vec![LaneAcoustics::default(); usize::from(recording.channels)];
        let end_ms = (text.len() as u64 * 1_000).min(length_ms);
        lanes[0].speech = without(&[Stretch::new(0, end_ms)], gaps);
        Ok(Acoustics {
            length_ms,
            lanes,
            holds: Vec::new(),
            gaps: gaps.to_vec(),
        })
    }
}
