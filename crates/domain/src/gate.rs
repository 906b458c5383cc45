//! The gate: every write is asked of [`check`], every read of [`see`]. Both rest on [`Facts`] and on
//! nothing else, so that whatever keeps the records, a database or a heap of documents, gives the
//! same answers.

mod facts;
mod rules;
mod sight;
mod table;

use crate::{Action, CaseId, EntityKind, Origin, Person, PersonId, Record, Role, Roles, Unfit};
use crate::{ErrorNote, StatusRefusal};
use serde_json::Value;
use thiserror::Error;

pub use facts::*;
pub use sight::*;
pub use table::*;

/// Who acts, and by what right.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Actor {
    /// The person.
    pub id: PersonId,
    /// What they may do.
    pub rights: Rights,
}

/// What somebody may do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Rights {
    /// Everything: nobody has set roles in this workspace.
    Everything,
    /// What these roles may.
    Of(Roles),
}

impl Actor {
    /// Somebody who may do everything, e.g. the machine itself.
    pub const fn free(id: PersonId) -> Self {
        Self {
            id,
            rights: Rights::Everything,
        }
    }

    /// A person as they stand in the workspace. Roles count from the moment somebody administers it:
    /// until then nobody could give them, and everybody at this desk may do everything.
    pub fn of<F: Facts + ?Sized>(id: PersonId, facts: &F) -> Result<Self, F::Fault> {
        let administrator = Value::from(Role::Administrator.as_str());
        if facts
            .holding(EntityKind::Person, "roles", &administrator)?
            .is_empty()
        {
            return Ok(Self::free(id));
        }
        let is_there = |person: &Person| person.meta.deleted_at.is_none();
        let one = |id: PersonId| fetched::<Person, F>(EntityKind::Person, id.0, facts);
        let person = match one(id)?.filter(is_there) {
            // They turned out to be somebody else while they sat here.
            Some(Person {
                merged_into: Some(into),
                ..
            }) => one(into)?.filter(is_there),
            person => person,
        };
        Ok(match person {
            Some(person) => Self {
                id: person.id,
                rights: Rights::Of(person.roles),
            },
            None => Self {
                id,
                rights: Rights::Of(Roles::new()),
            },
        })
    }

    /// Whether nothing is refused or hidden on account of who they are.
    pub fn is_free(&self) -> bool {
        match &self.rights {
            Rights::Everything => true,
            Rights::Of(roles) => roles.contains(&Role::Administrator),
        }
    }

    /// From outside the company: they have no other role than that of a guest.
    fn is_guest(&self) -> bool {
        match &self.rights {
            Rights::Everything => false,
            Rights::Of(roles) => roles.iter().all(|r| *r == Role::Guest),
        }
    }
}

/// Why something is not written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// A value its field does not take, or that names what is not there.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The record is not there, or not there for who acts.
    #[error("{} is not there", .0.as_str())]
    Gone(EntityKind),
    /// It lies in a case that was taken away.
    #[error("in a case that was taken away")]
    Binned(CaseId),
    /// Another record has this value.
    #[error("taken")]
    Taken(String),
    /// A move in the life of an issue.
    #[error(transparent)]
    Status(#[from] StatusRefusal),
    /// An issue that was merged, or would be into itself.
    #[error("no issue to merge with")]
    MergeTarget,
    /// Who acts has none of these roles.
    #[error("not by who acts")]
    Role(Vec<Role>),
}

impl Refusal {
    fn field(name: &str) -> Self {
        Unfit::of(name).into()
    }

    /// As it crosses a border.
    pub fn note(&self) -> ErrorNote {
        match self {
            Self::Unfit(unfit) => ErrorNote::new("invalid").with("field", &unfit.field),
            Self::Gone(kind) => ErrorNote::new("not_found").with("kind", kind.as_str()),
            Self::Binned(case) => ErrorNote::new("case.in_bin").with("case_id", case),
            Self::Taken(name) => ErrorNote::new("name.taken").with("name", name),
            Self::Status(status) => ErrorNote::new(status.to_string()),
            Self::MergeTarget => ErrorNote::new("issue.merge_target"),
            Self::Role(roles) => {
                let roles: Vec<&str> = roles.iter().map(|r| r.as_str()).collect();
                ErrorNote::new("role.needed").with("roles", roles.join(","))
            }
        }
    }
}

/// A question of the gate that was not answered with yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denial<E> {
    /// No, because.
    Refused(Refusal),
    /// The facts could not be had.
    Fault(E),
}

