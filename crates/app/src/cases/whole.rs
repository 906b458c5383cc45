//! A customer's name and number, whole: for a reason, and with a row in the log.

use super::{Unmask, UnmaskingView};
use crate::acting::Acting;
use crate::error::AppResult;
use qinting_domain::*;

/// Times somebody saw a case whole that are told with it, the last ones.
const MOST_TOLD: usize = 20;

impl Acting {
    /// Gives a contact whole, once it is written down who asked and what for. `invalid` names `reason` where none is
    /// given.
    pub fn unmask(&self, ask: Unmask) -> AppResult<Contact> {
        let id = UnmaskingId(self.app().id());
        let mut whole = None;
        self.write(Action::ContactUnmask, |tx| {
            let contact = tx.fetch::<Contact>(ask.contact_id)?;
            whole = Some(contact);
            Ok(vec![
                Unmasking {
                    id,
                    contact_id: ask.contact_id,
                    reason: ask.reason.clone(),
                    meta: tx.new_meta(),
                }
                .into(),
            ])
        })?;
        // Committed, so it was read.
        whole.ok_or_else(|| Unfit::of("contact_id").into())
    }

    /// Who saw customers of a case whole, the last first.
    pub fn unmaskings_of(&self, case: CaseId) -> AppResult<Vec<UnmaskingView>> {
        self.read(|seen| {
            let mut all = seen.unmaskings_of(case)?;
            all.truncate(MOST_TOLD);
            let told = all.into_iter().map(|unmasking| {
                let by = unmasking.meta.created_by;
                let author = seen.any::<Person>(by)?.map(|p| p.name).unwrap_or_default();
                Ok(UnmaskingView { unmasking, author })
            });
            told.collect()
        })
    }
}
