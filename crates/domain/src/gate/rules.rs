//! What holds for records of one kind, whoever writes them.

use super::{Denial, Facts, Proposed, Refusal, fetched};
use crate::{
    Action, Anchor, Contact, ContactKind, EntityKind, Issue, IssueLink, IssueStatus,
    ListeningSession, Observation, Person, Record, Recording, StatusRefusal, Tag, TagStatus,
};
use serde_json::Value;
use uuid::Uuid;

type Held<F> = Result<(), Denial<<F as Facts>::Fault>>;

pub(super) fn hold<F: Facts + ?Sized>(
    action: Action,
    before: Option<&Record>,
    after: &Record,
    facts: &Proposed<'_, F>,
) -> Held<F> {
    match (before, after) {
        (Some(Record::Person(before)), Record::Person(person)) => {
            person_moves(action, before, person, facts)
        }
        (Some(Record::Tag(before)), Record::Tag(tag)) => tag_moves(action, before, tag, facts),
        (Some(Record::Issue(before)), Record::Issue(issue)) => {
            issue_moves(action, before, issue, facts)
        }
        (Some(_), fixed) if fixed.kind().is_fixed() => Err(Refusal::field("id").into()),
        (None, Record::Issue(issue)) if issue.status != IssueStatus::New => {
            Err(Refusal::field("status").into())
        }
        (_, Record::IssueLink(link)) if link.meta.deleted_at.is_none() => {
            is_filed_once(link, facts)
        }
        (before, Record::Observation(o)) => {
            let before = match before {
                Some(Record::Observation(before)) => Some(before),
                _ => None,
            };
            is_heard_there(before, o, facts)
        }
        (Some(Record::Contact(before)), Record::Contact(contact)) => {
            takes_its_recordings_along(before, contact, facts)
        }
        (before, Record::Recording(recording)) => {
            let before = match before {
                Some(Record::Recording(before)) => Some(before),
                _ => None,
            };
            is_of_its_contact(before, recording, facts)
        }
        _ => Ok(()),
    }
}

/// Whoever takes a contact away by itself, undo too, leaves its recordings one, and its case another.
pub(super) fn leaves_no_gap<F: Facts + ?Sized>(
    before: Option<&Record>,
    after: &Record,
    facts: &Proposed<'_, F>,
) -> Held<F> {
    let Record::Contact(contact) = after else {
        return Ok(());
    };
    let was_there = before.is_some_and(|b| b.meta().deleted_at.is_none());
    if !was_there || contact.meta.deleted_at.is_none() {
        return Ok(());
    }
    let holding = |kind, field, id: Value| {
        let found = facts.holding(kind, field, &id).map_err(Denial::Fault)?;
        Ok::<_, Denial<F::Fault>>(!found.is_empty())
    };
    if holding(EntityKind::Recording, "contact_id", id_value(contact.id))? {
        return Err(Refusal::field("contact_id").into());
    }
    match holding(EntityKind::Contact, "case_id", id_value(contact.case_id))? {
        true => Ok(()),
        false => Err(Refusal::field("case_id").into()),
    }
}

impl Record {
    /// Whether it is one of those among which a unique value is unique: what is there and offered.
    pub fn counts(&self) -> bool {
        let is_offered = match self {
            Self::Tag(tag) => tag.status == TagStatus::Active,
            _ => true,
        };
        is_offered && self.meta().deleted_at.is_none()
    }
}

fn had<T: crate::Kept, F: Facts + ?Sized>(
    kind: EntityKind,
    id: impl Into<Uuid>,
    facts: &Proposed<'_, F>,
) -> Result<Option<T>, Denial<F::Fault>> {
    fetched(kind, id.into(), facts).map_err(Denial::Fault)
}

