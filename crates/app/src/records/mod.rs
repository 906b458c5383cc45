//! Adding and changing records of any kind by what their fields declare.

pub(crate) mod reads;
pub(crate) mod shapes;
mod undo;

pub use reads::*;
pub use shapes::*;

use crate::acting::Acting;
use crate::error::{AppError, AppResult, codes};
use crate::store::Committed;
use crate::tx::{Deed, Tx};
use qinting_domain::*;
use serde_json::Value;
use std::collections::BTreeMap;

impl Acting {
    /// Sets fields of a record. Of a list that was changed since it was read both edits count, element by
    /// element; another field somebody has changed is not overwritten: `conflict`. `invalid` names a
    /// field that takes no such value, or none from a person.
    pub fn edit_record(&self, patch: RecordPatch) -> AppResult<Record> {
        let done = self.write_as(patch.op_id, |tx| {
            let before = tx.present(patch.kind, patch.id)?;
            let mut after = before.edited(tx.settled(&before, &patch.fields)?)?;
            let mut action = action_on(patch.kind, "edit")?;
            // What follows from an edit of this kind besides.
            match (&before, &mut after) {
                (Record::Tag(before), Record::Tag(tag)) => action = Tx::settle_tag(before, tag),
                (Record::Observation(before), Record::Observation(o)) => {
                    tx.settle_mark(before, o)?;
                }
                _ => {}
            }
            Ok(Deed::of(action, vec![after]))
        })?;
        first_of(done).map(Record::shown)
    }

    /// Makes a record of a plain kind. `invalid` names a field that takes no such value, none from a
    /// person, or `kind` where records are made by a use case of their own.
    pub fn add_record(&self, new: NewRecord) -> AppResult<Record> {
        let action = action_on(new.kind, "add")?;
        let id = new.id.unwrap_or_else(|| self.app().id());
        let done = self.write_as(new.op_id, |tx| {
            let made = Record::made(new.kind, id, &tx.new_meta(), new.fields.clone())?;
            Ok(Deed::of(action, vec![made]))
        })?;
        first_of(done).map(Record::shown)
    }

    /// Takes a record of a plain kind away; undo brings it back.
    pub fn remove_record(&self, what: RecordRef) -> AppResult<()> {
        let action = action_on(what.kind, "delete")?;
        if !what.kind.is_plain() {
            return Err(Unfit::of("kind").into());
        }
        self.write(action, |tx| Ok(vec![tx.gone(what.kind, what.id)?]))
            .map(drop)
    }

    /// A record as it is now, and as it is shown: a customer's name and number by their beginning.
    pub fn get_record(&self, what: RecordRef) -> AppResult<Record> {
        let found = self.read(|seen| seen.present(what.kind, what.id))?;
        Ok(found.shown())
    }

    /// Records of a plain kind in whose field somebody else's id stands, or all of them; in the order
    /// they were made.
    pub fn list_records(&self, query: RecordQuery) -> AppResult<Vec<Record>> {
        let rules = query.kind.fields();
        let mut found = self.read(|seen| match (query.field.as_deref(), query.id) {
            _ if !query.kind.is_plain() => Err(Unfit::of("kind").into()),
            (Some(name), Some(id)) => {
                let refers = |r: &&FieldRule| matches!(r.shape, Shape::One(_)) && r.name == name;
                let rule = rules.iter().find(refers);
                let rule = rule.ok_or_else(|| AppError::from(Unfit::of("field")))?;
                seen.holding(query.kind, rule.name, &Value::from(id.to_string()))
            }
            _ => seen.all_of(query.kind),
        })?;
        found.sort_by_key(|r| (r.meta().created_at, r.uuid()));
        Ok(found.into_iter().map(Record::shown).collect())
    }

    /// What is not offered to who sits here, with a record or at all: what the gate would refuse them
    /// for who they are.
    pub fn withheld(&self, query: OfferQuery) -> AppResult<Vec<Withheld>> {
        self.read(|seen| {
            let with = match query.kind.zip(query.id) {
                Some((kind, id)) => Some(seen.present(kind, id)?),
                None => None,
            };
            let offered = Action::ALL.into_iter().filter(|a| a.is_offered());
            let refused = offered.filter_map(|action| {
                let why = seen.may(action, with.as_ref()).err()?.note;
                let action = action.to_string();
                Some(Withheld { action, why })
            });
            Ok(refused.collect())
        })
    }
}

impl Tx<'_> {
    /// The values of a patch as they are to stand now. A list somebody changed since it was read is
    /// merged; a patch of another field they changed is refused, unless to the same value.
    fn settled(
        &self,
        now: &Record,
        edits: &BTreeMap<String, FieldEdit>,
    ) -> AppResult<BTreeMap<String, Value>> {
        let rev = now.meta().rev;
        let mut own = match edits.values().all(|e| e.rev == rev) {
            true => Vec::new(),
            false => self.history(now.kind(), now.uuid())?,
        };
        own.retain(|c| c.entity_id == now.uuid());
        // Every change raises the revision by one, so the first `n` of them made revision n.
        let is_whole = own.len() == rev as usize;
        let (fields, rules) = (now.to_fields(), now.kind().fields());
        let shown = now.clone().shown().to_fields();
        let settled = |(name, edit): (&String, &FieldEdit)| {
            let (mine, theirs) = (&edit.value, fields.get(name));
            // Who was shown a number by its beginning did not write that in its place.
            if let Some(whole) = theirs.filter(|_| shown.get(name) == Some(mine)) {
                return Some((name.clone(), whole.clone()));
            }
            if edit.rev == rev || theirs == Some(mine) {
                return Some((name.clone(), mine.clone()));
            }
            let known = usize::try_from(edit.rev).ok();
            let known = known.filter(|known| is_whole && *known > 0)?;
            let mut since = own.get(known..)?.iter().filter_map(|c| c.fields.get(name));
            let value = match since.next() {
                // It held this before the first of them.
                Some(first) => {
                    let rule = rules.iter().find(|r| r.name == name)?;
                    rule.merged(first.told()?.0, mine, theirs?)?
                }
                None => mine.clone(),
            };
            Some((name.clone(), value))
        };
        let settled: Option<_> = edits.iter().map(settled).collect();
        settled.ok_or_else(|| AppError::new(codes::CONFLICT))
    }
}

/// What a person does to a record of a kind; not every kind is added, edited and taken away as such.
fn action_on(kind: EntityKind, deed: &str) -> AppResult<Action> {
    let known = format!("{}.{deed}", kind.as_str()).parse();
    known.map_err(|_: UnknownAction| Unfit::of("kind").into())
}

/// The record an operation wrote first.
fn first_of(done: Committed) -> AppResult<Record> {
    let first = done.records.into_iter().next();
    first.ok_or_else(|| AppError::new(codes::INTERNAL).because("a commit returned nothing"))
}

impl From<Unfit> for AppError {
    fn from(unfit: Unfit) -> Self {
        Self::new(codes::INVALID).with("field", unfit.field)
    }
}
