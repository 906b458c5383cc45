//! Notes of somebody at the seat: the mentor's remarks, and questions to the mentor.

use crate::app::{Seat, clean_text, required_line};
use crate::{AppError, AppResult, codes, views::*};
use qinting_domain::*;

impl Seat {
    /// Adds a note at a moment of a call; without a moment it is now, while the call goes on.
    pub fn add_seat_note(&self, new: NewSeatNote) -> AppResult<SeatNoteView> {
        let recording = self.open_recording(new.recording_id)?;
        let at_ms = match (new.at_ms, self.app.live_on(recording.id)) {
            (Some(at_ms), _) => at_ms,
            (None, Some(call)) => call.position_ms(),
            (None, None) => return Err(AppError::new(codes::INVALID).with("field", "at_ms")),
        };
        let author_id = new.author_id.unwrap_or_else(|| self.actor());
        self.fetch::<Person>(author_id)?;
        // A remark is its words; every other kind says something by itself.
        let text = match new.kind {
            SeatNoteKind::Aside => required_line("text", &new.text)?,
            _ => clean_text("text", &new.text)?.trim().to_owned(),
        };
        let note = SeatNote {
            id: SeatNoteId(self.app.id()),
            case_id: recording.case_id,
            recording_id: recording.id,
            at_ms: at_ms.min(self.app.limit_of(&recording)?),
            author_id,
            kind: new.kind,
            text,
            meta: self.new_meta(),
        };
        if let Some(call) = self.app.live_on(recording.id) {
            call.attended();
        }
        let (id, case) = (note.id, note.case_id);
        self.commit("seat_note.add", vec![note.into()])?;
        let notes = self.store().seat_notes_of(case)?;
        notes
            .into_iter()
            .find(|v| v.note.id == id)
            .ok_or_else(|| AppError::new(codes::NOT_FOUND).with("kind", "seat_note"))
    }

    /// Takes a note away; undo brings it back.
    pub fn delete_seat_note(&self, id: SeatNoteId) -> AppResult<()> {
        let mut note = self.fetch::<SeatNote>(id)?;
        note.meta.deleted_at = Some(self.app.now());
        self.commit("seat_note.delete", vec![note.into()]).map(drop)
    }

    /// Notes of a case in time order.
    pub fn seat_notes_of(&self, case: CaseId) -> AppResult<Vec<SeatNoteView>> {
        self.fetch::<Case>(case)?;
        self.store().seat_notes_of(case)
    }
}
