//! Marks and what grows from them.

mod quotes;
pub(crate) mod reads;
mod seat_notes;
pub(crate) mod shapes;

pub use reads::*;
pub use shapes::*;

use crate::acting::Acting;
use crate::error::{AppError, AppResult, codes};
use crate::reads::Reads;
use crate::shape::Page;
use crate::tx::{Deed, Tx};
use qinting_domain::*;

/// Longest quote kept with an observation, in characters; the audio has the rest.
const MAX_QUOTE: usize = 400;

impl Acting {
    /// The one-key mark: saved durably before anything else happens.
    pub fn mark(&self, request: MarkRequest) -> AppResult<ObservationView> {
        let id = request.id.unwrap_or_else(|| ObservationId(self.app().id()));
        self.write_as(request.op_id, |tx| {
            let recording = tx.fetch::<Recording>(request.recording_id)?;
            let lag_ms = match request.lag_ms {
                Some(lag) => u64::from(lag),
                None => u64::from(tx.person_settings()?.mark_lag_ms),
            };
            let limit = self.app().limit_of(&recording)?;
            let moment = request.at_ms.saturating_sub(lag_ms).min(limit);
            let (start_ms, end_ms) = match &request.range {
                Some(span) => clamp_range(span.start_ms, span.end_ms, limit),
                None => {
                    let covering = tx.segments_between(recording.id, moment, moment + 1)?;
                    let covering = covering.first().map(|s| (s.start_ms, s.end_ms));
                    mark_range(request.at_ms, lag_ms, covering, limit)
                }
            };
            let observation = Observation {
                id,
                case_id: recording.case_id,
                recording_id: recording.id,
                start_ms,
                end_ms,
                raw_mark_ms: request.at_ms.min(limit),
                lag_ms,
                kind: request.kind.unwrap_or(ObservationKind::Problem),
                axis: Axis::None,
                text: request.text.clone().unwrap_or_default(),
                quote: words_in(&**tx, recording.id, start_ms, end_ms)?,
                tags: tx.known_tags(&request.tags)?,
                severity: 0,
                session_id: request.session_id,
                meta: self.new_meta(),
            };
            Ok(Deed::of(Action::ObservationMark, vec![observation.into()]))
        })?;
        self.view_of(id)
    }

    /// Takes an observation away; undo brings it back, with its place in the issues it was
    /// filed under.
    pub fn delete_observation(&self, id: ObservationId) -> AppResult<()> {
        self.take_away::<Observation>(Action::ObservationDelete, id)
    }

    /// Observations of a case in time order.
    pub fn observations_of(&self, case: CaseId) -> AppResult<Vec<ObservationView>> {
        self.fetch::<Case>(case)?;
        self.read(|seen| seen.observations_of(case))
    }

    /// Observations of the workspace, newest first.
    pub fn observations(&self, query: ObservationQuery) -> AppResult<Page<ObservationView>> {
        self.read(|seen| seen.observations(&query))
    }

    fn view_of(&self, id: ObservationId) -> AppResult<ObservationView> {
        self.read(|seen| seen.observation_view(id))?
            .ok_or_else(|| AppError::new(codes::NOT_FOUND))
    }
}

impl Tx<'_> {
    /// What follows from an edit of a mark: its range lies inside the recording, its quote is what is
    /// heard there, and a merged tag is the one that took over.
    pub(super) fn settle_mark(&self, before: &Observation, o: &mut Observation) -> AppResult<()> {
        if (o.start_ms, o.end_ms) != (before.start_ms, before.end_ms) {
            let recording = self.fetch::<Recording>(o.recording_id)?;
            (o.start_ms, o.end_ms) =
                clamp_range(o.start_ms, o.end_ms, self.app.limit_of(&recording)?);
            o.quote = words_in(&**self, recording.id, o.start_ms, o.end_ms)?;
        }
        if o.tags != before.tags {
            o.tags = self.known_tags(&o.tags)?;
        }
        Ok(())
    }

    /// The tags as given, once each; the one that took over in the place of a merged one.
    fn known_tags(&self, tags: &[TagId]) -> AppResult<Vec<TagId>> {
        let mut known: Vec<TagId> = Vec::with_capacity(tags.len());
        for id in tags {
            let id = match self.any::<Tag>(*id)?.map(|tag| tag.status) {
                Some(TagStatus::MergedInto(into)) => into,
                _ => *id,
            };
            if !known.contains(&id) {
                known.push(id);
            }
        }
        Ok(known)
    }
}

/// Words heard in a range, for lists that must not look into the transcript.
pub fn words_in(
    reads: &dyn Reads,
    recording: RecordingId,
    start_ms: u64,
    end_ms: u64,
) -> AppResult<String> {
    let words: Vec<String> = reads
        .segments_between(recording, start_ms, end_ms)?
        .into_iter()
        .map(|s| s.text)
        .collect();
    Ok(words.join(" ").chars().take(MAX_QUOTE).collect())
}
