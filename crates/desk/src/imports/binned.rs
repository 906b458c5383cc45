//! Files whose call is in the bin.

use super::batch::{Batch, the_one};
use crate::imports::shapes::CallFiles;
use qinting_app::*;
use qinting_domain::{Recording, Sha256};

impl Batch {
    /// The recording in the bin that all of these hashes name: putting it back is what somebody
    /// wants who brings it in again. None where a person asked for a call of its own, or where the
    /// sound is not there any more.
    pub(super) fn in_bin(
        &self,
        reads: &dyn Reads,
        item: &CallFiles,
        hashes: &[Sha256],
    ) -> AppResult<Option<Recording>> {
        if item.as_own_call {
            return Ok(None);
        }
        let desk = &self.by.desk;
        let found = the_one(hashes, |h| reads.binned_by_hash(h))?;
        Ok(found.filter(|r| matches!(desk.length_of(r.id, &r.audio_sha256), Ok(Some(_)))))
    }
}
