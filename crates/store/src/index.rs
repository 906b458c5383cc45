//! Full-text rows, kept in step with the records inside the same transaction.
//!
//! A record that is taken away leaves the index, so that a search never walks over heaps of
//! deleted matches; undo puts it back.

use crate::fault::Outcome;
use crate::tags::Codebook;
use qinting_domain::text::index_text;
use qinting_domain::{
    Case, CaseId, IssueId, Observation, ObservationId, Record, RecordingId, SeatNote, Segment, Tag,
};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

/// Brings the index in line with a record that was just written.
pub(crate) fn refresh(tx: &Connection, before: Option<&Record>, after: &Record) -> Outcome<()> {
    let was_live = before.is_some_and(|b| b.meta().deleted_at.is_none());
    let flipped = before.is_some() && was_live != after.meta().deleted_at.is_none();
    match after {
        Record::Case(case) => {
            refresh_case(tx, case)?;
            if flipped {
                for recording in recordings_of(tx, case.id)? {
                    refresh_transcript(tx, recording)?;
                }
            }
            Ok(())
        }
        Record::Recording(r) if flipped => refresh_transcript(tx, r.id),
        Record::Segment(s) => refresh_segment(tx, s),
        Record::Observation(o) => refresh_observation(tx, o, &Codebook::read(tx)?),
        Record::Issue(i) => refresh_issue(tx, i.id),
        Record::Comment(c) => refresh_issue(tx, c.issue_id),
        Record::SeatNote(n) => refresh_note(tx, n),
        Record::Tag(tag) => match before {
            Some(Record::Tag(old)) if findable(old) != findable(tag) => refresh_tagged(tx, tag),
            _ => Ok(()),
        },
        Record::Recording(_)
        | Record::Person(_)
        | Record::IssueLink(_)
        | Record::Session(_)
        | Record::LiveCall(_)
        | Record::Settings(_) => Ok(()),
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
    let sql = format!("DELETE FROM {index} WHERE rowid = ?1");
    tx.prepare_cached(&sql)?.execute([row])?;
    if let Some(body) = text.map(index_text).filter(|b| !b.is_empty()) {
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

fn refresh_segment(tx: &Connection, s: &Segment) -> Outcome<()> {
    let live = s.meta.deleted_at.is_none() && is_heard(tx, s.recording_id)?;
    let row = row_of(tx, "segment", s.id.0)?;
    put(tx, "segment_text", row, live.then_some(s.text.as_str()))
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

fn refresh_case(tx: &Connection, c: &Case) -> Outcome<()> {
    let text = [
        &c.title,
        &c.agent,
        &c.customer,
        &c.business_line,
        &c.queue,
        &c.disposition,
        &c.external_id,
    ]
    .map(String::as_str)
    .join("\n");
    let row = row_of(tx, "\"case\"", c.id.0)?;
    put(
        tx,
        "case_text",
        row,
        c.meta.deleted_at.is_none().then_some(&text),
    )
}

fn refresh_observation(tx: &Connection, o: &Observation, codebook: &Codebook) -> Outcome<()> {
    let mut text = format!("{}\n{}", o.text, o.quote);
    for name in codebook.words_for(&o.tags) {
        text.push('\n');
        text.push_str(name);
    }
    let row = row_of(tx, "observation", o.id.0)?;
    put(
        tx,
        "observation_text",
        row,
        o.meta.deleted_at.is_none().then_some(&text),
    )
}

fn refresh_note(tx: &Connection, n: &SeatNote) -> Outcome<()> {
    let row = row_of(tx, "seat_note", n.id.0)?;
    let live = n.meta.deleted_at.is_none();
    put(tx, "seat_note_text", row, live.then_some(n.text.as_str()))
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

fn refresh_issue(tx: &Connection, id: IssueId) -> Outcome<()> {
    let sql = "SELECT i.row, i.deleted_at IS NULL, i.title || char(10) || i.statement
            || char(10) || i.root_cause || char(10) || coalesce((
                SELECT group_concat(text, char(10)) FROM comment
                WHERE issue_id = i.id AND deleted_at IS NULL), '')
        FROM issue i WHERE i.id = ?1";
    let found = tx
        .prepare_cached(sql)?
        .query_row([id.0.as_bytes()], |r| {
            Ok((
                r.get::<_, i64>(0)?,
                r.get::<_, bool>(1)?,
                r.get::<_, String>(2)?,
            ))
        })
        .optional()?;
    let Some((row, live, text)) = found else {
        return Ok(());
    };
    put(tx, "issue_text", row, live.then_some(&text))
}
