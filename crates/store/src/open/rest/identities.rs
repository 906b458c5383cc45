//! Ids of their own for what older versions gave the same id in every workspace: the first person, the
//! operation that put them there, and the tags of the starter codebook. The workspace gets one, too.
//!
//! Two copies of one workspace come to the same ids, wherever they are opened; two workspaces never do.

use crate::fault::Outcome;
use crate::field::uuid_at;
use crate::log::chaining;
use qinting_domain::{PersonId, WorkspaceId, id_of, starter_tags};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

/// Who was there first, until version 12.
const PERSON: Uuid = Uuid::from_u128(2);
/// The operation that put them there.
const SEEDING: Uuid = Uuid::from_u128(3);
/// Ids of the starter tags: from here on, in the order of the codebook.
const TAGS: std::ops::Range<u128> = 0x1000..0x1100;
/// How all of them begin as texts.
const BEGINNING: &str = "00000000-0000-0000-0000-00000000";

/// Whether the workspace has no id yet.
pub(super) fn are_due(conn: &Connection) -> Outcome<bool> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM workspace)";
    Ok(conn.query_row(sql, [], |r| r.get(0))?)
}

/// Gives them; whether the log has to be chained anew for it.
pub(super) fn give(tx: &Connection) -> Outcome<bool> {
    if !are_due(tx)? {
        return Ok(false);
    }
    let source = source(tx)?;
    let of = |what: &str| match &source {
        Some(source) => id_of([what.as_bytes(), source]),
        None => Uuid::new_v4(),
    };
    let id = WorkspaceId(of("workspace"));
    tx.execute(
        "INSERT INTO workspace (row, id) VALUES (1, ?1)",
        [id.0.as_bytes()],
    )?;
    if source.is_none() {
        return Ok(false);
    }
    let person = PersonId(of("person"));
    let mut given = vec![(PERSON, person.0), (SEEDING, of("seeding"))];
    let starter = starter_tags();
    let tags = TAGS.zip(starter.iter().map(|tag| tag.id.0));
    given.extend(tags.map(|(old, new)| (Uuid::from_u128(old), new)));

    let is_chained = !chaining::is_due(tx)?;
    if is_chained {
        chaining::undo(tx)?;
    }
    tx.pragma_update(None, "defer_foreign_keys", true)?;
    exchange(tx, &given)?;
    tracing::info!("what every workspace called the same has ids of its own");
    Ok(is_chained)
}

/// What tells this workspace from all others: when it was made, and the first case in it. Nothing where it
/// was not begun by a version that gave fixed ids.
fn source(tx: &Connection) -> Outcome<Option<Vec<u8>>> {
    let sql = "SELECT created_at FROM person WHERE id = ?1 AND created_by = ?1";
    let at = tx.query_row(sql, [PERSON.as_bytes()], |r| r.get::<_, i64>(0));
    let Some(at) = at.optional()? else {
        return Ok(None);
    };
    let sql = "SELECT id FROM \"case\" ORDER BY row LIMIT 1";
    let case = tx.query_row(sql, [], |r| uuid_at(r, 0)).optional()?;
    let case = case.unwrap_or(Uuid::nil());
    Ok(Some([&at.to_be_bytes()[..], case.as_bytes()].concat()))
}

/// Puts new ids in the place of old ones, in every column that holds ids, and in every text that holds them.
fn exchange(tx: &Connection, given: &[(Uuid, Uuid)]) -> Outcome<()> {
    tx.execute_batch("CREATE TEMP TABLE given (old BLOB PRIMARY KEY, new BLOB NOT NULL)")?;
    for (old, new) in given {
        let sql = "INSERT INTO temp.given VALUES (?1, ?2)";
        tx.execute(sql, params![old.as_bytes(), new.as_bytes()])?;
    }
    // What is kept as JSON names records, too.
    let replaced = given.iter().fold("\"{}\"".to_owned(), |text, (old, new)| {
        format!("replace({text}, '{old}', '{new}')")
    });
    let sql = "SELECT t.name, c.name, c.type FROM pragma_table_list t, pragma_table_info(t.name) c
        WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
            AND t.name != 'refinery_schema_history' AND c.type IN ('BLOB', 'TEXT')";
    let mut statement = tx.prepare(sql)?;
    let columns: Vec<(String, String, String)> = statement
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
        .collect::<Result<_, _>>()?;
    for (table, column, kept) in columns {
        let sql = match kept.as_str() {
            "BLOB" => format!(
                "UPDATE main.\"{table}\" SET \"{column}\" =
                    (SELECT new FROM temp.given WHERE old = \"{column}\")
                 WHERE \"{column}\" IN (SELECT old FROM temp.given)"
            ),
            _ => format!(
                "UPDATE main.\"{table}\" SET \"{column}\" = {}
                 WHERE instr(\"{column}\", '{BEGINNING}')",
                replaced.replace("{}", &column)
            ),
        };
        tx.execute(&sql, [])?;
    }
    tx.execute_batch("DROP TABLE temp.given")?;
    Ok(())
}