impl<E> From<Refusal> for Denial<E> {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Whether `actor` may write `after` in the place of `before` as part of an `action`. `facts` are
/// those of the moment before, see [`Proposed`] for an action that writes several records.
pub fn check<F: Facts + ?Sized>(
    actor: &Actor,
    action: Action,
    before: Option<&Record>,
    after: &Record,
    facts: &Proposed<'_, F>,
) -> Result<(), Denial<F::Fault>> {
    if !action.is_of_the_machine() {
        if let Some(before) = before
            && see(actor, before, facts).map_err(Denial::Fault)? != Sight::Whole
        {
            return Err(Refusal::Gone(before.kind()).into());
        }
        may(actor, action, before, Some(after), facts)?;
    }
    // What somebody takes back was right when it was written, and is whole or not at all.
    if action.origin() != Origin::Undo {
        if let Some(unfit) = after.unfit(before) {
            return Err(Refusal::Unfit(unfit).into());
        }
        names_what_is_there(action, before, after, facts)?;
        rules::hold(action, before, after, facts)?;
    }
    rules::leaves_no_gap(before, after, facts)?;
    is_alone(before, after, facts)
}

/// Whether `actor` may do something at all, or with one record.
pub fn may<F: Facts + ?Sized>(
    actor: &Actor,
    action: Action,
    before: Option<&Record>,
    after: Option<&Record>,
    facts: &F,
) -> Result<(), Denial<F::Fault>> {
    let Rights::Of(own) = &actor.rights else {
        return Ok(());
    };
    // Taking back is asked for as what is taken back.
    if action.origin() == Origin::Undo {
        return Ok(());
    }
    let here = match (before, after) {
        (Some(record), _) => roles_here(actor.id, record, facts).map_err(Denial::Fault)?,
        // Naming oneself at its head does not let anybody make a session.
        (None, Some(Record::Session(_)) | None) => Roles::new(),
        (None, Some(record)) => roles_here(actor.id, record, facts).map_err(Denial::Fault)?,
    };
    let mut roles: Roles = own.union(&here).copied().collect();
    if roles.is_empty() {
        roles.insert(Role::Guest);
    }
    let reach = roles.iter().map(|role| reach(*role, action)).max();
    let is_within = match reach.unwrap_or(Reach::None) {
        Reach::Any => true,
        Reach::Own => before.is_none_or(|record| is_of(actor.id, record)),
        Reach::None => false,
    };
    if !is_within {
        return Err(Refusal::Role(who_may(action)).into());
    }
    match after.is_none_or(|after| gives_no_more_than(&roles, before, after)) {
        true => Ok(()),
        false => Err(Refusal::Role(vec![Role::Administrator]).into()),
    }
}

/// Whether a record is somebody's own: they made it, or a field says that it is theirs.
fn is_of(person: PersonId, record: &Record) -> bool {
    let (own, me) = (record.to_fields(), Value::from(person.0.to_string()));
    let mut owners = record.kind().fields().iter().filter(|r| r.owner);
    record.meta().created_by == person || owners.any(|r| own.get(r.name) == Some(&me))
}

/// Roles somebody has where a record belongs to a session: who leads it, who sits in it.
fn roles_here<F: Facts + ?Sized>(
    person: PersonId,
    record: &Record,
    facts: &F,
) -> Result<Roles, F::Fault> {
    let session = match record {
        Record::Session(session) => Some(session.clone()),
        Record::Observation(o) => match o.session_id {
            Some(id) => fetched(EntityKind::Session, id.0, facts)?,
            None => None,
        },
        _ => None,
    };
    Ok(session.map(|s| s.roles_of(person)).unwrap_or_default())
}

/// Roles that let in or out are given by who administers.
fn gives_no_more_than(roles: &Roles, before: Option<&Record>, after: &Record) -> bool {
    let roles_of = |record: &Record| match record {
        Record::Person(Person { roles, .. }) => roles.clone(),
        _ => Roles::new(),
    };
    let old = before.map(roles_of);
    let new = roles_of(after);
    roles.contains(&Role::Administrator)
        || match old {
            Some(old) => old == new,
            None => new.iter().all(|role| Role::GIVEN_FREELY.contains(role)),
        }
}

/// Refuses what names a record that is not there. What it named before may have been taken away
/// since, and does not stand in the way of an edit.
fn names_what_is_there<F: Facts + ?Sized>(
    action: Action,
    before: Option<&Record>,
    after: &Record,
    facts: &Proposed<'_, F>,
) -> Result<(), Denial<F::Fault>> {
    for (field, kind, id) in after.newly_named(before) {
        let named = facts.one(kind, id).map_err(Denial::Fault)?;
        let standing = match &named {
            Some(record) => standing(record, facts).map_err(Denial::Fault)?,
            None => Standing::Gone,
        };
        match standing {
            Standing::There => {}
            // A call that was thrown away before its end is put on record all the same, with its further files.
            Standing::Binned(_) if action == Action::LiveEnd => {}
            Standing::Gone => return Err(Refusal::field(field).into()),
            Standing::Binned(case) => return Err(Refusal::Binned(case).into()),
        }
    }
    Ok(())
}

/// Refuses a second record with a value that is to be unique.
fn is_alone<F: Facts + ?Sized>(
    before: Option<&Record>,
    after: &Record,
    facts: &Proposed<'_, F>,
) -> Result<(), Denial<F::Fault>> {
    let unique = || after.kind().fields().iter().filter(|r| r.unique);
    if unique().next().is_none() || !after.counts() {
        return Ok(());
    }
    let (now, old) = (
        after.to_fields(),
        before.filter(|b| b.counts()).map(Record::to_fields),
    );
    for rule in unique() {
        let value = &now[rule.name];
        if old
            .as_ref()
            .is_some_and(|o| o.get(rule.name) == Some(value))
        {
            continue;
        }
        let others = facts
            .holding(after.kind(), rule.name, value)
            .map_err(Denial::Fault)?;
        if others
            .iter()
            .any(|o| o.uuid() != after.uuid() && o.counts())
        {
            let name = value.as_str().unwrap_or_default();
            return Err(Refusal::Taken(name.to_owned()).into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
