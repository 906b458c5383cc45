//! What use cases may ask the workspace database: one port for each capability, all of them answered
//! on one state.
//!
//! Records that carry `deleted_at` are left out of every list and search, but `record` and the
//! change log still return them.

use crate::error::{AppError, AppResult};
use qinting_domain::*;
use serde_json::Value;
use uuid::Uuid;

/// The list of ports, each with the macro that hands its questions on. `$` is passed in.
macro_rules! all_reads {
    ($d:tt $first:ident::$first_port:ident by $first_hand:ident,
     $($module:ident::$port:ident by $hand:ident,)+) => {
        use crate::$first::reads::$first_port;
        $(use crate::$module::reads::$port;)+

        /// Everything that can be asked, on one state.
        pub trait Reads: $first_port $(+ $port)+ {}
        impl<T: $first_port $(+ $port)+> Reads for T {}

        /// Implements [`Reads`] for a type: each question becomes `$how!(self, name(arguments…))`.
        #[macro_export]
        macro_rules! hand_reads_on {
            ($d who:ty, $d how:ident) => {
                $crate::$first_hand!($d who, $d how);
                $($crate::$hand!($d who, $d how);)+
            };
        }
    };
}

all_reads! {
    $
    records::RecordReads by hand_record_reads,
    cases::CaseReads by hand_case_reads,
    transcripts::TranscriptReads by hand_transcript_reads,
    marks::MarkReads by hand_mark_reads,
    issues::IssueReads by hand_issue_reads,
    sessions::SessionReads by hand_session_reads,
    live::LiveReads by hand_live_reads,
    binned::BinReads by hand_bin_reads,
    jobs::JobReads by hand_job_reads,
    find::FindReads by hand_find_reads,
    findings::FindingReads by hand_finding_reads,
    acoustics::AcousticReads by hand_acoustic_reads,
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
