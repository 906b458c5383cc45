//! One person's view of the database: on their connection every table of records is covered by a view
//! of the same name, in which the gate decides row by row. No query can read around it, and none has
//! to know of it.

use crate::fault::{Fault, Outcome};
use crate::table;
use qinting_app::codes;
use qinting_domain::*;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error};
use serde_json::{Map, Value};
use std::fmt::Write as _;
use uuid::Uuid;

/// The gate's question in SQL: `sight_of(kind, deciding fields…)`.
const SIGHT_OF: &str = "sight_of";

/// Covers the tables for `actor`. For a connection that reads.
pub(crate) fn cover(conn: &Connection, actor: &Actor) -> Outcome<()> {
    let asked = actor.clone();
    // What a view may call while the schema is not trusted.
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    conn.create_scalar_function(SIGHT_OF, -1, flags, move |c| sight_in(c, &asked))?;
    let mut sql = String::new();
    let mut covered = Vec::new();
    for kind in EntityKind::ALL {
        let is_under = |parents: &[EntityKind]| covered.iter().any(|c| parents.contains(c));
        if sight_of_all(actor, kind) == Some(Sight::Whole) && !is_under(&parents_of(kind)) {
            continue;
        }
        covered.push(kind);
        cover_kind(&mut sql, actor, kind).map_err(|_| Fault::refused(codes::INTERNAL))?;
    }
    if covered.is_empty() {
        return Ok(());
    }
    cover_log(&mut sql, &covered).map_err(|_| Fault::refused(codes::INTERNAL))?;
    conn.execute_batch(&sql)?;
    Ok(())
}

/// The kinds a kind of record lies in.
fn parents_of(kind: EntityKind) -> Vec<EntityKind> {
    let under = kind.fields().iter().filter(|f| f.under);
    let parents = under.filter_map(|f| match f.shape {
        Shape::One(parent) => Some(parent),
        _ => None,
    });
    parents.collect()
}

/// A view of one kind, and of what its records list. Of a stub the row number is kept back, so that no
/// full-text index leads to it.
fn cover_kind(sql: &mut String, actor: &Actor, kind: EntityKind) -> std::fmt::Result {
    let name = kind.as_str();
    let sight = match sight_of_all(actor, kind) {
        Some(sight) => number(sight).to_string(),
        None => asked(kind),
    };
    let whole = number(Sight::Whole);
    write!(
        sql,
        "CREATE TEMP VIEW \"{name}\" AS SELECT CASE sight WHEN {whole} THEN row END AS row"
    )?;
    for column in table::columns_of(kind) {
        let rule = kind.fields().iter().find(|f| f.name == column);
        match rule.filter(|f| !f.stub && f.name != "id") {
            Some(rule) => {
                let blank = literal(&rule.blank());
                let told = format!("CASE sight WHEN {whole} THEN \"{column}\" ELSE {blank} END");
                write!(sql, ", {told} AS \"{column}\"")?;
            }
            None => write!(sql, ", \"{column}\"")?,
        }
    }
    write!(
        sql,
        " FROM (SELECT *, {sight} AS sight FROM main.\"{name}\" t) t WHERE sight > 0"
    )?;
    for field in kind.fields().iter().filter(|f| f.under) {
        if let Shape::One(parent) = field.shape {
            let (name, seen) = (field.name, is_whole(parent, &format!("t.{}", field.name)));
            write!(sql, " AND (t.{name} IS NULL OR {seen})")?;
        }
    }
    sql.push_str(";\n");
    for list in table::lists_of(kind) {
        writeln!(
            sql,
            "CREATE TEMP VIEW {list} AS SELECT * FROM main.{list} l WHERE {};",
            is_whole(kind, &format!("l.{name}_id"))
        )?;
    }
    Ok(())
}

