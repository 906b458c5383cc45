//! Calls that were taken away: which, since when, and how much of that the program saw.

use crate::contacts;
use crate::fault::Outcome;
use crate::field::Field;
use crate::library::name_of;
use crate::table::{self, Stored};
use qinting_app::{Beat, BinQuery, BinRow, ClockJump, MOST_ROWS, Page};
use qinting_domain::*;
use rusqlite::{Connection, OptionalExtension, params};

/// One day of seen time.
const DAY_MS: u64 = 86_400_000;

/// What makes a case `t` one of the bin. The empty case of a live call whose marks went onto a
/// recording, or that never began, is gone and not in the bin, and so is what was taken away for good.
const IN_BIN: &str = "t.deleted_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM live_call v
    WHERE v.case_id = t.id AND (v.deleted_at IS NOT NULL OR v.alignment IS NOT NULL))
    AND NOT EXISTS (SELECT 1 FROM purged p WHERE p.id = t.id)";

/// Keeps step with a case that was just written: taken away it goes into the bin, brought back it
/// leaves it.
pub(crate) fn follow(
    tx: &Connection,
    before: Option<&Record>,
    after: &Record,
    at: UnixMs,
) -> Outcome<()> {
    let Record::Case(case) = after else {
        return Ok(());
    };
    let was_in = before.is_some_and(|b| b.meta().deleted_at.is_some());
    match (was_in, case.meta.deleted_at.is_some()) {
        (false, true) => {
            let sql = "INSERT OR REPLACE INTO bin (case_id, since, seen_ms)
                SELECT ?1, ?2, total_ms FROM seen";
            tx.prepare_cached(sql)?
                .execute(params![case.id.0.as_bytes(), at])?;
        }
        (true, false) => {
            tx.prepare_cached("DELETE FROM bin WHERE case_id = ?1")?
                .execute([case.id.0.as_bytes()])?;
        }
        _ => {}
    }
    Ok(())
}

pub(crate) fn page(conn: &Connection, query: &BinQuery) -> Outcome<Page<BinRow>> {
    let from = format!("FROM bin b JOIN \"case\" t ON t.id = b.case_id WHERE {IN_BIN}");
    let total = conn
        .prepare_cached(&format!("SELECT count(*) {from}"))?
        .query_row([], |r| r.get(0))?;
    let sql = format!(
        "SELECT {}, r.id, coalesce(r.duration_ms, 0),
            (SELECT count(*) FROM observation o WHERE o.case_id = t.id AND o.deleted_at IS NULL),
            (SELECT count(DISTINCT i.id) FROM observation o
                JOIN issue_link l ON l.observation_id = o.id AND l.deleted_at IS NULL
                JOIN issue i ON i.id = l.issue_id AND i.deleted_at IS NULL
                WHERE o.case_id = t.id AND o.deleted_at IS NULL),
            {},
            b.since, max(0, (SELECT total_ms FROM seen) - b.seen_ms),
            (SELECT h.reason FROM hold h WHERE h.case_id = t.id AND h.deleted_at IS NULL
                ORDER BY h.row DESC LIMIT 1), {}
         FROM (SELECT t.row, b.since, b.seen_ms {from}
                ORDER BY b.since DESC, t.row DESC LIMIT ?1 OFFSET ?2) b
         JOIN \"case\" t ON t.row = b.row
         LEFT JOIN recording r ON r.row = (SELECT min(row) FROM recording WHERE case_id = t.id) {}
         ORDER BY b.since DESC, t.row DESC",
        Case::select("t"),
        name_of(
            "(SELECT o.actor FROM change c JOIN op o ON o.seq = c.op
                WHERE c.entity_id = t.id ORDER BY c.seq DESC LIMIT 1)"
        ),
        contacts::select_short("k"),
        contacts::first_of("t")
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let p = params![query.limit.min(MOST_ROWS), query.offset];
    let rows = statement.query_map(p, |row| {
        let at = &mut 0;
        Ok(BinRow {
            case: Case::take(row, at)?,
            recording_id: Field::take(row, at)?,
            duration_ms: Field::take(row, at)?,
            observation_count: Field::take(row, at)?,
            issue_count: Field::take(row, at)?,
            by: Field::take(row, at)?,
            since: Field::take(row, at)?,
            seen_days: days(Field::take(row, at)?),
            hold: Field::take(row, at)?,
            contact: Contact::take_joined(row, at)?.map(Contact::shown),
        })
    })?;
    let rows = rows.collect::<Result<_, _>>()?;
    Ok(Page { rows, total })
}

