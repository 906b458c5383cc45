//! How much moves: whoever waits for decoding must be able to tell a slow disk from a hang.

use std::sync::atomic::{AtomicU64, Ordering};

static MOVED: AtomicU64 = AtomicU64::new(0);

/// Says that so many bytes were read or written.
pub(super) fn moved(bytes: usize) {
    MOVED.fetch_add(bytes as u64, Ordering::Relaxed);
}

/// Bytes that this process has read and written while hashing and decoding. Only that it grows
/// means something.
pub fn bytes_moved() -> u64 {
    MOVED.load(Ordering::Relaxed)
}
