//! Something done with many cases at once: one operation, taken back as one.

use super::{CasesEdit, CasesMeant, MOST_CASES_AT_ONCE};
use crate::acting::Acting;
use crate::error::{AppError, AppResult, codes};
use crate::tx::Tx;
use qinting_domain::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// New values by the name of their field.
type Values = BTreeMap<String, Value>;

impl Acting {
    /// Sets facts of many cases, and of their first contacts. Gives how many records changed.
    ///
    /// One that is refused refuses all, and the error names its case (`case_id`). `conflict` where a query finds
    /// another number of cases by now, `cases.too_many` above [`MOST_CASES_AT_ONCE`].
    pub fn edit_cases(&self, edit: CasesEdit) -> AppResult<u32> {
        let done = self.write(Action::CasesEdit, |tx| {
            let mut changed = Vec::new();
            for case in tx.meant(&edit.which)? {
                let edited = tx.edited_in(&edit, case);
                changed.extend(edited.map_err(|e| of_case(e, case))?);
            }
            Ok(changed)
        })?;
        Ok(count(done.records.len()))
    }

    /// Puts many cases into the bin. Gives how many they were. What is refused is refused as [`Acting::edit_cases`] does.
    pub fn delete_cases(&self, which: CasesMeant) -> AppResult<u32> {
        let done = self.write(Action::CasesDelete, |tx| {
            let each = tx.meant(&which)?.into_iter();
            each.map(|case| tx.binned(case).map_err(|e| of_case(e, case)))
                .collect()
        })?;
        Ok(count(done.records.len()))
    }
}

impl CasesEdit {
    /// What is set of a case, and what of its first contact.
    fn values(&self) -> (Values, Values) {
        let said = |fields: &[(&str, &Option<String>)]| -> Values {
            let said = fields.iter().filter_map(|(name, value)| {
                let value = value.as_deref()?;
                Some(((*name).to_owned(), Value::from(value)))
            });
            said.collect()
        };
        let of_case = said(&[
            ("business_line", &self.business_line),
            ("customer_tier", &self.customer_tier),
        ]);
        let of_contact = said(&[
            ("agent", &self.agent),
            ("queue", &self.queue),
            ("disposition", &self.disposition),
        ]);
        (of_case, of_contact)
    }
}

impl Tx<'_> {
    /// The cases something is done with, each once.
    fn meant(&self, which: &CasesMeant) -> AppResult<Vec<CaseId>> {
        let most = MOST_CASES_AT_ONCE;
        let too_many = || AppError::new(codes::CASES_TOO_MANY).with("most", most);
        match which {
            CasesMeant::Ids { ids } => {
                let once: BTreeSet<CaseId> = ids.iter().copied().collect();
                match once.len() > most as usize {
                    true => Err(too_many()),
                    false => Ok(once.into_iter().collect()),
                }
            }
            CasesMeant::Query { query, count: seen } => {
                query.check()?;
                if *seen > most {
                    return Err(too_many());
                }
                let found = self.case_ids(query, most.saturating_add(1))?;
                match count(found.len()) == *seen {
                    true => Ok(found),
                    false => Err(AppError::new(codes::CONFLICT)),
                }
            }
        }
    }

    /// The records of a case that an edit changes, as they are to be; none where everything stands already.
    fn edited_in(&self, edit: &CasesEdit, id: CaseId) -> AppResult<Vec<Record>> {
        let (of_case, of_contact) = edit.values();
        let mut changed = Vec::new();
        if !of_case.is_empty() {
            let case = self.present(EntityKind::Case, id.0)?;
            changed.extend(self.edited(&case, of_case)?);
        }
        if !of_contact.is_empty() {
            let first = self.first_contact(id)?;
            changed.extend(self.edited(&first, of_contact)?);
        }
        Ok(changed)
    }

    fn first_contact(&self, case: CaseId) -> AppResult<Record> {
        let first = self.contacts_of(case)?.into_iter().next();
        let first = first.ok_or_else(|| AppError::from(Refusal::Gone(EntityKind::Contact)))?;
        self.present(EntityKind::Contact, first.id.0)
    }

    fn edited(&self, before: &Record, values: Values) -> AppResult<Option<Record>> {
        let after = before.edited(values)?;
        if after == *before {
            return Ok(None);
        }
        // Asked here, too, so that a refusal can say of which case it is.
        self.would_pass(Action::CasesEdit, before, after.clone())?;
        Ok(Some(after))
    }

    /// A case on its way into the bin.
    fn binned(&self, id: CaseId) -> AppResult<Record> {
        let before = self.present(EntityKind::Case, id.0)?;
        self.refuse_listening(id)?;
        let after = self.gone(EntityKind::Case, id.0)?;
        self.would_pass(Action::CasesDelete, &before, after.clone())?;
        Ok(after)
    }
}

/// A refusal that says of which case it is.
fn of_case(refused: AppError, case: CaseId) -> AppError {
    refused.with("case_id", case)
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
