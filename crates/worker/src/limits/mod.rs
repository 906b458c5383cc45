//! What a worker may take of the machine, by what it works on. It binds itself, before it has read a
//! foreign byte; none of it can be taken back from within.
//!
//! What differs by system lies in one small file for each. There is no limit on processes: the
//! systems that count them count all of a person's, threads too, so that one low enough to hold a
//! worker would refuse the engine its own threads; and nobody counts for an administrator.

#[cfg_attr(target_os = "linux", path = "linux.rs")]
#[cfg_attr(all(unix, not(target_os = "linux")), path = "macos.rs")]
#[cfg_attr(windows, path = "windows.rs")]
mod system;
#[cfg(unix)]
mod unix;

pub(super) use system::{die_with_host, give_way, out_of_reach};

use std::path::Path;
use std::sync::Once;

const GIB: u64 = 1 << 30;
/// A thread that works on a model: its stack, and what the C library sets aside for its memory.
const THREAD_MEMORY: u64 = 80 << 20;

/// What a worker may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    /// Memory on top of what the process begins with, bytes.
    memory: u64,
    /// Longest file it may write, bytes.
    file: u64,
}

impl Bounds {
    /// Decoding: hostile headers ask for gigabytes. It writes a copy of the source and the playable
    /// sound, which is a RIFF file.
    pub(super) const MEDIA: Self = Self {
        memory: GIB,
        file: 4 * GIB + (1 << 20),
    };

    /// Tables and side-cars: a workbook's texts lie in memory, and their reader believes what a file says of their
    /// number. It writes no file.
    pub(super) const FACTS: Self = Self {
        memory: GIB,
        file: 0,
    };

    /// The system's ffmpeg, whose libraries are a quarter of it. It writes to a pipe only.
    pub(super) const FOREIGN: Self = Self {
        memory: GIB,
        file: 0,
    };

    /// Hearing with models of so many bytes in all: they are loaded whole, and what is computed with
    /// them is no bigger. It writes no file.
    pub(super) fn speech(model_bytes: u64) -> Self {
        let threads = std::thread::available_parallelism().map_or(4, |n| n.get() as u64);
        Self {
            memory: GIB + 2 * model_bytes + threads * THREAD_MEMORY,
            file: 0,
        }
    }
}

/// Size of the models, bytes; one that is not there has none.
pub(super) fn bytes_of(models: &[&Path]) -> u64 {
    let sizes = models.iter().flat_map(std::fs::metadata);
    sizes.map(|meta| meta.len()).sum()
}

/// Binds this process, once: a worker does one kind of work all its life.
pub(super) fn bind(bounds: Bounds) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        if let Err(e) = system::bind(bounds) {
            tracing::error!(kind = ?e.kind(), "a worker is not limited in everything");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bigger_model_may_take_more() {
        let (small, big) = (Bounds::speech(40 << 20), Bounds::speech(3 * GIB));
        assert!(small.memory > GIB && small.memory < 64 * GIB);
        assert_eq!(big.memory - small.memory, 2 * (3 * GIB - (40 << 20)));
        assert_eq!(bytes_of(&[Path::new("not there")]), 0);
    }
}
