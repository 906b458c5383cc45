//! Full-text rows, kept in step with the records inside the same transaction.
//!
//! A record that is taken away leaves the index, so that a search never walks over heaps of
//! deleted matches; undo puts it back.

use crate::cases;
use crate::fault::Outcome;
use crate::tags::Codebook;
use qinting_domain::text::index_text;
use qinting_domain::{
    Case, CaseId, EntityKind, Issue, IssueId, Observation, ObservationId, Record, RecordingId, Tag,
    TagStatus,
};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

/// Kinds of records that have an index, the one with most rows last.
pub(crate) fn indexed() -> impl Iterator<Item = EntityKind> {
    let (many, few) = EntityKind::ALL
        .into_iter()
        .filter(|kind| kind.fields().iter().any(|f| f.search))
        .partition::<Vec<_>, _>(|kind| *kind == EntityKind::Segment);
    few.into_iter().chain(many)
}

/// The full-text index of a kind.
pub(crate) fn name_of(kind: EntityKind) -> String {
    format!("{}_text", kind.as_str())
}

/// Brings the index in line with a record that was just written.
pub(crate) fn refresh(tx: &Connection, before: Option<&Record>, after: &Record) -> Outcome<()> {
    let was_live = before.is_some_and(|b| b.meta().deleted_at.is_none());
    let flipped = before.is_some() && was_live != after.meta().deleted_at.is_none();
    put_library(tx, before, after)?;
    match after {
        Record::Case(case) => {
            put_case(tx, case)?;
            if flipped {
                for recording in recordings_of(tx, case.id)? {
                    refresh_transcript(tx, recording)?;
                }
            }
            Ok(())
        }
        Record::Contact(contact) => match crate::table::one::<Case>(tx, contact.case_id.0)? {
            Some(case) => put_case(tx, &case),
            None => Ok(()),
        },
        Record::Recording(r) if flipped => refresh_transcript(tx, r.id),
        Record::Segment(s) if !is_heard(tx, s.recording_id)? => {
            let row = row_of(tx, "segment", s.id.0)?;
            remove_segment(tx, row)
        }
        Record::Segment(_) => put_words(tx, after, &words_of(after)),
        Record::Observation(o) => refresh_observation(tx, o, &Codebook::read(tx)?),
        Record::Issue(i) => refresh_issue(tx, i.id),
        Record::Comment(c) => refresh_issue(tx, c.issue_id),
        Record::Tag(tag) => {
            put_tag(tx, tag)?;
            match before {
                Some(Record::Tag(old)) if findable(old) != findable(tag) => refresh_tagged(tx, tag),
                _ => Ok(()),
            }
        }
        // Who turned out to be somebody else is found as that one.
        Record::Person(person) if person.merged_into.is_some() => {
            put(tx, "person_text", row_of(tx, "person", person.id.0)?, None)
        }
        _ if after.kind().fields().iter().any(|f| f.search) => {
            put_words(tx, after, &words_of(after))
        }
        _ => Ok(()),
    }
}

/// The row of the library that a record tells of, and where it lay before, that one, too.
fn put_library(tx: &Connection, before: Option<&Record>, after: &Record) -> Outcome<()> {
    let case_of = |record: &Record| match record {
        Record::Case(case) => Some(case.id),
        Record::Contact(contact) => Some(contact.case_id),
        Record::Recording(recording) => Some(recording.case_id),
        _ => None,
    };
    let now = case_of(after);
    if let Some(left) = before.and_then(case_of).filter(|left| Some(*left) != now) {
        cases::index::put(tx, left)?;
    }
    match (now, after) {
        (Some(case), _) => cases::index::put(tx, case),
        (None, Record::Transcript(text)) => cases::index::put_of(tx, text.recording_id),
        _ => Ok(()),
    }
}

fn findable(tag: &Tag) -> (&str, &[String], &qinting_domain::TagStatus) {
    (&tag.name, &tag.aliases, &tag.status)
}

