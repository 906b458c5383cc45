//! Who spoke with whom, and when, as older versions had it: of the case. Each case that ever was gets one contact
//! that tells it, under an id that follows from the case, so that an older copy that is put back makes the same.
//! So does a case of which what was read out of a hurt database holds no contact.

use super::renew;
use crate::contacts;
use crate::device::Chain;
use crate::fault::Outcome;
use crate::field::{Field, uuid_at};
use crate::log::Logged;
use crate::media::Media;
use crate::table;
use qinting_domain::*;
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

/// Says of every recording which contact it lies in, or is going to: until then none can be read.
pub(super) fn name(tx: &Connection) -> Outcome<()> {
    match contacts::are_due(tx)? {
        true => contacts::name_missing(tx),
        false => Ok(()),
    }
}

/// Makes them.
pub(super) fn part(tx: &Connection, chain: &Chain, media: &Media) -> Outcome<Option<Logged>> {
    if !contacts::are_due(tx)? {
        return Ok(None);
    }
    let sql = "SELECT c.id, b.started_at, b.agent, b.customer, c.created_at, c.created_by, c.deleted_at, p.purge
        FROM \"case\" c LEFT JOIN case_before b ON b.id = c.id LEFT JOIN purged p ON p.id = c.id
        WHERE NOT EXISTS (SELECT 1 FROM contact k WHERE k.case_id = c.id) ORDER BY c.row";
    let of_cases: Vec<_> = {
        let mut statement = tx.prepare(sql)?;
        let rows = statement.query_map([], of_case)?;
        rows.collect::<Result<_, _>>()?
    };
    tx.execute_batch("DROP TABLE case_before")?;
    let mut records: Vec<Record> = Vec::with_capacity(of_cases.len());
    for (contact, purge) in of_cases {
        match purge {
            None => records.push(contact.into()),
            Some(purge) => gone(tx, contact, purge)?,
        }
    }
    let Some(newest) = records.last().map(|r| r.meta().clone()) else {
        return Ok(None);
    };
    renew(
        tx,
        chain,
        media,
        newest.created_by,
        newest.created_at,
        records,
    )
}

/// The contact of a case, and which certificate the case went by.
fn of_case(row: &Row<'_>) -> rusqlite::Result<(Contact, Option<Uuid>)> {
    let case = CaseId(uuid_at(row, 0)?);
    let meta = Meta::new(row.get(4)?, PersonId(uuid_at(row, 5)?));
    let purge: Option<Uuid> = Field::take(row, &mut 7)?;
    let mut contact = Contact {
        began_at: row.get(1)?,
        ..Contact::phone(ContactId::only_of(case), case, meta)
    };
    match purge {
        Some(_) => contact.meta.deleted_at = row.get(6)?,
        None => {
            contact.agent = row.get::<_, Option<String>>(2)?.unwrap_or_default();
            contact.customer = row.get::<_, Option<String>>(3)?.unwrap_or_default();
        }
    }
    Ok((contact, purge))
}

/// What went with its case is as if it had been there then: without words, and nothing is written to it.
fn gone(tx: &Connection, mut contact: Contact, purge: Uuid) -> Outcome<()> {
    contact.meta.rev = 1;
    let id = contact.id.0;
    table::write(tx, &contact.into(), true)?;
    let sql = "INSERT INTO purged (id, purge) VALUES (?1, ?2)";
    tx.execute(sql, params![id.as_bytes(), purge.as_bytes()])?;
    Ok(())
}
