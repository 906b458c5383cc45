//! What is asked of the database here.

use super::{ObservationQuery, ObservationView, SeatNoteView};
use crate::error::AppResult;
use crate::port::reads;
use crate::shape::Page;
use qinting_domain::*;

reads! {
    $ hand_mark_reads
    /// Marked moments, and notes from the seat.
    MarkReads {
        /// Observations of a case in time order, with the issues they are filed under.
        observations_of(case: CaseId) -> Vec<ObservationView>;
        /// Observations of the whole workspace, newest first.
        observations(query: &ObservationQuery) -> Page<ObservationView>;
        /// One observation with its case title, author, and issues; `None` when it is gone.
        observation_view(id: ObservationId) -> Option<ObservationView>;
        /// Notes of a case in time order, with their authors' names.
        seat_notes_of(case: CaseId) -> Vec<SeatNoteView>;
    }
}