fn days(ms: u64) -> u32 {
    u32::try_from(ms / DAY_MS).unwrap_or(u32::MAX)
}

/// Cases whose days in the bin are over, and that nothing keeps: no issue that rests on them, no hold.
pub(crate) fn over(conn: &Connection, bin_days: u32, most: u32) -> Outcome<Vec<CaseId>> {
    let sql = format!(
        "SELECT t.id FROM bin b JOIN \"case\" t ON t.id = b.case_id
         WHERE {IN_BIN} AND (SELECT total_ms FROM seen) - b.seen_ms >= ?1
            AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.case_id = t.id AND h.deleted_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM observation o
                JOIN issue_link l ON l.observation_id = o.id AND l.deleted_at IS NULL
                JOIN issue i ON i.id = l.issue_id AND i.deleted_at IS NULL
                WHERE o.case_id = t.id AND o.deleted_at IS NULL)
         ORDER BY b.since LIMIT ?2"
    );
    let days = i64::try_from(u64::from(bin_days) * DAY_MS).unwrap_or(i64::MAX);
    let mut statement = conn.prepare_cached(&sql)?;
    let ids = statement.query_map(params![days, most], |r| {
        crate::field::uuid_at(r, 0).map(CaseId)
    })?;
    Ok(ids.collect::<Result<_, _>>()?)
}

pub(crate) fn holds(conn: &Connection, case: CaseId) -> Outcome<bool> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM \"case\" t WHERE t.id = ?1 AND {IN_BIN})");
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([case.0.as_bytes()], |r| r.get(0))?)
}

pub(crate) fn recordings_ever_of(conn: &Connection, case: CaseId) -> Outcome<Vec<Recording>> {
    let rest = "WHERE t.case_id = ?1 ORDER BY t.row";
    table::many(conn, rest, [case.0.as_bytes()])
}

pub(crate) fn recording_by_hash(conn: &Connection, sha256: &str) -> Outcome<Option<Recording>> {
    let sql = format!(
        "SELECT r.id FROM recording_hash h JOIN recording r ON r.id = h.recording_id
            JOIN \"case\" t ON t.id = r.case_id WHERE h.sha256 = ?1 AND {IN_BIN}
         ORDER BY r.row LIMIT 1"
    );
    let id = conn
        .prepare_cached(&sql)?
        .query_row([sha256], |r| crate::field::uuid_at(r, 0))
        .optional()?;
    match id {
        Some(id) => table::one(conn, id),
        None => Ok(None),
    }
}

pub(crate) fn live_calls_ever(conn: &Connection) -> Outcome<Vec<LiveCall>> {
    let rest = "WHERE t.deleted_at IS NULL ORDER BY t.started_at DESC, t.row DESC";
    table::many(conn, rest, [])
}

/// Adds what passed. Where another program beat since, only what lies after that is new.
pub(crate) fn beat(tx: &Connection, beat: &Beat) -> Outcome<()> {
    let ms = |v: u64| i64::try_from(v).unwrap_or(i64::MAX);
    tx.prepare_cached(
        "UPDATE seen SET
            total_ms = total_ms + max(0, min(?2, ?1 - coalesce(last_at, ?1 - ?2))),
            jump_ms = jump_ms + ?3,
            jumped_at = CASE WHEN ?3 > 0 THEN ?1 ELSE jumped_at END,
            last_at = ?1",
    )?
    .execute(params![beat.at, ms(beat.elapsed_ms), ms(beat.jump_ms)])?;
    Ok(())
}

pub(crate) fn clock_jump(conn: &Connection) -> Outcome<Option<ClockJump>> {
    let sql = "SELECT jump_ms, jumped_at FROM seen WHERE jump_ms > 0 AND jumped_at IS NOT NULL";
    let found = conn.prepare_cached(sql)?.query_row([], |row| {
        let at = &mut 0;
        Ok(ClockJump {
            ms: Field::take(row, at)?,
            at: Field::take(row, at)?,
        })
    });
    Ok(found.optional()?)
}

/// A jump that counts makes older what was in the bin when it happened, and nothing else.
pub(crate) fn settle_jump(tx: &Connection, counts: bool) -> Outcome<()> {
    if counts {
        tx.execute_batch(
            "UPDATE bin SET seen_ms = seen_ms - (SELECT jump_ms FROM seen)
             WHERE since <= (SELECT coalesce(jumped_at, 0) - jump_ms FROM seen)",
        )?;
    }
    tx.execute_batch("UPDATE seen SET jump_ms = 0, jumped_at = NULL")?;
    Ok(())
}
