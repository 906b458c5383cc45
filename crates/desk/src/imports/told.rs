//! What tables, side-cars and names tell of the calls of a batch: a new call comes in with its facts, and those of calls
//! that are here already are put down at the end, as one operation.

use super::batch::{Batch, Taken};
use super::shapes::{CallFiles, ImportOutcome};
use qinting_app::{AppResult, FactsOf};
use qinting_domain::*;

/// A case and its contact as they are after what is told of them, how many facts are known of them by that, and what
/// they could not take.
pub(super) struct Heard {
    pub(super) case: Case,
    pub(super) contact: Contact,
    pub(super) facts: u32,
    pub(super) unheard: Vec<FactKey>,
}

/// Puts down in a call that is new what is told of it. A title somebody wrote in the plan stays.
pub(super) fn heard(
    item: &CallFiles,
    case: Case,
    contact: Contact,
    recording: &Recording,
) -> Heard {
    let is_called_by_file = recording.lends_its_name(&case.title);
    let mut telling = Telling {
        is_called_by_file,
        ..Telling::of(case, contact)
    };
    let unheard =
        (item.facts.as_deref()).map_or_else(Unheard::default, |facts| telling.hear(facts));
    let told = telling.contact.told.all().count();
    Heard {
        facts: u32::try_from(told).unwrap_or(u32::MAX),
        case: telling.case,
        contact: telling.contact,
        unheard: unheard.keys,
    }
}

impl Batch {
    /// Calls of a batch that are here already, and of which something is told.
    pub(super) fn told_of_known(item: &CallFiles, results: &[AppResult<Taken>]) -> Option<FactsOf> {
        let facts = item.facts.as_deref()?;
        let known = results.iter().flatten().find(|taken| {
            matches!(
                taken.outcome,
                ImportOutcome::Duplicate | ImportOutcome::Mended
            )
        })?;
        Some(FactsOf {
            contact_id: known.contact_id,
            facts: facts.clone(),
        })
    }

    /// Puts down what is told of calls that are here already, and says in the batch what became of it.
    pub(super) fn apply(&self, later: &[FactsOf]) {
        if later.is_empty() {
            return;
        }
        let applied = self.by.apply_facts(later);
        if let Err(e) = &applied {
            tracing::warn!(batch = self.id, error = %e.kind(), "facts not applied");
        }
        self.update(|batch| match applied {
            Ok(applied) => batch.applied = Some(applied),
            Err(e) => batch.not_applied = Some(e.note),
        });
    }
}
