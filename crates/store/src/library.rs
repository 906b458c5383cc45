//! People, settings, recordings, and where people stand in cases.

use crate::fault::Outcome;
use crate::field::{Field, uuid_at};
use crate::table;
use qinting_app::ListenState;
use qinting_domain::*;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashMap;

pub(crate) fn workspace_id(conn: &Connection) -> Outcome<WorkspaceId> {
    let sql = "SELECT id FROM workspace";
    let id = conn.prepare_cached(sql)?.query_row([], |r| uuid_at(r, 0))?;
    Ok(WorkspaceId(id))
}

pub(crate) fn people(conn: &Connection) -> Outcome<Vec<Person>> {
    table::many(
        conn,
        "WHERE t.deleted_at IS NULL AND t.merged_into IS NULL ORDER BY t.name COLLATE NOCASE, t.row",
        [],
    )
}

/// What everybody who ever was here is called now: whoever turned out to be another, as that one.
pub(crate) fn names(conn: &Connection) -> Outcome<HashMap<PersonId, String>> {
    let sql = format!("SELECT id, {} FROM person t", name_of("t.id"));
    let mut statement = conn.prepare_cached(&sql)?;
    let names = statement.query_map([], |r| Ok((PersonId(uuid_at(r, 0)?), r.get(1)?)))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// What a person is called whose id an expression gives; empty for nobody.
pub(crate) fn name_of(id: &str) -> String {
    format!(
        "coalesce((SELECT coalesce(into_.name, one_.name) FROM person one_
            LEFT JOIN person into_ ON into_.id = one_.merged_into WHERE one_.id = {id}), '')"
    )
}

pub(crate) fn tags(conn: &Connection) -> Outcome<Vec<Tag>> {
    table::many(
        conn,
        "WHERE t.deleted_at IS NULL ORDER BY t.position, t.row",
        [],
    )
}

pub(crate) fn recordings_of(conn: &Connection, case: CaseId) -> Outcome<Vec<Recording>> {
    let rest = "WHERE t.case_id = ?1 AND t.deleted_at IS NULL ORDER BY t.row";
    table::many(conn, rest, [case.0.as_bytes()])
}

pub(crate) fn recording_by_hash(conn: &Connection, sha256: &str) -> Outcome<Option<Recording>> {
    let rest = "JOIN recording_hash h ON h.recording_id = t.id JOIN \"case\" c ON c.id = t.case_id
        WHERE h.sha256 = ?1 AND t.deleted_at IS NULL AND c.deleted_at IS NULL
        ORDER BY t.row LIMIT 1";
    Ok(table::many(conn, rest, [sha256])?.pop())
}

/// What every recording that is there or in the bin names: sources, audio, peaks.
pub(crate) fn media_in_use(conn: &Connection) -> Outcome<Vec<(RecordingId, Sha256)>> {
    let sql =
        "SELECT r.id, h.sha256 FROM recording_hash h JOIN recording r ON r.id = h.recording_id
            WHERE r.deleted_at IS NULL
        UNION SELECT id, peaks_sha256 FROM recording
            WHERE deleted_at IS NULL AND peaks_sha256 <> '' ORDER BY 2, 1";
    let mut statement = conn.prepare_cached(sql)?;
    let named = statement.query_map([], |r| {
        Ok((RecordingId(uuid_at(r, 0)?), Field::take(r, &mut 1)?))
    })?;
    Ok(named.collect::<Result<_, _>>()?)
}

/// Business lines that cases or issues carry, most used first.
pub(crate) fn business_lines(conn: &Connection) -> Outcome<Vec<String>> {
    let sql = "SELECT business_line FROM (
            SELECT business_line FROM \"case\" WHERE deleted_at IS NULL
            UNION ALL SELECT business_line FROM issue WHERE deleted_at IS NULL)
        WHERE business_line <> '' GROUP BY 1 ORDER BY count(*) DESC, 1";
    let mut statement = conn.prepare_cached(sql)?;
    let lines = statement
        .query_map([], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(lines)
}

pub(crate) fn save_seated(tx: &Connection, person: PersonId) -> Outcome<()> {
    let sql = "INSERT INTO seat (row, person_id) VALUES (1, ?1)
        ON CONFLICT DO UPDATE SET person_id = excluded.person_id";
    tx.prepare_cached(sql)?.execute([person.0.as_bytes()])?;
    Ok(())
}

pub(crate) fn seated(conn: &Connection) -> Outcome<Option<PersonId>> {
    let sql = "SELECT person_id FROM seat";
    let found = conn.prepare_cached(sql)?.query_row([], |r| uuid_at(r, 0));
    Ok(found.optional()?.map(PersonId))
}

pub(crate) fn listen_state(
    conn: &Connection,
    case: CaseId,
    person: PersonId,
) -> Outcome<Option<ListenState>> {
    let sql = "SELECT position_ms, speed FROM listen_state WHERE case_id = ?1 AND person_id = ?2";
    let found =
        conn.prepare_cached(sql)?
            .query_row([case.0.as_bytes(), person.0.as_bytes()], |r| {
                let at = &mut 0;
                Ok(ListenState {
                    position_ms: Field::take(r, at)?,
                    speed: Field::take(r, at)?,
                })
            });
    Ok(found.optional()?)
}

pub(crate) fn save_listen_state(
    tx: &Connection,
    case: CaseId,
    person: PersonId,
    state: &ListenState,
    at: UnixMs,
) -> Outcome<()> {
    let mut values = Vec::new();
    state.position_ms.put(&mut values)?;
    state.speed.put(&mut values)?;
    tx.prepare_cached(
        "INSERT INTO listen_state (case_id, person_id, position_ms, speed, at)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET position_ms = excluded.position_ms, speed = excluded.speed,
            at = excluded.at",
    )?
    .execute(params![
        case.0.as_bytes(),
        person.0.as_bytes(),
        values[0],
        values[1],
        at
    ])?;
    Ok(())
}
