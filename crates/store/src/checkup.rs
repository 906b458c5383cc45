//! Whether the database is sound, and everything the exports need.

use crate::fault::Outcome;
use crate::{contacts, evidence, issues, library, live, observations, open, sessions, table};
use qinting_app::{DatabaseCheckup, Findings};
use qinting_domain::{Case, EntityKind, Record};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

/// Lines of complaint that are passed on.
const MOST_PROBLEMS: usize = 20;

/// Counts, schema version, and what SQLite's check says. The long one looks into the full-text indexes
/// too. Nothing is written and nobody waits.
pub(crate) fn database(conn: &Connection, full: bool) -> Outcome<DatabaseCheckup> {
    let check = if full {
        "integrity_check"
    } else {
        "quick_check"
    };
    let sql = format!("PRAGMA {check}({MOST_PROBLEMS})");
    let mut statement = conn.prepare(&sql)?;
    let verdict: Result<Vec<String>, _> = statement.query_map([], |r| r.get(0))?.collect();
    let mut problems = match verdict {
        Ok(lines) if lines == ["ok"] => Vec::new(),
        Ok(lines) => lines,
        // A page so broken that the check itself cannot go on is an answer too.
        Err(e) => vec![e.to_string()],
    };
    if let Some(name) = open::altered_in(conn)? {
        problems.push(format!("not made as ours are: {name}"));
    }
    let mut counts = BTreeMap::new();
    let is_counted = |kind: &EntityKind| !kind.holds_settings();
    let counted = EntityKind::ALL.into_iter().filter(is_counted);
    for table in counted.map(EntityKind::as_str) {
        let sql = format!("SELECT count(*) FROM \"{table}\" WHERE deleted_at IS NULL");
        counts.insert(table.to_owned(), conn.query_row(&sql, [], |r| r.get(0))?);
    }
    counts.insert(
        "job".to_owned(),
        conn.query_row("SELECT count(*) FROM job", [], |r| r.get(0))?,
    );
    counts.insert(
        "change".to_owned(),
        conn.query_row("SELECT count(*) FROM change", [], |r| r.get(0))?,
    );
    Ok(DatabaseCheckup {
        schema_version: open::stored_version(conn)?,
        sqlite_version: rusqlite::version().to_owned(),
        sound: problems.is_empty(),
        problems,
        counts,
    })
}

/// Everything the exports need.
pub(crate) fn findings(conn: &Connection) -> Outcome<Findings> {
    let rest = format!("WHERE {} ORDER BY t.row", carries_something("t"));
    let cases: Vec<Case> = table::many(conn, &rest, [])?;
    Ok(Findings {
        at: now_ms(),
        cases,
        contacts: contacts::of_cases(conn, &carries_something("c"))?,
        observations: observations::all_oldest_first(conn)?,
        issues: issues::rows(conn, "WHERE t.deleted_at IS NULL ORDER BY t.number", [])?,
        links: evidence::all_links(conn)?,
        tags: library::tags(conn)?,
        people: library::people(conn)?,
        sessions: sessions::live(conn)?,
        live_calls: live::calls(conn)?,
        seat_notes: live::all_notes(conn)?,
        records: plain_records(conn)?,
        without_sound: live::without_sound(conn)?,
        sound: live::sound_facts(conn)?,
    })
}

/// What makes a case one that is exported: it is there, and something was marked or noted in it.
fn carries_something(case: &str) -> String {
    format!(
        "{case}.deleted_at IS NULL AND EXISTS (SELECT 1 FROM observation o
            WHERE o.case_id = {case}.id AND o.deleted_at IS NULL
            UNION ALL SELECT 1 FROM seat_note n
            WHERE n.case_id = {case}.id AND n.deleted_at IS NULL)"
    )
}

/// What is kept by what it declares alone. Contacts stand beside their cases.
fn plain_records(conn: &Connection) -> Outcome<Vec<Record>> {
    let mut records = Vec::new();
    let is_apart = |kind: &EntityKind| *kind == EntityKind::Contact;
    let plain = EntityKind::ALL.into_iter().filter(|k| k.is_plain());
    for kind in plain.filter(|kind| !is_apart(kind)) {
        records.extend(table::all(conn, kind)?);
    }
    Ok(records)
}

fn now_ms() -> i64 {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(now.as_millis()).unwrap_or(i64::MAX)
}
