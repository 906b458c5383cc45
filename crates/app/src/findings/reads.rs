//! What is asked of the database here.

use super::Findings;
use crate::copies::DatabaseCheckup;
use crate::error::AppResult;
use crate::port::reads;

reads! {
    $ hand_finding_reads
    /// What leaves as a file, and the file everything stands in.
    FindingReads {
        /// Everything the exports need, in one consistent read.
        findings() -> Findings;
        /// Whether this workspace is the demo. Kept in the database, so that a copied folder stays one.
        is_demo() -> bool;
        /// Counts, schema version, integrity (`full` runs the long check).
        check_database(full: bool) -> DatabaseCheckup;
    }
}
