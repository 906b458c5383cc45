//! The one settings record of older versions, made into those of the workspace, of everybody in it, and of
//! this installation: nobody finds another setting than the day before.

use super::renew;
use crate::device::Chain;
use crate::fault::Outcome;
use crate::field::{json_at, uuid_at};
use crate::library;
use crate::log::Logged;
use crate::media::Media;
use qinting_domain::*;
use rusqlite::{Connection, OptionalExtension};

/// Whether they wait to be made.
pub(super) fn are_due(conn: &Connection) -> Outcome<bool> {
    super::is_left(conn, "settings_of_all")
}

/// Makes them.
pub(super) fn part(tx: &Connection, chain: &Chain, media: &Media) -> Outcome<Option<Logged>> {
    if !are_due(tx)? {
        return Ok(None);
    }
    let sql = "SELECT \"values\", updated_at, created_by FROM settings_of_all
        WHERE deleted_at IS NULL ORDER BY updated_at DESC LIMIT 1";
    let old = tx.query_row(sql, [], |r| {
        let by = PersonId(uuid_at(r, 2)?);
        Ok((json_at::<Settings>(r, 0)?, r.get::<_, UnixMs>(1)?, by))
    });
    let old = old.optional()?;
    tx.execute_batch("DROP TABLE settings_of_all")?;
    let Some((values, at, by)) = old else {
        return Ok(None);
    };
    let meta = || Meta::new(at, by);
    let workspace = WorkspaceSettingsRecord {
        id: library::workspace_id(tx)?,
        values: values.workspace,
        meta: meta(),
    };
    let device = DeviceSettingsRecord {
        id: chain.device().id(),
        values: values.device,
        meta: meta(),
    };
    let mut records: Vec<Record> = vec![workspace.into(), device.into()];
    records.extend(library::people(tx)?.into_iter().map(|person| {
        let own = PersonSettingsRecord {
            id: person.id,
            values: values.person.clone(),
            meta: meta(),
        };
        Record::from(own)
    }));
    renew(tx, chain, media, by, at, records)
}
