//! Whether an installed model is still the published file, asked before it is loaded: what is parsed in
//! C is what the catalogue names, not what came into the folder since.

use qinting_desk::error::{AppError, AppResult, codes};
use sha1::{Digest, Sha1};
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

const CHUNK: usize = 1 << 20;

/// Files that were read whole, by length and time of the last change: one is read again only when one
/// of them is another.
#[derive(Default)]
pub(super) struct Unchanged {
    seen: Mutex<HashMap<PathBuf, (u64, SystemTime)>>,
}

impl Unchanged {
    /// # Errors
    /// `model.changed` when the file has not this SHA-1, `speech.model_missing` when it cannot be read.
    pub(super) fn check(&self, path: &Path, sha1: &str) -> AppResult<()> {
        let missing = |e| AppError::new(codes::SPEECH_MODEL_MISSING).because(e);
        let mut file = File::open(path).map_err(missing)?;
        let meta = file.metadata().map_err(missing)?;
        let now = (meta.len(), meta.modified().map_err(missing)?);
        let seen = || self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen().get(path) == Some(&now) {
            return Ok(());
        }
        if hash(&mut file).map_err(missing)? != sha1 {
            return Err(AppError::new(codes::MODEL_CHANGED));
        }
        seen().insert(path.to_owned(), now);
        Ok(())
    }
}

fn hash(file: &mut File) -> std::io::Result<String> {
    let mut hash = Sha1::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        match file.read(&mut chunk)? {
            0 => return Ok(hex::encode(hash.finalize())),
            n => hash.update(&chunk[..n]),
        }
    }
}
