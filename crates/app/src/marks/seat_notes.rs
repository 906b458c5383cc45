//! Notes of somebody at the seat: the mentor's remarks, and questions to the mentor.

use crate::acting::{Acting, only};
use crate::error::{AppError, AppResult, codes};
use crate::marks::shapes::{NewSeatNote, SeatNoteView};
use qinting_domain::*;

impl Acting {
    /// Adds a note at a moment of a call; without a moment it is now, while the call goes on.
    pub fn add_seat_note(&self, new: NewSeatNote) -> AppResult<SeatNoteView> {
        let id = SeatNoteId(self.app().id());
        let note = only::<SeatNote>(self.write(Action::SeatNoteAdd, |tx| {
            let recording = tx.fetch::<Recording>(new.recording_id)?;
            let at_ms = match (new.at_ms, self.app().calls.on(recording.id)) {
                (Some(at_ms), _) => at_ms,
                (None, Some(call)) => call.position_ms,
                (None, None) => return Err(AppError::new(codes::INVALID).with("field", "at_ms")),
            };
            let author_id = new.author_id.unwrap_or_else(|| self.actor());
            tx.fetch::<Person>(author_id)?;
            // A remark is its words; every other kind says something by itself.
            if new.kind == SeatNoteKind::Aside && new.text.trim().is_empty() {
                return Err(AppError::new(codes::INVALID).with("field", "text"));
            }
            Ok(vec![
                SeatNote {
                    id,
                    case_id: recording.case_id,
                    recording_id: recording.id,
                    at_ms: at_ms.min(self.app().limit_of(&recording)?),
                    author_id,
                    kind: new.kind,
                    text: new.text.clone(),
                    meta: self.new_meta(),
                }
                .into(),
            ])
        })?)?;
        self.app().calls.attended(new.recording_id);
        let case = note.case_id;
        let notes = self.read(|seen| seen.seat_notes_of(case))?;
        notes
            .into_iter()
            .find(|v| v.note.id == id)
            .ok_or_else(|| AppError::new(codes::NOT_FOUND).with("kind", "seat_note"))
    }

    /// Takes a note away; undo brings it back.
    pub fn delete_seat_note(&self, id: SeatNoteId) -> AppResult<()> {
        self.take_away::<SeatNote>(Action::SeatNoteDelete, id)
    }

    /// Notes of a case in time order.
    pub fn seat_notes_of(&self, case: CaseId) -> AppResult<Vec<SeatNoteView>> {
        self.fetch::<Case>(case)?;
        self.read(|seen| seen.seat_notes_of(case))
    }
}
