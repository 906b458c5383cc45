//! Findings that leave for a file somebody chose.

use crate::desk::AtDesk;
use crate::tickets::{ChosenFor, Ticket};
use qinting_app::*;
use qinting_domain::Action;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

shapes! {
    /// Where findings should go.
    struct ExportRequest {
        /// Format.
        format: ExportFormat,
        /// Names the file to write.
        to: Ticket,
    }
}

impl AtDesk {
    /// Writes all findings to the file somebody chose, and uses the ticket up.
    pub fn export_findings(&self, request: ExportRequest) -> AppResult<ExportResult> {
        self.read(|seen| seen.may(Action::FindingsExport, None))?;
        let file = (self.desk.machine.tickets).spend_one(&request.to, ChosenFor::Findings)?;
        self.export_findings_to(request.format, &file)
    }
}
