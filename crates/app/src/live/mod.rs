//! Calls that were heard as they happened, as records.

pub(crate) mod reads;
mod shapes;

pub use reads::*;
pub use shapes::*;

use crate::error::AppResult;
use crate::tx::Tx;
use qinting_domain::*;

impl Tx<'_> {
    /// What was cut off and nobody has seen yet.
    pub fn cut_off_calls(&self) -> AppResult<Vec<RecoveredCall>> {
        let mut found = Vec::new();
        for call in self.live_calls()? {
            let is_cut_off = matches!(call.state, LiveState::Recovered | LiveState::Damaged);
            // Who has put its marks onto a recording has seen it.
            if !is_cut_off || call.acknowledged || call.alignment.is_some() {
                continue;
            }
            let (Some(case), Some(recording)) = (
                self.any::<Case>(call.case_id)?,
                self.any::<Recording>(call.recording_id)?,
            ) else {
                continue;
            };
            let parts = self.parts_of(recording.id)?;
            let kept = |p: &CapturePart| p.frames * 1000 / u64::from(p.sample_rate_hz.max(1));
            let promised_ms: u64 = parts.iter().map(kept).sum();
            // Until the sound is taken in, its length stands in the recording all the same.
            let length_ms = match recording.frames {
                0 => 0,
                _ => recording.duration_ms,
            };
            found.push(RecoveredCall {
                title: case.title,
                length_ms,
                promised_ms: match call.state {
                    LiveState::Damaged => promised_ms,
                    _ => length_ms,
                },
                has_text: self.segment_count(recording.id)? > 0,
                observation_count: u32::try_from(self.observations_of(case.id)?.len())
                    .unwrap_or(u32::MAX),
                call,
            });
        }
        Ok(found)
    }
}
