//! Linux: limits of the process, and a signal when the host is gone.

use super::Bounds;
use super::unix::{self, set};
use rustix::process::{Resource, Signal, set_parent_process_death_signal};
use std::io;

pub(in super::super) use super::unix::{give_way, out_of_reach};

/// Dies with its host even when the host is killed and this process hangs.
pub(in super::super) fn die_with_host() {
    let _ = set_parent_process_death_signal(Some(Signal::KILL));
}

pub(super) fn bind(bounds: Bounds) -> io::Result<()> {
    unix::bind(bounds)?;
    set(Resource::As, size_now()? + bounds.memory)
}

/// Address space of this process, bytes.
fn size_now() -> io::Result<u64> {
    let pages = std::fs::read_to_string("/proc/self/statm")?;
    let pages = pages.split_whitespace().next().and_then(|p| p.parse().ok());
    let pages: u64 = pages.ok_or(io::ErrorKind::InvalidData)?;
    Ok(pages * rustix::param::page_size() as u64)
}
