//! Somebody acts: the app, and the person whose use cases these are.

use crate::error::{AppError, AppResult, codes};
use crate::store::Committed;
use crate::tx::{By, Deed, Tx};
use crate::workspace::App;
use parking_lot::RwLock;
use qinting_domain::*;
use std::sync::Arc;
use uuid::Uuid;

/// Somebody who acts in a workspace. All use cases are theirs, because every action carries its actor.
/// Clones share the person.
#[derive(Clone)]
pub struct Acting {
    app: Arc<App>,
    actor: Arc<RwLock<PersonId>>,
    /// The machine goes on with what this person began.
    is_machine: bool,
}

impl Acting {
    /// `actor` acts.
    pub fn new(app: Arc<App>, actor: PersonId) -> Self {
        Self {
            app,
            actor: Arc::new(RwLock::new(actor)),
            is_machine: false,
        }
    }

    /// The machine goes on with what `actor` began.
    pub fn machine(app: Arc<App>, actor: PersonId) -> Self {
        Self {
            is_machine: true,
            ..Self::new(app, actor)
        }
    }

    /// Who acts, and how.
    fn by(&self) -> By {
        match self.is_machine {
            true => By::Machine(self.actor()),
            false => By::Person(self.actor()),
        }
    }

    /// The workspace they act in.
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Who it is.
    pub fn actor(&self) -> PersonId {
        *self.actor.read()
    }

    pub(crate) fn become_person(&self, id: PersonId) {
        *self.actor.write() = id;
    }

    /// The common columns of a record that is made now.
    pub fn new_meta(&self) -> Meta {
        Meta::new(self.app.now(), self.actor())
    }

    /// What this person sees, on one state: the one way to anything that leaves for a host.
    pub fn read<T>(&self, work: impl FnOnce(&Tx<'_>) -> AppResult<T>) -> AppResult<T> {
        Tx::read(&self.app, self.by(), work)
    }

    /// One operation of this person: what `work` answers is written as `action`, and the hosts are
    /// told afterwards. Everything a rule rests on is asked of what `work` is given.
    pub fn write(
        &self,
        action: Action,
        mut work: impl FnMut(&Tx<'_>) -> AppResult<Vec<Record>>,
    ) -> AppResult<Committed> {
        self.write_as(None, |tx| Ok(Deed::of(action, work(tx)?)))
    }

    /// The same where it only turns out what it is, or where who asks has named the operation: asked for
    /// again, it is answered as it stands.
    pub fn write_as(
        &self,
        op: Option<OpId>,
        work: impl FnMut(&Tx<'_>) -> AppResult<Deed>,
    ) -> AppResult<Committed> {
        self.app.write_as(self.by(), op, work)
    }

    /// Queues the job `work` makes; gives it, or the one about the same that goes on.
    pub fn write_job(&self, work: impl FnMut(&Tx<'_>) -> AppResult<Job>) -> AppResult<Job> {
        self.app.write_job_as(self.by(), work)
    }

    /// Commits records that rest on nothing but their revisions, as one operation of this person.
    pub fn commit(&self, action: Action, records: Vec<Record>) -> AppResult<Committed> {
        self.write(action, |_| Ok(records.clone()))
    }

    /// A record of a type that is there, see [`Tx::present`].
    pub fn fetch<T: Kept>(&self, id: impl Into<Uuid>) -> AppResult<T> {
        self.read(|seen| seen.fetch(id))
    }

    /// The recording under an id: the one way to its sound, its text and its marks.
    pub fn open_recording(&self, id: RecordingId) -> AppResult<Recording> {
        self.fetch::<Recording>(id)
    }

    /// Adds a record that was just made.
    pub fn add<T: Kept>(&self, action: Action, record: &T) -> AppResult<T> {
        only(self.write(action, |_| Ok(vec![record.clone().into()]))?)
    }

    /// Takes a record away; undo brings it back.
    pub fn take_away<T: Kept>(&self, action: Action, id: impl Into<Uuid>) -> AppResult<()> {
        let id = id.into();
        self.write(action, |tx| Ok(vec![tx.gone(T::KIND, id)?]))
            .map(drop)
    }
}

/// The first record a commit returned.
pub fn only<T: Kept>(done: Committed) -> AppResult<T> {
    let first = done.records.into_iter().next();
    first
        .and_then(T::from_record)
        .ok_or_else(|| AppError::new(codes::INTERNAL).because("a commit returned another record"))
}

/// Refuses a revision that is not the one on record: somebody changed it in between.
pub(crate) fn same_rev(found: u32, read: u32) -> AppResult<()> {
    if found == read {
        Ok(())
    } else {
        Err(AppError::new(codes::CONFLICT))
    }
}

/// Text as it is kept, see [`prose`]; `field` names the refusal.
pub fn clean_text(field: &str, text: &str) -> AppResult<String> {
    prose(text).ok_or_else(|| AppError::new(codes::INVALID).with("field", field))
}
