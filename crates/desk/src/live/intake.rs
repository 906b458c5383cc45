//! The sound of a call that was cut off, taken in.

use super::adopt::Ending;
use super::parts::Part;
use crate::desk::{AtDesk, Desk};
use crate::jobs::{Turn, Work, Worked};
use qinting_app::*;
use qinting_domain::*;
use std::sync::Arc;

impl Work for TakeIn {
    /// Not while another process captures, or mends what one left.
    fn may_begin(desk: &Desk) -> bool {
        matches!(desk.live.hold(), Ok(Some(_)))
    }

    fn work(&self, turn: &mut Turn<'_>) -> AppResult<Worked> {
        let desk = turn.desk;
        // Held until this is done: nobody captures meanwhile.
        let Some(_hold) = desk.live.hold()? else {
            return Ok(Worked::More);
        };
        let call = desk
            .ports
            .store
            .record(EntityKind::LiveCall, self.call_id.0)?;
        let Some(call) = call.and_then(LiveCall::from_record) else {
            return Ok(Worked::Done);
        };
        // A turn that broke off may have come as far as the commit.
        if !desk.waits_to_be_taken_in(&call)? {
            return Ok(Worked::Done);
        }
        let parts = desk.look_at_parts(call.recording_id)?;
        let ending = Ending {
            call: call.id,
            recording: call.recording_id,
            state: call.state,
            ended_at: call.ended_at.unwrap_or(call.started_at),
            duration_ms: parts.iter().map(Part::end_ms).max().unwrap_or(0),
            frames: 0,
            parts,
        };
        let by = AtDesk::machine(desk.clone(), call.meta.created_by);
        desk.adopt(&by, ending, turn.cancel)?;
        Ok(Worked::Done)
    }

    /// What is kept of the call shows that its sound is missing; this says why.
    fn over(&self, desk: &Arc<Desk>, job: &Job) {
        if let (JobState::Failed, Some(note)) = (job.state, &job.error) {
            let note = note.clone();
            desk.tell_of(&RecordEvent::Notice { note });
        }
    }
}
