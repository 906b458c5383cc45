//! Full-text rows that were written by older rules, written anew a few at a time.
//!
//! What is written meanwhile stands by the present rules at once. How far the work has come is kept
//! with each step, so that it goes on where a killed process left off.

use crate::fault::Outcome;
use crate::{index, table};
use qinting_app::IndexState;
use qinting_domain::EntityKind;
use qinting_domain::text::INDEX_RULES;
use rusqlite::{Connection, params};
use uuid::Uuid;

/// Rows of one index: renewed ones, and all that were there to be renewed.
struct Stand {
    begun: bool,
    done: i64,
    upto: i64,
}

fn stand(conn: &Connection, kind: EntityKind) -> Outcome<Stand> {
    let sql = "SELECT rules, done, upto FROM index_state WHERE name = ?1";
    let (rules, done, upto): (u32, i64, i64) = conn
        .prepare_cached(sql)?
        .query_row([index::name_of(kind)], |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?))
        })?;
    if rules >= INDEX_RULES {
        let begun = true;
        return Ok(Stand { begun, done, upto });
    }
    let sql = format!("SELECT coalesce(max(row), 0) FROM \"{}\"", kind.as_str());
    Ok(Stand {
        begun: false,
        done: 0,
        upto: conn.prepare_cached(&sql)?.query_row([], |r| r.get(0))?,
    })
}

/// How far the renewal has come over all indexes.
pub(crate) fn state(conn: &Connection) -> Outcome<IndexState> {
    let mut all = IndexState { done: 0, total: 0 };
    for kind in index::indexed() {
        let one = stand(conn, kind)?;
        all.done += one.done.unsigned_abs();
        all.total += one.upto.unsigned_abs();
    }
    Ok(all)
}

/// Renews at most `most` rows of the first index that needs it.
pub(crate) fn step(tx: &Connection, most: u32) -> Outcome<IndexState> {
    for kind in index::indexed() {
        let one = stand(tx, kind)?;
        let name = index::name_of(kind);
        if !one.begun {
            let sql = "UPDATE index_state SET rules = ?2, done = 0, upto = ?3 WHERE name = ?1";
            tx.execute(sql, params![name, INDEX_RULES, one.upto])?;
        }
        if one.done < one.upto {
            let done = renew(tx, kind, &one, most)?;
            let sql = "UPDATE index_state SET done = ?2 WHERE name = ?1";
            tx.prepare_cached(sql)?.execute(params![name, done])?;
            break;
        }
    }
    state(tx)
}

/// Renews the next rows; gives the last one that is by the present rules now.
fn renew(tx: &Connection, kind: EntityKind, one: &Stand, most: u32) -> Outcome<i64> {
    let table = kind.as_str();
    let sql = format!(
        "SELECT row, id FROM \"{table}\" WHERE row > ?1 AND row <= ?2 ORDER BY row LIMIT ?3"
    );
    let next: Vec<(i64, Uuid)> = tx
        .prepare_cached(&sql)?
        .query_map(params![one.done, one.upto, most], |r| {
            Ok((r.get(0)?, crate::field::uuid_at(r, 1)?))
        })?
        .collect::<Result<_, _>>()?;
    for (_, id) in &next {
        if let Some(record) = table::read(tx, kind, *id)? {
            index::refresh(tx, Some(&record), &record)?;
        }
    }
    let is_last = next.len() < most as usize;
    Ok(match next.last() {
        Some((row, _)) if !is_last => *row,
        _ => one.upto,
    })
}
