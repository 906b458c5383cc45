//! The change log: every operation in the chain of whoever wrote it, and of every value a proof that
//! stays when the value goes.

pub(crate) mod chaining;
pub(crate) mod said;
pub(crate) mod verify;
mod whom;

use crate::device::Chain;
use crate::fault::Outcome;
use crate::field::{Field, uuid_at, word};
use qinting_domain::proof::*;
use qinting_domain::*;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};
use said::Said;
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;
pub(crate) use whom::{is_personal, spoken_of};

/// What all change rows of one operation share.
pub(crate) struct Operation {
    pub op_id: OpId,
    pub actor: PersonId,
    pub at: UnixMs,
    /// The machine it was done on; none where that was never known.
    pub device: Option<DeviceId>,
    pub origin: Origin,
    /// Code of an action, maybe of another version.
    pub action: String,
    pub undoes: Option<OpId>,
}

/// One touched record.
pub(crate) struct Touch {
    /// The change's number where it has one already.
    pub seq: Option<i64>,
    /// Word for the kind of the record.
    pub entity: String,
    pub entity_id: Uuid,
    pub created: bool,
    pub fields: BTreeMap<String, FieldChange>,
    /// Cases, people and recordings its personal values speak of.
    pub whom: Vec<Uuid>,
}

/// An operation that stands in the log.
pub(crate) struct Logged {
    /// Number of its last change.
    pub seq: i64,
    /// Its place in the chain, and the chain's head with it.
    pub n: i64,
    pub head: Digest,
}

/// Adds an operation with what it touched.
pub(crate) fn append(
    tx: &Connection,
    chain: &Chain,
    op: &Operation,
    touched: &[Touch],
) -> Outcome<Logged> {
    let end = chain.end(tx)?;
    let (n, origin) = (end.n + 1, word(&op.origin)?);
    let told = OpHead {
        replica: chain.replica(),
        n,
        op_id: op.op_id,
        at: op.at,
        actor: op.actor,
        device: op.device,
        origin: &origin,
        action: &op.action,
        undoes: op.undoes,
        seen: end.seen,
    };
    let mut sealing = Sealing::new(&end.head, &told);
    let mut seqs = Vec::with_capacity(touched.len());
    let mut salts = chain.salts(touched.iter().map(|t| t.fields.len()).sum())?;
    for touch in touched {
        let (proof, said) = proven(touch, &mut salts)?;
        sealing.touch(&TouchHead {
            entity: &touch.entity,
            entity_id: touch.entity_id,
            created: touch.created,
            proof: &proof,
        });
        seqs.push(put_change(tx, end.seq + 1, touch, &proof, &said)?);
    }
    let head = sealing.head();
    let first = seqs.first().copied().unwrap_or(0);
    tx.prepare_cached(
        "INSERT INTO op (seq, op_id, replica, n, version, at, actor, device, origin, action, undoes,
            seen, first, touched, head, vouched)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?
    .execute(params![
        end.seq + 1,
        op.op_id.0.as_bytes(),
        told.replica.0.as_bytes(),
        n,
        ENCODING,
        op.at,
        op.actor.0.as_bytes(),
        op.device.as_ref().map(|d| d.0.as_bytes()),
        origin,
        op.action,
        op.undoes.as_ref().map(|o| o.0.as_bytes()),
        end.seen.map(|head| head.0),
        first,
        i64::try_from(touched.len()).unwrap_or(i64::MAX),
        head.0,
        chain.vouch(&head),
    ])?;
    Ok(Logged {
        seq: seqs.last().copied().unwrap_or(0),
        n,
        head,
    })
}

/// What of a touched record goes into the chain, and its values as they are kept beside.
fn proven(touch: &Touch, salts: &mut impl Iterator<Item = Salt>) -> Outcome<(Vec<u8>, Vec<u8>)> {
    let mut proof = Proof {
        speaks_of: touch.whom.clone(),
        fields: Vec::with_capacity(touch.fields.len()),
    };
    let mut texts = Vec::with_capacity(touch.fields.len());
    for ((name, field), salt) in touch.fields.iter().zip(salts) {
        let (before, after) = field.told().unwrap_or((&Value::Null, &Value::Null));
        let (before, after) = (
            serde_json::to_string(before)?,
            serde_json::to_string(after)?,
        );
        proof
            .fields
            .push((name.clone(), value_digest(&salt, &before, &after)));
        texts.push((salt, before, after));
    }
    let said = said::packed(texts.iter().map(|(salt, before, after)| {
        Some(Said {
            salt: *salt,
            before,
            after,
        })
    }));
    Ok((proof.to_bytes(), said))
}

