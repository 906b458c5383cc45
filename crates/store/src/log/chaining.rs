//! The log of versions before chains, carried into one.

use super::{Operation, Touch, append, is_personal, spoken_of};
use crate::device::Chain;
use crate::fault::Outcome;
use crate::field::{Field, json_at};
use crate::table;
use qinting_domain::proof::Digest;
use qinting_domain::*;
use rusqlite::{Connection, Row, params};
use serde_json::{Map, Value};
use std::collections::HashSet;
use uuid::Uuid;

/// Whether a log waits for its chain.
pub(crate) fn is_due(conn: &Connection) -> Outcome<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'change_unchained')";
    Ok(conn.query_row(sql, [], |r| r.get(0))?)
}

/// Puts every operation of before into the chain of whoever opens the workspace, in their order: from here
/// on nothing of it changes without being found. Gives where the chain ends then.
pub(crate) fn carry_over(tx: &Connection, chain: &Chain) -> Outcome<Option<(i64, Digest)>> {
    // Another process may have been faster.
    if !is_due(tx)? {
        return Ok(None);
    }
    let sql = "SELECT seq, at, actor, action, op_id, entity, entity_id, created, undoes, origin, device, fields
        FROM change_unchained ORDER BY seq";
    let mut known = HashSet::new();
    let mut end = None;
    {
        let mut statement = tx.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut open: Option<(Operation, Vec<Touch>)> = None;
        while let Some(row) = rows.next()? {
            let (op, touch) = read(tx, row)?;
            match &mut open {
                Some((of, touched)) if of.op_id == op.op_id => touched.push(touch),
                _ => {
                    end = close(tx, chain, open.take(), &mut known)?.or(end);
                    open = Some((op, vec![touch]));
                }
            }
        }
        end = close(tx, chain, open, &mut known)?.or(end);
    }
    tx.execute_batch("DROP TABLE change_unchained")?;
    tracing::info!(count = known.len(), "the log stands in a chain");
    Ok(end)
}

/// Takes a log out of its chain again, values and all, for whoever has to write it anew.
pub(crate) fn undo(tx: &Connection) -> Outcome<()> {
    tx.execute_batch(
        "CREATE TABLE change_unchained (
            seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor BLOB NOT NULL, action TEXT NOT NULL,
            op_id BLOB NOT NULL, entity TEXT NOT NULL, entity_id BLOB NOT NULL, created INTEGER NOT NULL,
            fields TEXT NOT NULL, undoes BLOB, origin TEXT NOT NULL, device BLOB) STRICT;
         INSERT INTO change_unchained
         SELECT c.seq, o.at, o.actor, o.action, o.op_id, c.entity, c.entity_id, c.created, '{}',
            o.undoes, o.origin, o.device FROM change c JOIN op o ON o.seq = c.op",
    )?;
    {
        let sql = "SELECT c.seq, c.proof, s.fields FROM change c JOIN said s ON s.change = c.seq";
        let mut statement = tx.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut put = tx.prepare("UPDATE change_unchained SET fields = ?2 WHERE seq = ?1")?;
        while let Some(row) = rows.next()? {
            let fields = serde_json::to_string(&super::fields_at(row, 1)?)?;
            put.execute(params![row.get::<_, i64>(0)?, fields])?;
        }
    }
    tx.execute_batch("DELETE FROM said_of; DELETE FROM said; DELETE FROM change; DELETE FROM op")?;
    Ok(())
}

fn close(
    tx: &Connection,
    chain: &Chain,
    open: Option<(Operation, Vec<Touch>)>,
    known: &mut HashSet<OpId>,
) -> Outcome<Option<(i64, Digest)>> {
    let Some((mut op, touched)) = open else {
        return Ok(None);
    };
    // No version wrote one twice; a log that has one all the same is kept whole.
    if !known.insert(op.op_id) {
        op.op_id = OpId(Uuid::new_v4());
    }
    let logged = append(tx, chain, &op, &touched)?;
    Ok(Some((logged.n, logged.head)))
}

fn read(tx: &Connection, row: &Row<'_>) -> Outcome<(Operation, Touch)> {
    let at = &mut 0;
    let seq = Field::take(row, at)?;
    let mut op = Operation {
        at: Field::take(row, at)?,
        actor: Field::take(row, at)?,
        action: Field::take(row, at)?,
        op_id: Field::take(row, at)?,
        device: None,
        origin: Origin::Person,
        undoes: None,
    };
    let mut touch = Touch {
        seq: Some(seq),
        entity: Field::take(row, at)?,
        entity_id: Field::take(row, at)?,
        created: Field::take(row, at)?,
        fields: std::collections::BTreeMap::new(),
        whom: Vec::new(),
    };
    op.undoes = Field::take(row, at)?;
    op.origin = Field::take(row, at)?;
    op.device = Field::take(row, at)?;
    touch.fields = json_at(row, *at)?;
    touch.whom = whom_of(tx, &touch)?;
    Ok((op, touch))
}

/// Whom the values of an older change speak of: by the record as it is, and as the change left it and found
/// it, as far as that can be told.
fn whom_of(tx: &Connection, touch: &Touch) -> Outcome<Vec<Uuid>> {
    let kind = EntityKind::named(&touch.entity).filter(|kind| is_personal(*kind, &touch.fields));
    let now = kind.map(|kind| table::read(tx, kind, touch.entity_id));
    let Some(now) = now.transpose()?.flatten() else {
        return Ok(Vec::new());
    };
    let told = |pick: fn((&Value, &Value)) -> Value| {
        let mut fields: Map<String, Value> = now.to_fields();
        let changed = touch
            .fields
            .iter()
            .filter_map(|(name, field)| Some((name.clone(), pick(field.told()?.to_owned()))));
        fields.extend(changed);
        Record::from_fields(now.kind(), fields).ok()
    };
    let before = told(|(before, _)| before.clone());
    let after = told(|(_, after)| after.clone());
    let states: Vec<&Record> = [Some(&now), before.as_ref(), after.as_ref()]
        .into_iter()
        .flatten()
        .collect();
    spoken_of(tx, &states, &touch.fields)
}
