//! `qinting record`

use crate::answer::Answer;
use crate::args::{Of, Records};
use crate::{find, screen};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use qinting_desk::{
    AppError, AppResult, AtDesk, FieldEdit, NewRecord, RecordPatch, RecordQuery, RecordRef,
    TakeTold, ToldDifference, Unmask, codes,
};
use qinting_domain::{CaseId, ContactId, EntityKind, FactKey, FieldRule, Record, Shape};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

#[derive(Serialize)]
struct Listed {
    records: Vec<Record>,
}

#[derive(Serialize)]
struct Removed {
    removed: Uuid,
}

pub(crate) fn run(at_desk: &AtDesk, args: Records) -> AppResult<Answer> {
    match args {
        Records::List { kind, of } => {
            let (field, id) = match owner(at_desk, kind, &of)? {
                Some((field, id)) => (Some(field.to_owned()), Some(id)),
                None => (None, None),
            };
            let records = at_desk.list_records(RecordQuery { kind, field, id })?;
            show(at_desk, records)
        }
        Records::Add { kind, of, fields } => {
            let mut fields = values(at_desk, kind, &fields)?;
            if let Some((field, id)) = owner(at_desk, kind, &of)? {
                fields.insert(field.to_owned(), Value::from(id.to_string()));
            }
            show(
                at_desk,
                vec![at_desk.add_record(NewRecord::of(kind, fields))?],
            )
        }
        Records::Edit { kind, id, fields } => {
            let read = named(at_desk, kind, &id)?;
            let rev = read.meta().rev;
            let edits = values(at_desk, kind, &fields)?.into_iter();
            let edits = edits.map(|(name, value)| (name, FieldEdit { value, rev }));
            let patch = RecordPatch {
                kind,
                id: read.uuid(),
                fields: edits.collect(),
                op_id: None,
            };
            show(at_desk, vec![at_desk.edit_record(patch)?])
        }
        Records::Told { case, take } => told(at_desk, find::case(at_desk, &case)?, take),
        Records::Unmask { id, reason } => {
            let contact_id = ContactId(named(at_desk, EntityKind::Contact, &id)?.uuid());
            let whole = at_desk.unmask(Unmask { contact_id, reason })?;
            show(at_desk, vec![whole.into()])
        }
        Records::Swap { cases } => swap(at_desk, &cases),
        Records::Remove { kind, id } => {
            let id = named(at_desk, kind, &id)?.uuid();
            at_desk.remove_record(RecordRef { kind, id })?;
            Answer::new(
                &Removed { removed: id },
                format!("删掉了 · Removed: {id}\n"),
            )
        }
    }
}

#[derive(Serialize)]
struct Swapped {
    swapped: u32,
}

/// Who speaks on the two channels of the recordings of cases, the other way round.
fn swap(at_desk: &AtDesk, cases: &[String]) -> AppResult<Answer> {
    let mut recordings = Vec::new();
    for case in cases {
        recordings.extend(at_desk.recording_of(find::case(at_desk, case)?)?);
    }
    let ids = recordings.into_iter().map(|r| r.id).collect();
    let swapped = at_desk.swap_channels(ids)?;
    Answer::new(
        &Swapped { swapped },
        format!("对调了 {swapped} 通 · Swapped: {swapped}\n"),
    )
}

#[derive(Serialize)]
struct Differing {
    differences: Vec<ToldDifference>,
}

/// Where a case differs from what its import said, after what was asked for is taken.
fn told(at_desk: &AtDesk, case: CaseId, take: Option<Vec<FactKey>>) -> AppResult<Answer> {
    let mut differences = at_desk.told_differences(case)?;
    if let Some(named) = take {
        let keys = (!named.is_empty()).then_some(named);
        let contacts: BTreeSet<ContactId> = differences.iter().map(|d| d.contact_id).collect();
        for contact_id in contacts {
            let keys = keys.clone();
            differences = at_desk.take_told(TakeTold { contact_id, keys })?;
        }
    }
    let lines = differences.iter().map(|one| {
        let [mine, told] = [&one.mine, &one.told].map(said);
        let name = one.key.as_str();
        format!("{name}  你写的 · yours: {mine}  导入说 · the import: {told}\n")
    });
    let text: String = lines.collect();
    Answer::new(&Differing { differences }, text)
}

