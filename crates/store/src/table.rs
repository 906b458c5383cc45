//! One table per kind of record: which columns it has, and reading and writing single rows.

mod columns;

use crate::fault::{Fault, Outcome};
use crate::field::{Field, uuid_at, word};
use qinting_app::codes;
use qinting_domain::*;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, Params, Row, params, params_from_iter};
use std::collections::HashSet;
use std::sync::OnceLock;
use uuid::Uuid;

/// A record that has a table.
pub(crate) trait Stored: Kept {
    /// Columns that are written, in the order of [`Stored::put`].
    const COLUMNS: &'static [&'static str];
    /// What it lists, each in a table of its own.
    const LISTS: &'static [List];
    /// Fields that are read from elsewhere.
    const DERIVED: &'static [&'static str];
    /// Appends the values of [`Stored::COLUMNS`].
    fn put(&self, out: &mut Vec<Value>) -> Outcome<()>;
    /// What stands in each of [`Stored::LISTS`].
    fn listed(&self) -> Vec<Vec<Uuid>>;
    /// Reads a record from the column at `at` on.
    fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self>;

    /// The table, quoted: `case` is a word of SQL.
    fn table() -> String {
        format!("\"{}\"", Self::KIND.as_str())
    }

    /// The select list for a table that goes by `alias`.
    fn select(alias: &str) -> String {
        let derived = Self::DERIVED.iter();
        let derived = derived.filter_map(|field| columns::derived(Self::KIND, field));
        std::iter::once(Self::plain(alias))
            .chain(Self::LISTS.iter().map(|list| list.select(alias)))
            .chain(derived.map(|sql| sql.replace("{t}", alias)))
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
            *at += Self::COLUMNS.len() + Self::LISTS.len() + Self::DERIVED.len();
            return Ok(None);
        }
        Self::take(row, at).map(Some)
    }

    /// A record that fills the whole row.
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Self::take(row, &mut 0)
    }
}

/// How the records of a kind are asked for, up to the condition; the table goes by `t`. Put together
/// once: it is asked for with every step.
fn select_from<T: Stored>() -> &'static str {
    static ALL: OnceLock<Vec<String>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let of =
            |kind| by_kind!(kind, R => format!("SELECT {} FROM {} t", R::select("t"), R::table()));
        EntityKind::ALL.map(of).to_vec()
    });
    // In the order of the list, which is that of the numbers.
    &all[T::KIND as usize]
}

/// One record by id, tombstones included.
pub(crate) fn one<T: Stored>(conn: &Connection, id: Uuid) -> Outcome<Option<T>> {
    let sql = format!("{} WHERE t.id = ?1", select_from::<T>());
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id.as_bytes()], T::from_row)
        .optional()?)
}

