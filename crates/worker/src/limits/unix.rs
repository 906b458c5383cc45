//! What Linux and macOS have in common.

use super::Bounds;
use rustix::process::{Resource, Rlimit, setrlimit};
use std::io;

/// Open files: pipes, a model, a source and what is made of it.
const OPEN_FILES: u64 = 64;

pub(super) fn set(what: Resource, most: u64) -> io::Result<()> {
    let limit = Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    Ok(setrlimit(what, limit)?)
}

/// Everything but memory. A core dump would hold the sound and the text of a call.
pub(super) fn bind(bounds: Bounds) -> io::Result<()> {
    set(Resource::Core, 0)?;
    set(Resource::Nofile, OPEN_FILES)?;
    set(Resource::Fsize, bounds.file)
}

/// Decoding must not take the cores from listening and marking. Refused on some systems.
pub(in super::super) fn give_way() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let _ = rustix::process::nice(5);
    });
}

/// Ctrl+C in a terminal goes to everybody in the group: the last words of a live call are still to
/// come then. A worker ends with its host however that ends.
pub(in super::super) fn out_of_reach(command: &mut std::process::Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}
