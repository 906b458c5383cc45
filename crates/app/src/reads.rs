//! What use cases may ask the workspace database: one port for each capability, all of them answered
//! on one state.
//!
//! Records that carry `deleted_at` are left out of every list and search, but `record` and the
//! change log still return them.

use crate::binned::reads::BinReads;
use crate::cases::reads::CaseReads;
use crate::error::{AppError, AppResult};
use crate::find::reads::FindReads;
use crate::findings::reads::FindingReads;
use crate::issues::reads::IssueReads;
use crate::jobs::reads::JobReads;
use crate::live::reads::LiveReads;
use crate::marks::reads::MarkReads;
use crate::records::reads::RecordReads;
use crate::sessions::reads::SessionReads;
use crate::transcripts::reads::TranscriptReads;
use qinting_domain::*;
use serde_json::Value;
use uuid::Uuid;

/// Implements [`Reads`] for a type: each question becomes `$how!(self, name(arguments…))`.
#[macro_export]
macro_rules! hand_reads_on {
    ($who:ty, $how:ident) => {
        $crate::hand_record_reads!($who, $how);
        $crate::hand_case_reads!($who, $how);
        $crate::hand_transcript_reads!($who, $how);
        $crate::hand_mark_reads!($who, $how);
        $crate::hand_issue_reads!($who, $how);
        $crate::hand_session_reads!($who, $how);
        $crate::hand_live_reads!($who, $how);
        $crate::hand_bin_reads!($who, $how);
        $crate::hand_job_reads!($who, $how);
        $crate::hand_find_reads!($who, $how);
        $crate::hand_finding_reads!($who, $how);
    };
}

/// Everything that can be asked, on one state.
pub trait Reads:
    RecordReads
    + CaseReads
    + TranscriptReads
    + MarkReads
    + IssueReads
    + SessionReads
    + LiveReads
    + BinReads
    + JobReads
    + FindReads
    + FindingReads
{
}
impl<
    T: RecordReads
        + CaseReads
        + TranscriptReads
        + MarkReads
        + IssueReads
        + SessionReads
        + LiveReads
        + BinReads
        + JobReads
        + FindReads
        + FindingReads,
> Reads for T
{
}

/// What the gate asks.
impl Facts for dyn Reads + '_ {
    type Fault = AppError;

    fn one(&self, kind: EntityKind, id: Uuid) -> AppResult<Option<Record>> {
        self.record(kind, id)
    }
    fn holding(
        &self,
        kind: EntityKind,
        field: &'static str,
        value: &Value,
    ) -> AppResult<Vec<Record>> {
        RecordReads::holding(self, kind, field, value)
    }
}
