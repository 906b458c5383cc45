//! Stored files read whole: whether their bytes are those of their name, and when that was.

use crate::fault::from_io;
use crate::open::sync_dir;
use qinting_app::{AppError, AppResult, Cancel, Reading, codes};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

/// Lies in the media folder: a line for each blob, its id, when it was read, and what came of it.
const READINGS: &str = "readings";
/// Bytes that are read at once.
const PIECE: usize = 1 << 20;
const WHOLE: &str = "whole";

/// Length of a file that could be opened.
pub(super) fn length(path: &Path) -> AppResult<Option<u64>> {
    match File::open(path).and_then(|file| file.metadata()) {
        Ok(meta) => Ok(meta.is_file().then_some(meta.len())),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(from_io(&e)),
    }
}

/// Whether a file's bytes have this hash.
pub(super) fn is_whole(
    path: &Path,
    sha256: &str,
    on_bytes: &mut dyn FnMut(u64),
    cancel: &Cancel,
) -> AppResult<bool> {
    let mut file = File::open(path).map_err(|e| from_io(&e))?;
    let (mut sha, mut piece) = (Sha256::new(), vec![0; PIECE]);
    loop {
        if cancel.is_cancelled() {
            return Err(AppError::new(codes::CANCELLED));
        }
        match file.read(&mut piece) {
            Ok(0) => return Ok(hex::encode(sha.finalize()) == sha256),
            Ok(n) => {
                sha.update(&piece[..n]);
                on_bytes(n as u64);
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(from_io(&e)),
        }
    }
}

/// Whether two files hold the same bytes. One that cannot be read holds nothing.
pub(super) fn is_same(a: &Path, b: &Path) -> bool {
    same(a, b).unwrap_or(false)
}

fn same(a: &Path, b: &Path) -> io::Result<bool> {
    let (mut a, mut b) = (File::open(a)?, File::open(b)?);
    if a.metadata()?.len() != b.metadata()?.len() {
        return Ok(false);
    }
    let (mut left, mut right) = (vec![0; PIECE], vec![0; PIECE]);
    loop {
        let n = a.read(&mut left)?;
        if n == 0 {
            return Ok(true);
        }
        b.read_exact(&mut right[..n])?;
        if left[..n] != right[..n] {
            return Ok(false);
        }
    }
}

/// What was kept of earlier readings. A line nobody understands is as good as none.
pub(super) fn kept(folder: &Path) -> Vec<Reading> {
    let text = fs::read_to_string(folder.join(READINGS)).unwrap_or_default();
    let line = |line: &str| {
        let mut words = line.split(' ');
        Some(Reading {
            blob: words.next()?.parse().ok()?,
            at: words.next()?.parse().ok()?,
            whole: words.next()? == WHOLE,
        })
    };
    text.lines().filter_map(line).collect()
}

/// Keeps readings, whole or not at all.
pub(super) fn keep(folder: &Path, readings: &[Reading]) -> io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    for r in readings {
        let word = if r.whole { WHOLE } else { "broken" };
        writeln!(file, "{} {} {word}", r.blob, r.at)?;
    }
    file.as_file().sync_all()?;
    file.persist(folder.join(READINGS)).map_err(|e| e.error)?;
    sync_dir(Some(folder))
}
