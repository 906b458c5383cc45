//! What is asked of the database here.

use super::{CaseQuery, CaseRow, CaseValue, CaseValues, ListenState};
use crate::error::AppResult;
use crate::port::reads;
use crate::shape::Page;
use qinting_domain::*;

reads! {
    $ hand_case_reads
    /// The library: cases, their recordings, and where people stand in them.
    CaseReads {
        /// The case library.
        cases(query: &CaseQuery) -> Page<CaseRow>;
        /// The cases a query finds, whatever window it names, at most so many; newest import first.
        case_ids(query: &CaseQuery, most: u32) -> Vec<CaseId>;
        /// Values of a fact among the cases of a query, most frequent first, at most [`MOST_VALUES`](super::MOST_VALUES).
        case_values(values: &CaseValues) -> Vec<CaseValue>;
        /// Business lines that cases or issues carry, most used first.
        business_lines() -> Vec<String>;
        /// Contacts of a case, the first first: the earliest that is known, then as they were made.
        contacts_of(case: CaseId) -> Vec<Contact>;
        /// Who saw customers of a case whole, the last first.
        unmaskings_of(case: CaseId) -> Vec<Unmasking>;
        /// Recordings of a case.
        recordings_of(case: CaseId) -> Vec<Recording>;
        /// The recording that was made from exactly these source bytes, or holds exactly this audio.
        recording_by_hash(sha256: &str) -> Option<Recording>;
        /// Recordings with sound that an older decoder than this made of files, with their cases,
        /// newest first.
        recordings_before(decoder: u32) -> Vec<(Case, Recording)>;
        /// Every recording with sound that is there or in the bin, with its case.
        recordings_with_sound() -> Vec<(Case, Recording)>;
        /// All bytes that have to be there, as recordings that are there or in the bin name them: by what
        /// they hold.
        media_in_use() -> Vec<(RecordingId, Sha256)>;
        /// The bytes of a recording that hold this.
        blob_of(recording: RecordingId, sha256: &str) -> Option<Blob>;
        /// Where a person left off in a case. Not part of the change log.
        listen_state(case: CaseId, person: PersonId) -> Option<ListenState>;
        /// How many different people have listened to a case.
        listener_count(case: CaseId) -> u32;
    }
}
