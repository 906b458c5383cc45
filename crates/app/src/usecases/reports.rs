//! Search, links, exports, and the doctor.

use super::media_check::Share;
use crate::app::Seat;
use crate::ports::Cancel;
use crate::{AppError, AppResult, codes, views::*};
use qinting_domain::*;
use std::path::Path;

impl Seat {
    /// One search over everything.
    pub fn search(&self, query: SearchQuery) -> AppResult<SearchResults> {
        self.read(|seen| seen.search(&query))
    }

    /// A moment as a link.
    pub fn moment_link(&self, link: MomentLink) -> AppResult<String> {
        Ok(link.to_string())
    }

    /// A link as a moment, after checking that its case is here. A link into a live call whose marks
    /// went onto a recording leads there.
    pub fn resolve_link(&self, url: String) -> AppResult<MomentLink> {
        let link = MomentLink::parse(&url).ok_or_else(|| AppError::new(codes::LINK_INVALID))?;
        match self.fetch::<Case>(link.case_id) {
            Ok(_) => Ok(link),
            Err(gone) => self.followed(&link)?.ok_or(gone),
        }
    }

    /// Writes all findings to a file.
    pub fn export_findings(&self, request: ExportRequest) -> AppResult<ExportResult> {
        self.export_findings_to(request.format, &path_text::from_text(&request.path))
    }

    /// The same for hosts whose paths need not be text.
    pub fn export_findings_to(&self, format: ExportFormat, path: &Path) -> AppResult<ExportResult> {
        let mut findings = self.findings()?;
        findings.at = self.app.now();
        let bytes = self.app.ports.writer.write(format, &findings)?;
        self.app.ports.files_out.write(path, &bytes)?;
        Ok(ExportResult {
            path: path_text::to_text(path),
            bytes: bytes.len() as u64,
            observations: u32::try_from(findings.observations.len()).unwrap_or(u32::MAX),
            issues: u32::try_from(findings.issues.len()).unwrap_or(u32::MAX),
        })
    }

    fn findings(&self) -> AppResult<Findings> {
        self.read(|seen| {
            seen.may(Action::FindingsExport, None)?;
            seen.findings()
        })
    }

    /// The bytes of an export, for hosts that write to a stream.
    pub fn render_findings(&self, format: ExportFormat) -> AppResult<Vec<u8>> {
        let mut findings = self.findings()?;
        findings.at = self.app.now();
        self.app.ports.writer.write(format, &findings)
    }

    /// The state of everything the app rests on. Of the media files a share is read whole.
    pub fn doctor(&self, _: ()) -> AppResult<DoctorReport> {
        self.report(&Share::Turn)
    }

    /// The same with every media file read whole. Progress comes as events; stopped, it says what was
    /// found until then.
    pub fn doctor_full(&self, _: ()) -> AppResult<DoctorReport> {
        let cancel = Cancel::default();
        let reading = &self.app.reading_media;
        reading.lock().push(cancel.clone());
        let report = self.report(&Share::All(cancel.clone()));
        reading.lock().retain(|other| !other.is_same(&cancel));
        report
    }

    /// Stops reading all media files.
    pub fn doctor_stop(&self, _: ()) -> AppResult<()> {
        self.app
            .reading_media
            .lock()
            .iter()
            .for_each(Cancel::cancel);
        Ok(())
    }

    fn report(&self, share: &Share) -> AppResult<DoctorReport> {
        let ports = &self.app.ports;
        let database = self.read(|seen| seen.database_report(true))?;
        let (free_bytes, media_bytes) = ports.media.space()?;
        let missing_media: Vec<String> = self
            .read(|seen| seen.media_in_use())?
            .into_iter()
            .filter(|sha| !ports.media.path_of(sha).is_file())
            .collect();
        let media = self.media_report(share)?;
        let devices = match &ports.player {
            Some(player) => player.devices().unwrap_or_default(),
            None => Vec::new(),
        };
        Ok(DoctorReport {
            version: self.app.about.version.clone(),
            workspace: self.app.about.workspace.clone(),
            healthy: database.sound && missing_media.is_empty() && media.broken.is_empty(),
            database,
            devices,
            models: self
                .list_models(())?
                .into_iter()
                .filter(|m| m.state != ModelState::Absent)
                .collect(),
            models_folder: path_text::to_text(ports.models.folder()),
            ffmpeg: ports.decoder.outside(),
            zone: ports.writer.zone(),
            free_bytes,
            media_bytes,
            missing_media,
            media,
            to_retake: self.retake_candidates()?,
            index: self.read(|seen| seen.index_state())?,
        })
    }
}
