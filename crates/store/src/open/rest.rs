//! The rest of a migration: what takes the program and not only SQL. It is done at the first opening, in one
//! transaction, so that a workspace is found as it was before or as it is after.

mod blobs;
mod contacts;
mod identities;
mod listening;
mod settings;
mod words;
mod wrap_up;

use crate::commit;
use crate::device::{Chain, Device};
use crate::fault::Outcome;
use crate::log::{Logged, chaining};
use crate::media::Media;
use qinting_app::Commit;
use qinting_domain::proof::Digest;
use qinting_domain::{Action, OpId, PersonId, Record, UnixMs};
use rusqlite::Connection;
use std::path::Path;
use uuid::Uuid;

/// Tables that migrations leave for what is done here, and that go with it.
pub(crate) const LEFT_BY_MIGRATIONS: [&str; 6] = [
    "change_unchained",
    "settings_of_all",
    "heard_before",
    "named_by_hash",
    "case_before",
    "case_wrapped_up",
];

/// Whether one of them is there: what stands in it waits to be carried over.
pub(crate) fn is_left(conn: &Connection, table: &str) -> Outcome<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ?1)";
    Ok(conn.query_row(sql, [table], |r| r.get(0))?)
}

/// Whether anything is left to do.
pub(crate) fn is_due(conn: &Connection) -> Outcome<bool> {
    Ok(identities::are_due(conn)?
        || chaining::is_due(conn)?
        || settings::are_due(conn)?
        || listening::is_due(conn)?
        || blobs::are_due(conn)?
        || crate::contacts::are_due(conn)?
        || wrap_up::is_due(conn)?
        || words::are_due(conn)?)
}

/// Does it, in the chain that an installation has in a folder; gives that chain, and where it ends now if
/// something was written on it.
pub(crate) fn bring(
    tx: &Connection,
    device: &Device,
    folder: &Path,
    media: &Media,
) -> Outcome<(Chain, Option<(i64, Digest)>)> {
    if identities::give(tx)? {
        // The chain is written anew: what this installation knows of the old one is void.
        device.let_go(folder)?;
    }
    let chain = Chain::take_up(device, folder, tx)?;
    contacts::name(tx)?;
    let mut end = chaining::carry_over(tx, &chain)?;
    blobs::enter(tx)?;
    for logged in [
        settings::part(tx, &chain, media)?,
        listening::begin(tx, &chain, media)?,
        contacts::part(tx, &chain, media)?,
        wrap_up::carry_over(tx, &chain, media)?,
    ]
    .into_iter()
    .flatten()
    {
        end = Some((logged.n, logged.head));
    }
    words::enter(tx)?;
    Ok((chain, end))
}

/// Writes what an older version kept in another shape, as one operation of the machine.
fn renew(
    tx: &Connection,
    chain: &Chain,
    media: &Media,
    actor: PersonId,
    at: UnixMs,
    records: Vec<Record>,
) -> Outcome<Option<Logged>> {
    let renewal = Commit {
        op_id: OpId(Uuid::new_v4()),
        actor,
        at,
        origin: Action::WorkspaceRenew.origin(),
        action: Action::WorkspaceRenew,
        records,
        undoes: None,
        jobs: Vec::new(),
        blobs: Vec::new(),
    };
    Ok(commit::commit(tx, chain, media, &renewal)?.logged)
}

#[cfg(test)]
mod tests;