/// Somebody who turned out to be another leads straight to who that is, and does not come back but by undo.
fn person_moves<F: Facts + ?Sized>(
    action: Action,
    before: &Person,
    person: &Person,
    facts: &Proposed<'_, F>,
) -> Held<F> {
    if person.merged_into == before.merged_into {
        return Ok(());
    }
    let into = match person.merged_into {
        Some(into) if into != person.id => had::<Person, F>(EntityKind::Person, into, facts)?,
        _ => None,
    };
    let is_one = into.is_some_and(|p| p.merged_into.is_none() && p.meta.deleted_at.is_none());
    match action == Action::PersonMerge && is_one {
        true => Ok(()),
        false => Err(Refusal::field("into").into()),
    }
}

/// A tag that was merged neither comes back nor goes another way, unless what it was merged into goes
/// there too.
fn tag_moves<F: Facts + ?Sized>(
    action: Action,
    before: &Tag,
    tag: &Tag,
    facts: &Proposed<'_, F>,
) -> Held<F> {
    if tag.status == before.status {
        return Ok(());
    }
    let TagStatus::MergedInto(into) = tag.status else {
        return match before.status {
            TagStatus::MergedInto(_) => Err(Refusal::field("status").into()),
            _ => Ok(()),
        };
    };
    if action != Action::TagMerge {
        return Err(Refusal::field("status").into());
    }
    let goes_along = match before.status {
        TagStatus::MergedInto(old) => {
            had::<Tag, F>(EntityKind::Tag, old, facts)?.is_some_and(|t| t.status == tag.status)
        }
        _ => true,
    };
    if into == tag.id || !goes_along {
        return Err(Refusal::field("from").into());
    }
    match had::<Tag, F>(EntityKind::Tag, into, facts)? {
        Some(into) if !matches!(into.status, TagStatus::MergedInto(_)) => Ok(()),
        _ => Err(Refusal::field("into").into()),
    }
}

/// The life cycle of an issue, and the one way it is merged.
fn issue_moves<F: Facts + ?Sized>(
    action: Action,
    before: &Issue,
    issue: &Issue,
    facts: &Proposed<'_, F>,
) -> Held<F> {
    if issue.merged_into != before.merged_into {
        let into = match issue.merged_into {
            Some(into) if into != issue.id => had::<Issue, F>(EntityKind::Issue, into, facts)?,
            _ => None,
        };
        let is_one = into.is_some_and(|i| i.merged_into.is_none() && i.meta.deleted_at.is_none());
        let goes = action == Action::IssueMerge && before.merged_into.is_none();
        return match goes && is_one && issue.status == IssueStatus::Merged {
            true => Ok(()),
            false => Err(Refusal::MergeTarget.into()),
        };
    }
    if issue.status == before.status {
        return match action {
            Action::IssueStatus => Err(Refusal::Status(StatusRefusal::Unchanged).into()),
            Action::IssueMerge => Err(Refusal::MergeTarget.into()),
            _ => Ok(()),
        };
    }
    let evidence = evidence_of(issue, facts)?;
    let moved = before
        .status
        .check_move(issue.status, evidence, &issue.status_reason);
    moved.map_err(|refused| Refusal::Status(refused).into())
}

/// How many moments an issue rests on, as far as anything follows from it: none or one.
fn evidence_of<F: Facts + ?Sized>(
    issue: &Issue,
    facts: &Proposed<'_, F>,
) -> Result<usize, Denial<F::Fault>> {
    let links = facts
        .holding(EntityKind::IssueLink, "issue_id", &id_value(issue.id))
        .map_err(Denial::Fault)?;
    for link in links {
        let there = super::standing(&link, facts).map_err(Denial::Fault)?;
        if there == super::Standing::There {
            return Ok(1);
        }
    }
    Ok(0)
}

/// A moment is filed under an issue once, and not under one that was merged.
fn is_filed_once<F: Facts + ?Sized>(link: &IssueLink, facts: &Proposed<'_, F>) -> Held<F> {
    if is_taken_over(link, facts)? {
        return Err(Refusal::MergeTarget.into());
    }
    let moment = id_value(link.observation_id);
    let links = facts
        .holding(EntityKind::IssueLink, "observation_id", &moment)
        .map_err(Denial::Fault)?;
    let is_same = |other: &Record| match other {
        Record::IssueLink(other) => other.issue_id == link.issue_id && other.id != link.id,
        _ => false,
    };
    match links.iter().any(is_same) {
        true => Err(Refusal::field("observation_id").into()),
        false => Ok(()),
    }
}

