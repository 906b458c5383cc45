//! The ways findings leave.

pub(crate) mod reads;
pub(crate) mod shapes;

pub use reads::*;
pub use shapes::*;

use crate::acting::Acting;
use crate::error::AppResult;
use qinting_domain::*;
use std::path::Path;

impl Acting {
    /// Writes all findings to a file.
    pub fn export_findings_to(&self, format: ExportFormat, path: &Path) -> AppResult<ExportResult> {
        let mut findings = self.findings()?;
        findings.at = self.app().now();
        let bytes = self.app().ports.writer.write(format, &findings)?;
        self.app().ports.files_out.write(path, &bytes)?;
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
        findings.at = self.app().now();
        self.app().ports.writer.write(format, &findings)
    }
}
