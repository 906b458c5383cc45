//! Operations and changes in order, read without a copy.

use crate::fault::Outcome;
use qinting_domain::proof::{Digest, OpHead, TouchHead};
use qinting_domain::{DeviceId, OpId, PersonId, ReplicaId, UnixMs};
use rusqlite::types::ValueRef;
use rusqlite::{Row, Rows, Statement};
use uuid::Uuid;

/// One row of `op`. What cannot be read there reads as nothing, and so as something else than was written.
pub(super) struct OpRow<'r> {
    pub seq: i64,
    pub replica: ReplicaId,
    pub n: i64,
    pub version: i64,
    pub at: UnixMs,
    pub first: i64,
    pub touched: i64,
    pub head: Digest,
    pub vouched: &'r [u8],
    op_id: OpId,
    actor: PersonId,
    device: Option<DeviceId>,
    origin: &'r str,
    action: &'r str,
    undoes: Option<OpId>,
    pub seen: Option<Digest>,
}

impl OpRow<'_> {
    pub fn told(&self) -> OpHead<'_> {
        OpHead {
            replica: self.replica,
            n: self.n,
            op_id: self.op_id,
            at: self.at,
            actor: self.actor,
            device: self.device,
            origin: self.origin,
            action: self.action,
            undoes: self.undoes,
            seen: self.seen,
        }
    }
}

/// All operations, in the order of the workspace.
pub(super) struct Ops<'s>(Rows<'s>);

impl<'s> Ops<'s> {
    pub const SQL: &'static str =
        "SELECT seq, op_id, replica, n, version, at, actor, device, origin,
        action, undoes, seen, first, touched, head, vouched FROM op ORDER BY seq";

    pub fn of(statement: &'s mut Statement<'_>) -> Outcome<Self> {
        Ok(Self(statement.query([])?))
    }

    pub fn next(&mut self) -> Outcome<Option<OpRow<'_>>> {
        let Some(row) = self.0.next()? else {
            return Ok(None);
        };
        Ok(Some(OpRow {
            seq: row.get(0)?,
            op_id: OpId(id(row, 1)?.unwrap_or_default()),
            replica: ReplicaId(id(row, 2)?.unwrap_or_default()),
            n: row.get(3)?,
            version: row.get(4)?,
            at: row.get(5)?,
            actor: PersonId(id(row, 6)?.unwrap_or_default()),
            device: id(row, 7)?.map(DeviceId),
            origin: text(row, 8)?,
            action: text(row, 9)?,
            undoes: id(row, 10)?.map(OpId),
            seen: match row.get_ref(11)? {
                ValueRef::Null => None,
                _ => Some(digest(row, 11)?),
            },
            first: row.get(12)?,
            touched: row.get(13)?,
            head: digest(row, 14)?,
            vouched: bytes(row, 15)?,
        }))
    }
}

/// One row of `change` with its values.
pub(super) struct ChangeRow {
    pub seq: i64,
    pub op: i64,
    pub proof: Vec<u8>,
    pub said: Option<Vec<u8>>,
    pub entity: String,
    pub entity_id: Uuid,
    pub created: i64,
}

impl ChangeRow {
    pub fn head(&self) -> TouchHead<'_> {
        TouchHead {
            entity: &self.entity,
            entity_id: self.entity_id,
            created: self.created == 1,
            proof: &self.proof,
        }
    }
}

/// All changes, in order.
pub(super) struct Changes<'s>(Rows<'s>);

impl<'s> Changes<'s> {
    pub const SQL: &'static str =
        "SELECT c.seq, c.op, c.entity, c.entity_id, c.created, c.proof, s.fields
        FROM change c LEFT JOIN said s ON s.change = c.seq ORDER BY c.seq";

    pub fn of(statement: &'s mut Statement<'_>) -> Outcome<Self> {
        Ok(Self(statement.query([])?))
    }

    pub fn next(&mut self) -> Outcome<Option<ChangeRow>> {
        let Some(row) = self.0.next()? else {
            return Ok(None);
        };
        Ok(Some(ChangeRow {
            seq: row.get(0)?,
            op: row.get(1)?,
            entity: text(row, 2)?.to_owned(),
            entity_id: id(row, 3)?.unwrap_or_default(),
            created: row.get(4)?,
            proof: bytes(row, 5)?.to_vec(),
            said: row
                .get_ref(6)?
                .as_blob_or_null()
                .unwrap_or_default()
                .map(<[u8]>::to_vec),
        }))
    }
}

fn id(row: &Row<'_>, at: usize) -> Outcome<Option<Uuid>> {
    let bytes = row.get_ref(at)?.as_blob_or_null().unwrap_or_default();
    Ok(bytes.map(|b| Uuid::from_slice(b).unwrap_or_default()))
}

fn text<'r>(row: &'r Row<'_>, at: usize) -> Outcome<&'r str> {
    Ok(row.get_ref(at)?.as_str().unwrap_or_default())
}

fn bytes<'r>(row: &'r Row<'_>, at: usize) -> Outcome<&'r [u8]> {
    Ok(row.get_ref(at)?.as_blob().unwrap_or_default())
}

fn digest(row: &Row<'_>, at: usize) -> Outcome<Digest> {
    Ok(Digest(bytes(row, at)?.try_into().unwrap_or_default()))
}
