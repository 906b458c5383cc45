//! One state of the workspace, what somebody sees of it, and what they are held to.
//!
//! Inside a write that state is the transaction's own. What a rule finds there is still so when its
//! records are written, whatever other processes do.

use crate::error::{AppError, AppResult, codes};
use crate::reads::Reads;
use crate::store::{Commit, Committed};
use crate::workspace::App;
use qinting_domain::*;
use std::ops::Deref;
use uuid::Uuid;

/// Who acts, and the state they act on. Questions go to that state.
pub struct Tx<'a> {
    /// The workspace.
    pub app: &'a App,
    actor: &'a Actor,
    reads: &'a dyn Reads,
}

/// On whose behalf something is done, and whether they do it themselves.
#[derive(Clone, Copy)]
pub enum By {
    /// A person, within what they may and see.
    Person(PersonId),
    /// The machine goes on with what a person began: whoever they are by now, sound that was promised
    /// is kept.
    Machine(PersonId),
}

impl By {
    /// On whose.
    pub const fn id(self) -> PersonId {
        match self {
            Self::Person(id) | Self::Machine(id) => id,
        }
    }

    fn on(self, reads: &dyn Reads) -> AppResult<Actor> {
        match self {
            Self::Person(id) => Actor::of(id, reads),
            Self::Machine(id) => Ok(Actor::free(id)),
        }
    }
}

impl<'a> Deref for Tx<'a> {
    type Target = dyn Reads + 'a;

    fn deref(&self) -> &Self::Target {
        self.reads
    }
}

impl Tx<'_> {
    /// Runs `work` on one state, as somebody sees it.
    pub fn read<T>(app: &App, by: By, work: impl FnOnce(&Tx<'_>) -> AppResult<T>) -> AppResult<T> {
        if let By::Machine(id) = by {
            let (actor, reads) = (&Actor::free(id), &*app.ports.store);
            return work(&Tx { app, actor, reads });
        }
        let (mut work, mut found) = (Some(work), None);
        app.ports.store.read(by.id(), &mut |actor, reads| {
            if let Some(work) = work.take() {
                found = Some(work(&Tx { app, actor, reads })?);
            }
            Ok(())
        })?;
        found.ok_or_else(|| AppError::new(codes::INTERNAL).because("nothing was read"))
    }
}