fn row_of(tx: &Connection, table: &str, id: Uuid) -> Outcome<i64> {
    let sql = format!("SELECT row FROM {table} WHERE id = ?1");
    Ok(tx
        .prepare_cached(&sql)?
        .query_row([id.as_bytes()], |r| r.get(0))?)
}

/// Replaces the index row; `None` takes it out.
fn put(tx: &Connection, index: &str, row: i64, text: Option<&str>) -> Outcome<()> {
    put_body(tx, index, row, text.map(index_text))
}

fn put_body(tx: &Connection, index: &str, row: i64, body: Option<String>) -> Outcome<()> {
    let sql = format!("DELETE FROM {index} WHERE rowid = ?1");
    tx.prepare_cached(&sql)?.execute([row])?;
    if let Some(body) = body.filter(|b| !b.is_empty()) {
        let sql = format!("INSERT INTO {index} (rowid, body) VALUES (?1, ?2)");
        tx.prepare_cached(&sql)?.execute(params![row, body])?;
    }
    Ok(())
}

/// Adds the index row of a segment that was not in the index.
pub(crate) fn add_segment(tx: &Connection, row: i64, text: &str) -> Outcome<()> {
    let body = index_text(text);
    if !body.is_empty() {
        let sql = "INSERT INTO segment_text (rowid, body) VALUES (?1, ?2)";
        tx.prepare_cached(sql)?.execute(params![row, body])?;
    }
    Ok(())
}

/// Takes a segment out of the index.
pub(crate) fn remove_segment(tx: &Connection, row: i64) -> Outcome<()> {
    put(tx, "segment_text", row, None)
}

/// What a record is found by: its fields that are declared so.
fn words_of(record: &Record) -> String {
    let fields = record.to_fields();
    let found = record.kind().fields().iter().filter(|f| f.search);
    let words = found.filter_map(|f| fields.get(f.name)?.as_str());
    words.collect::<Vec<_>>().join("\n")
}

/// Brings the index row of a record in line: `words`, unless the record was taken away.
fn put_words(tx: &Connection, record: &Record, words: &str) -> Outcome<()> {
    let table = record.kind().as_str();
    let row = row_of(tx, &format!("\"{table}\""), record.uuid())?;
    let is_there = record.meta().deleted_at.is_none();
    put(tx, &name_of(record.kind()), row, is_there.then_some(words))
}

/// Neither the recording nor its case was taken away.
pub(crate) fn is_heard(tx: &Connection, recording: RecordingId) -> Outcome<bool> {
    let sql = "SELECT r.deleted_at IS NULL AND c.deleted_at IS NULL
        FROM recording r JOIN \"case\" c ON c.id = r.case_id WHERE r.id = ?1";
    let found = tx
        .prepare_cached(sql)?
        .query_row([recording.0.as_bytes()], |r| r.get(0));
    Ok(found.optional()?.unwrap_or(false))
}

/// A case is found by what is known of its contacts, too: each value by itself, however long all of them are.
fn put_case(tx: &Connection, case: &Case) -> Outcome<()> {
    let row = row_of(tx, "\"case\"", case.id.0)?;
    if case.meta.deleted_at.is_some() {
        return put_body(tx, "case_text", row, None);
    }
    let mut body = index_text(&words_of(&case.clone().into()));
    let mut add = |text: &str| {
        let tokens = index_text(text);
        if !tokens.is_empty() {
            body.push(' ');
            body.push_str(&tokens);
        }
    };
    for contact in crate::contacts::of_case(tx, case.id)? {
        contact.words().into_iter().for_each(&mut add);
        contact.facts.words().iter().for_each(|text| add(text));
    }
    put_body(tx, "case_text", row, Some(body))
}

