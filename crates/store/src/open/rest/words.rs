//! What sessions, codes and people are found by, where older versions found none: they are few, so all of them are
//! put into their index at once.

use crate::fault::Outcome;
use crate::{index, table};
use qinting_domain::EntityKind;
use qinting_domain::text::INDEX_RULES;
use rusqlite::{Connection, params};

/// Kinds whose index came after their records.
const FOUND_SINCE: [EntityKind; 3] = [EntityKind::Session, EntityKind::Tag, EntityKind::Person];

/// By no rules: nothing was ever put into it.
const NO_RULES: u32 = 0;

pub(super) fn are_due(conn: &Connection) -> Outcome<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM index_state WHERE rules = ?1)";
    Ok(conn.query_row(sql, [NO_RULES], |r| r.get(0))?)
}

pub(super) fn enter(tx: &Connection) -> Outcome<()> {
    if !are_due(tx)? {
        return Ok(());
    }
    for kind in FOUND_SINCE {
        for record in table::all(tx, kind)? {
            index::refresh(tx, Some(&record), &record)?;
        }
        let sql = "UPDATE index_state SET rules = ?2 WHERE name = ?1 AND rules = ?3";
        tx.execute(sql, params![index::name_of(kind), INDEX_RULES, NO_RULES])?;
    }
    Ok(())
}
