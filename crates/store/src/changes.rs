//! The change log.

use crate::fault::Outcome;
use crate::field::{Field, json_at, uuid_at, word};
use qinting_domain::*;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};
use uuid::Uuid;

/// What all change rows of one operation share.
pub(crate) struct Operation {
    pub op_id: OpId,
    pub actor: PersonId,
    pub at: UnixMs,
    pub device: DeviceId,
    pub origin: Origin,
    pub action: Action,
    pub undoes: Option<OpId>,
}

/// One touched record.
pub(crate) struct Touch<'a> {
    pub entity: EntityKind,
    pub entity_id: Uuid,
    pub created: bool,
    /// A JSON object of [`FieldChange`]s.
    pub fields: &'a str,
}

/// Adds a change row and returns its number.
pub(crate) fn append(conn: &Connection, op: &Operation, touch: &Touch<'_>) -> Outcome<i64> {
    conn.prepare_cached(
        "INSERT INTO change (at, actor, action, op_id, entity, entity_id, created, fields, undoes, origin, device)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        op.at,
        op.actor.0.as_bytes(),
        op.action.as_str(),
        op.op_id.0.as_bytes(),
        touch.entity.as_str(),
        touch.entity_id.as_bytes(),
        touch.created,
        touch.fields,
        op.undoes.as_ref().map(|o| o.0.as_bytes()),
        word(&op.origin)?,
        op.device.0.as_bytes(),
    ])?;
    Ok(conn.last_insert_rowid())
}

/// Number of the newest change.
pub(crate) fn head_seq(conn: &Connection) -> Outcome<i64> {
    let sql = "SELECT coalesce(max(seq), 0) FROM change";
    Ok(conn.prepare_cached(sql)?.query_row([], |r| r.get(0))?)
}

/// Changes of one operation, in order.
pub(crate) fn of_op(conn: &Connection, op: OpId) -> Outcome<Vec<Change>> {
    list(conn, "op_id = ?1", [op.0.as_bytes()])
}

/// Changes of a record and of all that belong to it, oldest first.
pub(crate) fn history(conn: &Connection, kind: EntityKind, id: Uuid) -> Outcome<Vec<Change>> {
    let mut of = "entity_id = ?1".to_owned();
    for other in EntityKind::ALL {
        let owners = other.fields().iter().filter(|f| f.belongs);
        for field in owners.filter(|f| f.shape == Shape::One(kind)) {
            let (table, owner) = (other.as_str(), field.name);
            of += &format!(" OR entity_id IN (SELECT id FROM \"{table}\" WHERE {owner} = ?1)");
        }
    }
    list(conn, &of, [id.as_bytes()])
}

/// The newest operation of a person that Ctrl+Z may take back.
pub(crate) fn last_undoable(
    conn: &Connection,
    actor: PersonId,
    since_seq: i64,
) -> Outcome<Option<OpId>> {
    let sql = "SELECT op_id FROM change c
        WHERE actor = ?1 AND seq > ?2 AND undoes IS NULL
          AND origin != 'sync' AND action IN (SELECT value FROM json_each(?3))
          AND NOT EXISTS (SELECT 1 FROM change u WHERE u.undoes = c.op_id)
        ORDER BY seq DESC LIMIT 1";
    let undoable = Action::ALL.into_iter().filter(|a| a.is_undoable());
    let undoable: Vec<&str> = undoable.map(Action::as_str).collect();
    let undoable = serde_json::to_string(&undoable)?;
    let p = params![actor.0.as_bytes(), since_seq, undoable];
    let op = conn
        .prepare_cached(sql)?
        .query_row(p, |r| uuid_at(r, 0))
        .optional()?;
    Ok(op.map(OpId))
}

fn list(conn: &Connection, condition: &str, p: impl Params) -> Outcome<Vec<Change>> {
    let sql = format!(
        "SELECT seq, at, actor, action, origin, device, op_id, entity, entity_id, created, fields
         FROM change WHERE ({condition}) AND entity IN ({}) ORDER BY seq",
        kinds()
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement
        .query_map(p, from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// The kinds of this version: a newer one that lets it read may have others.
fn kinds() -> String {
    EntityKind::ALL
        .map(|kind| format!("'{}'", kind.as_str()))
        .join(", ")
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Change> {
    let at = &mut 0;
    Ok(Change {
        seq: Field::take(row, at)?,
        at: Field::take(row, at)?,
        actor: Field::take(row, at)?,
        action: Field::take(row, at)?,
        origin: Field::take(row, at)?,
        device: Field::take(row, at)?,
        op_id: Field::take(row, at)?,
        entity: Field::take(row, at)?,
        entity_id: Field::take(row, at)?,
        created: Field::take(row, at)?,
        fields: json_at(row, *at)?,
    })
}
