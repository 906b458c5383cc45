//! A call without sound, and its marks on the call clock wherever they stand now.

use qinting_app::*;
use qinting_domain::*;
use std::collections::HashSet;
use uuid::Uuid;

/// What says when a mark is.
const MARK_TIMES: [&str; 3] = ["start_ms", "end_ms", "raw_mark_ms"];

/// A call without sound.
pub(super) struct Silent {
    pub call: LiveCall,
    /// The case it began with, which is taken away once its marks stand on a recording.
    pub case: Case,
    /// The recording that stands for the call clock.
    pub recording: Recording,
    marks: Vec<Mark>,
    notes: Vec<Note>,
}

struct Mark {
    observation: Observation,
    /// Start, end and key press on the call clock.
    session: [u64; 3],
    /// Its words were put there by the machine, so others may take their place.
    is_quoted_by_machine: bool,
}

struct Note {
    note: SeatNote,
    session_ms: u64,
}

impl Silent {
    /// Reads a call with what was marked and noted in it.
    pub fn read(reads: &dyn Reads, call: LiveCall) -> AppResult<Self> {
        let case = match reads.record(EntityKind::Case, call.case_id.0)? {
            Some(Record::Case(case)) => case,
            _ => return Err(AppError::new(codes::NOT_FOUND).with("kind", "case")),
        };
        let recording = match reads.record(EntityKind::Recording, call.recording_id.0)? {
            Some(Record::Recording(recording)) => recording,
            _ => return Err(AppError::new(codes::NOT_FOUND).with("kind", "recording")),
        };
        let mut silent = Self {
            call,
            case,
            recording,
            marks: Vec::new(),
            notes: Vec::new(),
        };
        for (kind, id) in silent.belongings(reads)? {
            if let Some(record) = reads.record(kind, id)? {
                silent.take(reads, record)?;
            }
        }
        silent.marks.sort_by_key(|m| m.session);
        Ok(silent)
    }

    /// The case its marks stand in now.
    pub fn stands_in(&self) -> CaseId {
        let aligned = self.call.alignment.as_ref();
        aligned.map_or(self.call.case_id, |a| a.case_id)
    }

    /// Neither mark nor note.
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty() && self.notes.is_empty()
    }

    /// The moment of one of its marks on the call clock.
    pub fn moment_of(&self, id: ObservationId) -> Option<u64> {
        let mark = self.marks.iter().find(|m| m.observation.id == id)?;
        Some(mark.moment())
    }

    /// What can be held against a recording.
    pub fn known(&self) -> SilentCall {
        SilentCall {
            started_at: self.call.started_at,
            duration_ms: self.recording.duration_ms,
            anchor: self.call.anchor.clone(),
            marks: self.marks.iter().map(Mark::moment).collect(),
        }
    }

    /// Its marks and notes as they stand on `target` at an offset, with the words heard there.
    pub fn moved_to(
        &self,
        reads: &dyn Reads,
        target: &Recording,
        offset_ms: i64,
    ) -> AppResult<Vec<Record>> {
        let mut records: Vec<Record> = Vec::with_capacity(self.marks.len() + self.notes.len());
        for mark in &self.marks {
            let [start_ms, end_ms, raw_mark_ms] = mark.session;
            let mut o = mark.observation.clone();
            let length_ms = target.duration_ms;
            let moved = shifted_range(start_ms, end_ms, offset_ms, length_ms);
            (o.start_ms, o.end_ms) = o.anchor.stretch(moved, length_ms);
            o.raw_mark_ms = shifted(raw_mark_ms, offset_ms, length_ms);
            o.recording_id = target.id;
            o.case_id = target.case_id;
            if o.quote.is_empty() || mark.is_quoted_by_machine {
                o.quote = quote_of(reads, &o)?;
            }
            records.push(o.into());
        }
        for Note { note, session_ms } in &self.notes {
            records.push(
                SeatNote {
                    at_ms: shifted(*session_ms, offset_ms, target.duration_ms),
                    recording_id: target.id,
                    case_id: target.case_id,
                    ..note.clone()
                }
                .into(),
            );
        }
        Ok(records)
    }

    /// Which marks and notes are this call's own. Once they stand on a recording that others mark
    /// too, the change log tells.
    fn belongings(&self, reads: &dyn Reads) -> AppResult<HashSet<(EntityKind, Uuid)>> {
        if self.call.alignment.is_none() {
            let marks = reads.observations_of(self.call.case_id)?;
            let notes = reads.seat_notes_of(self.call.case_id)?;
            let marks = marks
                .iter()
                .map(|v| (EntityKind::Observation, v.observation.id.0));
            let notes = notes.iter().map(|v| (EntityKind::SeatNote, v.note.id.0));
            return Ok(marks.chain(notes).collect());
        }
        let mut found = HashSet::new();
        for change in reads.history(EntityKind::LiveCall, self.call.id.0)? {
            if change.action == Action::LiveAlign {
                let moved = reads.changes_of_op(change.op_id)?;
                found.extend(moved.iter().map(|c| (c.entity, c.entity_id)));
            }
        }
        Ok(found)
    }

    /// Takes in one of its marks or notes; what was taken away or stands elsewhere is not its any
    /// more.
    fn take(&mut self, reads: &dyn Reads, record: Record) -> AppResult<()> {
        let stands_on = match &self.call.alignment {
            Some(aligned) => aligned.recording_id,
            None => self.call.recording_id,
        };
        let offset_ms = self.call.alignment.as_ref().map_or(0, |a| a.offset_ms);
        let is_here = |on: RecordingId, meta: &Meta| on == stands_on && meta.deleted_at.is_none();
        match record {
            Record::Observation(o) if is_here(o.recording_id, &o.meta) => {
                let past = Past::of(reads, EntityKind::Observation, o.id.0)?;
                let now = [o.start_ms, o.end_ms, o.raw_mark_ms];
                self.marks.push(Mark {
                    session: past.on_session(MARK_TIMES, now, offset_ms),
                    is_quoted_by_machine: past.is_quoted_by_machine(),
                    observation: o,
                });
            }
            Record::SeatNote(note) if is_here(note.recording_id, &note.meta) => {
                let past = Past::of(reads, EntityKind::SeatNote, note.id.0)?;
                let [session_ms] = past.on_session(["at_ms"], [note.at_ms], offset_ms);
                self.notes.push(Note { note, session_ms });
            }
            _ => {}
        }
        Ok(())
    }
}

