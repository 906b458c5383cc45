//! Words for moments that were marked before the text came.

use crate::error::AppResult;
use crate::marks::quote_of;
use crate::tx::{By, Deed, Tx};
use crate::workspace::App;
use qinting_domain::*;

impl App {
    /// Gives every moment of a recording that has no words yet those now heard in its range: one
    /// operation of the machine, on behalf of who brought the recording in. Words that are there
    /// stay as they are, except those of a live call: they were drafts.
    pub fn fill_quotes(&self, recording: &Recording) -> AppResult<()> {
        self.write_as(By::Machine(recording.meta.created_by), None, |tx| {
            Ok(Deed::of(
                Action::ObservationQuote,
                tx.with_quotes(recording)?,
            ))
        })
        .map(drop)
    }
}

impl Tx<'_> {
    fn with_quotes(&self, recording: &Recording) -> AppResult<Vec<Record>> {
        let mut records: Vec<Record> = Vec::new();
        let had_drafts = self.live_call_of(recording.id)?.is_some();
        let is_wanted = |o: &Observation| had_drafts || o.quote.is_empty();
        for view in self.observations_of(recording.case_id)? {
            let id = view.observation.id;
            if view.observation.recording_id != recording.id || !is_wanted(&view.observation) {
                continue;
            }
            // The view shows merged tags under their target; what is written back is the record.
            if let Some(mut o) = self.any::<Observation>(id)? {
                let words = quote_of(&**self, &o)?;
                if !words.is_empty() && words != o.quote {
                    o.quote = words;
                    records.push(o.into());
                }
            }
        }
        Ok(records)
    }
}
