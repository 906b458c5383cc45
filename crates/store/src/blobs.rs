//! Which bytes belong to which recording.

use crate::fault::Outcome;
use crate::field::{Field, unreadable, uuid_at};
use qinting_domain::*;
use rusqlite::types::Type;
use rusqlite::{Connection, Params, Row, params};

const COLUMNS: &str = "b.id, b.recording_id, b.role, b.format, b.sha256, b.bytes";

/// Puts sealed bytes on record. What a recording holds already it does not hold twice.
pub(crate) fn put(tx: &Connection, blob: &Blob) -> Outcome<()> {
    let mut bytes = Vec::new();
    blob.bytes.put(&mut bytes)?;
    tx.prepare_cached(
        "INSERT INTO blob (id, recording_id, role, format, sha256, bytes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
    )?
    .execute(params![
        blob.id.0.as_bytes(),
        blob.recording_id.0.as_bytes(),
        blob.role.as_str(),
        blob.format,
        blob.sha256.as_str(),
        bytes[0],
    ])?;
    Ok(())
}

pub(crate) fn of_recording(
    conn: &Connection,
    recording: RecordingId,
    sha256: &str,
) -> Outcome<Option<Blob>> {
    let rest = "WHERE b.recording_id = ?1 AND b.sha256 = ?2";
    Ok(list(conn, rest, params![recording.0.as_bytes(), sha256])?.pop())
}

/// All bytes that any recording ever had, and that nobody took away for good.
pub(crate) fn all(conn: &Connection) -> Outcome<Vec<Blob>> {
    list(conn, "ORDER BY b.row", [])
}

/// Bytes nobody has any more and that may lie there still, each with whether another recording holds the same.
pub(crate) fn dropped(conn: &Connection) -> Outcome<Vec<(Blob, bool)>> {
    let sql = format!(
        "SELECT {COLUMNS}, EXISTS (SELECT 1 FROM blob o WHERE o.sha256 = b.sha256)
         FROM dropped b ORDER BY b.row"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| Ok((from_row(row)?, row.get(6)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// They are gone.
pub(crate) fn let_go(tx: &Connection, id: BlobId) -> Outcome<()> {
    tx.prepare_cached("DELETE FROM dropped WHERE id = ?1")?
        .execute([id.0.as_bytes()])?;
    Ok(())
}

fn list(conn: &Connection, rest: &str, p: impl Params) -> Outcome<Vec<Blob>> {
    let mut statement = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM blob b {rest}"))?;
    let rows = statement
        .query_map(p, from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Blob> {
    let role: String = row.get(2)?;
    let known = BlobRole::ALL.into_iter().find(|r| r.as_str() == role);
    let odd = || unreadable(2, Type::Text, std::fmt::Error);
    Ok(Blob {
        id: BlobId(uuid_at(row, 0)?),
        recording_id: RecordingId(uuid_at(row, 1)?),
        role: known.ok_or_else(odd)?,
        format: row.get(3)?,
        sha256: Field::take(row, &mut 4)?,
        bytes: Field::take(row, &mut 5)?,
    })
}
