//! Who listened, as older versions had it: where everybody stood in a call, written over each time. What can
//! be told of that is that they heard something up to there, and when they were last at it.

use super::renew;
use crate::device::Chain;
use crate::fault::Outcome;
use crate::field::{Field, uuid_at};
use crate::log::Logged;
use crate::media::Media;
use qinting_domain::*;
use rusqlite::Connection;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What waits, as far as the calls are still there.
const WAITING: &str = "FROM heard_before s JOIN \"case\" c ON c.id = s.case_id
    JOIN recording r ON r.row = (SELECT min(row) FROM recording WHERE case_id = s.case_id)
    JOIN person p ON p.id = s.person_id";

/// Whether anything waits.
pub(super) fn is_due(conn: &Connection) -> Outcome<bool> {
    super::is_left(conn, "heard_before")
}

/// Carries it over.
pub(super) fn begin(tx: &Connection, chain: &Chain, media: &Media) -> Outcome<Option<Logged>> {
    if !is_due(tx)? {
        return Ok(None);
    }
    let sql = format!(
        "SELECT r.id, s.person_id, s.position_ms, s.at {WAITING} ORDER BY s.at, s.person_id"
    );
    let mut heard: BTreeMap<PersonId, Vec<Record>> = BTreeMap::new();
    {
        let mut statement = tx.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let person = PersonId(uuid_at(row, 1)?);
            let at: UnixMs = row.get(3)?;
            let listening = Listening {
                id: ListeningId(Uuid::new_v4()),
                recording_id: RecordingId(uuid_at(row, 0)?),
                person_id: person,
                from_ms: 0,
                to_ms: Field::take(row, &mut 2)?,
                played_ms: None,
                began_at: at,
                ended_at: at,
                device_id: None,
                meta: Meta::new(at, person),
            };
            heard.entry(person).or_default().push(listening.into());
        }
    }
    tx.execute_batch("DROP TABLE heard_before")?;
    let mut end = None;
    for (person, records) in heard {
        let at = records.iter().map(|r| r.meta().created_at).max();
        end = renew(tx, chain, media, person, at.unwrap_or(0), records)?.or(end);
    }
    Ok(end)
}
