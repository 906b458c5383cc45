//! Taking the source bytes in: one pass that copies and hashes.

use super::fault::Fault;
use qinting_app::{AppResult, Cancel};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

/// Biggest source that is taken in, bytes.
pub(crate) const MAX_SOURCE_BYTES: u64 = 2 << 30;

const CHUNK: usize = 256 << 10;

/// SHA-256 of a file's bytes, lower-case hex.
pub fn hash_file(path: &Path, cancel: &Cancel) -> AppResult<String> {
    hash(path, cancel).map_err(|f| f.into_app(&file_name(path)))
}

pub(crate) fn hash(path: &Path, cancel: &Cancel) -> Result<String, Fault> {
    let mut file = open_source(path)?;
    let mut sha = Sha256::new();
    pump(&mut file, cancel, &mut |bytes| {
        sha.update(bytes);
        Ok(())
    })?;
    Ok(hex::encode(sha.finalize()))
}

/// File name without its folder, for messages.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// A source, copied.
pub(crate) struct Copied {
    pub sha256: String,
    pub bytes: u64,
}

/// Copies `from` to `to` byte for byte while hashing. `progress` gets the fraction that is done.
pub(crate) fn copy_hashed(
    from: &Path,
    to: &Path,
    cancel: &Cancel,
    progress: &mut dyn FnMut(f64),
) -> Result<Copied, Fault> {
    let mut source = open_source(from)?;
    let total = source.metadata().map_err(Fault::Unreadable)?.len();
    if total == 0 {
        return Err(Fault::Empty);
    }
    if total > MAX_SOURCE_BYTES {
        return Err(Fault::TooBig {
            mb: MAX_SOURCE_BYTES >> 20,
        });
    }
    let mut target = File::create(to).map_err(Fault::Disk)?;
    let mut sha = Sha256::new();
    let mut bytes = 0u64;
    pump(&mut source, cancel, &mut |chunk| {
        bytes += chunk.len() as u64;
        // The file may grow while it is read: the limit holds for what was read, too.
        if bytes > MAX_SOURCE_BYTES {
            return Err(Fault::TooBig {
                mb: MAX_SOURCE_BYTES >> 20,
            });
        }
        sha.update(chunk);
        target.write_all(chunk).map_err(Fault::Disk)?;
        progress(bytes as f64 / total.max(bytes) as f64);
        Ok(())
    })?;
    Ok(Copied {
        sha256: hex::encode(sha.finalize()),
        bytes,
    })
}

fn open_source(path: &Path) -> Result<File, Fault> {
    let file = File::open(path).map_err(Fault::Unreadable)?;
    let meta = file.metadata().map_err(Fault::Unreadable)?;
    if !meta.is_file() {
        // A pipe or a folder: reading it could block for ever.
        return Err(Fault::Unreadable(std::io::Error::other(
            "not a regular file",
        )));
    }
    Ok(file)
}

fn pump(
    file: &mut File,
    cancel: &Cancel,
    sink: &mut dyn FnMut(&[u8]) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut buf = vec![0u8; CHUNK];
    loop {
        if cancel.is_cancelled() {
            return Err(Fault::Cancelled);
        }
        match file.read(&mut buf) {
            Ok(0) => return Ok(()),
            Ok(n) => sink(&buf[..n])?,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return Err(Fault::Unreadable(e)),
        }
    }
}