impl Mark {
    /// The moment that was meant, on the call clock.
    fn moment(&self) -> u64 {
        self.session[2].saturating_sub(self.observation.lag_ms)
    }
}

/// What the change log says of one mark or note, newest first.
struct Past(Vec<Change>);

impl Past {
    fn of(reads: &dyn Reads, kind: EntityKind, id: Uuid) -> AppResult<Self> {
        let mut changes = reads.history(kind, id)?;
        changes.retain(|c| c.entity_id == id);
        changes.reverse();
        Ok(Self(changes))
    }

    /// Times on the call clock of what stands at `now` with an offset. A mark that stood outside
    /// a recording was moved to its edge; what it was before is in the log. Where a person changed
    /// its times after a move, that person is right and the offset is taken off.
    fn on_session<const N: usize>(
        &self,
        names: [&str; N],
        now: [u64; N],
        offset_ms: i64,
    ) -> [u64; N] {
        let by_offset = now.map(|t| t.saturating_add_signed(offset_ms.saturating_neg()));
        let mut times = now;
        for (at, change) in self.0.iter().enumerate() {
            let is_timed = names.iter().any(|name| change.fields.contains_key(*name));
            if change.created || (is_timed && !is_move(change)) {
                let was_moved = self.0[at..].iter().any(is_move);
                return if was_moved { by_offset } else { times };
            }
            for (time, name) in times.iter_mut().zip(names) {
                let Some(field) = change.fields.get(name) else {
                    continue;
                };
                let was = field
                    .told()
                    .filter(|(_, after)| after.as_u64() == Some(*time));
                match was.and_then(|(before, _)| before.as_u64()) {
                    Some(before) => *time = before,
                    None => return by_offset,
                }
            }
        }
        by_offset
    }

    fn is_quoted_by_machine(&self) -> bool {
        let wrote = self.0.iter().find(|c| c.fields.contains_key("quote"));
        wrote.is_some_and(|c| c.action == Action::LiveAlign || c.action == Action::ObservationQuote)
    }
}

/// The times follow the recording: a move onto one, or undoing that.
fn is_move(change: &Change) -> bool {
    change.action == Action::LiveAlign
        || (change.action == Action::Undo && change.fields.contains_key("recording_id"))
}
