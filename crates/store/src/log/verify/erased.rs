//! Values that are gone from the log: by a certificate, or not.

use super::cursor::{ChangeRow, OpRow};
use crate::fault::Outcome;
use crate::field::uuid_at;
use crate::log::said::Said;
use crate::purge;
use qinting_domain::proof::Proof;
use qinting_domain::*;
use rusqlite::Connection;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A change that lost values.
pub(super) struct Lost {
    pub change: i64,
    pub replica: ReplicaId,
    pub n: i64,
    pub at: UnixMs,
    pub values: i64,
    /// Nothing went but what a purge may take.
    pub may_go: bool,
}

/// What was read of them.
#[derive(Default)]
pub(super) struct Erased {
    pub lost: Vec<Lost>,
    /// What each certificate says, as it stands in the log.
    certificates: HashMap<Uuid, Sha256>,
}

impl Erased {
    /// Looks whether a change is a certificate.
    pub fn certificate(&mut self, row: &ChangeRow, proof: &Proof, fields: &[Option<Said<'_>>]) {
        if row.created != 1 || row.entity != EntityKind::Purge.as_str() {
            return;
        }
        let named = proof.fields.iter().zip(fields);
        let told = named.filter(|((name, _), _)| name == "erased_sha256");
        for said in told.filter_map(|(_, said)| said.as_ref()) {
            if let Ok(digest) = serde_json::from_str(said.after) {
                self.certificates.insert(row.entity_id, digest);
            }
        }
    }

    /// Looks whether a change lost something.
    pub fn lost(
        &mut self,
        op: &OpRow<'_>,
        row: &ChangeRow,
        proof: &Proof,
        fields: &[Option<Said<'_>>],
    ) {
        let gone = proof.fields.iter().zip(fields);
        let gone = || gone.clone().filter(|(_, said)| said.is_none());
        if gone().next().is_none() {
            return;
        }
        let kind = EntityKind::named(&row.entity);
        self.lost.push(Lost {
            change: row.seq,
            replica: op.replica,
            n: op.n,
            at: op.at,
            values: i64::try_from(gone().count()).unwrap_or(i64::MAX),
            may_go: gone().all(|((name, _), _)| purge::goes(kind, name, true)),
        });
    }

    /// The changes that a certificate accounts for: all of one, or none.
    pub fn licensed(&self, conn: &Connection) -> Outcome<HashSet<i64>> {
        let mut by: HashMap<Uuid, Vec<i64>> = HashMap::new();
        let mut statement =
            conn.prepare("SELECT purge, change FROM erased ORDER BY purge, change")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            by.entry(uuid_at(row, 0)?).or_default().push(row.get(1)?);
        }
        by.retain(|id, changes| {
            self.certificates.get(id) == Some(&erased_digest(changes.iter().copied()))
        });
        Ok(by.into_values().flatten().collect())
    }
}