fn said(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => screen::line(text),
        other => other.to_string(),
    }
}

fn show(at_desk: &AtDesk, records: Vec<Record>) -> AppResult<Answer> {
    let people = at_desk.list_people(())?.into_iter();
    let names: HashMap<Uuid, String> = people.map(|p| (p.id.0, p.name)).collect();
    let name = |_, id| names.get(&id).cloned().unwrap_or_default();
    let lines = records
        .iter()
        .map(|r| format!("{}  {}\n", r.uuid(), qinting_export::told(r, name)));
    let text: String = lines.collect();
    Answer::new(&Listed { records }, text)
}

/// The record a person names by its id or the end of it.
fn named(at_desk: &AtDesk, kind: EntityKind, named: &str) -> AppResult<Record> {
    let query = RecordQuery {
        kind,
        field: None,
        id: None,
    };
    let end = find::id_end(named.trim()).unwrap_or_default();
    let mut all = at_desk.list_records(query)?;
    all.retain(|r| !end.is_empty() && r.uuid().to_string().ends_with(&end));
    let ids: Vec<Uuid> = all.iter().map(Record::uuid).collect();
    find::one_of(&ids, kind.as_str())?;
    Ok(all.remove(0))
}

/// The field that says what a record belongs to, and what that is.
fn owner(at_desk: &AtDesk, kind: EntityKind, of: &Of) -> AppResult<Option<(&'static str, Uuid)>> {
    let (owner, id) = match (of.issue, &of.session) {
        (Some(number), _) => (EntityKind::Issue, find::issue(at_desk, number)?.0),
        (_, Some(session)) => (EntityKind::Session, find::session(at_desk, session)?.0),
        _ => match &of.case {
            Some(case) => (EntityKind::Case, find::case(at_desk, case)?.0),
            None => return Ok(None),
        },
    };
    let mut fields = kind.fields().iter();
    let field = fields.find(|f| f.belongs && f.shape == Shape::One(owner));
    let field = field.ok_or_else(|| AppError::new(codes::INVALID).with("field", owner.as_str()))?;
    Ok(Some((field.name, id)))
}

fn values(
    at_desk: &AtDesk,
    kind: EntityKind,
    given: &[String],
) -> AppResult<BTreeMap<String, Value>> {
    let one = |text: &String| {
        let (name, value) = text
            .split_once('=')
            .ok_or_else(|| AppError::new(codes::INVALID).with("field", text))?;
        let rule = kind.fields().iter().find(|f| f.name == name);
        let rule = rule.ok_or_else(|| AppError::new(codes::INVALID).with("field", name))?;
        Ok((name.to_owned(), value_of(at_desk, rule, value.trim())?))
    };
    given.iter().map(one).collect()
}

/// A value as somebody types it: a name, a number, a day, yes or no.
fn value_of(at_desk: &AtDesk, rule: &FieldRule, typed: &str) -> AppResult<Value> {
    let unfit = || AppError::new(codes::INVALID).with("field", rule.name);
    Ok(match rule.shape {
        Shape::Line | Shape::Prose | Shape::OneOf(_) => Value::from(typed),
        _ if typed.is_empty() => Value::Null,
        Shape::One(EntityKind::Person) => {
            let people = at_desk.list_people(())?.into_iter();
            let called: Vec<_> = people.filter(|p| p.name == typed).map(|p| p.id).collect();
            Value::from(find::one_of(&called, "person")?.to_string())
        }
        Shape::One(_) => Value::from(typed),
        Shape::Day => {
            let day: Date = typed.parse().map_err(|_| unfit())?;
            let midnight = day.to_zoned(TimeZone::UTC).map_err(|_| unfit())?;
            Value::from(midnight.timestamp().as_millisecond())
        }
        Shape::Words | Shape::Set(_) | Shape::Ordered(_) => {
            Value::Array(typed.split(',').map(|w| Value::from(w.trim())).collect())
        }
        Shape::Most(_) | Shape::Object | Shape::Plain => match typed {
            "yes" | "是" => Value::Bool(true),
            "no" | "否" => Value::Bool(false),
            _ => serde_json::from_str(typed).unwrap_or_else(|_| Value::from(typed)),
        },
    })
}
