//! Search, links, exports, and the doctor.

use crate::app::Seat;
use crate::{AppError, AppResult, codes, views::*};
use qinting_domain::*;
use std::io::Write;
use std::path::Path;

impl Seat {
    /// One search over everything.
    pub fn search(&self, query: SearchQuery) -> AppResult<SearchResults> {
        self.store().search(&query)
    }

    /// A moment as a link.
    pub fn moment_link(&self, link: MomentLink) -> AppResult<String> {
        Ok(link.to_string())
    }

    /// A link as a moment, after checking that its case is here. A link into a live call whose marks
    /// went onto a recording leads there.
    pub fn resolve_link(&self, url: String) -> AppResult<MomentLink> {
        let link = MomentLink::parse(&url).ok_or_else(|| AppError::new(codes::LINK_INVALID))?;
        match self.live(EntityKind::Case, link.case_id.0) {
            Ok(_) => Ok(link),
            Err(gone) => self.followed(&link)?.ok_or(gone),
        }
    }

    /// Writes all findings to a file: beside it first, then in its place, so that a full disk
    /// never leaves half a report under the name somebody will send.
    pub fn export_findings(&self, request: ExportRequest) -> AppResult<ExportResult> {
        let mut findings = self.store().findings()?;
        findings.at = self.app.now();
        let bytes = self.app.ports.writer.write(request.format, &findings)?;
        write_whole(Path::new(&request.path), &bytes)?;
        Ok(ExportResult {
            path: request.path,
            bytes: bytes.len() as u64,
            observations: u32::try_from(findings.observations.len()).unwrap_or(u32::MAX),
            issues: u32::try_from(findings.issues.len()).unwrap_or(u32::MAX),
        })
    }

    /// The bytes of an export, for hosts that write to a stream.
    pub fn render_findings(&self, format: ExportFormat) -> AppResult<Vec<u8>> {
        let mut findings = self.store().findings()?;
        findings.at = self.app.now();
        self.app.ports.writer.write(format, &findings)
    }

    /// The state of everything the app rests on.
    pub fn doctor(&self, _: ()) -> AppResult<DoctorReport> {
        let ports = &self.app.ports;
        let database = self.store().database_report(true)?;
        let (free_bytes, media_bytes) = ports.media.space()?;
        let missing_media: Vec<String> = self
            .store()
            .media_in_use()?
            .into_iter()
            .filter(|sha| !ports.media.path_of(sha).is_file())
            .collect();
        let devices = match &ports.player {
            Some(player) => player.devices().unwrap_or_default(),
            None => Vec::new(),
        };
        Ok(DoctorReport {
            version: self.app.about.version.clone(),
            workspace: self.app.about.workspace.clone(),
            healthy: database.sound && missing_media.is_empty(),
            database,
            devices,
            models: self
                .list_models(())?
                .into_iter()
                .filter(|m| m.state != ModelState::Absent)
                .collect(),
            models_folder: ports.models.folder().to_string_lossy().into_owned(),
            free_bytes,
            media_bytes,
            missing_media,
        })
    }
}

fn write_whole(path: &Path, bytes: &[u8]) -> AppResult<()> {
    let name = path
        .file_name()
        .ok_or_else(|| AppError::new(codes::INVALID).with("field", "path"))?;
    let mut part = name.to_os_string();
    part.push(".part");
    let part = path.with_file_name(part);
    let written = std::fs::File::create(&part)
        .and_then(|mut f| f.write_all(bytes).and_then(|()| f.sync_all()))
        .and_then(|()| std::fs::rename(&part, path));
    written.map_err(|e| {
        // Best effort: the failure that matters is already in hand.
        let _ = std::fs::remove_file(&part);
        io_error(&e)
    })
}

/// An operating-system error as a person should hear it.
pub(crate) fn io_error(e: &std::io::Error) -> AppError {
    use std::io::ErrorKind;
    let code = match e.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => codes::DISK_FULL,
        ErrorKind::NotFound => codes::MEDIA_UNREADABLE,
        _ => codes::DISK_DENIED,
    };
    AppError::new(code).because(e)
}
