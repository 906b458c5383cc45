//! A call as the console opens it.

mod shapes;

pub use shapes::*;

use crate::desk::AtDesk;
use qinting_app::*;
use qinting_domain::*;

impl AtDesk {
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
        let texts = match &recording {
            Some(r) => self.read(|seen| seen.transcripts_of(r.id))?,
            None => Vec::new(),
        };
        let text_is_older = match &recording {
            Some(r) if segment_count > 0 => self.text_is_older(r, &texts)?,
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
            texts,
            job,
            listener_count: self.read(|seen| seen.listener_count(id))?,
            listen_state: self.read(|seen| seen.listen_state(id, self.actor()))?,
            regions,
            recording,
            contacts: self.shown_contacts_of(id)?,
            unmasked: self.unmaskings_of(id)?,
            case,
        })
    }

    fn shown_contacts_of(&self, id: CaseId) -> AppResult<Vec<Contact>> {
        let contacts = self.read(|seen| seen.contacts_of(id))?;
        Ok(contacts.into_iter().map(Contact::shown).collect())
    }

    /// Whether the text was made from a copy of the sound that another has taken the place of.
    fn text_is_older(&self, recording: &Recording, texts: &[Transcript]) -> AppResult<bool> {
        let is_shown = |t: &&Transcript| t.standing == TranscriptStanding::Shown;
        let heard = match texts.iter().find(is_shown) {
            Some(text) => text.sound_sha256.clone(),
            None => self.desk.heard_sound(recording)?,
        };
        Ok(!heard.is_empty() && heard != recording.audio_sha256)
    }

    /// Silence as the waveform shows it, overtalk as it was measured (before that: as the waveform shows it), and what
    /// was paused or lost while it was captured.
    fn regions_of(&self, recording: &Recording) -> AppResult<Vec<Region>> {
        let machine = &self.desk.machine;
        let mut regions = Vec::new();
        if recording.has_audio() {
            // A lost peaks file must not keep anybody from listening.
            let peaks = self.desk.peaks_of(recording);
            let found = peaks.and_then(|peaks| machine.audio.regions(peaks, recording));
            regions = found.unwrap_or_else(|e| {
                tracing::warn!(recording = %recording.id, code = e.code(), "regions unreadable");
                Vec::new()
            });
            if let Some(overtalk) = self.measured_overtalk(recording.id)? {
                regions.retain(|r| r.kind != RegionKind::Overtalk);
                regions.extend(overtalk);
                regions.sort_by_key(|r| (r.start_ms, r.end_ms));
            }
        }
        let limit = self.desk.limit_of(recording)?;
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
}
