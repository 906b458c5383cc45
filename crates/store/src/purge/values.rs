//! Words leave the change log: what proves that they were there stays.

use super::{Erasing, is_words};
use crate::fault::{Fault, Outcome};
use crate::log::said::{self, Said};
use qinting_app::codes;
use qinting_domain::proof::Proof;
use qinting_domain::*;
use rusqlite::params;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Whether a value of a change goes: of a record that goes all words, elsewhere what speaks of it. What this
/// version does not know may be words.
pub(crate) fn goes(kind: Option<EntityKind>, field: &str, lies_in: bool) -> bool {
    let rules = kind.map(EntityKind::fields).unwrap_or_default();
    match rules.iter().find(|r| r.name == field) {
        Some(rule) => rule.personal || lies_in && is_words(rule),
        None => lies_in && field != "deleted_at",
    }
}

impl Erasing<'_> {
    /// Takes words out of the log; which changes lost some, in order.
    pub(super) fn values(
        &mut self,
        ids: &BTreeSet<Uuid>,
        roots: &[(EntityKind, Uuid)],
        purge: &mut Purge,
    ) -> Outcome<Vec<i64>> {
        let mut of = BTreeMap::new();
        let speaks = "SELECT change FROM said_of WHERE whom = ?1";
        let own = "SELECT seq FROM change WHERE entity_id = ?1";
        let named = roots
            .iter()
            .filter(|(kind, _)| *kind != EntityKind::Person)
            .map(|(_, id)| (speaks, id, false));
        for (sql, id, lies_in) in named.chain(ids.iter().map(|id| (own, id, true))) {
            let mut statement = self.tx.prepare_cached(sql)?;
            let changes = statement.query_map([id.as_bytes()], |r| r.get::<_, i64>(0))?;
            for change in changes {
                *of.entry(change?).or_insert(false) |= lies_in;
            }
        }
        let mut erased = Vec::new();
        for (change, lies_in) in of {
            let values = self.change(change, lies_in)?;
            if values > 0 {
                purge.values += values;
                let sql = "INSERT OR IGNORE INTO erased (purge, change) VALUES (?1, ?2)";
                self.tx
                    .prepare_cached(sql)?
                    .execute(params![self.id.0.as_bytes(), change])?;
                erased.push(change);
            }
        }
        Ok(erased)
    }

    fn change(&mut self, change: i64, lies_in: bool) -> Outcome<u32> {
        let sql = "SELECT c.entity, c.proof, s.fields FROM change c JOIN said s ON s.change = c.seq
            WHERE c.seq = ?1";
        let row = self.tx.prepare_cached(sql)?.query_row([change], |r| {
            Ok((
                r.get::<_, String>(0)?,
                r.get::<_, Vec<u8>>(1)?,
                r.get::<_, Vec<u8>>(2)?,
            ))
        });
        let (entity, proof, bytes) = match row {
            Err(rusqlite::Error::QueryReturnedNoRows) => return Ok(0),
            row => row?,
        };
        let damaged = || Fault::refused(codes::WORKSPACE_DAMAGED);
        let proof = Proof::from_bytes(&proof).ok_or_else(damaged)?;
        let fields = said::unpacked(&bytes).ok_or_else(damaged)?;
        let (kind, mut values) = (EntityKind::named(&entity), 0);
        let mut left: Vec<Option<Said<'_>>> = Vec::with_capacity(fields.len());
        for (field, (name, _)) in fields.into_iter().zip(&proof.fields) {
            if field.is_none() || !goes(kind, name, lies_in) {
                left.push(field);
                continue;
            }
            for text in field.iter().flat_map(|said| [said.before, said.after]) {
                if let Ok(value) = serde_json::from_str(text) {
                    self.note_all(&value);
                }
            }
            values += 1;
            left.push(None);
        }
        if values > 0 {
            self.tx
                .prepare_cached("UPDATE said SET fields = ?2 WHERE change = ?1")?
                .execute(params![change, said::packed(left)])?;
        }
        Ok(values)
    }
}
