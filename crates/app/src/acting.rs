//! Somebody acts: what they see and are held to, on one state of the workspace.
//!
//! Inside [`Seat::write`] that state is the transaction's own. What a rule finds there is still so
//! when its records are written, whatever other processes do.

use crate::app::{App, Seat};
use crate::ports::*;
use crate::{AppError, AppResult, codes};
use qinting_domain::*;
use std::ops::Deref;
use uuid::Uuid;

/// Who acts, and the state they act on. Questions go to that state.
pub(crate) struct Acting<'a> {
    pub(crate) app: &'a App,
    actor: PersonId,
    reads: &'a dyn Reads,
}

impl<'a> Deref for Acting<'a> {
    type Target = dyn Reads + 'a;

    fn deref(&self) -> &Self::Target {
        self.reads
    }
}

impl Seat {
    /// This person, on the state as it is now.
    pub(crate) fn acting(&self) -> Acting<'_> {
        Acting {
            app: &self.app,
            actor: self.actor(),
            reads: self.store(),
        }
    }

    /// One operation of this person: what `work` answers is written as `action`, and the hosts are
    /// told afterwards. Everything a rule rests on is asked of what `work` is given.
    pub(crate) fn write(
        &self,
        action: Action,
        mut work: impl FnMut(&Acting<'_>) -> AppResult<Vec<Record>>,
    ) -> AppResult<Committed> {
        self.write_as(None, |tx| Ok(Deed::of(action, work(tx)?)))
    }

    /// The same where it only turns out what it is, or where who asks has named the operation: asked for
    /// again, it is answered as it stands.
    pub(crate) fn write_as(
        &self,
        op: Option<OpId>,
        work: impl FnMut(&Acting<'_>) -> AppResult<Deed>,
    ) -> AppResult<Committed> {
        self.app.write_as(self.actor(), op, work)
    }

    /// Queues the job `work` makes, unless it makes none.
    pub(crate) fn write_job(
        &self,
        mut work: impl FnMut(&Acting<'_>) -> AppResult<Option<Job>>,
    ) -> AppResult<()> {
        let (app, actor) = (&*self.app, self.actor());
        let queued = self
            .store()
            .write_job(&mut |reads| work(&Acting { app, actor, reads }))?;
        if let Some(job) = queued {
            self.app.tell_queued(job);
        }
        Ok(())
    }
}

impl App {
    /// One operation of `actor`.
    pub(crate) fn write_as(
        &self,
        actor: PersonId,
        op: Option<OpId>,
        mut work: impl FnMut(&Acting<'_>) -> AppResult<Deed>,
    ) -> AppResult<Committed> {
        let op_id = op.unwrap_or_else(|| OpId(self.id()));
        let mut told = None;
        let done = self.ports.store.write(op_id, &mut |reads| {
            let tx = Acting {
                app: self,
                actor,
                reads,
            };
            let mut deed = work(&tx)?;
            let at = self.now();
            for record in &mut deed.records {
                record.meta_mut().updated_at = at;
            }
            told = Some((deed.action, deed.jobs.clone()));
            Ok(Commit {
                op_id,
                actor,
                at,
                device: self.about.device,
                origin: deed.action.origin(),
                action: deed.action,
                records: deed.records,
                undoes: deed.undoes,
                jobs: deed.jobs,
            })
        })?;
        // Nothing is told of an operation that was written before.
        let Some((action, jobs)) = told else {
            return Ok(done);
        };
        if !done.records.is_empty() {
            self.tell_changed(op_id, action, &done);
        }
        for job in jobs {
            self.tell_queued(job);
        }
        Ok(done)
    }
}

/// What somebody does.
pub(crate) struct Deed {
    /// Its name in the change log.
    pub(crate) action: Action,
    /// Records in their new state.
    pub(crate) records: Vec<Record>,
    /// The operation it takes back.
    pub(crate) undoes: Option<OpId>,
    /// Background work that follows from it.
    pub(crate) jobs: Vec<Job>,
}

impl Deed {
    /// Something done that takes nothing back.
    pub(crate) fn of(action: Action, records: Vec<Record>) -> Self {
        Self {
            action,
            records,
            undoes: None,
            jobs: Vec::new(),
        }
    }
}

impl Acting<'_> {
    /// The common columns of a record that is made now.
    pub(crate) fn new_meta(&self) -> Meta {
        Meta::new(self.app.now(), self.actor)
    }

    /// A record of a type that is there, see [`Self::present`].
    pub(crate) fn fetch<T: Kept>(&self, id: impl Into<Uuid>) -> AppResult<T> {
        T::from_record(self.present(T::KIND, id.into())?).ok_or_else(|| {
            AppError::new(codes::INTERNAL).because("a record of another kind under this id")
        })
    }

    /// A record that is there, or `not_found`; `case.in_bin` for a case in the bin and whatever belongs to
    /// one. Every use case gets its records here.
    pub(crate) fn present(&self, kind: EntityKind, id: Uuid) -> AppResult<Record> {
        let gone = || AppError::new(codes::NOT_FOUND).with("kind", kind.as_str());
        let record = self.record(kind, id)?.ok_or_else(gone)?;
        let is_gone = record.meta().deleted_at.is_some();
        // A case in the bin may have taken its recording along; anything else was taken away by
        // itself.
        let may_be_binned = matches!(record, Record::Case(_) | Record::Recording(_));
        if is_gone && !may_be_binned {
            return Err(gone());
        }
        if let Some(case) = self.case_of(&record)?
            && case.meta.deleted_at.is_some()
        {
            return Err(match self.is_in_bin(case.id)? {
                true => AppError::new(codes::CASE_IN_BIN).with("case_id", case.id),
                false => gone(),
            });
        }
        if is_gone { Err(gone()) } else { Ok(record) }
    }

    /// The case a record belongs to, if it is of one.
    fn case_of(&self, record: &Record) -> AppResult<Option<Case>> {
        let id = match record {
            Record::Case(case) => return Ok(Some(case.clone())),
            Record::Recording(r) => r.case_id,
            Record::Observation(o) => o.case_id,
            Record::SeatNote(n) => n.case_id,
            Record::Segment(s) => match self.any::<Recording>(s.recording_id)? {
                Some(recording) => recording.case_id,
                None => return Ok(None),
            },
            _ => return Ok(None),
        };
        self.any(id)
    }

    /// A record of a type, tombstones included.
    pub(crate) fn any<T: Kept>(&self, id: impl Into<Uuid>) -> AppResult<Option<T>> {
        Ok(self.record(T::KIND, id.into())?.and_then(T::from_record))
    }

    /// A record that was just made, ready to be written: cleaned, and naming only what is there.
    pub(crate) fn checked<T: Kept>(&self, record: T) -> AppResult<Record> {
        let record = record.into().cleaned()?;
        self.names_what_is_there(None, &record)?;
        Ok(record)
    }

    /// Refuses a record that names what is not there. What it named `before` may have been taken
    /// away since, and does not stand in the way of an edit.
    pub(crate) fn names_what_is_there(
        &self,
        before: Option<&Record>,
        after: &Record,
    ) -> AppResult<()> {
        for (field, kind, id) in after.newly_named(before) {
            self.named(field, kind, id)?;
        }
        Ok(())
    }

    /// Refuses a field that names what is not there.
    pub(crate) fn named(&self, field: &str, kind: EntityKind, id: Uuid) -> AppResult<()> {
        match self.present(kind, id) {
            Ok(_) => Ok(()),
            Err(e) if e.code() == codes::NOT_FOUND => {
                Err(AppError::new(codes::INVALID).with("field", field))
            }
            Err(e) => Err(e),
        }
    }

    /// A record that is there, taken away.
    pub(crate) fn taken_away<T: Kept>(&self, id: impl Into<Uuid>) -> AppResult<Record> {
        let mut record: Record = self.fetch::<T>(id)?.into();
        record.meta_mut().deleted_at = Some(self.app.now());
        Ok(record)
    }
}
