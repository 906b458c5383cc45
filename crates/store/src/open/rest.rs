//! The rest of a migration: what takes the program and not only SQL. It is done at the first opening, in one
//! transaction, so that a workspace is found as it was before or as it is after.

mod identities;

use crate::device::{Chain, Device};
use crate::fault::Outcome;
use crate::log::chaining;
use qinting_domain::proof::Digest;
use rusqlite::Connection;
use std::path::Path;

/// Whether anything is left to do.
pub(crate) fn is_due(conn: &Connection) -> Outcome<bool> {
    Ok(identities::are_due(conn)? || chaining::is_due(conn)?)
}

/// Does it, in the chain that an installation has in a folder; gives that chain, and where it ends now if
/// something was written on it.
pub(crate) fn bring(
    tx: &Connection,
    device: &Device,
    folder: &Path,
) -> Outcome<(Chain, Option<(i64, Digest)>)> {
    if identities::give(tx)? {
        // The chain is written anew: what this installation knows of the old one is void.
        device.let_go(folder)?;
    }
    let chain = Chain::take_up(device, folder, tx)?;
    let end = chaining::carry_over(tx, &chain)?;
    Ok((chain, end))
}

#[cfg(test)]
mod tests;
