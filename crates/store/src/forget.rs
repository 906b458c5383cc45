//! Words that were removed leave the full-text indexes for good.
//!
//! An index row that is taken out stops being found at once, but its words stay in the index until
//! the piece they stand in is merged with others. Merging everything is long work in a big
//! workspace, so it is done in short steps, each a transaction of its own.

use crate::fault::Outcome;
use crate::index;
use rusqlite::Connection;

/// Pages of an index that one step may write: some hundredths of a second.
const STEP_PAGES: i64 = 500;
/// Nothing was removed since the indexes were merged.
const CLEAN: i64 = 0;
/// Something was removed; merging has not begun.
const REMOVED: i64 = 1;
/// Merging is under way.
const MERGING: i64 = 2;

/// Says that words were removed or replaced.
pub(crate) fn note(tx: &Connection) -> Outcome<()> {
    tx.prepare_cached("UPDATE seen SET removed = ?1 WHERE removed <> ?1")?
        .execute([REMOVED])?;
    Ok(())
}

/// One step; whether there is more to do.
pub(crate) fn step(tx: &Connection) -> Outcome<bool> {
    let state: i64 = tx
        .prepare_cached("SELECT removed FROM seen")?
        .query_row([], |r| r.get(0))?;
    if state == CLEAN {
        return Ok(false);
    }
    let mut changed = false;
    for index in index::indexed().map(index::name_of) {
        let before = total_changes(tx)?;
        // A negative number begins: all pieces are lined up for one merge.
        let pages = if state == REMOVED {
            -STEP_PAGES
        } else {
            STEP_PAGES
        };
        tx.prepare_cached(&format!(
            "INSERT INTO {index} ({index}, rank) VALUES ('merge', ?1)"
        ))?
        .execute([pages])?;
        // The statement itself counts as one.
        changed |= total_changes(tx)? - before >= 2;
    }
    let next = if changed || state == REMOVED {
        MERGING
    } else {
        CLEAN
    };
    tx.prepare_cached("UPDATE seen SET removed = ?1")?
        .execute([next])?;
    Ok(next != CLEAN)
}

fn total_changes(tx: &Connection) -> Outcome<i64> {
    Ok(tx
        .prepare_cached("SELECT total_changes()")?
        .query_row([], |r| r.get(0))?)
}
