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
            let anchor = request.anchor.unwrap_or_default();
            let stretch = match (anchor, &request.range) {
                (Anchor::Sound, Some(span)) => clamp_range(span.start_ms, span.end_ms, limit),
                (Anchor::Sound, None) => {
                    tx.stretch_around(recording.id, request.at_ms, lag_ms, limit)?
                }
                (Anchor::Turns(turns), _) => tx.stretch_of(recording.id, turns)?,
                (Anchor::Whole, _) => anchor.stretch((0, 0), limit),
            };
            let mut observation = Observation {
                id,
                case_id: recording.case_id,
                recording_id: recording.id,
                anchor,
                start_ms: stretch.0,
                end_ms: stretch.1,
                raw_mark_ms: request.at_ms.min(limit),
                lag_ms,
                kind: request.kind.unwrap_or(ObservationKind::Problem),
                axis: Axis::None,
                text: request.text.clone().unwrap_or_default(),
                quote: String::new(),
                tags: tx.known_tags(&request.tags)?,
                severity: 0,
                session_id: request.session_id,
                meta: self.new_meta(),
            };
            observation.quote = quote_of(&**tx, &observation)?;
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
        let has_moved = (o.start_ms, o.end_ms) != (before.start_ms, before.end_ms);
        if has_moved || o.anchor != before.anchor {
            let recording = self.fetch::<Recording>(o.recording_id)?;
            let limit = self.app.limit_of(&recording)?;
            if has_moved && o.anchor == before.anchor {
                // Who moves an end means a stretch.
                o.anchor = Anchor::Sound;
            }
            (o.start_ms, o.end_ms) = match o.anchor {
                Anchor::Sound if has_moved => clamp_range(o.start_ms, o.end_ms, limit),
                Anchor::Sound => {
                    self.stretch_around(recording.id, o.raw_mark_ms, o.lag_ms, limit)?
                }
                Anchor::Turns(turns) => self.stretch_of(recording.id, turns)?,
                Anchor::Whole => o.anchor.stretch((0, 0), limit),
            };
            o.quote = quote_of(&**self, o)?;
        }
        if o.tags != before.tags {
            o.tags = self.known_tags(&o.tags)?;
        }
        Ok(())
    }

    /// The stretch a key means that went down at a moment.
    fn stretch_around(
        &self,
        recording: RecordingId,
        at_ms: u64,
        lag_ms: u64,
        limit: u64,
    ) -> AppResult<(u64, u64)> {
        let moment = at_ms.saturating_sub(lag_ms).min(limit);
        let covering = self.segments_between(recording, moment, moment + 1)?;
        let covering = covering.first().map(|s| (s.start_ms, s.end_ms));
        Ok(mark_range(at_ms, lag_ms, covering, limit))
    }

    /// When turns were, which have to be there.
    fn stretch_of(&self, recording: RecordingId, turns: Turns) -> AppResult<(u64, u64)> {
        let missing = || AppError::new(codes::INVALID).with("field", "anchor");
        let turns = Turns::new(turns.first, turns.last).ok_or_else(missing)?;
        let end = |number: u32| {
            self.segments(recording, number - 1, 1)
                .map(|found| found.into_iter().next())
        };
        match (end(turns.first)?, end(turns.last)?) {
            (Some(first), Some(last)) => Ok((first.start_ms, last.end_ms.max(first.start_ms))),
            _ => Err(missing()),
        }
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

/// The words of a mark, for lists that must not look into the transcript. The whole has none of its own: how a
/// call begins says nothing of it.
pub fn quote_of(reads: &dyn Reads, o: &Observation) -> AppResult<String> {
    let heard = match o.anchor {
        Anchor::Sound => reads.segments_between(o.recording_id, o.start_ms, o.end_ms)?,
        Anchor::Turns(turns) => reads.segments(o.recording_id, turns.first - 1, turns.count())?,
        Anchor::Whole => Vec::new(),
    };
    let words: Vec<String> = heard.into_iter().map(|s| s.text).collect();
    Ok(words.join(" ").chars().take(MAX_QUOTE).collect())
}
