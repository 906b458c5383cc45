//! Adding and changing records of any kind by what their fields declare.

use crate::app::Seat;
use crate::{AppError, AppResult, codes, views::*};
use qinting_domain::*;
use std::collections::BTreeMap;

impl Seat {
    /// Sets fields of a record. A field somebody has changed since it was read is not overwritten:
    /// `conflict`. `invalid` names a field that takes no such value, or none from a person.
    pub fn edit_record(&self, patch: RecordPatch) -> AppResult<Record> {
        let before = self.present(patch.kind, patch.id)?;
        self.unmoved(&before, &patch.fields)?;
        let values = patch.fields.into_iter().map(|(name, e)| (name, e.value));
        let mut after = before.edited(values.collect::<BTreeMap<_, _>>())?;
        self.names_what_is_there(Some(&before), &after)?;
        let mut action = patch.kind.edit_action();
        // What follows from an edit of this kind besides.
        match (&before, &mut after) {
            (Record::Tag(before), Record::Tag(tag)) => action = self.settle_tag(before, tag)?,
            (Record::Observation(before), Record::Observation(o)) => self.settle_mark(before, o)?,
            _ => {}
        }
        let done = self.commit(action, vec![after])?;
        let first = done.records.into_iter().next();
        first.ok_or_else(|| AppError::new(codes::INTERNAL).because("a commit returned nothing"))
    }

    /// Adds a record that was just made: cleaned, and naming only what is there.
    pub(crate) fn add<T: Kept>(&self, action: &'static str, record: T) -> AppResult<T> {
        let done = self.commit(action, vec![self.checked(record)?])?;
        crate::app::only(done)
    }

    /// A record that was just made, ready to be written.
    pub(crate) fn checked<T: Kept>(&self, record: T) -> AppResult<Record> {
        let record = record.into().cleaned()?;
        self.names_what_is_there(None, &record)?;
        Ok(record)
    }

    /// Refuses a record that names what is not there. What it named `before` may have been taken
    /// away since, and does not stand in the way of an edit.
    fn names_what_is_there(&self, before: Option<&Record>, after: &Record) -> AppResult<()> {
        for (field, kind, id) in after.newly_named(before) {
            self.named(field, kind, id)?;
        }
        Ok(())
    }

    /// Refuses a field that names what is not there.
    pub(crate) fn named(&self, field: &str, kind: EntityKind, id: uuid::Uuid) -> AppResult<()> {
        match self.present(kind, id) {
            Ok(_) => Ok(()),
            Err(e) if e.code() == codes::NOT_FOUND => {
                Err(AppError::new(codes::INVALID).with("field", field))
            }
            Err(e) => Err(e),
        }
    }

    /// Refuses a patch of fields that were changed since they were read, unless to the same value.
    fn unmoved(&self, now: &Record, edits: &BTreeMap<String, FieldEdit>) -> AppResult<()> {
        let rev = now.meta().rev;
        if edits.values().all(|e| e.rev == rev) {
            return Ok(());
        }
        let mut own = self.store().history(now.kind(), now.uuid())?;
        own.retain(|c| c.entity_id == now.uuid());
        // Every change raises the revision by one, so the first `n` of them made revision n.
        let is_whole = own.len() == rev as usize;
        let fields = now.to_fields();
        let is_overtaken = |(name, edit): (&String, &FieldEdit)| {
            let known = usize::try_from(edit.rev).unwrap_or(usize::MAX);
            let since = own.get(known..).filter(|_| is_whole && known > 0);
            let untouched = since.is_some_and(|s| s.iter().all(|c| !c.fields.contains_key(name)));
            edit.rev != rev && !untouched && fields.get(name) != Some(&edit.value)
        };
        match edits.iter().any(is_overtaken) {
            true => Err(AppError::new(codes::CONFLICT)),
            false => Ok(()),
        }
    }
}

impl From<Unfit> for AppError {
    fn from(unfit: Unfit) -> Self {
        Self::new(codes::INVALID).with("field", unfit.field)
    }
}