/// All records the rest of a query names; the table goes by `t`.
pub(crate) fn many<T: Stored>(conn: &Connection, rest: &str, p: impl Params) -> Outcome<Vec<T>> {
    let sql = format!("{} {rest}", select_from::<T>());
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

/// The records of a kind that are there and in whose field a value stands, see [`Facts::holding`].
pub(crate) fn holding(
    conn: &Connection,
    kind: EntityKind,
    field: &str,
    value: &serde_json::Value,
) -> Outcome<Vec<Record>> {
    let rule = kind.fields().iter().find(|f| f.name == field);
    let rule = rule.ok_or_else(|| Fault::refused(codes::INTERNAL))?;
    let stands = match rule.shape {
        Shape::Set(listed) | Shape::Ordered(listed) => List {
            owner: kind,
            listed,
        }
        .lists("t"),
        Shape::Words => format!("instr(t.\"{field}\", '\"' || ?1 || '\"')"),
        _ => format!("t.\"{field}\" = ?1"),
    };
    let rest = format!("WHERE {stands} AND t.deleted_at IS NULL");
    let value = match (rule.shape, value) {
        (Shape::One(_) | Shape::Set(_) | Shape::Ordered(_), serde_json::Value::String(id)) => {
            let id = id
                .parse::<Uuid>()
                .map_err(|_| Fault::refused(codes::INTERNAL))?;
            Value::Blob(id.as_bytes().to_vec())
        }
        (_, serde_json::Value::String(text)) => Value::Text(text.clone()),
        (_, number) => number.as_i64().map_or(Value::Null, Value::Integer),
    };
    by_kind!(kind, T => {
        let found = many::<T>(conn, &rest, [value])?;
        Ok(found.into_iter().map(Record::from).collect())
    })
}

/// The records of a kind that are there, in the order they came.
pub(crate) fn all(conn: &Connection, kind: EntityKind) -> Outcome<Vec<Record>> {
    let rest = "WHERE t.deleted_at IS NULL ORDER BY t.row";
    by_kind!(kind, T => {
        let found = many::<T>(conn, rest, [])?;
        Ok(found.into_iter().map(Record::from).collect())
    })
}

/// Columns of the table of a kind.
pub(crate) fn columns_of(kind: EntityKind) -> impl Iterator<Item = String> {
    let columns = by_kind!(kind, T => T::COLUMNS);
    columns.iter().map(|c| c.replace('"', ""))
}

/// Writes a record whole.
pub(crate) fn write(conn: &Connection, record: &Record, is_new: bool) -> Outcome<()> {
    by_record!(record, r => put(conn, r, is_new))?;
    if let Record::Recording(r) = record {
        put_hashes(conn, r)?;
        put_gaps(conn, r)?;
    }
    Ok(())
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
    for (list, listed) in T::LISTS.iter().zip(record.listed()) {
        list.put(conn, record.uuid(), &listed, is_new)?;
    }
    Ok(())
}

/// Place of the first stretch that could not be read: a capture never counts this far.
const FIRST_UNREADABLE: u32 = 1_000_000;

/// What records of a kind list: a table of (owner, listed, place), named after both. Rows of one owner stand
/// in the order of their [`Place`], which says nothing of how many there are: one that stays keeps its row.
pub(crate) struct List {
    pub owner: EntityKind,
    pub listed: EntityKind,
}

/// The tables of what records of a kind list.
pub(crate) fn lists_of(kind: EntityKind) -> Vec<String> {
    by_kind!(kind, T => T::LISTS.iter().map(List::table).collect())
}

/// What records of a kind list of another, where the table of the first goes by `alias`.
pub(crate) fn select_list(owner: EntityKind, listed: EntityKind, alias: &str) -> String {
    List { owner, listed }.select(alias)
}

impl List {
    fn table(&self) -> String {
        format!("{}_{}", self.owner.as_str(), self.listed.as_str())
    }

    fn owner_column(&self) -> String {
        format!("{}_id", self.owner.as_str())
    }

    fn listed_column(&self) -> String {
        format!("{}_id", self.listed.as_str())
    }

    /// Whether a record of the table that goes by `alias` lists the id `?1`.
    fn lists(&self, alias: &str) -> String {
        format!(
            "EXISTS (SELECT 1 FROM {} WHERE {} = {alias}.id AND {} = ?1)",
            self.table(),
            self.owner_column(),
            self.listed_column()
        )
    }

    /// The ids in hex, in order, as one text.
    fn select(&self, alias: &str) -> String {
        format!(
            "(SELECT group_concat(hex({listed}), ',' ORDER BY place, {listed})
                FROM {} WHERE {} = {alias}.id)",
            self.table(),
            self.owner_column(),
            listed = self.listed_column(),
        )
    }

    /// Brings the rows of a record in line with what it lists; writes those that differ.
    fn put(&self, conn: &Connection, id: Uuid, listed: &[Uuid], is_new: bool) -> Outcome<()> {
        let stand = match is_new {
            true => Vec::new(),
            false => self.rows_of(conn, id)?,
        };
        if stand.iter().map(|(one, _)| one).eq(listed) {
            return Ok(());
        }
        let (table, owner, id) = (self.table(), self.owner_column(), id.as_bytes());
        let item = self.listed_column();
        let stays: HashSet<&Uuid> = listed.iter().collect();
        let sql = format!("DELETE FROM {table} WHERE {owner} = ?1 AND {item} = ?2");
        let mut delete = conn.prepare_cached(&sql)?;
        for (gone, _) in stand.iter().filter(|(one, _)| !stays.contains(one)) {
            delete.execute(params![id, gone.as_bytes()])?;
        }
        let sql = format!(
            "INSERT INTO {table} ({owner}, {item}, place) VALUES (?1, ?2, ?3)
             ON CONFLICT ({owner}, {item}) DO UPDATE SET place = excluded.place"
        );
        let mut put = conn.prepare_cached(&sql)?;
        for (one, place) in placed(&stand, listed) {
            put.execute(params![id, one.as_bytes(), place.as_str()])?;
        }
        Ok(())
    }

    /// What a record lists, each with its place, in their order.
    fn rows_of(&self, conn: &Connection, id: Uuid) -> Outcome<Vec<(Uuid, Option<Place>)>> {
        let sql = format!(
            "SELECT {item}, place FROM {} WHERE {} = ?1 ORDER BY place, {item}",
            self.table(),
            self.owner_column(),
            item = self.listed_column(),
        );
        let mut statement = conn.prepare_cached(&sql)?;
        let rows = statement.query_map([id.as_bytes()], |row| {
            let place: String = row.get(1)?;
            Ok((uuid_at(row, 0)?, Place::read(&place)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
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
        insert.execute(params![sha256.as_str(), id])?;
    }
    Ok(())
}
