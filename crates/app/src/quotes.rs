//! Words for moments that were marked before the text came.

use crate::app::App;
use crate::ports::Commit;
use crate::usecases::words_in;
use crate::views::{AppEvent, Touched};
use crate::{AppResult, codes};
use qinting_domain::*;

/// How often the work is begun again because somebody wrote in between.
const TRIES: u32 = 5;

impl App {
    /// Gives every moment of a recording that has no words yet those now heard in its range: one
    /// operation of the machine, on behalf of who brought the recording in. Words that are there
    /// stay as they are, except those of a live call: they were drafts.
    pub(crate) fn fill_quotes(&self, recording: &Recording) -> AppResult<()> {
        for tried in 1.. {
            match self.try_fill_quotes(recording) {
                Err(e) if e.code() == codes::CONFLICT && tried < TRIES => {}
                done => return done,
            }
        }
        Ok(())
    }

    fn try_fill_quotes(&self, recording: &Recording) -> AppResult<()> {
        let mut records: Vec<Record> = Vec::new();
        let had_drafts = self.ports.store.live_call_of(recording.id)?.is_some();
        let is_wanted = |o: &Observation| had_drafts || o.quote.is_empty();
        for view in self.ports.store.observations_of(recording.case_id)? {
            let id = view.observation.id;
            if view.observation.recording_id != recording.id || !is_wanted(&view.observation) {
                continue;
            }
            // The view shows merged tags under their target; what is written back is the record.
            if let Some(Record::Observation(mut o)) =
                self.ports.store.record(EntityKind::Observation, id.0)?
                && is_wanted(&o)
                && o.meta.deleted_at.is_none()
            {
                let words = words_in(&*self.ports.store, recording.id, o.start_ms, o.end_ms)?;
                if !words.is_empty() && words != o.quote {
                    o.quote = words;
                    records.push(o.into());
                }
            }
        }
        if records.is_empty() {
            return Ok(());
        }
        let op_id = OpId(self.id());
        let done = self.ports.store.commit(Commit {
            op_id,
            actor: recording.meta.created_by,
            at: self.now(),
            action: OBSERVATION_QUOTE,
            records,
            undoes: None,
        })?;
        self.feed.tell(&AppEvent::Changed {
            touched: done
                .records
                .iter()
                .map(|r| Touched {
                    kind: r.kind(),
                    id: r.uuid(),
                })
                .collect(),
            op_id,
            action: OBSERVATION_QUOTE.to_owned(),
            undoable: false,
        });
        Ok(())
    }
}