fn put_change(tx: &Connection, op: i64, touch: &Touch, proof: &[u8], said: &[u8]) -> Outcome<i64> {
    let sql = "INSERT INTO change (seq, op, entity, entity_id, created, proof)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    tx.prepare_cached(sql)?.execute(params![
        touch.seq,
        op,
        touch.entity,
        touch.entity_id.as_bytes(),
        touch.created,
        proof,
    ])?;
    let seq = tx.last_insert_rowid();
    if !touch.fields.is_empty() {
        tx.prepare_cached("INSERT INTO said (change, fields) VALUES (?1, ?2)")?
            .execute(params![seq, said])?;
    }
    let mut speaks = tx.prepare_cached("INSERT INTO said_of (whom, change) VALUES (?1, ?2)")?;
    for id in &touch.whom {
        speaks.execute(params![id.as_bytes(), seq])?;
    }
    Ok(seq)
}

/// Number of the newest change.
pub(crate) fn head_seq(conn: &Connection) -> Outcome<i64> {
    let sql = "SELECT coalesce(max(seq), 0) FROM change";
    Ok(conn.prepare_cached(sql)?.query_row([], |r| r.get(0))?)
}

/// Changes of one operation, in order.
pub(crate) fn of_op(conn: &Connection, op: OpId) -> Outcome<Vec<Change>> {
    let from = "FROM op o JOIN change c ON c.seq >= o.first AND c.seq < o.first + o.touched";
    list(conn, from, "o.op_id = ?1", [op.0.as_bytes()])
}

/// Changes of a record and of all that belong to it, oldest first.
pub(crate) fn history(conn: &Connection, kind: EntityKind, id: Uuid) -> Outcome<Vec<Change>> {
    // What is kept under the id of another record is not that record.
    let mut of = format!("c.entity_id = ?1 AND c.entity = '{}'", kind.as_str());
    for other in EntityKind::ALL {
        let owners = other.fields().iter().filter(|f| f.belongs);
        for field in owners.filter(|f| f.shape == Shape::One(kind)) {
            let (table, owner) = (other.as_str(), field.name);
            of += &format!(" OR c.entity_id IN (SELECT id FROM \"{table}\" WHERE {owner} = ?1)");
        }
    }
    let from = "FROM change c JOIN op o ON o.seq = c.op";
    list(conn, from, &of, [id.as_bytes()])
}

/// The newest operation of a person that Ctrl+Z may take back.
pub(crate) fn last_undoable(
    conn: &Connection,
    actor: PersonId,
    since_seq: i64,
) -> Outcome<Option<OpId>> {
    let sql = "SELECT op_id FROM op o
        WHERE actor = ?1 AND undoes IS NULL AND seq >
                coalesce((SELECT op FROM main.change WHERE seq <= ?2 ORDER BY seq DESC LIMIT 1), 0)
          AND origin != 'sync' AND action IN (SELECT value FROM json_each(?3))
          AND NOT EXISTS (SELECT 1 FROM op u WHERE u.undoes = o.op_id)
          AND EXISTS (SELECT 1 FROM change c
                WHERE c.seq >= o.first AND c.seq < o.first + o.touched)
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

fn list(conn: &Connection, from: &str, condition: &str, p: impl Params) -> Outcome<Vec<Change>> {
    let sql = format!(
        "SELECT c.seq, o.at, o.actor, o.action, o.origin, o.device, o.op_id, c.entity, c.entity_id,
            c.created, c.proof, s.fields
         {from} LEFT JOIN said s ON s.change = c.seq
         WHERE ({condition}) AND c.entity IN ({}) ORDER BY c.seq",
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
        fields: fields_at(row, *at)?,
    })
}

/// What a change did to each field: names by its proof, values as far as they are still there.
pub(crate) fn fields_at(
    row: &Row<'_>,
    at: usize,
) -> rusqlite::Result<BTreeMap<String, FieldChange>> {
    let proof = row.get_ref(at)?.as_blob()?;
    let said = row.get_ref(at + 1)?.as_blob_or_null()?;
    let unreadable = || rusqlite::Error::IntegralValueOutOfRange(at, 0);
    told(proof, said).ok_or_else(unreadable)
}

/// The fields of a change out of its proof and what is left of its values; `None` where the proof is none.
pub(crate) fn told(proof: &[u8], said: Option<&[u8]>) -> Option<BTreeMap<String, FieldChange>> {
    let proof = Proof::from_bytes(proof)?;
    let mut values = said
        .and_then(said::unpacked)
        .unwrap_or_default()
        .into_iter();
    let fields = proof.fields.into_iter().map(|(name, _)| {
        let field = values.next().flatten().and_then(|said| {
            Some(FieldChange::Told {
                before: serde_json::from_str(said.before).ok()?,
                after: serde_json::from_str(said.after).ok()?,
            })
        });
        (name, field.unwrap_or(FieldChange::ERASED))
    });
    Some(fields.collect())
}
