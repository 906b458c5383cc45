//! The case library.

mod many;
pub(crate) mod reads;
pub(crate) mod shapes;
mod whole;

pub use reads::*;
pub use shapes::*;

use crate::acting::{Acting, only};
use crate::error::{AppError, AppResult, codes};
use crate::shape::Page;
use crate::tx::Tx;
use crate::workspace::App;
use qinting_domain::*;
use std::collections::BTreeSet;

impl Acting {
    /// A window of the case library. `invalid` names `filters` that cannot be asked.
    pub fn list_cases(&self, query: CaseQuery) -> AppResult<Page<CaseRow>> {
        query.check()?;
        self.read(|seen| seen.cases(&query))
    }

    /// Values of a fact among the cases of a query, most frequent first. `invalid` names a `fact` that is no word.
    pub fn case_values(&self, values: CaseValues) -> AppResult<Vec<CaseValue>> {
        values.query.check()?;
        if values.fact.is_measured() {
            return Err(Unfit::of("fact").into());
        }
        self.read(|seen| seen.case_values(&values))
    }

    /// Business lines in use, for filters and suggestions.
    pub fn business_lines(&self, _: ()) -> AppResult<Vec<String>> {
        self.read(|seen| seen.business_lines())
    }

    /// Puts a case into the bin, with all that belongs to it. Nothing of it is lost, and from there
    /// it can be put back.
    pub fn delete_case(&self, id: CaseId) -> AppResult<()> {
        self.write(Action::CaseDelete, |tx| {
            let case = tx.gone(EntityKind::Case, id.0)?;
            tx.refuse_listening(id)?;
            Ok(vec![case])
        })?;
        Ok(())
    }

    /// Says who speaks on which channel.
    pub fn set_roles(&self, request: RolesRequest) -> AppResult<Recording> {
        only::<Recording>(self.write(Action::RecordingRoles, |tx| {
            let mut recording = tx.fetch::<Recording>(request.recording_id)?;
            if request.roles.len() != usize::from(recording.channels) {
                return Err(AppError::new(codes::INVALID).with("field", "roles"));
            }
            recording.roles.clone_from(&request.roles);
            Ok(vec![recording.into()])
        })?)
    }

    /// Swaps the two sides of recordings, as one operation: the most common repair after an import. Gives how many they
    /// are. Of several those that are gone by now are left out.
    pub fn swap_channels(&self, ids: Vec<RecordingId>) -> AppResult<u32> {
        let ids: BTreeSet<RecordingId> = ids.into_iter().collect();
        let done = self.write(Action::RecordingRoles, |tx| {
            let (mut turned, mut gone) = (Vec::<Record>::new(), None);
            for id in &ids {
                match tx.fetch::<Recording>(*id) {
                    Ok(mut recording) => {
                        recording.roles = swapped(&recording.roles);
                        turned.push(recording.into());
                    }
                    Err(e) if [codes::CASE_IN_BIN, codes::NOT_FOUND].contains(&e.code()) => {
                        gone = Some(e);
                    }
                    Err(e) => return Err(e),
                }
            }
            match gone {
                Some(e) if turned.is_empty() => Err(e),
                _ => Ok(turned),
            }
        })?;
        Ok(u32::try_from(done.records.len()).unwrap_or(u32::MAX))
    }

    /// The recording of a case, if it has one.
    pub fn recording_of(&self, case: CaseId) -> AppResult<Option<Recording>> {
        Ok(self
            .read(|seen| seen.recordings_of(case))?
            .into_iter()
            .next())
    }
}

impl App {
    /// How far a moment of a recording may lie: to its end, and while it is being made a clip
    /// beyond now.
    pub fn limit_of(&self, recording: &Recording) -> AppResult<u64> {
        if recording.has_audio() {
            return Ok(recording.duration_ms);
        }
        if let Some(call) = self.calls.on(recording.id) {
            return Ok(call.limit_ms);
        }
        Ok(match self.ports.store.live_call_of(recording.id)? {
            // Another process has it, or nobody yet has looked at what a dead one left.
            Some(call) if call.state == LiveState::Listening => {
                let since = u64::try_from(self.now() - call.started_at).unwrap_or(0);
                since.saturating_add(CLIP_AFTER_MS)
            }
            _ => recording.duration_ms,
        })
    }

    /// Refuses a recording that has nothing to play or decode.
    pub fn needs_sound(&self, recording: &Recording) -> AppResult<()> {
        if recording.has_audio() {
            return Ok(());
        }
        Err(AppError::new(match self.calls.on(recording.id).is_some() {
            true => codes::LIVE_RUNNING,
            false => codes::MEDIA_MISSING,
        }))
    }
}

impl CaseQuery {
    /// Refuses what cannot be asked.
    fn check(&self) -> AppResult<()> {
        match CaseFilter::are_fit(&self.filters) {
            true => Ok(()),
            false => Err(Unfit::of("filters").into()),
        }
    }
}

impl Tx<'_> {
    /// Refuses a case that is being listened to, here or in another process.
    fn refuse_listening(&self, id: CaseId) -> AppResult<()> {
        for recording in self.recordings_of(id)? {
            let call = self.live_call_of(recording.id)?;
            if call.is_some_and(|c| c.state == LiveState::Listening) && self.app.calls.is_anywhere()
            {
                return Err(AppError::new(codes::LIVE_RUNNING));
            }
        }
        Ok(())
    }
}

/// Where a recording's text stands, from its newest job and what is there.
pub fn transcript_state(job: Option<&Job>, segments: u32) -> TranscriptState {
    match job.map(|j| j.state) {
        Some(JobState::Queued) => TranscriptState::Queued,
        Some(JobState::Running) => TranscriptState::Running,
        Some(JobState::Failed) => TranscriptState::Failed,
        Some(JobState::Done) => TranscriptState::Done,
        Some(JobState::Cancelled) | None if segments > 0 => TranscriptState::Done,
        Some(JobState::Cancelled) | None => TranscriptState::None,
    }
}

/// The roles the other way round; the one voice of a single channel turns from one side to the
/// other.
pub fn swapped(roles: &[ChannelRole]) -> Vec<ChannelRole> {
    match roles {
        [] => Vec::new(),
        [ChannelRole::Agent] => vec![ChannelRole::Customer],
        [_] => vec![ChannelRole::Agent],
        many => many.iter().rev().copied().collect(),
    }
}
