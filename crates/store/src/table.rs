//! One table per kind of record: which columns it has, and reading and writing single rows.

mod columns;

use crate::fault::Outcome;
use crate::field::{Field, word};
use qinting_domain::*;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, Params, Row, params, params_from_iter};
use uuid::Uuid;

/// A record that has a table.
pub(crate) trait Stored: Kept {
    /// Columns that are written, in the order of [`Stored::put`].
    const COLUMNS: &'static [&'static str];
    /// What is read on top of them: SQL in which `{t}` stands for the table's alias.
    const DERIVED: &'static [&'static str];
    /// Appends the values of [`Stored::COLUMNS`].
    fn put(&self, out: &mut Vec<Value>) -> Outcome<()>;
    /// Reads a record from the column at `at` on.
    fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self>;

    /// The table, quoted: `case` is a word of SQL.
    fn table() -> String {
        format!("\"{}\"", Self::KIND.as_str())
    }

    /// The select list for a table that goes by `alias`.
    fn select(alias: &str) -> String {
        let derived = Self::DERIVED.iter().map(|d| d.replace("{t}", alias));
        std::iter::once(Self::plain(alias))
            .chain(derived)
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The same without what is derived.
    fn plain(alias: &str) -> String {
        let columns = Self::COLUMNS.iter().map(|c| format!("{alias}.{c}"));
        columns.collect::<Vec<_>>().join(", ")
    }

    /// A record of a table that was joined and may have none; `None` then.
    fn take_joined(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Option<Self>> {
        if matches!(row.get_ref(*at)?, ValueRef::Null) {
            *at += Self::COLUMNS.len() + Self::DERIVED.len();
            return Ok(None);
        }
        Self::take(row, at).map(Some)
    }

    /// A record that fills the whole row.
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Self::take(row, &mut 0)
    }
}

/// One record by id, tombstones included.
pub(crate) fn one<T: Stored>(conn: &Connection, id: Uuid) -> Outcome<Option<T>> {
    let sql = format!(
        "SELECT {} FROM {} t WHERE t.id = ?1",
        T::select("t"),
        T::table()
    );
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id.as_bytes()], T::from_row)
        .optional()?)
}

/// All records the rest of a query names; the table goes by `t`.
pub(crate) fn many<T: Stored>(conn: &Connection, rest: &str, p: impl Params) -> Outcome<Vec<T>> {
    let sql = format!("SELECT {} FROM {} t {rest}", T::select("t"), T::table());
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement
        .query_map(p, T::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// One record of any kind.
pub(crate) fn read(conn: &Connection, kind: EntityKind, id: Uuid) -> Outcome<Option<Record>> {
    by_kind!(kind, T => Ok(one::<T>(conn, id)?.map(Record::from)))
}

/// Writes a record whole.
pub(crate) fn write(conn: &Connection, record: &Record, is_new: bool) -> Outcome<()> {
    by_record!(record, r => put(conn, r, is_new))?;
    match record {
        Record::Recording(r) => {
            put_hashes(conn, r)?;
            put_gaps(conn, r)
        }
        Record::Observation(r) => put_list(conn, TAGS, r.id.0, r.tags.iter().map(|t| t.0)),
        Record::Session(r) => {
            put_list(conn, PEOPLE, r.id.0, r.people.iter().map(|p| p.0))?;
            put_list(conn, CASES, r.id.0, r.cases.iter().map(|c| c.0))
        }
        _ => Ok(()),
    }
}

fn put<T: Stored>(conn: &Connection, record: &T, is_new: bool) -> Outcome<()> {
    let mut values = Vec::with_capacity(T::COLUMNS.len() + 1);
    Stored::put(record, &mut values)?;
    let sql = if is_new {
        let marks = vec!["?"; T::COLUMNS.len()].join(", ");
        format!(
            "INSERT INTO {} ({}) VALUES ({marks})",
            T::table(),
            T::COLUMNS.join(", ")
        )
    } else {
        record.uuid().put(&mut values)?;
        format!(
            "UPDATE {} SET {} = ? WHERE id = ?",
            T::table(),
            T::COLUMNS.join(" = ?, ")
        )
    };
    conn.prepare_cached(&sql)?
        .execute(params_from_iter(values))?;
    Ok(())
}

/// Place of the first stretch that could not be read: a capture never counts this far.
const FIRST_UNREADABLE: u32 = 1_000_000;

/// A table of (owner, position, listed): its name and its owner column.
type List = (&'static str, &'static str);
const TAGS: List = ("observation_tag", "observation_id");
const PEOPLE: List = ("session_person", "session_id");
const CASES: List = ("session_case", "session_id");

/// Replaces what a record lists.
fn put_list(
    conn: &Connection,
    (table, owner): List,
    id: Uuid,
    listed: impl Iterator<Item = Uuid>,
) -> Outcome<()> {
    let id = id.as_bytes();
    conn.prepare_cached(&format!("DELETE FROM {table} WHERE {owner} = ?1"))?
        .execute([id])?;
    let mut insert = conn.prepare_cached(&format!("INSERT INTO {table} VALUES (?1, ?2, ?3)"))?;
    for (position, one) in listed.enumerate() {
        insert.execute(params![id, position as i64, one.as_bytes()])?;
    }
    Ok(())
}

/// The stretches that could not be read stand among those of a live capture, behind them.
fn put_gaps(conn: &Connection, r: &Recording) -> Outcome<()> {
    let id = r.id.0.as_bytes();
    let kind = word(&GapKind::Unreadable)?;
    conn.prepare_cached("DELETE FROM capture_gap WHERE recording_id = ?1 AND kind = ?2")?
        .execute(params![id, kind])?;
    for (ordinal, gap) in (FIRST_UNREADABLE..).zip(&r.gaps) {
        let row = CaptureGap {
            recording_id: r.id,
            ordinal,
            kind: GapKind::Unreadable,
            channel: None,
            start_ms: gap.start_ms,
            end_ms: Some(gap.end_ms),
        };
        crate::live::put_gap(conn, &row)?;
    }
    Ok(())
}

fn put_hashes(conn: &Connection, r: &Recording) -> Outcome<()> {
    let id = r.id.0.as_bytes();
    conn.prepare_cached("DELETE FROM recording_hash WHERE recording_id = ?1")?
        .execute([id])?;
    let mut insert = conn.prepare_cached("INSERT OR IGNORE INTO recording_hash VALUES (?1, ?2)")?;
    let hashes = r.sources.iter().map(|s| &s.sha256).chain([&r.audio_sha256]);
    // A recording without sound names no audio.
    for sha256 in hashes.filter(|h| !h.is_empty()) {
        insert.execute(params![sha256, id])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Migrations are written by hand; what they made is what the records say.
    #[test]
    fn tables_have_a_column_for_each_field_and_no_other() {
        let mut conn = Connection::open_in_memory().unwrap();
        crate::open::migrations().run(&mut conn).unwrap();
        for kind in EntityKind::ALL {
            let columns = by_kind!(kind, T => T::COLUMNS);
            let wanted: BTreeSet<String> = columns.iter().map(|c| c.replace('"', "")).collect();
            let sql = format!("SELECT name FROM pragma_table_info('{}')", kind.as_str());
            let mut statement = conn.prepare(&sql).unwrap();
            let found = statement.query_map([], |r| r.get::<_, String>(0)).unwrap();
            let mut found: BTreeSet<String> = found.map(Result::unwrap).collect();
            // SQLite's own number of the row, which the full-text indexes go by.
            found.remove("row");
            assert_eq!(found, wanted, "{}", kind.as_str());
        }
    }
}
