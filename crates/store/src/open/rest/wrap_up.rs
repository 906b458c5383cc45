//! In which queue a call waited and how it was wrapped up, as older versions had it: of the case. Each first contact
//! tells it from now on, of a case in the bin too. By then every case that ever was has one.

use super::renew;
use crate::contacts;
use crate::device::Chain;
use crate::fault::Outcome;
use crate::field::uuid_at;
use crate::log::Logged;
use crate::media::Media;
use crate::table;
use qinting_domain::*;
use rusqlite::Connection;

/// Whether any of it waits to be carried over.
pub(super) fn is_due(conn: &Connection) -> Outcome<bool> {
    super::is_left(conn, "case_wrapped_up")
}

/// Carries it over.
pub(super) fn carry_over(tx: &Connection, chain: &Chain, media: &Media) -> Outcome<Option<Logged>> {
    if !is_due(tx)? {
        return Ok(None);
    }
    let records = told_by_contacts(tx)?;
    tx.execute_batch("DROP TABLE case_wrapped_up")?;
    let newest = records
        .iter()
        .map(Record::meta)
        .max_by_key(|m| m.updated_at);
    let Some(newest) = newest.cloned() else {
        return Ok(None);
    };
    let (actor, at) = (newest.created_by, newest.updated_at);
    renew(tx, chain, media, actor, at, records)
}

/// The contacts that are to tell it, in the order of their cases. Where somebody took all contacts of a case away, it
/// is the first that was.
fn told_by_contacts(tx: &Connection) -> Outcome<Vec<Record>> {
    let sql = format!(
        "SELECT b.queue, b.disposition, (SELECT x.id FROM contact x WHERE x.case_id = c.id
            ORDER BY x.deleted_at IS NOT NULL, {} LIMIT 1) AS contact
         FROM case_wrapped_up b JOIN \"case\" c ON c.id = b.id
         WHERE contact IS NOT NULL ORDER BY c.row",
        contacts::order("x")
    );
    let mut statement = tx.prepare(&sql)?;
    let found = statement.query_map([], |r| {
        Ok((
            r.get::<_, String>(0)?,
            r.get::<_, String>(1)?,
            uuid_at(r, 2)?,
        ))
    })?;
    let mut records = Vec::new();
    for row in found {
        let (queue, disposition, id) = row?;
        if let Some(contact) = table::one::<Contact>(tx, id)? {
            let contact = Contact {
                queue,
                disposition,
                ..contact
            };
            records.push(contact.into());
        }
    }
    Ok(records)
}
