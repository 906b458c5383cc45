//! What a database is made of, held against what our migrations make.
//!
//! A workspace may come from anybody. A trigger, a view in the place of a table, or a table under other rules would
//! act in our name with the first write, so a database that holds anything of that kind is refused as it lies.

use super::{known_version, migrations, rest, stored_version};
use crate::connection;
use crate::fault::Outcome;
use parking_lot::Mutex;
use qinting_app::{AppError, codes};
use refinery::{Migration, Runner};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What SQLite's own `ANALYZE` leaves, which somebody may have run with another program.
const STATISTICS: [(&str, &str); 2] = [
    ("sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
    (
        "sqlite_stat4",
        "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
    ),
];
/// SHA-256 of what a workspace of this version is made of after its first opening. To make it anew each time,
/// only to compare, would cost half an opening; where this does not fit, that is what is done.
const AS_MADE_NOW: &str = "7f0ae62e56a84b5b92fc025f439a3e699d96bb804a2b3e2d9b71bb7aeec0b730";
/// Characters of a foreign name that an error tells.
const LONGEST_TOLD: usize = 40;

/// One thing of a schema, as the database itself keeps it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Thing {
    kind: String,
    name: String,
    table: String,
    /// How it was made; none of an index that a table brings along.
    sql: Option<String>,
}

impl Thing {
    /// Goes with the first opening, see [`rest`], or when somebody packs a database in which no table
    /// counts by it any more.
    fn may_be_gone(&self) -> bool {
        rest::LEFT_BY_MIGRATIONS.contains(&self.table.as_str()) || self.name == "sqlite_sequence"
    }

    fn is_statistics(&self) -> bool {
        let told = (self.name.as_str(), self.sql.as_deref().unwrap_or_default());
        self.kind == "table" && STATISTICS.contains(&told)
    }
}

type Things = BTreeSet<Thing>;

/// Refuses a database of version `found` that is made of anything else than the migrations up to there make.
/// Reads only.
pub(super) fn refuse_altered(conn: &Connection, migrations: &Runner, found: u32) -> Outcome<()> {
    match altered(conn, migrations, found)? {
        None => Ok(()),
        Some(name) => {
            let refused = AppError::new(codes::WORKSPACE_ALTERED);
            Err(refused.with("name", name).into())
        }
    }
}

/// Names something in an open database that our migrations do not make, or make otherwise.
pub(crate) fn altered_in(conn: &Connection) -> Outcome<Option<String>> {
    altered(conn, &migrations(), stored_version(conn)?)
}

/// What a later version makes is not known here: it is read at most, from a copy.
fn altered(conn: &Connection, migrations: &Runner, found: u32) -> Outcome<Option<String>> {
    if found > known_version(migrations) {
        return Ok(None);
    }
    let Some(there) = things(conn)? else {
        return Ok(Some("sqlite_schema".to_owned()));
    };
    if found == known_version(migrations) && digest(&there) == AS_MADE_NOW {
        return Ok(None);
    }
    let made = made_up_to(found, migrations)?;
    let is_foreign = |t: &&Thing| !made.contains(t) && !t.is_statistics();
    // Before the first version there is nothing, or the history alone.
    let is_missing = |t: &&Thing| found > 0 && !there.contains(t) && !t.may_be_gone();
    let foreign = there.iter().find(is_foreign);
    let named = foreign.or_else(|| made.iter().find(is_missing));
    Ok(named.map(|thing| thing.name.chars().take(LONGEST_TOLD).collect()))
}

fn made_up_to(version: u32, migrations: &Runner) -> Outcome<Arc<Things>> {
    let last = version.max(1);
    let known = migrations.get_migrations().iter();
    let is_behind = |m: &&Migration| u32::try_from(m.version()).is_ok_and(|step| step <= last);
    let steps: Vec<Migration> = known.filter(is_behind).cloned().collect();
    made_by(&steps)
}

/// The schema some migrations make, remembered for the life of the process.
fn made_by(steps: &[Migration]) -> Outcome<Arc<Things>> {
    static MADE: Mutex<BTreeMap<Vec<u64>, Arc<Things>>> = Mutex::new(BTreeMap::new());
    let key: Vec<u64> = steps.iter().map(Migration::checksum).collect();
    if let Some(made) = MADE.lock().get(&key) {
        return Ok(made.clone());
    }
    let mut conn = connection::in_memory()?;
    Runner::new(steps).set_grouped(true).run(&mut conn)?;
    let made = Arc::new(things(&conn)?.unwrap_or_default());
    MADE.lock().insert(key, made.clone());
    Ok(made)
}

fn digest(things: &Things) -> String {
    let mut digest = Sha256::new();
    for thing in things {
        let parts = [&thing.kind, &thing.name, &thing.table].map(|text| Some(text.as_str()));
        for part in parts.into_iter().chain([thing.sql.as_deref()]) {
            // Neither ends of parts nor a missing one can be taken for anything else.
            let length = part.map_or(u64::MAX, |text| text.len() as u64);
            digest.update(length.to_be_bytes());
            digest.update(part.unwrap_or_default());
        }
    }
    hex::encode(digest.finalize())
}

/// All that a database is made of; `None` where a row of it is no text, which SQLite never writes.
fn things(conn: &Connection) -> Outcome<Option<Things>> {
    let mut statement = conn.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema")?;
    let things = statement.query_map([], |r| {
        Ok(Thing {
            kind: r.get(0)?,
            name: r.get(1)?,
            table: r.get(2)?,
            sql: r.get(3)?,
        })
    })?;
    match things.collect::<Result<_, _>>() {
        Ok(things) => Ok(Some(things)),
        Err(e) if e.sqlite_error().is_none() => Ok(None),
        Err(e) => Err(e.into()),
    }
}

#[cfg(test)]
mod tests;
