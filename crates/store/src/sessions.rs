//! Listening sessions with what they add up to, and the mark that makes a workspace the demo.

use crate::fault::Outcome;
use crate::field::Field;
use crate::table::{self, Stored};
use crate::{cases, issues, observations};
use qinting_app::{SessionRow, SessionView};
use qinting_domain::*;
use rusqlite::{Connection, Params};

/// What was marked in a session, while neither the moment nor its case was taken away.
const MARKED: &str = "FROM observation o JOIN \"case\" c ON c.id = o.case_id
    WHERE o.session_id = t.id AND o.deleted_at IS NULL AND c.deleted_at IS NULL";

pub(crate) fn all(conn: &Connection) -> Outcome<Vec<SessionRow>> {
    let rest = "WHERE t.deleted_at IS NULL
        ORDER BY coalesce(t.starts_at, t.created_at) DESC, t.row DESC";
    rows(conn, rest, [])
}

pub(crate) fn live(conn: &Connection) -> Outcome<Vec<ListeningSession>> {
    table::many(conn, "WHERE t.deleted_at IS NULL ORDER BY t.row", [])
}

pub(crate) fn row(conn: &Connection, id: SessionId) -> Outcome<Option<SessionRow>> {
    let rest = "WHERE t.id = ?1 AND t.deleted_at IS NULL";
    Ok(rows(conn, rest, [id.0.as_bytes()])?.pop())
}

pub(crate) fn view(conn: &Connection, id: SessionId) -> Outcome<Option<SessionView>> {
    let Some(row) = row(conn, id)? else {
        return Ok(None);
    };
    let key = [id.0.as_bytes()];
    let listed = "JOIN session_case s ON s.case_id = t.id
        WHERE s.session_id = ?1 AND t.deleted_at IS NULL ORDER BY s.place";
    let marked = "LEFT JOIN session_case s ON s.session_id = t.session_id AND s.case_id = t.case_id
        WHERE t.session_id = ?1 AND t.deleted_at IS NULL AND c.deleted_at IS NULL
        ORDER BY s.place IS NULL, s.place, t.start_ms, t.row";
    let resting = "WHERE t.deleted_at IS NULL AND t.id IN (
            SELECT l.issue_id FROM issue_link l JOIN observation o ON o.id = l.observation_id
            JOIN \"case\" c ON c.id = o.case_id
            WHERE o.session_id = ?1 AND l.deleted_at IS NULL AND o.deleted_at IS NULL
                AND c.deleted_at IS NULL)
        ORDER BY t.number";
    Ok(Some(SessionView {
        people: people_of(conn, id)?,
        cases: cases::rows(conn, listed, key)?,
        observations: observations::views(conn, marked, key)?,
        issues: issues::rows(conn, resting, key)?,
        row,
    }))
}

/// Who listens, also those who were taken away since: they were there.
fn people_of(conn: &Connection, id: SessionId) -> Outcome<Vec<Person>> {
    let rest = "JOIN session_person s ON s.person_id = t.id
        WHERE s.session_id = ?1 ORDER BY s.place";
    table::many(conn, rest, [id.0.as_bytes()])
}

fn rows(conn: &Connection, rest: &str, p: impl Params) -> Outcome<Vec<SessionRow>> {
    let sql = format!(
        "SELECT {}, (SELECT name FROM person WHERE id = t.facilitator_id),
            (SELECT count(*) FROM session_case s JOIN \"case\" c ON c.id = s.case_id
                WHERE s.session_id = t.id AND c.deleted_at IS NULL),
            (SELECT coalesce(sum(r.duration_ms), 0) FROM session_case s
                JOIN \"case\" c ON c.id = s.case_id
                JOIN recording r ON r.row = (SELECT min(row) FROM recording
                    WHERE case_id = c.id AND deleted_at IS NULL)
                WHERE s.session_id = t.id AND c.deleted_at IS NULL),
            (SELECT count(*) {MARKED}),
            (SELECT count(DISTINCT i.id) FROM issue i
                JOIN issue_link l ON l.issue_id = i.id AND l.deleted_at IS NULL
                WHERE i.deleted_at IS NULL AND l.observation_id IN (SELECT o.id {MARKED}))
         FROM session t {rest}",
        ListeningSession::select("t")
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let found = statement.query_map(p, |row| {
        let at = &mut 0;
        Ok(SessionRow {
            session: ListeningSession::take(row, at)?,
            facilitator: Field::take(row, at)?,
            people: Vec::new(),
            case_count: Field::take(row, at)?,
            duration_ms: Field::take(row, at)?,
            observation_count: Field::take(row, at)?,
            issue_count: Field::take(row, at)?,
        })
    })?;
    let mut rows = found.collect::<Result<Vec<_>, _>>()?;
    for row in &mut rows {
        let people = people_of(conn, row.session.id)?;
        row.people = people.into_iter().map(|p| p.name).collect();
    }
    Ok(rows)
}

pub(crate) fn is_demo(conn: &Connection) -> Outcome<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM demo)";
    Ok(conn.prepare_cached(sql)?.query_row([], |r| r.get(0))?)
}

pub(crate) fn mark_demo(tx: &Connection) -> Outcome<()> {
    let sql = "INSERT INTO demo (row) VALUES (1) ON CONFLICT DO NOTHING";
    tx.prepare_cached(sql)?.execute([])?;
    Ok(())
}
