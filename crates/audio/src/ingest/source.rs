//! Taking the source bytes in: one pass that copies and hashes.

use super::fault::Fault;
use qinting_desk::{AppResult, Cancel, files};
use qinting_domain::{Sha256, path_text};
use sha2::Digest;
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

/// Biggest source that is taken in, bytes.
pub(crate) const MAX_SOURCE_BYTES: u64 = 2 << 30;

const CHUNK: usize = 256 << 10;

/// SHA-256 of a file's bytes. One that is too big to be taken in is refused before
/// it is read.
pub fn hash_file(path: &Path, cancel: &Cancel) -> AppResult<Sha256> {
    let size = open_source(path).and_then(|file| size_of(&file));
    size.and_then(|_| hash(path, cancel))
        .map_err(|f| f.into_app(&file_name(path)))
}

pub(crate) fn hash(path: &Path, cancel: &Cancel) -> Result<Sha256, Fault> {
    let mut file = open_source(path)?;
    let mut sha = sha2::Sha256::new();
    pump(&mut file, cancel, &mut |bytes| {
        sha.update(bytes);
        Ok(())
    })?;
    Ok(<[u8; 32]>::from(sha.finalize()).into())
}

/// File name without its folder, for messages.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map(path_text::shown).unwrap_or_default()
}

/// A source, copied.
pub(crate) struct Copied {
    pub sha256: Sha256,
    pub bytes: u64,
}

/// A copy that was made before.
pub(crate) fn copied(path: &Path, cancel: &Cancel) -> Result<Copied, Fault> {
    let bytes = std::fs::metadata(path).map_err(Fault::Unreadable)?.len();
    let sha256 = hash(path, cancel)?;
    Ok(Copied { sha256, bytes })
}

/// Copies `from` to `to` byte for byte while hashing. `progress` gets the fraction that is done.
pub(crate) fn copy_hashed(
    from: &Path,
    to: &Path,
    cancel: &Cancel,
    progress: &mut dyn FnMut(f64),
) -> Result<Copied, Fault> {
    let mut source = open_source(from)?;
    let total = size_of(&source)?;
    if total == 0 {
        return Err(Fault::Empty);
    }
    let mut target = File::create(to).map_err(Fault::Disk)?;
    let mut sha = sha2::Sha256::new();
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
        sha256: <[u8; 32]>::from(sha.finalize()).into(),
        bytes,
    })
}

/// Opens a file that is one. A pipe, a folder or a device is refused by its looks: to open a pipe
/// waits for somebody at its other end, and to read from one may never end.
fn open_source(path: &Path) -> Result<File, Fault> {
    files::open(path).map_err(Fault::Unreadable)
}

/// Size of a source that is not too big.
fn size_of(file: &File) -> Result<u64, Fault> {
    let bytes = file.metadata().map_err(Fault::Unreadable)?.len();
    if bytes > MAX_SOURCE_BYTES {
        return Err(Fault::TooBig {
            mb: MAX_SOURCE_BYTES >> 20,
        });
    }
    Ok(bytes)
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
            Ok(n) => {
                super::moved::moved(n);
                sink(&buf[..n])?;
            }
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return Err(Fault::Unreadable(e)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use qinting_desk::codes;

    #[test]
    fn what_is_too_big_is_refused_before_it_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("film.mp4");
        File::create(&path).unwrap().set_len(64 << 30).unwrap();
        let begun = std::time::Instant::now();
        let refused = hash_file(&path, &Cancel::default()).unwrap_err();
        assert_eq!(refused.code(), codes::MEDIA_TOO_BIG);
        assert!(begun.elapsed().as_secs() < 5);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_refused_without_waiting_for_its_other_end() {
        let dir = tempfile::tempdir().unwrap();
        let pipe = dir.path().join("call.wav");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        for odd in [pipe.as_path(), dir.path()] {
            let refused = hash_file(odd, &Cancel::default()).unwrap_err();
            assert_eq!(refused.code(), codes::MEDIA_UNREADABLE);
        }
    }

    #[test]
    fn reading_is_seen_to_move() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.wav");
        std::fs::write(&path, vec![7; 1 << 20]).unwrap();
        let before = crate::bytes_moved();
        hash_file(&path, &Cancel::default()).unwrap();
        assert!(crate::bytes_moved() >= before + (1 << 20));
    }
}
