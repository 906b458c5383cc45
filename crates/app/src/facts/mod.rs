//! Facts that come after the calls they are of, and where a person's word differs from an import's.

mod shapes;

pub use shapes::*;

use crate::acting::Acting;
use crate::error::{AppError, AppResult, codes};
use crate::tx::{Deed, Tx};
use qinting_domain::*;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

impl Acting {
    /// Writes what sources say of contacts that are in already, as one operation. What a person wrote stays, and what
    /// was said before changes nothing. What is not there any more is told and left out.
    pub fn apply_facts(&self, batch: &[FactsOf]) -> AppResult<FactsApplied> {
        let op = OpId(self.app().id());
        let mut applied = None;
        self.write_as(Some(op), |tx| {
            let mut hearing = Hearing::new(tx);
            for one in batch {
                hearing.hear(one)?;
            }
            let (records, told) = hearing.end();
            applied = Some(FactsApplied {
                op_id: (!records.is_empty()).then_some(op),
                ..told
            });
            Ok(Deed::of(Action::FactsApply, records))
        })?;
        applied.ok_or_else(|| AppError::new(codes::INTERNAL).because("nothing was heard"))
    }

    /// Where the fields of a case and its contacts hold something else than the last import said of them, contact by
    /// contact, as it is shown.
    pub fn told_differences(&self, case: CaseId) -> AppResult<Vec<ToldDifference>> {
        self.read(|seen| seen.differences(case))
    }

    /// Takes an import's word over a person's: of the facts that are named, or of all that differ. Gives what differs
    /// still. `invalid` names a field that does not go with the others then.
    pub fn take_told(&self, take: TakeTold) -> AppResult<Vec<ToldDifference>> {
        let mut case_id = None;
        self.write(Action::FactsTake, |tx| {
            let telling = tx.telling(tx.fetch::<Contact>(take.contact_id)?)?;
            case_id = Some(telling.case.id);
            let mut values: BTreeMap<EntityKind, BTreeMap<String, Value>> = BTreeMap::new();
            let is_meant = |key| take.keys.as_ref().is_none_or(|keys| keys.contains(&key));
            for one in telling.differences() {
                if let Some((kind, field)) = one.key.field().filter(|_| is_meant(one.key)) {
                    let of_kind = values.entry(kind).or_default();
                    of_kind.insert(field.to_owned(), one.told);
                }
            }
            let records: [Record; 2] = [telling.case.into(), telling.contact.into()];
            let edited = records.into_iter().filter_map(|record| {
                let values = values.remove(&record.kind())?;
                Some(record.edited(values).map_err(AppError::from))
            });
            edited.collect()
        })?;
        match case_id {
            Some(case) => self.told_differences(case),
            None => Ok(Vec::new()),
        }
    }
}

impl Tx<'_> {
    fn differences(&self, case: CaseId) -> AppResult<Vec<ToldDifference>> {
        let case = self.fetch::<Case>(case)?;
        let mut all = Vec::new();
        for contact in self.contacts_of(case.id)? {
            let contact_id = contact.id;
            let differences = Telling::of(case.clone(), contact).differences();
            all.extend(differences.into_iter().filter_map(|one| {
                let (kind, field) = one.key.field()?;
                Some(ToldDifference {
                    contact_id,
                    key: one.key,
                    kind,
                    field: field.to_owned(),
                    mine: one.key.shown(one.mine),
                    told: one.key.shown(one.told),
                })
            }));
        }
        Ok(all)
    }

    fn telling(&self, contact: Contact) -> AppResult<Telling> {
        Ok(Telling::of(self.fetch::<Case>(contact.case_id)?, contact))
    }
}

/// Contacts and cases while they are told of: as they were, and as they are to be.
struct Hearing<'a> {
    tx: &'a Tx<'a>,
    contacts: HashMap<ContactId, (Contact, Contact)>,
    cases: HashMap<CaseId, (Case, Case)>,
    /// The order in which they came.
    order: Vec<ContactId>,
    applied: FactsApplied,
}

impl<'a> Hearing<'a> {
    fn new(tx: &'a Tx<'a>) -> Self {
        Self {
            tx,
            contacts: HashMap::new(),
            cases: HashMap::new(),
            order: Vec::new(),
            applied: FactsApplied {
                op_id: None,
                contacts: 0,
                differences: 0,
                gone: Vec::new(),
                unheard: Vec::new(),
            },
        }
    }

    fn hear(&mut self, one: &FactsOf) -> AppResult<()> {
        let id = one.contact_id;
        let Some(contact) = self.contact(id)? else {
            self.applied.gone.push(id);
            return Ok(());
        };
        let case = self.case(contact.case_id)?;
        let has_title = one.facts.known.contains_key(&FactKey::Title);
        let mut telling = Telling {
            is_called_by_file: has_title && self.is_called_by_file(&case)?,
            ..Telling::of(case, contact)
        };
        let unheard = telling.hear(&one.facts);
        if unheard != Unheard::default() {
            self.applied.unheard.push(UnheardFacts {
                contact_id: id,
                keys: unheard.keys,
                too_much: unheard.rest,
            });
        }
        if let Some((_, now)) = self.cases.get_mut(&telling.case.id) {
            *now = telling.case;
        }
        if let Some((_, now)) = self.contacts.get_mut(&id) {
            *now = telling.contact;
        }
        Ok(())
    }

    /// As it is to be so far; none that is not there any more.
    fn contact(&mut self, id: ContactId) -> AppResult<Option<Contact>> {
        if let Some((_, now)) = self.contacts.get(&id) {
            return Ok(Some(now.clone()));
        }
        let contact = match self.tx.fetch::<Contact>(id) {
            Ok(contact) => contact,
            Err(e) if [codes::NOT_FOUND, codes::CASE_IN_BIN].contains(&e.code()) => {
                return Ok(None);
            }
            Err(e) => return Err(e),
        };
        self.order.push(id);
        self.contacts.insert(id, (contact.clone(), contact.clone()));
        Ok(Some(contact))
    }

    fn case(&mut self, id: CaseId) -> AppResult<Case> {
        if let Some((_, now)) = self.cases.get(&id) {
            return Ok(now.clone());
        }
        let case = self.tx.fetch::<Case>(id)?;
        self.cases.insert(id, (case.clone(), case.clone()));
        Ok(case)
    }

    fn is_called_by_file(&self, case: &Case) -> AppResult<bool> {
        let recordings = self.tx.recordings_of(case.id)?;
        Ok(recordings.iter().any(|r| r.lends_its_name(&case.title)))
    }

    /// What is to be written, and what is told of it.
    fn end(mut self) -> (Vec<Record>, FactsApplied) {
        let mut records: Vec<Record> = Vec::new();
        for id in &self.order {
            let Some((before, contact)) = self.contacts.remove(id) else {
                continue;
            };
            let is_new = before != contact;
            if let Some((before, case)) = self.cases.get_mut(&contact.case_id) {
                // Once, with the first of its contacts.
                if before != case {
                    records.push(case.clone().into());
                    before.clone_from(case);
                }
                let differences = Telling::of(case.clone(), contact.clone()).differences();
                self.applied.differences += u32::try_from(differences.len()).unwrap_or(u32::MAX);
            }
            if is_new {
                self.applied.contacts += 1;
                records.push(contact.into());
            }
        }
        (records, self.applied)
    }
}
