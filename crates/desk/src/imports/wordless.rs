//! Whether nobody speaks in a recording: calls that nobody answered are often the same byte for byte
//! and other calls all the same.

use crate::desk::AtDesk;
use crate::player::shapes::PEAKS_LAYOUT;
use crate::player::shapes::PeaksRequest;
use qinting_app::*;
use qinting_domain::*;

/// Silence may begin this late and end this early, in milliseconds: the peaks count in steps.
const EDGE_MS: u64 = 200;
/// Columns in which a short recording is looked at.
const COLUMNS: u32 = 64;

impl AtDesk {
    /// Nobody speaks in it, by its text where that is complete, else by its sound. What cannot be
    /// read is taken to be speech.
    pub(super) fn is_wordless(&self, recording: &Recording) -> bool {
        self.has_no_words(recording).unwrap_or_else(|e| {
            tracing::warn!(recording = %recording.id, code = e.code(), "not looked into");
            false
        })
    }

    fn has_no_words(&self, r: &Recording) -> AppResult<bool> {
        if !r.has_audio() || self.read(|seen| seen.segment_count(r.id))? > 0 {
            return Ok(false);
        }
        let job = self.read(|seen| seen.newest_job_of(JobKind::Transcribe, r.case_id))?;
        if job.is_some_and(|j| j.state == JobState::Done) {
            return Ok(true);
        }
        let peaks = self.desk.peaks_of(r)?;
        let regions = self.desk.machine.audio.regions(peaks, r)?;
        let is_silent = |s: &Region| {
            s.kind == RegionKind::Silence
                && s.start_ms <= EDGE_MS
                && s.end_ms + EDGE_MS >= r.duration_ms
        };
        Ok(regions.iter().any(is_silent) || self.is_flat(r)?)
    }

    /// Not a sample of it leaves the middle, as far as the waveform shows.
    fn is_flat(&self, r: &Recording) -> AppResult<bool> {
        let request = PeaksRequest {
            recording_id: r.id,
            start_ms: 0,
            end_ms: r.duration_ms,
            columns: COLUMNS,
        };
        let peaks = self.desk.peaks_of(r)?;
        let bytes = self.desk.machine.audio.peaks(peaks, r, &request)?;
        let drawn = bytes.get(PEAKS_LAYOUT..).unwrap_or_default();
        Ok(!drawn.is_empty() && drawn.iter().all(|&b| matches!(b, 0 | 1 | u8::MAX)))
    }
}
