//! Older copies of the database: what was taken away for good is taken out of them too. One of an older shape, or one
//! that cannot be read, goes whole.

use crate::device::{Chain, Device};
use crate::fault::{Fault, Outcome};
use crate::media::Media;
use crate::open::{known_version, migrations, stored_version, sync_dir};
use crate::{commit, connection, table};
use qinting_app::{AppError, Commit};
use qinting_domain::{Action, Meta, OpId, Purge};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File, FileTimes};
use std::path::Path;
use uuid::Uuid;

/// What became of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Copied {
    /// It never held any of it.
    AsItWas,
    /// It was written anew without it.
    Rewritten,
    /// It is gone.
    Dropped,
}

/// Takes what some purges took away out of a copy.
pub(crate) fn rewrite(file: &Path, purges: &[Purge], media: &Media) -> Outcome<Copied> {
    let known = known_version(&migrations());
    let looked = connection::open_unchanging(file).and_then(|conn| {
        let version = stored_version(&conn)?;
        Ok((version, holds_any(&conn, purges)?))
    });
    match looked {
        Ok((_, false)) => Ok(Copied::AsItWas),
        Ok((version, true)) if version == known => {
            written_anew(file, purges, media).map(|()| Copied::Rewritten)
        }
        looked => {
            if let Err(e) = looked {
                tracing::warn!(error = %AppError::from(e).kind(), "a copy cannot be read and goes");
            }
            fs::remove_file(file)?;
            Ok(Copied::Dropped)
        }
    }
}

fn holds_any(conn: &Connection, purges: &[Purge]) -> Outcome<bool> {
    for purge in purges {
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM \"{}\" WHERE id = ?1)",
            purge.of_kind.as_str()
        );
        if conn.query_row(&sql, [purge.of_id.as_bytes()], |r| r.get(0))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// In a file beside, which takes its place when it is whole.
fn written_anew(file: &Path, purges: &[Purge], media: &Media) -> Outcome<()> {
    let made = fs::metadata(file)?.modified()?;
    let part = file.with_extension("part");
    fs::copy(file, &part)?;
    let conn = connection::open(&part, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // What a journal would hold is what is to go.
    conn.pragma_update(None, "journal_mode", "MEMORY")?;
    let tx = conn.unchecked_transaction()?;
    // The log of the copy says so too, in a chain of its own: whoever goes back to it finds nothing missing.
    let chain = Chain::take_up(&Device::passing(), file, &tx)?;
    for purge in purges {
        if table::one::<Purge>(&tx, purge.id.0)?.is_none() {
            commit::commit(&tx, &chain, media, &again(purge))?;
        }
    }
    tx.execute_batch("DELETE FROM dropped")?;
    for index in crate::index::indexed().map(crate::index::name_of) {
        tx.execute_batch(&format!(
            "INSERT INTO {index} ({index}) VALUES ('optimize')"
        ))?;
    }
    tx.commit()?;
    conn.execute_batch("VACUUM")?;
    conn.close().map_err(|(_, e)| Fault::from(e))?;
    let whole = File::options().write(true).open(&part)?;
    whole.set_times(FileTimes::new().set_modified(made))?;
    whole.sync_all()?;
    fs::rename(&part, file)?;
    Ok(sync_dir(file.parent())?)
}

/// The same purge in a copy of before.
fn again(purge: &Purge) -> Commit {
    let of = (purge.of_kind, purge.of_id);
    let (by, at) = (purge.meta.created_by, purge.meta.created_at);
    let meta = Meta::new(at, by);
    Commit {
        op_id: OpId(Uuid::new_v4()),
        actor: by,
        at,
        origin: Action::Purge.origin(),
        action: Action::Purge,
        records: vec![Purge::of(purge.id, of, purge.reason.clone(), meta).into()],
        undoes: None,
        jobs: Vec::new(),
        blobs: Vec::new(),
    }
}
