//! macOS: limits of the process. The system takes a limit on address space and does not keep it, so
//! there is none on memory. The end of stdin, which a killed host closes, ends a worker.

use super::Bounds;
use std::io;

pub(in super::super) use super::unix::{give_way, out_of_reach};

pub(in super::super) fn die_with_host() {}

pub(super) fn bind(bounds: Bounds) -> io::Result<()> {
    super::unix::bind(bounds)
}