/// A tag is found by the names it had before, too; one that was merged, as the one it went into.
fn put_tag(tx: &Connection, tag: &Tag) -> Outcome<()> {
    let record = Record::from(tag.clone());
    let mut words = words_of(&record);
    for alias in &tag.aliases {
        words.push('\n');
        words.push_str(alias);
    }
    if matches!(tag.status, TagStatus::MergedInto(_)) {
        words.clear();
    }
    put_words(tx, &record, &words)
}

fn recordings_of(tx: &Connection, case: CaseId) -> Outcome<Vec<RecordingId>> {
    let mut statement = tx.prepare_cached("SELECT id FROM recording WHERE case_id = ?1")?;
    let ids = statement.query_map([case.0.as_bytes()], |r| crate::field::uuid_at(r, 0))?;
    Ok(ids
        .map(|id| id.map(RecordingId))
        .collect::<Result<_, _>>()?)
}

/// Runs `work`, which takes many segments out of the index, without letting every removal pay for
/// merging the index: that would hold up whoever deletes a case for seconds. Later writes merge
/// what is left of the removed ones bit by bit.
pub(crate) fn without_merging<T>(tx: &Connection, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    const AUTOMERGE: &str =
        "INSERT INTO segment_text (segment_text, rank) VALUES ('automerge', ?1)";
    tx.prepare_cached(AUTOMERGE)?.execute([0])?;
    let value = work()?;
    // Turning it on again writes what is pending first, still without merging.
    tx.prepare_cached(AUTOMERGE)?.execute([4])?;
    Ok(value)
}

fn refresh_transcript(tx: &Connection, recording: RecordingId) -> Outcome<()> {
    let live = is_heard(tx, recording)?;
    if live {
        put_transcript(tx, recording, live)
    } else {
        without_merging(tx, || put_transcript(tx, recording, live))
    }
}

fn put_transcript(tx: &Connection, recording: RecordingId, live: bool) -> Outcome<()> {
    let sql = "SELECT row, text FROM segment WHERE recording_id = ?1 AND deleted_at IS NULL";
    let mut statement = tx.prepare_cached(sql)?;
    let mut rows = statement.query([recording.0.as_bytes()])?;
    while let Some(row) = rows.next()? {
        let text: String = row.get(1)?;
        put(
            tx,
            "segment_text",
            row.get(0)?,
            live.then_some(text.as_str()),
        )?;
    }
    Ok(())
}

fn refresh_observation(tx: &Connection, o: &Observation, codebook: &Codebook) -> Outcome<()> {
    let record = Record::from(o.clone());
    let mut words = words_of(&record);
    for name in codebook.words_for(&o.tags) {
        words.push('\n');
        words.push_str(name);
    }
    put_words(tx, &record, &words)
}

/// A tag got another name or was merged: moments that carry it are found under the new one.
fn refresh_tagged(tx: &Connection, tag: &Tag) -> Outcome<()> {
    let codebook = Codebook::read(tx)?;
    for stored in codebook.counted_under(tag.id) {
        let sql = "SELECT DISTINCT observation_id FROM observation_tag WHERE tag_id = ?1";
        let mut statement = tx.prepare_cached(sql)?;
        let ids: Vec<ObservationId> = statement
            .query_map([stored.0.as_bytes()], |r| {
                crate::field::uuid_at(r, 0).map(ObservationId)
            })?
            .collect::<Result<_, _>>()?;
        for id in ids {
            if let Some(o) = crate::table::one::<Observation>(tx, id.0)? {
                refresh_observation(tx, &o, &codebook)?;
            }
        }
    }
    Ok(())
}

/// An issue is found by what was remarked under it, too.
fn refresh_issue(tx: &Connection, id: IssueId) -> Outcome<()> {
    let Some(issue) = crate::table::one::<Issue>(tx, id.0)? else {
        return Ok(());
    };
    let issue = Record::from(issue);
    let mut words = words_of(&issue);
    for comment in crate::evidence::comments_of(tx, id)? {
        words.push('\n');
        words.push_str(&comment.text);
    }
    put_words(tx, &issue, &words)
}