/// History, background work and what the library counts by, of what is seen whole.
fn cover_log(sql: &mut String, covered: &[EntityKind]) -> std::fmt::Result {
    sql.push_str("CREATE TEMP VIEW change AS SELECT * FROM main.change h WHERE CASE h.entity");
    for kind in covered {
        write!(
            sql,
            " WHEN '{}' THEN {}",
            kind.as_str(),
            is_whole(*kind, "h.entity_id")
        )?;
    }
    sql.push_str(" ELSE 1 END;\n");
    sql.push_str(
        "CREATE TEMP VIEW said AS SELECT * FROM main.said s
            WHERE EXISTS (SELECT 1 FROM change c WHERE c.seq = s.change);\n",
    );
    if covered.contains(&EntityKind::Recording) {
        writeln!(
            sql,
            "CREATE TEMP VIEW acoustics AS SELECT * FROM main.acoustics a WHERE {};",
            is_whole(EntityKind::Recording, "a.recording_id")
        )?;
    }
    if covered.contains(&EntityKind::Case) {
        writeln!(
            sql,
            "CREATE TEMP VIEW job AS SELECT * FROM main.job j WHERE {};",
            is_whole(EntityKind::Case, "j.case_id")
        )?;
        // By the id: the row of a case is kept back where it is a stub, so that nothing could be looked up by it.
        writeln!(
            sql,
            "CREATE TEMP VIEW library AS SELECT l.* FROM main.library l
                JOIN main.\"case\" m ON m.row = l.row WHERE {};",
            is_whole(EntityKind::Case, "m.id")
        )?;
    }
    Ok(())
}

fn is_whole(kind: EntityKind, id: &str) -> String {
    let name = kind.as_str();
    format!("EXISTS (SELECT 1 FROM \"{name}\" w WHERE w.id = {id} AND w.row IS NOT NULL)")
}

const fn number(sight: Sight) -> i64 {
    match sight {
        Sight::Hidden => 0,
        Sight::Stub => 1,
        Sight::Whole => 2,
    }
}

/// The question, with the fields that decide it.
fn asked(kind: EntityKind) -> String {
    let deciding = decides(kind).iter().map(|field| {
        let rule = kind.fields().iter().find(|f| f.name == *field);
        match rule.and_then(|f| f.shape.lists()) {
            // Of the table itself: the view over it asks this one.
            Some(listed) => {
                let list = table::select_list(kind, listed, "t");
                format!(", {}", list.replace(" FROM ", " FROM main."))
            }
            None => format!(", t.\"{field}\""),
        }
    });
    let deciding: String = deciding.collect();
    format!("{SIGHT_OF}('{}'{deciding})", kind.as_str())
}

/// Answers it: values come as they lie in the columns, and go on as they are in JSON.
fn sight_in(context: &Context<'_>, actor: &Actor) -> Result<i64, Error> {
    let name = context.get_raw(0).as_str()?;
    let kind = EntityKind::named(name);
    let kind = kind.ok_or(Error::InvalidQuery)?;
    let mut fields = Map::new();
    for (at, field) in (1..context.len()).zip(decides(kind)) {
        let rule = kind.fields().iter().find(|f| f.name == *field);
        let is_list = rule.is_some_and(|f| f.shape.lists().is_some());
        let value = match context.get_raw(at) {
            ValueRef::Blob(id) => Uuid::from_slice(id).map(|id| Value::from(id.to_string())),
            ValueRef::Text(_) if is_list => listed(context.get_raw(at).as_str()?),
            ValueRef::Text(_) => Ok(Value::from(context.get_raw(at).as_str()?)),
            ValueRef::Integer(n) => Ok(Value::from(n)),
            _ => Ok(Value::Null),
        };
        let value = value.map_err(|e| Error::UserFunctionError(Box::new(e)))?;
        fields.insert((*field).to_owned(), value);
    }
    Ok(number(sight_of_one(actor, kind, &fields)))
}

fn listed(hex: &str) -> Result<Value, uuid::Error> {
    let ids = hex.split(',').map(|one| one.parse::<Uuid>());
    let ids = ids.map(|id| id.map(|id| Value::from(id.to_string())));
    Ok(Value::Array(ids.collect::<Result<_, _>>()?))
}

fn literal(blank: &Value) -> String {
    match blank {
        Value::Null => "NULL".to_owned(),
        Value::Array(_) => "'[]'".to_owned(),
        Value::Object(_) => "'{}'".to_owned(),
        Value::Number(n) => n.to_string(),
        _ => "''".to_owned(),
    }
}
