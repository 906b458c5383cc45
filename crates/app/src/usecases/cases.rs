//! The case library.

use crate::acting::Acting;
use crate::app::{Seat, only};
use crate::usecases::live::swapped;
use crate::{AppError, AppResult, codes, views::*};
use qinting_domain::*;

impl Seat {
    /// The workspace in a few words.
    pub fn workspace_info(&self, _: ()) -> AppResult<WorkspaceInfo> {
        let all = CaseQuery {
            text: String::new(),
            business_line: String::new(),
            sort: CaseSort::Imported,
            offset: 0,
            limit: 0,
        };
        let facets = self.read(|seen| seen.issue_facets(self.actor(), self.app.now()))?;
        let open = facets
            .views
            .iter()
            .find(|c| c.name == "open")
            .map_or(0, |c| c.count);
        Ok(WorkspaceInfo {
            path: self.app.about.workspace.clone(),
            case_count: self.read(|seen| seen.cases(&all))?.total,
            open_issue_count: open,
            actor: self.fetch::<Person>(self.actor())?,
            has_model: self.default_model_id()?.is_some(),
            version: self.app.about.version.clone(),
            free_bytes: self.app.ports.media.space()?.0,
            is_demo: self.read(|seen| seen.is_demo())?,
            only_read: self.app.ports.store.only_read(),
            sharing: self.sharing(),
        })
    }

    /// Who may use the workspace's folder.
    pub fn sharing(&self) -> Sharing {
        self.app.ports.rights.sharing()
    }

    /// Answers who may use the workspace's folder: the person alone, or the group it was shared with.
    pub fn settle_sharing(&self, sharing: Sharing) -> AppResult<WorkspaceInfo> {
        self.app.ports.rights.settle(sharing)?;
        self.workspace_info(())
    }

    /// Says that this workspace is the demo, from now on and in every copy of it.
    pub fn declare_demo(&self) -> AppResult<()> {
        self.app.ports.store.mark_demo()
    }

    /// A window of the case library.
    pub fn list_cases(&self, query: CaseQuery) -> AppResult<Page<CaseRow>> {
        self.read(|seen| seen.cases(&query))
    }

    /// Business lines in use, for filters and suggestions.
    pub fn business_lines(&self, _: ()) -> AppResult<Vec<String>> {
        self.read(|seen| seen.business_lines())
    }

    /// A case as the console opens it.
    pub fn get_case(&self, id: CaseId) -> AppResult<CaseView> {
        let case = self.fetch::<Case>(id)?;
        let recording = self.recording_of(id)?;
        let (segment_count, regions) = match &recording {
            Some(r) => (
                self.read(|seen| seen.segment_count(r.id))?,
                self.regions_of(r)?,
            ),
            None => (0, Vec::new()),
        };
        let text_is_older = match &recording {
            Some(r) if segment_count > 0 => self.text_is_older(r)?,
            _ => false,
        };
        let job = self.read(|seen| seen.newest_job_of(JobKind::Transcribe, id))?;
        let live = match &recording {
            Some(r) => self.heard_live(r.id)?,
            None => None,
        };
        Ok(CaseView {
            live,
            transcript: transcript_state(job.as_ref(), segment_count),
            segment_count,
            text_is_older,
            job,
            listener_count: self.read(|seen| seen.listener_count(id))?,
            listen_state: self.read(|seen| seen.listen_state(id, self.actor()))?,
            regions,
            recording,
            case,
        })
    }

    /// Silence and overtalk as the sound shows them, and what was paused or lost while it was
    /// captured.
    fn regions_of(&self, recording: &Recording) -> AppResult<Vec<Region>> {
        let ports = &self.app.ports;
        let mut regions = Vec::new();
        if recording.has_audio() {
            let peaks = ports.media.path_of(&recording.peaks_sha256);
            // A lost peaks file must not keep anybody from listening.
            regions = ports.audio.regions(&peaks, recording).unwrap_or_else(|e| {
                tracing::warn!(recording = %recording.id, code = e.code(), "regions unreadable");
                Vec::new()
            });
        }
        let limit = self.app.limit_of(recording)?;
        for gap in self.read(|seen| seen.gaps_of(recording.id))? {
            let kind = match gap.kind {
                GapKind::Pause => RegionKind::Paused,
                _ => RegionKind::Lost,
            };
            let (start_ms, end_ms) = (gap.start_ms, gap.end_ms.unwrap_or(limit).min(limit));
            if start_ms < end_ms {
                regions.push(Region {
                    kind,
                    start_ms,
                    end_ms,
                });
            }
        }
        Ok(regions)
    }

    /// The live call a recording comes from, or the one whose marks were put onto it.
    fn heard_live(&self, id: RecordingId) -> AppResult<Option<LiveCall>> {
        if let Some(own) = self.read(|seen| seen.live_call_of(id))? {
            return Ok(Some(own));
        }
        let is_here = |call: &LiveCall| {
            let alignment = call.alignment.as_ref();
            alignment.is_some_and(|a| a.recording_id == id)
        };
        Ok(self
            .read(|seen| seen.live_calls())?
            .into_iter()
            .find(is_here))
    }

    /// Puts a case into the bin, with all that belongs to it. Nothing of it is lost, and from there
    /// it can be put back.
    pub fn delete_case(&self, id: CaseId) -> AppResult<()> {
        self.write(Action::CaseDelete, |tx| {
            let case = tx.gone(EntityKind::Case, id.0)?;
            tx.refuse_listening(id)?;
            Ok(vec![case])
        })?;
        if let Some(player) = &self.app.ports.player
            && player.state().case_id == Some(id)
        {
            player.close();
        }
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

    /// Swaps the two sides: the most common repair after an import.
    pub fn swap_channels(&self, id: RecordingId) -> AppResult<Recording> {
        only::<Recording>(self.write(Action::RecordingRoles, |tx| {
            let mut recording = tx.fetch::<Recording>(id)?;
            recording.roles = swapped(&recording.roles);
            Ok(vec![recording.into()])
        })?)
    }

    /// The recording of a case, if it has one.
    pub(crate) fn recording_of(&self, case: CaseId) -> AppResult<Option<Recording>> {
        Ok(self
            .read(|seen| seen.recordings_of(case))?
            .into_iter()
            .next())
    }
}

impl Acting<'_> {
    /// Refuses a case that is being listened to, here or in another process.
    fn refuse_listening(&self, id: CaseId) -> AppResult<()> {
        for recording in self.recordings_of(id)? {
            let call = self.live_call_of(recording.id)?;
            if call.is_some_and(|c| c.state == LiveState::Listening) && self.app.is_live_anywhere()
            {
                return Err(AppError::new(codes::LIVE_RUNNING));
            }
        }
        Ok(())
    }
}

/// Where a recording's text stands, from its newest job and what is there.
pub(crate) fn transcript_state(job: Option<&Job>, segments: u32) -> TranscriptState {
    match job.map(|j| j.state) {
        Some(JobState::Queued) => TranscriptState::Queued,
        Some(JobState::Running) => TranscriptState::Running,
        Some(JobState::Failed) => TranscriptState::Failed,
        Some(JobState::Done) => TranscriptState::Done,
        Some(JobState::Cancelled) | None if segments > 0 => TranscriptState::Done,
        Some(JobState::Cancelled) | None => TranscriptState::None,
    }
}
