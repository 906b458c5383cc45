//! Which columns each kind of record has: what its struct declares, see `qinting_record_derive`.

use super::{List, Stored};
use crate::fault::Outcome;
use crate::field::Field;
use qinting_domain::*;
use rusqlite::Row;
use rusqlite::types::Value;
use uuid::Uuid;

macro_rules! stored {
    ($record:ident, columns [$($field:ident: $($column:literal)+),*],
     lists [$($list:ident: $listed:ident),*], derived [$($derived:ident),*]) => {
        impl Stored for $record {
            const COLUMNS: &'static [&'static str] = &[
                $($(concat!("\"", $column, "\""),)+)*
                "created_at",
                "created_by",
                "updated_at",
                "rev",
                "deleted_at",
            ];
            const LISTS: &'static [List] = &[
                $(List { owner: Self::KIND, listed: EntityKind::$listed },)*
            ];
            const DERIVED: &'static [&'static str] = &[$(stringify!($derived)),*];
            fn put(&self, out: &mut Vec<Value>) -> Outcome<()> {
                $(self.$field.put(out)?;)*
                self.meta.put(out)
            }
            fn listed(&self) -> Vec<Vec<Uuid>> {
                vec![$(self.$list.iter().map(|id| Uuid::from(*id)).collect()),*]
            }
            fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self> {
                $(let $field = Field::take(row, at)?;)*
                let meta = Field::take(row, at)?;
                $(let $list = Field::take(row, at)?;)*
                $(let $derived = Field::take(row, at)?;)*
                Ok(Self { $($field,)* meta, $($list,)* $($derived,)* })
            }
        }
    };
}

qinting_domain::each_record!(stored);

/// What a derived field is read from: SQL in which `{t}` stands for the alias of the table.
pub(super) fn derived(kind: EntityKind, field: &str) -> Option<&'static str> {
    match (kind, field) {
        (EntityKind::Recording, "gaps") => Some(
            "(SELECT '[' || coalesce(group_concat('{\"start_ms\":' || start_ms \
             || ',\"end_ms\":' || end_ms || '}', ',' ORDER BY ordinal), '') || ']' FROM capture_gap \
             WHERE recording_id = {t}.id AND kind = 'unreadable' AND channel IS NULL)",
        ),
        (EntityKind::Segment, "ordinal") => Some(
            "(SELECT count(*) FROM segment p WHERE p.recording_id = {t}.recording_id \
             AND p.deleted_at IS NULL AND (p.start_ms, p.channel, p.end_ms, p.row) \
             < ({t}.start_ms, {t}.channel, {t}.end_ms, {t}.row))",
        ),
        (EntityKind::Segment, "role") => Some(crate::transcript::SAID_ROLE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;
    use std::collections::BTreeSet;

    fn columns_of(conn: &Connection, table: &str) -> BTreeSet<String> {
        let sql = format!("SELECT name FROM pragma_table_info('{table}')");
        let mut statement = conn.prepare(&sql).unwrap();
        let found = statement.query_map([], |r| r.get(0)).unwrap();
        found.map(Result::unwrap).collect()
    }

    /// Migrations are written by hand; what they made is what the records say.
    #[test]
    fn tables_have_a_column_for_each_field_and_no_other() {
        let mut conn = Connection::open_in_memory().unwrap();
        crate::open::migrations().run(&mut conn).unwrap();
        for kind in EntityKind::ALL {
            let (columns, lists) = by_kind!(kind, T => (T::COLUMNS, T::LISTS));
            let wanted: BTreeSet<String> = columns.iter().map(|c| c.replace('"', "")).collect();
            let mut found = columns_of(&conn, kind.as_str());
            // SQLite's own number of the row, which the full-text indexes go by.
            found.remove("row");
            assert_eq!(found, wanted, "{}", kind.as_str());
            for list in lists {
                let wanted = [list.owner_column(), list.listed_column(), "place".into()];
                assert_eq!(
                    columns_of(&conn, &list.table()),
                    BTreeSet::from(wanted),
                    "{}",
                    list.table()
                );
            }
            let is_found = kind.fields().iter().any(|f| f.search);
            let index = columns_of(&conn, &format!("{}_text", kind.as_str()));
            assert_eq!(is_found, index.contains("body"), "{}", kind.as_str());
        }
    }

    #[test]
    fn what_is_derived_can_be_read() {
        for kind in EntityKind::ALL {
            for field in by_kind!(kind, T => T::DERIVED) {
                assert!(
                    derived(kind, field).is_some(),
                    "{field} of {}",
                    kind.as_str()
                );
            }
        }
    }
}