impl App {
    /// Queues the job `work` makes; gives it, or the one about the same that goes on.
    pub(crate) fn write_job_as(
        &self,
        by: By,
        mut work: impl FnMut(&Tx<'_>) -> AppResult<Job>,
    ) -> AppResult<Job> {
        let queued = self.ports.store.write_job(&mut |reads| {
            let actor = &by.on(reads)?;
            let app = self;
            work(&Tx { app, actor, reads }).map(Some)
        })?;
        let job = queued.ok_or_else(|| AppError::new(codes::INTERNAL).because("no job"))?;
        self.tell_queued(&job);
        Ok(job)
    }

    /// One operation.
    pub fn write_as(
        &self,
        by: By,
        op: Option<OpId>,
        mut work: impl FnMut(&Tx<'_>) -> AppResult<Deed>,
    ) -> AppResult<Committed> {
        let op_id = op.unwrap_or_else(|| OpId(self.id()));
        let mut told = None;
        let done = self.ports.store.write(op_id, &mut |reads| {
            let tx = Tx {
                app: self,
                actor: &by.on(reads)?,
                reads,
            };
            let mut deed = work(&tx)?;
            let at = self.now();
            for record in &mut deed.records {
                record.meta_mut().updated_at = at;
                // What was just made is kept as its fields say.
                if record.meta().rev == 0 {
                    *record = record.clone().cleaned()?;
                }
            }
            tx.pass(&deed)?;
            told = Some(deed.action);
            Ok(Commit {
                op_id,
                actor: by.id(),
                at,
                origin: deed.action.origin(),
                action: deed.action,
                records: deed.records,
                undoes: deed.undoes,
                jobs: deed.jobs,
                blobs: deed.blobs,
            })
        })?;
        // Nothing is told of an operation that was written before.
        let Some(action) = told else {
            return Ok(done);
        };
        if !done.records.is_empty() {
            self.tell_changed(op_id, action, &done);
        }
        for job in &done.jobs {
            self.tell_queued(job);
        }
        Ok(done)
    }
}

/// What somebody does.
pub struct Deed {
    /// Its name in the change log.
    pub action: Action,
    /// Records in their new state.
    pub records: Vec<Record>,
    /// The operation it takes back.
    pub undoes: Option<OpId>,
    /// Background work that follows from it.
    pub jobs: Vec<Job>,
    /// Sealed bytes of its recordings.
    pub blobs: Vec<Blob>,
}

impl Deed {
    /// Something done that takes nothing back.
    pub fn of(action: Action, records: Vec<Record>) -> Self {
        Self {
            action,
            records,
            undoes: None,
            jobs: Vec::new(),
            blobs: Vec::new(),
        }
    }
}

impl Tx<'_> {
    /// Who acts.
    pub fn actor(&self) -> PersonId {
        self.actor.id
    }

    /// The common columns of a record that is made now.
    pub fn new_meta(&self) -> Meta {
        Meta::new(self.app.now(), self.actor.id)
    }

    /// Takes what somebody does past the gate: each record as it would stand, on the state it is
    /// written to.
    fn pass(&self, deed: &Deed) -> AppResult<()> {
        let facts = Proposed::new(self.reads, &deed.records);
        for after in &deed.records {
            let before = self.record(after.kind(), after.uuid())?;
            check(self.actor, deed.action, before.as_ref(), after, &facts)
                .map_err(|denial| self.denied(denial))?;
        }
        Ok(())
    }

    /// Refuses what the person here may not do, with a record or at all.
    pub fn may(&self, action: Action, with: Option<&Record>) -> AppResult<()> {
        may(self.actor, action, with, with, self.reads).map_err(|denial| self.denied(denial))
    }

    /// What the gate would say to a record in a new state.
    pub fn would_pass(&self, action: Action, before: &Record, after: Record) -> AppResult<()> {
        let after = [after];
        let facts = Proposed::new(self.reads, &after);
        check(self.actor, action, Some(before), &after[0], &facts)
            .map_err(|denial| self.denied(denial))
    }

    /// A case that was taken away lies in the bin, unless it went for good.
    fn denied(&self, denial: Denial<AppError>) -> AppError {
        match denial {
            Denial::Fault(e) => e,
            Denial::Refused(Refusal::Binned(case)) => match self.is_in_bin(case) {
                Ok(true) => Refusal::Binned(case).into(),
                Ok(false) => Refusal::Gone(EntityKind::Case).into(),
                Err(e) => e,
            },
            Denial::Refused(refusal) => refusal.into(),
        }
    }

    /// A record of a type that is there, see [`Self::present`].
    pub fn fetch<T: Kept>(&self, id: impl Into<Uuid>) -> AppResult<T> {
        T::from_record(self.present(T::KIND, id.into())?).ok_or_else(|| {
            AppError::new(codes::INTERNAL).because("a record of another kind under this id")
        })
    }

    /// A record that is there and seen whole, or `not_found`; `case.in_bin` for a case in the bin and
    /// whatever belongs to one. Every use case gets its records here.
    pub fn present(&self, kind: EntityKind, id: Uuid) -> AppResult<Record> {
        let gone = || AppError::from(Refusal::Gone(kind));
        let record = self.record(kind, id)?.ok_or_else(gone)?;
        if see(self.actor, &record, self.reads)? != Sight::Whole {
            return Err(gone());
        }
        match standing(&record, self.reads)? {
            Standing::There => Ok(record),
            Standing::Gone => Err(gone()),
            Standing::Binned(case) if self.is_in_bin(case)? => Err(Refusal::Binned(case).into()),
            Standing::Binned(_) => Err(gone()),
        }
    }

    /// A record of a type, tombstones included.
    pub fn any<T: Kept>(&self, id: impl Into<Uuid>) -> AppResult<Option<T>> {
        Ok(self.record(T::KIND, id.into())?.and_then(T::from_record))
    }

    /// A record that is there, taken away.
    pub fn gone(&self, kind: EntityKind, id: Uuid) -> AppResult<Record> {
        let mut record = self.present(kind, id)?;
        record.meta_mut().deleted_at = Some(self.app.now());
        Ok(record)
    }
}
