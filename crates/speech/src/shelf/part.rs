//! A download on disk while it is not whole yet.

use crate::header::MAGIC;
use qinting_desk::Cancel;
use qinting_desk::error::{AppError, AppResult, codes};
use sha1::{Digest, Sha1};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// An open `.part` file with the hash of what it holds.
pub(crate) struct Part {
    path: PathBuf,
    file: File,
    hash: Sha1,
    present: u64,
}

impl Part {
    /// Opens or makes the part and hashes what is there. Another process at the same part is a
    /// `conflict`.
    pub(crate) fn open(path: &Path, cancel: &Cancel) -> AppResult<Self> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(disk(path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(AppError::new(codes::CONFLICT)),
            // Some network file systems know no locks; the hash still guards the result.
            Err(TryLockError::Error(e)) => tracing::warn!(kind = ?e.kind(), "part is not locked"),
        }
        let mut part = Self {
            path: path.to_owned(),
            file,
            hash: Sha1::new(),
            present: 0,
        };
        let mut chunk = vec![0; 256 * 1024];
        loop {
            if cancel.is_cancelled() {
                return Err(AppError::new(codes::CANCELLED));
            }
            let n = part.file.read(&mut chunk).map_err(disk(path))?;
            if n == 0 {
                break;
            }
            part.hash.update(&chunk[..n]);
            part.present += n as u64;
        }
        Ok(part)
    }

    /// Bytes on disk.
    pub(crate) fn present(&self) -> u64 {
        self.present
    }

    /// Whether what is there begins like a model (or is too short to tell).
    pub(crate) fn looks_like_a_model(&mut self) -> AppResult<bool> {
        let mut head = [0; 4];
        let n = (self.present as usize).min(4);
        self.file
            .seek(SeekFrom::Start(0))
            .map_err(disk(&self.path))?;
        self.file
            .read_exact(&mut head[..n])
            .map_err(disk(&self.path))?;
        self.file.seek(SeekFrom::End(0)).map_err(disk(&self.path))?;
        Ok(head[..n] == MAGIC[..n])
    }

    /// Adds bytes at the end.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> AppResult<()> {
        self.file.write_all(bytes).map_err(disk(&self.path))?;
        self.hash.update(bytes);
        self.present += bytes.len() as u64;
        Ok(())
    }

    /// Throws away what is there.
    pub(crate) fn start_over(&mut self) -> AppResult<()> {
        self.file.set_len(0).map_err(disk(&self.path))?;
        self.file
            .seek(SeekFrom::Start(0))
            .map_err(disk(&self.path))?;
        self.hash = Sha1::new();
        self.present = 0;
        Ok(())
    }

    /// SHA-1 of what is there, lower-case hex.
    pub(crate) fn sha1(&self) -> String {
        hex::encode(self.hash.clone().finalize())
    }

    /// Makes it durable under its final name.
    pub(crate) fn finish(self, target: &Path) -> AppResult<()> {
        self.file.sync_all().map_err(disk(&self.path))?;
        std::fs::rename(&self.path, target).map_err(disk(target))?;
        sync_folder(target);
        Ok(())
    }

    /// Removes it.
    pub(crate) fn discard(self) {
        remove(&self.path);
    }
}

/// Makes a rename in the folder of `path` durable, where the system can.
pub(crate) fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent().and_then(|p| File::open(p).ok()) {
        // Not every file system syncs folders; the rename itself has happened.
        let _ = folder.sync_all();
    }
}

/// Removes a file; one that is not there is as good as removed.
pub(crate) fn remove(path: &Path) {
    if let Err(e) = std::fs::remove_file(path)
        && e.kind() != ErrorKind::NotFound
    {
        tracing::warn!(kind = ?e.kind(), "a file of the models folder could not be removed");
    }
}

/// What the disk says of `path`, as a code.
pub(crate) fn disk(path: &Path) -> impl Fn(std::io::Error) -> AppError {
    move |e| AppError::of_disk(&e, path)
}