/// Whether another issue stands for the one of a link. Older versions could merge two into each other:
/// then nobody took over.
fn is_taken_over<F: Facts + ?Sized>(
    link: &IssueLink,
    facts: &Proposed<'_, F>,
) -> Result<bool, Denial<F::Fault>> {
    let mut passed = vec![link.issue_id];
    while let Some(at) = passed.last() {
        let issue = had::<Issue, F>(EntityKind::Issue, *at, facts)?;
        match issue.and_then(|i| i.merged_into) {
            None => break,
            Some(into) if passed.contains(&into) => return Ok(false),
            Some(into) => passed.push(into),
        }
    }
    Ok(passed.len() > 1)
}

/// A recording lies in the case of its contact.
fn is_of_its_contact<F: Facts + ?Sized>(
    before: Option<&Recording>,
    r: &Recording,
    facts: &Proposed<'_, F>,
) -> Held<F> {
    if before.is_some_and(|b| (b.contact_id, b.case_id) == (r.contact_id, r.case_id)) {
        return Ok(());
    }
    match had::<Contact, F>(EntityKind::Contact, r.contact_id, facts)? {
        Some(contact) if contact.case_id == r.case_id => Ok(()),
        _ => Err(Refusal::field("contact_id").into()),
    }
}

/// Only a chat has turns: the lines of a call are an engine's, and the next text counts them otherwise.
fn has_turns<F: Facts + ?Sized>(o: &Observation, facts: &Proposed<'_, F>) -> Held<F> {
    let Anchor::Turns(_) = o.anchor else {
        return Ok(());
    };
    let recording = had::<Recording, F>(EntityKind::Recording, o.recording_id, facts)?;
    let contact = match recording {
        Some(r) => had::<Contact, F>(EntityKind::Contact, r.contact_id, facts)?,
        None => None,
    };
    match contact.is_some_and(|c| c.kind == ContactKind::Chat) {
        true => Ok(()),
        false => Err(Refusal::field("anchor").into()),
    }
}

/// A contact that goes into another case takes its recordings along.
fn takes_its_recordings_along<F: Facts + ?Sized>(
    before: &Contact,
    contact: &Contact,
    facts: &Proposed<'_, F>,
) -> Held<F> {
    if before.case_id == contact.case_id {
        return Ok(());
    }
    let own = facts
        .holding(EntityKind::Recording, "contact_id", &id_value(contact.id))
        .map_err(Denial::Fault)?;
    let stays = |r: &Record| matches!(r, Record::Recording(r) if r.case_id != contact.case_id);
    match own.iter().any(stays) {
        true => Err(Refusal::field("case_id").into()),
        false => Ok(()),
    }
}

/// A moment lies in a recording of its case, and in a session that plays it.
fn is_heard_there<F: Facts + ?Sized>(
    before: Option<&Observation>,
    o: &Observation,
    facts: &Proposed<'_, F>,
) -> Held<F> {
    if before.is_none_or(|b| (b.recording_id, b.case_id) != (o.recording_id, o.case_id)) {
        let recording = had::<Recording, F>(EntityKind::Recording, o.recording_id, facts)?;
        if recording.is_none_or(|r| r.case_id != o.case_id) {
            return Err(Refusal::field("recording_id").into());
        }
    }
    if before.is_none_or(|b| (b.recording_id, b.anchor) != (o.recording_id, o.anchor)) {
        has_turns(o, facts)?;
    }
    let Some(id) = o
        .session_id
        .filter(|id| before.is_none_or(|b| b.session_id != Some(*id)))
    else {
        return Ok(());
    };
    match had::<ListeningSession, F>(EntityKind::Session, id, facts)? {
        Some(session) if session.plays(o.case_id) => Ok(()),
        _ => Err(Refusal::field("session_id").into()),
    }
}

fn id_value(id: impl Into<Uuid>) -> Value {
    Value::from(id.into().to_string())
}
