//! What a crash or power cut left: looked at before anything else happens in the workspace, taken in
//! afterwards (`intake`), and offered until somebody has seen it.

use super::adopt::Ending;
use super::parts::Part;
use crate::desk::{AtDesk, Desk};
use qinting_app::*;
use qinting_domain::*;
use std::sync::Arc;

impl Desk {
    /// Looks at the calls a dead process left: their files are mended, their state is on record, and
    /// what is left to take in is queued when this returns. Another process that listens right now
    /// looks itself.
    pub fn look_for_cut_off_calls(self: &Arc<Self>) -> AppResult<()> {
        if self.ports.store.live_calls_ever()?.is_empty() {
            return Ok(());
        }
        let Some(_hold) = self.live.hold()? else {
            return Ok(());
        };
        // Read again: another process may have been at it until just now.
        // One in the bin too: its sound is taken in, and lies there with it.
        for call in self.ports.store.live_calls_ever()? {
            if let Err(e) = self.look_at(&call) {
                tracing::error!(call = %call.id, error = %e.kind(), "a cut-off call waits");
            }
        }
        Ok(())
    }

    fn look_at(self: &Arc<Self>, call: &LiveCall) -> AppResult<()> {
        if self.live.on(call.recording_id).is_some() {
            return Ok(());
        }
        if call.state == LiveState::Listening {
            return self.put_on_record(call);
        }
        // Its end was put on record and its sound was not taken in.
        if self.waits_to_be_taken_in(call)? {
            self.queue(TakeIn { call_id: call.id })?;
        }
        Ok(())
    }

    /// Whether there is sound of a call that has ended, and not in its recording yet.
    pub(super) fn waits_to_be_taken_in(&self, call: &LiveCall) -> AppResult<bool> {
        let store = &self.ports.store;
        if store.parts_of(call.recording_id)?.is_empty() {
            return Ok(false);
        }
        let recording = store.record(EntityKind::Recording, call.recording_id.0)?;
        if matches!(recording, Some(Record::Recording(r)) if r.has_audio()) {
            self.sweep_taken_in(call)?;
            return Ok(false);
        }
        let parts = self.look_at_parts(call.recording_id)?;
        Ok(parts.iter().any(|p| p.length_ms > 0))
    }

    /// Says of a call nobody ended what is there of it, and queues with that what takes its sound in.
    fn put_on_record(self: &Arc<Self>, call: &LiveCall) -> AppResult<()> {
        let parts = match call.mode {
            ListenMode::Record => self.look_at_parts(call.recording_id)?,
            ListenMode::ClockOnly | ListenMode::TextOnly => Vec::new(),
        };
        let is_short = parts.iter().any(|p| p.is_short);
        let length_ms = parts.iter().map(Part::end_ms).max().unwrap_or(0);
        let has_sound = parts.iter().any(|p| p.length_ms > 0);
        let duration_ms = if has_sound {
            length_ms
        } else {
            self.last_moment(call)?
        };
        if is_short {
            let promised_ms = parts.iter().map(|p| p.promised_ms).sum();
            self.tell_damaged(promised_ms, parts.iter().map(|p| p.length_ms).sum());
        }
        self.close_gaps_of(call.recording_id, duration_ms)?;
        let state = if is_short {
            LiveState::Damaged
        } else {
            LiveState::Recovered
        };
        let duration = i64::try_from(duration_ms).unwrap_or(0);
        let ending = Ending {
            call: call.id,
            recording: call.recording_id,
            state,
            ended_at: call.started_at + duration,
            duration_ms,
            frames: parts.iter().map(|p| p.frames).sum(),
            parts: Vec::new(),
        };
        let by = AtDesk::machine(self.clone(), call.meta.created_by);
        self.put_end_on_record(&by, &ending, has_sound)?;
        tracing::info!(call = %call.id, ?state, duration_ms, "a cut-off call was found");
        Ok(())
    }

    /// The last moment somebody marked, noted or said something: the clock of a dead process is
    /// gone.
    fn last_moment(&self, call: &LiveCall) -> AppResult<u64> {
        let store = &self.ports.store;
        let marks = store.observations_of(call.case_id)?;
        let marks = marks.iter().map(|v| v.observation.end_ms);
        let notes = store.seat_notes_of(call.case_id)?;
        let notes = notes.iter().map(|v| v.note.at_ms);
        let count = store.segment_count(call.recording_id)?;
        let said = store.segments(call.recording_id, count.saturating_sub(1), 1)?;
        let said = said.iter().map(|s| s.end_ms);
        Ok(marks.chain(notes).chain(said).max().unwrap_or(0))
    }

    fn close_gaps_of(&self, recording: RecordingId, end_ms: u64) -> AppResult<()> {
        for gap in self.ports.store.gaps_of(recording)? {
            if gap.end_ms.is_none() {
                self.ports.store.put_gap(&CaptureGap {
                    end_ms: Some(end_ms.max(gap.start_ms)),
                    ..gap
                })?;
            }
        }
        Ok(())
    }

    /// The sound is in its place, only the files it was written into are still there. Of a damaged
    /// recording they stay: something in them may be readable one day.
    fn sweep_taken_in(&self, call: &LiveCall) -> AppResult<()> {
        if call.state == LiveState::Damaged {
            return Ok(());
        }
        self.machine.media.drop_live(call.recording_id)?;
        self.ports.store.drop_parts(call.recording_id)
    }
}
